// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Arithmetic and conversions that report overflow: each function, at the ends of its types.

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include <netcx/ntintsafe.h>

namespace
{

/* Wide enough for any result. */
using Wide = __int128;

template <class Type>
std::vector<Type> interesting_values()
{
	using Limits = std::numeric_limits<Type>;
	std::vector<Type> values = {0, 1, 2, 3, 100, Limits::min(), Limits::max()};

	values.push_back(static_cast<Type>(Limits::min() + 1));
	values.push_back(static_cast<Type>(Limits::max() - 1));
	values.push_back(static_cast<Type>(Limits::max() / 2 + 1));
	/* The ends of all narrower types. */
	for (unsigned int bits : {7, 8, 15, 16, 31, 32, 63}) {
		const Wide power = Wide(1) << bits;

		for (Wide value : {power - 1, power, -power, -power - 1}) {
			if (value >= Wide(Limits::min()) && value <= Wide(Limits::max()))
				values.push_back(static_cast<Type>(value));
		}
	}
	return values;
}

template <class Type>
bool fits(Wide value)
{
	return value >= Wide(std::numeric_limits<Type>::min()) &&
	       value <= Wide(std::numeric_limits<Type>::max());
}

template <class Type>
void expect_result(const char *name, NTSTATUS status, Type result, Wide expected)
{
	if (fits<Type>(expected)) {
		EXPECT_EQ(status, STATUS_SUCCESS) << name;
		EXPECT_EQ(result, static_cast<Type>(expected)) << name;
	} else {
		EXPECT_EQ(status, STATUS_INTEGER_OVERFLOW) << name;
		EXPECT_EQ(result, static_cast<Type>(~Type(0))) << name;
	}
}

template <class Type>
void arithmetic(const char *name, NTSTATUS (*function)(Type, Type, Type *),
		Wide (*exact)(Wide, Wide))
{
	for (Type left : interesting_values<Type>()) {
		for (Type right : interesting_values<Type>()) {
			Type result = 0;
			const NTSTATUS status = function(left, right, &result);

			expect_result(name, status, result, exact(left, right));
		}
	}
}

template <class From, class To>
void conversion(const char *name, NTSTATUS (*function)(From, To *))
{
	for (From value : interesting_values<From>()) {
		To result = 0;
		const NTSTATUS status = function(value, &result);

		expect_result(name, status, result, value);
	}
}

Wide sum(Wide left, Wide right)
{
	return left + right;
}

Wide difference(Wide left, Wide right)
{
	return left - right;
}

/* Of two 64-bit numbers, which 128 bits hold if one of them is signed or small enough. */
Wide product(Wide left, Wide right)
{
	Wide result;

	return __builtin_mul_overflow(left, right, &result) ? std::numeric_limits<Wide>::max()
							    : result;
}

#define ARITHMETIC(function, exact) arithmetic(#function, function, exact)
#define CONVERSION(function)	    conversion(#function, function)

TEST(ApiIntsafe, SumsDifferencesAndProductsThatDoNotFitAreReported)
{
	ARITHMETIC(RtlInt8Add, sum);
	ARITHMETIC(RtlInt8Sub, difference);
	ARITHMETIC(RtlInt8Mult, product);
	ARITHMETIC(RtlUInt8Add, sum);
	ARITHMETIC(RtlUInt8Sub, difference);
	ARITHMETIC(RtlUInt8Mult, product);
	ARITHMETIC(RtlShortAdd, sum);
	ARITHMETIC(RtlShortSub, difference);
	ARITHMETIC(RtlShortMult, product);
	ARITHMETIC(RtlUShortAdd, sum);
	ARITHMETIC(RtlUShortSub, difference);
	ARITHMETIC(RtlUShortMult, product);
	ARITHMETIC(RtlIntAdd, sum);
	ARITHMETIC(RtlIntSub, difference);
	ARITHMETIC(RtlIntMult, product);
	ARITHMETIC(RtlUIntAdd, sum);
	ARITHMETIC(RtlUIntSub, difference);
	ARITHMETIC(RtlUIntMult, product);
	ARITHMETIC(RtlLongAdd, sum);
	ARITHMETIC(RtlLongSub, difference);
	ARITHMETIC(RtlLongMult, product);
	ARITHMETIC(RtlULongAdd, sum);
	ARITHMETIC(RtlULongSub, difference);
	ARITHMETIC(RtlULongMult, product);
	ARITHMETIC(RtlIntPtrAdd, sum);
	ARITHMETIC(RtlIntPtrSub, difference);
	ARITHMETIC(RtlIntPtrMult, product);
	ARITHMETIC(RtlUIntPtrAdd, sum);
	ARITHMETIC(RtlUIntPtrSub, difference);
	ARITHMETIC(RtlUIntPtrMult, product);
	ARITHMETIC(RtlLongPtrAdd, sum);
	ARITHMETIC(RtlLongPtrSub, difference);
	ARITHMETIC(RtlLongPtrMult, product);
	ARITHMETIC(RtlULongPtrAdd, sum);
	ARITHMETIC(RtlULongPtrSub, difference);
	ARITHMETIC(RtlULongPtrMult, product);
	ARITHMETIC(RtlDWordPtrAdd, sum);
	ARITHMETIC(RtlDWordPtrSub, difference);
	ARITHMETIC(RtlDWordPtrMult, product);
	ARITHMETIC(RtlLongLongAdd, sum);
	ARITHMETIC(RtlLongLongSub, difference);
	ARITHMETIC(RtlLongLongMult, product);
	ARITHMETIC(RtlULongLongAdd, sum);
	ARITHMETIC(RtlULongLongSub, difference);
	ARITHMETIC(RtlULongLongMult, product);
	ARITHMETIC(RtlSizeTAdd, sum);
	ARITHMETIC(RtlSizeTSub, difference);
	ARITHMETIC(RtlSizeTMult, product);
	ARITHMETIC(RtlSIZETAdd, sum);
	ARITHMETIC(RtlSIZETSub, difference);
	ARITHMETIC(RtlSIZETMult, product);
	ARITHMETIC(RtlSSIZETAdd, sum);
	ARITHMETIC(RtlSSIZETSub, difference);
	ARITHMETIC(RtlSSIZETMult, product);
	ARITHMETIC(RtlPtrdiffTAdd, sum);
	ARITHMETIC(RtlPtrdiffTSub, difference);
	ARITHMETIC(RtlPtrdiffTMult, product);
	ARITHMETIC(RtlUInt16Add, sum);
	ARITHMETIC(RtlUInt16Sub, difference);
	ARITHMETIC(RtlUInt16Mult, product);
	ARITHMETIC(RtlWordAdd, sum);
	ARITHMETIC(RtlWordSub, difference);
	ARITHMETIC(RtlWordMult, product);
	ARITHMETIC(RtlUInt32Add, sum);
	ARITHMETIC(RtlUInt32Sub, difference);
	ARITHMETIC(RtlUInt32Mult, product);
	ARITHMETIC(RtlDWordAdd, sum);
	ARITHMETIC(RtlDWordSub, difference);
	ARITHMETIC(RtlDWordMult, product);
	ARITHMETIC(RtlUInt64Add, sum);
	ARITHMETIC(RtlUInt64Sub, difference);
	ARITHMETIC(RtlUInt64Mult, product);
	ARITHMETIC(RtlDWordLongAdd, sum);
	ARITHMETIC(RtlDWordLongSub, difference);
	ARITHMETIC(RtlDWordLongMult, product);
	ARITHMETIC(RtlULong64Add, sum);
	ARITHMETIC(RtlULong64Sub, difference);
	ARITHMETIC(RtlULong64Mult, product);
	ARITHMETIC(RtlDWord64Add, sum);
	ARITHMETIC(RtlDWord64Sub, difference);
	ARITHMETIC(RtlDWord64Mult, product);
	ARITHMETIC(RtlInt16Add, sum);
	ARITHMETIC(RtlInt16Sub, difference);
	ARITHMETIC(RtlInt16Mult, product);
	ARITHMETIC(RtlInt32Add, sum);
	ARITHMETIC(RtlInt32Sub, difference);
	ARITHMETIC(RtlInt32Mult, product);
	ARITHMETIC(RtlInt64Add, sum);
	ARITHMETIC(RtlInt64Sub, difference);
	ARITHMETIC(RtlInt64Mult, product);
	ARITHMETIC(RtlLong64Add, sum);
	ARITHMETIC(RtlLong64Sub, difference);
	ARITHMETIC(RtlLong64Mult, product);
}

TEST(ApiIntsafe, ConversionsThatLoseSomethingAreReported)
{
	CONVERSION(RtlByteToChar);
	CONVERSION(RtlByteToInt8);
	CONVERSION(RtlInt8ToUChar);
	CONVERSION(RtlInt8ToUInt8);
	CONVERSION(RtlInt8ToUShort);
	CONVERSION(RtlInt8ToUInt);
	CONVERSION(RtlInt8ToULong);
	CONVERSION(RtlInt8ToUIntPtr);
	CONVERSION(RtlInt8ToULongPtr);
	CONVERSION(RtlInt8ToULongLong);
	CONVERSION(RtlUInt8ToChar);
	CONVERSION(RtlUInt8ToInt8);
	CONVERSION(RtlShortToChar);
	CONVERSION(RtlShortToUChar);
	CONVERSION(RtlShortToInt8);
	CONVERSION(RtlShortToUInt8);
	CONVERSION(RtlShortToUShort);
	CONVERSION(RtlShortToUInt);
	CONVERSION(RtlShortToULong);
	CONVERSION(RtlShortToUIntPtr);
	CONVERSION(RtlShortToULongPtr);
	CONVERSION(RtlShortToDWordPtr);
	CONVERSION(RtlShortToULongLong);
	CONVERSION(RtlUShortToChar);
	CONVERSION(RtlUShortToUChar);
	CONVERSION(RtlUShortToInt8);
	CONVERSION(RtlUShortToUInt8);
	CONVERSION(RtlUShortToShort);
	CONVERSION(RtlIntToChar);
	CONVERSION(RtlIntToUChar);
	CONVERSION(RtlIntToInt8);
	CONVERSION(RtlIntToUInt8);
	CONVERSION(RtlIntToShort);
	CONVERSION(RtlIntToUShort);
	CONVERSION(RtlIntToUInt);
	CONVERSION(RtlIntToULong);
	CONVERSION(RtlIntToULongLong);
	CONVERSION(RtlIntToSizeT);
	CONVERSION(RtlUIntToChar);
	CONVERSION(RtlUIntToUChar);
	CONVERSION(RtlUIntToInt8);
	CONVERSION(RtlUIntToUInt8);
	CONVERSION(RtlUIntToShort);
	CONVERSION(RtlUIntToUShort);
	CONVERSION(RtlUIntToInt);
	CONVERSION(RtlUIntToLong);
	CONVERSION(RtlUIntToIntPtr);
	CONVERSION(RtlUIntToLongPtr);
	CONVERSION(RtlLongToChar);
	CONVERSION(RtlLongToUChar);
	CONVERSION(RtlLongToInt8);
	CONVERSION(RtlLongToUInt8);
	CONVERSION(RtlLongToShort);
	CONVERSION(RtlLongToUShort);
	CONVERSION(RtlLongToInt);
	CONVERSION(RtlLongToUInt);
	CONVERSION(RtlLongToULong);
	CONVERSION(RtlLongToIntPtr);
	CONVERSION(RtlLongToUIntPtr);
	CONVERSION(RtlLongToULongPtr);
	CONVERSION(RtlLongToULongLong);
	CONVERSION(RtlLongToSizeT);
	CONVERSION(RtlULongToChar);
	CONVERSION(RtlULongToUChar);
	CONVERSION(RtlULongToInt8);
	CONVERSION(RtlULongToUInt8);
	CONVERSION(RtlULongToShort);
	CONVERSION(RtlULongToUShort);
	CONVERSION(RtlULongToInt);
	CONVERSION(RtlULongToUInt);
	CONVERSION(RtlULongToLong);
	CONVERSION(RtlULongToIntPtr);
	CONVERSION(RtlULongToUIntPtr);
	CONVERSION(RtlULongToLongPtr);
	CONVERSION(RtlIntPtrToChar);
	CONVERSION(RtlIntPtrToUChar);
	CONVERSION(RtlIntPtrToInt8);
	CONVERSION(RtlIntPtrToUInt8);
	CONVERSION(RtlIntPtrToShort);
	CONVERSION(RtlIntPtrToUShort);
	CONVERSION(RtlIntPtrToInt);
	CONVERSION(RtlIntPtrToUInt);
	CONVERSION(RtlIntPtrToLong);
	CONVERSION(RtlIntPtrToULong);
	CONVERSION(RtlIntPtrToUIntPtr);
	CONVERSION(RtlIntPtrToLongPtr);
	CONVERSION(RtlIntPtrToULongPtr);
	CONVERSION(RtlIntPtrToULongLong);
	CONVERSION(RtlUIntPtrToChar);
	CONVERSION(RtlUIntPtrToUChar);
	CONVERSION(RtlUIntPtrToInt8);
	CONVERSION(RtlUIntPtrToUInt8);
	CONVERSION(RtlUIntPtrToShort);
	CONVERSION(RtlUIntPtrToUShort);
	CONVERSION(RtlUIntPtrToInt16);
	CONVERSION(RtlUIntPtrToUInt16);
	CONVERSION(RtlUIntPtrToInt);
	CONVERSION(RtlUIntPtrToUInt);
	CONVERSION(RtlUIntPtrToLong);
	CONVERSION(RtlUIntPtrToULong);
	CONVERSION(RtlUIntPtrToIntPtr);
	CONVERSION(RtlUIntPtrToLongPtr);
	CONVERSION(RtlUIntPtrToLongLong);
	CONVERSION(RtlLongPtrToChar);
	CONVERSION(RtlLongPtrToUChar);
	CONVERSION(RtlLongPtrToInt8);
	CONVERSION(RtlLongPtrToUInt8);
	CONVERSION(RtlLongPtrToShort);
	CONVERSION(RtlLongPtrToUShort);
	CONVERSION(RtlLongPtrToInt);
	CONVERSION(RtlLongPtrToUInt);
	CONVERSION(RtlLongPtrToLong);
	CONVERSION(RtlLongPtrToULong);
	CONVERSION(RtlLongPtrToIntPtr);
	CONVERSION(RtlLongPtrToUIntPtr);
	CONVERSION(RtlLongPtrToULongPtr);
	CONVERSION(RtlLongPtrToULongLong);
	CONVERSION(RtlULongPtrToChar);
	CONVERSION(RtlULongPtrToUChar);
	CONVERSION(RtlULongPtrToInt8);
	CONVERSION(RtlULongPtrToUInt8);
	CONVERSION(RtlULongPtrToShort);
	CONVERSION(RtlULongPtrToUShort);
	CONVERSION(RtlULongPtrToInt);
	CONVERSION(RtlULongPtrToUInt);
	CONVERSION(RtlULongPtrToLong);
	CONVERSION(RtlULongPtrToULong);
	CONVERSION(RtlULongPtrToIntPtr);
	CONVERSION(RtlULongPtrToUIntPtr);
	CONVERSION(RtlULongPtrToLongPtr);
	CONVERSION(RtlULongPtrToLongLong);
	CONVERSION(RtlLongLongToChar);
	CONVERSION(RtlLongLongToUChar);
	CONVERSION(RtlLongLongToInt8);
	CONVERSION(RtlLongLongToUInt8);
	CONVERSION(RtlLongLongToShort);
	CONVERSION(RtlLongLongToUShort);
	CONVERSION(RtlLongLongToInt);
	CONVERSION(RtlLongLongToUInt);
	CONVERSION(RtlLongLongToLong);
	CONVERSION(RtlLongLongToULong);
	CONVERSION(RtlLongLongToIntPtr);
	CONVERSION(RtlLongLongToLongPtr);
	CONVERSION(RtlLongLongToULongLong);
	CONVERSION(RtlULongLongToChar);
	CONVERSION(RtlULongLongToUChar);
	CONVERSION(RtlULongLongToInt8);
	CONVERSION(RtlULongLongToUInt8);
	CONVERSION(RtlULongLongToShort);
	CONVERSION(RtlULongLongToUShort);
	CONVERSION(RtlULongLongToInt);
	CONVERSION(RtlULongLongToUInt);
	CONVERSION(RtlULongLongToLong);
	CONVERSION(RtlULongLongToULong);
	CONVERSION(RtlULongLongToUIntPtr);
	CONVERSION(RtlULongLongToLongPtr);
	CONVERSION(RtlULongLongToULongPtr);
	CONVERSION(RtlULongLongToLongLong);
	CONVERSION(RtlULongLongToSizeT);
	CONVERSION(RtlSizeTToUChar);
	CONVERSION(RtlSizeTToUShort);
	CONVERSION(RtlSizeTToUInt);
	CONVERSION(RtlSizeTToULong);
	CONVERSION(RtlSIZETToULong);
	EXPECT_EQ(USHORT_MAX, 65535);
}

} // namespace
