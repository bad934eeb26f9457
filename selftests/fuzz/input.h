/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A fuzzer's input as a stream of values; behind its end come zeroes. */
#ifndef NETCX_FUZZ_INPUT_H
#define NETCX_FUZZ_INPUT_H

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <netcx/ntdef.h>

namespace fuzz
{

class Input
{
public:
	Input(const UINT8 *data, SIZE_T size) : data(data), left(size) {}

	bool empty() const { return !left; }

	void fill(void *destination, SIZE_T size)
	{
		const SIZE_T taken = size < left ? size : left;

		memset(destination, 0, size);
		memcpy(destination, data, taken);
		data += taken;
		left -= taken;
	}

	template <class T>
	T take()
	{
		T value;

		fill(&value, sizeof(value));
		return value;
	}

	UINT8 byte() { return take<UINT8>(); }

	bool flag() { return byte() & 1; }

	/* In [0, bound); 0 for a bound of 0. */
	UINT32 below(UINT32 bound)
	{
		const UINT32 value = bound > 256 ? take<UINT16>() : byte();

		return bound ? value % bound : 0;
	}

private:
	const UINT8 *data;
	SIZE_T left;
};

/* What must hold, said in words; a sanitizer then shows where. */
inline void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz: broken: %s\n", what);
	abort();
}

} // namespace fuzz

#endif /* NETCX_FUZZ_INPUT_H */
