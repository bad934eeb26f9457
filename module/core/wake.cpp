// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Wake sources: what adapters declare, which of them are enabled, and which woke the machine. */
#include "caller.h"
#include "sleep_list.h"

namespace netcx
{

/* ---- capabilities ---- */

static NTSTATUS check_bitmap(const Adapter *adapter,
			     const NET_ADAPTER_WAKE_BITMAP_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_WAKE_BITMAP_CAPABILITIES";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status) && caps->BitmapPattern &&
	    (!caps->MaximumPatternCount || !caps->MaximumPatternSize))
		status = refuse(adapter, STATUS_INVALID_PARAMETER,
				"%s.%s is 0, must be at least 1 with BitmapPattern", structure,
				caps->MaximumPatternCount ? "MaximumPatternSize"
							  : "MaximumPatternCount");
	return status;
}

/* For capabilities that have nothing to check but their Size. */
template <class Capabilities>
static void declare_flags(NETADAPTER handle, const char *function, const char *structure,
			  Declaration what, const Capabilities *given,
			  Capabilities netcx_adapter::*kept)
{
	Adapter *adapter = begin_declaration(handle, function, what, given);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_size(adapter, structure, given->Size, sizeof(*given));
	adapter->declared(what, status);
	if (NT_SUCCESS(status))
		adapter->*kept = *given;
}

/* ---- what to wake for ---- */

static bool is_offered(const Adapter *adapter, const struct netcx_wake *wake)
{
	return (!wake->magic_packet || adapter->wake_magic_packet.MagicPacket) &&
	       (!wake->packet_filter || adapter->wake_packet_filter.PacketFilterMatch) &&
	       (!wake->eapol_packet || adapter->wake_eapol_packet.EapolPacket) &&
	       (!wake->media_connect || adapter->wake_media_change.MediaConnect) &&
	       (!wake->media_disconnect || adapter->wake_media_change.MediaDisconnect) &&
	       (!wake->pattern_count || adapter->wake_bitmap.BitmapPattern);
}

static bool fits(const Adapter *adapter, const struct netcx_wake_pattern *pattern)
{
	return pattern->pattern_size && pattern->pattern_size <= NETWAKESOURCE__::largest_pattern &&
	       pattern->pattern_size <= adapter->wake_bitmap.MaximumPatternSize &&
	       pattern->mask_size == (pattern->pattern_size + 7) / 8;
}

static void fill(NETWAKESOURCE__ *source, const struct netcx_wake_pattern *pattern)
{
	source->pattern_size = pattern->pattern_size;
	source->mask_size = pattern->mask_size;
	RtlCopyMemory(source->pattern, pattern->pattern, pattern->pattern_size);
	RtlCopyMemory(source->mask, pattern->mask, pattern->mask_size);
}

static void name_slots(Adapter *adapter)
{
	static const NET_WAKE_SOURCE_TYPE types[] = {
		NetWakeSourceTypeMagicPacket,
		NetWakeSourceTypeMediaChange,
		NetWakeSourceTypePacketFilterMatch,
		NetWakeSourceTypeEapolPacket,
	};
	NETWAKESOURCE__ *slots = adapter->wake_sources.slots;

	for (UINT32 i = 0; i < WakeSources::count; i++) {
		slots[i].signature = NETWAKESOURCE__::valid;
		slots[i].adapter = adapter;
		slots[i].type =
			i < WakeSources::first_pattern ? types[i] : NetWakeSourceTypeBitmapPattern;
		slots[i].id = i + 1;
	}
}

/* Asks the client whether its hardware has room for the pattern. */
static NTSTATUS preview(const Adapter *adapter, NETWAKESOURCE__ *source)
{
	const auto callback = adapter->device->previews.EvtDevicePreviewBitmapPattern;
	const InterfaceScope scope(adapter);

	return callback ? callback(to_handle<WDFDEVICE>(adapter->device), source) : STATUS_SUCCESS;
}

static NTSTATUS set_patterns(Adapter *adapter, const struct netcx_wake *wake)
{
	NETWAKESOURCE__ *slots = adapter->wake_sources.slots + WakeSources::first_pattern;
	NTSTATUS status = STATUS_SUCCESS;

	for (UINT32 i = 0; i < WakeSources::most_patterns; i++)
		slots[i].enabled = false;
	for (UINT32 i = 0; i < wake->pattern_count && NT_SUCCESS(status); i++) {
		fill(&slots[i], &wake->patterns[i]);
		status = preview(adapter, &slots[i]);
		slots[i].enabled = NT_SUCCESS(status);
	}
	return status;
}

