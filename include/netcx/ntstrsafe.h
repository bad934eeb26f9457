/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Strings that are copied, appended, measured and formatted within their room. Context of all of them: any.
 *
 * Names: RtlString, then the unit of sizes: Cb for bytes, Cch for characters; A for strings of bytes, W for wide
 * ones. N: at most so many of the source. Ex: tells where the string ends and how much room is left, and
 * takes flags. RtlUnicodeString...: the destination is a UNICODE_STRING, to which no null character is
 * appended.
 *
 * Return: STATUS_SUCCESS; STATUS_BUFFER_OVERFLOW: there is not enough room, and as much as fits is there,
 * with a null character; STATUS_INVALID_PARAMETER: no room at all, more of it than NTSTRSAFE_MAX_CCH
 * characters, a NULL, a destination that does not end within its room, flags that do not exist.
 *
 * Formats are those of Windows: %ld has 32 bits and %lld 64, as %I64d; %s of a W function is a wide string, and %S
 * one of bytes; %hs and %ws say it; %Z is a STRING, %wZ a UNICODE_STRING. Floating point is not known. %p shows
 * what Linux shows of an address.
 *
 * Pages: "Using Safe String Functions", "RtlStringCbCopyW function (ntstrsafe.h)" and siblings.
 */
#ifndef NETCX_NTSTRSAFE_H
#define NETCX_NTSTRSAFE_H

#include "ntstatus.h"

#define NTSTRSAFE_MAX_CCH		 2147483647
#define NTSTRSAFE_MAX_LENGTH		 (NTSTRSAFE_MAX_CCH - 1)
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(WCHAR))

typedef char *NTSTRSAFE_PSTR;
typedef const char *NTSTRSAFE_PCSTR;
typedef WCHAR *NTSTRSAFE_PWSTR;
typedef const WCHAR *NTSTRSAFE_PCWSTR;

/*
 * Flags. IGNORE_NULLS: NULL is an empty string, or no room. FILL_BEHIND_NULL: the room behind the string is
 * filled with the flags' lowest byte. FILL_ON_FAILURE, NULL_ON_FAILURE: on failure all of the room is
 * filled with it, or the string is empty. NO_TRUNCATION: what does not fit is not there at all: the string is
 * empty, or as it was before something was to be appended.
 */
#define STRSAFE_IGNORE_NULLS	       0x00000100
#define STRSAFE_FILL_BEHIND_NULL       0x00000200
#define STRSAFE_FILL_ON_FAILURE	       0x00000400
#define STRSAFE_NULL_ON_FAILURE	       0x00000800
#define STRSAFE_NO_TRUNCATION	       0x00001000
#define STRSAFE_FILL_BEHIND	       STRSAFE_FILL_BEHIND_NULL
#define STRSAFE_ZERO_LENGTH_ON_FAILURE STRSAFE_NULL_ON_FAILURE
#define STRSAFE_VALID_FLAGS	       0x00001fff

#define STRSAFE_FILL_BYTE(byte)	   ((ULONG)(((byte)&0xff) | STRSAFE_FILL_BEHIND_NULL))
#define STRSAFE_FAILURE_BYTE(byte) ((ULONG)(((byte)&0xff) | STRSAFE_FILL_ON_FAILURE))

/**
 * struct netcx_string_place - where a string goes; for the functions of this header
 * @Text: its memory
 * @Room: in characters
 * @Width: of a character in bytes, 1 or 2
 * @Append: TRUE: behind the string that is there
 * @Flags: STRSAFE_...
 * @End: receives the address of the null character
 * @Left: receives how many characters there is room for, the null character included
 */
struct netcx_string_place {
	PVOID Text;
	SIZE_T Room;
	ULONG Width;
	BOOLEAN Append;
	ULONG Flags;
	PVOID End;
	SIZE_T Left;
};

EXTERN_C_START

/**
 * netcx_string_copy() - behind RtlStringCbCopyA() and its siblings
 * @Place: where
 * @Source: ends in a null character
 * @Longest: so many characters of it at most
 *
 * Context: any.
 * Return: see above.
 */
NTSTATUS netcx_string_copy(struct netcx_string_place *Place, PCVOID Source, SIZE_T Longest);

