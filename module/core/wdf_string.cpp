// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "wdf_string.h"

namespace netcx
{

/* UNICODE_STRING::MaximumLength is a USHORT of bytes. */
static constexpr SIZE_T longest_string = MAXUSHORT / sizeof(WCHAR) - 1;

NTSTATUS create_string(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes, SIZE_T length,
		       String **string)
{
	Object *parent = nullptr;
	NTSTATUS status;

	if (length > longest_string)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: a string of %zu characters, must be at most %zu", function,
			      length, longest_string);
	status = check_attributes(function, nullptr, attributes, ParentRule::optional, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, string);
	if (!NT_SUCCESS(status))
		return status;
	(*string)->text.Length = static_cast<USHORT>(length * sizeof(WCHAR));
	(*string)->text.MaximumLength = static_cast<USHORT>((length + 1) * sizeof(WCHAR));
	(*string)->text.Buffer =
		static_cast<WCHAR *>(netcx_os_zalloc((*string)->text.MaximumLength));
	if ((*string)->text.Buffer)
		return STATUS_SUCCESS;
	(*string)->release();
	return refuse(parent, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfStringCreate(PCUNICODE_STRING UnicodeString, PWDF_OBJECT_ATTRIBUTES StringAttributes,
			 WDFSTRING *Handle)
{
	static const char function[] = "WdfStringCreate";
	const USHORT bytes = UnicodeString ? UnicodeString->Length : 0;
	String *string = nullptr;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: String is NULL (ParameterCantBeNull)", function);
	if (bytes % sizeof(WCHAR) || (bytes && !UnicodeString->Buffer))
		return refuse(
			nullptr, STATUS_INVALID_PARAMETER,
			"%s: UnicodeString has %u bytes, must be an even number with a Buffer",
			function, bytes);
	status = create_string(function, StringAttributes, bytes / sizeof(WCHAR), &string);
	if (!NT_SUCCESS(status))
		return status;
	if (bytes)
		RtlCopyMemory(string->text.Buffer, UnicodeString->Buffer, bytes);
	return publish_object(function, string, Handle);
}

void WdfStringGetUnicodeString(WDFSTRING Handle, PUNICODE_STRING UnicodeString)
{
	static const char function[] = "WdfStringGetUnicodeString";
	const String *string = from_handle<String>(Handle, function);

	if (!UnicodeString) {
		refuse(string, STATUS_INVALID_PARAMETER,
		       "%s: UnicodeString is NULL (ParameterCantBeNull)", function);
		return;
	}
	*UnicodeString = string ? string->text : UNICODE_STRING{};
}

} // extern "C"
