/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Registers that Intel's gigabit families have in common, from the 82574 to 82576, 82580, I350 and
 * I210: offsets, bits and fields, nothing else. Where a family differs, its own registers.h has it.
 *
 * One namespace per register, named after the datasheets' mnemonic; `reg` is its address. A client
 * that has further bits in one opens a namespace of the same name in its own and takes these in by
 * `using namespace intel::ctrl`.
 *
 * Facts: the "Programming Interface" chapters of the datasheets, 82574 GbE Controller Family
 * (revision 3.4) first of all.
 */
#ifndef INTEL_REGISTERS_H
#define INTEL_REGISTERS_H

#include <common/registers.h>

namespace intel
{

using common::all_ones;
using common::bit;
using common::Field;
using common::Register;

/* ---- general control ---- */

namespace ctrl
{
inline constexpr Register reg{0x0000};
inline constexpr UINT32 gio_master_disable = bit(2);
inline constexpr UINT32 set_link_up = bit(6);
inline constexpr UINT32 force_speed = bit(11);
inline constexpr UINT32 force_duplex = bit(12);
inline constexpr UINT32 reset = bit(26);
inline constexpr UINT32 rx_flow_control = bit(27);
inline constexpr UINT32 tx_flow_control = bit(28);
/* VME: tags of received frames go to the descriptor, those of tx descriptors into the frame. */
inline constexpr UINT32 vlan_mode = bit(30);
} /* namespace ctrl */

namespace status
{
inline constexpr Register reg{0x0008};
inline constexpr UINT32 full_duplex = bit(0);
inline constexpr UINT32 link_up = bit(1);
inline constexpr UINT32 transmission_paused = bit(4);
using Speed = Field<6, 2>; /* 0: 10, 1: 100, 2 and 3: 1000 Mbit/s */
inline constexpr UINT32 gio_master_enable = bit(19);
} /* namespace status */

namespace eecd
{
inline constexpr Register reg{0x0010};
inline constexpr UINT32 auto_read_done = bit(9);
} /* namespace eecd */

namespace eerd
{
inline constexpr Register reg{0x0014};
inline constexpr UINT32 start = bit(0);
inline constexpr UINT32 done = bit(1);
using Address = Field<2, 14>;
using Data = Field<16, 16>;
} /* namespace eerd */

namespace ctrl_ext
{
inline constexpr Register reg{0x0018};
inline constexpr UINT32 eeprom_reload = bit(13);
/* An MSI-X message masks its causes by itself. */
inline constexpr UINT32 message_auto_mask = bit(24);
/* Reading ICR masks the causes named in IAM. */
inline constexpr UINT32 read_auto_mask = bit(27);
inline constexpr UINT32 driver_loaded = bit(28);
/* Unmasking a cause clears its MSI-X pending bit. */
inline constexpr UINT32 pba_support = bit(31);
} /* namespace ctrl_ext */

namespace mdic
{
inline constexpr Register reg{0x0020};
using Data = Field<0, 16>;
using Address = Field<16, 5>;
using Phy = Field<21, 5>;
inline constexpr UINT32 op_write = bit(26);
inline constexpr UINT32 op_read = bit(27);
inline constexpr UINT32 ready = bit(28);
inline constexpr UINT32 error = bit(30);
} /* namespace mdic */

namespace vet
{
inline constexpr Register reg{0x0038};
inline constexpr UINT32 ieee_8021q = 0x8100;
} /* namespace vet */

/* ---- flow control ---- */

namespace fcal
{
inline constexpr Register reg{0x0028};
/* 01-80-c2-00-00-01, the address of IEEE 802.3 Annex 31B, first byte lowest. */
inline constexpr UINT32 pause_address = 0x00c28001;
} /* namespace fcal */

namespace fcah
{
inline constexpr Register reg{0x002c};
inline constexpr UINT32 pause_address = 0x0100;
} /* namespace fcah */

namespace fct
{
inline constexpr Register reg{0x0030};
inline constexpr UINT32 mac_control = 0x8808;
} /* namespace fct */

namespace fcttv
{
inline constexpr Register reg{0x0170};
}

namespace fcrtl
{
inline constexpr Register reg{0x2160};
inline constexpr UINT32 send_xon = bit(31);
} /* namespace fcrtl */

namespace fcrth
{
inline constexpr Register reg{0x2168};
}

/* ---- receive ---- */

namespace rctl
{
inline constexpr Register reg{0x0100};
inline constexpr UINT32 enable = bit(1);
inline constexpr UINT32 unicast_promiscuous = bit(3);
inline constexpr UINT32 multicast_promiscuous = bit(4);
inline constexpr UINT32 long_packets = bit(5);
inline constexpr UINT32 broadcast = bit(15);
/* BSIZE 00b with BSEX 0b. */
inline constexpr UINT32 buffers_of_2048 = 0;
/* VFE */
inline constexpr UINT32 vlan_filter = bit(18);
inline constexpr UINT32 strip_crc = bit(26);
} /* namespace rctl */

namespace rxcsum
{
inline constexpr Register reg{0x5000};
inline constexpr UINT32 ip = bit(8);
inline constexpr UINT32 tcp_udp = bit(9);
/* The descriptor has the hash where it would have the packet checksum. */
inline constexpr UINT32 packet_checksum_disable = bit(13);
} /* namespace rxcsum */

namespace mta
{
inline constexpr UINT32 count = 128;

constexpr Register reg(UINT32 index)
{
	return {0x5200 + 4 * index};
}
} /* namespace mta */

/* How many of them there are depends on the family. */
namespace ral
{
constexpr Register reg(UINT32 index)
{
	return {0x5400 + 8 * index};
}
} /* namespace ral */

namespace rah
{
using AddressHigh = Field<0, 16>;
inline constexpr UINT32 valid = bit(31);

constexpr Register reg(UINT32 index)
{
	return {0x5404 + 8 * index};
}
} /* namespace rah */

namespace vfta
{
inline constexpr UINT32 count = 128;

constexpr Register reg(UINT32 index)
{
	return {0x5600 + 4 * index};
}
} /* namespace vfta */

/* ---- receive scaling ---- */

namespace mrqc
{
inline constexpr Register reg{0x5818};
/* What is hashed: addresses, with _tcp and where there are such also ports. */
inline constexpr UINT32 ipv4_tcp = bit(16);
inline constexpr UINT32 ipv4 = bit(17);
inline constexpr UINT32 ipv6_tcp = bit(18);
inline constexpr UINT32 ipv6_extensions = bit(19);
inline constexpr UINT32 ipv6 = bit(20);
} /* namespace mrqc */

/* Four entries, of a byte each. */
namespace reta
{
inline constexpr UINT32 entries = 128;

constexpr Register reg(UINT32 index)
{
	return {0x5c00 + 4 * index};
}
} /* namespace reta */

/* Four bytes of the key, the first one lowest. */
namespace rssrk
{
inline constexpr UINT32 bytes = 40;

constexpr Register reg(UINT32 index)
{
	return {0x5c80 + 4 * index};
}
} /* namespace rssrk */

/* ---- transmit ---- */

namespace tctl
{
inline constexpr Register reg{0x0400};
inline constexpr UINT32 enable = bit(1);
inline constexpr UINT32 pad_short_packets = bit(3);
using CollisionThreshold = Field<4, 8>;
using CollisionDistance = Field<12, 10>;
inline constexpr UINT32 retransmit_late_collision = bit(24);
} /* namespace tctl */

/* ---- wake-up ---- */

namespace wuc
{
inline constexpr Register reg{0x5800};
inline constexpr UINT32 pme_enable = bit(1);
} /* namespace wuc */

/* Wake-up filter control: which events wake the machine. */
namespace wufc
{
inline constexpr Register reg{0x5808};
}

/* Wake-up status: which events there were. Bits are cleared by writing ones. */
namespace wus
{
inline constexpr Register reg{0x5810};
}

/* Bits of WUFC and WUS. */
namespace wake_event
{
inline constexpr UINT32 link_change = bit(0);
inline constexpr UINT32 magic_packet = bit(1);
/* To one of the receive addresses. */
inline constexpr UINT32 directed = bit(2);
inline constexpr UINT32 multicast = bit(3);
inline constexpr UINT32 broadcast = bit(4);
} /* namespace wake_event */

/* ---- descriptor rings ---- */

/*
 * The registers of the queues of one direction: the same in every family, but for where the first
 * queue's begin, and how far those of the next are away.
 */
struct QueueRegisters {
	UINT32 first;
	UINT32 stride;