/**
 * netcx_string_format() - behind RtlStringCbPrintfA() and its siblings
 * @Place: where
 * @Format: of characters of the place's width
 * @Arguments: for it
 *
 * Context: any.
 * Return: see above.
 */
NTSTATUS netcx_string_format(struct netcx_string_place *Place, PCVOID Format,
			     __builtin_va_list Arguments);

/**
 * netcx_string_length() - behind RtlStringCbLengthA() and its siblings
 * @Text: may be at any address
 * @Width: of a character in bytes
 * @Most: it ends within so many characters, the null character included
 * @Length: receives its length in characters; may be NULL
 *
 * Context: any.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER.
 */
NTSTATUS netcx_string_length(PCVOID Text, ULONG Width, SIZE_T Most, SIZE_T *Length);

/**
 * netcx_unicode_string_copy() - behind RtlUnicodeStringCopy() and its siblings
 * @Destination: where
 * @Append: TRUE: behind what is there
 * @Source: of any width; NULL is an empty string with STRSAFE_IGNORE_NULLS
 * @Length: of it, in characters
 * @Remaining: receives the room that is left, as an empty string; may be NULL
 * @Flags: STRSAFE_...
 *
 * Context: any.
 * Return: see above.
 */
NTSTATUS netcx_unicode_string_copy(PUNICODE_STRING Destination, BOOLEAN Append, PCWSTR Source,
				   SIZE_T Length, PUNICODE_STRING Remaining, ULONG Flags);

/**
 * netcx_unicode_string_format() - behind RtlUnicodeStringPrintf() and its siblings
 * @Destination: where
 * @Remaining: as above
 * @Flags: STRSAFE_...
 * @Format: a wide one
 * @Arguments: for it
 *
 * Context: any.
 * Return: see above.
 */
NTSTATUS netcx_unicode_string_format(PUNICODE_STRING Destination, PUNICODE_STRING Remaining,
				     ULONG Flags, PCWSTR Format, __builtin_va_list Arguments);

/**
 * netcx_unicode_string_check() - behind RtlUnicodeStringValidate() and its siblings
 * @String: its lengths are even, Length is not beyond MaximumLength, and there is a Buffer if there is a
 *	MaximumLength. NULL is one with STRSAFE_IGNORE_NULLS.
 * @Flags: STRSAFE_IGNORE_NULLS or 0
 *
 * Context: any.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER.
 */
NTSTATUS netcx_unicode_string_check(PCUNICODE_STRING String, ULONG Flags);

EXTERN_C_END

/* Sizes of the A functions, and of the W functions, in characters. */
#define NETCX_CCH(size, type) (size)
#define NETCX_CB(size, type)  ((size) / sizeof(type))

/* What an Ex function tells, in its unit; what is left of an odd number of bytes is left. */
NETCX_INLINE NTSTATUS netcx_string_done(NTSTATUS Status, const struct netcx_string_place *Place,
					SIZE_T Size, SIZE_T Unit, PVOID *End, SIZE_T *Left)
{
	if (Status != STATUS_SUCCESS && Status != STATUS_BUFFER_OVERFLOW)
		return Status;
	if (End)
		*End = Place->End;
	if (Left)
		*Left = Place->Left * Unit + (Unit > 1 ? Size % Unit : 0);
	return Status;
}

