/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A test with hw/e1000e on a simulated 82574L. */
#ifndef NETCX_UNIT_E1000E_FIXTURE_H
#define NETCX_UNIT_E1000E_FIXTURE_H

#include <gtest/gtest.h>

#include "sim82574/bits.h"
#include "sim82574/frames.h"

namespace unit
{

using namespace sim82574;

class E1000eFixture : public ::testing::Test
{
protected:
	explicit E1000eFixture(UINT32 vectors = 5, bool messages = true)
		: machine(vectors, messages)
	{
	}

	/* Whatever a test did: nothing stays behind, neither OS nor device have anything to say. */
	~E1000eFixture() override
	{
		/* It may look at what the test's body had on its stack. */
		machine.nic->tamper = nullptr;
		machine.finish();
		EXPECT_EQ(machine.os.live(), 0u) << machine.os.live_kinds();
		EXPECT_EQ(machine.os.violations, std::vector<std::string>());
		EXPECT_EQ(machine.nic->violations, std::vector<std::string>());
		EXPECT_EQ(machine.nic->dma_faults, 0u);
	}

	/* Descriptor @index of the ring whose base address register this is. */
	template <class Descriptor>
	Descriptor *descriptor(UINT32 base, UINT32 index)
	{
		const UINT64 logical = nic().peek(base) | static_cast<UINT64>(nic().peek(base + 4))
								  << 32;

		return static_cast<Descriptor *>(machine.hardware.dma(
			logical + index * sizeof(Descriptor), sizeof(Descriptor)));
	}

	Nic &nic() { return *machine.nic; }

	Machine machine;
};

/* Descriptors as the datasheet draws them, in dwords. */
struct Descriptor {
	UINT64 address;
	UINT32 low, high;
};

} // namespace unit

#endif /* NETCX_UNIT_E1000E_FIXTURE_H */
