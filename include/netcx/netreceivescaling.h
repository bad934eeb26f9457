/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive scaling (RSS): the hardware hashes a packet's addresses and ports, and the hash's lowest
 * bits choose an entry of an indirection table, which names the receive queue.
 *
 * The driver says what the hardware can do, before NetAdapterStart(). Without that the adapter has
 * one receive queue. Whenever the interface gets its queues, the driver is called, while they are
 * created and not yet started, for: every entry of the table, the key, Enable. Whenever it loses
 * them: Disable, when they are stopped and not yet destroyed. In between the table and the key
 * change while packets arrive. Which queue a packet takes at that moment does not matter.
 *
 * Callbacks come in process context, one at a time, with the device in D0. What each packet's hash
 * was goes up in the extension of net/packethash.h, which receive queues have while the user wants
 * it.
 *
 * Pages: "NetAdapterCx Receive Side Scaling (RSS)", netreceivescaling.h.
 */
#ifndef NETCX_NETRECEIVESCALING_H
#define NETCX_NETRECEIVESCALING_H

#include "wdf.h"
#include "netadaptercxtypes.h"
#include "ntddndis.h"

/* How a hash is made. */
typedef enum _NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE NETCX_INT_ENUM {
	NetAdapterReceiveScalingHashTypeNone = 0x0,
	NetAdapterReceiveScalingHashTypeToeplitz = 0x1
} NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE)

/*
 * Which headers go into it: addresses of IPv4 and IPv6, with Tcp or Udp also the ports of those.
 * The same values as NET_PACKET_HASH_PROTOCOL_TYPE.
 */
typedef enum _NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE NETCX_INT_ENUM {
	NetAdapterReceiveScalingProtocolTypeNone = 0x00,
	NetAdapterReceiveScalingProtocolTypeIPv4 = 0x01,
	NetAdapterReceiveScalingProtocolTypeIPv4Options = 0x02,
	NetAdapterReceiveScalingProtocolTypeIPv6 = 0x04,
	NetAdapterReceiveScalingProtocolTypeIPv6Extensions = 0x08,
	NetAdapterReceiveScalingProtocolTypeTcp = 0x10,
	NetAdapterReceiveScalingProtocolTypeUdp = 0x20
} NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE)

/* Tunnels whose inner headers the hardware finds. */
typedef enum _NET_ADAPTER_RECEIVE_SCALING_ENCAPSULATION_TYPE NETCX_INT_ENUM {
	NetAdapterReceiveScalingEncapsulationTypeNone = 0x0,
	NetAdapterReceiveScalingEncapsulationTypeNVGre = 0x1,
	NetAdapterReceiveScalingEncapsulationTypeVXLan = 0x2,
	NetAdapterReceiveScalingEncapsulationTypeVLan = 0x4
} NET_ADAPTER_RECEIVE_SCALING_ENCAPSULATION_TYPE;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_RECEIVE_SCALING_ENCAPSULATION_TYPE)

/* Where packets go that are not hashed, such as ARP. */
typedef enum _NET_ADAPTER_RECEIVE_SCALING_UNHASHED_TARGET_TYPE NETCX_INT_ENUM {
	/* The hardware does not look at the table for them. */
	NetAdapterReceiveScalingUnhashedTargetTypeUnspecified = 0,
	/* To the queue of table entry UnhashedTargetIndex. */
	NetAdapterReceiveScalingUnhashedTargetTypeHashIndex = 1
} NET_ADAPTER_RECEIVE_SCALING_UNHASHED_TARGET_TYPE;

/**
 * struct _NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY - the key of the hash function
 * @Key: its bytes, the one first that meets a packet's first byte; valid within the callback
 * @Length: how many: NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1, that is 40
 */
typedef struct _NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY {
	UINT8 *Key;
	SIZE_T Length;
} NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY;

/**
 * struct _NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY - one entry of the table
 * @PacketQueue: the receive queue that it is to name
 * @Status: STATUS_SUCCESS when the driver is called; it writes an error for an entry that it could
 *	not move
 * @Index: which entry, below IndirectionTableSize
 */
