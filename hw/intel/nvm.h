/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The non-volatile memory behind the device: its checksum, and the MAC address it holds. */
#ifndef INTEL_NVM_H
#define INTEL_NVM_H

#include <common/mac_address.h>
#include <intel/mac.h>

namespace intel::nvm
{

/* One 16-bit word. Context: process. */
NTSTATUS read_word(const Mac &mac, UINT32 index, UINT16 *word);

/* Checks the checksum. A wrong one is logged only, since the device may work nevertheless. */
void check(const Mac &mac);

/*
 * The factory address, which a reset loads from NVM into receive address register 0. Call it after
 * a reset and before anything else is written there. Context: process.
 */
NTSTATUS read_mac_address(const Mac &mac, common::MacAddress *address);

} /* namespace intel::nvm */

#endif /* INTEL_NVM_H */
