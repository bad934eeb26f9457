/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Arithmetic that reports overflow: STATUS_SUCCESS and the result, or STATUS_INTEGER_OVERFLOW and
 * all ones in its place. Context: any. Page: "RtlULongMult function (ntintsafe.h)" and siblings.
 */
#ifndef NETCX_NTINTSAFE_H
#define NETCX_NTINTSAFE_H

#include "ntstatus.h"

#ifndef USHORT_MAX
#define USHORT_MAX 0xffff
#endif

#define NETCX_DEFINE_SAFE_ARITHMETIC(name, type, operation)                  \
	NETCX_INLINE NTSTATUS name(type Left, type Right, type *Result)      \
	{                                                                    \
		if (__builtin_##operation##_overflow(Left, Right, Result)) { \
			*Result = (type) ~(type)0;                           \
			return STATUS_INTEGER_OVERFLOW;                      \
		}                                                            \
		return STATUS_SUCCESS;                                       \
	}

#define NETCX_DEFINE_SAFE_CONVERSION(name, from, to)         \
	NETCX_INLINE NTSTATUS name(from Operand, to *Result) \
	{                                                    \
		if (Operand > (to) ~(to)0) {                 \
			*Result = (to) ~(to)0;               \
			return STATUS_INTEGER_OVERFLOW;      \
		}                                            \
		*Result = (to)Operand;                       \
		return STATUS_SUCCESS;                       \
	}

NETCX_DEFINE_SAFE_ARITHMETIC(RtlULongAdd, ULONG, add)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlULongSub, ULONG, sub)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlULongMult, ULONG, mul)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlULongLongAdd, ULONGLONG, add)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlULongLongSub, ULONGLONG, sub)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlULongLongMult, ULONGLONG, mul)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlSIZETAdd, SIZE_T, add)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlSIZETSub, SIZE_T, sub)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlSIZETMult, SIZE_T, mul)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlSizeTAdd, SIZE_T, add)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlSizeTSub, SIZE_T, sub)
NETCX_DEFINE_SAFE_ARITHMETIC(RtlSizeTMult, SIZE_T, mul)
NETCX_DEFINE_SAFE_CONVERSION(RtlULongToUShort, ULONG, USHORT)
NETCX_DEFINE_SAFE_CONVERSION(RtlULongToUChar, ULONG, UCHAR)
NETCX_DEFINE_SAFE_CONVERSION(RtlULongLongToULong, ULONGLONG, ULONG)
NETCX_DEFINE_SAFE_CONVERSION(RtlSizeTToULong, SIZE_T, ULONG)
NETCX_DEFINE_SAFE_CONVERSION(RtlSIZETToULong, SIZE_T, ULONG)

#undef NETCX_DEFINE_SAFE_ARITHMETIC
#undef NETCX_DEFINE_SAFE_CONVERSION

#endif /* NETCX_NTINTSAFE_H */
