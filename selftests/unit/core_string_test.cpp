// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Counted strings, strings within their room, and what Windows' formats make of their arguments.

#include <cstdarg>
#include <cstring>
#include <string>

#include <netcx/bcrypt.h>
#include <netcx/ntstrsafe.h>

#include "core_client.h"

#define DBG 1
#undef KdPrint
#undef KdPrintEx
#define KdPrint(arguments)   DbgPrint arguments
#define KdPrintEx(arguments) DbgPrintEx arguments

namespace unit
{

/* A counted string in a buffer of its own, surrounded by what must not change. */
class Counted
{
public:
	explicit Counted(SIZE_T room, const WCHAR *text = L"")
	{
		for (WCHAR &character : memory_)
			character = L'#';
		RtlInitEmptyUnicodeString(&string, memory_ + 1, static_cast<USHORT>(2 * room));
		for (; *text; text++)
			memory_[1 + string.Length++ / 2] = *text, string.Length++;
		room_ = room;
	}

	~Counted()
	{
		EXPECT_EQ(memory_[0], L'#');
		EXPECT_EQ(memory_[1 + room_], L'#');
	}

	std::string text() const
	{
		std::string result;

		for (SIZE_T i = 0; i < string.Length / 2u; i++)
			result += static_cast<char>(string.Buffer[i]);
		return result;
	}

	/* All of its room. */
	std::string room() const
	{
		std::string result;

		for (SIZE_T i = 0; i < room_; i++)
			result += memory_[1 + i] ? static_cast<char>(memory_[1 + i]) : '0';
		return result;
	}

