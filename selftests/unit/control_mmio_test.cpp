// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The register accesses of a real machine, on memory: that each has the width it says. (The hooks
// that stand for them in other tests are left out here.)

#undef NETCX_USER_SPACE
#include <netcx/netcx_mmio.h>

#include <gtest/gtest.h>

namespace
{

TEST(ControlMmio, EachWidthTouchesItsOwnBytesOnly)
{
	alignas(8) UCHAR registers[24];

	for (UCHAR &byte : registers)
		byte = 0xee;
	WRITE_REGISTER_UCHAR(registers + 1, 0x11);
	WRITE_REGISTER_USHORT(reinterpret_cast<volatile USHORT *>(registers + 2), 0x2322);
	WRITE_REGISTER_ULONG(reinterpret_cast<volatile ULONG *>(registers + 4), 0x37363534);
	WRITE_REGISTER_ULONG64(reinterpret_cast<volatile ULONG64 *>(registers + 8),
			       0x4f4e4d4c4b4a4948);

	const UCHAR expected[24] = {0xee, 0x11, 0x22, 0x23, 0x34, 0x35, 0x36, 0x37,
				    0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f,
				    0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee};
	for (size_t i = 0; i < sizeof(registers); i++)
		EXPECT_EQ(registers[i], expected[i]) << "byte " << i;

	EXPECT_EQ(READ_REGISTER_UCHAR(registers + 1), 0x11);
	EXPECT_EQ(READ_REGISTER_USHORT(reinterpret_cast<volatile USHORT *>(registers + 2)), 0x2322);
	EXPECT_EQ(READ_REGISTER_ULONG(reinterpret_cast<volatile ULONG *>(registers + 4)),
		  0x37363534u);
	EXPECT_EQ(READ_REGISTER_ULONG64(reinterpret_cast<volatile ULONG64 *>(registers + 8)),
		  0x4f4e4d4c4b4a4948u);
}

} // namespace
