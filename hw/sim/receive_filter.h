/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Which frames an adapter takes in: by destination, and by VLAN. */
#ifndef SIM_RECEIVE_FILTER_H
#define SIM_RECEIVE_FILTER_H

#include "limits.h"
#include <common/mac_address.h>
#include <netadaptercx.h>
#include <netcx_adapter_ext.h>

namespace sim
{

class ReceiveFilter
{
public:
	common::MacAddress address;

	void set(NET_PACKET_FILTER_FLAGS flags, const NET_ADAPTER_LINK_LAYER_ADDRESS *list,
		 SIZE_T count);
	void set_unicast(const NET_ADAPTER_LINK_LAYER_ADDRESS *list, UINT32 count);
	void set_vlans(const netcx_vlan_filter &wanted) { vlans = wanted; }
	NET_PACKET_FILTER_FLAGS accepted() const { return flags; }
	bool takes(const UINT8 *frame, UINT32 layer2_bytes) const;

private:
	bool takes_unicast(const UINT8 *destination) const;
	bool takes_destination(const UINT8 *destination) const;
	bool takes_vlan(UINT32 vlan) const;

	NET_PACKET_FILTER_FLAGS flags;
	common::MacAddress multicast[limits::multicast_addresses];
	UINT32 multicast_count;
	common::MacAddress unicast[limits::unicast_addresses];
	UINT32 unicast_count;
	netcx_vlan_filter vlans;
};

} /* namespace sim */

#endif /* SIM_RECEIVE_FILTER_H */
