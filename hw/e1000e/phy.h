/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The 82574's integrated copper PHY: what it wants besides what intel/phy.h does for every one. */
#ifndef E1000E_PHY_H
#define E1000E_PHY_H

#include "hardware.h"
#include <intel/phy.h>

namespace e1000e::phy
{

/*
 * Lets MAC and PHY find a link: auto-negotiation of 10, 100 and 1000 Mbit/s and of pause frames.
 * A link that was negotiated like that before is kept. To be called after every reset.
 * Context: process, one caller of this file at a time.
 */
NTSTATUS setup_link(const Hardware &hardware);

} /* namespace e1000e::phy */

#endif /* E1000E_PHY_H */
