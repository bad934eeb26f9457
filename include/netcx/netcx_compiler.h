/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The compiler features that the NetAdapterCx headers rely on, for C11, C++17 and C++20.
 * Nothing here needs another header, so that the same text serves kernel C, freestanding C++ and
 * user space.
 */
#ifndef NETCX_COMPILER_H
#define NETCX_COMPILER_H

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "NetAdapterCx structures are defined for little-endian machines only"
#endif

#if !defined(__SIZEOF_POINTER__) || __SIZEOF_POINTER__ != 8
#error "NetAdapterCx structures are laid out here for 64-bit machines only"
#endif

#ifdef __cplusplus
#define EXTERN_C_START		       extern "C" {
#define EXTERN_C_END		       }
#define EXTERN_C		       extern "C"
#define NETCX_STATIC_ASSERT(cond, msg) static_assert(cond, msg)
#else
#define EXTERN_C_START
#define EXTERN_C_END
#define EXTERN_C		       extern
#define NETCX_STATIC_ASSERT(cond, msg) _Static_assert(cond, msg)
#endif

/* For header functions off the data path: initialisers, comparisons. */
#define NETCX_INLINE static inline

/*
 * For header functions on the data path. They return small structs by value, which is free only
 * when they are really inlined, so the compiler is left no choice (not even at -O0 or -Os).
 */
#define NETCX_ALWAYS_INLINE static inline __attribute__((__always_inline__))

#define NETCX_ALIGNED(bytes)	     __attribute__((__aligned__(bytes)))
#define NETCX_PACKED		     __attribute__((__packed__))
#define NETCX_OFFSETOF(type, member) __builtin_offsetof(type, member)

/*
 * Windows' enumerations are ints whatever their enumerators. In C++ that has to be said, or a value
 * outside the enumerators' range (a caller's mistake that is to be found and reported) would be
 * undefined behaviour.
 */
#ifdef __cplusplus
#define NETCX_INT_ENUM : int
#else
#define NETCX_INT_ENUM
#endif

/* Accepts what strict ISO mode warns about: unnamed structs, bit-fields of any integer type. */
#define NETCX_EXTENSION __extension__

/*
 * NETCX_ASSERT(cond) states a rule that a caller must keep. It costs nothing unless NETCX_DEBUG is
 * defined; then a broken rule calls netcx_assert_failed(), which the surrounding program provides.
 * Returning from it is allowed: the code after the assertion does what it does without NETCX_DEBUG.
 */
#ifdef NETCX_DEBUG
EXTERN_C_START
void netcx_assert_failed(const char *condition, const char *file, int line);
EXTERN_C_END
#define NETCX_ASSERT(cond) ((cond) ? (void)0 : netcx_assert_failed(#cond, __FILE__, __LINE__))
#else
#define NETCX_ASSERT(cond) ((void)sizeof(!(cond)))
#endif

#endif /* NETCX_COMPILER_H */
