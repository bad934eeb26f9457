/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The receive hash extension of an rx packet, without its accessor.
 *
 * Documentation: "NET_PACKET_HASH structure (packethashtypes.h)".
 */
#ifndef NETCX_NET_PACKETHASHTYPES_H
#define NETCX_NET_PACKETHASHTYPES_H

#include "../ntdef.h"

EXTERN_C_START

#define NET_PACKET_EXTENSION_HASH_NAME		 L"ms_packet_hash"
#define NET_PACKET_EXTENSION_HASH_VERSION_1	 1U
#define NET_PACKET_EXTENSION_HASH_VERSION_1_SIZE sizeof(NET_PACKET_HASH)

/* Bits: the header fields that went into the hash. Same values as the RSS protocol types. */
typedef enum _NET_PACKET_HASH_PROTOCOL_TYPE {
	NetPacketHashProtocolTypeNone = 0x00,
	NetPacketHashProtocolTypeIPv4 = 0x01,
	NetPacketHashProtocolTypeIPv4Options = 0x02,
	NetPacketHashProtocolTypeIPv6 = 0x04,
	NetPacketHashProtocolTypeIPv6Extensions = 0x08,
	NetPacketHashProtocolTypeTcp = 0x10,
	NetPacketHashProtocolTypeUdp = 0x20,
} NET_PACKET_HASH_PROTOCOL_TYPE;

/* ProtocolType: NET_PACKET_HASH_PROTOCOL_TYPE bits; none means that there is no hash. */
typedef struct _NET_PACKET_HASH {
	UINT32 HashValue;
	UINT16 ProtocolType;
} NET_PACKET_HASH;

NETCX_STATIC_ASSERT(sizeof(NET_PACKET_HASH) == 8, "NET_PACKET_HASH");
NETCX_STATIC_ASSERT(__alignof__(NET_PACKET_HASH) == 4, "NET_PACKET_HASH alignment");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET_HASH, HashValue) == 0, "NET_PACKET_HASH.HashValue");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_PACKET_HASH, ProtocolType) == 4,
		    "NET_PACKET_HASH.ProtocolType");

EXTERN_C_END

#endif /* NETCX_NET_PACKETHASHTYPES_H */
