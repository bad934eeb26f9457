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

	/* From who had the device before. Context: process. */
	void take_over() const;

	/*
	 * quick: of a MAC that worked until now; what it was about to send or had received is lost,
	 * and before the PHY is accessed again comes wait_for_phy().
	 */
	enum class Pace { thorough, quick };

	/*
	 * Brings the MAC from any state to the one after power-up; see intel::Mac::begin_reset().
	 * On failure the device still is kept from DMA as far as it listens. Context: process.
	 */
	NTSTATUS reset(Pace pace) const;

	/* What has to be set after every reset and never changes. Context: process. */
	void initialize(UINT32 tx_queues) const;

	/* Descriptors that the device is through with and keeps for more of them: to memory. */
	void flush_descriptors() const;

private:
	void load_flash() const;
};

} /* namespace e1000e */

#endif /* E1000E_HARDWARE_H */
