/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The MAC as a whole: register access, bounded waits, reset, and the set-up that every reset needs.
 * What belongs to one part of it (PHY, interrupts, a queue) lies in that part's file.
 */
#ifndef E1000E_HARDWARE_H
#define E1000E_HARDWARE_H

#include "registers.h"
#include <wdf.h>

namespace e1000e
{

/* Sleeps at least that long. Context: process. */
void sleep_us(UINT32 microseconds);

class Hardware
{
public:
	/* Maps BAR 0. @device becomes the parent of what is created. Context: process. */
	NTSTATUS map(WDFDEVICE device, PHYSICAL_ADDRESS start, ULONG length);
	/* Does nothing if nothing is mapped. */
	void unmap();

	UINT32 read(Register reg) const { return READ_REGISTER_ULONG(address(reg)); }

	void write(Register reg, UINT32 value) const { WRITE_REGISTER_ULONG(address(reg), value); }

	/* For registers that are written for every batch: found once, written often. */
	volatile ULONG *address(Register reg) const
	{
		return reinterpret_cast<volatile ULONG *>(registers + reg.offset);
	}

	/*
	 * Changes part of a register: first the bits to clear, then those to set. Undisturbed by others
	 * that change other parts of it. Context: process, DISPATCH_LEVEL.
	 */
	void modify(Register reg, UINT32 clear, UINT32 set) const;

	/* All earlier writes have reached the device when this returns. */
	void flush() const { (void)read(status::reg); }

	/* Unplugged, or dead: every register reads as all ones. STATUS never does on a live device. */
	bool is_gone() const { return !registers || read(status::reg) == all_ones; }

	/*
	 * Waits until the bits under @mask read as @value, looking every @interval_us, at most @tries
	 * times. Context: process.
	 */
	bool wait_for(Register reg, UINT32 mask, UINT32 value, UINT32 interval_us,
		      UINT32 tries) const;

	/*
	 * Brings the MAC from any state to the one after power-up: no DMA, all interrupts masked, all
	 * queues and filters off, registers loaded from NVM. The PHY and its link are left alone.
	 * On failure the device still is kept from DMA as far as it listens. Context: process.
	 */
	NTSTATUS reset() const;

	/* What has to be set after every reset and never changes. Context: process. */
	void initialize() const;

	/*
	 * Asks the device to end all DMA: it finishes what it has begun and starts nothing new, not even
	 * an interrupt message, until the next reset. Does not wait. Context: process, DISPATCH_LEVEL.
	 */
	void stop_dma() const;
	/* Has it? A device that is gone has. Context: any. */
	bool is_dma_stopped() const;

	/* No interrupts, no DMA, firmware is told that the driver has gone. Context: process. */
	void quiesce() const;

	/*
	 * The MAC's ownership of the MDIO bus, which it shares with firmware (82574 datasheet,
	 * EXTCNF_CTRL). Needed for PHY access and for the reset itself. Context: process.
	 */
	bool acquire_mdio() const;
	void release_mdio() const;

private:
	/* Masks, stops, waits; false if the device still has requests on their way. */
	bool stop_everything() const;
	void load_flash() const;

	volatile UINT8 *registers;
	ULONG mapped_length;
	/* For modify(). */
	WDFSPINLOCK lock;
};

} /* namespace e1000e */

#endif /* E1000E_HARDWARE_H */
