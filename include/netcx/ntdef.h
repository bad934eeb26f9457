/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The basic NT types (Windows data model: 32-bit long, 64-bit pointers, 16-bit wide characters).
 *
 * No include: kernel C brings the Linux headers itself, C++ and user space bring none. Where Linux
 * has a typedef of the same name (ACPICA: UINT8, UINT16, UINT64, INT16, INT64, BOOLEAN) the types
 * are the same, which C11 and C++ allow to be repeated.
 *
 * Names and widths: Windows Data Types, and the reference page of each struct.
 */
#ifndef NETCX_NTDEF_H
#define NETCX_NTDEF_H

#include "netcx_compiler.h"
#include "sal.h"

#ifndef NULL
#ifdef __cplusplus
#define NULL __null
#else
#define NULL ((void *)0)
#endif
#endif

#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif

#ifndef VOID
#define VOID void
#endif
#ifndef CONST
#define CONST const
#endif
#ifndef FORCEINLINE
#define FORCEINLINE NETCX_ALWAYS_INLINE
#endif
#ifndef DECLSPEC_ALIGN
#define DECLSPEC_ALIGN(bytes) NETCX_ALIGNED(bytes)
#endif
#ifndef DECLSPEC_NOINLINE
#define DECLSPEC_NOINLINE __attribute__((__noinline__))
#endif
#ifndef DECLSPEC_NORETURN
#define DECLSPEC_NORETURN __attribute__((__noreturn__))
#endif
#ifndef DECLSPEC_DEPRECATED
#define DECLSPEC_DEPRECATED __attribute__((__deprecated__))
#endif
/* Of a variable that more than one file defines, the linker takes one. */
#ifndef DECLSPEC_SELECTANY
#define DECLSPEC_SELECTANY __attribute__((__weak__))
#endif
/* A statement that does nothing. */
#ifndef NOTHING
#define NOTHING
#endif

/* What Microsoft's compiler may be told, sections of code mostly: the linker decides here. */
#ifndef __declspec
#define __declspec(attribute)
#endif

/* Calling conventions: there is one. */
#ifndef NTAPI
#define NTAPI
#endif
#ifndef NTSYSAPI
#define NTSYSAPI
#endif
#ifndef NTKERNELAPI
#define NTKERNELAPI
#endif
#ifndef CALLBACK
#define CALLBACK
#endif
#ifndef __cdecl
#define __cdecl
#endif

/* What is not where its type's alignment puts it; the machines here read it anywhere. */
#ifndef UNALIGNED
#define UNALIGNED
#endif

#ifndef ANYSIZE_ARRAY
#define ANYSIZE_ARRAY 1
#endif

typedef char CHAR, *PCHAR;
typedef signed char SCHAR, *PSCHAR, CCHAR, *PCCHAR;
typedef unsigned char UCHAR, *PUCHAR, BYTE, *PBYTE;
typedef short SHORT, *PSHORT, CSHORT;
typedef unsigned short USHORT, *PUSHORT, WORD, *PWORD;
typedef int INT, *PINT, BOOL, *PBOOL;
typedef unsigned int UINT, *PUINT;
typedef int LONG, *PLONG;
typedef unsigned int ULONG, *PULONG, DWORD, *PDWORD;
typedef long long LONGLONG, *PLONGLONG;
typedef unsigned long long ULONGLONG, *PULONGLONG;

typedef signed char INT8, *PINT8;
typedef short INT16, *PINT16;
typedef int INT32, *PINT32, LONG32, *PLONG32;
typedef long long INT64, *PINT64, LONG64, *PLONG64;
typedef unsigned char UINT8, *PUINT8;
typedef unsigned short UINT16, *PUINT16;
typedef unsigned int UINT32, *PUINT32, ULONG32, *PULONG32, DWORD32;
typedef unsigned long long UINT64, *PUINT64, ULONG64, *PULONG64, DWORD64;

typedef unsigned char BOOLEAN, *PBOOLEAN;

/* Pointer-sized integers. On Windows these are 64-bit long long; here they match size_t. */
typedef __SIZE_TYPE__ SIZE_T, *PSIZE_T, ULONG_PTR, *PULONG_PTR, UINT_PTR, DWORD_PTR;
typedef __PTRDIFF_TYPE__ SSIZE_T, *PSSIZE_T, LONG_PTR, *PLONG_PTR, INT_PTR;

typedef void *PVOID, *HANDLE, **PHANDLE;
typedef const void *PCVOID;

#ifdef __cplusplus
typedef wchar_t WCHAR;
#else
typedef __WCHAR_TYPE__ WCHAR;
#endif
typedef WCHAR *PWCHAR, *PWSTR, *PWCH;
typedef const WCHAR *PCWSTR, *PCWCH;
typedef CHAR *PSTR;
typedef const CHAR *PCSTR;

/* Result of a call: zero or positive for success, negative for failure. Values: ntstatus.h. */
typedef LONG NTSTATUS, *PNTSTATUS;

#ifndef NT_SUCCESS
#define NT_SUCCESS(status) (((NTSTATUS)(status)) >= 0)
#endif

/* Interrupt request level, as stored by spin lock functions. */
typedef UCHAR KIRQL, *PKIRQL;
typedef ULONG_PTR KAFFINITY;
typedef CCHAR KPROCESSOR_MODE;

