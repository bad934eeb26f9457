// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Offloads: what the hardware can do, and telling the client what is on. */
#include "offload.h"

#include "caller.h"
#include "capabilities.h"
#include "log.h"

/* On the stack of tell() while the callback runs. @enabled has the fields of that callback only. */
struct NETOFFLOAD__ {
	UINT64 signature;
	void *thread;
	struct netcx_offloads enabled;
};

namespace netcx
{

static constexpr UINT64 offload_signature = 0x4e43784f66666c64;

static constexpr auto ipv4 = NetAdapterOffloadLayer3FlagIPv4NoOptions;
static constexpr auto ipv4_options = NetAdapterOffloadLayer3FlagIPv4WithOptions;
static constexpr auto ipv6 = NetAdapterOffloadLayer3FlagIPv6NoExtensions;
static constexpr auto ipv6_extensions = NetAdapterOffloadLayer3FlagIPv6WithExtensions;
static constexpr auto tcp = NetAdapterOffloadLayer4FlagTcpNoOptions;
static constexpr auto tcp_options = NetAdapterOffloadLayer4FlagTcpWithOptions;
static constexpr auto udp = NetAdapterOffloadLayer4FlagUdp;

/* ---- checks ---- */

struct Flags {
	const Adapter *adapter;
	const char *structure;
	const char *failure_code;
	NET_ADAPTER_OFFLOAD_LAYER3_FLAGS layer3;
	NET_ADAPTER_OFFLOAD_LAYER4_FLAGS layer4;
};

static NTSTATUS refuse_flags(const Flags &flags, const char *field, UINT32 value,
			     const char *allowed, const char *failure_code)
{
	return refuse(flags.adapter, STATUS_INVALID_PARAMETER, "%s.%s is 0x%x, must %s (%s)",
		      flags.structure, field, value, allowed, failure_code);
}

/*
 * Checks that hold for the flags of any offload: no unknown flag, and no "with options" or "with
 * extensions" without its plain counterpart.
 */
static NTSTATUS check_flags(const Flags &flags)
{
	const UINT32 layer3 = static_cast<UINT32>(flags.layer3);
	const UINT32 layer4 = static_cast<UINT32>(flags.layer4);

	if (!only_known(layer3, ipv4 | ipv4_options | ipv6 | ipv6_extensions))
		return refuse_flags(flags, "Layer3Flags", layer3, "be flags of 0xf",
				    flags.failure_code);
	if (!only_known(layer4, tcp | tcp_options | udp))
		return refuse_flags(flags, "Layer4Flags", layer4, "be flags of 0x7",
				    flags.failure_code);
	if (has(flags.layer3, ipv4_options) && !has(flags.layer3, ipv4))
		return refuse_flags(flags, "Layer3Flags", layer3,
				    "have IPv4NoOptions with IPv4WithOptions", flags.failure_code);
	if (has(flags.layer3, ipv6_extensions) && !has(flags.layer3, ipv6))
		return refuse_flags(flags, "Layer3Flags", layer3,
				    "have IPv6NoExtensions with IPv6WithExtensions",
				    flags.failure_code);
	if (has(flags.layer4, tcp_options) && !has(flags.layer4, tcp))
		return refuse_flags(flags, "Layer4Flags", layer4,
				    "have TcpNoOptions with TcpWithOptions", flags.failure_code);
	return STATUS_SUCCESS;
}

NTSTATUS check_callback(const Adapter *adapter, const char *structure, const char *field, bool set)
{
	if (set)
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "%s.%s is NULL, must be set (ParameterCantBeNull)", structure, field);
}

NTSTATUS check_only_form(const Adapter *adapter, const char *structure, const char *other,
			 ULONG kept)
{
	if (!kept)
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "%s and %s are two forms of one offload, only one may be set "
		      "(DeprecatedFunction)",
		      structure, other);
}

