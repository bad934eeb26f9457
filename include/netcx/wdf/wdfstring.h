/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Strings that live as long as their parent. Page: "WdfStringCreate function (wdfstring.h)". */
#ifndef NETCX_WDFSTRING_H
#define NETCX_WDFSTRING_H

#include "wdfobject.h"

EXTERN_C_START

/**
 * WdfStringCreate() - makes a string
 * @UnicodeString: is copied; NULL for an empty one
 * @StringAttributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @String: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfStringCreate(PCUNICODE_STRING UnicodeString, PWDF_OBJECT_ATTRIBUTES StringAttributes,
			 WDFSTRING *String);

/**
 * WdfStringGetUnicodeString() - its characters
 * @String: the handle
 * @UnicodeString: receives where they are; good as long as the string. A null character follows.
 *
 * Context: any.
 */
void WdfStringGetUnicodeString(WDFSTRING String, PUNICODE_STRING UnicodeString);

EXTERN_C_END

#endif /* NETCX_WDFSTRING_H */
