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

/* Keeps all settings, since a reset clears them in the hardware. */
class ReceiveFilter
{
public:
	NET_PACKET_FILTER_FLAGS accepted() const { return wanted; }

	void set(NET_PACKET_FILTER_FLAGS flags, const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast,
		 SIZE_T multicast_count);

	/*
	 * Programs what set() was given. No frame is lost that both the old and the new filter
	 * accept. Context of this and all that follow: process, under the device's lock.
	 */
	void program_filter(const Mac &mac, const common::MacAddress &address) const;
	/* Keeps and programs the VLANs: only the registers that change. */
	void set_vlans(const Mac &mac, const netcx_vlan_filter &filter);
	/* Keeps and programs @count addresses besides the device's own, most_unicast() at most. */
	void set_unicast(const Mac &mac, const NET_ADAPTER_LINK_LAYER_ADDRESS *list, UINT32 count);
	static UINT32 most_unicast(const Mac &mac);
	/*
	 * VLANs that are accepted whatever set_vlans() was given, since management firmware uses
	 * them. Takes effect with program_all().
	 */
	void forget_firmware_vlans();
	void keep_firmware_vlan(UINT32 id);
	/* For a new address; frames may be lost meanwhile. */
	void program_address(const Mac &mac, const common::MacAddress &address) const;
	/* All of it, after a reset. */
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
