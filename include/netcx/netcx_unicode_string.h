/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Counted wide strings: made, copied, compared, and numbers in them. Lengths of a UNICODE_STRING are
 * bytes. Upper and lower case are told apart, or not, for the letters of ASCII only.
 *
 * Pages: "RtlInitUnicodeString function (wdm.h)" and siblings. What checks every length, and formats:
 * ntstrsafe.h.
 */
#ifndef NETCX_UNICODE_STRING_H
#define NETCX_UNICODE_STRING_H

#include "ntdef.h"

/* An empty string of @BufferSize bytes of memory. Context: any. */
NETCX_INLINE void RtlInitEmptyUnicodeString(PUNICODE_STRING UnicodeString, PWCHAR Buffer,
					    USHORT BufferSize)
{
	UnicodeString->Length = 0;
	UnicodeString->MaximumLength = BufferSize;
	UnicodeString->Buffer = Buffer;
}

EXTERN_C_START

/**
 * RtlInitUnicodeString() - a counted string for one that ends in a null character, which is not copied
 * @DestinationString: is overwritten
 * @SourceString: at most 32766 characters; the rest of a longer one is left out. NULL: the string is empty
 *
 * Context: any.
 */
void RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString);

/**
 * RtlCopyUnicodeString() - copies as much as fits
 * @DestinationString: its MaximumLength says how much; a null character follows if there is room
 * @SourceString: NULL: the destination becomes empty
 *
 * Context: any.
 */
void RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString);

/**
 * RtlAppendUnicodeStringToString() - appends a string, all of it or nothing
 * @Destination: to which
 * @Source: what
 *
 * A null character follows if there is room. So with the next one.
 *
 * Context: any.
 * Return: STATUS_SUCCESS; STATUS_BUFFER_TOO_SMALL.
 */
NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source);

/* The same for one that ends in a null character; NULL: nothing is appended. Context: any. */
NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source);

/**
 * RtlCompareUnicodeString() - which of two strings comes first
 * @String1: one
 * @String2: the other
 * @CaseInSensitive: TRUE: case makes no difference
 *
 * Context: any.
 * Return: 0 if they are the same; negative if @String1 comes first; else positive.
 */
LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			     BOOLEAN CaseInSensitive);

/* TRUE if they are the same. Context: any. */
BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			      BOOLEAN CaseInSensitive);

/**
 * RtlIntegerToUnicodeString() - a number as text
 * @Value: the number
 * @Base: 2, 8, 10, 16; 0 for 10. The digits above 9 are capitals.
 * @String: receives it; a null character follows if there is room
 *
 * Context: any.
 * Return: STATUS_SUCCESS; STATUS_BUFFER_OVERFLOW if it is too long; STATUS_INVALID_PARAMETER for another
 * base.
 */
NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String);

/**
 * RtlUnicodeStringToInteger() - text as a number
 * @String: spaces, a sign, "0x", "0o" or "0b" if @Base is 0, digits; what follows is not looked at
 * @Base: 2, 8, 10, 16; 0: as the text says, else 10
 * @Value: receives the number, without its upper bits if it is larger; 0 if there are no digits
 *
 * Context: any.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER for another base.
 */
NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value);

EXTERN_C_END

#endif /* NETCX_UNICODE_STRING_H */