static NTSTATUS check_tx_checksum(const Adapter *adapter,
				  const NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES *caps)
{
	const Flags flags = {adapter, "NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES",
			     "InvalidTxChecksumCapabilities", caps->Layer3Flags, caps->Layer4Flags};
	NTSTATUS status = check_size(adapter, flags.structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status))
		status = check_only_form(adapter, flags.structure,
					 "NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES",
					 adapter->checksum.Size);
	if (NT_SUCCESS(status))
		status = check_flags(flags);
	if (!NT_SUCCESS(status))
		return status;
	if (!static_cast<UINT32>(caps->Layer3Flags))
		return refuse_flags(flags, "Layer3Flags", 0, "have a flag",
				    static_cast<UINT32>(caps->Layer4Flags)
					    ? "InvalidTxChecksumLayer4Capabilities"
					    : "InvalidTxChecksumHardwareCapabilities");
	if (!has(caps->Layer3Flags, ipv4) && !static_cast<UINT32>(caps->Layer4Flags))
		return refuse_flags(flags, "Layer4Flags", 0,
				    "have a flag with Layer3Flags of IPv6 only",
				    "InvalidTxChecksumIPv6Flags");
	return check_callback(adapter, flags.structure, "EvtAdapterOffloadSetTxChecksum",
			      caps->EvtAdapterOffloadSetTxChecksum);
}

static NTSTATUS check_rx_checksum(const Adapter *adapter,
				  const NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status))
		status = check_only_form(adapter, structure,
					 "NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES",
					 adapter->checksum.Size);
	if (!NT_SUCCESS(status))
		return status;
	return check_callback(adapter, structure, "EvtAdapterOffloadSetRxChecksum",
			      caps->EvtAdapterOffloadSetRxChecksum);
}

static NTSTATUS check_gso(const Adapter *adapter, const NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES *caps)
{
	static const char hardware[] = "InvalidGsoHardwareCapabilities";
	const Flags flags = {adapter, "NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES",
			     "InvalidGsoCapabilities", caps->Layer3Flags, caps->Layer4Flags};
	NTSTATUS status = check_size(adapter, flags.structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status))
		status = check_only_form(adapter, flags.structure,
					 "NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES", adapter->lso.Size);
	if (NT_SUCCESS(status))
		status = check_flags(flags);
	if (!NT_SUCCESS(status))
		return status;
	if (!static_cast<UINT32>(caps->Layer3Flags))
		return refuse_flags(flags, "Layer3Flags", 0, "have a flag", hardware);
	if (!static_cast<UINT32>(caps->Layer4Flags))
		return refuse_flags(flags, "Layer4Flags", 0, "have a flag", hardware);
	if (!caps->MaximumOffloadSize || !caps->MinimumSegmentCount)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.%s is 0, must be at least 1 (%s)", flags.structure,
			      caps->MaximumOffloadSize ? "MinimumSegmentCount"
						       : "MaximumOffloadSize",
			      flags.failure_code);
	return check_callback(adapter, flags.structure, "EvtAdapterOffloadSetGso",
			      caps->EvtAdapterOffloadSetGso);
}

static NTSTATUS check_rsc(const Adapter *adapter, const NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES";
	const UINT32 layer3 = static_cast<UINT32>(caps->Layer3Flags);
	const UINT32 layer4 = static_cast<UINT32>(caps->Layer4Flags);
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (!NT_SUCCESS(status))
		return status;
	if (!layer3 || !only_known(layer3, ipv4 | ipv6))
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.Layer3Flags is 0x%x, must have IPv4NoOptions or "
			      "IPv6NoExtensions and no other flag",
			      structure, layer3);
	if (!layer4 || !only_known(layer4, tcp | udp))
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.Layer4Flags is 0x%x, must have TcpNoOptions or Udp and no other "
			      "flag",
			      structure, layer4);
	return check_callback(adapter, structure, "EvtAdapterOffloadSetRsc",
			      caps->EvtAdapterOffloadSetRsc);
}

static NTSTATUS check_ieee8021q(const Adapter *adapter,
				const NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES";
	static constexpr UINT32 known = NetAdapterOffloadIeee8021PriorityTaggingFlag |
					NetAdapterOffloadIeee8021VlanTaggingFlag;
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status) && !only_known(caps->Flags, known))
		status = refuse(adapter, STATUS_INVALID_PARAMETER,
				"%s.Flags is 0x%x, must be flags of 0x%x", structure,
				static_cast<UINT32>(caps->Flags), known);
	return status;
}

/* Body of the functions that declare an offload: checks *@given and copies it to the adapter. */
template <class Capabilities>
static void declare(NETADAPTER handle, const char *function, Declaration what,
		    const Capabilities *given,
		    NTSTATUS (*check)(const Adapter *adapter, const Capabilities *caps),
		    Capabilities netcx_adapter::*kept)
{
	Adapter *adapter = begin_declaration(handle, function, what, given);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check(adapter, given);
	adapter->declared(what, status);
	if (NT_SUCCESS(status))
		adapter->*kept = *given;
}

