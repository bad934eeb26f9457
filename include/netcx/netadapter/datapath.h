/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The data path of an adapter: who creates its queues, what it can transmit and receive.
 *
 * Pages: "Transmit and receive queues", "NET_ADAPTER_TX_CAPABILITIES structure (netadapter.h)",
 * "NET_ADAPTER_RX_CAPABILITIES structure (netadapter.h)".
 */
#ifndef NETCX_NETADAPTER_DATAPATH_H
#define NETCX_NETADAPTER_DATAPATH_H

#include "../wdf.h"
#include "../netadaptercxtypes.h"
#include "../net/returncontexttypes.h"

/*
 * Create queues: EvtAdapterCreateTxQueue calls NetTxQueueCreate(), EvtAdapterCreateRxQueue calls
 * NetRxQueueCreate(), once each. Process context; the device is in D0.
 */
typedef NTSTATUS EVT_NET_ADAPTER_CREATE_TXQUEUE(NETADAPTER Adapter, NETTXQUEUE_INIT *TxQueueInit);
typedef EVT_NET_ADAPTER_CREATE_TXQUEUE *PFN_NET_ADAPTER_CREATE_TXQUEUE;
typedef NTSTATUS EVT_NET_ADAPTER_CREATE_RXQUEUE(NETADAPTER Adapter, NETRXQUEUE_INIT *RxQueueInit);
typedef EVT_NET_ADAPTER_CREATE_RXQUEUE *PFN_NET_ADAPTER_CREATE_RXQUEUE;

/**
 * struct _NET_ADAPTER_DATAPATH_CALLBACKS - who creates the queues
 * @Size: sizeof this structure
 * @EvtAdapterCreateTxQueue: required
 * @EvtAdapterCreateRxQueue: required
 */
typedef struct _NET_ADAPTER_DATAPATH_CALLBACKS {
	ULONG Size;
	PFN_NET_ADAPTER_CREATE_TXQUEUE EvtAdapterCreateTxQueue;
	PFN_NET_ADAPTER_CREATE_RXQUEUE EvtAdapterCreateRxQueue;
} NET_ADAPTER_DATAPATH_CALLBACKS, *PNET_ADAPTER_DATAPATH_CALLBACKS;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_DATAPATH_CALLBACKS) == 24,
		    "NET_ADAPTER_DATAPATH_CALLBACKS size");

/**
 * NET_ADAPTER_DATAPATH_CALLBACKS_INIT() - sets both
 * @DatapathCallbacks: is overwritten
 * @EvtAdapterCreateTxQueue: see the type
 * @EvtAdapterCreateRxQueue: see the type
 */
NETCX_INLINE void
NET_ADAPTER_DATAPATH_CALLBACKS_INIT(NET_ADAPTER_DATAPATH_CALLBACKS *DatapathCallbacks,
				    PFN_NET_ADAPTER_CREATE_TXQUEUE EvtAdapterCreateTxQueue,
				    PFN_NET_ADAPTER_CREATE_RXQUEUE EvtAdapterCreateRxQueue)
{
	RtlZeroMemory(DatapathCallbacks, sizeof(*DatapathCallbacks));
	DatapathCallbacks->Size = sizeof(*DatapathCallbacks);
	DatapathCallbacks->EvtAdapterCreateTxQueue = EvtAdapterCreateTxQueue;
	DatapathCallbacks->EvtAdapterCreateRxQueue = EvtAdapterCreateRxQueue;
}

typedef enum _NET_MEMORY_MAPPING_REQUIREMENT NETCX_INT_ENUM {
	NetMemoryMappingRequirementNone = 0,
	NetMemoryMappingRequirementDmaMapped = 1
} NET_MEMORY_MAPPING_REQUIREMENT;

typedef enum _NET_RX_FRAGMENT_BUFFER_ALLOCATION_MODE NETCX_INT_ENUM {
	NetRxFragmentBufferAllocationModeSystem = 0,
	NetRxFragmentBufferAllocationModeDriver = 1,
	NetRxFragmentBufferAllocationModeDriverV2 = 2
} NET_RX_FRAGMENT_BUFFER_ALLOCATION_MODE;

typedef enum _NET_RX_FRAGMENT_BUFFER_ATTACHMENT_MODE NETCX_INT_ENUM {
	NetRxFragmentBufferAttachmentModeSystem = 0,
	NetRxFragmentBufferAttachmentModeDriver = 1
} NET_RX_FRAGMENT_BUFFER_ATTACHMENT_MODE;

