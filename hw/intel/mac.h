/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The MAC as a whole: register access, and the parts of which a family's reset and set-up are made.
 * A client derives its hardware from it. What belongs to one part of the MAC (PHY, filter, a queue)
 * lies in that part's file.
 */
#ifndef INTEL_MAC_H
#define INTEL_MAC_H

#include <common/mapped_registers.h>
#include <common/ring_memory.h>
#include <intel/family.h>

namespace intel
{

class Mac : public common::MappedRegisters
{
public:
	/* Maps BAR 0 of a device of that family. Context: process. */
	NTSTATUS map(const Family *of, WDFDEVICE device, const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar);

	const Family &family() const { return *described; }

	/* All earlier writes have reached the device when this returns. */
	void flush() const { (void)read(status::reg); }

	/*
	 * Unplugged, or dead: every register reads as all ones. STATUS never does on a live device.
	 */
	bool is_gone() const { return !is_mapped() || read(status::reg) == all_ones; }

	/* Has the link partner paused transmission by pause frames? Context: any. */
	bool is_transmission_paused() const
	{
		const UINT32 value = read(status::reg);

		return value != all_ones && value & status::transmission_paused;
	}

	/*
	 * Asks the device to end all DMA: it finishes what it has begun and starts nothing new, not
	 * even an interrupt message, until the next reset. Does not wait. Context: process,
	 * DISPATCH_LEVEL.
	 */
	void stop_dma() const;
	/* Has all DMA ended? True also if the device is gone. Context: any. */
	bool is_dma_stopped() const;

	/* No interrupts, no DMA, firmware is told that the driver has gone. Context: process. */
	void quiesce() const;

	/*
	 * A reset in three steps, from any state of the MAC to the one after power-up: no DMA, all
	 * interrupts masked, all queues and filters off, registers loaded from NVM. The PHY and its
	 * link are left alone. The family's own steps come between these. If a step fails, the next
	 * ones are left out, and DMA is off, if the device answers at all. Context: process.
	 */
	/* @stop_us: for the packet in progress to leave or enter the MAC's memory. */
	NTSTATUS begin_reset(UINT32 stop_us) const;
	void trigger_reset() const;
	NTSTATUS finish_reset() const;
	/*
	 * After a reset the device configures the PHY by itself. Waits until that is over; to be
	 * called before the PHY or the NVM is accessed.
	 */
	void wait_for_phy() const;

	/* The link as STATUS shows it: the MAC takes it from the PHY. */
	bool has_link() const
	{
		const UINT32 value = read(status::reg);

		return value != all_ones && (value & status::link_up);
	}

	/* ---- set-up that does not differ between the families, after each reset; process ---- */

	/*
	 * Format and thresholds of pause frames; whether they are sent and obeyed is negotiated
	 * later. XOFF is sent when the rx packet memory holds more than @high bytes, XON when it
	 * holds fewer than @low. Multiples of 8.
	 */
	void setup_pause_frames(UINT32 high, UINT32 low) const;

	/* Sets or clears CTRL.VME. */
	void set_vlan_mode(bool enabled) const;

	/*
	 * Writes base and length of a ring, and @first to head and tail: the hardware has no
	 * descriptors yet. Its engine is off.
	 */
	void setup_ring(const QueueRegisters &registers, UINT32 queue,
			const common::RingMemory &memory, UINT32 first = 0) const;

private:
	/*
	 * Masks interrupts and stops DMA. False if PCIe requests are still outstanding after a
	 * while.
	 */
	bool stop_everything(UINT32 stop_us) const;

	const Family *described;
};

} /* namespace intel */

#endif /* INTEL_MAC_H */
