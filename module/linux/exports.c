// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything netcx.ko offers to client drivers, in one symbol namespace: the functions that
 * include/netcx declares, under their Windows names, and our own.
 */
#include <linux/export.h>

#include <netcx/netadaptercx.h>
#include <netcx/netcx_adapter_ext.h>
#include <netcx/netcx_client.h>

#define NETCX_EXPORT(symbol) EXPORT_SYMBOL_NS_GPL(symbol, NETCX_SYMBOL_NAMESPACE)

NETCX_EXPORT(netcx_client_register);
NETCX_EXPORT(netcx_client_unregister);
NETCX_EXPORT(netcx_adapter_set_interrupt_moderation);
NETCX_EXPORT(netcx_adapter_set_statistics);
NETCX_EXPORT(netcx_adapter_set_address_callback);
NETCX_EXPORT(netcx_adapter_set_vlan_capabilities);
NETCX_EXPORT(netcx_queue_set_interrupt);
NETCX_EXPORT(netcx_device_query_property);
NETCX_EXPORT(DbgPrintEx);
NETCX_EXPORT(netcx_assert_failed);
NETCX_EXPORT(KeGetCurrentIrql);
NETCX_EXPORT(KeStallExecutionProcessor);
NETCX_EXPORT(KeDelayExecutionThread);
NETCX_EXPORT(KeFlushQueuedDpcs);
NETCX_EXPORT(KeQueryPerformanceCounter);
NETCX_EXPORT(KeQueryInterruptTime);
NETCX_EXPORT(MmMapIoSpaceEx);
NETCX_EXPORT(MmUnmapIoSpace);
NETCX_EXPORT(WdfObjectGetTypedContextWorker);
NETCX_EXPORT(WdfObjectAllocateContext);
NETCX_EXPORT(WdfObjectContextGetObject);
NETCX_EXPORT(WdfObjectReferenceActual);
NETCX_EXPORT(WdfObjectDereferenceActual);
NETCX_EXPORT(WdfObjectDelete);
NETCX_EXPORT(WdfDriverCreate);
NETCX_EXPORT(WdfCmResourceListGetCount);
NETCX_EXPORT(WdfCmResourceListGetDescriptor);
NETCX_EXPORT(WdfDeviceInitSetPnpPowerEventCallbacks);
NETCX_EXPORT(WdfDeviceCreate);
NETCX_EXPORT(WdfDeviceGetDriver);
NETCX_EXPORT(WdfDeviceSetAlignmentRequirement);
NETCX_EXPORT(WdfDeviceSetFailed);
NETCX_EXPORT(WdfSpinLockCreate);
NETCX_EXPORT(WdfSpinLockAcquire);
NETCX_EXPORT(WdfSpinLockRelease);
NETCX_EXPORT(WdfWaitLockCreate);
NETCX_EXPORT(WdfWaitLockAcquire);
NETCX_EXPORT(WdfWaitLockRelease);
NETCX_EXPORT(WdfMemoryCreate);
NETCX_EXPORT(WdfMemoryGetBuffer);
NETCX_EXPORT(WdfInterruptCreate);
NETCX_EXPORT(WdfInterruptQueueDpcForIsr);
NETCX_EXPORT(WdfInterruptSynchronize);
NETCX_EXPORT(WdfInterruptAcquireLock);
NETCX_EXPORT(WdfInterruptReleaseLock);
NETCX_EXPORT(WdfInterruptEnable);
NETCX_EXPORT(WdfInterruptDisable);
NETCX_EXPORT(WdfInterruptGetInfo);
NETCX_EXPORT(WdfInterruptGetDevice);
NETCX_EXPORT(WdfDmaEnablerCreate);
NETCX_EXPORT(WdfCommonBufferCreate);
NETCX_EXPORT(WdfCommonBufferCreateWithConfig);
NETCX_EXPORT(WdfCommonBufferGetAlignedVirtualAddress);
NETCX_EXPORT(WdfCommonBufferGetAlignedLogicalAddress);
NETCX_EXPORT(WdfCommonBufferGetLength);
NETCX_EXPORT(WdfTimerCreate);
NETCX_EXPORT(WdfTimerStart);
NETCX_EXPORT(WdfTimerStop);
NETCX_EXPORT(WdfTimerGetParentObject);
NETCX_EXPORT(WdfWorkItemCreate);
NETCX_EXPORT(WdfWorkItemEnqueue);
NETCX_EXPORT(WdfWorkItemFlush);
NETCX_EXPORT(WdfWorkItemGetParentObject);
NETCX_EXPORT(NetTxQueueCreate);
NETCX_EXPORT(NetTxQueueInitGetQueueId);
NETCX_EXPORT(NetTxQueueGetRingCollection);
NETCX_EXPORT(NetTxQueueGetExtension);
NETCX_EXPORT(NetTxQueueNotifyMoreCompletedPacketsAvailable);
NETCX_EXPORT(NetRxQueueCreate);
NETCX_EXPORT(NetRxQueueInitGetQueueId);
NETCX_EXPORT(NetRxQueueGetRingCollection);
NETCX_EXPORT(NetRxQueueGetExtension);
NETCX_EXPORT(NetRxQueueNotifyMoreReceivedPacketsAvailable);
NETCX_EXPORT(NetDeviceInitConfig);
NETCX_EXPORT(NetAdapterInitAllocate);
NETCX_EXPORT(NetAdapterInitFree);
NETCX_EXPORT(NetAdapterInitSetDatapathCallbacks);
NETCX_EXPORT(NetAdapterCreate);
NETCX_EXPORT(NetAdapterStart);
NETCX_EXPORT(NetAdapterStop);
NETCX_EXPORT(NetAdapterSetDataPathCapabilities);
NETCX_EXPORT(NetAdapterSetLinkLayerCapabilities);
NETCX_EXPORT(NetAdapterSetLinkLayerMtuSize);
NETCX_EXPORT(NetAdapterSetPermanentLinkLayerAddress);
NETCX_EXPORT(NetAdapterSetCurrentLinkLayerAddress);
NETCX_EXPORT(NetAdapterSetReceiveFilterCapabilities);
NETCX_EXPORT(NetAdapterSetLinkState);
NETCX_EXPORT(NetReceiveFilterGetPacketFilter);
NETCX_EXPORT(NetReceiveFilterGetMulticastAddressCount);
NETCX_EXPORT(NetReceiveFilterGetMulticastAddressList);
NETCX_EXPORT(NetAdapterOffloadSetTxChecksumCapabilities);
NETCX_EXPORT(NetAdapterOffloadSetRxChecksumCapabilities);
NETCX_EXPORT(NetAdapterOffloadSetGsoCapabilities);
NETCX_EXPORT(NetAdapterOffloadSetIeee8021qTagCapabilities);
NETCX_EXPORT(NetAdapterSetReceiveScalingCapabilities);
NETCX_EXPORT(NetOffloadIsTxChecksumIPv4Enabled);
NETCX_EXPORT(NetOffloadIsTxChecksumTcpEnabled);
NETCX_EXPORT(NetOffloadIsTxChecksumUdpEnabled);
NETCX_EXPORT(NetOffloadIsRxChecksumIPv4Enabled);
NETCX_EXPORT(NetOffloadIsRxChecksumTcpEnabled);
NETCX_EXPORT(NetOffloadIsRxChecksumUdpEnabled);
NETCX_EXPORT(NetOffloadIsLsoIPv4Enabled);
NETCX_EXPORT(NetOffloadIsLsoIPv6Enabled);
NETCX_EXPORT(NetOffloadIsUsoIPv4Enabled);
NETCX_EXPORT(NetOffloadIsUsoIPv6Enabled);
