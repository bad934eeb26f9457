/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Ethernet addresses. */
#ifndef COMMON_MAC_ADDRESS_H
#define COMMON_MAC_ADDRESS_H

#include <netadaptercx.h>

namespace common
{

inline constexpr UINT32 mac_address_bytes = 6;

struct MacAddress {
	UINT8 bytes[mac_address_bytes];

	void set(const NET_ADAPTER_LINK_LAYER_ADDRESS &address)
	{
		RtlCopyMemory(bytes, address.Address, mac_address_bytes);
	}

	/* Not a group address, and not all zeros. */
	bool is_unicast() const
	{
		UINT8 any = 0;

		for (const UINT8 byte : bytes)
			any |= byte;
		return any && !(bytes[0] & 1);
	}
};

} /* namespace common */

#endif /* COMMON_MAC_ADDRESS_H */
