/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What Microsoft's compiler has by itself and g++ and gcc have otherwise, or not: included before every source
 * of an imported driver. What its headers have is in include/netcx.
 */
#ifndef NETCX_IMPORT_MICROSOFT_COMPILER_H
#define NETCX_IMPORT_MICROSOFT_COMPILER_H

#ifdef __x86_64__
#define _M_X64	 100
#define _M_AMD64 100
#define _AMD64_
#define AMD64
#endif
#ifdef __aarch64__
#define _M_ARM64 1
#define _ARM64_
#define ARM64
#endif
#define _WIN32 1
#define _WIN64 1

/* ---- types ---- */

#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long

/* ---- attributes ---- */

/*
 * One attribute at a time, as drivers write them. What says where something is placed or how it is linked is
 * the linker's and the kernel's affair here.
 */
#define __declspec(attribute) NETCX_DECLSPEC_##attribute
#define NETCX_DECLSPEC_align(bytes) __attribute__((__aligned__(bytes)))
#define NETCX_DECLSPEC_allocate(section)
#define NETCX_DECLSPEC_allocator
#define NETCX_DECLSPEC_code_seg(section)
#define NETCX_DECLSPEC_deprecated __attribute__((__deprecated__))
#define NETCX_DECLSPEC_dllexport
#define NETCX_DECLSPEC_dllimport
#define NETCX_DECLSPEC_empty_bases
#define NETCX_DECLSPEC_guard(what)
#define NETCX_DECLSPEC_noalias
#define NETCX_DECLSPEC_noinline __attribute__((__noinline__))
#define NETCX_DECLSPEC_noreturn __attribute__((__noreturn__))
#define NETCX_DECLSPEC_nothrow	__attribute__((__nothrow__))
#define NETCX_DECLSPEC_novtable
#define NETCX_DECLSPEC_restrict
#define NETCX_DECLSPEC_safebuffers
#define NETCX_DECLSPEC_selectany __attribute__((__weak__))
#define NETCX_DECLSPEC_spectre(what)
#define NETCX_DECLSPEC_uuid(text)

/* Each file that includes such a function has its own copy of it, as with Microsoft's compiler. */
#define __forceinline __inline__ __attribute__((__always_inline__))
#define FORCEINLINE __forceinline

/* Calling conventions: there is one. */
#define __cdecl
#define __stdcall
#define __fastcall
#define __vectorcall
#define __clrcall
#define _cdecl
#define _stdcall

/* How pointers are stored: there is one way. */
#define __ptr32
#define __ptr64
#define __unaligned
#define __w64
#define __sptr
#define __uptr

/* ---- expressions and statements ---- */

#ifdef __cplusplus
#define __nullptr nullptr
#endif

/* Arguments are compiled, not evaluated. Without any it is a name. */
enum { __noop = 0 };
#define __noop(...) ((void)sizeof((0, ##__VA_ARGS__, 0)))

#define __assume(condition) ((condition) ? (void)0 : __builtin_unreachable())
#define __debugbreak()	    __builtin_trap()
#define __pragma(text)	    _Pragma(#text)
#define _alloca(bytes)	    __builtin_alloca(bytes)
#define alloca(bytes)	    __builtin_alloca(bytes)

#define __FUNCSIG__ __PRETTY_FUNCTION__
#define __FUNCDNAME__ __func__
/* The compiler makes no wide string of a function's name. */
#define __FUNCTIONW__ L""
#define __FILEW__     L""

#endif /* NETCX_IMPORT_MICROSOFT_COMPILER_H */