/* A 64-bit integer that can be taken apart. QuadPart is signed. */
NETCX_EXTENSION typedef union _LARGE_INTEGER {
	struct {
		ULONG LowPart;
		LONG HighPart;
	};
	struct {
		ULONG LowPart;
		LONG HighPart;
	} u;
	LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

NETCX_EXTENSION typedef union _ULARGE_INTEGER {
	struct {
		ULONG LowPart;
		ULONG HighPart;
	};
	struct {
		ULONG LowPart;
		ULONG HighPart;
	} u;
	ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

/* A physical or device-visible (DMA) address. */
typedef LARGE_INTEGER PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;

/* A counted wide string. Both lengths are bytes; Buffer need not end in a null character. */
typedef struct _UNICODE_STRING {
	USHORT Length;
	USHORT MaximumLength;
	PWCH Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;

/* The same of bytes. */
typedef struct _STRING {
	USHORT Length;
	USHORT MaximumLength;
	PCHAR Buffer;
} STRING, *PSTRING, ANSI_STRING, *PANSI_STRING;

/* Initialises a UNICODE_STRING from a wide literal; the null character is not part of Length. */
#define RTL_CONSTANT_STRING(literal)                                                \
	{                                                                           \
		(USHORT)(sizeof(literal) - sizeof(WCHAR)), (USHORT)sizeof(literal), \
			(PWCH)(literal)                                             \
	}
#define DECLARE_CONST_UNICODE_STRING(variable, literal) \
	const UNICODE_STRING variable = RTL_CONSTANT_STRING(literal)

typedef struct _GUID {
	ULONG Data1;
	USHORT Data2;
	USHORT Data3;
	UCHAR Data4[8];
} GUID, *LPGUID;
typedef const GUID *LPCGUID;

/* An opaque handle type of its own: a pointer to a struct that is never completed. */
#ifndef DECLARE_HANDLE
#define DECLARE_HANDLE(name) typedef struct name##__ *name
#endif

#ifndef ARRAYSIZE
#define ARRAYSIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif
#ifndef _countof
#define _countof(array) ARRAYSIZE(array)
#endif
#ifndef RTL_NUMBER_OF
#define RTL_NUMBER_OF(array) ARRAYSIZE(array)
#endif
#ifndef FIELD_OFFSET
#define FIELD_OFFSET(type, field) ((LONG)NETCX_OFFSETOF(type, field))
#endif
#ifndef RTL_FIELD_SIZE
#define RTL_FIELD_SIZE(type, field) (sizeof(((type *)0)->field))
#endif
#ifndef RTL_SIZEOF_THROUGH_FIELD
#define RTL_SIZEOF_THROUGH_FIELD(type, field) \
	(NETCX_OFFSETOF(type, field) + RTL_FIELD_SIZE(type, field))
#endif
#ifndef CONTAINING_RECORD
#define CONTAINING_RECORD(address, type, field) \
	((type *)((char *)(address)-NETCX_OFFSETOF(type, field)))
#endif
#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#endif
#ifndef C_ASSERT
#define C_ASSERT(cond) NETCX_STATIC_ASSERT(cond, #cond)
#endif

/* Either argument may be evaluated twice. C that includes Linux' headers has theirs. */
#if !defined(NOMINMAX) && !defined(__KERNEL__)
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#endif

#ifndef MAXUCHAR
#define MAXUCHAR 0xff
#endif
#ifndef MAXUSHORT
#define MAXUSHORT 0xffff
#endif
#ifndef MAXLONG
#define MAXLONG 0x7fffffff
#endif
#ifndef MAXULONG
#define MAXULONG 0xffffffffU
#endif
#ifndef MAXUINT16
#define MAXUINT16 ((UINT16)0xffff)
#endif
#ifndef MAXUINT32
#define MAXUINT32 0xffffffffU
#endif
#ifndef MAXUINT64
#define MAXUINT64 0xffffffffffffffffULL
#endif
#ifndef MAXULONG64
#define MAXULONG64 MAXUINT64
#endif

NETCX_STATIC_ASSERT(sizeof(LONG) == 4 && sizeof(ULONG) == 4, "LONG and ULONG are 32 bits wide");
NETCX_STATIC_ASSERT(sizeof(INT64) == 8 && sizeof(UINT64) == 8, "INT64 and UINT64 are 64 bits wide");
NETCX_STATIC_ASSERT(sizeof(BOOLEAN) == 1, "BOOLEAN is one byte");
NETCX_STATIC_ASSERT(sizeof(SIZE_T) == sizeof(void *), "SIZE_T is as wide as a pointer");
NETCX_STATIC_ASSERT(sizeof(WCHAR) == 2, "wide characters are 16 bits: build with -fshort-wchar");
NETCX_STATIC_ASSERT(sizeof(LARGE_INTEGER) == 8, "LARGE_INTEGER is 64 bits wide");
NETCX_STATIC_ASSERT(sizeof(UNICODE_STRING) == 16, "UNICODE_STRING is two lengths and a pointer");
NETCX_STATIC_ASSERT(sizeof(GUID) == 16, "GUID is 128 bits wide");

#endif /* NETCX_NTDEF_H */
