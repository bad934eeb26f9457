// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: 82574 datasheet, "Statistics Register Descriptions". */
#include "statistics.h"

namespace e1000e
{

const char *const Statistics::names[count] = {
	"rx_crc_errors",
	"rx_alignment_errors",
	"rx_symbol_errors",
	"rx_errors_phy",
	"rx_missed",
	"tx_single_collisions",
	"tx_excessive_collisions",
	"tx_multiple_collisions",
	"tx_late_collisions",
	"tx_collisions",
	"tx_deferred",
	"tx_no_carrier",
	"rx_carrier_extension_errors",
	"rx_length_errors",
	"rx_xon",
	"tx_xon",
	"rx_xoff",
	"tx_xoff",
	"rx_flow_control_unsupported",
	"rx_64",
	"rx_65_to_127",
	"rx_128_to_255",
	"rx_256_to_511",
	"rx_512_to_1023",
	"rx_1024_and_more",
	"rx_good_packets",
	"rx_broadcast",
	"rx_multicast",
	"tx_good_packets",
	"rx_good_bytes",
	"tx_good_bytes",
	"rx_no_buffer",
	"rx_undersize",
	"rx_fragments",
	"rx_oversize",
	"rx_jabber",
	"rx_management",
	"rx_management_dropped",
	"tx_management",
	"rx_total_bytes",
	"tx_total_bytes",
	"rx_total_packets",
	"tx_total_packets",
	"tx_64",
	"tx_65_to_127",
	"tx_128_to_255",
	"tx_256_to_511",
	"tx_512_to_1023",
	"tx_1024_and_more",
	"tx_multicast",
	"tx_broadcast",
	"tx_tso_contexts",
	"tx_tso_contexts_failed",
	"interrupts",
	"rx_overrun_interrupts",
};

namespace
{

struct Counter {
	Register reg;
	/* The upper half follows; reading it clears both. */
	bool is_64_bits_wide;
};

/* In the order of the names. */
constexpr Counter counters[Statistics::count] = {
	{{0x4000}, false}, {{0x4004}, false}, {{0x4008}, false}, {{0x400c}, false},
	{{0x4010}, false}, {{0x4014}, false}, {{0x4018}, false}, {{0x401c}, false},
	{{0x4020}, false}, {{0x4028}, false}, {{0x4030}, false}, {{0x4034}, false},
	{{0x403c}, false}, {{0x4040}, false}, {{0x4048}, false}, {{0x404c}, false},
	{{0x4050}, false}, {{0x4054}, false}, {{0x4058}, false}, {{0x405c}, false},
	{{0x4060}, false}, {{0x4064}, false}, {{0x4068}, false}, {{0x406c}, false},
	{{0x4070}, false}, {{0x4074}, false}, {{0x4078}, false}, {{0x407c}, false},
	{{0x4080}, false}, {{0x4088}, true},  {{0x4090}, true},	 {{0x40a0}, false},
	{{0x40a4}, false}, {{0x40a8}, false}, {{0x40ac}, false}, {{0x40b0}, false},
	{{0x40b4}, false}, {{0x40b8}, false}, {{0x40bc}, false}, {{0x40c0}, true},
	{{0x40c8}, true},  {{0x40d0}, false}, {{0x40d4}, false}, {{0x40d8}, false},
	{{0x40dc}, false}, {{0x40e0}, false}, {{0x40e4}, false}, {{0x40e8}, false},
	{{0x40ec}, false}, {{0x40f0}, false}, {{0x40f4}, false}, {{0x40f8}, false},
	{{0x40fc}, false}, {{0x4100}, false}, {{0x4124}, false},
};

UINT64 read_and_clear(const Hardware &hardware, const Counter &counter)
{
	const UINT64 low = hardware.read(counter.reg);

	if (!counter.is_64_bits_wide)
		return low;
	return low | static_cast<UINT64>(hardware.read({counter.reg.offset + 4})) << 32;
}

} /* namespace */

void Statistics::update(const Hardware &hardware)
{
	/* All ones would be taken for counts. */
	if (hardware.is_gone())
		return;
	for (UINT32 i = 0; i < count; i++)
		values[i] += read_and_clear(hardware, counters[i]);
}

void Statistics::copy(UINT64 *destination) const
{
	RtlCopyMemory(destination, values, sizeof(values));
}

} /* namespace e1000e */
