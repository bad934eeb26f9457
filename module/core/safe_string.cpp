// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What is behind the functions of ntstrsafe.h. */
#include "format.h"

#include <netcx/ntddk.h>
#include <netcx/ntstrsafe.h>

namespace netcx
{

static WCHAR character(const void *text, UINT32 width, SIZE_T index)
{
	return width == 1 ? static_cast<const UCHAR *>(text)[index]
			  : static_cast<const WCHAR *>(text)[index];
}

/* @most if it does not end before. */
static SIZE_T length_of(const void *text, UINT32 width, SIZE_T most)
{
	SIZE_T length = 0;

	while (length < most && character(text, width, length))
		length++;
	return length;
}

/* What ends in a null character, or fails to. */
class Place
{
public:
	explicit Place(struct netcx_string_place *place) : place_(place) {}

	bool is_valid()
	{
		if ((place_->Flags & ~static_cast<ULONG>(STRSAFE_VALID_FLAGS)) ||
		    place_->Room > NTSTRSAFE_MAX_CCH)
			return false;
		if (!place_->Room && !place_->Flags)
			return false;
		if (!place_->Text && place_->Room)
			return false;
		begin_ = place_->Append && place_->Room
				 ? length_of(place_->Text, place_->Width, place_->Room)
				 : 0;
		return !place_->Room || begin_ < place_->Room;
	}

	/* Where characters can go: what is left but the null character. */
	SIZE_T room() const { return place_->Room ? place_->Room - begin_ - 1 : 0; }

	void *text() const { return address(begin_); }

	UINT32 width() const { return place_->Width; }

	/* So many characters were to be written there, of which as many as fit are. */
	NTSTATUS end(SIZE_T length)
	{
		const bool fits = length <= room();
		SIZE_T at = begin_ + (fits ? length : room());

		if (!place_->Room)
			return length ? fail(place_->Text ? STATUS_BUFFER_OVERFLOW
							  : STATUS_INVALID_PARAMETER)
				      : tell(0, STATUS_SUCCESS);
		if (!fits && (place_->Flags & STRSAFE_NO_TRUNCATION))
			at = begin_;
		write(at, 0);
		if (!fits)
			return fail_with(at, STATUS_BUFFER_OVERFLOW);
		if (place_->Flags & STRSAFE_FILL_BEHIND_NULL)
			fill(at + 1);
		return tell(at, STATUS_SUCCESS);
	}

	NTSTATUS fail(NTSTATUS status) { return fail_with(0, status); }

	/* The same for want of a source: what is not appended to is empty then. */
	NTSTATUS refuse_source()
	{
		if (place_->Room && place_->Text && !place_->Append)
			write(0, 0);
		return fail(STATUS_INVALID_PARAMETER);
	}

private:
	void *address(SIZE_T index) const
	{
		return static_cast<UINT8 *>(place_->Text) + index * place_->Width;
	}

	void write(SIZE_T index, WCHAR value)
	{
		if (place_->Width == 1)
			*static_cast<char *>(address(index)) = static_cast<char>(value);
		else
			*static_cast<WCHAR *>(address(index)) = value;
	}

	void fill(SIZE_T from)
	{
		__builtin_memset(address(from), static_cast<int>(place_->Flags & 0xff),
				 (place_->Room - from) * place_->Width);
	}

	NTSTATUS tell(SIZE_T at, NTSTATUS status)
	{
		place_->End = place_->Text ? address(at) : nullptr;
		place_->Left = place_->Room - at;
		return status;
	}

	NTSTATUS fail_with(SIZE_T at, NTSTATUS status)
	{
		if (!place_->Room || !place_->Text)
			return tell(0, status);
		if (place_->Flags & STRSAFE_FILL_ON_FAILURE) {
			fill(0);
			at = place_->Flags & 0xff ? place_->Room - 1 : 0;
			write(at, 0);
		}
		if (place_->Flags & STRSAFE_NULL_ON_FAILURE) {
			at = 0;
			write(0, 0);
		}
		return tell(at, status);
	}

	struct netcx_string_place *place_;
	SIZE_T begin_ = 0;
};

/* A UNICODE_STRING that text goes to. */
class Destination
{
public:
	Destination(PUNICODE_STRING string, BOOLEAN append, ULONG flags)
		: string_(string), flags_(flags),
		  begin_(append && string ? string->Length / sizeof(WCHAR) : 0)
	{
	}

	bool is_valid() const
	{
		return !(flags_ & ~static_cast<ULONG>(STRSAFE_VALID_FLAGS)) &&
		       NT_SUCCESS(
			       netcx_unicode_string_check(string_, flags_ & STRSAFE_IGNORE_NULLS));
	}

	SIZE_T room() const { return capacity() - begin_; }

	WCHAR *text() const { return string_ ? string_->Buffer + begin_ : nullptr; }

	NTSTATUS end(SIZE_T length, PUNICODE_STRING remaining)
	{
		const bool fits = length <= room();
		SIZE_T at = begin_ + (fits ? length : room());

		if (!string_)
			return length ? STATUS_INVALID_PARAMETER
				      : tell(0, remaining, STATUS_SUCCESS);
		if (fits) {
			if (flags_ & STRSAFE_FILL_BEHIND)
				fill(at);
			return tell(at, remaining, STATUS_SUCCESS);
		}
		if (flags_ & STRSAFE_NO_TRUNCATION)
			at = begin_;
		if (flags_ & STRSAFE_FILL_ON_FAILURE)
			fill(at = 0);
		if (flags_ & STRSAFE_ZERO_LENGTH_ON_FAILURE)
			at = 0;
		return tell(at, remaining, STATUS_BUFFER_OVERFLOW);
	}

private:
	SIZE_T capacity() const { return string_ ? string_->MaximumLength / sizeof(WCHAR) : 0; }

