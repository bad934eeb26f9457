/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Barriers, ordered loads and stores, and atomic read-modify-write, under their Windows names.
 *
 * Rings need none of this: one thread at a time uses a ring. What needs it is memory shared with
 * the device (descriptors) and flags shared with an interrupt callback.
 *
 * Context of all of them: any.
 * Pages: "MemoryBarrier macro", "KeMemoryBarrier function (wdm.h)", "InterlockedExchange function
 * (wdm.h)", "ReadULongAcquire", "WriteULongRelease" and siblings; which forms there are of which width:
 * winnt.h.
 */
#ifndef NETCX_INTERLOCKED_H
#define NETCX_INTERLOCKED_H

#include "ntdef.h"

/* Keeps the compiler from moving memory accesses across; the processor still may. */
#define _ReadWriteBarrier()	      __asm__ __volatile__("" : : : "memory")
#define _ReadBarrier()		      _ReadWriteBarrier()
#define _WriteBarrier()		      _ReadWriteBarrier()
#define KeMemoryBarrierWithoutFence() _ReadWriteBarrier()

/* Orders all loads and stores before it, to memory and to devices, before all after it. */
#if defined(__x86_64__)
#define MemoryBarrier() __asm__ __volatile__("mfence" : : : "memory")
#elif defined(__aarch64__)
#define MemoryBarrier() __asm__ __volatile__("dmb sy" : : : "memory")
#elif defined(__riscv)
#define MemoryBarrier() __asm__ __volatile__("fence iorw, iorw" : : : "memory")
#else
#error "no memory barrier for this processor"
#endif
#define KeMemoryBarrier() MemoryBarrier()

/*
 * The halves of an ordered access. On x86 the processor orders loads with loads and stores with
 * stores; on others the barriers reach as far as a DMA-coherent device.
 */
#if defined(__x86_64__)
#define NETCX_ACQUIRE_FENCE() _ReadWriteBarrier()
#define NETCX_RELEASE_FENCE() _ReadWriteBarrier()
#define NETCX_AFTER_ATOMIC()  ((void)0)
#elif defined(__riscv)
#define NETCX_ACQUIRE_FENCE() __asm__ __volatile__("fence r, rw" : : : "memory")
#define NETCX_RELEASE_FENCE() __asm__ __volatile__("fence rw, w" : : : "memory")
#define NETCX_AFTER_ATOMIC()  __asm__ __volatile__("fence rw, rw" : : : "memory")
#else
#define NETCX_ACQUIRE_FENCE() __asm__ __volatile__("dmb oshld" : : : "memory")
#define NETCX_RELEASE_FENCE() __asm__ __volatile__("dmb osh" : : : "memory")
#define NETCX_AFTER_ATOMIC()  __asm__ __volatile__("dmb ish" : : : "memory")
#endif

/*
 * Read<type>Acquire: nothing that follows is read or written before the load; this is how a
 * descriptor's "done" bit is tested before its other fields are read. Write<type>Release: all that
 * precedes is visible before the store; this is how a descriptor is handed to the device last
 * field first. The NoFence forms are single, untorn accesses without any order. Signed types are named
 * by their width, which comes last: ReadNoFence8().
 */
#define NETCX_DEFINE_ORDERED_ACCESS(name, width, type)                                   \
	NETCX_ALWAYS_INLINE type Read##name##NoFence##width(const volatile type *Source) \
	{                                                                                \
		return *Source;                                                          \
	}                                                                                \
                                                                                         \
	NETCX_ALWAYS_INLINE type Read##name##Acquire##width(const volatile type *Source) \
	{                                                                                \
		type value = *Source;                                                    \
                                                                                         \
		NETCX_ACQUIRE_FENCE();                                                   \
		return value;                                                            \
	}                                                                                \
                                                                                         \
	NETCX_ALWAYS_INLINE void Write##name##NoFence##width(volatile type *Destination, \
							     type Value)                 \
	{                                                                                \
		*Destination = Value;                                                    \
	}                                                                                \
                                                                                         \
	NETCX_ALWAYS_INLINE void Write##name##Release##width(volatile type *Destination, \
							     type Value)                 \
	{                                                                                \
		NETCX_RELEASE_FENCE();                                                   \
		*Destination = Value;                                                    \
	}

