/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The integrated copper PHY: what it advertises, and what came of it. */
#ifndef E1000E_PHY_H
#define E1000E_PHY_H

#include "hardware.h"

namespace e1000e
{

struct Link {
	bool up;
	bool full_duplex;
	/* Pause frames are sent, are obeyed. */
	bool tx_pause;
	bool rx_pause;
	UINT64 bits_per_second;
};

namespace phy
{

/*
 * Lets MAC and PHY find a link: auto-negotiation of 10, 100 and 1000 Mbit/s and of pause frames.
 * A link that was negotiated like that before is kept. To be called after every reset.
 * Context: process, one caller of this file at a time.
 */
NTSTATUS setup_link(const Hardware &hardware);

/*
 * What the link is now; sets the MAC to the negotiated use of pause frames. Without an answer from
 * the PHY there are none. Context: as above.
 */
Link update_link(const Hardware &hardware);

} /* namespace phy */
} /* namespace e1000e */

#endif /* E1000E_PHY_H */
