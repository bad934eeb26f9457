/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The registers of a device, mapped from one of its BARs: access, and bounded waits. */
#ifndef COMMON_MAPPED_REGISTERS_H
#define COMMON_MAPPED_REGISTERS_H

#include <common/registers.h>
#include <wdf.h>

namespace common
{

/* Lives in zeroed memory, such as a context space; a family's MAC is derived from it. */
class MappedRegisters
{
public:
	/*
	 * Maps the first @wanted bytes of a BAR; fails if it is smaller. @device becomes the parent
	 * of what is created. Context: process.
	 */
	NTSTATUS map(WDFDEVICE device, const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar, ULONG wanted);
	/* Does nothing if nothing is mapped. */
	void unmap();

	bool is_mapped() const { return registers; }

	UINT32 read(Register reg) const { return READ_REGISTER_ULONG(address(reg)); }

	void write(Register reg, UINT32 value) const { WRITE_REGISTER_ULONG(address(reg), value); }

	/* For registers that are written for every batch: found once, written often. */
	volatile ULONG *address(Register reg) const
	{
		return reinterpret_cast<volatile ULONG *>(registers + reg.offset);
	}

	/*
	 * Changes part of a register: first the bits to clear, then those to set. A spin lock makes
	 * it one step for all that call it. Context: process, DISPATCH_LEVEL.
	 */
	void modify(Register reg, UINT32 clear, UINT32 set) const;

	/*
	 * Waits until the bits under @mask read as @value, looking every @interval_us, at most
	 * @tries times. Context: process.
	 */
	bool wait_for(Register reg, UINT32 mask, UINT32 value, UINT32 interval_us,
		      UINT32 tries) const;

private:
	volatile UINT8 *registers;
	ULONG mapped_length;
	/* For modify(). */
	WDFSPINLOCK lock;
};

} /* namespace common */

#endif /* COMMON_MAPPED_REGISTERS_H */
