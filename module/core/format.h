/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Text by a format, as Windows' printf() family does it: long has 32 bits, %I64u is known, %s of a wide
 * format is a wide string, %wZ is a UNICODE_STRING.
 */
#ifndef NETCX_CORE_FORMAT_H
#define NETCX_CORE_FORMAT_H

#include <netcx/ntdef.h>

namespace netcx
{

/* Where characters of one or two bytes go, as many as there is room for. */
class TextOutput
{
public:
	TextOutput(void *text, SIZE_T room, UINT32 width) : text_(text), room_(room), width_(width)
	{
	}

	void put(WCHAR character)
	{
		if (length_ < room_) {
			if (width_ == 1)
				static_cast<char *>(text_)[length_] = static_cast<char>(character);
			else
				static_cast<WCHAR *>(text_)[length_] = character;
		}
		length_++;
	}

	/* How many characters it would take, without a null character. */
	SIZE_T length() const { return length_; }

private:
	void *text_;
	SIZE_T room_;
	UINT32 width_;
	SIZE_T length_ = 0;
};

/* Arguments of a function with a variable number of them. */
struct Arguments {
	__builtin_va_list list;
};

/* @format is of characters of @width bytes. */
void format_text(TextOutput *output, const void *format, UINT32 width, Arguments *arguments);

} // namespace netcx

#endif /* NETCX_CORE_FORMAT_H */
