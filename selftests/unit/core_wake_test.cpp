// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Waking the machine: what an adapter can, what it is armed for, what it reports; and what it answers
// meanwhile. Resets that the client asks for.

#include "core_client.h"

#include <cerrno>

namespace
{

using namespace unit;

constexpr UINT8 pattern_bytes[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
constexpr UINT8 pattern_mask[2] = {0xff, 0x03};
constexpr netcx_wake_pattern pattern = {pattern_bytes, sizeof(pattern_bytes), pattern_mask,
					sizeof(pattern_mask)};

class CoreWake : public CoreFixture
{
protected:
	CoreWake()
	{
		reports_late = false;
		client.device_init = set_callbacks;
		client.declare = declare_everything;
	}

	static NTSTATUS preview_wake(WDFDEVICE, NETWAKESOURCE source)
	{
		NET_WAKE_SOURCE_BITMAP_PARAMETERS parameters;

		EXPECT_EQ(NetWakeSourceGetType(source), NetWakeSourceTypeBitmapPattern);
		NET_WAKE_SOURCE_BITMAP_PARAMETERS_INIT(&parameters);
		NetWakeSourceGetBitmapParameters(source, &parameters);
		return CoreClient::get().event("PreviewBitmap " +
					       std::to_string(parameters.PatternSize));
	}

	static NTSTATUS preview_offload(WDFDEVICE, NETPOWEROFFLOAD offload)
	{
		return CoreClient::get().event(
			NetPowerOffloadGetType(offload) == NetPowerOffloadTypeArp ? "PreviewArp"
										  : "PreviewNS");
	}

	static NTSTATUS arm(WDFDEVICE) { return CoreClient::get().event("Arm"); }

	static void report_magic_packet()
	{
		NET_ADAPTER_WAKE_REASON_PACKET reason;

		NET_ADAPTER_WAKE_REASON_MAGIC_PACKET_INIT(&reason);
		NetAdapterReportWakeReasonPacket(CoreClient::get().adapter, &reason);
	}

	static void disarm(WDFDEVICE)
	{
		CoreClient::get().event("Disarm");
		if (reports_late)
			report_magic_packet();
	}

	static void triggered(WDFDEVICE)
	{
		CoreClient::get().event("Triggered");
		if (!reports_late)
			report_magic_packet();
	}

	/* Where the client says why: in Triggered, or in Disarm. */
	static inline bool reports_late;

	static void set_callbacks(PWDFDEVICE_INIT init)
	{
		NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS previews;
		WDF_POWER_POLICY_EVENT_CALLBACKS callbacks;

		WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&callbacks);
		callbacks.EvtDeviceArmWakeFromSx = arm;
		callbacks.EvtDeviceDisarmWakeFromSx = disarm;
		callbacks.EvtDeviceWakeFromSxTriggered = triggered;
		WdfDeviceInitSetPowerPolicyEventCallbacks(init, &callbacks);
		NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS_INIT(&previews);
		previews.EvtDevicePreviewBitmapPattern = preview_wake;
		previews.EvtDevicePreviewArpOffload = preview_offload;
		previews.EvtDevicePreviewNSOffload = preview_offload;
		NetDeviceInitSetPowerPolicyEventCallbacks(init, &previews);
	}

	static void declare_everything(NETADAPTER adapter)
	{
		NET_ADAPTER_WAKE_BITMAP_CAPABILITIES bitmap;
		NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES magic;
		NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES eapol;
		NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES filter;
		NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES media;
		NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES arp;
		NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES ns;

		NET_ADAPTER_WAKE_BITMAP_CAPABILITIES_INIT(&bitmap);
		bitmap.BitmapPattern = TRUE;
		bitmap.MaximumPatternCount = 2;
		bitmap.MaximumPatternSize = 16;
		NetAdapterWakeSetBitmapCapabilities(adapter, &bitmap);
		NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT(&magic);
		magic.MagicPacket = TRUE;
		NetAdapterWakeSetMagicPacketCapabilities(adapter, &magic);
		NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES_INIT(&eapol);
		eapol.EapolPacket = TRUE;
		NetAdapterWakeSetEapolPacketCapabilities(adapter, &eapol);
		NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES_INIT(&filter);
		filter.PacketFilterMatch = TRUE;
		NetAdapterWakeSetPacketFilterCapabilities(adapter, &filter);
		NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES_INIT(&media);
		media.MediaConnect = TRUE;
		NetAdapterWakeSetMediaChangeCapabilities(adapter, &media);
		NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES_INIT(&arp, 2);
		NetAdapterPowerOffloadSetArpCapabilities(adapter, &arp);
		NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES_INIT(&ns, 1);
		NetAdapterPowerOffloadSetNSCapabilities(adapter, &ns);
	}

	/* The list as the client sees it. */
	std::vector<NETWAKESOURCE> sources()
	{
		std::vector<NETWAKESOURCE> all;
		NET_WAKE_SOURCE_LIST list;

		NET_WAKE_SOURCE_LIST_INIT(&list);
		NetDeviceGetWakeSourceList(client.device, &list);
		for (SIZE_T i = 0; i < NetWakeSourceListGetCount(&list); i++)
			all.push_back(NetWakeSourceListGetElement(&list, i));
		return all;
	}

	std::vector<NETPOWEROFFLOAD> offloads()
	{
		std::vector<NETPOWEROFFLOAD> all;
		NET_POWER_OFFLOAD_LIST list;

		NET_POWER_OFFLOAD_LIST_INIT(&list);
		NetDeviceGetPowerOffloadList(client.device, &list);
		for (SIZE_T i = 0; i < NetPowerOffloadListGetCount(&list); i++)
			all.push_back(NetPowerOffloadListGetElement(&list, i));
		return all;
	}

	int set_wake(const netcx_wake &wake)
	{
		return netcx_core_adapter_set_wake(interface()->adapter, &wake);
	}

	/* Its events between the two. */
	void sleep_and_wake(bool woke)
	{
		netcx_core_device_sleep(device);
		netcx_core_device_machine_woke(device, woke);
		EXPECT_EQ(netcx_core_device_power_up(device), 0);
	}
};

TEST_F(CoreWake, TheListHasWhatWasChosen)
{
	netcx_wake wake = {};

	ASSERT_EQ(start(), 0);
	EXPECT_EQ(sources().size(), 0u);
	wake.magic_packet = 1;
	wake.media_connect = 1;
	ASSERT_EQ(set_wake(wake), 0);
	ASSERT_EQ(sources().size(), 2u);
	EXPECT_EQ(NetWakeSourceGetType(sources()[0]), NetWakeSourceTypeMagicPacket);
	EXPECT_EQ(NetWakeSourceGetAdapter(sources()[0]), client.adapter);

	NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS media;
	NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS_INIT(&media);
	NetWakeSourceGetMediaChangeParameters(sources()[1], &media);
	EXPECT_TRUE(media.MediaConnect);
	EXPECT_FALSE(media.MediaDisconnect);
	NetWakeSourceGetMediaChangeParameters(sources()[1], nullptr);
	EXPECT_EQ(os.lines_with("Parameters is NULL (ParameterCantBeNull)"), 1u);
	media.Size++;
	NetWakeSourceGetMediaChangeParameters(sources()[1], &media);
	EXPECT_EQ(os.lines_with("PARAMETERS.Size is 9, must be 8"), 1u);
	media.Size--;
	/* Of the wrong type. */
	NetWakeSourceGetMediaChangeParameters(sources()[0], &media);
	EXPECT_EQ(os.lines_with("was given a wake source of type 2, not 3"), 1u);

	wake = {};
	wake.packet_filter = 1;
	wake.eapol_packet = 1;
	ASSERT_EQ(set_wake(wake), 0);
	ASSERT_EQ(sources().size(), 2u);
	EXPECT_EQ(NetWakeSourceGetType(sources()[0]), NetWakeSourceTypePacketFilterMatch);
	EXPECT_EQ(NetWakeSourceGetType(sources()[1]), NetWakeSourceTypeEapolPacket);
}

TEST_F(CoreWake, WhatIsNotOfferedIsRefused)
{
	netcx_wake wake = {};

	ASSERT_EQ(start(), 0);
	wake.magic_packet = 1;
	ASSERT_EQ(set_wake(wake), 0);
	wake.media_disconnect = 1;
	EXPECT_EQ(set_wake(wake), -EOPNOTSUPP);
	EXPECT_EQ(sources().size(), 1u);
}

TEST_F(CoreWake, PatternsAreCopiedAndPreviewed)
{
	NET_WAKE_SOURCE_BITMAP_PARAMETERS parameters;
	const netcx_wake_pattern two[3] = {pattern, pattern, pattern};
	netcx_wake_pattern large = pattern;
	netcx_wake wake = {};

	ASSERT_EQ(start(), 0);
	client.take_events();
	wake.pattern_count = 2;
	wake.patterns = two;
	ASSERT_EQ(set_wake(wake), 0);
	expect_events({"PreviewBitmap 10", "PreviewBitmap 10"});
	ASSERT_EQ(sources().size(), 2u);
	NET_WAKE_SOURCE_BITMAP_PARAMETERS_INIT(&parameters);
	NetWakeSourceGetBitmapParameters(sources()[1], &parameters);
	EXPECT_NE(parameters.Pattern, pattern_bytes);
	EXPECT_EQ(memcmp(parameters.Pattern, pattern_bytes, sizeof(pattern_bytes)), 0);
	EXPECT_EQ(parameters.MaskSize, 2u);
	EXPECT_EQ(parameters.Mask[1], 0x03);

	wake.pattern_count = 3;
	EXPECT_EQ(set_wake(wake), -ENOMEM);
	wake.pattern_count = 1;
	wake.patterns = &large;
	large.pattern_size = 17;
	EXPECT_EQ(set_wake(wake), -EINVAL);
	large = pattern;
	large.mask_size = 1;
	EXPECT_EQ(set_wake(wake), -EINVAL);

	/* The client has no room: all is as it was. */
	client.failing = {"PreviewBitmap 10"};
	client.failure = STATUS_NDIS_PM_WOL_PATTERN_LIST_FULL;
	wake.patterns = two;
	EXPECT_EQ(set_wake(wake), -ENOMEM);
	EXPECT_EQ(sources().size(), 2u);
}

TEST_F(CoreWake, TheDeviceIsArmedForTheSleepOnly)
{
	netcx_wake wake = {};

	ASSERT_EQ(open(), 0);
	wake.magic_packet = 1;
	ASSERT_EQ(set_wake(wake), 0);
	client.take_events();
	netcx_core_device_sleep(device);
	EXPECT_TRUE(netcx_core_device_is_armed(device));
	expect_events({"SelfManagedIoSuspend", "tx0 Cancel", "rx0 Cancel", "tx0 Stop", "rx0 Stop",
		       "tx0 Cleanup", "tx0 Destroy", "rx0 Cleanup", "rx0 Destroy", "Arm",
		       "D0ExitPreInterruptsDisabled", "InterruptDisable 0", "InterruptDisable 1",
		       "D0Exit D3"});
	netcx_core_device_machine_woke(device, TRUE);
	EXPECT_EQ(netcx_core_device_power_up(device), 0);
	const Events events = client.take_events();
	ASSERT_GE(events.size(), 6u);
	EXPECT_EQ(Events(events.begin(), events.begin() + 6),
		  (Events{"D0Entry D3", "InterruptEnable 0", "InterruptEnable 1",
			  "D0EntryPostInterruptsEnabled", "Triggered", "Disarm"}));
	EXPECT_FALSE(netcx_core_device_is_armed(device));
	EXPECT_EQ(hardware.wakeups, 1u);
	EXPECT_EQ(os.lines_with("woke the machine: magic packet"), 1u);

	/* Another one woke it. */
	sleep_and_wake(false);
	EXPECT_TRUE(client.has_event("Disarm"));
	EXPECT_FALSE(client.has_event("Triggered"));
	client.take_events();

	/* A reset is no sleep. */
	netcx_core_device_power_down(device);
	EXPECT_EQ(netcx_core_device_power_up(device), 0);
	EXPECT_FALSE(client.has_event("Arm"));
	EXPECT_FALSE(client.has_event("Disarm"));
}

TEST_F(CoreWake, WithoutASourceNothingIsArmed)
{
	ASSERT_EQ(open(), 0);
	sleep_and_wake(true);
	EXPECT_FALSE(client.has_event("Arm"));
	EXPECT_FALSE(client.has_event("Triggered"));
	EXPECT_FALSE(client.has_event("Disarm"));
}

TEST_F(CoreWake, TheClientMayForbidIt)
{
	WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS settings;
	netcx_wake wake = {};

	ASSERT_EQ(open(), 0);
	EXPECT_TRUE(netcx_core_device_wake_is_users(device));
	WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
	settings.Enabled = WdfFalse;
	settings.UserControlOfWakeSettings = WakeDoNotAllowUserControl;
	EXPECT_EQ(WdfDeviceAssignSxWakeSettings(client.device, &settings), STATUS_SUCCESS);
	EXPECT_FALSE(netcx_core_device_wake_is_users(device));
	wake.magic_packet = 1;
	ASSERT_EQ(set_wake(wake), 0);
	sleep_and_wake(true);
	EXPECT_FALSE(client.has_event("Arm"));

	settings.Enabled = static_cast<WDF_TRI_STATE>(3);
	EXPECT_EQ(WdfDeviceAssignSxWakeSettings(client.device, &settings),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("WAKE_SETTINGS.Enabled is 3, must be 0 to 2"), 1u);
	settings.Size++;
	EXPECT_EQ(WdfDeviceAssignSxWakeSettings(client.device, &settings),
		  STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(WdfDeviceAssignSxWakeSettings(client.device, nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfDeviceAssignSxWakeSettings(nullptr, &settings), STATUS_INVALID_HANDLE);
}

TEST_F(CoreWake, AClientThatCannotArmSleepsAllTheSame)
{
	netcx_wake wake = {};

	ASSERT_EQ(open(), 0);
	wake.magic_packet = 1;
	ASSERT_EQ(set_wake(wake), 0);
	client.failing = {"Arm"};
	sleep_and_wake(true);
	EXPECT_FALSE(client.has_event("Disarm"));
	EXPECT_EQ(os.lines_with("EvtDeviceArmWakeFromSx failed"), 1u);
}

TEST_F(CoreWake, ArmingMayBeToldWhy)
{
	netcx_wake wake = {};

	client.device_init = [](PWDFDEVICE_INIT init) {
		WDF_POWER_POLICY_EVENT_CALLBACKS callbacks;

		WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&callbacks);
		callbacks.EvtDeviceArmWakeFromSxWithReason = [](WDFDEVICE, BOOLEAN device,
								BOOLEAN children) {
			return CoreClient::get().event("Arm " + std::to_string(device) +
						       std::to_string(children));
		};
		WdfDeviceInitSetPowerPolicyEventCallbacks(init, &callbacks);
	};
	ASSERT_EQ(open(), 0);
	wake.magic_packet = 1;
	ASSERT_EQ(set_wake(wake), 0);
	sleep_and_wake(true);
	EXPECT_TRUE(client.has_event("Arm 10"));
}

TEST_F(CoreWake, ReasonsAreReportedWhileItWakesOnly)
{
	NET_ADAPTER_WAKE_REASON_PACKET reason;

	ASSERT_EQ(open(), 0);
	NET_ADAPTER_WAKE_REASON_PACKET_INIT(&reason);
	EXPECT_EQ(reason.PatternId, 0u);
	NetAdapterReportWakeReasonPacket(client.adapter, &reason);
	NetAdapterReportWakeReasonMediaChange(client.adapter, MediaConnectStateConnected);
	EXPECT_EQ(os.lines_with("(WakeNotInProgress)"), 2u);
	EXPECT_EQ(hardware.wakeups, 0u);

	client.queue_started = [&](NETPACKETQUEUE) {
		NET_ADAPTER_WAKE_REASON_PACKET_INIT(&reason);
		NetAdapterReportWakeReasonPacket(client.adapter, &reason);
		NET_ADAPTER_WAKE_REASON_EAPOL_PACKET_INIT(&reason);
		NetAdapterReportWakeReasonPacket(client.adapter, &reason);
		NET_ADAPTER_WAKE_REASON_FILTER_PACKET_INIT(&reason);
		NetAdapterReportWakeReasonPacket(client.adapter, &reason);
		reason.Size--;
		NetAdapterReportWakeReasonPacket(client.adapter, &reason);
		NetAdapterReportWakeReasonPacket(client.adapter, nullptr);
		NetAdapterReportWakeReasonMediaChange(client.adapter,
						      MediaConnectStateDisconnected);
		NetAdapterReportWakeReasonMediaChange(client.adapter, MediaConnectStateUnknown);
		client.queue_started = nullptr;
	};
	sleep_and_wake(false);
	EXPECT_EQ(hardware.wakeups, 4u);
	EXPECT_EQ(os.lines_with("woke the machine: packet of a pattern"), 1u);
	EXPECT_EQ(os.lines_with("woke the machine: EAPOL packet"), 1u);
	EXPECT_EQ(os.lines_with("woke the machine: packet of the receive filter"), 1u);
	EXPECT_EQ(os.lines_with("woke the machine: link is down"), 1u);
	EXPECT_EQ(os.lines_with("(InvalidNetAdapterWakeReasonMediaChange)"), 1u);
}

/* ---- what does not come back at once ---- */

class CoreWakeState : public CoreWake
{
protected:
	CoreWakeState() { with_state(); }

	int event(enum netcx_device_event what, bool flag = false)
	{
		return netcx_core_state_event(hardware.state, what, flag);
	}

	void fall_asleep()
	{
		netcx_wake wake = {};

		ASSERT_EQ(open(), 0);
		wake.magic_packet = 1;
		ASSERT_EQ(set_wake(wake), 0);
		ASSERT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
		ASSERT_TRUE(client.has_event("Arm"));
		client.take_events();
	}

	/* The client has heard of it as if it had come back at once. */
	void expect_woken(std::source_location where = std::source_location::current())
	{
		const ::testing::ScopedTrace trace(where.file_name(),
						   static_cast<int>(where.line()), "");

		EXPECT_EQ(netcx_core_state_name(hardware.state), NETCX_DEVICE_ON);
		EXPECT_TRUE(client.has_event("Triggered"));
		EXPECT_TRUE(client.has_event("Disarm"));
		EXPECT_EQ(os.lines_with("WakeNotInProgress"), 0u) << os.whole_log();
		EXPECT_EQ(hardware.wakeups, 1u);
	}
};

TEST_F(CoreWakeState, AResumeThatFailsAtFirstStillTellsWhy)
{
	fall_asleep();
	client.failing = {"D0Entry D3"};
	EXPECT_LT(event(NETCX_DEVICE_RESUME, true), 0);
	EXPECT_FALSE(client.has_event("Disarm"));
	client.failing.clear();
	os.pass_time(1000000);
	expect_woken();

	/* It is back: from here on there is nothing to report. */
	NetAdapterReportWakeReasonMediaChange(client.adapter, MediaConnectStateConnected);
	EXPECT_EQ(os.lines_with("(WakeNotInProgress)"), 1u);

	/* Nor does it wake the machine a second time. */
	EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
	client.take_events();
	EXPECT_EQ(event(NETCX_DEVICE_RESUME, false), 0);
	EXPECT_TRUE(client.has_event("Disarm"));
	EXPECT_FALSE(client.has_event("Triggered"));
}

TEST_F(CoreWakeState, AClientMayTellWhyWhenItIsDisarmed)
{
	reports_late = true;
	fall_asleep();
	client.failing = {"D0Entry D3"};
	EXPECT_LT(event(NETCX_DEVICE_RESUME, false), 0);
	client.failing.clear();
	EXPECT_EQ(event(NETCX_DEVICE_RECOVER), 0);
	EXPECT_TRUE(client.has_event("Disarm"));
	EXPECT_FALSE(client.has_event("Triggered"));
	EXPECT_EQ(hardware.wakeups, 1u) << os.whole_log();
	EXPECT_EQ(os.lines_with("WakeNotInProgress"), 0u);
}

TEST_F(CoreWakeState, WhatItsBusDoesNotFindAtFirstStillTellsWhy)
{
	fall_asleep();
	hardware.present = false;
	EXPECT_LT(event(NETCX_DEVICE_RESUME, true), 0);
	hardware.present = true;
	os.pass_time(1000000);
	expect_woken();
}

TEST_F(CoreWakeState, WhatItsBusHoldsStillTellsWhy)
{
	fall_asleep();
	event(NETCX_DEVICE_BUS_DOWN);
	EXPECT_EQ(event(NETCX_DEVICE_RESUME, true), 0);
	EXPECT_FALSE(client.has_event("Triggered"));
	EXPECT_EQ(event(NETCX_DEVICE_BUS_UP), 0);
	expect_woken();
}

TEST_F(CoreWakeState, WhatWasHaltedAsleepStillTellsWhy)
{
	fall_asleep();
	EXPECT_TRUE(netcx_core_state_request(hardware.state, NETCX_DEVICE_HALT));
	os.run_pending();
	EXPECT_EQ(event(NETCX_DEVICE_RESUME, true), -EBUSY);
	EXPECT_EQ(event(NETCX_DEVICE_UNHALT), 0);
	expect_woken();
}

/* It was not armed: what woke the machine is nothing that it was asked for. */
TEST_F(CoreWakeState, ASleepThatItWasNotArmedForIsForgotten)
{
	netcx_wake wake = {};

	ASSERT_EQ(open(), 0);
	EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
	EXPECT_EQ(event(NETCX_DEVICE_RESUME, true), 0);
	wake.magic_packet = 1;
	ASSERT_EQ(set_wake(wake), 0);
	EXPECT_EQ(event(NETCX_DEVICE_SUSPEND), 0);
	EXPECT_EQ(event(NETCX_DEVICE_RESUME, false), 0);
	EXPECT_TRUE(client.has_event("Disarm"));
	EXPECT_FALSE(client.has_event("Triggered"));
}

TEST_F(CoreWake, ListsThatWereNotFilledInAreRefused)
{
	NET_WAKE_SOURCE_LIST wake;
	NET_POWER_OFFLOAD_LIST power;

	ASSERT_EQ(start(), 0);
	NET_WAKE_SOURCE_LIST_INIT(&wake);
	EXPECT_EQ(NetWakeSourceListGetCount(&wake), 0u);
	EXPECT_EQ(NetWakeSourceListGetElement(&wake, 0), nullptr);
	EXPECT_EQ(os.lines_with("(InvalidWakeSourceListSignature)"), 2u);
	NET_POWER_OFFLOAD_LIST_INIT(&power);
	EXPECT_EQ(NetPowerOffloadListGetCount(&power), 0u);
	EXPECT_EQ(NetPowerOffloadListGetElement(&power, 0), nullptr);
	EXPECT_EQ(os.lines_with("(InvalidPowerOffloadListSignature)"), 2u);
	NetDeviceGetWakeSourceList(client.device, &wake);
	EXPECT_EQ(NetWakeSourceListGetElement(&wake, 0), nullptr);
	EXPECT_EQ(os.lines_with("Index is 0, must be below 0"), 1u);
	NetDeviceGetWakeSourceList(client.device, nullptr);
	NetDeviceGetPowerOffloadList(client.device, nullptr);
	EXPECT_EQ(os.lines_with("List is NULL (ParameterCantBeNull)"), 2u);
	EXPECT_EQ(NetWakeSourceGetType(nullptr), 0);
	EXPECT_EQ(NetWakeSourceGetAdapter(nullptr), nullptr);
	EXPECT_EQ(NetPowerOffloadGetType(nullptr), 0);
	EXPECT_EQ(NetPowerOffloadGetAdapter(nullptr), nullptr);
}

/* ---- power offloads ---- */

TEST_F(CoreWake, AddressesAreAnsweredAsFarAsThereIsRoom)
{
	NET_POWER_OFFLOAD_ARP_PARAMETERS arp;
	NET_POWER_OFFLOAD_NS_PARAMETERS ns;
	NET_IPV4_ADDRESS ipv4[3] = {};
	NET_IPV6_ADDRESS ipv6[2] = {};

	ASSERT_EQ(start(), 0);
	ipv4[1].Value[3] = 7;
	ipv6[0].Value[0] = 0xfe;
	ipv6[0].Value[15] = 9;
	EXPECT_EQ(netcx_core_adapter_set_arp_offload(interface()->adapter, ipv4, 3), 2u);
	EXPECT_EQ(os.lines_with("asleep it answers for 2 of 3 IPv4 addresses"), 1u);
	EXPECT_EQ(netcx_core_adapter_set_ns_offload(interface()->adapter, ipv6, 2), 1u);
	ASSERT_EQ(offloads().size(), 3u);
	EXPECT_EQ(NetPowerOffloadGetType(offloads()[1]), NetPowerOffloadTypeArp);
	EXPECT_EQ(NetPowerOffloadGetAdapter(offloads()[1]), client.adapter);
	NET_POWER_OFFLOAD_ARP_PARAMETERS_INIT(&arp);
	NetPowerOffloadGetArpParameters(offloads()[1], &arp);
	EXPECT_EQ(arp.HostIPv4Address.Value[3], 7);
	EXPECT_EQ(arp.LinkLayerAddress.Address[5], 1);
	NET_POWER_OFFLOAD_NS_PARAMETERS_INIT(&ns);
	NetPowerOffloadGetNSParameters(offloads()[2], &ns);
	EXPECT_EQ(ns.TargetIPv6Addresses[0].Value[15], 9);
	EXPECT_EQ(ns.SolicitedNodeIPv6Address.Value[0], 0xff);
	EXPECT_EQ(ns.SolicitedNodeIPv6Address.Value[12], 0xff);
	EXPECT_EQ(ns.SolicitedNodeIPv6Address.Value[15], 9);
	NetPowerOffloadGetArpParameters(offloads()[0], nullptr);
	EXPECT_EQ(os.lines_with("Parameters is NULL (ParameterCantBeNull)"), 1u);
	NetPowerOffloadGetNSParameters(offloads()[0], &ns);
	EXPECT_EQ(os.lines_with("was given a power offload of type 1, not 2"), 1u);

	client.failing = {"PreviewArp"};
	client.failure = STATUS_NDIS_PM_PROTOCOL_OFFLOAD_LIST_FULL;
	EXPECT_EQ(netcx_core_adapter_set_arp_offload(interface()->adapter, ipv4, 2), 0u);
	EXPECT_EQ(offloads().size(), 1u);
}

/* ---- refusals ---- */

struct BadWake {
	const char *line;
	NTSTATUS status;
	void (*declare)(NETADAPTER adapter);
};

class CoreBadWake : public CoreFixture, public ::testing::WithParamInterface<BadWake>
{
};

TEST_P(CoreBadWake, KeepsTheAdapterFromStarting)
{
	client.declare = GetParam().declare;
	EXPECT_NE(start(), 0);
	EXPECT_EQ(client.start_status, GetParam().status);
	EXPECT_EQ(os.lines_with(GetParam().line), 1u) << os.whole_log();
}

INSTANTIATE_TEST_SUITE_P(
	All, CoreBadWake,
	::testing::Values(
		BadWake{"NET_ADAPTER_WAKE_BITMAP_CAPABILITIES.MaximumPatternCount is 0, must be",
			STATUS_INVALID_PARAMETER,
			[](NETADAPTER a) {
				NET_ADAPTER_WAKE_BITMAP_CAPABILITIES caps;

				NET_ADAPTER_WAKE_BITMAP_CAPABILITIES_INIT(&caps);
				caps.BitmapPattern = TRUE;
				NetAdapterWakeSetBitmapCapabilities(a, &caps);
			}},
		BadWake{"NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES.Size is 7, must be 8",
			STATUS_INFO_LENGTH_MISMATCH,
			[](NETADAPTER a) {
				NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES caps;

				NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT(&caps);
				caps.Size--;
				NetAdapterWakeSetMagicPacketCapabilities(a, &caps);
			}},
		BadWake{"NetAdapterWakeSetMediaChangeCapabilities was given NULL",
			STATUS_INVALID_PARAMETER,
			[](NETADAPTER a) {
				NetAdapterWakeSetMediaChangeCapabilities(a, nullptr);
			}},
		BadWake{"NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES.MaximumOffloadCount is 0",
			STATUS_INVALID_PARAMETER,
			[](NETADAPTER a) {
				NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES caps;

				NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES_INIT(&caps, 0);
				NetAdapterPowerOffloadSetArpCapabilities(a, &caps);
			}},
		BadWake{"NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES.Size is 17, must be 16",
			STATUS_INFO_LENGTH_MISMATCH, [](NETADAPTER a) {
				NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES caps;

				NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES_INIT(&caps, 1);
				caps.Size++;
				NetAdapterPowerOffloadSetNSCapabilities(a, &caps);
			}}));

class CoreDeviceInit : public CoreFixture
{
};

TEST_F(CoreDeviceInit, BadCallbacksKeepTheDeviceFromBeingCreated)
{
	client.device_init = [](PWDFDEVICE_INIT init) {
		WDF_POWER_POLICY_EVENT_CALLBACKS callbacks;

		WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&callbacks);
		callbacks.EvtDeviceArmWakeFromSx = [](WDFDEVICE) {
			return STATUS_SUCCESS;
		};
		callbacks.EvtDeviceArmWakeFromSxWithReason = [](WDFDEVICE, BOOLEAN, BOOLEAN) {
			return STATUS_SUCCESS;
		};
		WdfDeviceInitSetPowerPolicyEventCallbacks(init, &callbacks);
	};
	EXPECT_EQ(add(), -EINVAL);
	EXPECT_EQ(os.lines_with("only one may be set"), 1u);
}

TEST_F(CoreDeviceInit, BadPreviewsDoToo)
{
	client.device_init = [](PWDFDEVICE_INIT init) {
		NetDeviceInitSetPowerPolicyEventCallbacks(init, nullptr);
	};
	EXPECT_EQ(add(), -EINVAL);
}

TEST_F(CoreDeviceInit, BadResetCapabilitiesDoToo)
{
	client.device_init = [](PWDFDEVICE_INIT init) {
		NET_DEVICE_RESET_CAPABILITIES capabilities;

		NET_DEVICE_RESET_CAPABILITIES_INIT(&capabilities, GUID{}, nullptr);
		capabilities.Size++;
		NetDeviceInitSetResetCapabilities(init, &capabilities);
	};
	EXPECT_NE(add(), 0);
	EXPECT_EQ(os.lines_with("NET_DEVICE_RESET_CAPABILITIES.Size is 33, must be 32"), 1u);
}

TEST_F(CoreDeviceInit, IdleSettingsAreChecked)
{
	WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;

	ASSERT_EQ(add(), 0);
	WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
	EXPECT_EQ(settings.DxState, PowerDeviceD3);
	EXPECT_EQ(WdfDeviceAssignS0IdleSettings(client.device, &settings), STATUS_SUCCESS);
	settings.IdleCaps = IdleUsbSelectiveSuspend;
	EXPECT_EQ(WdfDeviceAssignS0IdleSettings(client.device, &settings),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("IDLE_SETTINGS.IdleCaps is 3, must be 1 to 2"), 1u);
	settings.Size--;
	EXPECT_EQ(WdfDeviceAssignS0IdleSettings(client.device, &settings),
		  STATUS_INFO_LENGTH_MISMATCH);
	EXPECT_EQ(WdfDeviceAssignS0IdleSettings(client.device, nullptr), STATUS_INVALID_PARAMETER);
}

TEST_F(CoreDeviceInit, TheInterfaceHasAName)
{
	ASSERT_EQ(add(), 0);
	EXPECT_EQ(NetAdapterGetNetLuid(client.adapter).Value, 0u);
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(NetAdapterGetNetLuid(client.adapter).Info.NetLuidIndex, 7u);
	EXPECT_EQ(NetAdapterGetNetLuid(client.adapter).Info.IfType, IF_TYPE_ETHERNET_CSMACD);
	EXPECT_EQ(NetAdapterGetNetLuid(nullptr).Value, 0u);
}

/* ---- resets ---- */

class CoreReset : public CoreFixture
{
protected:
	CoreReset()
	{
		client.device_init = [](PWDFDEVICE_INIT init) {
			NET_DEVICE_RESET_CAPABILITIES capabilities;

			NET_DEVICE_RESET_CAPABILITIES_INIT(&capabilities, GUID{}, collect);
			NetDeviceInitSetResetCapabilities(init, &capabilities);
		};
	}

