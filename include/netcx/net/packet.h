/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * NET_PACKET: the core descriptor of a packet, one element of a packet ring. Extensions follow it
 * in the element. Its data lies in FragmentCount consecutive elements of the fragment ring.
 *
 * Documentation: "NET_PACKET structure (packet.h)", "NET_PACKET_LAYOUT structure (packet.h)",
 * "Packet descriptors and extensions".
 */
#ifndef NETCX_NET_PACKET_H
#define NETCX_NET_PACKET_H

#include "../ntdef.h"

EXTERN_C_START

typedef enum _NET_PACKET_LAYER2_TYPE {
	NetPacketLayer2TypeUnspecified = 0,
	NetPacketLayer2TypeNull = 1,
	NetPacketLayer2TypeEthernet = 2,
	NetPacketLayer2TypeIeee80211 = 3,

	/* Spellings of the 1.x previews. */
	NET_PACKET_LAYER2_TYPE_UNSPECIFIED = NetPacketLayer2TypeUnspecified,
	NET_PACKET_LAYER2_TYPE_NULL = NetPacketLayer2TypeNull,
	NET_PACKET_LAYER2_TYPE_ETHERNET = NetPacketLayer2TypeEthernet,
} NET_PACKET_LAYER2_TYPE;

typedef enum _NET_PACKET_LAYER3_TYPE {
	NetPacketLayer3TypeUnspecified = 0,
	NetPacketLayer3TypeIPv4UnspecifiedOptions = 1,
	NetPacketLayer3TypeIPv4WithOptions = 2,
	NetPacketLayer3TypeIPv4NoOptions = 3,
	NetPacketLayer3TypeIPv6UnspecifiedExtensions = 4,
	NetPacketLayer3TypeIPv6WithExtensions = 5,
	NetPacketLayer3TypeIPv6NoExtensions = 6,

	/* Spellings of the 1.x previews. */
	NET_PACKET_LAYER3_TYPE_UNSPECIFIED = NetPacketLayer3TypeUnspecified,
	NET_PACKET_LAYER3_TYPE_IPV4_UNSPECIFIED_OPTIONS = NetPacketLayer3TypeIPv4UnspecifiedOptions,
	NET_PACKET_LAYER3_TYPE_IPV4_WITH_OPTIONS = NetPacketLayer3TypeIPv4WithOptions,
	NET_PACKET_LAYER3_TYPE_IPV4_NO_OPTIONS = NetPacketLayer3TypeIPv4NoOptions,
	NET_PACKET_LAYER3_TYPE_IPV6_UNSPECIFIED_EXTENSIONS =
		NetPacketLayer3TypeIPv6UnspecifiedExtensions,
	NET_PACKET_LAYER3_TYPE_IPV6_WITH_EXTENSIONS = NetPacketLayer3TypeIPv6WithExtensions,
	NET_PACKET_LAYER3_TYPE_IPV6_NO_EXTENSIONS = NetPacketLayer3TypeIPv6NoExtensions,
} NET_PACKET_LAYER3_TYPE;

typedef enum _NET_PACKET_LAYER4_TYPE {
	NetPacketLayer4TypeUnspecified = 0,
	NetPacketLayer4TypeTcp = 1,
	NetPacketLayer4TypeUdp = 2,
	/* A fragment of an IP datagram other than the first: no layer 4 header. */
	NetPacketLayer4TypeIPFragment = 3,
	/* No fragment, and neither TCP nor UDP. */
	NetPacketLayer4TypeIPNotFragment = 4,

	/* Spellings of the 1.x previews. */
	NET_PACKET_LAYER4_TYPE_UNSPECIFIED = NetPacketLayer4TypeUnspecified,
	NET_PACKET_LAYER4_TYPE_TCP = NetPacketLayer4TypeTcp,
	NET_PACKET_LAYER4_TYPE_UDP = NetPacketLayer4TypeUdp,
	NET_PACKET_LAYER4_TYPE_IP_FRAGMENT = NetPacketLayer4TypeIPFragment,
	NET_PACKET_LAYER4_TYPE_IP_NOT_FRAGMENT = NetPacketLayer4TypeIPNotFragment,
} NET_PACKET_LAYER4_TYPE;

/*
 * The headers of a packet; lengths are bytes. On tx the class extension fills it. On rx the client
 * does, or leaves Layer2Type unspecified to have the headers parsed.
 */
typedef struct NETCX_PACKED _NET_PACKET_LAYOUT {
	NETCX_EXTENSION UINT16 Layer2HeaderLength : 7;
	NETCX_EXTENSION UINT16 Layer3HeaderLength : 9;
	NETCX_EXTENSION UINT8 Layer4HeaderLength : 8;
	/* NET_PACKET_LAYER2_TYPE, NET_PACKET_LAYER3_TYPE, NET_PACKET_LAYER4_TYPE. */
	NETCX_EXTENSION UINT8 Layer2Type : 4;
	NETCX_EXTENSION UINT8 Layer3Type : 4;
	NETCX_EXTENSION UINT8 Layer4Type : 4;
	NETCX_EXTENSION UINT8 Reserved0 : 4;
} NET_PACKET_LAYOUT;

typedef struct _NET_PACKET {
	/* First fragment, an index into the fragment ring. */
	UINT32 FragmentIndex;
	UINT16 FragmentCount;
	NET_PACKET_LAYOUT Layout;
	/* Tx: not to be sent, only returned; it has no fragments. Rx: not to be received. */
	NETCX_EXTENSION UINT8 Ignore : 1;
	/* The client's, for any use; 0 when the packet is handed to it. */
	NETCX_EXTENSION UINT8 Scratch : 1;
	NETCX_EXTENSION UINT8 Reserved1 : 6;
} NET_PACKET;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_LAYOUT) == 5, "NET_PACKET_LAYOUT");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_LAYOUT) == 1, "NET_PACKET_LAYOUT alignment");
NETCX_STATIC_ASSERT(sizeof(NET_PACKET) == 12, "NET_PACKET");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET) == 4, "NET_PACKET alignment");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET, FragmentIndex) == 0, "NET_PACKET.FragmentIndex");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET, FragmentCount) == 4, "NET_PACKET.FragmentCount");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET, Layout) == 6, "NET_PACKET.Layout");

/* Whether the packet's layout says IPv4. Any context. */
NETCX_ALWAYS_INLINE BOOLEAN NetPacketIsIpv4(_In_ NET_PACKET const *Packet)
{
	return Packet->Layout.Layer3Type >= NetPacketLayer3TypeIPv4UnspecifiedOptions &&
	       Packet->Layout.Layer3Type <= NetPacketLayer3TypeIPv4NoOptions;
}

/* Whether the packet's layout says IPv6. Any context. */
NETCX_ALWAYS_INLINE BOOLEAN NetPacketIsIpv6(_In_ NET_PACKET const *Packet)
{
	return Packet->Layout.Layer3Type >= NetPacketLayer3TypeIPv6UnspecifiedExtensions &&
	       Packet->Layout.Layer3Type <= NetPacketLayer3TypeIPv6NoExtensions;
}

/*
 * The extension @Offset bytes behind the start of @Packet. A form of the 1.x previews; the
 * accessors over NET_EXTENSION replace it. Any context.
 */
NETCX_ALWAYS_INLINE void *NetPacketGetExtension(_In_ NET_PACKET const *Packet, _In_ SIZE_T Offset)
{
	return (UINT8 *)Packet + Offset;
}

EXTERN_C_END

#endif /* NETCX_NET_PACKET_H */
