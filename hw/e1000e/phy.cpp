// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: 82574 datasheet, "Ethernet Interface", "PHY Registers". */
#include "phy.h"
#include <common/log.h>

namespace e1000e::phy
{

namespace
{

/* ---- registers behind MDIO; those from 16 on depend on the page ---- */

constexpr UINT16 expected_physid1 = 0x0141;

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
	return mdio.write(copper_control::reg, basic) && intel::phy::software_reset(mdio) &&
	       mdio.write(copper_control::reg, wanted) && mdio.write(bias_select, bias_number) &&
	       mdio.write(bias_value, 0) && intel::phy::software_reset(mdio);
}

} /* namespace */

NTSTATUS setup_link(const Hardware &hardware)
{
	intel::phy::use_negotiated_link(hardware);

	const Mdio mdio(hardware);
	UINT16 id;
	bool changed;

	if (!mdio.read(physid1::reg, &id))
		return STATUS_IO_DEVICE_ERROR;
	if (id != expected_physid1)
		LOG_WARNING("unknown PHY (identifier %#x); trying it", id);
	if (!setup_copper(mdio, &changed) || !intel::phy::setup_autoneg(mdio, changed))
		return STATUS_IO_DEVICE_ERROR;
	return STATUS_SUCCESS;
}

} /* namespace e1000e::phy */
