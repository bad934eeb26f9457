/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Which frames the MAC lets in: our address, multicast groups, broadcasts, VLANs, or everything. */
#ifndef INTEL_RECEIVE_FILTER_H
#define INTEL_RECEIVE_FILTER_H

#include <common/mac_address.h>
#include <intel/mac.h>
#include <netadaptercx.h>
#include <netcx_adapter_ext.h>

namespace intel
{

/* Remembers what was asked for, since a reset forgets it. */
class ReceiveFilter
{
public:
	NET_PACKET_FILTER_FLAGS accepted() const { return wanted; }

	void set(NET_PACKET_FILTER_FLAGS flags, const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast,
		 SIZE_T multicast_count);

	/*
	 * Put it into the hardware. A change of the filter leaves frames that were and are wanted
	 * alone; a new address may lose some; all is for after a reset.
	 * Context: process, under the device's lock.
	 */
	void program_filter(const Mac &mac, const common::MacAddress &address) const;
	/*
	 * Remembers and programs at once, since of many VLANs few change. Under the device's lock.
	 */
	void set_vlans(const Mac &mac, const netcx_vlan_filter &filter);
	/* Addresses beside the device's own, so many at most; remembers and programs at once. */
	void set_unicast(const Mac &mac, const NET_ADAPTER_LINK_LAYER_ADDRESS *list, UINT32 count);
	static UINT32 most_unicast(const Mac &mac);
	/*
	 * VLANs that are let in whatever is asked for, since the device's firmware is in them. Takes
	 * effect with program_all().
	 */
	void forget_firmware_vlans();
	void keep_firmware_vlan(UINT32 id);
	void program_address(const Mac &mac, const common::MacAddress &address) const;
	void program_all(const Mac &mac, const common::MacAddress &address) const;

private:
	/* Of any family. */
	static constexpr UINT32 receive_addresses_most = 32;

	UINT32 address_high(const common::MacAddress &address) const;
	void program_entry(const Mac &mac, UINT32 entry, const common::MacAddress &address) const;
	void program_vlan_filter(const Mac &mac) const;

	NET_PACKET_FILTER_FLAGS wanted;
	/* The MAC's hash table of multicast groups. */
	UINT32 groups[mta::count];
	netcx_vlan_filter vlans;
	/* Entries 1 and up of the MAC's receive addresses; those behind the last are not valid. */
	common::MacAddress unicast[receive_addresses_most - 1];
	UINT32 unicast_count;
	UINT32 firmware_vlans[vfta::count];
};

} /* namespace intel */

#endif /* INTEL_RECEIVE_FILTER_H */
