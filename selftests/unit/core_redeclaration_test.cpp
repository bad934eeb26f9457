// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a client declares in EvtDevicePrepareHardware it declares again after a reset: of the same
// adapter, which keeps its interface.

#include "core_client.h"

#include <functional>

namespace
{

using namespace unit;

void set_offload(NETADAPTER, NETOFFLOAD)
{
}

NTSTATUS enable_scaling(NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE,
			NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE)
{
	return STATUS_SUCCESS;
}

void disable_scaling(NETADAPTER)
{
}

NTSTATUS set_scaling_key(NETADAPTER, const NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY *)
{
	return STATUS_SUCCESS;
}

NTSTATUS set_scaling_entries(NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES *)
{
	return STATUS_SUCCESS;
}

/* As many of each kind as there are, and what a test changes from one time to the next. */
class CoreRedeclaration : public CoreFixture
{
protected:
	CoreRedeclaration()
	{
		with_state();
		client.interrupts_in_device_add = false;
		client.datapath = [this](NET_ADAPTER_TX_CAPABILITIES &tx_now,
					 NET_ADAPTER_RX_CAPABILITIES &rx_now) {
			tx_now.MaximumNumberOfFragments = fragments;
			tx_now.FragmentBufferAlignment = alignment;
			rx_now.FragmentBufferAlignment = alignment;
		};
		client.declare = [this](NETADAPTER adapter) {
			declare_link(adapter);
			declare_offloads(adapter);
			declare_scaling(adapter);
			declare_wake(adapter);
			declare_extras(adapter);
			assign_power_policy();
		};
	}

	void reset()
	{
		EXPECT_EQ(netcx_core_state_event(hardware.state, NETCX_DEVICE_RECOVER, FALSE), 0);
	}

	UINT32 fragments = 16;
	SIZE_T alignment = 64;
	UINT32 mtu = 1500;
	UINT64 speed = 1000000000;
	NET_ADAPTER_OFFLOAD_LAYER3_FLAGS layer3 = NetAdapterOffloadLayer3FlagIPv4NoOptions;
	UINT32 segment_bytes = 64000;
	bool tags = true;
	bool strips = true;
	bool coalesces = true;
	UINT32 wake_patterns = 2;

private:
	void declare_link(NETADAPTER adapter) const;
	void declare_offloads(NETADAPTER adapter) const;
	static void declare_scaling(NETADAPTER adapter);
	void declare_wake(NETADAPTER adapter) const;
	void declare_extras(NETADAPTER adapter) const;
	void assign_power_policy() const;
};

void CoreRedeclaration::declare_link(NETADAPTER adapter) const
{
	static const UCHAR mac[6] = {2, 0, 0, 0, 0, 1};
	NET_ADAPTER_LINK_LAYER_CAPABILITIES link_layer;
	NET_ADAPTER_LINK_LAYER_ADDRESS address;
	NET_ADAPTER_LINK_STATE link;
	netcx_link_modes modes = {};

	NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(&link_layer, speed, speed);
	NetAdapterSetLinkLayerCapabilities(adapter, &link_layer);
	NetAdapterSetLinkLayerMtuSize(adapter, mtu);
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, sizeof(mac), mac);
	NetAdapterSetCurrentLinkLayerAddress(adapter, &address);
	NET_ADAPTER_LINK_STATE_INIT(&link, speed, MediaConnectStateConnected, MediaDuplexStateFull,
				    NetAdapterPauseFunctionTypeUnsupported,
				    NetAdapterAutoNegotiationFlagNone);
	NetAdapterSetLinkState(adapter, &link);
	modes.Size = sizeof(modes);
	modes.Port = netcx_port_fibre;
	EXPECT_EQ(netcx_adapter_set_link_modes(adapter, &modes), STATUS_SUCCESS);
}

void CoreRedeclaration::declare_offloads(NETADAPTER adapter) const
{
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES checksum;
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES gso;
	NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES rsc;
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES vlan;

	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(&checksum, layer3, set_offload);
	checksum.Layer4Flags = NetAdapterOffloadLayer4FlagTcpNoOptions;
	NetAdapterOffloadSetTxChecksumCapabilities(adapter, &checksum);
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(&gso, layer3,
						  NetAdapterOffloadLayer4FlagTcpNoOptions,
						  segment_bytes, 2, set_offload);
	NetAdapterOffloadSetGsoCapabilities(adapter, &gso);
	if (coalesces) {
		NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES_INIT(
			&rsc, NetAdapterOffloadLayer3FlagIPv4NoOptions,
			NetAdapterOffloadLayer4FlagTcpNoOptions, set_offload);
		NetAdapterOffloadSetRscCapabilities(adapter, &rsc);
	}
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT(
		&vlan, tags ? NetAdapterOffloadIeee8021VlanTaggingFlag |
				      NetAdapterOffloadIeee8021PriorityTaggingFlag
			    : NetAdapterOffloadIeee8021PriorityTaggingFlag);
	NetAdapterOffloadSetIeee8021qTagCapabilities(adapter, &vlan);
}

void CoreRedeclaration::declare_scaling(NETADAPTER adapter)
{
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES scaling;

	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT(
		&scaling, 4, NetAdapterReceiveScalingUnhashedTargetTypeHashIndex,
		NetAdapterReceiveScalingHashTypeToeplitz, NetAdapterReceiveScalingProtocolTypeIPv4,
		enable_scaling, disable_scaling, set_scaling_key, set_scaling_entries);
	NetAdapterSetReceiveScalingCapabilities(adapter, &scaling);
}