/* @unit: of sizes; @bytes: of such a unit per character. */
#define NETCX_DEFINE_STRING(unit, letter, type, chars, bytes)                                      \
	NETCX_INLINE NTSTATUS RtlString##unit##Copy##letter(type *pszDest, SIZE_T Dest,            \
							    const type *pszSrc)                    \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), FALSE, 0, NULL, 0};              \
                                                                                                   \
		return netcx_string_copy(&place, pszSrc, NTSTRSAFE_MAX_LENGTH);                    \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##CopyN##letter(type *pszDest, SIZE_T Dest,           \
							     const type *pszSrc, SIZE_T ToCopy)    \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), FALSE, 0, NULL, 0};              \
                                                                                                   \
		return netcx_string_copy(&place, pszSrc, chars(ToCopy, type));                     \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##Cat##letter(type *pszDest, SIZE_T Dest,             \
							   const type *pszSrc)                     \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), TRUE, 0, NULL, 0};               \
                                                                                                   \
		return netcx_string_copy(&place, pszSrc, NTSTRSAFE_MAX_LENGTH);                    \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##CatN##letter(type *pszDest, SIZE_T Dest,            \
							    const type *pszSrc, SIZE_T ToAppend)   \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), TRUE, 0, NULL, 0};               \
                                                                                                   \
		return netcx_string_copy(&place, pszSrc, chars(ToAppend, type));                   \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##CopyEx##letter(                                     \
		type *pszDest, SIZE_T Dest, const type *pszSrc, type **ppszDestEnd,                \
		SIZE_T *Remaining, ULONG dwFlags)                                                  \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), FALSE, dwFlags, NULL, 0};        \
                                                                                                   \
		return netcx_string_done(netcx_string_copy(&place, pszSrc, NTSTRSAFE_MAX_LENGTH),  \
					 &place, Dest, bytes, (PVOID *)ppszDestEnd, Remaining);    \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##CopyNEx##letter(                                    \
		type *pszDest, SIZE_T Dest, const type *pszSrc, SIZE_T ToCopy, type **ppszDestEnd, \
		SIZE_T *Remaining, ULONG dwFlags)                                                  \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), FALSE, dwFlags, NULL, 0};        \
                                                                                                   \
		return netcx_string_done(netcx_string_copy(&place, pszSrc, chars(ToCopy, type)),   \
					 &place, Dest, bytes, (PVOID *)ppszDestEnd, Remaining);    \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##CatEx##letter(                                      \
		type *pszDest, SIZE_T Dest, const type *pszSrc, type **ppszDestEnd,                \
		SIZE_T *Remaining, ULONG dwFlags)                                                  \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), TRUE, dwFlags, NULL, 0};         \
                                                                                                   \
		return netcx_string_done(netcx_string_copy(&place, pszSrc, NTSTRSAFE_MAX_LENGTH),  \
					 &place, Dest, bytes, (PVOID *)ppszDestEnd, Remaining);    \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##CatNEx##letter(                                     \
		type *pszDest, SIZE_T Dest, const type *pszSrc, SIZE_T ToAppend,                   \
		type **ppszDestEnd, SIZE_T *Remaining, ULONG dwFlags)                              \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), TRUE, dwFlags, NULL, 0};         \
                                                                                                   \
		return netcx_string_done(netcx_string_copy(&place, pszSrc, chars(ToAppend, type)), \
					 &place, Dest, bytes, (PVOID *)ppszDestEnd, Remaining);    \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##VPrintf##letter(                                    \
		type *pszDest, SIZE_T Dest, const type *pszFormat, __builtin_va_list argList)      \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), FALSE, 0, NULL, 0};              \
                                                                                                   \
		return netcx_string_format(&place, pszFormat, argList);                            \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##VPrintfEx##letter(                                  \
		type *pszDest, SIZE_T Dest, type **ppszDestEnd, SIZE_T *Remaining, ULONG dwFlags,  \
		const type *pszFormat, __builtin_va_list argList)                                  \
	{                                                                                          \
		struct netcx_string_place place = {                                                \
			pszDest, chars(Dest, type), sizeof(type), FALSE, dwFlags, NULL, 0};        \
                                                                                                   \
		return netcx_string_done(netcx_string_format(&place, pszFormat, argList), &place,  \
					 Dest, bytes, (PVOID *)ppszDestEnd, Remaining);            \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##Printf##letter(type *pszDest, SIZE_T Dest,          \
							      const type *pszFormat, ...)          \
	{                                                                                          \
		__builtin_va_list list;                                                            \
		NTSTATUS status;                                                                   \
                                                                                                   \
		__builtin_va_start(list, pszFormat);                                               \
		status = RtlString##unit##VPrintf##letter(pszDest, Dest, pszFormat, list);         \
		__builtin_va_end(list);                                                            \
		return status;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##PrintfEx##letter(                                   \
		type *pszDest, SIZE_T Dest, type **ppszDestEnd, SIZE_T *Remaining, ULONG dwFlags,  \
		const type *pszFormat, ...)                                                        \
	{                                                                                          \
		__builtin_va_list list;                                                            \
		NTSTATUS status;                                                                   \
                                                                                                   \
		__builtin_va_start(list, pszFormat);                                               \
		status = RtlString##unit##VPrintfEx##letter(pszDest, Dest, ppszDestEnd, Remaining, \
							    dwFlags, pszFormat, list);             \
		__builtin_va_end(list);                                                            \
		return status;                                                                     \
	}                                                                                          \
                                                                                                   \
	NETCX_INLINE NTSTATUS RtlString##unit##Length##letter(const type *psz, SIZE_T Max,         \
							      SIZE_T *Length)                      \
	{                                                                                          \
		NTSTATUS status =                                                                  \
			netcx_string_length(psz, sizeof(type), chars(Max, type), Length);          \
                                                                                                   \
		if (Length)                                                                        \
			*Length *= bytes;                                                          \
		return status;                                                                     \
	}

