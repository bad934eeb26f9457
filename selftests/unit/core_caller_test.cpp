// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Which client runs on a thread, when more threads are in callbacks than can be told apart.

#include <latch>
#include <thread>
#include <vector>

#include "caller.h"
#include "core_client.h"

namespace
{

using namespace unit;

class CoreCaller : public CoreFixture
{
};

/* As many as module/core/caller.cpp has entries for. */
constexpr unsigned int threads = 64;

TEST_F(CoreCaller, TooManyAtOnceAreSaidToBeUnguardedOnce)
{
	std::vector<std::thread> others;
	std::latch entered(threads);
	std::latch done(1);

	for (unsigned int i = 0; i < threads; i++) {
		others.emplace_back([&] {
			const netcx::CallerScope scope(nullptr, nullptr);

			entered.count_down();
			done.wait();
		});
	}
	entered.wait();
	{
		const netcx::CallerScope scope(nullptr, nullptr);
		const netcx::CallerScope again(nullptr, nullptr);

		EXPECT_EQ(netcx::current_caller(), nullptr);
	}
	EXPECT_EQ(os.lines_with("more than 64 callbacks run at once"), 1u) << os.whole_log();
	done.count_down();
	for (std::thread &other : others)
		other.join();

	const netcx::CallerScope scope(nullptr, nullptr);

	EXPECT_NE(netcx::current_caller(), nullptr);
}

} // namespace
