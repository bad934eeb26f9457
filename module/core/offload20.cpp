// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Checksum offload and LSO as declared up to NetAdapterCx 2.0. They are converted to the equivalent
 * capabilities of 2.1, so that the OS half knows one form only. What stays different is the
 * callback, one for both directions, and for LSO the extension's name.
 */
#include "log.h"
#include "offload.h"

namespace netcx
{

static constexpr auto no_layer3 = static_cast<NET_ADAPTER_OFFLOAD_LAYER3_FLAGS>(0);
static constexpr auto no_layer4 = static_cast<NET_ADAPTER_OFFLOAD_LAYER4_FLAGS>(0);
static constexpr auto any_ipv4 =
	NetAdapterOffloadLayer3FlagIPv4NoOptions | NetAdapterOffloadLayer3FlagIPv4WithOptions;
static constexpr auto any_ipv6 =
	NetAdapterOffloadLayer3FlagIPv6NoExtensions | NetAdapterOffloadLayer3FlagIPv6WithExtensions;
static constexpr auto any_tcp =
	NetAdapterOffloadLayer4FlagTcpNoOptions | NetAdapterOffloadLayer4FlagTcpWithOptions;

static NTSTATUS check_checksum(const Adapter *adapter,
			       const NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status) && !adapter->checksum.Size)
		status = check_only_form(adapter, structure,
					 "NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES",
					 adapter->tx_checksum.Size);
	if (NT_SUCCESS(status) && !adapter->checksum.Size)
		status = check_only_form(adapter, structure,
					 "NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES",
					 adapter->rx_checksum.Size);
	if (!NT_SUCCESS(status))
		return status;
	return check_callback(adapter, structure, "EvtAdapterOffloadSetChecksum",
			      caps->EvtAdapterOffloadSetChecksum);
}

static void keep_checksum(Adapter *adapter, const NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES *caps)
{
	const bool layer4 = caps->Tcp || caps->Udp;

	adapter->checksum = *caps;
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
		&adapter->tx_checksum,
		(layer4 ? any_ipv4 | any_ipv6 : no_layer3) | (caps->IPv4 ? any_ipv4 : no_layer3),
		nullptr);
	adapter->tx_checksum.Layer4Flags = (caps->Tcp ? any_tcp : no_layer4) |
					   (caps->Udp ? NetAdapterOffloadLayer4FlagUdp : no_layer4);
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(&adapter->rx_checksum, nullptr);
}

static NTSTATUS check_lso(const Adapter *adapter, const NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES *caps)
{
	static const char structure[] = "NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES";
	NTSTATUS status = check_size(adapter, structure, caps->Size, sizeof(*caps));

	if (NT_SUCCESS(status) && !adapter->lso.Size)
		status = check_only_form(adapter, structure, "NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES",
					 adapter->gso.Size);
	if (!NT_SUCCESS(status))
		return status;
	if ((caps->IPv4 || caps->IPv6) && (!caps->MaximumOffloadSize || !caps->MinimumSegmentCount))
		return refuse(adapter, STATUS_INVALID_PARAMETER, "%s.%s is 0, must be at least 1",
			      structure,
			      caps->MaximumOffloadSize ? "MinimumSegmentCount"
						       : "MaximumOffloadSize");
	return check_callback(adapter, structure, "EvtAdapterOffloadSetLso",
			      caps->EvtAdapterOffloadSetLso);
}

static void keep_lso(Adapter *adapter, const NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES *caps)
{
	adapter->lso = *caps;
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(
		&adapter->gso,
		(caps->IPv4 ? NetAdapterOffloadLayer3FlagIPv4NoOptions : no_layer3) |
			(caps->IPv6 ? NetAdapterOffloadLayer3FlagIPv6NoExtensions : no_layer3),
		caps->IPv4 || caps->IPv6 ? any_tcp : no_layer4, caps->MaximumOffloadSize,
		caps->MinimumSegmentCount, caps->EvtAdapterOffloadSetLso);
}

void tell_checksum(Adapter *adapter, const struct netcx_offloads *on)
{
	struct netcx_offloads group = {};

	group.checksum_ipv4 = on->tx_checksum_ipv4 || on->rx_checksum_ipv4;
	group.checksum_tcp = on->tx_checksum_tcp || on->rx_checksum_tcp;
	group.checksum_udp = on->tx_checksum_udp || on->rx_checksum_udp;
	tell(adapter, adapter->checksum.EvtAdapterOffloadSetChecksum, &group);
}

bool checksum_differs(const struct netcx_offloads &a, const struct netcx_offloads &b)
{
	return (a.tx_checksum_ipv4 || a.rx_checksum_ipv4) !=
		       (b.tx_checksum_ipv4 || b.rx_checksum_ipv4) ||
	       (a.tx_checksum_tcp || a.rx_checksum_tcp) !=
		       (b.tx_checksum_tcp || b.rx_checksum_tcp) ||
	       (a.tx_checksum_udp || a.rx_checksum_udp) != (b.tx_checksum_udp || b.rx_checksum_udp);
}

} // namespace netcx

using namespace netcx;

extern "C" {

void NetAdapterOffloadSetChecksumCapabilities(
	NETADAPTER Handle, NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES const *HardwareCapabilities)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterOffloadSetChecksumCapabilities",
					     Declaration::checksum, HardwareCapabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_checksum(adapter, HardwareCapabilities);
	adapter->declared(Declaration::checksum, status);
	if (NT_SUCCESS(status))
		keep_checksum(adapter, HardwareCapabilities);
}

void NetAdapterOffloadSetLsoCapabilities(
	NETADAPTER Handle, NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES const *HardwareCapabilities)
{
	Adapter *adapter = begin_declaration(Handle, "NetAdapterOffloadSetLsoCapabilities",
					     Declaration::lso, HardwareCapabilities);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_lso(adapter, HardwareCapabilities);
	adapter->declared(Declaration::lso, status);
	if (NT_SUCCESS(status))
		keep_lso(adapter, HardwareCapabilities);
}

BOOLEAN NetOffloadIsChecksumIPv4Enabled(NETOFFLOAD Offload)
{
	return is_enabled(Offload, "NetOffloadIsChecksumIPv4Enabled",
			  &netcx_offloads::checksum_ipv4);
}

BOOLEAN NetOffloadIsChecksumTcpEnabled(NETOFFLOAD Offload)
{
	return is_enabled(Offload, "NetOffloadIsChecksumTcpEnabled", &netcx_offloads::checksum_tcp);
}

BOOLEAN NetOffloadIsChecksumUdpEnabled(NETOFFLOAD Offload)
{
	return is_enabled(Offload, "NetOffloadIsChecksumUdpEnabled", &netcx_offloads::checksum_udp);
}

} // extern "C"
