/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Access to the PHY's registers by the MAC's MDIC register. */
#ifndef INTEL_MDIO_H
#define INTEL_MDIO_H

#include <intel/mac.h>

namespace intel
{

/*
 * Takes the MDIO bus from firmware, and gives it back when it is destroyed. If firmware keeps it,
 * all reads and writes fail. Failures are logged with Log::failures; attempts that are repeated
 * anyway use Log::nothing. Context: process, one object at a time.
 */
class Mdio
{
public:
	enum class Log { failures, nothing };

	explicit Mdio(const Mac &mac, Log log = Log::failures);
	~Mdio();

	Mdio(const Mdio &) = delete;
	Mdio &operator=(const Mdio &) = delete;

	bool is_owned() const { return owned; }

	bool read(UINT32 reg, UINT16 *value) const;
	bool write(UINT32 reg, UINT16 value) const;

private:
	bool transact(UINT32 reg, UINT32 operation, UINT32 *answer) const;

	const Mac &mac;
	const bool owned;
	const bool logs;
};

} /* namespace intel */

#endif /* INTEL_MDIO_H */
