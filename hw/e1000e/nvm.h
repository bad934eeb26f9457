/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The non-volatile memory behind the device: its checksum, and the MAC address it holds. */
#ifndef E1000E_NVM_H
#define E1000E_NVM_H

#include "hardware.h"

namespace e1000e
{

inline constexpr UINT32 mac_address_bytes = 6;

struct MacAddress {
	UINT8 bytes[mac_address_bytes];

	bool is_unicast() const;
};

namespace nvm
{

/* One 16-bit word. Context: process. */
NTSTATUS read_word(const Hardware &hardware, UINT32 index, UINT16 *word);

/* Says in the log when the contents are damaged; the device may work nevertheless. */
void check(const Hardware &hardware);

/*
 * The factory address, which a reset loads from NVM into receive address register 0. Call it after
 * a reset and before anything else is written there. Context: process.
 */
NTSTATUS read_mac_address(const Hardware &hardware, MacAddress *address);

} /* namespace nvm */
} /* namespace e1000e */

#endif /* E1000E_NVM_H */