typedef struct _NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY {
	NETPACKETQUEUE PacketQueue;
	NTSTATUS Status;
	UINT32 Index;
} NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY;

/**
 * struct _NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES - entries of the table that change
 * @Entries: valid within the callback; the others stay as they are
 * @Length: how many
 */
typedef struct _NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES {
	NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY *Entries;
	SIZE_T Length;
} NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES;

/*
 * Spread packets by the hash of these protocols from now on, with the table and the key set before.
 * Process context; receive queues exist, and none of them is started.
 */
typedef NTSTATUS
EVT_NET_ADAPTER_RECEIVE_SCALING_ENABLE(NETADAPTER Adapter,
				       NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE HashType,
				       NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE ProtocolType);
typedef EVT_NET_ADAPTER_RECEIVE_SCALING_ENABLE *PFN_NET_ADAPTER_RECEIVE_SCALING_ENABLE;

/*
 * Stop spreading: one queue receives everything. The table and the key are kept. Process context;
 * receive queues exist, and none of them is started.
 */
typedef void EVT_NET_ADAPTER_RECEIVE_SCALING_DISABLE(NETADAPTER Adapter);
typedef EVT_NET_ADAPTER_RECEIVE_SCALING_DISABLE *PFN_NET_ADAPTER_RECEIVE_SCALING_DISABLE;

/* Sets the hash key. On failure the earlier key stays in force. Process context. */
typedef NTSTATUS EVT_NET_ADAPTER_RECEIVE_SCALING_SET_HASH_SECRET_KEY(
	NETADAPTER Adapter, NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY const *HashSecretKey);
typedef EVT_NET_ADAPTER_RECEIVE_SCALING_SET_HASH_SECRET_KEY
	*PFN_NET_ADAPTER_RECEIVE_SCALING_SET_HASH_SECRET_KEY;

/*
 * Sets entries of the table. If an entry cannot be set, an error is returned and also written to
 * that entry's Status. Process context here, but must not sleep: on Windows it may be
 * DISPATCH_LEVEL.
 */
typedef NTSTATUS EVT_NET_ADAPTER_RECEIVE_SCALING_SET_INDIRECTION_ENTRIES(
	NETADAPTER Adapter, NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES *IndirectionEntries);
typedef EVT_NET_ADAPTER_RECEIVE_SCALING_SET_INDIRECTION_ENTRIES
	*PFN_NET_ADAPTER_RECEIVE_SCALING_SET_INDIRECTION_ENTRIES;

/**
 * struct _NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES - how the hardware spreads packets
 * @Size: sizeof this structure
 * @NumberOfQueues: receive queues that it can name in the table, a power of two. The adapter has no
 *	more than this and than NET_ADAPTER_RX_CAPABILITIES.MaximumNumberOfQueues; at first it has one
 *	per processor, more if the user asks, up to 64 or as many as there are processors.
 * @IndirectionTableSize: entries of the table, a power of two
 * @UnhashedTargetIndex: below IndirectionTableSize; meaningful with the type HashIndex
 * @UnhashedTargetType: see the type
 * @ReceiveScalingHashTypes: what Enable may be asked for; Toeplitz, to be of any use
 * @ReceiveScalingProtocolTypes: what Enable may be asked for, and is
 * @ReceiveScalingEncapsulationTypes: tunnels; their outer and their inner headers
 * @SynchronizeSetIndirectionEntries: no receive queue is advanced while SetIndirectionEntries runs
 * @EvtAdapterReceiveScalingEnable: required
 * @EvtAdapterReceiveScalingDisable: required
 * @EvtAdapterReceiveScalingSetHashSecretKey: required
 * @EvtAdapterReceiveScalingSetIndirectionEntries: required
 */
