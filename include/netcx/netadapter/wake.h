/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What an adapter can wake the machine for. The user chooses among it (ethtool -s NIC wol ...); what
 * is chosen is in the wake source list of EvtDeviceArmWakeFromSx, see netwakesource.h:
 *
 *	wol p		NetWakeSourceTypeMediaChange
 *	wol u, m, b	NetWakeSourceTypePacketFilterMatch; the receive filter is set to what is chosen
 *	wol a		NetWakeSourceTypeBitmapPattern: ARP requests
 *	wol g		NetWakeSourceTypeMagicPacket
 *
 * Nothing on Linux asks for NetWakeSourceTypeEapolPacket.
 *
 * Pages: "Configuring power management", "NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES structure
 * (netadapter.h)" and its siblings.
 */
#ifndef NETCX_NETADAPTER_WAKE_H
#define NETCX_NETADAPTER_WAKE_H

#include "../netadaptercxtypes.h"
#include "../ifdef.h"
#include "../wdf.h"

/**
 * struct _NET_ADAPTER_WAKE_BITMAP_CAPABILITIES - packets of which chosen bytes match
 * @Size: sizeof this structure
 * @BitmapPattern: TRUE if it can
 * @MaximumPatternCount: how many patterns, not 0
 * @MaximumPatternSize: bytes of a packet they can look at, not 0
 */
typedef struct _NET_ADAPTER_WAKE_BITMAP_CAPABILITIES {
	ULONG Size;
	BOOLEAN BitmapPattern;
	SIZE_T MaximumPatternCount;
	SIZE_T MaximumPatternSize;
} NET_ADAPTER_WAKE_BITMAP_CAPABILITIES, *PNET_ADAPTER_WAKE_BITMAP_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_WAKE_BITMAP_CAPABILITIES) == 24,
		    "NET_ADAPTER_WAKE_BITMAP_CAPABILITIES size");

/**
 * NET_ADAPTER_WAKE_BITMAP_CAPABILITIES_INIT() - nothing of it; the driver sets the rest
 * @Capabilities: is overwritten
 */
NETCX_INLINE void
NET_ADAPTER_WAKE_BITMAP_CAPABILITIES_INIT(NET_ADAPTER_WAKE_BITMAP_CAPABILITIES *Capabilities)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
}

/**
 * struct _NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES - magic packets for the current address
 * @Size: sizeof this structure
 * @MagicPacket: TRUE if it can
 */
typedef struct _NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES {
	ULONG Size;
	BOOLEAN MagicPacket;
} NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES, *PNET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES) == 8,
		    "NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES size");

/**
 * NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT() - nothing of it; the driver sets the rest
 * @Capabilities: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT(
	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES *Capabilities)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
}

/**
 * struct _NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES - EAPOL request identity packets
 * @Size: sizeof this structure
 * @EapolPacket: TRUE if it can
 */
typedef struct _NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES {
	ULONG Size;
	BOOLEAN EapolPacket;
} NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES, *PNET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES) == 8,
		    "NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES size");

/**
 * NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES_INIT() - nothing of it; the driver sets the rest
 * @Capabilities: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES_INIT(
	NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES *Capabilities)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
}

/**
 * struct _NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES - any packet that the receive filter lets pass
 * @Size: sizeof this structure
 * @PacketFilterMatch: TRUE if it can
 */
typedef struct _NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES {
	ULONG Size;
	BOOLEAN PacketFilterMatch;
} NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES, *PNET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES) == 8,
		    "NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES size");

/**
 * NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES_INIT() - nothing of it; the driver sets the rest
 * @Capabilities: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES_INIT(
	NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES *Capabilities)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
}

/**
 * struct _NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES - the link coming or going
 * @Size: sizeof this structure
 * @MediaConnect: TRUE if it can, when the link comes
 * @MediaDisconnect: TRUE if it can, when it goes
 */
typedef struct _NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES {
	ULONG Size;
	BOOLEAN MediaConnect;
	BOOLEAN MediaDisconnect;
} NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES, *PNET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES) == 8,
		    "NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES size");

/**
 * NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES_INIT() - nothing of it; the driver sets the rest
 * @Capabilities: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES_INIT(
	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES *Capabilities)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
}

/* Says what woke the machine where no bitmap pattern did. */
typedef enum _NET_ADAPTER_WAKE_PATTERN_ID NETCX_INT_ENUM {
	NetAdapterWakeFilterPatternId = 0xfffc,
	NetAdapterWakeEapolPatternId = 0xfffd,
	NetAdapterWakeMagicPatternId = 0xfffe
} NET_ADAPTER_WAKE_PATTERN_ID;

