// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, "Multiple Receive Queues and Receive-Side Scaling", MRQC, RETA,
 * RSSRK. With RXCSUM.PCSD set the rx descriptor has the hash instead of the packet checksum.
 */
#include <intel/receive_scaling.h>

namespace intel
{

void ReceiveScaling::program(const Mac &mac) const
{
	program_table(mac);
	program_key(mac);
	mac.write(mrqc::reg, command);
}

void ReceiveScaling::enable(const Mac &mac, NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols)
{
	const bool tcp = protocols & NetAdapterReceiveScalingProtocolTypeTcp;

	command = mac.family().rss_enable;
	if (protocols & NetAdapterReceiveScalingProtocolTypeIPv4)
		command |= mrqc::ipv4 | (tcp ? mrqc::ipv4_tcp : 0);
	if (protocols & NetAdapterReceiveScalingProtocolTypeIPv6)
		command |= mrqc::ipv6 | (tcp ? mrqc::ipv6_tcp : 0);
	if (protocols & NetAdapterReceiveScalingProtocolTypeIPv6Extensions)
		command |= mrqc::ipv6_extensions;
	mac.write(mrqc::reg, command);
}

void ReceiveScaling::disable(const Mac &mac)
{
	command = 0;
	mac.write(mrqc::reg, command);
}

void ReceiveScaling::set_key(const Mac &mac, const UINT8 *bytes)
{
	RtlCopyMemory(key, bytes, sizeof(key));
	program_key(mac);
}

void ReceiveScaling::program_key(const Mac &mac) const
{
	for (UINT32 i = 0; i < ARRAYSIZE(key); i++)
		mac.write(rssrk::reg(i), key[i]);
}

bool ReceiveScaling::set_entry(const Mac &mac, UINT32 index, UINT32 queue)
{
	UINT8 *const entries = reinterpret_cast<UINT8 *>(table);

	if (index >= reta::entries || queue >= mac.family().rss_queues)
		return false;
	entries[index] = static_cast<UINT8>(queue << mac.family().reta_queue_shift);
	return true;
}

void ReceiveScaling::program_table(const Mac &mac) const
{
	for (UINT32 i = 0; i < ARRAYSIZE(table); i++)
		mac.write(reta::reg(i), table[i]);
}

} /* namespace intel */