NETCX_DEFINE_STRING(Cch, A, char, NETCX_CCH, 1)
NETCX_DEFINE_STRING(Cch, W, WCHAR, NETCX_CCH, 1)
NETCX_DEFINE_STRING(Cb, A, char, NETCX_CB, 1)
NETCX_DEFINE_STRING(Cb, W, WCHAR, NETCX_CB, 2)

#undef NETCX_DEFINE_STRING

/* From a UNICODE_STRING; and the length of a wide string at any address. */
#define NETCX_DEFINE_STRING_OF_UNICODE(unit, chars, bytes)                                       \
	NETCX_INLINE NTSTATUS RtlString##unit##CopyUnicodeStringEx(                              \
		WCHAR *pszDest, SIZE_T Dest, PCUNICODE_STRING SourceString, WCHAR **ppszDestEnd, \
		SIZE_T *Remaining, ULONG dwFlags)                                                \
	{                                                                                        \
		struct netcx_string_place place = {                                              \
			pszDest, chars(Dest, WCHAR), sizeof(WCHAR), FALSE, dwFlags, NULL, 0};    \
		NTSTATUS status = netcx_unicode_string_check(SourceString, dwFlags);             \
		const BOOLEAN empty = !SourceString || !SourceString->Length;                    \
                                                                                                 \
		if (!NT_SUCCESS(status))                                                         \
			return status;                                                           \
		status = netcx_string_copy(&place, empty ? L"" : SourceString->Buffer,           \
					   empty ? 0 : SourceString->Length / sizeof(WCHAR));    \
		return netcx_string_done(status, &place, Dest, bytes, (PVOID *)ppszDestEnd,      \
					 Remaining);                                             \
	}                                                                                        \
                                                                                                 \
	NETCX_INLINE NTSTATUS RtlString##unit##CopyUnicodeString(WCHAR *pszDest, SIZE_T Dest,    \
								 PCUNICODE_STRING SourceString)  \
	{                                                                                        \
		return RtlString##unit##CopyUnicodeStringEx(pszDest, Dest, SourceString, NULL,   \
							    NULL, 0);                            \
	}                                                                                        \
                                                                                                 \
	NETCX_INLINE NTSTATUS RtlUnalignedString##unit##LengthW(const WCHAR UNALIGNED *psz,      \
								SIZE_T Max, SIZE_T *Length)      \
	{                                                                                        \
		return RtlString##unit##LengthW((const WCHAR *)psz, Max, Length);                \
	}

NETCX_DEFINE_STRING_OF_UNICODE(Cch, NETCX_CCH, 1)
NETCX_DEFINE_STRING_OF_UNICODE(Cb, NETCX_CB, 2)

#undef NETCX_DEFINE_STRING_OF_UNICODE

/* ---- UNICODE_STRING ---- */

NETCX_INLINE NTSTATUS RtlUnicodeStringValidate(PCUNICODE_STRING SourceString)
{
	return netcx_unicode_string_check(SourceString, 0);
}

NETCX_INLINE NTSTATUS RtlUnicodeStringValidateEx(PCUNICODE_STRING SourceString, ULONG dwFlags)
{
	return netcx_unicode_string_check(SourceString, dwFlags);
}

