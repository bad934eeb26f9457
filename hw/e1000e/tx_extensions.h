/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Where the elements of a transmit queue's rings have their extensions, and what is in them. */
#ifndef E1000E_TX_EXTENSIONS_H
#define E1000E_TX_EXTENSIONS_H

#include <common/extensions.h>
#include <net/checksum.h>
#include <net/gso.h>
#include <net/ieee8021q.h>
#include <net/logicaladdress.h>
#include <net/virtualaddress.h>

namespace e1000e
{

class TxExtensions
{
public:
	/* When the queue is created. Context: process. */
	void find(NETPACKETQUEUE queue, const NET_RING *packets, const NET_RING *fragments)
	{
		logical_address_offset = common::tx_extension_offset(
			queue, fragments, common::extension::logical_address);
		virtual_address_offset = common::tx_extension_offset(
			queue, fragments, common::extension::virtual_address);
		checksum_offset =
			common::tx_extension_offset(queue, packets, common::extension::checksum);
		gso_offset = common::tx_extension_offset(queue, packets, common::extension::gso);
		ieee8021q_offset =
			common::tx_extension_offset(queue, packets, common::extension::ieee8021q);
	}

	/* ---- of a fragment: addresses of its buffer's begin ---- */

	UINT64 logical_address(const NET_FRAGMENT *fragment) const
	{
		return at<NET_FRAGMENT_LOGICAL_ADDRESS>(fragment, logical_address_offset)
			->LogicalAddress;
	}

	const UINT8 *virtual_address(const NET_FRAGMENT *fragment) const
	{
		return static_cast<const UINT8 *>(
			at<NET_FRAGMENT_VIRTUAL_ADDRESS>(fragment, virtual_address_offset)
				->VirtualAddress);
	}

	/* ---- of a packet: all zeroes, which ask for nothing, if packets do not have it ---- */

	NET_PACKET_CHECKSUM checksum(const NET_PACKET *packet) const
	{
		return of<NET_PACKET_CHECKSUM>(packet, checksum_offset);
	}

	NET_PACKET_GSO gso(const NET_PACKET *packet) const
	{
		return of<NET_PACKET_GSO>(packet, gso_offset);
	}

	NET_PACKET_IEEE8021Q tag(const NET_PACKET *packet) const
	{
		return of<NET_PACKET_IEEE8021Q>(packet, ieee8021q_offset);
	}

private:
	template <class Extension>
	static const Extension *at(const NET_FRAGMENT *fragment, UINT32 offset)
	{
		return reinterpret_cast<const Extension *>(
			reinterpret_cast<const UINT8 *>(fragment) + offset);
	}

	template <class Extension>
	static Extension of(const NET_PACKET *packet, UINT32 offset)
	{
		if (!offset)
			return {};
		return *static_cast<const Extension *>(NetPacketGetExtension(packet, offset));
	}

	/* In bytes from the element; 0, if the elements do not have it. */
	UINT32 logical_address_offset;
	UINT32 virtual_address_offset;
	UINT32 checksum_offset;
	UINT32 gso_offset;
	UINT32 ieee8021q_offset;
};

} /* namespace e1000e */

#endif /* E1000E_TX_EXTENSIONS_H */