void CoreRedeclaration::declare_wake(NETADAPTER adapter) const
{
	NET_ADAPTER_WAKE_BITMAP_CAPABILITIES bitmap;
	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES magic;
	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES media;
	NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES arp;
	NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES ns;

	NET_ADAPTER_WAKE_BITMAP_CAPABILITIES_INIT(&bitmap);
	bitmap.BitmapPattern = TRUE;
	bitmap.MaximumPatternCount = wake_patterns;
	bitmap.MaximumPatternSize = 16;
	NetAdapterWakeSetBitmapCapabilities(adapter, &bitmap);
	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT(&magic);
	magic.MagicPacket = TRUE;
	NetAdapterWakeSetMagicPacketCapabilities(adapter, &magic);
	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES_INIT(&media);
	media.MediaConnect = TRUE;
	NetAdapterWakeSetMediaChangeCapabilities(adapter, &media);
	NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES_INIT(&arp, 2);
	NetAdapterPowerOffloadSetArpCapabilities(adapter, &arp);
	NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES_INIT(&ns, 1);
	NetAdapterPowerOffloadSetNSCapabilities(adapter, &ns);
}

void CoreRedeclaration::declare_extras(NETADAPTER adapter) const
{
	netcx_unicast_filter_capabilities unicast = {};
	netcx_vlan_capabilities vlan = {};

	unicast.Size = sizeof(unicast);
	unicast.MaximumAddresses = 2;
	unicast.Set = [](NETADAPTER, const NET_ADAPTER_LINK_LAYER_ADDRESS *, UINT32) {};
	EXPECT_EQ(netcx_adapter_set_unicast_filter(adapter, &unicast), STATUS_SUCCESS);
	vlan.Size = sizeof(vlan);
	if (strips)
		vlan.SetStripping = [](NETADAPTER, BOOLEAN) {};
	vlan.SetFilter = [](NETADAPTER, const netcx_vlan_filter *) {};
	EXPECT_EQ(netcx_adapter_set_vlan_capabilities(adapter, &vlan), STATUS_SUCCESS);
	EXPECT_EQ(netcx_adapter_set_transmit_paused_callback(
			  adapter, [](NETADAPTER) -> BOOLEAN { return FALSE; }),
		  STATUS_SUCCESS);
}

void CoreRedeclaration::assign_power_policy() const
{
	WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS wake;

	WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&wake);
	EXPECT_EQ(WdfDeviceAssignSxWakeSettings(client.device, &wake), STATUS_SUCCESS);
}

TEST_F(CoreRedeclaration, TheSameIsTheSameAdapters)
{
	ASSERT_EQ(open(), 0);

	const auto *before = interface();

	for (UINT32 round = 0; round < 3; round++) {
		reset();
		EXPECT_EQ(client.start_status, STATUS_SUCCESS);
		ASSERT_EQ(interface(), before);
		EXPECT_TRUE(interface()->is_open());
	}
	/* Nothing was refused, or even worth a word. */
	EXPECT_EQ(os.log.size(), os.lines_with("the adapter was reset")) << os.whole_log();
	/* Nor do the interrupts become more. */
	EXPECT_EQ(hardware.irqs.size(), client.interrupts);
}

/* What the hardware may say anew at any time, and what the interface asks for when it needs it. */
TEST_F(CoreRedeclaration, OtherValuesAreTakenOver)
{
	ASSERT_EQ(open(), 0);

	const auto *before = interface();

	mtu = 9000;
	speed = 100000000;
	wake_patterns = 1;
	reset();
	ASSERT_EQ(interface(), before);
	EXPECT_EQ(os.lines_with("other capabilities"), 0u);

	const netcx_adapter *adapter = interface()->adapter;

	EXPECT_EQ(adapter->mtu, 9000u);
	EXPECT_EQ(adapter->link_layer.MaxTxLinkSpeed, 100000000u);
	EXPECT_EQ(adapter->link.TxLinkSpeed, 100000000u);
	EXPECT_EQ(adapter->wake_bitmap.MaximumPatternCount, 1u);
}

/* Of an interface the stack is told once what it offers. */
TEST_F(CoreRedeclaration, OtherFeaturesMakeTheInterfaceAnew)
{
	const struct {
		const char *what;
		std::function<void()> change;
	} changes[] = {
		{"checksums", [this] { layer3 = layer3 | NetAdapterOffloadLayer3FlagIPv6NoExtensions; }},
		{"segments", [this] { segment_bytes = 32000; }},
		{"tags", [this] { tags = false; }},
		{"stripping", [this] { strips = false; }},
		{"coalescing", [this] { coalesces = true; }},
		{"fragments", [this] { fragments = 8; }},
		{"alignment", [this] { alignment = 128; }},
	};
	SIZE_T anew = 0;

	coalesces = false;
	ASSERT_EQ(open(), 0);
	for (const auto &one : changes) {
		one.change();
		reset();
		EXPECT_EQ(os.lines_with("it declares other capabilities than before the reset"),
			  ++anew)
			<< one.what;
		reset();
		EXPECT_EQ(os.lines_with("it declares other capabilities than before the reset"),
			  anew)
			<< one.what;
		ASSERT_NE(interface(), nullptr);
	}
	EXPECT_EQ(os.errors(), 0u) << os.whole_log();
}

} // namespace
