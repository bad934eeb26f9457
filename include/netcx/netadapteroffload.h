/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Offloads: checksums, segmentation, VLAN tags.
 *
 * The driver says what the hardware can do, before NetAdapterStart(). The callback of each offload
 * says what is enabled: when the adapter starts and whenever the user changes it (ethtool -K). In
 * the callback, ask NetOffloadIs...Enabled(). Callbacks come in process context, one at a time.
 *
 * What the hardware cannot do, Linux does: a packet that needs more than was declared reaches the
 * driver ready to be sent.
 *
 * A capability that is refused makes NetAdapterStart() fail, with STATUS_INFO_LENGTH_MISMATCH for a
 * wrong Size, else STATUS_INVALID_PARAMETER; one line in the kernel log says why.
 *
 * Pages: "Checksum offload", "Generic send offload", "netadapteroffload.h".
 */
#ifndef NETCX_NETADAPTEROFFLOAD_H
#define NETCX_NETADAPTEROFFLOAD_H

#include "wdf.h"
#include "netadaptercxtypes.h"
#include "netadapter/offload20.h"

/* IP headers that the hardware copes with. The flag of a longer one needs that of the plain one. */
typedef enum _NET_ADAPTER_OFFLOAD_LAYER3_FLAGS NETCX_INT_ENUM {
	NetAdapterOffloadLayer3FlagIPv4NoOptions = 0x1,
	NetAdapterOffloadLayer3FlagIPv4WithOptions = 0x2,
	NetAdapterOffloadLayer3FlagIPv6NoExtensions = 0x4,
	NetAdapterOffloadLayer3FlagIPv6WithExtensions = 0x8
} NET_ADAPTER_OFFLOAD_LAYER3_FLAGS;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_OFFLOAD_LAYER3_FLAGS)

/* Transport headers that the hardware copes with. TcpWithOptions needs TcpNoOptions. */
typedef enum _NET_ADAPTER_OFFLOAD_LAYER4_FLAGS NETCX_INT_ENUM {
	NetAdapterOffloadLayer4FlagTcpNoOptions = 0x1,
	NetAdapterOffloadLayer4FlagTcpWithOptions = 0x2,
	NetAdapterOffloadLayer4FlagUdp = 0x4
} NET_ADAPTER_OFFLOAD_LAYER4_FLAGS;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_OFFLOAD_LAYER4_FLAGS)

/* ---- checksums of packets to be sent ---- */

typedef void EVT_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM *PFN_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM;

/**
 * struct _NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES - checksums the hardware fills in
 * @Size: sizeof this structure
 * @Layer3Flags: at least one. An IPv4 flag alone means the IPv4 header checksum.
 * @Layer4Flags: of TCP and UDP over the protocols of Layer3Flags; required if those are IPv6 only
 * @Layer3HeaderOffsetLimit: largest offset of the IP header in bytes; 0 for no limit
 * @Layer4HeaderOffsetLimit: largest offset of the TCP or UDP header in bytes; 0 for no limit
 * @EvtAdapterOffloadSetTxChecksum: required
 */
typedef struct _NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES {
	ULONG Size;
	NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags;
	NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags;
	UINT16 Layer3HeaderOffsetLimit;
	UINT16 Layer4HeaderOffsetLimit;
	PFN_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM EvtAdapterOffloadSetTxChecksum;
} NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES) == 24,
		    "NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES size");

/**
 * NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT() - no layer 4, no limits
 * @Capabilities: is overwritten
 * @Layer3Flags: see the structure
 * @EvtAdapterOffloadSetTxChecksum: see the structure
 */
NETCX_INLINE void NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES *Capabilities,
	NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags,
	PFN_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM EvtAdapterOffloadSetTxChecksum)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
	Capabilities->Layer3Flags = Layer3Flags;
	Capabilities->EvtAdapterOffloadSetTxChecksum = EvtAdapterOffloadSetTxChecksum;
}

/* ---- checksums of received packets ---- */

typedef void EVT_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM *PFN_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM;

/**
 * struct _NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES - the hardware checks checksums
 * @Size: sizeof this structure
 * @EvtAdapterOffloadSetRxChecksum: required
 *
 * The driver writes what the hardware found into the checksum extension, and
 * NetPacketRxChecksumEvaluationNotChecked where it did not look.
 */
typedef struct _NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES {
	ULONG Size;
	PFN_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM EvtAdapterOffloadSetRxChecksum;
} NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES) == 16,
		    "NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES size");