	UNICODE_STRING string;

private:
	WCHAR memory_[64];
	SIZE_T room_;
};

static const UNICODE_STRING abc = RTL_CONSTANT_STRING(L"abc");

TEST(CoreString, CountedStringsAreMade)
{
	UNICODE_STRING string;
	static WCHAR longest[40000];

	RtlInitUnicodeString(&string, L"four");
	EXPECT_EQ(string.Length, 8);
	EXPECT_EQ(string.MaximumLength, 10);
	RtlInitUnicodeString(&string, nullptr);
	EXPECT_EQ(string.Length, 0);
	EXPECT_EQ(string.MaximumLength, 0);
	EXPECT_EQ(string.Buffer, nullptr);
	for (int i = 0; i < 39999; i++)
		longest[i] = L'x';
	RtlInitUnicodeString(&string, longest);
	EXPECT_EQ(string.Length, 65532);
	EXPECT_EQ(RtlUnicodeStringInit(&string, longest), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringInit(&string, L"ab"), STATUS_SUCCESS);
	EXPECT_EQ(string.Length, 4);
	EXPECT_EQ(RtlUnicodeStringInitEx(&string, nullptr, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
	EXPECT_EQ(string.MaximumLength, 0);
	EXPECT_EQ(RtlUnicodeStringInitEx(&string, L"", 1), STATUS_INVALID_PARAMETER);
}

TEST(CoreString, CountedStringsAreCopiedAndAppended)
{
	Counted four(4), two(2), one(1, L"x");

	RtlCopyUnicodeString(&four.string, &abc);
	EXPECT_EQ(four.room(), "abc0");
	RtlCopyUnicodeString(&two.string, &abc);
	EXPECT_EQ(two.text(), "ab");
	RtlCopyUnicodeString(&four.string, nullptr);
	EXPECT_EQ(four.string.Length, 0);

	EXPECT_EQ(RtlAppendUnicodeStringToString(&four.string, &abc), STATUS_SUCCESS);
	EXPECT_EQ(RtlAppendUnicodeToString(&four.string, L"d"), STATUS_SUCCESS);
	EXPECT_EQ(four.text(), "abcd");
	EXPECT_EQ(RtlAppendUnicodeToString(&four.string, L"e"), STATUS_BUFFER_TOO_SMALL);
	EXPECT_EQ(RtlAppendUnicodeStringToString(&one.string, &abc), STATUS_BUFFER_TOO_SMALL);
	EXPECT_EQ(RtlAppendUnicodeToString(&one.string, nullptr), STATUS_SUCCESS);
	EXPECT_EQ(one.text(), "x");
}

TEST(CoreString, CountedStringsAreCompared)
{
	static const UNICODE_STRING capitals = RTL_CONSTANT_STRING(L"ABC");
	static const UNICODE_STRING more = RTL_CONSTANT_STRING(L"abcd");

	EXPECT_TRUE(RtlEqualUnicodeString(&abc, &abc, FALSE));
	EXPECT_FALSE(RtlEqualUnicodeString(&abc, &capitals, FALSE));
	EXPECT_TRUE(RtlEqualUnicodeString(&abc, &capitals, TRUE));
	EXPECT_FALSE(RtlEqualUnicodeString(&abc, &more, TRUE));
	EXPECT_LT(RtlCompareUnicodeString(&abc, &more, FALSE), 0);
	EXPECT_GT(RtlCompareUnicodeString(&more, &abc, FALSE), 0);
	EXPECT_GT(RtlCompareUnicodeString(&abc, &capitals, FALSE), 0);
	EXPECT_EQ(RtlCompareUnicodeString(&abc, &capitals, TRUE), 0);
}

TEST(CoreString, NumbersAreTextAndTextIsNumbers)
{
	Counted string(33), short_string(3);
	static const struct {
		const WCHAR *text;
		ULONG base;
		ULONG value;
	} numbers[] = {
		{L"123", 10, 123},    {L"  -1", 10, 0xffffffff},
		{L"+7 apples", 0, 7}, {L"0x1f", 0, 31},
		{L"0b101", 0, 5},     {L"0o17", 0, 15},
		{L"Ff", 16, 255},     {L"12", 2, 1},
		{L"8", 8, 0},	      {L"4294967297", 10, 1},
		{L"", 0, 0},	      {L"0", 0, 0},
		{L"0z", 0, 0},	      {L"x", 16, 0},
	};

	EXPECT_EQ(RtlIntegerToUnicodeString(0, 0, &string.string), STATUS_SUCCESS);
	EXPECT_EQ(string.text(), "0");
	EXPECT_EQ(RtlIntegerToUnicodeString(4294967295, 10, &string.string), STATUS_SUCCESS);
	EXPECT_EQ(string.text(), "4294967295");
	EXPECT_EQ(string.string.Buffer[10], 0);
	EXPECT_EQ(RtlIntegerToUnicodeString(0xbeef, 16, &string.string), STATUS_SUCCESS);
	EXPECT_EQ(string.text(), "BEEF");
	EXPECT_EQ(RtlIntegerToUnicodeString(0x80000000, 2, &string.string), STATUS_SUCCESS);
	EXPECT_EQ(string.text(), "1" + std::string(31, '0'));
	EXPECT_EQ(RtlIntegerToUnicodeString(8, 8, &string.string), STATUS_SUCCESS);
	EXPECT_EQ(string.text(), "10");
	EXPECT_EQ(RtlIntegerToUnicodeString(8, 7, &string.string), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlIntegerToUnicodeString(999, 10, &short_string.string), STATUS_SUCCESS);
	EXPECT_EQ(RtlIntegerToUnicodeString(1000, 10, &short_string.string),
		  STATUS_BUFFER_OVERFLOW);

	for (const auto &number : numbers) {
		UNICODE_STRING text;
		ULONG value = 77;

		RtlInitUnicodeString(&text, number.text);
		EXPECT_EQ(RtlUnicodeStringToInteger(&text, number.base, &value), STATUS_SUCCESS);
		EXPECT_EQ(value, number.value) << &number - numbers;
	}
	ULONG value;
	EXPECT_EQ(RtlUnicodeStringToInteger(&abc, 3, &value), STATUS_INVALID_PARAMETER);
}

/* ---- formats ---- */

static std::string formatted(const char *format, ...)
{
	char text[200] = {};
	va_list arguments;

	va_start(arguments, format);
	EXPECT_EQ(RtlStringCchVPrintfA(text, sizeof(text), format, arguments), STATUS_SUCCESS);
	va_end(arguments);
	return text;
}

static std::string formatted_wide(const WCHAR *format, ...)
{
	WCHAR text[200] = {};
	std::string result;
	va_list arguments;

	va_start(arguments, format);
	EXPECT_EQ(RtlStringCchVPrintfW(text, 200, format, arguments), STATUS_SUCCESS);
	va_end(arguments);
	for (const WCHAR *at = text; *at; at++)
		result += static_cast<char>(*at);
	return result;
}

TEST(CoreFormat, NumbersHaveWindowsWidths)
{
	const LONG negative = -5;
	const ULONG64 wide = 0x123456789abcdef0;
	const SIZE_T size = 1234567890123;

	EXPECT_EQ(formatted("%d %i %u", -1, 2, 3), "-1 2 3");
	EXPECT_EQ(formatted("%ld|%lu|%lx", negative, 7u, 255u), "-5|7|ff");
	EXPECT_EQ(formatted("%lld|%llu", -1LL, ~0ULL), "-1|18446744073709551615");
	EXPECT_EQ(formatted("%I64x|%I64X|%I32u|%Iu", wide, wide, 9u, size),
		  "123456789abcdef0|123456789ABCDEF0|9|1234567890123");
	EXPECT_EQ(formatted("%zu %zd %td %jd", size, size, size, size),
		  "1234567890123 1234567890123 1234567890123 1234567890123");
	EXPECT_EQ(formatted("%hd %hu %hhd %hhx", 0x18001, 0x18001, 0x1ff, 0x1ff),
		  "-32767 32769 -1 ff");
	EXPECT_EQ(formatted("%I64d", static_cast<LONGLONG>(1) << 63), "-9223372036854775808");
	EXPECT_EQ(formatted("%o %#o %#x %#X %#x", 8, 8, 255, 255, 0), "10 010 0xff 0XFF 0");
}

/* Longer than anybody wants: a mistake that may be made in a DPC. */
TEST(CoreFormat, WidthsHaveAnEnd)
{
	static char text[20000];

	for (const int width : {INT32_MAX, INT32_MIN}) {
		EXPECT_EQ(RtlStringCchPrintfA(text, sizeof(text), "%*d", width, 1), STATUS_SUCCESS);
		EXPECT_EQ(strlen(text), 10000u);
		EXPECT_EQ(RtlStringCchPrintfA(text, sizeof(text), "%.*d", width, 1),
			  STATUS_SUCCESS);
		EXPECT_EQ(strlen(text), width > 0 ? 10000u : 1u);
	}
}

TEST(CoreFormat, NumbersAreFilledUp)
{
	EXPECT_EQ(formatted("[%5d] [%-5d] [%05d] [%+d] [% d]", 42, 42, -42, 42, 42),
		  "[   42] [42   ] [-0042] [+42] [ 42]");
	EXPECT_EQ(formatted("[%.3d] [%6.3d] [%-6.3d] [%.0d] [%d]", 7, 7, 7, 0, 0),
		  "[007] [   007] [007   ] [] [0]");
	EXPECT_EQ(formatted("[%*d] [%-*d] [%*d] [%.*d]", 4, 1, 4, 1, -4, 1, 2, 1),
		  "[   1] [1   ] [1   ] [01]");
	EXPECT_EQ(formatted("[%#06x] [%08X]", 0xab, 0xcd), "[0x00ab] [000000CD]");
}

TEST(CoreFormat, StringsAreOfEitherWidth)
{
	const ANSI_STRING counted = {3, 3, const_cast<PCHAR>("xyzw")};
	const UNICODE_STRING empty = {};

	EXPECT_EQ(formatted("%s|%S|%ws|%ls|%hs", "a", L"b", L"c", L"d", "e"), "a|b|c|d|e");
	EXPECT_EQ(formatted_wide(L"%s|%S|%ws|%ls|%hs", L"a", "b", L"c", L"d", "e"), "a|b|c|d|e");
	EXPECT_EQ(formatted("%wZ|%Z|%.2wZ|%5wZ", &abc, &counted, &abc, &abc), "abc|xyz|ab|  abc");
	EXPECT_EQ(formatted_wide(L"%wZ|%Z", &abc, &counted), "abc|xyz");
	EXPECT_EQ(formatted("%s %wZ %wZ", nullptr, nullptr, &empty), "(null) (null) (null)");
	EXPECT_EQ(formatted("[%.2s] [%5s] [%-5s]", "abc", "abc", "abc"), "[ab] [  abc] [abc  ]");
	EXPECT_EQ(formatted("%c%C%wc|%3c|", 'a', L'b', L'c', 'd'), "abc|  d|");
	EXPECT_EQ(formatted_wide(L"%c%C%hc", L'a', 'b', 'c'), "abc");
}

TEST(CoreFormat, WhatIsNoFormatIsShownAsItIs)
{
	int here;

	EXPECT_EQ(formatted("100%% %f %q %", 1), "100% %f %q %");
	EXPECT_EQ(formatted("%p", &here).substr(0, 2), "0x");
	EXPECT_EQ(formatted(""), "");
}

/* ---- strings within their room ---- */

/* Of one width: what ends in a null character. */
template <class Character>
class Room
{
public:
	explicit Room(SIZE_T room, const char *text = nullptr) : room_(room)
	{
		for (Character &character : memory_)
			character = '#';
		for (SIZE_T i = 0; text && (!i || text[i - 1]); i++)
			memory_[1 + i] = static_cast<Character>(text[i]);
	}

	~Room()
	{
		EXPECT_EQ(memory_[0], '#');
		EXPECT_EQ(memory_[1 + room_], '#');
	}

	operator Character *() { return memory_ + 1; }

	std::string text() const
	{
		std::string result;

		for (SIZE_T i = 0; i < room_; i++)
			result += memory_[1 + i] ? static_cast<char>(memory_[1 + i]) : '0';
		return result;
	}

private:
	Character memory_[64];
	SIZE_T room_;
};

#define NTSTATUS_IS(expression, status) EXPECT_EQ(expression, status) << #expression

/* The same for both widths and both units: size(n) is n characters. */
#define STRING_TESTS(unit, letter, Character, quoted, size)                                        \
	TEST(CoreSafeString, unit##letter##Copies)                                                 \
	{                                                                                          \
		Room<Character> a(5), b(3), c(5), d(5), e(4), f(5);                                \
		Character *end = nullptr;                                                          \
		SIZE_T left = 0, length = 0;                                                       \
                                                                                                   \
		NTSTATUS_IS(RtlString##unit##Copy##letter(a, size(5), quoted("abc")),              \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(a.text(), "abc0#");                                                      \
		NTSTATUS_IS(RtlString##unit##Copy##letter(b, size(3), quoted("abc")),              \
			    STATUS_BUFFER_OVERFLOW);                                               \
		EXPECT_EQ(b.text(), "ab0");                                                        \
		NTSTATUS_IS(RtlString##unit##Copy##letter(b, 0, quoted("abc")),                    \
			    STATUS_INVALID_PARAMETER);                                             \
		NTSTATUS_IS(RtlString##unit##Copy##letter(nullptr, size(3), quoted("abc")),        \
			    STATUS_INVALID_PARAMETER);                                             \
		NTSTATUS_IS(RtlString##unit##Copy##letter(b, size(3), nullptr),                    \
			    STATUS_INVALID_PARAMETER);                                             \
		NTSTATUS_IS(RtlString##unit##Copy##letter(b, size(2147483648), quoted("a")),       \
			    STATUS_INVALID_PARAMETER);                                             \
		NTSTATUS_IS(RtlString##unit##CopyN##letter(c, size(5), quoted("abc"), size(2)),    \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(c.text(), "ab0##");                                                      \
		NTSTATUS_IS(RtlString##unit##CopyEx##letter(d, size(5), quoted("abc"), &end,       \
							    &left, STRSAFE_FILL_BYTE('+')),        \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(end, d + 3);                                                             \
		EXPECT_EQ(left, size(2));                                                          \
		EXPECT_EQ(d.text().substr(0, 4), "abc0");                                          \
		NTSTATUS_IS(RtlString##unit##CopyNEx##letter(e, size(4), quoted("abcdef"),         \
							     size(5), &end, &left,                 \
							     STRSAFE_NO_TRUNCATION),               \
			    STATUS_BUFFER_OVERFLOW);                                               \
		EXPECT_EQ(e.text()[0], '0');                                                       \
		EXPECT_EQ(left, size(4));                                                          \
		NTSTATUS_IS(RtlString##unit##CopyEx##letter(f, size(5), nullptr, &end, &left,      \
							    STRSAFE_IGNORE_NULLS),                 \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(end, f + 0);                                                             \
		NTSTATUS_IS(RtlString##unit##CopyEx##letter(f, size(5), quoted("x"), &end, &left,  \
							    0x2000),                               \
			    STATUS_INVALID_PARAMETER);                                             \
		NTSTATUS_IS(RtlString##unit##Length##letter(a, size(5), &length), STATUS_SUCCESS); \
		EXPECT_EQ(length, size(3));                                                        \
		NTSTATUS_IS(RtlString##unit##Length##letter(a, size(3), &length),                  \
			    STATUS_INVALID_PARAMETER);                                             \
		EXPECT_EQ(length, 0u);                                                             \
		NTSTATUS_IS(RtlString##unit##Length##letter(nullptr, size(3), nullptr),            \
			    STATUS_INVALID_PARAMETER);                                             \
	}                                                                                          \
                                                                                                   \
	TEST(CoreSafeString, unit##letter##Appends)                                                \
	{                                                                                          \
		Room<Character> a(6, "ab"), b(4, "ab"), c(6, "ab"), d(6, "ab"), e(4, "ab"), f(4);  \
		Character *end = nullptr;                                                          \
		SIZE_T left = 0;                                                                   \
                                                                                                   \
		NTSTATUS_IS(RtlString##unit##Cat##letter(a, size(6), quoted("cd")),                \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(a.text(), "abcd0#");                                                     \
		NTSTATUS_IS(RtlString##unit##Cat##letter(b, size(4), quoted("cd")),                \
			    STATUS_BUFFER_OVERFLOW);                                               \
		EXPECT_EQ(b.text(), "abc0");                                                       \
		NTSTATUS_IS(RtlString##unit##CatN##letter(c, size(6), quoted("cd"), size(1)),      \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(c.text(), "abc0##");                                                     \
		NTSTATUS_IS(                                                                       \
			RtlString##unit##CatEx##letter(d, size(6), quoted("c"), &end, &left, 0),   \
			STATUS_SUCCESS);                                                           \
		EXPECT_EQ(end, d + 3);                                                             \
		EXPECT_EQ(left, size(3));                                                          \
		NTSTATUS_IS(RtlString##unit##CatNEx##letter(e, size(4), quoted("cdef"), size(3),   \
							    &end, &left, STRSAFE_NO_TRUNCATION),   \
			    STATUS_BUFFER_OVERFLOW);                                               \
		EXPECT_EQ(e.text(), "ab0#");                                                       \
		EXPECT_EQ(left, size(2));                                                          \
		NTSTATUS_IS(RtlString##unit##Cat##letter(f, size(4), quoted("x")),                 \
			    STATUS_INVALID_PARAMETER);                                             \
		EXPECT_EQ(f.text(), "####");                                                       \
	}                                                                                          \
                                                                                                   \
	TEST(CoreSafeString, unit##letter##Formats)                                                \
	{                                                                                          \
		Room<Character> a(6), b(4), c(6), d(4), e(4);                                      \
		Character *end = nullptr;                                                          \
		SIZE_T left = 0;                                                                   \
                                                                                                   \
		NTSTATUS_IS(RtlString##unit##Printf##letter(a, size(6), quoted("n%d"), 12),        \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(a.text(), "n120##");                                                     \
		NTSTATUS_IS(RtlString##unit##Printf##letter(b, size(4), quoted("n%d"), 1234),      \
			    STATUS_BUFFER_OVERFLOW);                                               \
		EXPECT_EQ(b.text(), "n120");                                                       \
		NTSTATUS_IS(RtlString##unit##PrintfEx##letter(c, size(6), &end, &left, 0,          \
							      quoted("%u"), 77u),                  \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(end, c + 2);                                                             \
		EXPECT_EQ(left, size(4));                                                          \
		NTSTATUS_IS(RtlString##unit##PrintfEx##letter(d, size(4), &end, &left,             \
							      STRSAFE_NULL_ON_FAILURE,             \
							      quoted("%u"), 77777u),               \
			    STATUS_BUFFER_OVERFLOW);                                               \
		EXPECT_EQ(d.text()[0], '0');                                                       \
		EXPECT_EQ(left, size(4));                                                          \
		NTSTATUS_IS(RtlString##unit##Printf##letter(e, size(4), nullptr),                  \
			    STATUS_INVALID_PARAMETER);                                             \
		NTSTATUS_IS(RtlString##unit##PrintfEx##letter(e, size(4), &end, &left,             \
							      STRSAFE_IGNORE_NULLS, nullptr),      \
			    STATUS_SUCCESS);                                                       \
		EXPECT_EQ(e.text()[0], '0');                                                       \
	}

#define NARROW(text) text
#define WIDE(text)   L##text
#define ONES(n)	     static_cast<SIZE_T>(n)
#define TWOS(n)	     (2 * static_cast<SIZE_T>(n))

STRING_TESTS(Cch, A, char, NARROW, ONES)
STRING_TESTS(Cb, A, char, NARROW, ONES)
STRING_TESTS(Cch, W, WCHAR, WIDE, ONES)
STRING_TESTS(Cb, W, WCHAR, WIDE, TWOS)

template <class Character>
static NTSTATUS with_list(NTSTATUS (*function)(Character *, SIZE_T, const Character *, va_list),
			  Character *text, SIZE_T size, const Character *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	const NTSTATUS status = function(text, size, format, arguments);
	va_end(arguments);
	return status;
}

template <class Character>
static NTSTATUS with_list_ex(NTSTATUS (*function)(Character *, SIZE_T, Character **, SIZE_T *,
						  ULONG, const Character *, va_list),
			     Character *text, SIZE_T size, SIZE_T *left, const Character *format,
			     ...)
{
	va_list arguments;

	va_start(arguments, format);
	const NTSTATUS status = function(text, size, static_cast<Character **>(nullptr), left, 0,
					 format, arguments);
	va_end(arguments);
	return status;
}

TEST(CoreSafeString, ArgumentsMayComeInAList)
{
	char narrow[8];
	WCHAR wide[8];
	SIZE_T left;

	EXPECT_EQ(with_list(RtlStringCchVPrintfA, narrow, 8, "%d", 5), STATUS_SUCCESS);
	EXPECT_STREQ(narrow, "5");
	EXPECT_EQ(with_list(RtlStringCbVPrintfA, narrow, 8, "%d", 6), STATUS_SUCCESS);
	EXPECT_STREQ(narrow, "6");
	EXPECT_EQ(with_list(RtlStringCchVPrintfW, wide, 8, L"%d", 7), STATUS_SUCCESS);
	EXPECT_EQ(wide[0], L'7');
	EXPECT_EQ(with_list(RtlStringCbVPrintfW, wide, 16, L"%d", 8), STATUS_SUCCESS);
	EXPECT_EQ(wide[0], L'8');
	EXPECT_EQ(with_list_ex(RtlStringCchVPrintfExA, narrow, 8, &left, "%d", 5), STATUS_SUCCESS);
	EXPECT_EQ(left, 7u);
	EXPECT_EQ(with_list_ex(RtlStringCbVPrintfExA, narrow, 8, &left, "%d", 5), STATUS_SUCCESS);
	EXPECT_EQ(left, 7u);
	EXPECT_EQ(with_list_ex(RtlStringCchVPrintfExW, wide, 8, &left, L"%d", 5), STATUS_SUCCESS);
	EXPECT_EQ(left, 7u);
	/* An odd byte is room for nothing. */
	EXPECT_EQ(with_list_ex(RtlStringCbVPrintfExW, wide, 15, &left, L"%d", 5), STATUS_SUCCESS);
	EXPECT_EQ(left, 13u);
}

TEST(CoreSafeString, WithoutRoomOnlyNothingFits)
{
	char *end = reinterpret_cast<char *>(1);
	SIZE_T left = 1;
	char none;

	EXPECT_EQ(RtlStringCchCopyExA(nullptr, 0, "", &end, &left, STRSAFE_IGNORE_NULLS),
		  STATUS_SUCCESS);
	EXPECT_EQ(end, nullptr);
	EXPECT_EQ(left, 0u);
	EXPECT_EQ(RtlStringCchCopyExA(nullptr, 0, "a", &end, &left, STRSAFE_IGNORE_NULLS),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlStringCchCopyExA(&none, 0, "a", &end, &left, STRSAFE_NULL_ON_FAILURE),
		  STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(RtlStringCchCopyNA(&none, 1, "a", 2147483648), STATUS_INVALID_PARAMETER);
}

TEST(CoreSafeString, WhatCannotBeCopiedLeavesAnEmptyString)
{
	char text[] = "before";

	EXPECT_EQ(RtlStringCchCopyNA(text, 6, "a", ~static_cast<SIZE_T>(0)),
		  STATUS_INVALID_PARAMETER);
	EXPECT_STREQ(text, "");
	text[0] = 'b';
	EXPECT_EQ(RtlStringCchCopyA(text, 6, nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_STREQ(text, "");
	text[0] = 'b';
	EXPECT_EQ(RtlStringCchCatA(text, 7, nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_STREQ(text, "before");
}

TEST(CoreSafeString, RoomIsFilledIfThatIsWanted)
{
	Room<char> a(6), b(4), c(4);

	EXPECT_EQ(RtlStringCchCopyExA(a, 6, "ab", nullptr, nullptr, STRSAFE_FILL_BYTE('x')),
		  STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "ab0xxx");
	EXPECT_EQ(RtlStringCchCopyExA(b, 4, "abcd", nullptr, nullptr, STRSAFE_FAILURE_BYTE('y')),
		  STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(b.text(), "yyy0");
	EXPECT_EQ(RtlStringCchCopyExA(c, 4, nullptr, nullptr, nullptr, STRSAFE_FAILURE_BYTE(0)),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(c.text(), "0000");
}

TEST(CoreSafeString, CountedStringsBecomeOnesWithAnEnd)
{
	Room<WCHAR> a(4), b(4), c(3);
	const UNICODE_STRING odd = {3, 4, abc.Buffer};
	WCHAR *end;
	SIZE_T left;

	EXPECT_EQ(RtlStringCchCopyUnicodeString(a, 4, &abc), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "abc0");
	EXPECT_EQ(RtlStringCbCopyUnicodeString(b, 8, &abc), STATUS_SUCCESS);
	EXPECT_EQ(b.text(), "abc0");
	EXPECT_EQ(RtlStringCchCopyUnicodeStringEx(c, 3, &abc, &end, &left, 0),
		  STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(c.text(), "ab0");
	EXPECT_EQ(left, 1u);
	EXPECT_EQ(RtlStringCbCopyUnicodeStringEx(c, 6, nullptr, &end, &left, STRSAFE_IGNORE_NULLS),
		  STATUS_SUCCESS);
	EXPECT_EQ(left, 6u);
	EXPECT_EQ(RtlStringCchCopyUnicodeString(a, 4, &odd), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlStringCchCopyUnicodeString(a, 4, nullptr), STATUS_INVALID_PARAMETER);
}

TEST(CoreSafeString, LengthsAreFoundAtAnyAddress)
{
	char memory[9] = {0, 'a', 0, 'b', 0, 0, 0, 1, 1};
	const WCHAR UNALIGNED *text = reinterpret_cast<const WCHAR *>(memory + 1);
	SIZE_T length;

	EXPECT_EQ(RtlUnalignedStringCchLengthW(text, 4, &length), STATUS_SUCCESS);
	EXPECT_EQ(length, 2u);
	EXPECT_EQ(RtlUnalignedStringCbLengthW(text, 8, &length), STATUS_SUCCESS);
	EXPECT_EQ(length, 4u);
}

TEST(CoreSafeString, CountedDestinationsKeepWhatFits)
{
	Counted a(6), b(2);
	UNICODE_STRING left;

	EXPECT_EQ(RtlUnicodeStringCopy(&a.string, &abc), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "abc");
	EXPECT_EQ(a.room(), "abc###");
	EXPECT_EQ(RtlUnicodeStringCat(&a.string, &abc), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "abcabc");
	EXPECT_EQ(RtlUnicodeStringCopyString(&b.string, L"xyz"), STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(b.text(), "xy");
	EXPECT_EQ(RtlUnicodeStringCopyString(&a.string, L"x"), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCatString(&a.string, L"yz"), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "xyz");
	EXPECT_EQ(RtlUnicodeStringCopyEx(&a.string, &abc, &left, STRSAFE_FILL_BYTE('-')),
		  STATUS_SUCCESS);
	EXPECT_EQ(left.Buffer, a.string.Buffer + 3);
	EXPECT_EQ(left.MaximumLength, 6);
	EXPECT_EQ(left.Length, 0);
	EXPECT_EQ(reinterpret_cast<char *>(left.Buffer)[0], '-');
	EXPECT_EQ(RtlUnicodeStringCatEx(&b.string, &abc, &left, STRSAFE_ZERO_LENGTH_ON_FAILURE),
		  STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(b.string.Length, 0);
	EXPECT_EQ(RtlUnicodeStringCopyStringEx(&b.string, nullptr, &left, STRSAFE_IGNORE_NULLS),
		  STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCatStringEx(&b.string, L"x", &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(left.MaximumLength, 2);
	EXPECT_EQ(RtlUnicodeStringCatStringEx(&b.string, L"yz", nullptr, STRSAFE_NO_TRUNCATION),
		  STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(b.text(), "x");
	EXPECT_EQ(RtlUnicodeStringCopyStringEx(&b.string, L"yzz", nullptr, STRSAFE_FAILURE_BYTE(0)),
		  STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(b.room(), "00");
	EXPECT_EQ(b.string.Length, 0);
	EXPECT_EQ(RtlUnicodeStringCopyString(&b.string, nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringCopy(nullptr, &abc), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringCopyEx(nullptr, nullptr, &left, STRSAFE_IGNORE_NULLS),
		  STATUS_SUCCESS);
	EXPECT_EQ(left.Buffer, nullptr);
	EXPECT_EQ(RtlUnicodeStringCopyEx(nullptr, &abc, &left, STRSAFE_IGNORE_NULLS),
		  STATUS_INVALID_PARAMETER);
}

TEST(CoreSafeString, CountedDestinationsTakeSoMuchAndNoMore)
{
	Counted a(8);
	UNICODE_STRING left;

	EXPECT_EQ(RtlUnicodeStringCchCopyN(&a.string, &abc, 2), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "ab");
	EXPECT_EQ(RtlUnicodeStringCbCopyN(&a.string, &abc, 2), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "a");
	EXPECT_EQ(RtlUnicodeStringCchCatN(&a.string, &abc, 1), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "aa");
	EXPECT_EQ(RtlUnicodeStringCbCatN(&a.string, &abc, 4), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "aaab");
	EXPECT_EQ(RtlUnicodeStringCchCopyStringN(&a.string, L"xyz", 1), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCchCatStringN(&a.string, L"xyz", 2), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCbCatStringN(&a.string, L"xyz", 2), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "xxyx");
	EXPECT_EQ(RtlUnicodeStringCbCopyStringN(&a.string, L"xyz", 100), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "xyz");
	EXPECT_EQ(RtlUnicodeStringCchCopyNEx(&a.string, &abc, 9, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCbCopyNEx(&a.string, &abc, 2, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(left.MaximumLength, 14);
	EXPECT_EQ(RtlUnicodeStringCchCatNEx(&a.string, &abc, 1, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCbCatNEx(&a.string, &abc, 2, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(left.MaximumLength, 10);
	EXPECT_EQ(RtlUnicodeStringCchCatStringNEx(&a.string, L"xyz", 1, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCbCatStringNEx(&a.string, L"xyz", 2, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "aaaxx");
	EXPECT_EQ(RtlUnicodeStringCchCopyStringNEx(&a.string, L"xyz", 2, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringCbCopyStringNEx(&a.string, L"xyz", 2, &left, 0), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "x");
}

static NTSTATUS print_list(PUNICODE_STRING string, NTSTRSAFE_PCWSTR format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	const NTSTATUS status = RtlUnicodeStringVPrintf(string, format, arguments);
	va_end(arguments);
	return status;
}

static NTSTATUS print_list_ex(PUNICODE_STRING string, PUNICODE_STRING left, NTSTRSAFE_PCWSTR format,
			      ...)
{
	va_list arguments;

	va_start(arguments, format);
	const NTSTATUS status = RtlUnicodeStringVPrintfEx(string, left, 0, format, arguments);
	va_end(arguments);
	return status;
}

TEST(CoreSafeString, CountedDestinationsAreFormatted)
{
	Counted a(4);
	UNICODE_STRING left;

	EXPECT_EQ(RtlUnicodeStringPrintf(&a.string, L"%d", 12), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "12");
	EXPECT_EQ(RtlUnicodeStringPrintf(&a.string, L"%d", 12345), STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(a.text(), "1234");
	EXPECT_EQ(RtlUnicodeStringPrintfEx(&a.string, &left, 0, L"%x", 10), STATUS_SUCCESS);
	EXPECT_EQ(left.MaximumLength, 6);
	EXPECT_EQ(print_list(&a.string, L"%s", L"xy"), STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "xy");
	EXPECT_EQ(print_list_ex(&a.string, &left, L"%s", L"x"), STATUS_SUCCESS);
	EXPECT_EQ(left.MaximumLength, 6);
	EXPECT_EQ(RtlUnicodeStringPrintf(&a.string, nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringPrintfEx(&a.string, &left, STRSAFE_IGNORE_NULLS, nullptr),
		  STATUS_SUCCESS);
	EXPECT_EQ(a.text(), "");
}

TEST(CoreSafeString, CountedStringsAreChecked)
{
	const UNICODE_STRING odd_room = {2, 3, abc.Buffer};
	const UNICODE_STRING too_long = {4, 2, abc.Buffer};
	const UNICODE_STRING nowhere = {0, 2, nullptr};
	const UNICODE_STRING empty = {};

	EXPECT_EQ(RtlUnicodeStringValidate(&abc), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringValidate(&empty), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringValidate(&odd_room), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringValidate(&too_long), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringValidate(&nowhere), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringValidate(nullptr), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(RtlUnicodeStringValidateEx(nullptr, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
	EXPECT_EQ(RtlUnicodeStringValidateEx(&abc, 0x10000), STATUS_INVALID_PARAMETER);
}

/* What the functions above stand on, by itself. */
TEST(CoreSafeString, TheWorkersDoTheSame)
{
	char text[4] = "ab";
	struct netcx_string_place place = {text, 4, 1, TRUE, 0, nullptr, 0};
	Counted counted(4);
	SIZE_T length;

	EXPECT_EQ(netcx_string_copy(&place, "c", 9), STATUS_SUCCESS);
	EXPECT_STREQ(text, "abc");
	EXPECT_EQ(place.End, text + 3);
	EXPECT_EQ(place.Left, 1u);
	EXPECT_EQ(netcx_string_done(STATUS_SUCCESS, &place, 4, 1, nullptr, &length),
		  STATUS_SUCCESS);
	EXPECT_EQ(length, 1u);
	EXPECT_EQ(netcx_string_length(text, 1, 4, &length), STATUS_SUCCESS);
	EXPECT_EQ(length, 3u);
	EXPECT_EQ(netcx_shorter(3, 2), 2u);
	EXPECT_EQ(netcx_unicode_string_copy(&counted.string, FALSE, L"ab", 2, nullptr, 0),
		  STATUS_SUCCESS);
	EXPECT_EQ(netcx_unicode_string_from(&counted.string, TRUE, &abc, 1, nullptr, 0),
		  STATUS_SUCCESS);
	EXPECT_EQ(netcx_unicode_string_from_text(&counted.string, TRUE, L"xy", 1, nullptr, 0),
		  STATUS_SUCCESS);
	EXPECT_EQ(counted.text(), "abax");
	EXPECT_EQ(netcx_unicode_string_check(&abc, 0), STATUS_SUCCESS);

	[](struct netcx_string_place *where, PUNICODE_STRING string, ...) {
		va_list arguments;

		va_start(arguments, string);
		where->Append = FALSE;
		EXPECT_EQ(netcx_string_format(where, "%d", arguments), STATUS_SUCCESS);
		EXPECT_EQ(netcx_unicode_string_format(string, nullptr, 0, L"%d", arguments),
			  STATUS_SUCCESS);
		va_end(arguments);
	}(&place, &counted.string, 77);
	EXPECT_STREQ(text, "77");
	EXPECT_EQ(counted.text(), "77");
}

/* ---- the log, time, random numbers ---- */

class CoreKernel : public CoreFixture
{
};

static void print_to_log(ULONG level, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	EXPECT_EQ(vDbgPrintEx(DPFLTR_IHVNETWORK_ID, level, format, arguments), 0u);
	va_end(arguments);
}

/* Which the compiler does not know, see docs/windows-drivers.md. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
TEST_F(CoreKernel, LinesAreFormattedAsOnWindows)
{
	EXPECT_EQ(DbgPrint("name %ws, speed %I64u\n", L"eth", 1000000000ULL), 0u);
	print_to_log(DPFLTR_WARNING_LEVEL, "%wZ is %lx", &abc, 0xabcu);
	KdPrint(("kd %u\n", 1));
	KdPrintEx((DPFLTR_IHVDRIVER_ID, DPFLTR_TRACE_LEVEL, "kd %u\n", 2));
	DbgPrint("%s", std::string(300, 'x').c_str());
	ASSERT_EQ(os.log.size(), 5u);
	EXPECT_EQ(os.log[0].text, "name eth, speed 1000000000");
	EXPECT_EQ(os.log[0].level, NETCX_OS_LOG_INFO);
	EXPECT_EQ(os.log[1].text, "abc is abc");
	EXPECT_EQ(os.log[1].level, NETCX_OS_LOG_WARNING);
	EXPECT_EQ(os.log[2].text, "kd 1");
	EXPECT_EQ(os.log[3].level, NETCX_OS_LOG_DEBUG);
	EXPECT_EQ(os.log[4].text, std::string(255, 'x'));
}
#pragma GCC diagnostic pop

TEST_F(CoreKernel, ClocksTick)
{
	LARGE_INTEGER ticks, later, time, now;

	KeQueryTickCount(&ticks);
	KeQuerySystemTimePrecise(&time);
	/* 2023-11-14 22:13:20, as FILETIME. */
	EXPECT_EQ(time.QuadPart, 133444736000000000 + static_cast<LONGLONG>(os.now_ns() / 100));
	os.pass_time(1000000);
	KeQueryTickCount(&later);
	KeQuerySystemTime(&now);
	EXPECT_EQ(KeQueryTimeIncrement(), 156250u);
	EXPECT_EQ(later.QuadPart - ticks.QuadPart, 64);
	EXPECT_EQ(now.QuadPart - time.QuadPart, 10000000);
}

TEST_F(CoreKernel, RandomNumbersAreInTheirRangeAndDiffer)
{
	ULONG seed = 0, other = MAXULONG;
	ULONG before = RtlRandomEx(&seed);

	EXPECT_LT(RtlRandomEx(&other), static_cast<ULONG>(MAXLONG));
	for (int i = 0; i < 1000; i++) {
		const ULONG number = RtlRandomEx(&seed);

		EXPECT_LT(number, static_cast<ULONG>(MAXLONG));
		EXPECT_NE(number, before);
		before = number;
	}
}

TEST_F(CoreKernel, RandomNumbersThatNobodyGuesses)
{
	UCHAR bytes[4] = {};
	BCRYPT_ALG_HANDLE other = bytes;

	EXPECT_EQ(BCryptGenRandom(nullptr, bytes, 3, BCRYPT_USE_SYSTEM_PREFERRED_RNG),
		  STATUS_SUCCESS);
	EXPECT_EQ(bytes[2], 3);
	EXPECT_EQ(bytes[3], 0);
	EXPECT_EQ(BCryptGenRandom(other, bytes, 4, BCRYPT_USE_SYSTEM_PREFERRED_RNG),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(BCryptGenRandom(nullptr, nullptr, 4, BCRYPT_USE_SYSTEM_PREFERRED_RNG),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(BCryptGenRandom(nullptr, bytes, 4, 0), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("BCryptGenRandom"), 3u);
	EXPECT_EQ(bytes[3], 0);
}

} // namespace unit
