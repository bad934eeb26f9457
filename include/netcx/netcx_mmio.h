/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Access to device registers: READ_REGISTER_* and WRITE_REGISTER_*, little-endian as PCI is.
 *
 * Order, the same on every machine: a read is finished before any memory access that follows it,
 * and before a KeStallExecutionProcessor() that follows it. A write reaches the device after all
 * loads and stores before it, so a doorbell needs no barrier between the descriptors (in coherent
 * DMA memory) and itself, nor between what was read from a buffer and the doorbell that gives the
 * buffer back. Register accesses stay in program order among themselves, also those of different
 * processors under a lock. A write may still be on its way when the function returns: read a
 * register of the same device where that matters.
 *
 * The NOFENCE forms have an order among themselves and with the others, for one device, and with
 * nothing else. The BUFFER forms access Count registers, one behind the other.
 *
 * Context: any. The address must come from MmMapIoSpaceEx() and be aligned to the access.
 * A device that has left the bus reads as all ones.
 *
 * Page: "READ_REGISTER_ULONG function (wdm.h)" and its siblings.
 */
#ifndef NETCX_MMIO_H
#define NETCX_MMIO_H

#include "ntdef.h"

#if defined(NETCX_USER_SPACE)

/* Outside a kernel the surrounding program is the device: it defines these functions. */
EXTERN_C_START
UINT8 netcx_user_mmio_read8(volatile void *address);
UINT16 netcx_user_mmio_read16(volatile void *address);
UINT32 netcx_user_mmio_read32(volatile void *address);
UINT64 netcx_user_mmio_read64(volatile void *address);
void netcx_user_mmio_write8(volatile void *address, UINT8 value);
void netcx_user_mmio_write16(volatile void *address, UINT16 value);
void netcx_user_mmio_write32(volatile void *address, UINT32 value);
void netcx_user_mmio_write64(volatile void *address, UINT64 value);
EXTERN_C_END