	/* RDBAL, TDBAL */
	constexpr Register base_low(UINT32 queue) const { return at(queue, 0x00); }

	/* RDBAH, TDBAH */
	constexpr Register base_high(UINT32 queue) const { return at(queue, 0x04); }

	/* RDLEN, TDLEN: bytes, a multiple of 128 */
	constexpr Register length(UINT32 queue) const { return at(queue, 0x08); }

	/* RDH, TDH */
	constexpr Register head(UINT32 queue) const { return at(queue, 0x10); }

	/* RDT, TDT */
	constexpr Register tail(UINT32 queue) const { return at(queue, 0x18); }

	/* RXDCTL, TXDCTL */
	constexpr Register control(UINT32 queue) const { return at(queue, 0x28); }

private:
	constexpr Register at(UINT32 queue, UINT32 offset) const
	{
		return {first + stride * queue + offset};
	}
};

/* ---- interrupt throttling ---- */

/* A timer between two interrupts: which bits of its register count, and in what units. */
template <unsigned int Low, unsigned int Width, UINT32 NanosecondsPerUnit>
struct ThrottleTimer {
	using Interval = Field<Low, Width>;

	static constexpr UINT32 units(UINT32 microseconds)
	{
		return microseconds * 1000 / NanosecondsPerUnit;
	}

	static constexpr bool can_hold(UINT32 microseconds)
	{
		return units(microseconds) <= Interval::max;
	}

	static constexpr UINT32 of(UINT32 microseconds)
	{
		return Interval::of(units(microseconds));
	}
};

} /* namespace intel */

#endif /* INTEL_REGISTERS_H */
