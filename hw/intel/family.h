/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Differences between Intel's families, as far as the shared code needs them. Each client has one
 * constant of this type for each family it drives. It is not read on the data path.
 */
#ifndef INTEL_FAMILY_H
#define INTEL_FAMILY_H

#include <intel/registers.h>

namespace intel
{

class Mac;

struct Family {
	/* Size of BAR 0. */
	ULONG register_space_bytes;

	/* Offsets of the interrupt registers ICR and IMC, which differ between families. */
	Register icr;
	Register imc;

	/*
	 * Receive addresses (RAL, RAH) that the driver may use; those behind them are firmware's.
	 */
	UINT32 receive_addresses;

	/*
	 * Receive queues that RETA can refer to, and the shift of the queue's number in an entry.
	 */
	UINT32 rss_queues;
	UINT32 reta_queue_shift;
	/* The value of MRQC's field that enables RSS. */
	UINT32 rss_enable;

	/* The PHY's address on the MDIO bus. */
	UINT32 phy_address;
	/*
	 * Take and give back the MDIO bus, which the driver shares with firmware. False: firmware
	 * keeps it. Context: process.
	 */
	bool (*acquire_mdio)(const Mac &mac);
	void (*release_mdio)(const Mac &mac);
};

} /* namespace intel */

#endif /* INTEL_FAMILY_H */