/* ---- telling the client ---- */

static UINT8 both(bool offered, UINT8 wanted)
{
	return offered && wanted;
}

/* @wanted without what the adapter did not declare. */
static struct netcx_offloads offered(const netcx_adapter *adapter,
				     const struct netcx_offloads *wanted)
{
	const auto &tx = adapter->tx_checksum;
	const auto &gso = adapter->gso;
	const auto &rsc = adapter->rsc;
	const auto &v20 = adapter->checksum;
	const bool rx = adapter->rx_checksum.Size;
	struct netcx_offloads on = {};

	/* In the 2.0 form one flag is for both directions, and IPv4's is only the IPv4 header's. */
	on.tx_checksum_ipv4 =
		both(v20.Size ? v20.IPv4 : has(tx.Layer3Flags, ipv4), wanted->tx_checksum_ipv4);
	on.tx_checksum_tcp = both(has(tx.Layer4Flags, tcp), wanted->tx_checksum_tcp);
	on.tx_checksum_udp = both(has(tx.Layer4Flags, udp), wanted->tx_checksum_udp);
	on.rx_checksum_ipv4 = both(v20.Size ? v20.IPv4 : rx, wanted->rx_checksum_ipv4);
	on.rx_checksum_tcp = both(v20.Size ? v20.Tcp : rx, wanted->rx_checksum_tcp);
	on.rx_checksum_udp = both(v20.Size ? v20.Udp : rx, wanted->rx_checksum_udp);
	on.lso_ipv4 =
		both(has(gso.Layer3Flags, ipv4) && has(gso.Layer4Flags, tcp), wanted->lso_ipv4);
	on.lso_ipv6 =
		both(has(gso.Layer3Flags, ipv6) && has(gso.Layer4Flags, tcp), wanted->lso_ipv6);
	on.uso_ipv4 =
		both(has(gso.Layer3Flags, ipv4) && has(gso.Layer4Flags, udp), wanted->uso_ipv4);
	on.uso_ipv6 =
		both(has(gso.Layer3Flags, ipv6) && has(gso.Layer4Flags, udp), wanted->uso_ipv6);
	on.vlan_stripping = both(adapter->vlan.SetStripping, wanted->vlan_stripping);
	on.tcp_rsc_ipv4 =
		both(has(rsc.Layer3Flags, ipv4) && has(rsc.Layer4Flags, tcp), wanted->tcp_rsc_ipv4);
	on.tcp_rsc_ipv6 =
		both(has(rsc.Layer3Flags, ipv6) && has(rsc.Layer4Flags, tcp), wanted->tcp_rsc_ipv6);
	on.udp_rsc = both(has(rsc.Layer4Flags, udp), wanted->udp_rsc);
	on.rsc_timestamp = both(rsc.TcpTimestampOption && (on.tcp_rsc_ipv4 || on.tcp_rsc_ipv6),
				wanted->rsc_timestamp);
	return on;
}

void tell(Adapter *adapter, void (*callback)(NETADAPTER adapter, NETOFFLOAD offload),
	  const struct netcx_offloads *group)
{
	NETOFFLOAD__ offload = {offload_signature, netcx_os_current_thread(), *group};

	callback(adapter->handle, &offload);
	offload.signature = 0;
}

static void tell_tx_checksum(Adapter *adapter, const struct netcx_offloads *on)
{
	struct netcx_offloads group = {};

	group.tx_checksum_ipv4 = on->tx_checksum_ipv4;
	group.tx_checksum_tcp = on->tx_checksum_tcp;
	group.tx_checksum_udp = on->tx_checksum_udp;
	tell(adapter, adapter->tx_checksum.EvtAdapterOffloadSetTxChecksum, &group);
}

static void tell_rx_checksum(Adapter *adapter, const struct netcx_offloads *on)
{
	struct netcx_offloads group = {};

	group.rx_checksum_ipv4 = on->rx_checksum_ipv4;
	group.rx_checksum_tcp = on->rx_checksum_tcp;
	group.rx_checksum_udp = on->rx_checksum_udp;
	tell(adapter, adapter->rx_checksum.EvtAdapterOffloadSetRxChecksum, &group);
}

static void tell_gso(Adapter *adapter, const struct netcx_offloads *on)
{
	struct netcx_offloads group = {};

	group.lso_ipv4 = on->lso_ipv4;
	group.lso_ipv6 = on->lso_ipv6;
	group.uso_ipv4 = on->uso_ipv4;
	group.uso_ipv6 = on->uso_ipv6;
	tell(adapter, adapter->gso.EvtAdapterOffloadSetGso, &group);
}

