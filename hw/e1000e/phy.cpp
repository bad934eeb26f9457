// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, "Ethernet Interface", MDIC, "PHY Registers"; IEEE 802.3
 * clauses 22.2.4 (registers), 28B.3 (which pause mode two advertisements give).
 */
#include "phy.h"
#include "log.h"

namespace e1000e
{

namespace
{

/* ---- registers behind MDIO; those from 16 on depend on the page ---- */

namespace bmcr
{
constexpr UINT32 reg = 0;
constexpr UINT16 restart_autoneg = bit(9);
constexpr UINT16 power_down = bit(11);
constexpr UINT16 enable_autoneg = bit(12);
constexpr UINT16 reset = bit(15);
} /* namespace bmcr */

namespace bmsr
{
constexpr UINT32 reg = 1;
constexpr UINT16 autoneg_complete = bit(5);
} /* namespace bmsr */

namespace physid1
{
constexpr UINT32 reg = 2;
constexpr UINT16 expected = 0x0141;
} /* namespace physid1 */

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

namespace copper_control
{
constexpr UINT32 reg = 16;
constexpr UINT16 polarity_fixed = bit(1);
constexpr UINT16 auto_crossover = bit(5) | bit(6);
/* After failed attempts at 1000 Mbit/s, try less. */
constexpr UINT16 downshift = bit(11);
} /* namespace copper_control */

constexpr UINT32 page_select = 22;

/* Undocumented analogue bias; the value Intel's drivers give this revision of the PHY. */
constexpr UINT32 bias_select = 29;
constexpr UINT16 bias_number = 3;
constexpr UINT32 bias_value = 30;

constexpr UINT32 phy_address = 1;
/* One transaction takes 64 us. */
constexpr UINT32 mdic_interval_us = 50;
constexpr UINT32 mdic_tries = 2000;

constexpr UINT32 reset_interval_us = 100;
constexpr UINT32 reset_tries = 1000;

/* Owns the MDIO bus as long as it lives, if the bus could be had. */
class Mdio
{
public:
	explicit Mdio(const Hardware &hardware) : hardware(hardware), owned(hardware.acquire_mdio())
	{
		if (!owned)
			LOG_ERROR("firmware does not give the MDIO bus away: no access to the PHY");
	}

	~Mdio()
	{
		if (owned)
			hardware.release_mdio();
	}

	Mdio(const Mdio &) = delete;
	Mdio &operator=(const Mdio &) = delete;

	bool read(UINT32 reg, UINT16 *value) const
	{
		UINT32 answer;

		if (!transact(reg, mdic::op_read, &answer))
			return false;
		*value = static_cast<UINT16>(mdic::Data::get(answer));
		return true;
	}

	bool write(UINT32 reg, UINT16 value) const
	{
		UINT32 answer;

		return transact(reg, mdic::op_write | mdic::Data::of(value), &answer);
	}

private:
	bool transact(UINT32 reg, UINT32 operation, UINT32 *answer) const
	{
		if (!owned)
			return false;
		hardware.write(mdic::reg,
			       operation | mdic::Address::of(reg) | mdic::Phy::of(phy_address));
		for (UINT32 tries = mdic_tries; tries; tries--) {
			KeStallExecutionProcessor(mdic_interval_us);
			*answer = hardware.read(mdic::reg);
			if (*answer & mdic::ready)
				break;
		}
		if ((*answer & mdic::ready) && !(*answer & mdic::error))
			return true;
		LOG_ERROR("PHY register %u does not answer (MDIC %#x)", reg, *answer);
		return false;
	}

	const Hardware &hardware;
	const bool owned;
};

/* Settings of the copper interface take effect with a software reset, which keeps the others. */
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
		sleep_us(reset_interval_us);
	}
	LOG_ERROR("the PHY does not come back from its reset");
	return false;
}

/* *@changed: the PHY was reset, so the link has to be negotiated again. */
bool setup_copper(const Mdio &mdio, bool *changed)
{
	UINT16 current;

	*changed = false;
	if (!mdio.write(page_select, 0) || !mdio.read(copper_control::reg, &current))
		return false;

	const UINT16 basic = static_cast<UINT16>(
		(current & ~(copper_control::polarity_fixed | copper_control::downshift)) |
		copper_control::auto_crossover);
	const UINT16 wanted = static_cast<UINT16>(basic | copper_control::downshift);

	if (current == wanted)
		return true;

	/* Downshift takes effect only on the way from off to on. */
	*changed = true;
	return mdio.write(copper_control::reg, basic) && software_reset(mdio) &&
	       mdio.write(copper_control::reg, wanted) && mdio.write(bias_select, bias_number) &&
	       mdio.write(bias_value, 0) && software_reset(mdio);
}

/* Negotiates anew only if what was advertised differs, or nothing was negotiated yet. */
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

/* IEEE 802.3, table 28B-3, for one who advertises both bits. */
void resolve_pause(UINT16 partner, Link *link)
{
	if (partner & advertise::pause) {
		link->tx_pause = true;
		link->rx_pause = true;
	} else if (partner & advertise::asymmetric_pause) {
		link->rx_pause = true;
	}
}

} /* namespace */

namespace phy
{

NTSTATUS setup_link(const Hardware &hardware)
{
	/* The MAC takes speed and duplex from the PHY, whose link it is to use. */
	hardware.modify(ctrl::reg, ctrl::force_speed | ctrl::force_duplex, ctrl::set_link_up);

	const Mdio mdio(hardware);
	UINT16 id;
	bool changed;

	if (!mdio.read(physid1::reg, &id))
		return STATUS_IO_DEVICE_ERROR;
	if (id != physid1::expected)
		LOG_WARNING("unknown PHY (identifier %#x); trying it", id);
	if (!setup_copper(mdio, &changed) || !setup_autoneg(mdio, changed))
		return STATUS_IO_DEVICE_ERROR;
	return STATUS_SUCCESS;
}

Link update_link(const Hardware &hardware)
{
	const UINT32 mac = hardware.read(status::reg);
	Link link = {};

	if (mac == all_ones || !(mac & status::link_up))
		return link;

	link.up = true;
	link.full_duplex = mac & status::full_duplex;
	switch (status::Speed::get(mac)) {
	case 0:
		link.bits_per_second = 10ULL * 1000 * 1000;
		break;
	case 1:
		link.bits_per_second = 100ULL * 1000 * 1000;
		break;
	default:
		link.bits_per_second = 1000ULL * 1000 * 1000;
		break;
	}

	if (link.full_duplex) {
		const Mdio mdio(hardware);
		UINT16 basic_status, partner;

		if (mdio.read(bmsr::reg, &basic_status) &&
		    (basic_status & bmsr::autoneg_complete) &&
		    mdio.read(advertise::partner_reg, &partner))
			resolve_pause(partner, &link);
	}

	hardware.modify(ctrl::reg, ctrl::tx_flow_control | ctrl::rx_flow_control,
			(link.tx_pause ? ctrl::tx_flow_control : 0) |
				(link.rx_pause ? ctrl::rx_flow_control : 0));
	return link;
}

} /* namespace phy */
} /* namespace e1000e */
