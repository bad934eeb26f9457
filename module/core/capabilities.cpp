// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What an adapter can transmit and receive: the checks, field by field. */
#include "adapter.h"
#include "capabilities.h"
#include "device.h"
#include "dma.h"
#include "log.h"
#include "memory_collection.h"

namespace netcx
{

/* NET_FRAGMENT::Capacity has 26 bits. */
static constexpr SIZE_T largest_fragment = (1U << 26) - 1;

/* The structure that is checked: the adapter it belongs to and its name, for the log. */
struct Subject {
	const Adapter *adapter;
	const char *structure;
	const char *failure_code;
};

static NTSTATUS refuse_value(const Subject &subject, const char *field, SIZE_T value,
			     const char *allowed)
{
	return refuse(subject.adapter, STATUS_INVALID_PARAMETER, "%s.%s is %zu, must be %s (%s)",
		      subject.structure, field, value, allowed, subject.failure_code);
}

static NTSTATUS check_power_of_two(const Subject &subject, const char *field, SIZE_T value,
				   bool zero_allowed)
{
	if (is_power_of_two(value) || (!value && zero_allowed))
		return STATUS_SUCCESS;
	return refuse(subject.adapter, STATUS_INVALID_PARAMETER,
		      "%s.%s is %zu, must be %sa power of two (NotPowerOfTwo)", subject.structure,
		      field, value, zero_allowed ? "0 or " : "");
}

/* @dma is checked, and used, only if @mapping is NetMemoryMappingRequirementDmaMapped. */
static NTSTATUS check_mapping(const Subject &subject, NET_MEMORY_MAPPING_REQUIREMENT mapping,
			      const NET_ADAPTER_DMA_CAPABILITIES *dma)
{
	const DmaEnabler *enabler;
	NTSTATUS status;

	if (mapping == NetMemoryMappingRequirementNone)
		return STATUS_SUCCESS;
	if (mapping != NetMemoryMappingRequirementDmaMapped)
		return refuse_value(subject, "MappingRequirement", static_cast<UINT32>(mapping),
				    "0 or 1");
	if (!dma)
		return refuse(subject.adapter, STATUS_INVALID_PARAMETER,
			      "%s.DmaCapabilities is NULL, must be set with "
			      "NetMemoryMappingRequirementDmaMapped (%s)",
			      subject.structure, subject.failure_code);
	status = check_size(subject.adapter, "NET_ADAPTER_DMA_CAPABILITIES", dma->Size,
			    sizeof(*dma));
	if (!NT_SUCCESS(status))
		return status;
	enabler = static_cast<const DmaEnabler *>(object_of(dma->DmaEnabler));
	if (!enabler || enabler->type() != ObjectType::dma_enabler ||
	    enabler->device != subject.adapter->device)
		return refuse(subject.adapter, STATUS_INVALID_PARAMETER,
			      "NET_ADAPTER_DMA_CAPABILITIES.DmaEnabler is not a WDFDMAENABLER of "
			      "the adapter's device (%s)",
			      subject.failure_code);
	if (enabler->config.WdmDmaVersionOverride != 3)
		return refuse(subject.adapter, STATUS_INVALID_PARAMETER,
			      "NET_ADAPTER_DMA_CAPABILITIES.DmaEnabler has WdmDmaVersionOverride "
			      "%u, must be 3 (%s)",
			      enabler->config.WdmDmaVersionOverride, subject.failure_code);
	return STATUS_SUCCESS;
}

static NTSTATUS check_tx(const Adapter *adapter, const NET_ADAPTER_TX_CAPABILITIES *tx)
{
	const Subject subject = {adapter, "NET_ADAPTER_TX_CAPABILITIES",
				 "InvalidAdapterTxCapabilities"};
	NTSTATUS status = check_size(adapter, subject.structure, tx->Size, sizeof(*tx));

	if (NT_SUCCESS(status) && !tx->MaximumNumberOfQueues)
		status = refuse_value(subject, "MaximumNumberOfQueues", 0, "at least 1");
	if (NT_SUCCESS(status) && !tx->MaximumNumberOfFragments)
		status = refuse_value(subject, "MaximumNumberOfFragments", 0, "at least 1");
	if (NT_SUCCESS(status))
		status = check_power_of_two(subject, "FragmentBufferAlignment",
					    tx->FragmentBufferAlignment, false);
	if (NT_SUCCESS(status))
		status = check_power_of_two(subject, "FragmentRingNumberOfElementsHint",
					    tx->FragmentRingNumberOfElementsHint, true);
	if (NT_SUCCESS(status))
		status = check_mapping(subject, tx->MappingRequirement, tx->DmaCapabilities);
	return status;
}

static NTSTATUS check_collection(const Subject &subject, NETMEMORYCOLLECTION handle)
{
	const Object *collection = object_of(handle);

	if (collection && collection->type() == ObjectType::memory_collection &&
	    collection->device == subject.adapter->device)
		return STATUS_SUCCESS;
	return refuse(subject.adapter, STATUS_INVALID_PARAMETER,
		      "%s.MemoryCollection is not a NETMEMORYCOLLECTION of the adapter's device (%s)",
		      subject.structure, subject.failure_code);
}

static NTSTATUS check_rx_buffers(const Subject &subject, const NET_ADAPTER_RX_CAPABILITIES *rx)
{
	NTSTATUS status;

	if (rx->AllocationMode == NetRxFragmentBufferAllocationModeDriver ||
	    rx->AllocationMode == NetRxFragmentBufferAllocationModeDriverV2) {
		if (rx->AttachmentMode != NetRxFragmentBufferAttachmentModeDriver)
			return refuse_value(subject, "AttachmentMode",
					    static_cast<UINT32>(rx->AttachmentMode),
					    "1 (Driver) with AllocationMode Driver or DriverV2");
		if (rx->AllocationMode == NetRxFragmentBufferAllocationModeDriverV2)
			return check_collection(subject, rx->MemoryCollection);
		if (!rx->EvtAdapterReturnRxBuffer)
			return refuse(subject.adapter, STATUS_INVALID_PARAMETER,
				      "%s.EvtAdapterReturnRxBuffer is NULL, must be set with "
				      "AllocationMode Driver (%s)",
				      subject.structure, subject.failure_code);
		return STATUS_SUCCESS;
	}
	if (rx->AllocationMode != NetRxFragmentBufferAllocationModeSystem)
		return refuse_value(subject, "AllocationMode",
				    static_cast<UINT32>(rx->AllocationMode), "0 to 2");
	if (rx->AttachmentMode != NetRxFragmentBufferAttachmentModeSystem)
		return refuse_value(subject, "AttachmentMode",
				    static_cast<UINT32>(rx->AttachmentMode),
				    "0 (System) with AllocationMode 0 (System)");
	status = check_power_of_two(subject, "FragmentBufferAlignment", rx->FragmentBufferAlignment,
				    false);
	if (NT_SUCCESS(status))
		status = check_mapping(subject, rx->MappingRequirement, rx->DmaCapabilities);
	return status;
}

static NTSTATUS check_rx(const Adapter *adapter, const NET_ADAPTER_RX_CAPABILITIES *rx)
{
	const Subject subject = {adapter, "NET_ADAPTER_RX_CAPABILITIES",
				 "InvalidAdapterRxCapabilities"};
	NTSTATUS status = check_size(adapter, subject.structure, rx->Size, sizeof(*rx));

	if (NT_SUCCESS(status) && !rx->MaximumNumberOfQueues)
		status = refuse_value(subject, "MaximumNumberOfQueues", 0, "at least 1");
	if (NT_SUCCESS(status) &&
	    (!rx->MaximumFrameSize || rx->MaximumFrameSize > largest_fragment))
		status = refuse_value(subject, "MaximumFrameSize", rx->MaximumFrameSize,
				      "1 to 67108863");
	if (NT_SUCCESS(status))
		status = check_power_of_two(subject, "FragmentRingNumberOfElementsHint",
					    rx->FragmentRingNumberOfElementsHint, true);
	if (NT_SUCCESS(status))
		status = check_rx_buffers(subject, rx);
	return status;
}

/* The client may free *@dma when its call returns, so the adapter keeps a copy. */
static NET_ADAPTER_DMA_CAPABILITIES *copy_dma(NET_MEMORY_MAPPING_REQUIREMENT mapping,
					      const NET_ADAPTER_DMA_CAPABILITIES *dma,
					      NET_ADAPTER_DMA_CAPABILITIES *copy)
{
	if (mapping != NetMemoryMappingRequirementDmaMapped)
		return nullptr;
	*copy = *dma;
	return copy;
}

} // namespace netcx

