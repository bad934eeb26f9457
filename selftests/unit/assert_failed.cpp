// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where a broken assertion of a public header ends, unless the class extension is linked in.

#include <netcx/netcx_compiler.h>

#include <cstdio>
#include <cstdlib>

extern "C" __attribute__((weak)) void netcx_assert_failed(const char *condition, const char *file,
							  int line)
{
	fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
	abort();
}