static void tell_rsc(Adapter *adapter, const struct netcx_offloads *on)
{
	struct netcx_offloads group = {};

	group.tcp_rsc_ipv4 = on->tcp_rsc_ipv4;
	group.tcp_rsc_ipv6 = on->tcp_rsc_ipv6;
	group.udp_rsc = on->udp_rsc;
	group.rsc_timestamp = on->rsc_timestamp;
	tell(adapter, adapter->rsc.EvtAdapterOffloadSetRsc, &group);
}

static bool tx_checksum_differs(const struct netcx_offloads &a, const struct netcx_offloads &b)
{
	return a.tx_checksum_ipv4 != b.tx_checksum_ipv4 || a.tx_checksum_tcp != b.tx_checksum_tcp ||
	       a.tx_checksum_udp != b.tx_checksum_udp;
}

static bool rx_checksum_differs(const struct netcx_offloads &a, const struct netcx_offloads &b)
{
	return a.rx_checksum_ipv4 != b.rx_checksum_ipv4 || a.rx_checksum_tcp != b.rx_checksum_tcp ||
	       a.rx_checksum_udp != b.rx_checksum_udp;
}

static bool gso_differs(const struct netcx_offloads &a, const struct netcx_offloads &b)
{
	return a.lso_ipv4 != b.lso_ipv4 || a.lso_ipv6 != b.lso_ipv6 || a.uso_ipv4 != b.uso_ipv4 ||
	       a.uso_ipv6 != b.uso_ipv6;
}

static bool rsc_differs(const struct netcx_offloads &a, const struct netcx_offloads &b)
{
	return a.tcp_rsc_ipv4 != b.tcp_rsc_ipv4 || a.tcp_rsc_ipv6 != b.tcp_rsc_ipv6 ||
	       a.udp_rsc != b.udp_rsc || a.rsc_timestamp != b.rsc_timestamp;
}

BOOLEAN is_enabled(NETOFFLOAD handle, const char *function, UINT8 netcx_offloads::*which)
{
	if (handle && handle->signature == offload_signature &&
	    handle->thread == netcx_os_current_thread())
		return handle->enabled.*which;
	refuse(nullptr, STATUS_INVALID_HANDLE,
	       "%s was called outside of the offload's callback or its thread", function);
	return FALSE;
}

/*
 * The OS half updates the interface's features and calls netcx_core_adapter_set_offloads(), which
 * calls the client's offload callbacks.
 */
static void set_paused(NETADAPTER handle, const char *function, bool paused)
{
	Adapter *adapter = from_handle<Adapter>(handle, function);

	if (!adapter || refuse_atomic(adapter, function))
		return;
	if (!adapter->is_registered()) {
		refuse(adapter, STATUS_INVALID_DEVICE_STATE,
		       "%s: the adapter is not started (AdapterNotStarted)", function);
		return;
	}
	if (__atomic_exchange_n(&adapter->offloads_paused, UINT32(paused), __ATOMIC_SEQ_CST) ==
	    paused) {
		refuse(adapter, STATUS_INVALID_DEVICE_STATE, "%s: the offloads are %s", function,
		       paused ? "paused already" : "not paused (OffloadNotPaused)");
		return;
	}
	netcx_os_adapter_offloads_changed(adapter);
}

} // namespace netcx

using namespace netcx;

