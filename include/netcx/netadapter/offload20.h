/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Checksum and segmentation offload as the versions up to NetAdapterCx 2.0 have them: checksums of
 * both directions in one capability, TCP segmentation (LSO) with the extension of net/lso.h. From
 * 2.1 on it is the Tx, Rx and GSO capabilities of netadapteroffload.h; of each offload an adapter
 * declares one form.
 *
 * Pages: "NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES structure (netadapteroffload.h)",
 * "NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES structure", of NetAdapterCx 1.3 to 2.0.
 */
#ifndef NETCX_NETADAPTER_OFFLOAD20_H
#define NETCX_NETADAPTER_OFFLOAD20_H

#include "../wdf.h"
#include "../netadaptercxtypes.h"

/* Both: process context, one call at a time; Offload is good within the callback. */
typedef void EVT_NET_ADAPTER_OFFLOAD_SET_CHECKSUM(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_CHECKSUM *PFN_NET_ADAPTER_OFFLOAD_SET_CHECKSUM;
typedef void EVT_NET_ADAPTER_OFFLOAD_SET_LSO(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_LSO *PFN_NET_ADAPTER_OFFLOAD_SET_LSO;

/**
 * struct _NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES - checksums the hardware does
 * @Size: sizeof this structure
 * @IPv4: the IPv4 header's, with options or without, sent and received
 * @Tcp: TCP's over IPv4 and IPv6, with options or without
 * @Udp: UDP's over IPv4 and IPv6
 * @EvtAdapterOffloadSetChecksum: required
 */
typedef struct _NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES {
	ULONG Size;
	BOOLEAN IPv4;
	BOOLEAN Tcp;
	BOOLEAN Udp;
	PFN_NET_ADAPTER_OFFLOAD_SET_CHECKSUM EvtAdapterOffloadSetChecksum;
} NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES) == 16,
		    "NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES size");

/**
 * NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES_INIT() - sets all
 * @ChecksumCapabilities: is overwritten
 * @IPv4: see the structure
 * @Tcp: see the structure
 * @Udp: see the structure
 * @EvtAdapterOffloadSetChecksum: see the structure
 */
NETCX_INLINE void NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES_INIT(
	NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES *ChecksumCapabilities, BOOLEAN IPv4, BOOLEAN Tcp,
	BOOLEAN Udp, PFN_NET_ADAPTER_OFFLOAD_SET_CHECKSUM EvtAdapterOffloadSetChecksum)
{
	RtlZeroMemory(ChecksumCapabilities, sizeof(*ChecksumCapabilities));
	ChecksumCapabilities->Size = sizeof(*ChecksumCapabilities);
	ChecksumCapabilities->IPv4 = IPv4;
	ChecksumCapabilities->Tcp = Tcp;
	ChecksumCapabilities->Udp = Udp;
	ChecksumCapabilities->EvtAdapterOffloadSetChecksum = EvtAdapterOffloadSetChecksum;
}

/**
 * struct _NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES - TCP packets the hardware can segment
 * @Size: sizeof this structure
 * @IPv4: over IPv4 without options
 * @IPv6: over IPv6 without extension headers
 * @MaximumOffloadSize: most bytes of payload in a packet to be segmented, not 0
 * @MinimumSegmentCount: fewest segments worth it, not 0
 * @EvtAdapterOffloadSetLso: required
 */
typedef struct _NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES {
	ULONG Size;
	BOOLEAN IPv4;
	BOOLEAN IPv6;
	SIZE_T MaximumOffloadSize;
	SIZE_T MinimumSegmentCount;
	PFN_NET_ADAPTER_OFFLOAD_SET_LSO EvtAdapterOffloadSetLso;
} NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES) == 32,
		    "NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES size");

/**
 * NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES_INIT() - sets all
 * @LsoCapabilities: is overwritten
 * @IPv4: see the structure
 * @IPv6: see the structure
 * @MaximumOffloadSize: see the structure
 * @MinimumSegmentCount: see the structure
 * @EvtAdapterOffloadSetLso: see the structure
 */
NETCX_INLINE void
NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES_INIT(NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES *LsoCapabilities,
					  BOOLEAN IPv4, BOOLEAN IPv6, SIZE_T MaximumOffloadSize,
					  SIZE_T MinimumSegmentCount,
					  PFN_NET_ADAPTER_OFFLOAD_SET_LSO EvtAdapterOffloadSetLso)
{
	RtlZeroMemory(LsoCapabilities, sizeof(*LsoCapabilities));
	LsoCapabilities->Size = sizeof(*LsoCapabilities);
	LsoCapabilities->IPv4 = IPv4;
	LsoCapabilities->IPv6 = IPv6;
	LsoCapabilities->MaximumOffloadSize = MaximumOffloadSize;
	LsoCapabilities->MinimumSegmentCount = MinimumSegmentCount;
	LsoCapabilities->EvtAdapterOffloadSetLso = EvtAdapterOffloadSetLso;
}

EXTERN_C_START

/**
 * NetAdapterOffloadSetChecksumCapabilities() - which checksums the hardware does
 * @Adapter: an adapter that is not started
 * @HardwareCapabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterOffloadSetChecksumCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES const *HardwareCapabilities);

/**
 * NetAdapterOffloadSetLsoCapabilities() - which TCP packets the hardware can segment
 * @Adapter: an adapter that is not started
 * @HardwareCapabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterOffloadSetLsoCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES const *HardwareCapabilities);

/*
 * What is enabled, in either direction? Ask within EvtAdapterOffloadSetChecksum, on its thread. What
 * the user turned off in one direction only is asked of no packet there: tx packets pass through,
 * and what is said about rx packets is not looked at.
 */
BOOLEAN NetOffloadIsChecksumIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsChecksumTcpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsChecksumUdpEnabled(NETOFFLOAD Offload);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_OFFLOAD20_H */