/**
 * struct _NET_ADAPTER_WAKE_REASON_PACKET - the packet that woke the machine
 * @Size: sizeof this structure
 * @PatternId: the bitmap pattern's Id, or a NET_ADAPTER_WAKE_PATTERN_ID
 * @OriginalPacketSize: in bytes; 0 if not known
 * @WakePacket: its first bytes; may be NULL
 */
typedef struct _NET_ADAPTER_WAKE_REASON_PACKET {
	ULONG Size;
	ULONG PatternId;
	ULONG OriginalPacketSize;
	WDFMEMORY WakePacket;
} NET_ADAPTER_WAKE_REASON_PACKET, *PNET_ADAPTER_WAKE_REASON_PACKET;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_WAKE_REASON_PACKET) == 24,
		    "NET_ADAPTER_WAKE_REASON_PACKET size");

/**
 * NET_ADAPTER_WAKE_REASON_PACKET_INIT() - a bitmap pattern; the driver sets PatternId
 * @Reason: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_REASON_PACKET_INIT(NET_ADAPTER_WAKE_REASON_PACKET *Reason)
{
	RtlZeroMemory(Reason, sizeof(*Reason));
	Reason->Size = sizeof(*Reason);
	Reason->PatternId = 0;
}

/**
 * NET_ADAPTER_WAKE_REASON_MAGIC_PACKET_INIT() - a magic packet
 * @Reason: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_REASON_MAGIC_PACKET_INIT(NET_ADAPTER_WAKE_REASON_PACKET *Reason)
{
	RtlZeroMemory(Reason, sizeof(*Reason));
	Reason->Size = sizeof(*Reason);
	Reason->PatternId = NetAdapterWakeMagicPatternId;
}

/**
 * NET_ADAPTER_WAKE_REASON_EAPOL_PACKET_INIT() - an EAPOL packet
 * @Reason: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_REASON_EAPOL_PACKET_INIT(NET_ADAPTER_WAKE_REASON_PACKET *Reason)
{
	RtlZeroMemory(Reason, sizeof(*Reason));
	Reason->Size = sizeof(*Reason);
	Reason->PatternId = NetAdapterWakeEapolPatternId;
}

/**
 * NET_ADAPTER_WAKE_REASON_FILTER_PACKET_INIT() - a packet of the filter
 * @Reason: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_WAKE_REASON_FILTER_PACKET_INIT(NET_ADAPTER_WAKE_REASON_PACKET *Reason)
{
	RtlZeroMemory(Reason, sizeof(*Reason));
	Reason->Size = sizeof(*Reason);
	Reason->PatternId = NetAdapterWakeFilterPatternId;
}

EXTERN_C_START

/**
 * NetAdapterWakeSetBitmapCapabilities() - whether it can wake for packets of which chosen bytes match
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterWakeSetBitmapCapabilities(NETADAPTER Adapter,
					 NET_ADAPTER_WAKE_BITMAP_CAPABILITIES const *Capabilities);

/**
 * NetAdapterWakeSetMagicPacketCapabilities() - whether it can wake for magic packets
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterWakeSetMagicPacketCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES const *Capabilities);

/**
 * NetAdapterWakeSetEapolPacketCapabilities() - whether it can wake for EAPOL packets
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterWakeSetEapolPacketCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES const *Capabilities);

/**
 * NetAdapterWakeSetPacketFilterCapabilities() - whether it can wake for packets of the receive filter
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterWakeSetPacketFilterCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES const *Capabilities);

/**
 * NetAdapterWakeSetMediaChangeCapabilities() - whether it can wake for changes of the link
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * A refusal makes NetAdapterStart() fail.
 *
 * Context: process.
 */
void NetAdapterWakeSetMediaChangeCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES const *Capabilities);

/**
 * NetAdapterReportWakeReasonPacket() - the adapter woke the machine for a packet
 * @Adapter: the adapter
 * @Reason: is only read
 *
 * To be called while the device comes back: from EvtDeviceD0Entry to EvtDeviceDisarmWakeFromSx. It
 * becomes a wakeup event of the device (/sys/class/wakeup) and a line in the kernel log.
 *
 * Context: process.
 */
void NetAdapterReportWakeReasonPacket(NETADAPTER Adapter,
				      NET_ADAPTER_WAKE_REASON_PACKET const *Reason);

/**
 * NetAdapterReportWakeReasonMediaChange() - the adapter woke the machine for a change of the link
 * @Adapter: the adapter
 * @Reason: MediaConnectStateConnected or MediaConnectStateDisconnected
 *
 * As NetAdapterReportWakeReasonPacket().
 *
 * Context: process.
 */
void NetAdapterReportWakeReasonMediaChange(NETADAPTER Adapter, NET_IF_MEDIA_CONNECT_STATE Reason);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_WAKE_H */
