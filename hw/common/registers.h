/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * For lists of registers: addresses, bits and fields. Other code never shifts by hand; it uses
 * Field::of() to compose a value and Field::get() to read a field of one.
 */
#ifndef COMMON_REGISTERS_H
#define COMMON_REGISTERS_H

#include <ntdef.h>

namespace common
{

/* The offset of a register in its BAR; a type, so that it cannot be mixed up with a value. */
struct Register {
	UINT32 offset;
};

constexpr UINT32 bit(unsigned int number)
{
	return 1U << number;
}

/* A field of Width bits from bit Low on. */
template <unsigned int Low, unsigned int Width>
struct Field {
	static_assert(Width > 0 && Low + Width <= 32);
	static constexpr UINT32 max = Width == 32 ? ~0U : (1U << Width) - 1;
	static constexpr UINT32 mask = max << Low;

	static constexpr UINT32 of(UINT32 value) { return (value & max) << Low; }

	static constexpr UINT32 get(UINT32 value) { return (value & mask) >> Low; }
};

/* The value of every register of a PCI device that has left the bus. */
inline constexpr UINT32 all_ones = ~0U;

} /* namespace common */

#endif /* COMMON_REGISTERS_H */