/* FragmentBufferAlignment: any address will do. */
#define NET_ADAPTER_FRAGMENT_DEFAULT_ALIGNMENT 1

/**
 * struct _NET_ADAPTER_DMA_CAPABILITIES - how the adapter's device does DMA
 * @Size: sizeof this structure
 * @DmaEnabler: created with WdmDmaVersionOverride 3
 * @MaximumPhysicalAddress: highest address the device reaches; 0 for the enabler's limit
 * @CacheEnabled: ignored: whether DMA is coherent is known
 * @PreferredNode: NUMA node for receive buffers, MM_ANY_NODE_OK for the device's own
 */
typedef struct _NET_ADAPTER_DMA_CAPABILITIES {
	ULONG Size;
	WDFDMAENABLER DmaEnabler;
	PHYSICAL_ADDRESS MaximumPhysicalAddress;
	WDF_TRI_STATE CacheEnabled;
	NODE_REQUIREMENT PreferredNode;
} NET_ADAPTER_DMA_CAPABILITIES, *PNET_ADAPTER_DMA_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_DMA_CAPABILITIES) == 32,
		    "NET_ADAPTER_DMA_CAPABILITIES size");

/**
 * NET_ADAPTER_DMA_CAPABILITIES_INIT() - no limit but the enabler's
 * @DmaCapabilities: is overwritten
 * @DmaEnabler: see the structure
 */
NETCX_INLINE void NET_ADAPTER_DMA_CAPABILITIES_INIT(NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities,
						    WDFDMAENABLER DmaEnabler)
{
	RtlZeroMemory(DmaCapabilities, sizeof(*DmaCapabilities));
	DmaCapabilities->Size = sizeof(*DmaCapabilities);
	DmaCapabilities->DmaEnabler = DmaEnabler;
	DmaCapabilities->CacheEnabled = WdfUseDefault;
	DmaCapabilities->PreferredNode = MM_ANY_NODE_OK;
}

/**
 * struct _NET_ADAPTER_TX_CAPABILITIES - what the adapter can transmit
 * @Size: sizeof this structure
 * @MappingRequirement: DmaMapped: fragments have logical addresses, besides virtual ones
 * @PayloadBackfill: bytes of room before each packet, for the driver's own header; they are part
 *	of the first fragment
 * @MaximumNumberOfFragments: of one packet, at least 1; (SIZE_T)-1 for no limit. A packet with
 *	more is copied into fewer.
 * @FragmentBufferAlignment: of each fragment's address in bytes, a power of two
 * @FragmentRingNumberOfElementsHint: ring size that suits the hardware, a power of two; 0 for any.
 *	The user may choose another (ethtool -G).
 * @MaximumNumberOfQueues: at least 1
 * @DmaCapabilities: required with DmaMapped, else ignored
 */
typedef struct _NET_ADAPTER_TX_CAPABILITIES {
	ULONG Size;
	NET_MEMORY_MAPPING_REQUIREMENT MappingRequirement;
	SIZE_T PayloadBackfill;
	SIZE_T MaximumNumberOfFragments;
	SIZE_T FragmentBufferAlignment;
	UINT32 FragmentRingNumberOfElementsHint;
	SIZE_T MaximumNumberOfQueues;
	NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities;
} NET_ADAPTER_TX_CAPABILITIES, *PNET_ADAPTER_TX_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_TX_CAPABILITIES) == 56, "NET_ADAPTER_TX_CAPABILITIES size");

/**
 * NET_ADAPTER_TX_CAPABILITIES_INIT() - a driver that copies packets itself
 * @TxCapabilities: is overwritten
 * @MaximumNumberOfQueues: see the structure
 */
NETCX_INLINE void NET_ADAPTER_TX_CAPABILITIES_INIT(NET_ADAPTER_TX_CAPABILITIES *TxCapabilities,
						   SIZE_T MaximumNumberOfQueues)
{
	RtlZeroMemory(TxCapabilities, sizeof(*TxCapabilities));
	TxCapabilities->Size = sizeof(*TxCapabilities);
	TxCapabilities->MaximumNumberOfFragments = (SIZE_T)-1;
	TxCapabilities->FragmentBufferAlignment = NET_ADAPTER_FRAGMENT_DEFAULT_ALIGNMENT;
	TxCapabilities->MaximumNumberOfQueues = MaximumNumberOfQueues;
}

