/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Registers of a device, mapped from one of its BARs. */
#ifndef COMMON_MAPPED_REGISTERS_H
#define COMMON_MAPPED_REGISTERS_H

#include <common/registers.h>
#include <wdf.h>

namespace common
{

/* Must be in zeroed memory, such as a context space. */
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

	/* The mapped address, for registers that the data path writes for every batch. */
	volatile ULONG *address(Register reg) const
	{
		return reinterpret_cast<volatile ULONG *>(registers + reg.offset);
	}

	/*
	 * Read, modify and write: clears the bits of @clear, then sets those of @set. @lock is
	 * held, so that concurrent calls do not lose each other's bits. Context: process,
	 * DISPATCH_LEVEL.
	 */
	void modify(Register reg, UINT32 clear, UINT32 set) const;

	/*
	 * Polls every @interval_us, at most @tries times, until the bits of @mask read as @value.
	 * False if they did not. Context: process.
	 */
	bool wait_for(Register reg, UINT32 mask, UINT32 value, UINT32 interval_us,
		      UINT32 tries) const;

private:
	volatile UINT8 *registers;
	ULONG mapped_length;
	/* Held by modify(). */
	WDFSPINLOCK lock;
};

} /* namespace common */

#endif /* COMMON_MAPPED_REGISTERS_H */
