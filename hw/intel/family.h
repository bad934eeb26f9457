/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * In what the shared code has to know Intel's families apart. Each client has one constant of this
 * type per family it drives. Read on slow paths only: a data path has its family's constants.
 */
#ifndef INTEL_FAMILY_H
#define INTEL_FAMILY_H

#include <intel/registers.h>

namespace intel
{

class Mac;

struct Family {
	/* Of BAR 0. */
	ULONG register_space_bytes;

	/* The interrupt registers of these mnemonics; some families have moved them. */
	Register icr;
	Register imc;

	/* Receive addresses (RAL, RAH) of the driver's; those behind them are firmware's. */
	UINT32 receive_addresses;

	/* Receive queues that RETA can name, and which bits of an entry have the queue's number. */
	UINT32 rss_queues;
	UINT32 reta_queue_shift;
	/* MRQC, to have packets spread by RSS. */
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