typedef struct _NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES {
	ULONG Size;
	SIZE_T NumberOfQueues;
	SIZE_T IndirectionTableSize;
	SIZE_T UnhashedTargetIndex;
	NET_ADAPTER_RECEIVE_SCALING_UNHASHED_TARGET_TYPE UnhashedTargetType;
	NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE ReceiveScalingHashTypes;
	NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE ReceiveScalingProtocolTypes;
	struct {
		NET_ADAPTER_RECEIVE_SCALING_ENCAPSULATION_TYPE Outer;
		NET_ADAPTER_RECEIVE_SCALING_ENCAPSULATION_TYPE Inner;
	} ReceiveScalingEncapsulationTypes;
	BOOLEAN SynchronizeSetIndirectionEntries;
	PFN_NET_ADAPTER_RECEIVE_SCALING_ENABLE EvtAdapterReceiveScalingEnable;
	PFN_NET_ADAPTER_RECEIVE_SCALING_DISABLE EvtAdapterReceiveScalingDisable;
	PFN_NET_ADAPTER_RECEIVE_SCALING_SET_HASH_SECRET_KEY
	EvtAdapterReceiveScalingSetHashSecretKey;
	PFN_NET_ADAPTER_RECEIVE_SCALING_SET_INDIRECTION_ENTRIES
	EvtAdapterReceiveScalingSetIndirectionEntries;
} NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES) == 88,
		    "NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES size");
NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY) == 16,
		    "NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY size");
NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY) == 16,
		    "NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY size");
NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES) == 16,
		    "NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES size");

/**
 * NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT() - a table of 128 entries, no tunnels, not
 * synchronised
 * @Capabilities: is overwritten
 * @NumberOfQueues: see the structure
 * @UnhashedTargetType: see the structure; the index is 0
 * @HashTypes: see the structure
 * @ProtocolTypes: see the structure
 * @Enable: see the type
 * @Disable: see the type
 * @SetHashSecretKey: see the type
 * @SetIndirectionEntries: see the type
 */
NETCX_INLINE void NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT(
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES *Capabilities, SIZE_T NumberOfQueues,
	NET_ADAPTER_RECEIVE_SCALING_UNHASHED_TARGET_TYPE UnhashedTargetType,
	NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE HashTypes,
	NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE ProtocolTypes,
	PFN_NET_ADAPTER_RECEIVE_SCALING_ENABLE Enable,
	PFN_NET_ADAPTER_RECEIVE_SCALING_DISABLE Disable,
	PFN_NET_ADAPTER_RECEIVE_SCALING_SET_HASH_SECRET_KEY SetHashSecretKey,
	PFN_NET_ADAPTER_RECEIVE_SCALING_SET_INDIRECTION_ENTRIES SetIndirectionEntries)
{
	RtlZeroMemory(Capabilities, sizeof(*Capabilities));
	Capabilities->Size = sizeof(*Capabilities);
	Capabilities->NumberOfQueues = NumberOfQueues;
	Capabilities->IndirectionTableSize = NDIS_RSS_INDIRECTION_TABLE_MAX_SIZE_REVISION_1;
	Capabilities->UnhashedTargetType = UnhashedTargetType;
	Capabilities->ReceiveScalingHashTypes = HashTypes;
	Capabilities->ReceiveScalingProtocolTypes = ProtocolTypes;
	Capabilities->EvtAdapterReceiveScalingEnable = Enable;
	Capabilities->EvtAdapterReceiveScalingDisable = Disable;
	Capabilities->EvtAdapterReceiveScalingSetHashSecretKey = SetHashSecretKey;
	Capabilities->EvtAdapterReceiveScalingSetIndirectionEntries = SetIndirectionEntries;
}

EXTERN_C_START

/**
 * NetAdapterSetReceiveScalingCapabilities() - how the hardware spreads received packets
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * Refused are: numbers that are no powers of two, hash, protocol and encapsulation types that are
 * not known, an UnhashedTargetIndex beyond the table, and a missing callback. A refusal is a line in
 * the log, and what NetAdapterStart() returns: STATUS_INFO_LENGTH_MISMATCH for a wrong Size, else
 * STATUS_INVALID_PARAMETER.
 *
 * Context: process.
 */
void NetAdapterSetReceiveScalingCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES const *Capabilities);

EXTERN_C_END

#endif /* NETCX_NETRECEIVESCALING_H */
