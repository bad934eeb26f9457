// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, "Multiple Receive Queues and Receive-Side Scaling", MRQC, RETA,
 * RSSRK. The hash goes into the descriptor where RXCSUM.PCSD keeps the packet checksum out.
 */
#include "receive_scaling.h"

namespace e1000e
{

void ReceiveScaling::program(const Hardware &hardware) const
{
	program_table(hardware);
	program_key(hardware);
	hardware.write(mrqc::reg, command);
}

void ReceiveScaling::enable(const Hardware &hardware,
			    NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols)
{
	const bool tcp = protocols & NetAdapterReceiveScalingProtocolTypeTcp;

	command = mrqc::two_queues;
	if (protocols & NetAdapterReceiveScalingProtocolTypeIPv4)
		command |= mrqc::ipv4 | (tcp ? mrqc::ipv4_tcp : 0);
	if (protocols & NetAdapterReceiveScalingProtocolTypeIPv6)
		command |= mrqc::ipv6 | (tcp ? mrqc::ipv6_tcp : 0);
	if (protocols & NetAdapterReceiveScalingProtocolTypeIPv6Extensions)
		command |= mrqc::ipv6_extensions;
	hardware.write(mrqc::reg, command);
}

void ReceiveScaling::disable(const Hardware &hardware)
{
	command = 0;
	hardware.write(mrqc::reg, command);
}

void ReceiveScaling::set_key(const Hardware &hardware, const UINT8 *bytes)
{
	RtlCopyMemory(key, bytes, sizeof(key));
	program_key(hardware);
}

void ReceiveScaling::program_key(const Hardware &hardware) const
{
	for (UINT32 i = 0; i < ARRAYSIZE(key); i++)
		hardware.write(rssrk::reg(i), key[i]);
}

bool ReceiveScaling::set_entry(UINT32 index, UINT32 queue)
{
	UINT8 *const entries = reinterpret_cast<UINT8 *>(table);

	if (index >= limits::indirection_entries || queue >= limits::queues)
		return false;
	entries[index] = static_cast<UINT8>(reta::Queue::of(queue));
	return true;
}

void ReceiveScaling::program_table(const Hardware &hardware) const
{
	for (UINT32 i = 0; i < ARRAYSIZE(table); i++)
		hardware.write(reta::reg(i), table[i]);
}

} /* namespace e1000e */
