// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, "Packet Address Filtering", "802.1q VLAN Packet Filtering", RCTL, MTA,
 * RAL, RAH, VFTA.
 */
#include <intel/receive_filter.h>

namespace intel
{

namespace
{

/*
 * With RCTL.MO 00b the index into MTA is the top 12 bits of the address, of which byte 5 is
 * highest.
 */
UINT32 group_hash(const UCHAR *address)
{
	return (address[4] >> 4) | (static_cast<UINT32>(address[5]) << 4);
}

constexpr UINT32 groups_per_register = 32;
static_assert(mta::count * groups_per_register == 1U << 12);
static_assert(vfta::count == NETCX_VLAN_WORDS);

} /* namespace */

void ReceiveFilter::set(NET_PACKET_FILTER_FLAGS flags,
			const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast, SIZE_T multicast_count)
{
	wanted = flags;
	RtlZeroMemory(groups, sizeof(groups));
	if (!(flags & NetPacketFilterFlagMulticast))
		return;
	for (SIZE_T i = 0; i < multicast_count; i++) {
		const UINT32 hash = group_hash(multicast[i].Address);

		groups[hash / groups_per_register] |= bit(hash % groups_per_register);
	}
}

UINT32 ReceiveFilter::address_high(const common::MacAddress &address) const
{
	return Field<0, 8>::of(address.bytes[4]) | Field<8, 8>::of(address.bytes[5]) |
	       (wanted & NetPacketFilterFlagDirected ? rah::valid : 0);
}

void ReceiveFilter::program_filter(const Mac &mac, const common::MacAddress &address) const
{
	const bool promiscuous = wanted & NetPacketFilterFlagPromiscuous;
	UINT32 control = 0;

	if (promiscuous)
		control |= rctl::unicast_promiscuous;
	if (promiscuous || (wanted & NetPacketFilterFlagAllMulticast))
		control |= rctl::multicast_promiscuous;
	if (promiscuous || (wanted & NetPacketFilterFlagBroadcast))
		control |= rctl::broadcast;

	mac.write(rah::reg(0), address_high(address));
	for (UINT32 i = 0; i < unicast_count; i++)
		mac.write(rah::reg(1 + i), address_high(unicast[i]));
	for (UINT32 i = 0; i < mta::count; i++)
		mac.write(mta::reg(i), groups[i]);
	mac.modify(rctl::reg,
		   rctl::unicast_promiscuous | rctl::multicast_promiscuous | rctl::broadcast,
		   control);
}

void ReceiveFilter::program_vlan_filter(const Mac &mac) const
{
	mac.modify(rctl::reg, rctl::vlan_filter, vlans.Enabled ? rctl::vlan_filter : 0);
}

void ReceiveFilter::set_vlans(const Mac &mac, const netcx_vlan_filter &filter)
{
	for (UINT32 i = 0; i < vfta::count; i++) {
		if (vlans.Members[i] != filter.Members[i])
			mac.write(vfta::reg(i), filter.Members[i] | firmware_vlans[i]);
	}
	vlans = filter;
	program_vlan_filter(mac);
}

void ReceiveFilter::forget_firmware_vlans()
{
	RtlZeroMemory(firmware_vlans, sizeof(firmware_vlans));
}

void ReceiveFilter::keep_firmware_vlan(UINT32 id)
{
	firmware_vlans[id / 32] |= bit(id % 32);
}

void ReceiveFilter::program_entry(const Mac &mac, UINT32 entry,
				  const common::MacAddress &address) const
{
	const UINT8 *byte = address.bytes;

	/* The entry is invalid until both halves belong to the same address. */
	mac.write(rah::reg(entry), 0);
	mac.write(ral::reg(entry), Field<0, 8>::of(byte[0]) | Field<8, 8>::of(byte[1]) |
					   Field<16, 8>::of(byte[2]) | Field<24, 8>::of(byte[3]));
	mac.write(rah::reg(entry), address_high(address));
}

void ReceiveFilter::program_address(const Mac &mac, const common::MacAddress &address) const
{
	program_entry(mac, 0, address);
}

UINT32 ReceiveFilter::most_unicast(const Mac &mac)
{
	return mac.family().receive_addresses - 1;
}

/* Writes only entries that change, so that no frame for an address that stays is lost. */
void ReceiveFilter::set_unicast(const Mac &mac, const NET_ADAPTER_LINK_LAYER_ADDRESS *list,
				UINT32 count)
{
	for (UINT32 i = 0; i < count; i++) {
		const bool same =
			i < unicast_count && RtlEqualMemory(unicast[i].bytes, list[i].Address,
							    common::mac_address_bytes);

		if (same)
			continue;
		unicast[i].set(list[i]);
		program_entry(mac, 1 + i, unicast[i]);
	}
	for (UINT32 i = count; i < unicast_count; i++)
		mac.write(rah::reg(1 + i), 0);
	unicast_count = count;
}

void ReceiveFilter::program_all(const Mac &mac, const common::MacAddress &address) const
{
	for (UINT32 i = 1; i < mac.family().receive_addresses; i++) {
		mac.write(rah::reg(i), 0);
		mac.write(ral::reg(i), 0);
	}
	program_address(mac, address);
	for (UINT32 i = 0; i < unicast_count; i++)
		program_entry(mac, 1 + i, unicast[i]);
	program_filter(mac, address);
	for (UINT32 i = 0; i < vfta::count; i++)
		mac.write(vfta::reg(i), vlans.Members[i] | firmware_vlans[i]);
	program_vlan_filter(mac);
}

} /* namespace intel */
