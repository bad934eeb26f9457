/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A simulated 82574L, as far as its driver can tell: registers, NVM, PHY, resets; and the faults a
 * device may have. What it does with descriptors, the test says.
 */
#ifndef NETCX_UNIT_E1000E_NIC_H
#define NETCX_UNIT_E1000E_NIC_H

#include <array>
#include <map>

#include <hw/e1000e/descriptor.h>
#include <hw/e1000e/limits.h>
#include <hw/e1000e/registers.h>

#include "os/fake_os.h"

namespace unit
{

class E1000eNic : public fake::Registers
{
public:
	E1000eNic();

	UINT64 read(UINT64 offset, unsigned int width) override;
	void write(UINT64 offset, unsigned int width, UINT64 value) override;

	UINT32 get(e1000e::Register reg) const;

	/* ---- faults ---- */

	/* Off the bus: everything reads as all ones, nothing can be written. */
	bool gone = false;
	/* Requests on the bus are never answered. */
	bool dma_never_stops = false;
	bool never_back_from_reset = false;
	bool phy_is_dead = false;
	bool nvm_is_dead = false;
	bool firmware_keeps_mdio = false;

	/* ---- what it is made of ---- */

	std::array<UINT8, 6> address = {0x00, 0x1b, 0x21, 0x01, 0x02, 0x03};
	std::array<UINT16, 0x40> nvm = {};
	std::map<UINT32, UINT16> phy;
	/* What a read finds and clears. */
	UINT32 causes = 0;
	/* Causes that are not masked. */
	UINT32 unmasked = 0;
	bool link = true;

	UINT32 resets = 0;
	/* Register reads, to end loops that should have ended by themselves. */
	UINT32 reads = 0;

	/* With RCTL.EN or TCTL.EN, and CTRL.GIO_Master_Disable not set. */
	bool does_dma() const;

private:
	void reset();
	void transact_mdio(UINT32 command);

	std::map<UINT64, UINT32> registers_;
};

} // namespace unit

#endif /* NETCX_UNIT_E1000E_NIC_H */
