/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Creating an adapter, and the capabilities that every client declares alike. Context: process. */
#ifndef COMMON_ADAPTER_H
#define COMMON_ADAPTER_H

#include <common/mac_address.h>
#include <netadaptercx.h>
#include <netcx_adapter_ext.h>

namespace common
{

/* The context of every adapter: the client's own structure for its device. */
struct AdapterContext {
	void *device;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(AdapterContext, adapter_context);

/* The device that create_adapter() was given. Any context. */
template <class Device>
Device *device_of(NETADAPTER adapter)
{
	return static_cast<Device *>(adapter_context(adapter)->device);
}

/*
 * For EvtDriverDeviceAdd. @device: see device_of(). @priorities: how many of them have tx queues of
 * their own; 0: none does. A failure is logged.
 */
NTSTATUS create_adapter(WDFDEVICE handle, void *device,
			PFN_NET_ADAPTER_CREATE_TXQUEUE create_tx_queue,
			PFN_NET_ADAPTER_CREATE_RXQUEUE create_rx_queue, NETADAPTER *adapter,
			UINT32 priorities = 0);

/* A data path by DMA; receive buffers are allocated by the framework. */
struct DmaDataPath {
	WDFDMAENABLER enabler;
	/* Number of queues of each direction. */
	UINT32 queues;
	UINT32 tx_fragments_per_packet;
	UINT32 rx_buffer_bytes;
	/* Elements of a ring, if the user does not choose (ethtool -G). */
	UINT32 ring_default;
};
void set_data_path(NETADAPTER adapter, const DmaDataPath &path);

/* @address: both its permanent and its current one. */
void set_link_layer(NETADAPTER adapter, UINT64 bits_per_second, UINT32 mtu,
		    const MacAddress &address);

/* Declares all packet filters that Ethernet has, with up to @multicast_addresses in a list. */
void set_receive_filter(NETADAPTER adapter, PFN_NET_ADAPTER_SET_RECEIVE_FILTER set,
			UINT32 multicast_addresses);

/* Declares that the hardware inserts the 802.1Q tags that packets' extensions ask for. */
void set_vlan_tagging(NETADAPTER adapter);

/* @config: all but Size and Read. */
NTSTATUS set_statistics(NETADAPTER adapter, netcx_statistics_config config,
			PFN_NETCX_READ_STATISTICS read);

} /* namespace common */

#endif /* COMMON_ADAPTER_H */
