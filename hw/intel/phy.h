/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What every copper PHY has by IEEE 802.3: basic registers, autonegotiation and its result. What a
 * PHY needs besides is in its family's file. Context: process, one caller of this file at a time.
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

/* Powers the PHY down, which ends the link. setup_autoneg() powers it up. */
bool power_down(const Mdio &mdio);

/*
 * Advertises 10, 100 and 1000 Mbit/s and pause frames. Restarts autonegotiation only if something
 * else was advertised before, if it was not complete, or with @force.
 */
bool setup_autoneg(const Mdio &mdio, bool force);

/* Sets up the MAC to take speed and duplex from the PHY. */
void use_negotiated_link(const Mac &mac);

/* Link, speed and duplex as the MAC has them from the PHY; no pause frames yet. */
common::Link read_link(const Mac &mac);

/*
 * Sets the MAC to the use of pause frames that follows from the modes of the link partner, and notes
 * it in @link. With half duplex there are none.
 */
void update_pause(const Mac &mac, UINT64 partner, common::Link *link);

/*
 * The modes that are supported, advertised, and, with a link, those that the partner advertises.
 * Empty where the PHY does not answer.
 */
netcx_link_modes link_modes(const Mac &mac);

} /* namespace phy */
} /* namespace intel */

#endif /* INTEL_PHY_H */