NETCX_DEFINE_ORDERED_ACCESS(, 8, CHAR)
NETCX_DEFINE_ORDERED_ACCESS(, 16, SHORT)
NETCX_DEFINE_ORDERED_ACCESS(, , LONG)
NETCX_DEFINE_ORDERED_ACCESS(, 64, LONG64)
NETCX_DEFINE_ORDERED_ACCESS(Boolean, , BOOLEAN)
NETCX_DEFINE_ORDERED_ACCESS(UChar, , UCHAR)
NETCX_DEFINE_ORDERED_ACCESS(UShort, , USHORT)
NETCX_DEFINE_ORDERED_ACCESS(ULong, , ULONG)
NETCX_DEFINE_ORDERED_ACCESS(ULong64, , ULONG64)
NETCX_DEFINE_ORDERED_ACCESS(Pointer, , PVOID)

#undef NETCX_DEFINE_ORDERED_ACCESS

/*
 * Interlocked functions are atomic. Those without an order in their name are full barriers; Acquire:
 * what follows comes after; Release: what precedes comes before; NoFence: nothing is said of other
 * accesses. Increment, Decrement and Add return the new value, all others the one before.
 */
#define NETCX_MODEL_FULL    __ATOMIC_SEQ_CST
#define NETCX_MODEL_ACQUIRE __ATOMIC_ACQUIRE
#define NETCX_MODEL_RELEASE __ATOMIC_RELEASE
#define NETCX_MODEL_NONE    __ATOMIC_RELAXED

/* Of a comparison that fails, which writes nothing: there is nothing it could release. */
#define NETCX_FAILED_FULL    __ATOMIC_SEQ_CST
#define NETCX_FAILED_ACQUIRE __ATOMIC_ACQUIRE
#define NETCX_FAILED_RELEASE __ATOMIC_RELAXED
#define NETCX_FAILED_NONE    __ATOMIC_RELAXED

#define NETCX_FENCE_FULL()    NETCX_AFTER_ATOMIC()
#define NETCX_FENCE_ACQUIRE() ((void)0)
#define NETCX_FENCE_RELEASE() ((void)0)
#define NETCX_FENCE_NONE()    ((void)0)

