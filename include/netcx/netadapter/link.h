/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The link of an adapter: speed, state, MTU, addresses.
 *
 * Pages: "NET_ADAPTER_LINK_STATE structure (netadapter.h)" and siblings.
 */
#ifndef NETCX_NETADAPTER_LINK_H
#define NETCX_NETADAPTER_LINK_H

#include "../ifdef.h"
#include "../ntddndis.h"
#include "../netadaptercxtypes.h"

/**
 * struct _NET_ADAPTER_LINK_LAYER_CAPABILITIES - the fastest the adapter can be
 * @Size: sizeof this structure
 * @MaxTxLinkSpeed: bits per second
 * @MaxRxLinkSpeed: bits per second
 */
typedef struct _NET_ADAPTER_LINK_LAYER_CAPABILITIES {
	ULONG Size;
	ULONG64 MaxTxLinkSpeed;
	ULONG64 MaxRxLinkSpeed;
} NET_ADAPTER_LINK_LAYER_CAPABILITIES, *PNET_ADAPTER_LINK_LAYER_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_LINK_LAYER_CAPABILITIES) == 24,
		    "NET_ADAPTER_LINK_LAYER_CAPABILITIES size");

/**
 * NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT() - sets both
 * @LinkLayerCapabilities: is overwritten
 * @MaxTxLinkSpeed: bits per second
 * @MaxRxLinkSpeed: bits per second
 */
NETCX_INLINE void
NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(NET_ADAPTER_LINK_LAYER_CAPABILITIES *LinkLayerCapabilities,
					 ULONG64 MaxTxLinkSpeed, ULONG64 MaxRxLinkSpeed)
{
	RtlZeroMemory(LinkLayerCapabilities, sizeof(*LinkLayerCapabilities));
	LinkLayerCapabilities->Size = sizeof(*LinkLayerCapabilities);
	LinkLayerCapabilities->MaxTxLinkSpeed = MaxTxLinkSpeed;
	LinkLayerCapabilities->MaxRxLinkSpeed = MaxRxLinkSpeed;
}

/* A link speed that is not known. */
#define NET_ADAPTER_LINK_SPEED_UNKNOWN NDIS_LINK_SPEED_UNKNOWN

/* Which pause frames the link uses (IEEE 802.3 annex 31B). */
typedef enum _NET_ADAPTER_PAUSE_FUNCTION_TYPE NETCX_INT_ENUM {
	NetAdapterPauseFunctionTypeUnsupported = 0,
	NetAdapterPauseFunctionTypeSendOnly = 1,
	NetAdapterPauseFunctionTypeReceiveOnly = 2,
	NetAdapterPauseFunctionTypeSendAndReceive = 3,
	NetAdapterPauseFunctionTypeUnknown = 4
} NET_ADAPTER_PAUSE_FUNCTION_TYPE;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_PAUSE_FUNCTION_TYPE)

/* What was negotiated with the link partner. (The lower-case letter is Windows' own.) */
typedef enum _NET_ADAPTER_AUTO_NEGOTIATION_FLAGS NETCX_INT_ENUM {
	NetAdapterAutoNegotiationFlagNone = 0,
	NetAdapterAutoNegotiationFlagXmitLinkSpeedAutoNegotiated = 1,
	NetAdapterAutoNegotiationFlagRcvLinkSpeedautoNegotiated = 2,
	NetAdapterAutoNegotiationFlagDuplexAutoNegotiated = 4,
	NetAdapterAutoNegotiationFlagPauseFunctionsAutoNegotiated = 8
} NET_ADAPTER_AUTO_NEGOTIATION_FLAGS;

DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_AUTO_NEGOTIATION_FLAGS)

/**
 * struct _NET_ADAPTER_LINK_STATE - the link as it is
 * @Size: sizeof this structure
 * @TxLinkSpeed: bits per second, or NET_ADAPTER_LINK_SPEED_UNKNOWN
 * @RxLinkSpeed: bits per second, or NET_ADAPTER_LINK_SPEED_UNKNOWN
 * @MediaConnectState: whether there is a link
 * @MediaDuplexState: half or full duplex
 * @SupportedPauseFunctions: which pause frames are used
 * @AutoNegotiationFlags: what was negotiated
 */
typedef struct _NET_ADAPTER_LINK_STATE {
	ULONG Size;
	ULONG64 TxLinkSpeed;
	ULONG64 RxLinkSpeed;
	NET_IF_MEDIA_CONNECT_STATE MediaConnectState;
	NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState;
	NET_ADAPTER_PAUSE_FUNCTION_TYPE SupportedPauseFunctions;
	NET_ADAPTER_AUTO_NEGOTIATION_FLAGS AutoNegotiationFlags;
} NET_ADAPTER_LINK_STATE, *PNET_ADAPTER_LINK_STATE;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_LINK_STATE) == 40, "NET_ADAPTER_LINK_STATE size");

/**
 * NET_ADAPTER_LINK_STATE_INIT() - sets all
 * @LinkState: is overwritten
 * @LinkSpeed: of both directions, bits per second
 * @MediaConnectState: see the structure
 * @MediaDuplexState: see the structure
 * @SupportedPauseFunctions: see the structure
 * @AutoNegotiationFlags: see the structure
 */
