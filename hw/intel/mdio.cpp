// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: 82574 datasheet, MDIC. */
#include <intel/mdio.h>
#include <common/log.h>

namespace intel
{

namespace
{
/* One transaction takes 64 us. */
constexpr UINT32 interval_us = 50;
constexpr UINT32 most_tries = 2000;
} /* namespace */

Mdio::Mdio(const Mac &of, Log log)
	: mac(of), owned(of.family().acquire_mdio(of)), logs(log == Log::failures)
{
	if (!owned && logs)
		LOG_ERROR("firmware does not give the MDIO bus away: no access to the PHY");
}

Mdio::~Mdio()
{
	if (owned)
		mac.family().release_mdio(mac);
}

bool Mdio::read(UINT32 reg, UINT16 *value) const
{
	UINT32 answer;

	if (!transact(reg, mdic::op_read, &answer))
		return false;
	*value = static_cast<UINT16>(mdic::Data::get(answer));
	return true;
}

bool Mdio::write(UINT32 reg, UINT16 value) const
{
	UINT32 answer;

	return transact(reg, mdic::op_write | mdic::Data::of(value), &answer);
}

bool Mdio::transact(UINT32 reg, UINT32 operation, UINT32 *answer) const
{
	if (!owned)
		return false;
	mac.write(mdic::reg,
		  operation | mdic::Address::of(reg) | mdic::Phy::of(mac.family().phy_address));
	for (UINT32 tries = most_tries; tries; tries--) {
		KeStallExecutionProcessor(interval_us);
		*answer = mac.read(mdic::reg);
		if (*answer & mdic::ready)
			break;
	}
	if ((*answer & mdic::ready) && !(*answer & mdic::error))
		return true;
	if (logs)
		LOG_ERROR("PHY register %u does not answer (MDIC %#x)", reg, *answer);
	return false;
}

} /* namespace intel */