#define NETCX_DEFINE_MMIO(suffix, type, bits, x86, arm64, width, riscv)                       \
	NETCX_ALWAYS_INLINE type READ_REGISTER_##suffix(volatile type *Register)              \
	{                                                                                     \
		return netcx_user_mmio_read##bits(Register);                                  \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE type READ_REGISTER_NOFENCE_##suffix(volatile type *Register)      \
	{                                                                                     \
		return netcx_user_mmio_read##bits(Register);                                  \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE void WRITE_REGISTER_##suffix(volatile type *Register, type Value) \
	{                                                                                     \
		netcx_user_mmio_write##bits(Register, Value);                                 \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE void WRITE_REGISTER_NOFENCE_##suffix(volatile type *Register,     \
								 type Value)                  \
	{                                                                                     \
		netcx_user_mmio_write##bits(Register, Value);                                 \
	}

#elif defined(__x86_64__)

/*
 * Uncached loads and stores are ordered by the processor; the "memory" clobber keeps the compiler
 * from moving other accesses across. One mov, never a form the compiler might widen or split.
 */
#define NETCX_DEFINE_MMIO(suffix, type, bits, x86, arm64, width, riscv)                       \
	NETCX_ALWAYS_INLINE type READ_REGISTER_##suffix(volatile type *Register)              \
	{                                                                                     \
		type value;                                                                   \
                                                                                              \
		__asm__ __volatile__("mov" x86 " %1, %0"                                      \
				     : "=q"(value)                                            \
				     : "m"(*Register)                                         \
				     : "memory");                                             \
		return value;                                                                 \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE void WRITE_REGISTER_##suffix(volatile type *Register, type Value) \
	{                                                                                     \
		__asm__ __volatile__("mov" x86 " %1, %0"                                      \
				     : "=m"(*Register)                                        \
				     : "q"(Value)                                             \
				     : "memory");                                             \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE type READ_REGISTER_NOFENCE_##suffix(volatile type *Register)      \
	{                                                                                     \
		type value;                                                                   \
                                                                                              \
		__asm__ __volatile__("mov" x86 " %1, %0" : "=q"(value) : "m"(*Register));     \
		return value;                                                                 \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE void WRITE_REGISTER_NOFENCE_##suffix(volatile type *Register,     \
								 type Value)                  \
	{                                                                                     \
		__asm__ __volatile__("mov" x86 " %1, %0" : "=m"(*Register) : "q"(Value));     \
	}

#elif defined(__aarch64__)

/*
 * Device memory is ordered against itself only. After a load: a barrier for later memory accesses,
 * and a branch that depends on the value, for later reads of the counter that a delay loop uses.
 * Before a store: a barrier for earlier memory accesses, loads too. The address has no offset
 * ("Q"), the one form a hypervisor can emulate.
 */
#define NETCX_DEFINE_MMIO(suffix, type, bits, x86, arm64, width, riscv)                       \
	NETCX_ALWAYS_INLINE type READ_REGISTER_##suffix(volatile type *Register)              \
	{                                                                                     \
		type value;                                                                   \
		UINT64 scratch;                                                               \
                                                                                              \
		__asm__ __volatile__("ldr" arm64 " %" width "0, %2\n\t"                       \
				     "dmb oshld\n\t"                                          \
				     "eor %1, %x0, %x0\n\t"                                   \
				     "cbnz %1, ."                                             \
				     : "=&r"(value), "=&r"(scratch)                           \
				     : "Q"(*Register)                                         \
				     : "memory");                                             \
		return value;                                                                 \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE void WRITE_REGISTER_##suffix(volatile type *Register, type Value) \
	{                                                                                     \
		__asm__ __volatile__("dmb osh\n\t"                                            \
				     "str" arm64 " %" width "1, %0"                           \
				     : "=Q"(*Register)                                        \
				     : "rZ"(Value)                                            \
				     : "memory");                                             \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE type READ_REGISTER_NOFENCE_##suffix(volatile type *Register)      \
	{                                                                                     \
		type value;                                                                   \
                                                                                              \
		__asm__ __volatile__("ldr" arm64 " %" width "0, %1"                           \
				     : "=r"(value)                                            \
				     : "Q"(*Register));                                       \
		return value;                                                                 \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE void WRITE_REGISTER_NOFENCE_##suffix(volatile type *Register,     \
								 type Value)                  \
	{                                                                                     \
		__asm__ __volatile__("str" arm64 " %" width "1, %0"                           \
				     : "=Q"(*Register)                                        \
				     : "rZ"(Value));                                          \
	}

#elif defined(__riscv)

/*
 * Registers are input and output, memory is not: each fence names which of them it orders. After a
 * store there is one as well, since a lock's release orders memory only.
 */
#define NETCX_DEFINE_MMIO(suffix, type, bits, x86, arm64, width, riscv)                       \
	NETCX_ALWAYS_INLINE type READ_REGISTER_##suffix(volatile type *Register)              \
	{                                                                                     \
		type value;                                                                   \
                                                                                              \
		__asm__ __volatile__("l" riscv " %0, 0(%1)\n\t"                               \
				     "fence i, iorw"                                          \
				     : "=r"(value)                                            \
				     : "r"(Register)                                          \
				     : "memory");                                             \
		return value;                                                                 \
	}                                                                                     \
                                                                                              \
	NETCX_ALWAYS_INLINE void WRITE_REGISTER_##suffix(volatile type *Register, type Value) \
	{                                                                                     \
		__asm__ __volatile__("fence rw, o\n\t"                                        \
				     "s" riscv " %1, 0(%0)\n\t"                               \
				     "fence o, w"                                             \
				     :                                                        \
				     : "r"(Register), "r"(Value)                              \
				     : "memory");                                             \
	}

#else
#error "no register access for this processor"
#endif

NETCX_DEFINE_MMIO(UCHAR, UCHAR, 8, "b", "b", "w", "b")
NETCX_DEFINE_MMIO(USHORT, USHORT, 16, "w", "h", "w", "h")
NETCX_DEFINE_MMIO(ULONG, ULONG, 32, "l", "", "w", "w")
NETCX_DEFINE_MMIO(ULONG64, ULONG64, 64, "q", "", "x", "d")

#undef NETCX_DEFINE_MMIO

#define NETCX_DEFINE_MMIO_BUFFER(order, suffix, type)                                              \
	NETCX_INLINE void READ_REGISTER_##order##BUFFER_##suffix(volatile type *Register,          \
								 type *Buffer, ULONG Count)        \
	{                                                                                          \
		ULONG i;                                                                           \
                                                                                                   \
		for (i = 0; i < Count; i++)                                                        \
			Buffer[i] = READ_REGISTER_##order##suffix(&Register[i]);                   \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE void WRITE_REGISTER_##order##BUFFER_##suffix(volatile type *Register,         \
								  const type *Buffer, ULONG Count) \
	{                                                                                          \
		ULONG i;                                                                           \
                                                                                                   \
		for (i = 0; i < Count; i++)                                                        \
			WRITE_REGISTER_##order##suffix(&Register[i], Buffer[i]);                   \
	}

NETCX_DEFINE_MMIO_BUFFER(, UCHAR, UCHAR)
NETCX_DEFINE_MMIO_BUFFER(, USHORT, USHORT)
NETCX_DEFINE_MMIO_BUFFER(, ULONG, ULONG)
NETCX_DEFINE_MMIO_BUFFER(, ULONG64, ULONG64)
NETCX_DEFINE_MMIO_BUFFER(NOFENCE_, UCHAR, UCHAR)
NETCX_DEFINE_MMIO_BUFFER(NOFENCE_, USHORT, USHORT)
NETCX_DEFINE_MMIO_BUFFER(NOFENCE_, ULONG, ULONG)
NETCX_DEFINE_MMIO_BUFFER(NOFENCE_, ULONG64, ULONG64)

#undef NETCX_DEFINE_MMIO_BUFFER

#endif /* NETCX_MMIO_H */