using namespace netcx;

extern "C" {

void NetAdapterSetDataPathCapabilities(NETADAPTER Handle,
				       NET_ADAPTER_TX_CAPABILITIES const *TxCapabilities,
				       NET_ADAPTER_RX_CAPABILITIES const *RxCapabilities)
{
	Adapter *adapter = begin_declaration(
		Handle, "NetAdapterSetDataPathCapabilities", Declaration::datapath,
		RxCapabilities ? static_cast<const void *>(TxCapabilities) : nullptr);
	NTSTATUS status;

	if (!adapter)
		return;
	status = check_tx(adapter, TxCapabilities);
	if (NT_SUCCESS(status))
		status = check_rx(adapter, RxCapabilities);
	adapter->declared(Declaration::datapath, status);
	if (!NT_SUCCESS(status))
		return;
	adapter->tx = *TxCapabilities;
	adapter->tx.DmaCapabilities = copy_dma(adapter->tx.MappingRequirement,
					       adapter->tx.DmaCapabilities, &adapter->tx_dma);
	adapter->rx = *RxCapabilities;
	if (adapter->rx.AllocationMode == NetRxFragmentBufferAllocationModeSystem)
		adapter->rx.DmaCapabilities =
			copy_dma(adapter->rx.MappingRequirement, adapter->rx.DmaCapabilities,
				 &adapter->rx_dma);
}

} // extern "C"