/**
 * NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA() - a device that fetches packets itself
 * @TxCapabilities: is overwritten
 * @DmaCapabilities: must last until NetAdapterSetDataPathCapabilities() returns
 * @MaximumNumberOfQueues: see the structure
 */
NETCX_INLINE void
NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA(NET_ADAPTER_TX_CAPABILITIES *TxCapabilities,
					 NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities,
					 SIZE_T MaximumNumberOfQueues)
{
	NET_ADAPTER_TX_CAPABILITIES_INIT(TxCapabilities, MaximumNumberOfQueues);
	TxCapabilities->MappingRequirement = NetMemoryMappingRequirementDmaMapped;
	TxCapabilities->DmaCapabilities = DmaCapabilities;
}

/*
 * A receive buffer that the driver attached comes back: one call per fragment, also of packets
 * that were dropped. DISPATCH_LEVEL.
 */
typedef void EVT_NET_ADAPTER_RETURN_RX_BUFFER(NETADAPTER Adapter,
					      NET_FRAGMENT_RETURN_CONTEXT_HANDLE RxReturnContext);
typedef EVT_NET_ADAPTER_RETURN_RX_BUFFER *PFN_NET_ADAPTER_RETURN_RX_BUFFER;

/**
 * struct _NET_ADAPTER_RX_CAPABILITIES - what the adapter can receive
 * @Size: sizeof this structure
 * @AllocationMode: who allocates buffers
 * @AttachmentMode: who puts them into fragments: System with AllocationMode System, else Driver
 * @FragmentRingNumberOfElementsHint: ring size that suits the hardware, a power of two; 0 for any.
 *	The user may choose another (ethtool -G).
 * @MaximumFrameSize: the size of a buffer in bytes, with all that the device appends to a frame; a
 *	longer frame takes several fragments
 * @MaximumNumberOfQueues: at least 1
 * @EvtAdapterReturnRxBuffer: with AllocationMode Driver, where it is required
 * @MappingRequirement: with AllocationMode System; DmaMapped: fragments have logical addresses,
 *	besides virtual ones
 * @FragmentBufferAlignment: with AllocationMode System; of a buffer's address, a power of two
 * @DmaCapabilities: with AllocationMode System; required with DmaMapped, else ignored
 * @MemoryCollection: with AllocationMode DriverV2, where it is required: see netmemory.h
 *
 * EvtAdapterReturnRxBuffer, MappingRequirement and MemoryCollection share their storage: look at
 * AllocationMode first. For DriverV2, NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED() and then the
 * two modes and the collection.
 */
NETCX_EXTENSION typedef struct _NET_ADAPTER_RX_CAPABILITIES {
	ULONG Size;
	NET_RX_FRAGMENT_BUFFER_ALLOCATION_MODE AllocationMode;
	NET_RX_FRAGMENT_BUFFER_ATTACHMENT_MODE AttachmentMode;
	UINT32 FragmentRingNumberOfElementsHint;
	SIZE_T MaximumFrameSize;
	SIZE_T MaximumNumberOfQueues;
	union {
		struct {
			PFN_NET_ADAPTER_RETURN_RX_BUFFER EvtAdapterReturnRxBuffer;
		};
		struct {
			NET_MEMORY_MAPPING_REQUIREMENT MappingRequirement;
			SIZE_T FragmentBufferAlignment;
			NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities;
		};
		struct {
			NETMEMORYCOLLECTION MemoryCollection;
		};
	};
} NET_ADAPTER_RX_CAPABILITIES, *PNET_ADAPTER_RX_CAPABILITIES;

NETCX_STATIC_ASSERT(sizeof(NET_ADAPTER_RX_CAPABILITIES) == 56, "NET_ADAPTER_RX_CAPABILITIES size");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_ADAPTER_RX_CAPABILITIES, EvtAdapterReturnRxBuffer) == 32,
		    "start of the union");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_ADAPTER_RX_CAPABILITIES, MappingRequirement) == 32,
		    "shares its storage with the callback");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_ADAPTER_RX_CAPABILITIES, MemoryCollection) == 32,
		    "shares it, too");
NETCX_STATIC_ASSERT(NETCX_OFFSETOF(NET_ADAPTER_RX_CAPABILITIES, DmaCapabilities) == 48,
		    "end of the union");

/**
 * NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED() - a driver that copies into system buffers
 * @RxCapabilities: is overwritten
 * @MaximumFrameSize: see the structure
 * @MaximumNumberOfQueues: see the structure
 */