/* As RtlInitUnicodeString(), but a string that is too long is refused. */
NETCX_INLINE NTSTATUS RtlUnicodeStringInitEx(PUNICODE_STRING DestinationString,
					     NTSTRSAFE_PCWSTR pszSrc, ULONG dwFlags)
{
	NTSTATUS status = STATUS_SUCCESS;
	SIZE_T length = 0;

	if (dwFlags & ~(ULONG)STRSAFE_IGNORE_NULLS)
		return STATUS_INVALID_PARAMETER;
	if (pszSrc)
		status = netcx_string_length(pszSrc, sizeof(WCHAR),
					     NTSTRSAFE_UNICODE_STRING_MAX_CCH, &length);
	if (!NT_SUCCESS(status))
		return status;
	DestinationString->Length = (USHORT)(length * sizeof(WCHAR));
	DestinationString->MaximumLength =
		(USHORT)(pszSrc ? DestinationString->Length + sizeof(WCHAR) : 0);
	DestinationString->Buffer = (PWCH)pszSrc;
	return STATUS_SUCCESS;
}

NETCX_INLINE NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING DestinationString,
					   NTSTRSAFE_PCWSTR pszSrc)
{
	return RtlUnicodeStringInitEx(DestinationString, pszSrc, 0);
}

NETCX_INLINE SIZE_T netcx_shorter(SIZE_T a, SIZE_T b)
{
	return a < b ? a : b;
}

/* The source is a UNICODE_STRING, @most characters of it at most. */
NETCX_INLINE NTSTATUS netcx_unicode_string_from(PUNICODE_STRING DestinationString, BOOLEAN Append,
						PCUNICODE_STRING SourceString, SIZE_T most,
						PUNICODE_STRING RemainingString, ULONG dwFlags)
{
	NTSTATUS status = netcx_unicode_string_check(SourceString, dwFlags & STRSAFE_IGNORE_NULLS);
	const BOOLEAN empty = !SourceString || !SourceString->Length;

	if (!NT_SUCCESS(status))
		return status;
	return netcx_unicode_string_copy(
		DestinationString, Append, empty ? L"" : SourceString->Buffer,
		empty ? 0 : netcx_shorter(SourceString->Length / sizeof(WCHAR), most),
		RemainingString, dwFlags);
}

/* The source ends in a null character, and so many characters of it at most. */
NETCX_INLINE NTSTATUS netcx_unicode_string_from_text(PUNICODE_STRING DestinationString,
						     BOOLEAN Append, NTSTRSAFE_PCWSTR pszSrc,
						     SIZE_T most, PUNICODE_STRING RemainingString,
						     ULONG dwFlags)
{
	SIZE_T length = 0;

	if (!pszSrc && !(dwFlags & STRSAFE_IGNORE_NULLS))
		return STATUS_INVALID_PARAMETER;
	while (pszSrc && length < most && pszSrc[length])
		length++;
	return netcx_unicode_string_copy(DestinationString, Append, pszSrc ? pszSrc : L"", length,
					 RemainingString, dwFlags);
}

#define NETCX_DEFINE_UNICODE_STRING(verb, append)                                                 \
	NETCX_INLINE NTSTATUS RtlUnicodeString##verb##Ex(                                         \
		PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,                 \
		PUNICODE_STRING RemainingString, ULONG dwFlags)                                   \
	{                                                                                         \
		return netcx_unicode_string_from(DestinationString, append, SourceString,         \
						 NTSTRSAFE_MAX_LENGTH, RemainingString, dwFlags); \
	}                                                                                         \
                                                                                                  \
	NETCX_INLINE NTSTATUS RtlUnicodeString##verb(PUNICODE_STRING DestinationString,           \
						     PCUNICODE_STRING SourceString)               \
	{                                                                                         \
		return RtlUnicodeString##verb##Ex(DestinationString, SourceString, NULL, 0);      \
	}                                                                                         \
                                                                                                  \
	NETCX_INLINE NTSTATUS RtlUnicodeString##verb##StringEx(                                   \
		PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc,                       \
		PUNICODE_STRING RemainingString, ULONG dwFlags)                                   \
	{                                                                                         \
		return netcx_unicode_string_from_text(DestinationString, append, pszSrc,          \
						      NTSTRSAFE_MAX_LENGTH, RemainingString,      \
						      dwFlags);                                   \
	}                                                                                         \
                                                                                                  \
	NETCX_INLINE NTSTATUS RtlUnicodeString##verb##String(PUNICODE_STRING DestinationString,   \
							     NTSTRSAFE_PCWSTR pszSrc)             \
	{                                                                                         \
		return RtlUnicodeString##verb##StringEx(DestinationString, pszSrc, NULL, 0);      \
	}