/**
 * NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT() - sets the callback
 * @Capabilities: is overwritten
 * @EvtAdapterOffloadSetRxChecksum: see the structure
 */
NETCX_INLINE void NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES *Capabilities,
	PFN_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM EvtAdapterOffloadSetRxChecksum)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
	Capabilities->EvtAdapterOffloadSetRxChecksum = EvtAdapterOffloadSetRxChecksum;
}

/* ---- segmentation (LSO for TCP, USO for UDP) ---- */

typedef void EVT_NET_ADAPTER_OFFLOAD_SET_GSO(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_GSO *PFN_NET_ADAPTER_OFFLOAD_SET_GSO;

/**
 * struct _NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES - what the hardware can segment
 * @Size: sizeof this structure
 * @Layer3Flags: at least one
 * @Layer4Flags: at least one; TCP flags mean LSO, the UDP flag means USO
 * @Layer4HeaderOffsetLimit: largest offset of the TCP or UDP header in bytes; 0 for no limit
 * @MaximumOffloadSize: most bytes of payload in a packet to be segmented, not 0
 * @MinimumSegmentCount: fewest segments worth it, not 0
 * @EvtAdapterOffloadSetGso: required
 */
typedef struct _NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES {
	ULONG Size;
	NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags;
	NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags;
	UINT16 Layer4HeaderOffsetLimit;
	SIZE_T MaximumOffloadSize;
	SIZE_T MinimumSegmentCount;
	PFN_NET_ADAPTER_OFFLOAD_SET_GSO EvtAdapterOffloadSetGso;
} NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES) == 40,
		    "NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES size");

/**
 * NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT() - sets all but the limit
 * @GsoCapabilities: is overwritten
 * @Layer3Flags: see the structure
 * @Layer4Flags: see the structure
 * @MaximumOffloadSize: see the structure
 * @MinimumSegmentCount: see the structure
 * @EvtAdapterOffloadSetGso: see the structure
 */
NETCX_INLINE void
NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES *GsoCapabilities,
					  NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags,
					  NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags,
					  SIZE_T MaximumOffloadSize, SIZE_T MinimumSegmentCount,
					  PFN_NET_ADAPTER_OFFLOAD_SET_GSO EvtAdapterOffloadSetGso)
{
	RtlZeroMemory(GsoCapabilities, sizeof(*GsoCapabilities));
	GsoCapabilities->Size = sizeof(*GsoCapabilities);
	GsoCapabilities->Layer3Flags = Layer3Flags;
	GsoCapabilities->Layer4Flags = Layer4Flags;
	GsoCapabilities->MaximumOffloadSize = MaximumOffloadSize;
	GsoCapabilities->MinimumSegmentCount = MinimumSegmentCount;
	GsoCapabilities->EvtAdapterOffloadSetGso = EvtAdapterOffloadSetGso;
}

/* ---- coalescing of received segments (RSC for TCP, URO for UDP) ---- */

typedef void EVT_NET_ADAPTER_OFFLOAD_SET_RSC(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_RSC *PFN_NET_ADAPTER_OFFLOAD_SET_RSC;

/**
 * struct _NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES - what the hardware can coalesce
 * @Size: sizeof this structure
 * @Layer3Flags: at least one of IPv4NoOptions and IPv6NoExtensions, and no other
 * @Layer4Flags: at least one of TcpNoOptions and Udp, and no other
 * @TcpTimestampOption: TCP segments with timestamps, too; the driver writes their difference into
 *	the timestamp extension
 * @EvtAdapterOffloadSetRsc: required
 *
 * Rx queues of such an adapter have the RSC extension: the driver writes there how many segments a
 * packet was made of, 0 for one that is as it came.
 */
typedef struct _NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES {
	ULONG Size;
	NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags;
	NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags;
	BOOLEAN TcpTimestampOption;
	PFN_NET_ADAPTER_OFFLOAD_SET_RSC EvtAdapterOffloadSetRsc;
} NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES) == 24,
		    "NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES size");

/**
 * NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES_INIT() - sets all but TcpTimestampOption, which is FALSE
 * @RscCapabilities: is overwritten
 * @Layer3Flags: see the structure
 * @Layer4Flags: see the structure
 * @EvtAdapterOffloadSetRsc: see the structure
 */
