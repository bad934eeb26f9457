// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* The functions that netcx_unicode_string.h declares. */
#include <netcx/ntddk.h>

namespace
{

constexpr UINT32 longest_string = 32766;

WCHAR capital(WCHAR character)
{
	return character >= 'a' && character <= 'z' ? static_cast<WCHAR>(character - 'a' + 'A')
						    : character;
}

UINT32 characters(PCUNICODE_STRING string)
{
	return string->Length / sizeof(WCHAR);
}

/* Where there is room, a null character follows, which Length does not count. */
void end(PUNICODE_STRING string, UINT32 length)
{
	string->Length = static_cast<USHORT>(length * sizeof(WCHAR));
	if (string->Length + sizeof(WCHAR) <= string->MaximumLength)
		string->Buffer[length] = 0;
}

NTSTATUS append(PUNICODE_STRING destination, PCWSTR source, UINT32 length)
{
	const UINT32 before = characters(destination);

	if (destination->Length + length * sizeof(WCHAR) > destination->MaximumLength)
		return STATUS_BUFFER_TOO_SMALL;
	if (length)
		__builtin_memmove(destination->Buffer + before, source, length * sizeof(WCHAR));
	end(destination, before + length);
	return STATUS_SUCCESS;
}

bool is_base(ULONG base)
{
	return base == 2 || base == 8 || base == 10 || base == 16;
}

/* The value of a digit; @base or more: it is none. */
ULONG digit(WCHAR character)
{
	const WCHAR letter = capital(character);

	if (character >= '0' && character <= '9')
		return static_cast<ULONG>(character - '0');
	return letter >= 'A' && letter <= 'F' ? static_cast<ULONG>(letter - 'A' + 10) : 16;
}

/* Of what is left of a number's text. */
struct Rest {
	PCWSTR text;
	UINT32 length;

	WCHAR first() const { return length ? *text : L'\0'; }

	void skip(UINT32 count)
	{
		text += count;
		length -= count;
	}
};

/* "0x", "0o", "0b". */
ULONG take_prefix(Rest *rest)
{
	ULONG base = 10;

	if (rest->length < 2 || rest->text[0] != '0')
		return base;
	switch (rest->text[1]) {
	case 'x':
		base = 16;
		break;
	case 'o':
		base = 8;
		break;
	case 'b':
		base = 2;
		break;
	default:
		return base;
	}
	rest->skip(2);
	return base;
}

} // namespace

extern "C" {

void RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
	UINT32 length = 0;

	while (SourceString && length < longest_string && SourceString[length])
		length++;
	DestinationString->Length = static_cast<USHORT>(length * sizeof(WCHAR));
	DestinationString->MaximumLength =
		static_cast<USHORT>(SourceString ? DestinationString->Length + sizeof(WCHAR) : 0);
	DestinationString->Buffer = const_cast<PWSTR>(SourceString);
}

void RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
	const UINT32 most = DestinationString->MaximumLength / sizeof(WCHAR);
	UINT32 length = SourceString ? characters(SourceString) : 0;

	if (length > most)
		length = most;
	DestinationString->Length = 0;
	append(DestinationString, SourceString ? SourceString->Buffer : nullptr, length);
}

NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source)
{
	return append(Destination, Source->Buffer, characters(Source));
}

NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source)
{
	UNICODE_STRING source;

	if (!Source)
		return STATUS_SUCCESS;
	RtlInitUnicodeString(&source, Source);
	return RtlAppendUnicodeStringToString(Destination, &source);
}

LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			     BOOLEAN CaseInSensitive)
{
	const UINT32 first = characters(String1);
	const UINT32 second = characters(String2);

	for (UINT32 i = 0; i < first && i < second; i++) {
		WCHAR a = String1->Buffer[i];
		WCHAR b = String2->Buffer[i];

		if (CaseInSensitive) {
			a = capital(a);
			b = capital(b);
		}
		if (a != b)
			return static_cast<LONG>(a) - static_cast<LONG>(b);
	}
	return static_cast<LONG>(first) - static_cast<LONG>(second);
}

BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			      BOOLEAN CaseInSensitive)
{
	return String1->Length == String2->Length &&
	       !RtlCompareUnicodeString(String1, String2, CaseInSensitive);
}

NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String)
{
	WCHAR digits[32];
	UINT32 first = ARRAYSIZE(digits);

	if (!Base)
		Base = 10;
	if (!is_base(Base))
		return STATUS_INVALID_PARAMETER;
	do {
		digits[--first] = static_cast<WCHAR>("0123456789ABCDEF"[Value % Base]);
		Value /= Base;
	} while (Value);
	if ((ARRAYSIZE(digits) - first) * sizeof(WCHAR) > String->MaximumLength)
		return STATUS_BUFFER_OVERFLOW;
	String->Length = 0;
	return append(String, &digits[first], static_cast<UINT32>(ARRAYSIZE(digits) - first));
}

NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value)
{
	Rest rest = {String->Buffer, characters(String)};
	bool negative = false;
	ULONG value = 0;

	if (Base && !is_base(Base))
		return STATUS_INVALID_PARAMETER;
	while (rest.length && rest.first() <= ' ')
		rest.skip(1);
	if (rest.first() == '-' || rest.first() == '+') {
		negative = rest.first() == '-';
		rest.skip(1);
	}
	if (!Base)
		Base = take_prefix(&rest);
	for (; rest.length && digit(rest.first()) < Base; rest.skip(1))
		value = value * Base + digit(rest.first());
	*Value = negative ? 0 - value : value;
	return STATUS_SUCCESS;
}

} // extern "C"
