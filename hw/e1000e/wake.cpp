// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: 82574 datasheet, "Wake-Up", "Wake-Up Control Register Descriptions", CTRL. */
#include "wake.h"
#include "device.h"
#include <netwakesource.h>

namespace e1000e
{

namespace
{

/* The events that wake for what the receive filter accepts. */
UINT32 events_of(NET_PACKET_FILTER_FLAGS accepted)
{
	UINT32 events = 0;

	if (accepted & NetPacketFilterFlagDirected)
		events |= wake_event::directed;
	if (accepted & (NetPacketFilterFlagMulticast | NetPacketFilterFlagAllMulticast))
		events |= wake_event::multicast;
	if (accepted & NetPacketFilterFlagBroadcast)
		events |= wake_event::broadcast;
	return events;
}

UINT32 events_of(const Device &device, NETWAKESOURCE source)
{
	switch (NetWakeSourceGetType(source)) {
	case NetWakeSourceTypeMagicPacket:
		return wake_event::magic_packet;
	case NetWakeSourceTypeMediaChange:
		return wake_event::link_change;
	case NetWakeSourceTypePacketFilterMatch:
		return events_of(device.filter.accepted());
	default:
		return 0;
	}
}

} /* namespace */

NTSTATUS Wake::evt_arm(WDFDEVICE handle)
{
	Device *device = device_context(handle);
	NET_WAKE_SOURCE_LIST sources;
	UINT32 events = 0;

	const DeviceLock guard(*device);

	NET_WAKE_SOURCE_LIST_INIT(&sources);
	NetDeviceGetWakeSourceList(handle, &sources);
	for (SIZE_T i = 0; i < NetWakeSourceListGetCount(&sources); i++)
		events |= events_of(*device, NetWakeSourceListGetElement(&sources, i));
	device->wake.events = events;
	device->wake.causes = 0;
	return STATUS_SUCCESS;
}

void Wake::evt_disarm(WDFDEVICE handle)
{
	Device *device = device_context(handle);

	{
		const DeviceLock guard(*device);

		device->wake.events = 0;
	}
	device->wake.report_causes(device->adapter);
}

void Wake::set_callbacks(PWDFDEVICE_INIT init)
{
	WDF_POWER_POLICY_EVENT_CALLBACKS callbacks;

	WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&callbacks);
	callbacks.EvtDeviceArmWakeFromSx = evt_arm;
	callbacks.EvtDeviceDisarmWakeFromSx = evt_disarm;
	WdfDeviceInitSetPowerPolicyEventCallbacks(init, &callbacks);
}

/*
 * The device signals a change of the link in either direction. Only its coming is offered, since
 * the PHY may renegotiate on the way to D3, which would wake the machine right away.
 */
void Wake::declare(NETADAPTER adapter)
{
	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES magic;
	NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES filter;
	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES link;

	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT(&magic);
	magic.MagicPacket = TRUE;
	NetAdapterWakeSetMagicPacketCapabilities(adapter, &magic);

	NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES_INIT(&filter);
	filter.PacketFilterMatch = TRUE;
	NetAdapterWakeSetPacketFilterCapabilities(adapter, &filter);

	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES_INIT(&link);
	link.MediaConnect = TRUE;
	NetAdapterWakeSetMediaChangeCapabilities(adapter, &link);
}

void Wake::switch_on(const Hardware &hardware, bool link_up) const
{
	/*
	 * CTRL.TFCE stays clear, as the reset has left it: frames that do not wake fill the MAC's
	 * memory, and it must not ask the partner to pause then.
	 */
	hardware.modify(ctrl::reg, 0,
			ctrl::gio_master_disable | ctrl::d3cold_wake | ctrl::phy_power_management);
	/* From here on firmware has the device to itself, as after any other D0 exit. */
	hardware.modify(ctrl_ext::reg, ctrl_ext::driver_loaded, 0);

	/*
	 * A magic packet wakes only if the receive filter accepts it, and may be sent to the
	 * device's address as well as to all. An interface that was never up accepts neither.
	 */
	if (events & wake_event::magic_packet) {
		hardware.modify(rah::reg(0), 0, rah::valid);
		hardware.modify(rctl::reg, 0, rctl::broadcast);
	}
	hardware.modify(rctl::reg, 0, rctl::enable);

	hardware.write(wus::reg, all_ones);
	hardware.write(wufc::reg, link_up ? events & ~wake_event::link_change : events);
	hardware.write(wuc::reg, wuc::pme_enable);
	hardware.flush();
}

void Wake::read_causes(const Hardware &hardware)
{
	if (!is_armed() || hardware.is_gone())
		return;
	causes |= hardware.read(wus::reg);
	hardware.write(wus::reg, all_ones);
}

void Wake::report_causes(NETADAPTER adapter) const
{
	NET_ADAPTER_WAKE_REASON_PACKET packet;

	if (causes & wake_event::magic_packet) {
		NET_ADAPTER_WAKE_REASON_MAGIC_PACKET_INIT(&packet);
		NetAdapterReportWakeReasonPacket(adapter, &packet);
	} else if (causes &
		   (wake_event::directed | wake_event::multicast | wake_event::broadcast)) {
		NET_ADAPTER_WAKE_REASON_FILTER_PACKET_INIT(&packet);
		NetAdapterReportWakeReasonPacket(adapter, &packet);
	}
	if (causes & wake_event::link_change)
		NetAdapterReportWakeReasonMediaChange(adapter, MediaConnectStateConnected);
}

} /* namespace e1000e */