#define NETCX_DEFINE_BITWISE(order, width, type, kind)                                    \
	NETCX_ALWAYS_INLINE type InterlockedAnd##order##width(type volatile *Destination, \
							      type Value)                 \
	{                                                                                 \
		type before = __atomic_fetch_and(Destination, Value, NETCX_MODEL_##kind); \
                                                                                          \
		NETCX_FENCE_##kind();                                                     \
		return before;                                                            \
	}                                                                                 \
                                                                                          \
	NETCX_ALWAYS_INLINE type InterlockedOr##order##width(type volatile *Destination,  \
							     type Value)                  \
	{                                                                                 \
		type before = __atomic_fetch_or(Destination, Value, NETCX_MODEL_##kind);  \
                                                                                          \
		NETCX_FENCE_##kind();                                                     \
		return before;                                                            \
	}                                                                                 \
                                                                                          \
	NETCX_ALWAYS_INLINE type InterlockedXor##order##width(type volatile *Destination, \
							      type Value)                 \
	{                                                                                 \
		type before = __atomic_fetch_xor(Destination, Value, NETCX_MODEL_##kind); \
                                                                                          \
		NETCX_FENCE_##kind();                                                     \
		return before;                                                            \
	}

#define NETCX_DEFINE_EXCHANGE(order, width, type, kind)                                   \
	NETCX_ALWAYS_INLINE type InterlockedExchange##order##width(type volatile *Target, \
								   type Value)            \
	{                                                                                 \
		type before = __atomic_exchange_n(Target, Value, NETCX_MODEL_##kind);     \
                                                                                          \
		NETCX_FENCE_##kind();                                                     \
		return before;                                                            \
	}

#define NETCX_DEFINE_COMPARE_EXCHANGE(order, width, type, kind)                                    \
	NETCX_ALWAYS_INLINE type InterlockedCompareExchange##order##width(                         \
		type volatile *Destination, type Exchange, type Comparand)                         \
	{                                                                                          \
		type before = Comparand;                                                           \
                                                                                                   \
		__atomic_compare_exchange_n(Destination, &before, Exchange, 0, NETCX_MODEL_##kind, \
					    NETCX_FAILED_##kind);                                  \
		NETCX_FENCE_##kind();                                                              \
		return before;                                                                     \
	}

#define NETCX_DEFINE_EXCHANGE_ADD(order, width, type, kind)                                  \
	NETCX_ALWAYS_INLINE type InterlockedExchangeAdd##order##width(type volatile *Addend, \
								      type Value)            \
	{                                                                                    \
		type before = __atomic_fetch_add(Addend, Value, NETCX_MODEL_##kind);         \
                                                                                             \
		NETCX_FENCE_##kind();                                                        \
		return before;                                                               \
	}

#define NETCX_DEFINE_ADD(order, width, type, kind)                                               \
	NETCX_ALWAYS_INLINE type InterlockedAdd##order##width(type volatile *Addend, type Value) \
	{                                                                                        \
		type after = __atomic_add_fetch(Addend, Value, NETCX_MODEL_##kind);              \
                                                                                                 \
		NETCX_FENCE_##kind();                                                            \
		return after;                                                                    \
	}

#define NETCX_DEFINE_COUNT(order, width, type, kind)                                       \
	NETCX_ALWAYS_INLINE type InterlockedIncrement##order##width(type volatile *Addend) \
	{                                                                                  \
		type after = __atomic_add_fetch(Addend, 1, NETCX_MODEL_##kind);            \
                                                                                           \
		NETCX_FENCE_##kind();                                                      \
		return after;                                                              \
	}                                                                                  \
                                                                                           \
	NETCX_ALWAYS_INLINE type InterlockedDecrement##order##width(type volatile *Addend) \
	{                                                                                  \
		type after = __atomic_sub_fetch(Addend, 1, NETCX_MODEL_##kind);            \
                                                                                           \
		NETCX_FENCE_##kind();                                                      \
		return after;                                                              \
	}

NETCX_DEFINE_BITWISE(, 8, CHAR, FULL)
NETCX_DEFINE_BITWISE(Acquire, 8, CHAR, ACQUIRE)
NETCX_DEFINE_BITWISE(Release, 8, CHAR, RELEASE)
NETCX_DEFINE_BITWISE(NoFence, 8, CHAR, NONE)
NETCX_DEFINE_BITWISE(, 16, SHORT, FULL)
NETCX_DEFINE_BITWISE(Acquire, 16, SHORT, ACQUIRE)
NETCX_DEFINE_BITWISE(Release, 16, SHORT, RELEASE)
NETCX_DEFINE_BITWISE(NoFence, 16, SHORT, NONE)
NETCX_DEFINE_BITWISE(, , LONG, FULL)
NETCX_DEFINE_BITWISE(Acquire, , LONG, ACQUIRE)
NETCX_DEFINE_BITWISE(Release, , LONG, RELEASE)
NETCX_DEFINE_BITWISE(NoFence, , LONG, NONE)
NETCX_DEFINE_BITWISE(, 64, LONG64, FULL)
NETCX_DEFINE_BITWISE(Acquire, 64, LONG64, ACQUIRE)
NETCX_DEFINE_BITWISE(Release, 64, LONG64, RELEASE)
NETCX_DEFINE_BITWISE(NoFence, 64, LONG64, NONE)
/* Of And, Or and Xor of 64 bits there are both spellings. */
NETCX_DEFINE_BITWISE(64, Acquire, LONG64, ACQUIRE)
NETCX_DEFINE_BITWISE(64, Release, LONG64, RELEASE)
NETCX_DEFINE_BITWISE(64, NoFence, LONG64, NONE)
NETCX_DEFINE_EXCHANGE(, 8, CHAR, FULL)
NETCX_DEFINE_EXCHANGE(Acquire, 8, CHAR, ACQUIRE)
NETCX_DEFINE_EXCHANGE(NoFence, 8, CHAR, NONE)
NETCX_DEFINE_EXCHANGE(, 16, SHORT, FULL)
NETCX_DEFINE_EXCHANGE(Acquire, 16, SHORT, ACQUIRE)
NETCX_DEFINE_EXCHANGE(NoFence, 16, SHORT, NONE)
NETCX_DEFINE_EXCHANGE(, , LONG, FULL)
NETCX_DEFINE_EXCHANGE(Acquire, , LONG, ACQUIRE)
NETCX_DEFINE_EXCHANGE(NoFence, , LONG, NONE)
NETCX_DEFINE_EXCHANGE(, 64, LONG64, FULL)
NETCX_DEFINE_EXCHANGE(Acquire, 64, LONG64, ACQUIRE)
NETCX_DEFINE_EXCHANGE(NoFence, 64, LONG64, NONE)
NETCX_DEFINE_COMPARE_EXCHANGE(, 16, SHORT, FULL)
NETCX_DEFINE_COMPARE_EXCHANGE(Acquire, 16, SHORT, ACQUIRE)
NETCX_DEFINE_COMPARE_EXCHANGE(Release, 16, SHORT, RELEASE)
NETCX_DEFINE_COMPARE_EXCHANGE(NoFence, 16, SHORT, NONE)
NETCX_DEFINE_COMPARE_EXCHANGE(, , LONG, FULL)
NETCX_DEFINE_COMPARE_EXCHANGE(Acquire, , LONG, ACQUIRE)
NETCX_DEFINE_COMPARE_EXCHANGE(Release, , LONG, RELEASE)
NETCX_DEFINE_COMPARE_EXCHANGE(NoFence, , LONG, NONE)
NETCX_DEFINE_COMPARE_EXCHANGE(, 64, LONG64, FULL)
NETCX_DEFINE_COMPARE_EXCHANGE(Acquire, 64, LONG64, ACQUIRE)
NETCX_DEFINE_COMPARE_EXCHANGE(Release, 64, LONG64, RELEASE)
NETCX_DEFINE_COMPARE_EXCHANGE(NoFence, 64, LONG64, NONE)
NETCX_DEFINE_EXCHANGE_ADD(, 8, CHAR, FULL)
NETCX_DEFINE_EXCHANGE_ADD(, , LONG, FULL)
NETCX_DEFINE_EXCHANGE_ADD(Acquire, , LONG, ACQUIRE)
NETCX_DEFINE_EXCHANGE_ADD(Release, , LONG, RELEASE)
NETCX_DEFINE_EXCHANGE_ADD(NoFence, , LONG, NONE)
NETCX_DEFINE_EXCHANGE_ADD(, 64, LONG64, FULL)
NETCX_DEFINE_EXCHANGE_ADD(Acquire, 64, LONG64, ACQUIRE)
NETCX_DEFINE_EXCHANGE_ADD(Release, 64, LONG64, RELEASE)
NETCX_DEFINE_EXCHANGE_ADD(NoFence, 64, LONG64, NONE)
NETCX_DEFINE_ADD(, , LONG, FULL)
NETCX_DEFINE_ADD(Acquire, , LONG, ACQUIRE)
NETCX_DEFINE_ADD(Release, , LONG, RELEASE)
NETCX_DEFINE_ADD(NoFence, , LONG, NONE)
NETCX_DEFINE_ADD(, 64, LONG64, FULL)
NETCX_DEFINE_ADD(Acquire, 64, LONG64, ACQUIRE)
NETCX_DEFINE_ADD(Release, 64, LONG64, RELEASE)
NETCX_DEFINE_ADD(NoFence, 64, LONG64, NONE)
NETCX_DEFINE_COUNT(, 16, SHORT, FULL)
NETCX_DEFINE_COUNT(Acquire, 16, SHORT, ACQUIRE)
NETCX_DEFINE_COUNT(Release, 16, SHORT, RELEASE)
NETCX_DEFINE_COUNT(NoFence, 16, SHORT, NONE)
NETCX_DEFINE_COUNT(, , LONG, FULL)
NETCX_DEFINE_COUNT(Acquire, , LONG, ACQUIRE)
NETCX_DEFINE_COUNT(Release, , LONG, RELEASE)
NETCX_DEFINE_COUNT(NoFence, , LONG, NONE)
NETCX_DEFINE_COUNT(, 64, LONG64, FULL)
NETCX_DEFINE_COUNT(Acquire, 64, LONG64, ACQUIRE)
NETCX_DEFINE_COUNT(Release, 64, LONG64, RELEASE)
NETCX_DEFINE_COUNT(NoFence, 64, LONG64, NONE)
NETCX_DEFINE_EXCHANGE(Pointer, , PVOID, FULL)
NETCX_DEFINE_EXCHANGE(Pointer, Acquire, PVOID, ACQUIRE)
NETCX_DEFINE_EXCHANGE(Pointer, NoFence, PVOID, NONE)
NETCX_DEFINE_COMPARE_EXCHANGE(Pointer, , PVOID, FULL)
NETCX_DEFINE_COMPARE_EXCHANGE(Pointer, Acquire, PVOID, ACQUIRE)
NETCX_DEFINE_COMPARE_EXCHANGE(Pointer, Release, PVOID, RELEASE)
NETCX_DEFINE_COMPARE_EXCHANGE(Pointer, NoFence, PVOID, NONE)

#undef NETCX_DEFINE_BITWISE
#undef NETCX_DEFINE_EXCHANGE
#undef NETCX_DEFINE_COMPARE_EXCHANGE
#undef NETCX_DEFINE_EXCHANGE_ADD
#undef NETCX_DEFINE_ADD
#undef NETCX_DEFINE_COUNT

#endif /* NETCX_INTERLOCKED_H */
