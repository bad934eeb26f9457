// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "wake.h"
#include "device.h"
#include <common/log.h>
#include <netpoweroffload.h>
#include <netwakesource.h>

namespace sim
{

namespace
{

#define LOG_WAKE(device, format, ...)                               \
	LOG_INFO("wire %u, end %u: " format, (device).wire->number, \
		 (device).end __VA_OPT__(, ) __VA_ARGS__)

void show_link(const Device &device, NETWAKESOURCE source, LinkWake *link)
{
	NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS parameters;

	NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS_INIT(&parameters);
	NetWakeSourceGetMediaChangeParameters(source, &parameters);
	link->for_connect = parameters.MediaConnect;
	link->for_disconnect = parameters.MediaDisconnect;
	LOG_WAKE(device, "wakes for the link's%s%s%s", link->for_connect ? " coming" : "",
		 link->for_connect && link->for_disconnect ? " and" : "",
		 link->for_disconnect ? " going" : "");
}

void show_pattern(const Device &device, NETWAKESOURCE source)
{
	NET_WAKE_SOURCE_BITMAP_PARAMETERS parameters;

	NET_WAKE_SOURCE_BITMAP_PARAMETERS_INIT(&parameters);
	NetWakeSourceGetBitmapParameters(source, &parameters);
	LOG_WAKE(device, "wakes for a pattern of %u bytes",
		 static_cast<UINT32>(parameters.PatternSize));
}

void show_source(const Device &device, NETWAKESOURCE source, LinkWake *link)
{
	switch (NetWakeSourceGetType(source)) {
	case NetWakeSourceTypeMagicPacket:
		LOG_WAKE(device, "wakes for magic packets");
		break;
	case NetWakeSourceTypeMediaChange:
		show_link(device, source, link);
		break;
	case NetWakeSourceTypePacketFilterMatch:
		LOG_WAKE(device, "wakes for packets of the filter %#x",
			 static_cast<unsigned int>(device.filter.accepted()));
		break;
	case NetWakeSourceTypeBitmapPattern:
		show_pattern(device, source);
		break;
	default:
		LOG_ERROR("a wake source that was not offered");
		break;
	}
}

void show_ipv4(const Device &device, NETPOWEROFFLOAD offload)
{
	NET_POWER_OFFLOAD_ARP_PARAMETERS parameters;
	const UINT8 *address = parameters.HostIPv4Address.Value;

	NET_POWER_OFFLOAD_ARP_PARAMETERS_INIT(&parameters);
	NetPowerOffloadGetArpParameters(offload, &parameters);
	LOG_WAKE(device, "answers for %u.%u.%u.%u", address[0], address[1], address[2], address[3]);
}

void show_ipv6(const Device &device, NETPOWEROFFLOAD offload)
{
	NET_POWER_OFFLOAD_NS_PARAMETERS parameters;
	const UINT8 *address = parameters.TargetIPv6Addresses[0].Value;

	NET_POWER_OFFLOAD_NS_PARAMETERS_INIT(&parameters);
	NetPowerOffloadGetNSParameters(offload, &parameters);
	LOG_WAKE(device,
		 "answers for "
		 "%02x%02x:%02x%02x:%02x%02x:%02x%02x:%02x%02x:%02x%02x:%02x%02x:%02x%02x",
		 address[0], address[1], address[2], address[3], address[4], address[5], address[6],
		 address[7], address[8], address[9], address[10], address[11], address[12],
		 address[13], address[14], address[15]);
}

NTSTATUS evt_arm_wake_from_sx(WDFDEVICE handle)
{
	Device *device = device_context(handle);
	NET_WAKE_SOURCE_LIST sources;
	NET_POWER_OFFLOAD_LIST offloads;
	LinkWake link = {};

	NET_WAKE_SOURCE_LIST_INIT(&sources);
	NetDeviceGetWakeSourceList(handle, &sources);
	for (SIZE_T i = 0; i < NetWakeSourceListGetCount(&sources); i++)
		show_source(*device, NetWakeSourceListGetElement(&sources, i), &link);

	NET_POWER_OFFLOAD_LIST_INIT(&offloads);
	NetDeviceGetPowerOffloadList(handle, &offloads);
	for (SIZE_T i = 0; i < NetPowerOffloadListGetCount(&offloads); i++) {
		const NETPOWEROFFLOAD offload = NetPowerOffloadListGetElement(&offloads, i);

		if (NetPowerOffloadGetType(offload) == NetPowerOffloadTypeArp)
			show_ipv4(*device, offload);
		else
			show_ipv6(*device, offload);
	}

	const WireLock guard(device->wire);

	device->link_wake = link;
	return STATUS_SUCCESS;
}

void evt_disarm_wake_from_sx(WDFDEVICE handle)
{
	Device *device = device_context(handle);
	LinkWake link;

	{
		const WireLock guard(device->wire);

		link = device->link_wake;
		device->link_wake = {};
	}
	if (link.woke)
		NetAdapterReportWakeReasonMediaChange(
			device->adapter, link.connected ? MediaConnectStateConnected
							: MediaConnectStateDisconnected);
	LOG_WAKE(*device, "wakes no more");
}

} /* namespace */

void set_wake_callbacks(PWDFDEVICE_INIT init)
{
	WDF_POWER_POLICY_EVENT_CALLBACKS callbacks;

	WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&callbacks);
	callbacks.EvtDeviceArmWakeFromSx = evt_arm_wake_from_sx;
	callbacks.EvtDeviceDisarmWakeFromSx = evt_disarm_wake_from_sx;
	WdfDeviceInitSetPowerPolicyEventCallbacks(init, &callbacks);
}

void set_wake_capabilities(const Device &device)
{
	const UINT32 sources = device.modes.wake;
	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES magic;
	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES link;
	NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES filter;
	NET_ADAPTER_WAKE_BITMAP_CAPABILITIES patterns;

	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT(&magic);
	magic.MagicPacket = !!(sources & wake_magic_packet);
	NetAdapterWakeSetMagicPacketCapabilities(device.adapter, &magic);

	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES_INIT(&link);
	link.MediaConnect = !!(sources & wake_link);
	link.MediaDisconnect = !!(sources & wake_link);
	NetAdapterWakeSetMediaChangeCapabilities(device.adapter, &link);

	NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES_INIT(&filter);
	filter.PacketFilterMatch = !!(sources & wake_filter);
	NetAdapterWakeSetPacketFilterCapabilities(device.adapter, &filter);

	NET_ADAPTER_WAKE_BITMAP_CAPABILITIES_INIT(&patterns);
	patterns.BitmapPattern = !!(sources & wake_patterns);
	patterns.MaximumPatternCount = limits::wake_patterns;
	patterns.MaximumPatternSize = limits::wake_pattern_bytes;
	NetAdapterWakeSetBitmapCapabilities(device.adapter, &patterns);

	if (device.modes.power_offloads) {
		NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES arp;
		NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES ns;

		NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES_INIT(&arp, device.modes.power_offloads);
		NetAdapterPowerOffloadSetArpCapabilities(device.adapter, &arp);
		NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES_INIT(&ns, device.modes.power_offloads);
		NetAdapterPowerOffloadSetNSCapabilities(device.adapter, &ns);
	}
}

} /* namespace sim */
