// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "format.h"

#include "os.h"

namespace netcx
{

/* A string of characters of one or two bytes. */
class Text
{
public:
	Text(const void *text, UINT32 width) : text_(text), width_(width) {}

	WCHAR operator[](SIZE_T index) const
	{
		return width_ == 1 ? static_cast<const UCHAR *>(text_)[index]
				   : static_cast<const WCHAR *>(text_)[index];
	}

private:
	const void *text_;
	UINT32 width_;
};

/* What is between % and the letter that says what is printed. */
struct Specification {
	bool left;
	bool plus;
	bool space;
	bool alternate;
	bool zero;
	int width;
	/* Negative: none was said. */
	int precision;
	/* Of an integer, in bytes; of a character or a string: 1, 2; 0: as the format's. */
	UINT32 size;
};

/* Room for the binary digits of 64 bits. */
static constexpr UINT32 most_digits = 64;
/* Of a width or a precision: whoever wants more is mistaken, and may print in a DPC. */
static constexpr int longest_field = 10000;

static bool is_digit(WCHAR character)
{
	return character >= '0' && character <= '9';
}

static void pad(TextOutput *output, char character, int count)
{
	for (; count > 0; count--)
		output->put(static_cast<WCHAR>(character));
}

static void put_text(TextOutput *output, const Specification &how, const Text &text, SIZE_T length)
{
	const int missing = how.width - static_cast<int>(length);

	if (!how.left)
		pad(output, ' ', missing);
	for (SIZE_T i = 0; i < length; i++)
		output->put(text[i]);
	if (how.left)
		pad(output, ' ', missing);
}

static void put_string(TextOutput *output, const Specification &how, const void *string,
		       UINT32 width)
{
	const SIZE_T most =
		how.precision < 0 ? ~static_cast<SIZE_T>(0) : static_cast<SIZE_T>(how.precision);
	const Text text(string ? string : "(null)", string ? width : 1);
	SIZE_T length = 0;

	while (length < most && text[length])
		length++;
	put_text(output, how, text, length);
}

/* A counted string: STRING and UNICODE_STRING have the same layout. */
static void put_counted(TextOutput *output, const Specification &how, const UNICODE_STRING *string,
			UINT32 width)
{
	if (!string || !string->Buffer) {
		put_string(output, how, nullptr, 1);
		return;
	}
	SIZE_T length = string->Length / width;
	if (how.precision >= 0 && length > static_cast<SIZE_T>(how.precision))
		length = static_cast<SIZE_T>(how.precision);
	put_text(output, how, Text(string->Buffer, width), length);
}

static void put_number(TextOutput *output, const Specification &how, const char *prefix,
		       UINT64 value, UINT32 base, bool capitals)
{
	const char *symbols = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
	const int sign = static_cast<int>(__builtin_strlen(prefix));
	char digits[most_digits];
	int count = 0;
	int zeros = 0;

	for (; value; value /= base)
		digits[count++] = symbols[value % base];
	if (how.precision >= 0)
		zeros = how.precision - count;
	else if (how.zero && !how.left)
		zeros = how.width - sign - count;
	/* A precision of 0 and a value of 0 is no digit at all. */
	if (!count && how.precision < 0 && zeros < 1)
		zeros = 1;
	if (zeros < 0)
		zeros = 0;

	if (!how.left)
		pad(output, ' ', how.width - sign - zeros - count);
	for (; *prefix; prefix++)
		output->put(static_cast<WCHAR>(*prefix));
	pad(output, '0', zeros);
	for (int i = count; i; i--)
		output->put(static_cast<WCHAR>(digits[i - 1]));
	if (how.left)
		pad(output, ' ', how.width - sign - zeros - count);
}

static UINT64 take_unsigned(const Specification &how, Arguments *arguments)
{
	UINT64 value =
		how.size == 8
			? __builtin_va_arg(arguments->list, unsigned long long)
			: static_cast<UINT64>(__builtin_va_arg(arguments->list, unsigned int));

	if (how.size && how.size < 4)
		value &= (1ULL << 8 * how.size) - 1;
	return value;
}

static void put_signed(TextOutput *output, const Specification &how, Arguments *arguments)
{
	const UINT64 raw = take_unsigned(how, arguments);
	const UINT32 unused = 64 - 8 * (how.size ? how.size : 4);
	const INT64 value = static_cast<INT64>(raw << unused) >> unused;
	const UINT64 magnitude =
		value < 0 ? 0 - static_cast<UINT64>(value) : static_cast<UINT64>(value);

	put_number(output, how,
		   value < 0   ? "-"
		   : how.plus  ? "+"
		   : how.space ? " "
			       : "",
		   magnitude, 10, false);
}

static void put_unsigned(TextOutput *output, const Specification &how, WCHAR letter,
			 Arguments *arguments)
{
	const UINT64 value = take_unsigned(how, arguments);
	const bool prefixed = how.alternate && value;

	switch (letter) {
	case 'o':
		put_number(output, how, prefixed ? "0" : "", value, 8, false);
		break;
	case 'x':
		put_number(output, how, prefixed ? "0x" : "", value, 16, false);
		break;
	case 'X':
		put_number(output, how, prefixed ? "0X" : "", value, 16, true);
		break;
	default:
		put_number(output, how, "", value, 10, false);
		break;
	}
}

static int print(char *buffer, SIZE_T size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int print(char *buffer, SIZE_T size, const char *format, ...)
{
	__builtin_va_list arguments;
	int length;

	__builtin_va_start(arguments, format);
	length = netcx_os_vsnprintf(buffer, size, format, arguments);
	__builtin_va_end(arguments);
	return length;
}

/* As the OS shows addresses: not to everyone as they are. */
static void put_pointer(TextOutput *output, const Specification &how, const void *pointer)
{
	char text[32];

	print(text, sizeof(text), "%p", pointer);
	put_string(output, how, text, 1);
}

static void put_character(TextOutput *output, const Specification &how, UINT32 width,
			  Arguments *arguments)
{
	const WCHAR wide = static_cast<WCHAR>(__builtin_va_arg(arguments->list, int));
	const UCHAR narrow = static_cast<UCHAR>(wide);

	put_text(output, how, width == 1 ? Text(&narrow, 1) : Text(&wide, 2), 1);
}

/* A number of the format, or '*' for one of the arguments. */
static int take_number(const Text &format, SIZE_T *at, Arguments *arguments)
{
	int number = 0;

	if (format[*at] == '*') {
		++*at;
		number = __builtin_va_arg(arguments->list, int);
	} else {
		for (; is_digit(format[*at]); ++*at) {
			if (number < longest_field)
				number = number * 10 + (format[*at] - '0');
		}
	}
	if (number > longest_field)
		return longest_field;
	return number < -longest_field ? -longest_field : number;
}

static void take_flags(const Text &format, SIZE_T *at, Specification *how)
{
	for (;; ++*at) {
		switch (format[*at]) {
		case '-':
			how->left = true;
			break;
		case '+':
			how->plus = true;
			break;
		case ' ':
			how->space = true;
			break;
		case '#':
			how->alternate = true;
			break;
		case '0':
			how->zero = true;
			break;
		default:
			return;
		}
	}
}

/* h, hh, l, ll, w, z, t, j, I, I32, I64: long is 32 bits wide, and a character's w and l two bytes. */
static void take_size(const Text &format, SIZE_T *at, Specification *how, bool *wide)
{
	switch (format[*at]) {
	case 'h':
		how->size = 2;
		if (format[*at + 1] == 'h') {
			how->size = 1;
			++*at;
		}
		break;
	case 'l':
		how->size = 4;
		*wide = true;
		if (format[*at + 1] == 'l') {
			how->size = 8;
			++*at;
		}
		break;
	case 'w':
		how->size = 4;
		*wide = true;
		break;
	case 'z':
	case 't':
	case 'j':
		how->size = 8;
		break;
	case 'I':
		how->size = 8;
		if (format[*at + 1] == '6' && format[*at + 2] == '4') {
			*at += 2;
		} else if (format[*at + 1] == '3' && format[*at + 2] == '2') {
			how->size = 4;
			*at += 2;
		}
		break;
	default:
		return;
	}
	++*at;
}

/* Of a character or a string: h, l and w say it; else s is as the format, and S the other. */
static UINT32 character_width(const Specification &how, bool wide, bool other, UINT32 width)
{
	if (wide)
		return 2;
	if (how.size == 2)
		return 1;
	return other ? 3 - width : width;
}

static Specification take_specification(const Text &format, SIZE_T *at, bool *wide,
					Arguments *arguments)
{
	Specification how = {};

	how.precision = -1;
	take_flags(format, at, &how);
	how.width = take_number(format, at, arguments);
	if (how.width < 0) {
		how.left = true;
		how.width = -how.width;
	}
	if (format[*at] == '.') {
		++*at;
		how.precision = take_number(format, at, arguments);
	}
	take_size(format, at, &how, wide);
	return how;
}

void format_text(TextOutput *output, const void *text, UINT32 width, Arguments *arguments)
{
	const Text format(text, width);
	SIZE_T at = 0;

	while (format[at]) {
		const SIZE_T begin = at;
		bool wide = false;

		if (format[at] != '%') {
			output->put(format[at++]);
			continue;
		}
		at++;
		const Specification how = take_specification(format, &at, &wide, arguments);
		const WCHAR letter = format[at];

		if (letter)
			at++;
		switch (letter) {
		case '%':
			output->put('%');
			break;
		case 'd':
		case 'i':
			put_signed(output, how, arguments);
			break;
		case 'u':
		case 'o':
		case 'x':
		case 'X':
			put_unsigned(output, how, letter, arguments);
			break;
		case 'p':
			put_pointer(output, how, __builtin_va_arg(arguments->list, void *));
			break;
		case 'c':
		case 'C':
			put_character(output, how, character_width(how, wide, letter == 'C', width),
				      arguments);
			break;
		case 's':
		case 'S':
			put_string(output, how, __builtin_va_arg(arguments->list, void *),
				   character_width(how, wide, letter == 'S', width));
			break;
		case 'Z':
			put_counted(output, how,
				    __builtin_va_arg(arguments->list, const UNICODE_STRING *),
				    wide ? 2 : 1);
			break;
		default:
			/* Floating point too: no argument is taken, and the format shown as it is. */
			for (SIZE_T i = begin; i < at; i++)
				output->put(format[i]);
			break;
		}
	}
}

} // namespace netcx