NETCX_INLINE void
NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(NET_ADAPTER_RX_CAPABILITIES *RxCapabilities,
						SIZE_T MaximumFrameSize,
						SIZE_T MaximumNumberOfQueues)
{
	RtlZeroMemory(RxCapabilities, sizeof(*RxCapabilities));
	RxCapabilities->Size = sizeof(*RxCapabilities);
	RxCapabilities->AllocationMode = NetRxFragmentBufferAllocationModeSystem;
	RxCapabilities->AttachmentMode = NetRxFragmentBufferAttachmentModeSystem;
	RxCapabilities->MaximumFrameSize = MaximumFrameSize;
	RxCapabilities->MaximumNumberOfQueues = MaximumNumberOfQueues;
	RxCapabilities->MappingRequirement = NetMemoryMappingRequirementNone;
	RxCapabilities->FragmentBufferAlignment = NET_ADAPTER_FRAGMENT_DEFAULT_ALIGNMENT;
}

/**
 * NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA() - a device that fills system buffers
 * @RxCapabilities: is overwritten
 * @DmaCapabilities: must last until NetAdapterSetDataPathCapabilities() returns
 * @MaximumFrameSize: see the structure
 * @MaximumNumberOfQueues: see the structure
 */
NETCX_INLINE void NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA(
	NET_ADAPTER_RX_CAPABILITIES *RxCapabilities, NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities,
	SIZE_T MaximumFrameSize, SIZE_T MaximumNumberOfQueues)
{
	NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(RxCapabilities, MaximumFrameSize,
							MaximumNumberOfQueues);
	RxCapabilities->MappingRequirement = NetMemoryMappingRequirementDmaMapped;
	RxCapabilities->DmaCapabilities = DmaCapabilities;
}

/**
 * NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED() - a driver with buffers of its own
 * @RxCapabilities: is overwritten
 * @EvtAdapterReturnRxBuffer: see the type
 * @MaximumFrameSize: see the structure
 * @MaximumNumberOfQueues: see the structure
 */
NETCX_INLINE void NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED(
	NET_ADAPTER_RX_CAPABILITIES *RxCapabilities,
	PFN_NET_ADAPTER_RETURN_RX_BUFFER EvtAdapterReturnRxBuffer, SIZE_T MaximumFrameSize,
	SIZE_T MaximumNumberOfQueues)
{
	RtlZeroMemory(RxCapabilities, sizeof(*RxCapabilities));
	RxCapabilities->Size = sizeof(*RxCapabilities);
	RxCapabilities->AllocationMode = NetRxFragmentBufferAllocationModeDriver;
	RxCapabilities->AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
	RxCapabilities->MaximumFrameSize = MaximumFrameSize;
	RxCapabilities->MaximumNumberOfQueues = MaximumNumberOfQueues;
	RxCapabilities->EvtAdapterReturnRxBuffer = EvtAdapterReturnRxBuffer;
}

EXTERN_C_START

/**
 * NetAdapterInitSetDatapathCallbacks() - says who creates the queues
 * @AdapterInit: NetAdapterInitAllocate()'s
 * @DatapathCallbacks: copied; a wrong Size or a missing callback makes NetAdapterCreate() fail
 *
 * Context: process.
 */
void NetAdapterInitSetDatapathCallbacks(NETADAPTER_INIT *AdapterInit,
					NET_ADAPTER_DATAPATH_CALLBACKS const *DatapathCallbacks);

/**
 * NetAdapterSetDataPathCapabilities() - what the adapter can transmit and receive; required
 * @Adapter: an adapter that is not started
 * @TxCapabilities: copied
 * @RxCapabilities: copied
 *
 * Refused are: no queues, no fragments (tx), a MaximumFrameSize of 0 or above 67108863 (rx), a
 * FragmentBufferAlignment or a hint that is no power of two, modes and requirements that are not
 * known or do not go together, DmaMapped without capabilities whose enabler is of this device and
 * has WdmDmaVersionOverride 3. A refusal is a line in the log, and what NetAdapterStart() returns:
 * STATUS_INFO_LENGTH_MISMATCH for a wrong Size, else STATUS_INVALID_PARAMETER.
 *
 * Context: process.
 */
void NetAdapterSetDataPathCapabilities(NETADAPTER Adapter,
				       NET_ADAPTER_TX_CAPABILITIES const *TxCapabilities,
				       NET_ADAPTER_RX_CAPABILITIES const *RxCapabilities);

EXTERN_C_END

#endif /* NETCX_NETADAPTER_DATAPATH_H */
