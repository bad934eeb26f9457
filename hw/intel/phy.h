/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What IEEE 802.3 says of every copper PHY: its basic registers, negotiation, and what came of it.
 * What else a PHY wants is its family's. Context: process, one caller of this file at a time.
 */
#ifndef INTEL_PHY_H
#define INTEL_PHY_H

#include <common/link.h>
#include <intel/mdio.h>
#include <netcx_link_modes.h>

namespace intel
{

namespace bmcr
{
inline constexpr UINT32 reg = 0;
inline constexpr UINT16 restart_autoneg = bit(9);
inline constexpr UINT16 power_down = bit(11);
inline constexpr UINT16 enable_autoneg = bit(12);
inline constexpr UINT16 reset = bit(15);
} /* namespace bmcr */

namespace bmsr
{
inline constexpr UINT32 reg = 1;
inline constexpr UINT16 autoneg_complete = bit(5);
} /* namespace bmsr */

namespace physid1
{
inline constexpr UINT32 reg = 2;
}

namespace phy
{

/* Resets the PHY, as its settings need to take effect, and waits for it. */
bool software_reset(const Mdio &mdio);

/* Ends the link, until setup_autoneg(). */
bool power_down(const Mdio &mdio);

/*
 * Has 10, 100 and 1000 Mbit/s and pause frames advertised. Negotiates anew only if something else
 * was advertised before, if nothing was negotiated, or if told to by @force.
 */
bool setup_autoneg(const Mdio &mdio, bool force);

/* Has the MAC take speed and duplex from the PHY. */
void use_negotiated_link(const Mac &mac);

/* Link, speed and duplex as the MAC has them from the PHY; no pause frames yet. */
common::Link read_link(const Mac &mac);

/*
 * Sets the MAC to the use of pause frames that follows from the modes of the link partner, and notes
 * it in @link. With half duplex there are none.
 */
void update_pause(const Mac &mac, UINT64 partner, common::Link *link);

/*
 * What MAC and PHY can do, advertise, and have heard of the partner, if there is a link to it. What
 * the PHY does not answer is left out.
 */
netcx_link_modes link_modes(const Mac &mac);

} /* namespace phy */
} /* namespace intel */

#endif /* INTEL_PHY_H */
