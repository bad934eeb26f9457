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

	/* The partner's pause frames hold what is to be sent. Context: any. */
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
	/* Has it? A device that is gone has. Context: any. */
	bool is_dma_stopped() const;

	/* No interrupts, no DMA, firmware is told that the driver has gone. Context: process. */
	void quiesce() const;

	/*
	 * A reset, from any state of the MAC to the one after power-up: no DMA, all interrupts
	 * masked, all queues and filters off, registers loaded from NVM. The PHY and its link are
	 * left alone. In this order, with what the family needs between them; if one fails, none of
	 * those after it, and the device is kept from DMA as far as it listens. Context: process.
	 */
	/* @stop_us: for the packet in progress to leave or enter the MAC's memory. */
	NTSTATUS begin_reset(UINT32 stop_us) const;
	void trigger_reset() const;
	NTSTATUS finish_reset() const;
	/*
	 * After a reset the device configures the PHY by itself, which is over when this returns.
	 * Only who accesses the PHY or the NVM has to wait.
	 */
	void wait_for_phy() const;

	/* As the MAC sees it, which takes it from the PHY. */
	bool has_link() const
	{
		const UINT32 value = read(status::reg);

		return value != all_ones && (value & status::link_up);
	}

	/* ---- set-up that does not differ between the families, after each reset; process ---- */

	/*
	 * What pause frames are like, which are sent and obeyed if that is negotiated: with fewer
	 * than @high bytes of room in the rx packet memory the partner is asked to pause, with @low
	 * to go on. Multiples of 8.
	 */
	void setup_pause_frames(UINT32 high, UINT32 low) const;

	/* CTRL.VME */
	void set_vlan_mode(bool enabled) const;

	/* Base, length, and no descriptors: those from @first on are next. The queue is off. */
	void setup_ring(const QueueRegisters &registers, UINT32 queue,
			const common::RingMemory &memory, UINT32 first = 0) const;

private:
	/* Masks, stops, waits; false if the device still has requests on their way. */
	bool stop_everything(UINT32 stop_us) const;

	const Family *described;
};

} /* namespace intel */

#endif /* INTEL_MAC_H */