NETCX_INLINE void
NET_ADAPTER_LINK_STATE_INIT(NET_ADAPTER_LINK_STATE *LinkState, ULONG64 LinkSpeed,
			    NET_IF_MEDIA_CONNECT_STATE MediaConnectState,
			    NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState,
			    NET_ADAPTER_PAUSE_FUNCTION_TYPE SupportedPauseFunctions,
			    NET_ADAPTER_AUTO_NEGOTIATION_FLAGS AutoNegotiationFlags)
{
	RtlZeroMemory(LinkState, sizeof(*LinkState));
	LinkState->Size = sizeof(*LinkState);
	LinkState->TxLinkSpeed = LinkSpeed;
	LinkState->RxLinkSpeed = LinkSpeed;
	LinkState->MediaConnectState = MediaConnectState;
	LinkState->MediaDuplexState = MediaDuplexState;
	LinkState->SupportedPauseFunctions = SupportedPauseFunctions;
	LinkState->AutoNegotiationFlags = AutoNegotiationFlags;
}

/**
 * NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED() - there is no link
 * @LinkState: is overwritten
 */
NETCX_INLINE void NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(NET_ADAPTER_LINK_STATE *LinkState)
{
	NET_ADAPTER_LINK_STATE_INIT(LinkState, NET_ADAPTER_LINK_SPEED_UNKNOWN,
				    MediaConnectStateDisconnected, MediaDuplexStateUnknown,
				    NetAdapterPauseFunctionTypeUnsupported,
				    NetAdapterAutoNegotiationFlagNone);
}

/**
 * struct _NET_ADAPTER_LINK_LAYER_ADDRESS - a MAC address
 * @Length: in bytes, 6 for Ethernet
 * @Address: in wire order
 */
typedef struct _NET_ADAPTER_LINK_LAYER_ADDRESS {
	USHORT Length;
	UCHAR Address[NDIS_MAX_PHYS_ADDRESS_LENGTH];
} NET_ADAPTER_LINK_LAYER_ADDRESS, *PNET_ADAPTER_LINK_LAYER_ADDRESS;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_LINK_LAYER_ADDRESS) == 34,
		    "NET_ADAPTER_LINK_LAYER_ADDRESS size");

/**
 * NET_ADAPTER_LINK_LAYER_ADDRESS_INIT() - sets an address
 * @LinkLayerAddress: is overwritten
 * @Length: in bytes; stored as it is, but no more than 32 bytes are copied
 * @AddressBuffer: the address
 */
NETCX_INLINE void
NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress, USHORT Length,
				    UCHAR const *AddressBuffer)
{
	RtlZeroMemory(LinkLayerAddress, sizeof(*LinkLayerAddress));
	LinkLayerAddress->Length = Length;
	RtlCopyMemory(LinkLayerAddress->Address, AddressBuffer,
		      Length < sizeof(LinkLayerAddress->Address)
			      ? Length
			      : sizeof(LinkLayerAddress->Address));
}

EXTERN_C_START

/**
 * NetAdapterSetLinkLayerCapabilities() - how fast the adapter can be; required
 * @Adapter: an adapter that is not started
 * @LinkLayerCapabilities: copied
 *
 * Context: process.
 */
void NetAdapterSetLinkLayerCapabilities(
	NETADAPTER Adapter, NET_ADAPTER_LINK_LAYER_CAPABILITIES const *LinkLayerCapabilities);

/**
 * NetAdapterSetLinkLayerMtuSize() - the largest MTU; required
 * @Adapter: an adapter
 * @MtuSize: bytes of payload, without the 14 of the Ethernet header; not 0. The user may choose
 *	less (ip link set mtu), which the driver need not know.
 *
 * Context: process.
 */
void NetAdapterSetLinkLayerMtuSize(NETADAPTER Adapter, ULONG MtuSize);

/**
 * NetAdapterSetPermanentLinkLayerAddress() - the burned-in address
 * @Adapter: an adapter that is not started
 * @LinkLayerAddress: copied; as long as the current one, which it becomes if none is set
 *
 * Context: process.
 */
void NetAdapterSetPermanentLinkLayerAddress(NETADAPTER Adapter,
					    NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress);

/**
 * NetAdapterSetCurrentLinkLayerAddress() - the address in use
 * @Adapter: an adapter
 * @LinkLayerAddress: copied; as long as the permanent one, which it becomes if none is set
 *
 * Context: process.
 */
void NetAdapterSetCurrentLinkLayerAddress(NETADAPTER Adapter,
					  NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress);

/**
 * NetAdapterSetLinkState() - reports the link; it counts as disconnected before
 * @Adapter: an adapter
 * @State: copied. One with a wrong Size or an enumerator that is not known is a line in the log and
 *	changes nothing; before NetAdapterStart() it makes that fail.
 *
 * Context: any but an interrupt service routine.
 */
void NetAdapterSetLinkState(NETADAPTER Adapter, NET_ADAPTER_LINK_STATE *State);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_LINK_H */