NETCX_DEFINE_UNICODE_STRING(Copy, FALSE)
NETCX_DEFINE_UNICODE_STRING(Cat, TRUE)

#undef NETCX_DEFINE_UNICODE_STRING

#define NETCX_DEFINE_UNICODE_STRING_N(unit, verb, append, chars)                                \
	NETCX_INLINE NTSTATUS RtlUnicodeString##unit##verb##NEx(                                \
		PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString, SIZE_T Most,  \
		PUNICODE_STRING RemainingString, ULONG dwFlags)                                 \
	{                                                                                       \
		return netcx_unicode_string_from(DestinationString, append, SourceString,       \
						 chars(Most, WCHAR), RemainingString, dwFlags); \
	}                                                                                       \
                                                                                                \
	NETCX_INLINE NTSTATUS RtlUnicodeString##unit##verb##N(                                  \
		PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString, SIZE_T Most)  \
	{                                                                                       \
		return RtlUnicodeString##unit##verb##NEx(DestinationString, SourceString, Most, \
							 NULL, 0);                              \
	}                                                                                       \
                                                                                                \
	NETCX_INLINE NTSTATUS RtlUnicodeString##unit##verb##StringNEx(                          \
		PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc, SIZE_T Most,        \
		PUNICODE_STRING RemainingString, ULONG dwFlags)                                 \
	{                                                                                       \
		return netcx_unicode_string_from_text(DestinationString, append, pszSrc,        \
						      chars(Most, WCHAR), RemainingString,      \
						      dwFlags);                                 \
	}                                                                                       \
                                                                                                \
	NETCX_INLINE NTSTATUS RtlUnicodeString##unit##verb##StringN(                            \
		PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszSrc, SIZE_T Most)        \
	{                                                                                       \
		return RtlUnicodeString##unit##verb##StringNEx(DestinationString, pszSrc, Most, \
							       NULL, 0);                        \
	}

NETCX_DEFINE_UNICODE_STRING_N(Cch, Copy, FALSE, NETCX_CCH)
NETCX_DEFINE_UNICODE_STRING_N(Cb, Copy, FALSE, NETCX_CB)
NETCX_DEFINE_UNICODE_STRING_N(Cch, Cat, TRUE, NETCX_CCH)
NETCX_DEFINE_UNICODE_STRING_N(Cb, Cat, TRUE, NETCX_CB)

#undef NETCX_DEFINE_UNICODE_STRING_N

NETCX_INLINE NTSTATUS RtlUnicodeStringVPrintfEx(PUNICODE_STRING DestinationString,
						PUNICODE_STRING RemainingString, ULONG dwFlags,
						NTSTRSAFE_PCWSTR pszFormat,
						__builtin_va_list argList)
{
	return netcx_unicode_string_format(DestinationString, RemainingString, dwFlags, pszFormat,
					   argList);
}

NETCX_INLINE NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING DestinationString,
					      NTSTRSAFE_PCWSTR pszFormat, __builtin_va_list argList)
{
	return netcx_unicode_string_format(DestinationString, NULL, 0, pszFormat, argList);
}

NETCX_INLINE NTSTATUS RtlUnicodeStringPrintfEx(PUNICODE_STRING DestinationString,
					       PUNICODE_STRING RemainingString, ULONG dwFlags,
					       NTSTRSAFE_PCWSTR pszFormat, ...)
{
	__builtin_va_list list;
	NTSTATUS status;

	__builtin_va_start(list, pszFormat);
	status = netcx_unicode_string_format(DestinationString, RemainingString, dwFlags, pszFormat,
					     list);
	__builtin_va_end(list);
	return status;
}

NETCX_INLINE NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString,
					     NTSTRSAFE_PCWSTR pszFormat, ...)
{
	__builtin_va_list list;
	NTSTATUS status;

	__builtin_va_start(list, pszFormat);
	status = netcx_unicode_string_format(DestinationString, NULL, 0, pszFormat, list);
	__builtin_va_end(list);
	return status;
}

#endif /* NETCX_NTSTRSAFE_H */
