/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The MAC of an 82574: what Intel's MACs have in common, with this family's reset and set-up. */
#ifndef E1000E_HARDWARE_H
#define E1000E_HARDWARE_H

#include "registers.h"
#include <intel/mac.h>

namespace e1000e
{

class Hardware : public intel::Mac
{
public:
	/* Maps BAR 0. Context: process. */
	NTSTATUS map(WDFDEVICE device, const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar);

	/* Clears what a boot ROM may have left behind. Context: process. */
	void take_over() const;

	/*
	 * thorough: waits for a packet in progress even at 10 Mbit/s, and until the PHY may be
	 * accessed again. quick: for a packet at 1 Gbit/s only; before it accesses the PHY, the
	 * caller calls wait_for_phy().
	 */
	enum class Pace { thorough, quick };

	/*
	 * Brings the MAC from any state to the one after power-up; see intel::Mac::begin_reset().
	 * On failure DMA is off nevertheless, if the device answers at all. Context: process.
	 */
	NTSTATUS reset(Pace pace) const;

	/* What has to be set after every reset and never changes. Context: process. */
	void initialize(UINT32 tx_queues) const;

	/* Has finished descriptors written to memory that the device collects, to write several. */
	void flush_descriptors() const;

private:
	void load_flash() const;
};

} /* namespace e1000e */

#endif /* E1000E_HARDWARE_H */