NETCX_INLINE void
NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES_INIT(NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES *RscCapabilities,
					  NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags,
					  NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags,
					  PFN_NET_ADAPTER_OFFLOAD_SET_RSC EvtAdapterOffloadSetRsc)
{
	RtlZeroMemory(RscCapabilities, sizeof(*RscCapabilities));
	RscCapabilities->Size = sizeof(*RscCapabilities);
	RscCapabilities->Layer3Flags = Layer3Flags;
	RscCapabilities->Layer4Flags = Layer4Flags;
	RscCapabilities->EvtAdapterOffloadSetRsc = EvtAdapterOffloadSetRsc;
}

/* ---- VLAN tags ---- */

typedef enum _NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_FLAGS NETCX_INT_ENUM {
	NetAdapterOffloadIeee8021PriorityTaggingFlag = 0x1,
	NetAdapterOffloadIeee8021VlanTaggingFlag = 0x2
} NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_FLAGS;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_FLAGS)

/**
 * struct _NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES - what the hardware can insert
 * @Size: sizeof this structure
 * @Flags: priority, VLAN
 *
 * With any flag both directions have the 802.1Q extension: the driver inserts what it asks for on
 * transmit, and on receive may write there the tag that the hardware took out of the frame.
 */
typedef struct _NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES {
	ULONG Size;
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_FLAGS Flags;
} NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES) == 8,
		    "NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES size");

/**
 * NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT() - sets all
 * @Capabilities: is overwritten
 * @Flags: see the structure
 */
NETCX_INLINE void NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT(
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES *Capabilities,
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_FLAGS Flags)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
	Capabilities->Flags = Flags;
}

/* ---- functions ---- */

EXTERN_C_START

/**
 * NetAdapterOffloadSetTxChecksumCapabilities() - which checksums the hardware fills in
 * @Adapter: an adapter that is not started
 * @HardwareCapabilities: copied
 *
 * Context: process.
 */
void NetAdapterOffloadSetTxChecksumCapabilities(
	NETADAPTER Adapter,
	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES const *HardwareCapabilities);

/**
 * NetAdapterOffloadSetRxChecksumCapabilities() - that the hardware checks checksums
 * @Adapter: an adapter that is not started
 * @HardwareCapabilities: copied
 *
 * Context: process.
 */
void NetAdapterOffloadSetRxChecksumCapabilities(
	NETADAPTER Adapter,
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES const *HardwareCapabilities);

/**
 * NetAdapterOffloadSetGsoCapabilities() - what the hardware can segment
 * @Adapter: an adapter that is not started
 * @HardwareCapabilities: copied
 *
 * Context: process.
 */
void NetAdapterOffloadSetGsoCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES const *HardwareCapabilities);

/**
 * NetAdapterOffloadSetRscCapabilities() - what the hardware can coalesce
 * @Adapter: an adapter that is not started
 * @HardwareCapabilities: copied
 *
 * Context: process.
 */
void NetAdapterOffloadSetRscCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES const *HardwareCapabilities);

/**
 * NetAdapterOffloadSetIeee8021qTagCapabilities() - which tags the hardware inserts
 * @Adapter: an adapter that is not started
 * @HardwareCapabilities: copied
 *
 * Context: process.
 */
void NetAdapterOffloadSetIeee8021qTagCapabilities(
	NETADAPTER Adapter,
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES const *HardwareCapabilities);

/*
 * What is enabled? Offload is the callback's; ask within the callback, on its thread. Questions
 * about another offload than the callback's are answered FALSE. Context: as the callback.
 */
BOOLEAN NetOffloadIsTxChecksumIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTxChecksumTcpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTxChecksumUdpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsRxChecksumIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsRxChecksumTcpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsRxChecksumUdpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsLsoIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsLsoIPv6Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsUsoIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsUsoIPv6Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTcpRscIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTcpRscIPv6Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsUdpRscEnabled(NETOFFLOAD Offload);
/* The timestamp option counts as enabled with TCP coalescing. */
BOOLEAN NetOffloadIsRscTcpTimestampOptionEnabled(NETOFFLOAD Offload);

/**
 * NetAdapterPauseOffloadCapabilities() - the hardware's offloads cannot be used for a while
 * @Adapter: an adapter that is started
 *
 * Each offload's callback says that all of it is off; changes by the user wait.
 *
 * Context: process.
 */
void NetAdapterPauseOffloadCapabilities(NETADAPTER Adapter);

/**
 * NetAdapterResumeOffloadCapabilities() - they can be used again
 * @Adapter: an adapter whose offloads are paused
 *
 * Each offload's callback says what is on now.
 *
 * Context: process.
 */
void NetAdapterResumeOffloadCapabilities(NETADAPTER Adapter);

EXTERN_C_END

#endif /* NETCX_NETADAPTEROFFLOAD_H */