	static void collect(WDFDEVICE device)
	{
		CoreClient::get().event("CollectResetDiagnostics");
		NetDeviceStoreResetDiagnostics(device, size, bytes);
		if (twice)
			NetDeviceStoreResetDiagnostics(device, size, bytes);
	}

	std::vector<UINT8> stored()
	{
		std::vector<UINT8> buffer(netcx_core_device_reset_diagnostics(device, nullptr, 0));

		netcx_core_device_reset_diagnostics(device, buffer.data(), buffer.size());
		return buffer;
	}

	static inline const UINT8 *bytes = pattern_bytes;
	static inline SIZE_T size = 3;
	static inline bool twice = false;
};

TEST_F(CoreReset, TheClientMayAskForOne)
{
	ASSERT_EQ(start(), 0);
	NetDeviceRequestReset(client.device);
	NetDeviceRequestReset(nullptr);
	EXPECT_EQ(hardware.resets_requested, 1u);
	EXPECT_EQ(os.lines_with("the client asks for a reset"), 1u);
}

TEST_F(CoreReset, DiagnosticsAreKeptUntilTheNextOnes)
{
	ASSERT_EQ(start(), 0);
	EXPECT_EQ(stored().size(), 0u);
	netcx_core_device_collect_reset_diagnostics(device);
	EXPECT_TRUE(client.has_event("CollectResetDiagnostics"));
	EXPECT_EQ(stored(), (std::vector<UINT8>{1, 2, 3}));
	size = 2;
	twice = true;
	netcx_core_device_collect_reset_diagnostics(device);
	twice = false;
	EXPECT_EQ(stored(), (std::vector<UINT8>{1, 2}));
	EXPECT_EQ(os.lines_with("was called a second time (IsNotCollectingResetDiagnostics)"), 1u);
	size = MAX_RESET_DIAGNOSTICS_SIZE + 1;
	netcx_core_device_collect_reset_diagnostics(device);
	EXPECT_EQ(os.lines_with("must be 1 to 1048576 (ResetDiagnosticsSizeTooLarge)"), 1u);
	EXPECT_EQ(stored().size(), 0u);
	size = 3;
	bytes = nullptr;
	netcx_core_device_collect_reset_diagnostics(device);
	EXPECT_EQ(os.lines_with("ResetDiagnosticsBuffer is NULL"), 1u);
	bytes = pattern_bytes;
	NetDeviceStoreResetDiagnostics(client.device, size, bytes);
	EXPECT_EQ(os.lines_with("outside of EvtNetDeviceCollectResetDiagnostics"), 1u);
}

} // namespace
