// SPDX-License-Identifier: GPL-2.0-only
#include "told.h"

struct netcx_kunit_told netcx_kunit_told;

int netcx_core_adapter_set_wake(struct netcx_adapter *adapter, const struct netcx_wake *wake)
{
	netcx_kunit_told.wakes++;
	if (!netcx_kunit_told.error)
		netcx_kunit_told.wake = *wake;
	return netcx_kunit_told.error;
}

BOOLEAN netcx_core_device_wake_is_users(const struct netcx_device *device)
{
	return !netcx_kunit_told.not_users;
}

int netcx_core_adapter_set_receive_filter(struct netcx_adapter *adapter,
					  NET_PACKET_FILTER_FLAGS filter,
					  const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast,
					  UINT32 multicast_count)
{
	netcx_kunit_told.filter = filter;
	netcx_kunit_told.filters++;
	return netcx_kunit_told.error;
}

void netcx_core_adapter_set_unicast_addresses(struct netcx_adapter *adapter,
					      const NET_ADAPTER_LINK_LAYER_ADDRESS *addresses,
					      UINT32 count)
{
	netcx_kunit_told.unicast = count;
}

UINT32 netcx_core_adapter_set_arp_offload(struct netcx_adapter *adapter,
					  const NET_IPV4_ADDRESS *addresses, UINT32 count)
{
	netcx_kunit_told.arps++;
	return count;
}

UINT32 netcx_core_adapter_set_ns_offload(struct netcx_adapter *adapter,
					 const NET_IPV6_ADDRESS *addresses, UINT32 count)
{
	return count;
}
