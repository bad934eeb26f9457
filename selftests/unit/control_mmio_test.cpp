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

/* An accessor as an argument: it is always inlined, so that its address cannot be taken. */
#define ACCESS(function)                       \
	[](auto... arguments) {                \
		return function(arguments...); \
	}

/* Of each width one register, and what is around it stays. */
template <class Type, class Read, class Write>
void one_register(Read read, Write write, Type value)
{
	Type registers[3] = {1, 2, 3};

	write(&registers[1], value);
	EXPECT_EQ(registers[0], 1u);
	EXPECT_EQ(registers[1], value);
	EXPECT_EQ(registers[2], 3u);
	EXPECT_EQ(read(&registers[1]), value);
}

template <class Type, class Read, class Write>
void several_registers(Read read, Write write, Type value)
{
	Type registers[5] = {1, 2, 3, 4, 5};
	const Type written[3] = {value, 7, 8};
	Type found[4] = {};

	write(&registers[1], written, 3);
	read(&registers[1], found, 3);
	EXPECT_EQ(registers[0], 1u);
	EXPECT_EQ(registers[4], 5u);
	for (int i = 0; i < 3; i++) {
		EXPECT_EQ(registers[1 + i], written[i]);
		EXPECT_EQ(found[i], written[i]);
	}
	EXPECT_EQ(found[3], 0u);
	write(&registers[0], written, 0);
	EXPECT_EQ(registers[0], 1u);
}

TEST(ControlMmio, WithoutAFenceTheyHaveTheirWidthToo)
{
	one_register<UCHAR>(ACCESS(READ_REGISTER_NOFENCE_UCHAR),
			    ACCESS(WRITE_REGISTER_NOFENCE_UCHAR), 0x91);
	one_register<USHORT>(ACCESS(READ_REGISTER_NOFENCE_USHORT),
			     ACCESS(WRITE_REGISTER_NOFENCE_USHORT), 0x9182);
	one_register<ULONG>(ACCESS(READ_REGISTER_NOFENCE_ULONG),
			    ACCESS(WRITE_REGISTER_NOFENCE_ULONG), 0x91827364);
	one_register<ULONG64>(ACCESS(READ_REGISTER_NOFENCE_ULONG64),
			      ACCESS(WRITE_REGISTER_NOFENCE_ULONG64), 0x9182736455463728);
}

TEST(ControlMmio, BuffersAreAccessedRegisterByRegister)
{
	several_registers<UCHAR>(ACCESS(READ_REGISTER_BUFFER_UCHAR),
				 ACCESS(WRITE_REGISTER_BUFFER_UCHAR), 0x91);
	several_registers<USHORT>(ACCESS(READ_REGISTER_BUFFER_USHORT),
				  ACCESS(WRITE_REGISTER_BUFFER_USHORT), 0x9182);
	several_registers<ULONG>(ACCESS(READ_REGISTER_BUFFER_ULONG),
				 ACCESS(WRITE_REGISTER_BUFFER_ULONG), 0x91827364);
	several_registers<ULONG64>(ACCESS(READ_REGISTER_BUFFER_ULONG64),
				   ACCESS(WRITE_REGISTER_BUFFER_ULONG64), 0x9182736455463728);
	several_registers<UCHAR>(ACCESS(READ_REGISTER_NOFENCE_BUFFER_UCHAR),
				 ACCESS(WRITE_REGISTER_NOFENCE_BUFFER_UCHAR), 0x91);
	several_registers<USHORT>(ACCESS(READ_REGISTER_NOFENCE_BUFFER_USHORT),
				  ACCESS(WRITE_REGISTER_NOFENCE_BUFFER_USHORT), 0x9182);
	several_registers<ULONG>(ACCESS(READ_REGISTER_NOFENCE_BUFFER_ULONG),
				 ACCESS(WRITE_REGISTER_NOFENCE_BUFFER_ULONG), 0x91827364);
	several_registers<ULONG64>(ACCESS(READ_REGISTER_NOFENCE_BUFFER_ULONG64),
				   ACCESS(WRITE_REGISTER_NOFENCE_BUFFER_ULONG64),
				   0x9182736455463728);
}

} // namespace
