// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Clients that were built for another netcx are not taken.

#include <gtest/gtest.h>

#include <cerrno>

#include <netcx/netcx_version.h>

#include "os/fake_os.h"

namespace
{

class CoreAbi : public ::testing::Test
{
protected:
	CoreAbi() { os.reset(); }
	~CoreAbi() override { os.reset(); }

	fake::Os &os = fake::Os::get();
};

TEST_F(CoreAbi, AClientOfThisNetcxIsTaken)
{
	EXPECT_EQ(netcx_core_check_abi("netcx_own", NETCX_ABI_VERSION, NETCX_VERSION), 0);
	/* A release that has not changed it. */
	EXPECT_EQ(netcx_core_check_abi("netcx_own", NETCX_ABI_VERSION, "0.0"), 0);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreAbi, AnotherOneIsRefusedWithBothVersions)
{
	const std::string this_one =
		"this is netcx " NETCX_VERSION " with ABI " + std::to_string(NETCX_ABI_VERSION);

	EXPECT_EQ(netcx_core_check_abi("netcx_new", NETCX_ABI_VERSION + 1, "8.7"), -ENOEXEC);
	EXPECT_EQ(os.lines_with("netcx_new was built for netcx 8.7 with ABI " +
				std::to_string(NETCX_ABI_VERSION + 1)),
		  1u)
		<< os.whole_log();
	EXPECT_EQ(netcx_core_check_abi("netcx_old", 0, "0.0"), -ENOEXEC);
	EXPECT_EQ(os.lines_with("netcx_old was built for netcx 0.0 with ABI 0"), 1u)
		<< os.whole_log();
	EXPECT_EQ(os.lines_with(this_one), 2u) << os.whole_log();
	EXPECT_EQ(os.errors(), 2u);
}

} // namespace
