/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Firmware in the device that lets a management controller (BMC) use the same link. It has
 * registers of its own, which no reset of the MAC changes and the driver never writes: receive
 * address 15 and its decision filters. What it shares with the driver is the link and the VLAN
 * filter.
 */
#ifndef E1000E_MANAGEMENT_H
#define E1000E_MANAGEMENT_H

#include "hardware.h"
#include <intel/receive_filter.h>

namespace e1000e::management
{

/* True also if the NVM does not answer. The caller owns the NVM (class Mdio). Context: process. */
bool is_enabled(const Hardware &hardware);

/* Tells the filter which VLANs the management controller is in. Context: process. */
void keep_vlans(const Hardware &hardware, intel::ReceiveFilter *filter);

} /* namespace e1000e::management */

#endif /* E1000E_MANAGEMENT_H */
