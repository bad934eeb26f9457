// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The macros that Windows' headers define unless they are told not to, as all other tests do.

#include <gtest/gtest.h>

#undef NOMINMAX
#include <netcx/wdm.h>

namespace
{

NTSYSAPI int unit_system_function();
NTKERNELAPI int unit_system_function()
{
	return 1;
}

TEST(ApiMinMax, TheyAreThere)
{
	EXPECT_EQ(min(2, 3), 2);
	EXPECT_EQ(min(3u, 2u), 2u);
	EXPECT_EQ(max(2, 3), 3);
	EXPECT_EQ(max(-1, -2), -1);
	EXPECT_EQ(unit_system_function(), 1);
}

} // namespace
