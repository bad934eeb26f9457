/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The 82574's integrated copper PHY: what it wants besides what intel/phy.h does for every one. */
#ifndef E1000E_PHY_H
#define E1000E_PHY_H

#include "hardware.h"
#include <intel/phy.h>

namespace e1000e::phy
{

/* Context: process, one caller of this file at a time. False: the PHY does not answer. */

/*
 * Lets MAC and PHY find a link: auto-negotiation of 10, 100 and 1000 Mbit/s and of pause frames.
 * A link that was negotiated like that before is kept. To be called after every reset.
 */
bool setup_link(const Hardware &hardware, Mdio::Log log);

/*
 * True if both error counters are full. Errors on the cable may fill them once: only a PHY that
 * looks hung twice in a row is hung. False if the PHY does not answer.
 */
bool looks_hung(const Hardware &hardware);

/* Resets the PHY, which ends the link, and negotiates a new one. */
bool reset(const Hardware &hardware);

bool power_down(const Hardware &hardware);

} /* namespace e1000e::phy */

#endif /* E1000E_PHY_H */