extern "C" {

void netcx_core_adapter_set_offloads(struct netcx_adapter *base,
				     const struct netcx_offloads *offloads)
{
	Adapter *adapter = Adapter::of(base);
	const InterfaceScope scope(adapter);
	const bool first = !adapter->offloads_told;
	const struct netcx_offloads before = adapter->offloads;
	const struct netcx_offloads on = offered(adapter, offloads);

	adapter->offloads = on;
	adapter->offloads_told = true;
	if (adapter->checksum.Size && (first || checksum_differs(before, on)))
		tell_checksum(adapter, &on);
	if (adapter->tx_checksum.EvtAdapterOffloadSetTxChecksum &&
	    (first || tx_checksum_differs(before, on)))
		tell_tx_checksum(adapter, &on);
	if (adapter->rx_checksum.EvtAdapterOffloadSetRxChecksum &&
	    (first || rx_checksum_differs(before, on)))
		tell_rx_checksum(adapter, &on);
	if (adapter->gso.Size && (first || gso_differs(before, on)))
		tell_gso(adapter, &on);
	if (adapter->rsc.Size && (first || rsc_differs(before, on)))
		tell_rsc(adapter, &on);
	if (adapter->vlan.SetStripping && (first || before.vlan_stripping != on.vlan_stripping))
		adapter->vlan.SetStripping(adapter->handle, on.vlan_stripping);
}

void NetAdapterOffloadSetTxChecksumCapabilities(
	NETADAPTER Adapter,
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES const *HardwareCapabilities)
{
	declare(Adapter, "NetAdapterOffloadSetTxChecksumCapabilities", Declaration::tx_checksum,
		HardwareCapabilities, check_tx_checksum, &netcx_adapter::tx_checksum);
}

void NetAdapterOffloadSetRxChecksumCapabilities(
	NETADAPTER Adapter,
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES const *HardwareCapabilities)
{
	declare(Adapter, "NetAdapterOffloadSetRxChecksumCapabilities", Declaration::rx_checksum,
		HardwareCapabilities, check_rx_checksum, &netcx_adapter::rx_checksum);
}

void NetAdapterOffloadSetGsoCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES const *HardwareCapabilities)
{
	declare(Adapter, "NetAdapterOffloadSetGsoCapabilities", Declaration::gso,
		HardwareCapabilities, check_gso, &netcx_adapter::gso);
}

void NetAdapterOffloadSetIeee8021qTagCapabilities(
	NETADAPTER Adapter,
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES const *HardwareCapabilities)
{
	declare(Adapter, "NetAdapterOffloadSetIeee8021qTagCapabilities", Declaration::ieee8021q,
		HardwareCapabilities, check_ieee8021q, &netcx_adapter::ieee8021q);
}

void NetAdapterOffloadSetRscCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES const *HardwareCapabilities)
{
	declare(Adapter, "NetAdapterOffloadSetRscCapabilities", Declaration::rsc,
		HardwareCapabilities, check_rsc, &netcx_adapter::rsc);
}

void NetAdapterPauseOffloadCapabilities(NETADAPTER Handle)
{
	set_paused(Handle, "NetAdapterPauseOffloadCapabilities", true);
}

void NetAdapterResumeOffloadCapabilities(NETADAPTER Handle)
{
	set_paused(Handle, "NetAdapterResumeOffloadCapabilities", false);
}

#define NETCX_OFFLOAD_QUERY(function, member)                                   \
	BOOLEAN function(NETOFFLOAD Offload)                                    \
	{                                                                       \
		return is_enabled(Offload, #function, &netcx_offloads::member); \
	}

NETCX_OFFLOAD_QUERY(NetOffloadIsTxChecksumIPv4Enabled, tx_checksum_ipv4)
NETCX_OFFLOAD_QUERY(NetOffloadIsTxChecksumTcpEnabled, tx_checksum_tcp)
NETCX_OFFLOAD_QUERY(NetOffloadIsTxChecksumUdpEnabled, tx_checksum_udp)
NETCX_OFFLOAD_QUERY(NetOffloadIsRxChecksumIPv4Enabled, rx_checksum_ipv4)
NETCX_OFFLOAD_QUERY(NetOffloadIsRxChecksumTcpEnabled, rx_checksum_tcp)
NETCX_OFFLOAD_QUERY(NetOffloadIsRxChecksumUdpEnabled, rx_checksum_udp)
NETCX_OFFLOAD_QUERY(NetOffloadIsLsoIPv4Enabled, lso_ipv4)
NETCX_OFFLOAD_QUERY(NetOffloadIsLsoIPv6Enabled, lso_ipv6)
NETCX_OFFLOAD_QUERY(NetOffloadIsUsoIPv4Enabled, uso_ipv4)
NETCX_OFFLOAD_QUERY(NetOffloadIsUsoIPv6Enabled, uso_ipv6)
NETCX_OFFLOAD_QUERY(NetOffloadIsTcpRscIPv4Enabled, tcp_rsc_ipv4)
NETCX_OFFLOAD_QUERY(NetOffloadIsTcpRscIPv6Enabled, tcp_rsc_ipv6)
NETCX_OFFLOAD_QUERY(NetOffloadIsUdpRscEnabled, udp_rsc)
NETCX_OFFLOAD_QUERY(NetOffloadIsRscTcpTimestampOptionEnabled, rsc_timestamp)

} // extern "C"
