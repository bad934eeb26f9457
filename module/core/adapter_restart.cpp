// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Adapters through a reset of their device. The hardware begins from a blank state, and the client
 * goes through EvtDeviceReleaseHardware and EvtDevicePrepareHardware, where it may do all that it did
 * the first time: stop its adapters or leave them, declare capabilities, start them. To the user
 * these are the same network interfaces all along, unless what was declared differs in something an
 * interface cannot change while it is there.
 */
#include "adapter.h"

#include "device.h"
#include "log.h"

namespace netcx
{

/* What the interface offers to the stack. */
static bool offers_other_features(const netcx_adapter *now, const netcx_adapter *shown)
{
	return now->tx_checksum.Layer3Flags != shown->tx_checksum.Layer3Flags ||
	       now->tx_checksum.Layer4Flags != shown->tx_checksum.Layer4Flags ||
	       now->rx_checksum.Size != shown->rx_checksum.Size ||
	       now->gso.MaximumOffloadSize != shown->gso.MaximumOffloadSize ||
	       now->gso.Layer3Flags != shown->gso.Layer3Flags ||
	       now->gso.Layer4Flags != shown->gso.Layer4Flags ||
	       now->rsc.Layer4Flags != shown->rsc.Layer4Flags ||
	       now->ieee8021q.Flags != shown->ieee8021q.Flags ||
	       !now->vlan.SetStripping != !shown->vlan.SetStripping ||
	       !now->vlan.SetFilter != !shown->vlan.SetFilter ||
	       !now->set_address != !shown->set_address;
}

/* What the OS half built the interface on when it registered it. */
static bool needs_new_interface(const netcx_adapter *now, const netcx_adapter *shown)
{
	return now->tx.MaximumNumberOfQueues != shown->tx.MaximumNumberOfQueues ||
	       now->tx.MappingRequirement != shown->tx.MappingRequirement ||
	       now->tx.MaximumNumberOfFragments != shown->tx.MaximumNumberOfFragments ||
	       now->tx.FragmentBufferAlignment != shown->tx.FragmentBufferAlignment ||
	       now->tx.PayloadBackfill != shown->tx.PayloadBackfill ||
	       now->rx.MaximumNumberOfQueues != shown->rx.MaximumNumberOfQueues ||
	       now->rx.AllocationMode != shown->rx.AllocationMode ||
	       (now->rx.AllocationMode == NetRxFragmentBufferAllocationModeSystem &&
		(now->rx.MappingRequirement != shown->rx.MappingRequirement ||
		 now->rx.FragmentBufferAlignment != shown->rx.FragmentBufferAlignment)) ||
	       now->rx.MaximumFrameSize != shown->rx.MaximumFrameSize ||
	       now->tx_dma.MaximumPhysicalAddress.QuadPart !=
		       shown->tx_dma.MaximumPhysicalAddress.QuadPart ||
	       now->rx_dma.MaximumPhysicalAddress.QuadPart !=
		       shown->rx_dma.MaximumPhysicalAddress.QuadPart ||
	       now->receive_scaling.NumberOfQueues != shown->receive_scaling.NumberOfQueues ||
	       now->receive_scaling.IndirectionTableSize !=
		       shown->receive_scaling.IndirectionTableSize ||
	       now->statistics.Count != shown->statistics.Count ||
	       now->statistics.FrameSizesCount != shown->statistics.FrameSizesCount ||
	       now->unicast_filter.Size != shown->unicast_filter.Size ||
	       offers_other_features(now, shown);
}

/* Under the device's adapter_mutex, as the next one. */
void Adapter::let_restart()
{
	if (!is_started())
		return;
	was_started_ = true;
	__atomic_store_n(&started_, false, __ATOMIC_RELAXED);
}

void Adapter::restart()
{
	if (was_started_)
		__atomic_store_n(&started_, true, __ATOMIC_RELAXED);
	was_started_ = false;
	if (!is_registered())
		return;
	if (!is_started()) {
		end_interface();
	} else if (needs_new_interface(this, &shown_)) {
		log_line(this, NETCX_OS_LOG_WARNING,
			 "it declares other capabilities than before the reset: the interface is made anew");
		unregister_interface();
	}
}

void let_adapters_restart(netcx_device *device)
{
	netcx_os_mutex_acquire(device->adapter_mutex);
	for (Adapter *a = device->first_adapter; a; a = a->next)
		a->let_restart();
	netcx_os_mutex_release(device->adapter_mutex);
}

void restart_adapters(netcx_device *device)
{
	netcx_os_mutex_acquire(device->adapter_mutex);
	for (Adapter *a = device->first_adapter; a; a = a->next)
		a->restart();
	netcx_os_mutex_release(device->adapter_mutex);
}

} // namespace netcx