static NTSTATUS set_wake(Adapter *adapter, const struct netcx_wake *wake)
{
	NETWAKESOURCE__ *slots = adapter->wake_sources.slots;
	WakeSources *before;
	NTSTATUS status;

	if (!is_offered(adapter, wake))
		return STATUS_NOT_SUPPORTED;
	if (wake->pattern_count > WakeSources::most_patterns ||
	    wake->pattern_count > adapter->wake_bitmap.MaximumPatternCount)
		return STATUS_NDIS_PM_WOL_PATTERN_LIST_FULL;
	for (UINT32 i = 0; i < wake->pattern_count; i++) {
		if (!fits(adapter, &wake->patterns[i]))
			return STATUS_INVALID_PARAMETER;
	}

	/* Allocated, since it is too large for the stack. */
	before = static_cast<WakeSources *>(netcx_os_zalloc(sizeof(*before)));
	if (!before)
		return STATUS_INSUFFICIENT_RESOURCES;
	*before = adapter->wake_sources;
	name_slots(adapter);
	status = set_patterns(adapter, wake);
	if (!NT_SUCCESS(status))
		adapter->wake_sources = *before;
	netcx_os_free(before);
	if (!NT_SUCCESS(status))
		return status;
	slots[WakeSources::magic_packet].enabled = wake->magic_packet;
	slots[WakeSources::packet_filter].enabled = wake->packet_filter;
	slots[WakeSources::eapol_packet].enabled = wake->eapol_packet;
	slots[WakeSources::media_change].enabled = wake->media_connect || wake->media_disconnect;
	slots[WakeSources::media_change].media_change.MediaConnect = wake->media_connect;
	slots[WakeSources::media_change].media_change.MediaDisconnect = wake->media_disconnect;
	return STATUS_SUCCESS;
}

/* ---- lists ---- */

struct WakeSourceKind {
	using Element = NETWAKESOURCE__;
	using List = NET_WAKE_SOURCE_LIST;
	static constexpr const char *list_name = "NET_WAKE_SOURCE_LIST";
	static constexpr const char *handle_name = "NETWAKESOURCE";
	static constexpr const char *element_name = "wake source";
	static constexpr const char *fill_function = "NetDeviceGetWakeSourceList";
	static constexpr const char *unfilled_rule = "InvalidWakeSourceListSignature";
	static constexpr WakeSources Adapter::*elements = &Adapter::wake_sources;
};

using WakeSourceList = SleepList<WakeSourceKind>;

bool has_wake_sources(const netcx_device *device)
{
	SIZE_T count;

	return WakeSourceList::find(device, 0, &count);
}

/* ---- reasons ---- */

static Adapter *waking_adapter(NETADAPTER handle, const char *function)
{
	Adapter *adapter = from_handle<Adapter>(handle, function);

	if (!adapter || refuse_atomic(adapter, function))
		return nullptr;
	if (adapter->device->waking)
		return adapter;
	refuse(adapter, STATUS_INVALID_DEVICE_STATE,
	       "%s: the device is not coming back from the machine's sleep (WakeNotInProgress)",
	       function);
	return nullptr;
}

static void report(const Adapter *adapter, const char *reason)
{
	log_line(adapter, NETCX_OS_LOG_INFO, "woke the machine: %s", reason);

	const OsDevice os(adapter->device);

	if (os.get())
		netcx_os_device_woken(os.get());
}

} // namespace netcx

using namespace netcx;

extern "C" {

int netcx_core_adapter_set_wake(struct netcx_adapter *adapter, const struct netcx_wake *wake)
{
	return netcx_core_errno(set_wake(Adapter::of(adapter), wake));
}

void NetAdapterWakeSetBitmapCapabilities(NETADAPTER Handle,
					 NET_ADAPTER_WAKE_BITMAP_CAPABILITIES const *Capabilities)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterWakeSetBitmapCapabilities",
					     Declaration::wake_bitmap, Capabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_bitmap(adapter, Capabilities);
	adapter->declared(Declaration::wake_bitmap, status);
	if (NT_SUCCESS(status))
		adapter->wake_bitmap = *Capabilities;
}

void NetAdapterWakeSetMagicPacketCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES const *Capabilities)
{
	declare_flags(Adapter, "NetAdapterWakeSetMagicPacketCapabilities",
		      "NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES", Declaration::wake_magic_packet,
		      Capabilities, &netcx_adapter::wake_magic_packet);
}

void NetAdapterWakeSetEapolPacketCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES const *Capabilities)
{
	declare_flags(Adapter, "NetAdapterWakeSetEapolPacketCapabilities",
		      "NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES", Declaration::wake_eapol_packet,
		      Capabilities, &netcx_adapter::wake_eapol_packet);
}

void NetAdapterWakeSetPacketFilterCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES const *Capabilities)
{
	declare_flags(Adapter, "NetAdapterWakeSetPacketFilterCapabilities",
		      "NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES",
		      Declaration::wake_packet_filter, Capabilities,
		      &netcx_adapter::wake_packet_filter);
}

void NetAdapterWakeSetMediaChangeCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES const *Capabilities)
{
	declare_flags(Adapter, "NetAdapterWakeSetMediaChangeCapabilities",
		      "NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES", Declaration::wake_media_change,
		      Capabilities, &netcx_adapter::wake_media_change);
}

void NetDeviceGetWakeSourceList(WDFDEVICE Device, NET_WAKE_SOURCE_LIST *List)
{
	WakeSourceList::fill_in(Device, List);
}

SIZE_T NetWakeSourceListGetCount(NET_WAKE_SOURCE_LIST const *List)
{
	return WakeSourceList::count(List, "NetWakeSourceListGetCount");
}

NETWAKESOURCE NetWakeSourceListGetElement(NET_WAKE_SOURCE_LIST const *List, SIZE_T Index)
{
	return WakeSourceList::at(List, Index, "NetWakeSourceListGetElement");
}

NET_WAKE_SOURCE_TYPE NetWakeSourceGetType(NETWAKESOURCE WakeSource)
{
	const NETWAKESOURCE__ *source = WakeSourceList::checked(WakeSource, "NetWakeSourceGetType");

	return source ? source->type : static_cast<NET_WAKE_SOURCE_TYPE>(0);
}

NETADAPTER NetWakeSourceGetAdapter(NETWAKESOURCE WakeSource)
{
	const NETWAKESOURCE__ *source =
		WakeSourceList::checked(WakeSource, "NetWakeSourceGetAdapter");

	return source ? source->adapter->handle : nullptr;
}

void NetWakeSourceGetBitmapParameters(NETWAKESOURCE WakeSource,
				      NET_WAKE_SOURCE_BITMAP_PARAMETERS *Parameters)
{
	const NETWAKESOURCE__ *source = WakeSourceList::checked(
		WakeSource, NetWakeSourceTypeBitmapPattern, Parameters,
		"NET_WAKE_SOURCE_BITMAP_PARAMETERS", "NetWakeSourceGetBitmapParameters");

	if (!source)
		return;
	Parameters->Id = source->id;
	Parameters->Pattern = source->pattern;
	Parameters->PatternSize = source->pattern_size;
	Parameters->Mask = source->mask;
	Parameters->MaskSize = source->mask_size;
}

void NetWakeSourceGetMediaChangeParameters(NETWAKESOURCE WakeSource,
					   NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS *Parameters)
{
	const NETWAKESOURCE__ *source = WakeSourceList::checked(
		WakeSource, NetWakeSourceTypeMediaChange, Parameters,
		"NET_WAKE_SOURCE_MEDIA_CHANGE_PARAMETERS", "NetWakeSourceGetMediaChangeParameters");

	if (!source)
		return;
	Parameters->MediaConnect = source->media_change.MediaConnect;
	Parameters->MediaDisconnect = source->media_change.MediaDisconnect;
}

void NetAdapterReportWakeReasonPacket(NETADAPTER Handle,
				      NET_ADAPTER_WAKE_REASON_PACKET const *Reason)
{
	static const char function[] = "NetAdapterReportWakeReasonPacket";
	const Adapter *adapter = waking_adapter(Handle, function);

	if (!adapter)
		return;
	if (!Reason) {
		refuse(adapter, STATUS_INVALID_PARAMETER,
		       "%s: Reason is NULL (ParameterCantBeNull)", function);
		return;
	}
	if (!NT_SUCCESS(check_size(adapter, "NET_ADAPTER_WAKE_REASON_PACKET", Reason->Size,
				   sizeof(*Reason))))
		return;
	switch (Reason->PatternId) {
	case NetAdapterWakeMagicPatternId:
		report(adapter, "magic packet");
		break;
	case NetAdapterWakeEapolPatternId:
		report(adapter, "EAPOL packet");
		break;
	case NetAdapterWakeFilterPatternId:
		report(adapter, "packet of the receive filter");
		break;
	default:
		report(adapter, "packet of a pattern");
		break;
	}
}

void NetAdapterReportWakeReasonMediaChange(NETADAPTER Handle, NET_IF_MEDIA_CONNECT_STATE Reason)
{
	static const char function[] = "NetAdapterReportWakeReasonMediaChange";
	const Adapter *adapter = waking_adapter(Handle, function);

	if (!adapter)
		return;
	if (Reason != MediaConnectStateConnected && Reason != MediaConnectStateDisconnected) {
		refuse(adapter, STATUS_INVALID_PARAMETER,
		       "%s: Reason is %d, must be 1 or 2 "
		       "(InvalidNetAdapterWakeReasonMediaChange)",
		       function, static_cast<int>(Reason));
		return;
	}
	report(adapter, Reason == MediaConnectStateConnected ? "link is up" : "link is down");
}

} // extern "C"
