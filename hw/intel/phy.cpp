// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: IEEE 802.3 clauses 22.2.4 (registers), 28B.3 (which pause mode two advertisements give);
 * 82574 datasheet, CTRL, STATUS.
 */
#include <intel/phy.h>
#include <common/log.h>
#include <common/time.h>

namespace intel::phy
{

namespace
{

/* Advertisement and link partner ability have the same layout. */
namespace advertise
{
constexpr UINT32 reg = 4;
constexpr UINT32 partner_reg = 5;
constexpr UINT16 all_10_and_100 = bit(5) | bit(6) | bit(7) | bit(8);
constexpr UINT16 pause = bit(10);
constexpr UINT16 asymmetric_pause = bit(11);
} /* namespace advertise */

namespace ctrl1000
{
constexpr UINT32 reg = 9;
constexpr UINT16 half_duplex = bit(8);
constexpr UINT16 full_duplex = bit(9);
} /* namespace ctrl1000 */

namespace stat1000
{
constexpr UINT32 reg = 10;
constexpr UINT16 partner_half_duplex = bit(10);
} /* namespace stat1000 */

constexpr UINT32 reset_interval_us = 100;
constexpr UINT32 reset_tries = 1000;

/* IEEE 802.3, table 28B-3; this end always advertises both bits. */
void resolve_pause(UINT64 partner, common::Link *link)
{
	if (partner & NETCX_LINK_MODE_PAUSE) {
		link->tx_pause = true;
		link->rx_pause = true;
	} else if (partner & NETCX_LINK_MODE_ASYM_PAUSE) {
		link->rx_pause = true;
	}
}

UINT64 speed_of(UINT32 mac_status)
{
	switch (status::Speed::get(mac_status)) {
	case 0:
		return 10ULL * 1000 * 1000;
	case 1:
		return 100ULL * 1000 * 1000;
	default:
		return 1000ULL * 1000 * 1000;
	}
}

} /* namespace */

bool software_reset(const Mdio &mdio)
{
	UINT16 control;

	if (!mdio.read(bmcr::reg, &control) ||
	    !mdio.write(bmcr::reg, static_cast<UINT16>(control | bmcr::reset)))
		return false;
	for (UINT32 tries = reset_tries; tries; tries--) {
		if (!mdio.read(bmcr::reg, &control))
			return false;
		if (!(control & bmcr::reset))
			return true;
		common::sleep_us(reset_interval_us);
	}
	LOG_ERROR("the PHY does not come back from its reset");
	return false;
}

bool power_down(const Mdio &mdio)
{
	UINT16 control;

	return mdio.read(bmcr::reg, &control) &&
	       mdio.write(bmcr::reg, static_cast<UINT16>(control | bmcr::power_down));
}

bool setup_autoneg(const Mdio &mdio, bool force)
{
	UINT16 control, basic_status, advertised, advertised_1000;

	if (!mdio.read(bmcr::reg, &control) || !mdio.read(bmsr::reg, &basic_status) ||
	    !mdio.read(advertise::reg, &advertised) || !mdio.read(ctrl1000::reg, &advertised_1000))
		return false;

	const UINT16 wanted = static_cast<UINT16>(advertised | advertise::all_10_and_100 |
						  advertise::pause | advertise::asymmetric_pause);
	/* The MAC cannot do half duplex at 1000 Mbit/s. */
	const UINT16 wanted_1000 = static_cast<UINT16>((advertised_1000 & ~ctrl1000::half_duplex) |
						       ctrl1000::full_duplex);
	const UINT16 running = static_cast<UINT16>(control & ~bmcr::power_down);

	if (!force && wanted == advertised && wanted_1000 == advertised_1000 &&
	    control == running && (control & bmcr::enable_autoneg) &&
	    (basic_status & bmsr::autoneg_complete))
		return true;

	return mdio.write(advertise::reg, wanted) && mdio.write(ctrl1000::reg, wanted_1000) &&
	       mdio.write(bmcr::reg, static_cast<UINT16>(running | bmcr::enable_autoneg |
							 bmcr::restart_autoneg));
}

void use_negotiated_link(const Mac &mac)
{
	mac.modify(ctrl::reg, ctrl::force_speed | ctrl::force_duplex, ctrl::set_link_up);
}

common::Link read_link(const Mac &mac)
{
	const UINT32 mac_status = mac.read(status::reg);
	common::Link link = {};

	if (mac_status == all_ones || !(mac_status & status::link_up))
		return link;

	link.up = true;
	link.full_duplex = mac_status & status::full_duplex;
	link.negotiated = true;
	link.bits_per_second = speed_of(mac_status);
	return link;
}

void update_pause(const Mac &mac, UINT64 partner, common::Link *link)
{
	if (link->full_duplex)
		resolve_pause(partner, link);
	mac.modify(ctrl::reg, ctrl::tx_flow_control | ctrl::rx_flow_control,
		   (link->tx_pause ? ctrl::tx_flow_control : 0) |
			   (link->rx_pause ? ctrl::rx_flow_control : 0));
}

namespace
{

/* From bits 5 to 11 of an advertisement. */
UINT64 modes_of(UINT16 ability)
{
	static constexpr UINT64 modes[] = {NETCX_LINK_MODE_10_HALF,
					   NETCX_LINK_MODE_10_FULL,
					   NETCX_LINK_MODE_100_HALF,
					   NETCX_LINK_MODE_100_FULL,
					   0,
					   NETCX_LINK_MODE_PAUSE,
					   NETCX_LINK_MODE_ASYM_PAUSE};
	UINT64 result = 0;

	for (UINT32 i = 0; i < ARRAYSIZE(modes); i++) {
		if (ability & bit(5 + i))
			result |= modes[i];
	}
	return result;
}

/* The bit for full duplex is next to that for half, in registers 9 (ours) and 10 (partner's). */
UINT64 modes_of_1000(UINT16 ability, UINT32 half_duplex)
{
	return (ability & half_duplex ? NETCX_LINK_MODE_1000_HALF : 0) |
	       (ability & half_duplex << 1 ? NETCX_LINK_MODE_1000_FULL : 0);
}

} /* namespace */

netcx_link_modes link_modes(const Mac &mac)
{
	const Mdio mdio(mac, Mdio::Log::nothing);
	netcx_link_modes result = {};
	UINT16 control, basic_status, ability, ability_1000;

	result.Size = sizeof(result);
	result.Port = netcx_port_twisted_pair;
	result.Supported = modes_of(0xffff) | NETCX_LINK_MODE_1000_FULL | NETCX_LINK_MODE_AUTONEG;
	if (!mdio.read(bmcr::reg, &control) || !(control & bmcr::enable_autoneg))
		return result;
	if (mdio.read(advertise::reg, &ability) && mdio.read(ctrl1000::reg, &ability_1000))
		result.Advertised = modes_of(ability) |
				    modes_of_1000(ability_1000, ctrl1000::half_duplex) |
				    NETCX_LINK_MODE_AUTONEG;
	if (mdio.read(bmsr::reg, &basic_status) && (basic_status & bmsr::autoneg_complete) &&
	    mdio.read(advertise::partner_reg, &ability) && mdio.read(stat1000::reg, &ability_1000))
		result.Partner = modes_of(ability) |
				 modes_of_1000(ability_1000, stat1000::partner_half_duplex) |
				 NETCX_LINK_MODE_AUTONEG;
	return result;
}

} /* namespace intel::phy */
