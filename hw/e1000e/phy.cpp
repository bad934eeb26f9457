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

/* Counts up to all ones, and is cleared by being read. */
namespace receive_errors
{
constexpr UINT32 reg = 21;
constexpr UINT16 most = 0xffff;
} /* namespace receive_errors */

namespace status_1000
{
constexpr UINT32 reg = 10;
constexpr UINT16 idle_errors = 0xff;
} /* namespace status_1000 */

constexpr UINT32 page_select = 22;

namespace power_management
{
constexpr UINT32 reg = 25;
/* Sleep as long as there is no link; finding one takes longer then. */
constexpr UINT16 smart_power_down = bit(0);
} /* namespace power_management */

/* Undocumented analogue bias; the value Intel's drivers give this revision of the PHY. */
constexpr UINT32 bias_select = 29;
constexpr UINT16 bias_number = 3;
constexpr UINT32 bias_value = 30;

/* Sets *@changed if the PHY was reset: the link has to be negotiated again. */
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

bool disable_smart_power_down(const Mdio &mdio)
{
	UINT16 management;

	if (!mdio.read(power_management::reg, &management))
		return false;
	if (!(management & power_management::smart_power_down))
		return true;
	return mdio.write(power_management::reg,
			  static_cast<UINT16>(management & ~power_management::smart_power_down));
}

} /* namespace */

bool setup_link(const Hardware &hardware, Mdio::Log log)
{
	intel::phy::use_negotiated_link(hardware);

	const Mdio mdio(hardware, log);
	UINT16 id;
	bool changed;

	if (!mdio.read(physid1::reg, &id))
		return false;
	if (id != expected_physid1)
		LOG_WARNING("unknown PHY (identifier %#x); trying it", id);
	return setup_copper(mdio, &changed) && disable_smart_power_down(mdio) &&
	       intel::phy::setup_autoneg(mdio, changed);
}

bool looks_hung(const Hardware &hardware)
{
	const Mdio mdio(hardware, Mdio::Log::nothing);
	UINT16 errors, status;

	return mdio.read(receive_errors::reg, &errors) && errors == receive_errors::most &&
	       mdio.read(status_1000::reg, &status) &&
	       (status & status_1000::idle_errors) == status_1000::idle_errors;
}

bool reset(const Hardware &hardware)
{
	const Mdio mdio(hardware, Mdio::Log::nothing);

	return intel::phy::software_reset(mdio) && intel::phy::setup_autoneg(mdio, true);
}

bool power_down(const Hardware &hardware)
{
	const Mdio mdio(hardware, Mdio::Log::nothing);

	return intel::phy::power_down(mdio);
}

} /* namespace e1000e::phy */