	void fill(SIZE_T from)
	{
		if (capacity() > from)
			__builtin_memset(string_->Buffer + from, static_cast<int>(flags_ & 0xff),
					 (capacity() - from) * sizeof(WCHAR));
	}

	NTSTATUS tell(SIZE_T at, PUNICODE_STRING remaining, NTSTATUS status)
	{
		if (string_)
			string_->Length = static_cast<USHORT>(at * sizeof(WCHAR));
		if (remaining) {
			remaining->Length = 0;
			remaining->MaximumLength =
				static_cast<USHORT>((capacity() - at) * sizeof(WCHAR));
			remaining->Buffer = string_ ? string_->Buffer + at : nullptr;
		}
		return status;
	}

	PUNICODE_STRING string_;
	ULONG flags_;
	SIZE_T begin_;
};

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS netcx_string_copy(struct netcx_string_place *Place_, PCVOID Source, SIZE_T Longest)
{
	Place place(Place_);
	SIZE_T length;

	if (!place.is_valid())
		return STATUS_INVALID_PARAMETER;
	if (Longest > NTSTRSAFE_MAX_CCH || (!Source && !(Place_->Flags & STRSAFE_IGNORE_NULLS)))
		return place.refuse_source();
	/* One more than there is room for is enough to know that it does not fit. */
	length = Source ? length_of(Source, place.width(),
				    Longest < place.room() + 1 ? Longest : place.room() + 1)
			: 0;
	if (place.room())
		__builtin_memmove(place.text(), Source ? Source : "",
				  (length < place.room() ? length : place.room()) * place.width());
	return place.end(length);
}

NTSTATUS netcx_string_format(struct netcx_string_place *Place_, PCVOID Format,
			     __builtin_va_list List)
{
	Place place(Place_);

	if (!place.is_valid())
		return STATUS_INVALID_PARAMETER;
	if (!Format) {
		if (!(Place_->Flags & STRSAFE_IGNORE_NULLS))
			return place.refuse_source();
		return place.end(0);
	}

	TextOutput output(place.text(), place.room(), place.width());
	Arguments arguments;

	__builtin_va_copy(arguments.list, List);
	format_text(&output, Format, place.width(), &arguments);
	__builtin_va_end(arguments.list);
	return place.end(output.length());
}

NTSTATUS netcx_string_length(PCVOID Text, ULONG Width, SIZE_T Most, SIZE_T *Length)
{
	const UINT8 *bytes = static_cast<const UINT8 *>(Text);
	SIZE_T length = 0;

	if (Length)
		*Length = 0;
	if (!Text || Most > NTSTRSAFE_MAX_CCH)
		return STATUS_INVALID_PARAMETER;
	for (; length < Most; length++) {
		const UINT8 *at = bytes + length * Width;

		if (!at[0] && (Width == 1 || !at[1]))
			break;
	}
	if (length == Most)
		return STATUS_INVALID_PARAMETER;
	if (Length)
		*Length = length;
	return STATUS_SUCCESS;
}

NTSTATUS netcx_unicode_string_check(PCUNICODE_STRING String, ULONG Flags)
{
	if (Flags & ~static_cast<ULONG>(STRSAFE_VALID_FLAGS))
		return STATUS_INVALID_PARAMETER;
	if (!String)
		return Flags & STRSAFE_IGNORE_NULLS ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
	if (String->Length % sizeof(WCHAR) || String->MaximumLength % sizeof(WCHAR) ||
	    String->Length > String->MaximumLength || (!String->Buffer && String->MaximumLength))
		return STATUS_INVALID_PARAMETER;
	return STATUS_SUCCESS;
}

NTSTATUS netcx_unicode_string_copy(PUNICODE_STRING Destination_, BOOLEAN Append, PCWSTR Source,
				   SIZE_T Length, PUNICODE_STRING Remaining, ULONG Flags)
{
	Destination destination(Destination_, Append, Flags);
	SIZE_T copied;

	if (!destination.is_valid() || Length > NTSTRSAFE_MAX_CCH)
		return STATUS_INVALID_PARAMETER;
	copied = Length < destination.room() ? Length : destination.room();
	if (copied)
		__builtin_memmove(destination.text(), Source, copied * sizeof(WCHAR));
	return destination.end(Length, Remaining);
}

NTSTATUS netcx_unicode_string_format(PUNICODE_STRING Destination_, PUNICODE_STRING Remaining,
				     ULONG Flags, PCWSTR Format, __builtin_va_list List)
{
	Destination destination(Destination_, FALSE, Flags);

	if (!destination.is_valid() || (!Format && !(Flags & STRSAFE_IGNORE_NULLS)))
		return STATUS_INVALID_PARAMETER;

	TextOutput output(destination.text(), destination.room(), sizeof(WCHAR));
	Arguments arguments;

	__builtin_va_copy(arguments.list, List);
	format_text(&output, Format ? Format : L"", sizeof(WCHAR), &arguments);
	__builtin_va_end(arguments.list);
	return destination.end(output.length(), Remaining);
}

} // extern "C"
