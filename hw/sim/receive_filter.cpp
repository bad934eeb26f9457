// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "receive_filter.h"
#include "headers.h"

namespace sim
{

using common::MacAddress;

namespace
{
constexpr MacAddress broadcast = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

bool same(const UINT8 *a, const MacAddress &b)
{
	return RtlEqualMemory(a, b.bytes, common::mac_address_bytes);
}
} /* namespace */

void ReceiveFilter::set(NET_PACKET_FILTER_FLAGS wanted, const NET_ADAPTER_LINK_LAYER_ADDRESS *list,
			SIZE_T count)
{
	flags = wanted;
	multicast_count = static_cast<UINT32>(count);
	for (UINT32 i = 0; i < multicast_count; i++)
		multicast[i].set(list[i]);
}

void ReceiveFilter::set_unicast(const NET_ADAPTER_LINK_LAYER_ADDRESS *list, UINT32 count)
{
	unicast_count = count;
	for (UINT32 i = 0; i < count; i++)
		unicast[i].set(list[i]);
}

bool ReceiveFilter::takes_unicast(const UINT8 *destination) const
{
	if (same(destination, address))
		return true;
	for (UINT32 i = 0; i < unicast_count; i++)
		if (same(destination, unicast[i]))
			return true;
	return false;
}

bool ReceiveFilter::takes_destination(const UINT8 *destination) const
{
	if (flags & NetPacketFilterFlagPromiscuous)
		return true;
	if (!(destination[0] & 1))
		return flags & NetPacketFilterFlagDirected && takes_unicast(destination);
	if (same(destination, broadcast))
		return flags & NetPacketFilterFlagBroadcast;
	if (flags & NetPacketFilterFlagAllMulticast)
		return true;
	if (!(flags & NetPacketFilterFlagMulticast))
		return false;
	for (UINT32 i = 0; i < multicast_count; i++)
		if (same(destination, multicast[i]))
			return true;
	return false;
}

bool ReceiveFilter::takes_vlan(UINT32 vlan) const
{
	return !vlans.Enabled || vlans.Members[vlan / 32] & 1U << vlan % 32;
}

bool ReceiveFilter::takes(const UINT8 *frame, UINT32 layer2_bytes) const
{
	if (!takes_destination(frame))
		return false;
	/* It looks at customers' tags, not at those of a provider. */
	return layer2_bytes == ethernet_header_bytes ||
	       read_be16(frame + ethernet_header_bytes - 2) != ethertype_vlan ||
	       takes_vlan(read_be16(frame + ethernet_header_bytes) & 0xfff);
}

} /* namespace sim */
