/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Registers of the Intel 82574 family: offsets, bits and fields, nothing else.
 *
 * One namespace per register, named after the datasheet's mnemonic; `reg` is its address. Logic
 * never shifts: it combines the constants here with Field::of() and takes apart with Field::get().
 *
 * Facts: Intel 82574 GbE Controller Family Datasheet (revision 3.4), chapter "Driver Programming
 * Interface"; bits that it calls reserved but asks to be set: the Specification Update's errata.
 */
#ifndef E1000E_REGISTERS_H
#define E1000E_REGISTERS_H

#include <ntdef.h>

namespace e1000e
{

/* The address of a register in BAR 0; a type of its own, so that it is never taken for a value. */
struct Register {
	UINT32 offset;
};

constexpr UINT32 bit(unsigned int number)
{
	return 1U << number;
}

/* A field of Width bits from bit Low on. */
template <unsigned int Low, unsigned int Width>
struct Field {
	static_assert(Width > 0 && Low + Width <= 32);
	static constexpr UINT32 max = Width == 32 ? ~0U : (1U << Width) - 1;
	static constexpr UINT32 mask = max << Low;

	static constexpr UINT32 of(UINT32 value) { return (value & max) << Low; }

	static constexpr UINT32 get(UINT32 value) { return (value & mask) >> Low; }
};

/* What every register reads as once the device has left the bus. */
inline constexpr UINT32 all_ones = ~0U;

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
/* Reserved; to be cleared after a reset. */
inline constexpr UINT32 reserved_29 = bit(29);
/* VME: tags of received frames go to the descriptor, those of tx descriptors into the frame. */
inline constexpr UINT32 vlan_mode = bit(30);
} /* namespace ctrl */

namespace status
{
inline constexpr Register reg{0x0008};
inline constexpr UINT32 full_duplex = bit(0);
inline constexpr UINT32 link_up = bit(1);
using Speed = Field<6, 2>; /* 0: 10, 1: 100, 2 and 3: 1000 Mbit/s */
inline constexpr UINT32 gio_master_enable = bit(19);
} /* namespace status */

namespace eecd
{
inline constexpr Register reg{0x0010};
inline constexpr UINT32 auto_read_done = bit(9);
using NvmType = Field<15, 2>;
inline constexpr UINT32 nvm_type_flash = 3;
inline constexpr UINT32 autonomous_flash_update = bit(20);
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
/* Bits 23:22 select the link mode, which is the internal PHY's as 00b; 22 is set by erratum. */
inline constexpr UINT32 reserved_22 = bit(22);
inline constexpr UINT32 reserved_23 = bit(23);
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

namespace extcnf_ctrl
{
inline constexpr Register reg{0x0f00};
inline constexpr UINT32 mdio_software_ownership = bit(5);
} /* namespace extcnf_ctrl */

namespace pba
{
inline constexpr Register reg{0x1000};
using RxKilobytes = Field<0, 16>;
/* The device gives what is left to tx. */
inline constexpr UINT32 total_kilobytes = 40;
} /* namespace pba */

/* ---- PCIe ---- */

namespace gcr
{
inline constexpr Register reg{0x5b00};
/* Reserved; to be set by the initialisation sequence. */
inline constexpr UINT32 reserved_22 = bit(22);
inline constexpr UINT32 l1_without_l0s_rx = bit(27);
} /* namespace gcr */

namespace gcr2
{
inline constexpr Register reg{0x5b64};
/* Keeps PCIe completions reliable with ASPM on; without it transmission can stall (erratum). */
inline constexpr UINT32 completion_fix = bit(0);
} /* namespace gcr2 */

/* ---- interrupts ---- */

/* Bits of ICR, ICS, IMS, IMC, IAM and EIAC. */
namespace cause
{
inline constexpr UINT32 tx_written_back = bit(0);
inline constexpr UINT32 link_change = bit(2);
inline constexpr UINT32 rx_timer = bit(7);
inline constexpr UINT32 rx_queue_0 = bit(20);
inline constexpr UINT32 rx_queue_1 = bit(21);
inline constexpr UINT32 tx_queue_0 = bit(22);
inline constexpr UINT32 tx_queue_1 = bit(23);
/* In MSI-X mode: any cause that has no vector of its own. */
inline constexpr UINT32 other = bit(24);
inline constexpr UINT32 asserted = bit(31);
} /* namespace cause */

namespace icr
{
inline constexpr Register reg{0x00c0};
}

namespace itr
{
inline constexpr Register reg{0x00c4};
using Interval = Field<0, 16>;
inline constexpr UINT32 nanoseconds_per_unit = 256;
} /* namespace itr */

namespace ims
{
inline constexpr Register reg{0x00d0};
}

namespace imc
{
inline constexpr Register reg{0x00d8};
}

namespace eiac
{
inline constexpr Register reg{0x00dc};
}

namespace iam
{
inline constexpr Register reg{0x00e0};
}

namespace ivar
{
inline constexpr Register reg{0x00e4};
using RxQueue0 = Field<0, 4>;
using RxQueue1 = Field<4, 4>;
using TxQueue0 = Field<8, 4>;
using TxQueue1 = Field<12, 4>;
using Other = Field<16, 4>;

/* The value of a field: deliver by message @vector. */
constexpr UINT32 vector(UINT32 number)
{
	return bit(3) | Field<0, 3>::of(number);
}
} /* namespace ivar */

namespace eitr
{
constexpr Register reg(UINT32 vector)
{
	return {0x00e8 + 4 * vector};
}
} /* namespace eitr */

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

namespace fcrtl
{
inline constexpr Register reg{0x2160};
inline constexpr UINT32 send_xon = bit(31);
} /* namespace fcrtl */

namespace fcrth
{
inline constexpr Register reg{0x2168};
}

/* Thresholds are multiples of this. */
inline constexpr UINT32 flow_control_granularity = 8;

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

/* Registers of one of the two queues of a direction lie this far from those of the other. */
inline constexpr UINT32 queue_stride = 0x100;

namespace rdbal
{
constexpr Register reg(UINT32 queue)
{
	return {0x2800 + queue_stride * queue};
}
} /* namespace rdbal */

namespace rdbah
{
constexpr Register reg(UINT32 queue)
{
	return {0x2804 + queue_stride * queue};
}
} /* namespace rdbah */

namespace rdlen
{
constexpr Register reg(UINT32 queue)
{
	return {0x2808 + queue_stride * queue};
}
} /* namespace rdlen */

namespace rdh
{
constexpr Register reg(UINT32 queue)
{
	return {0x2810 + queue_stride * queue};
}
} /* namespace rdh */

namespace rdt
{
constexpr Register reg(UINT32 queue)
{
	return {0x2818 + queue_stride * queue};
}
} /* namespace rdt */

namespace rdtr
{
inline constexpr Register reg{0x2820};
}

namespace radv
{
inline constexpr Register reg{0x282c};
}

/* The same layout for rx (RXDCTL) and tx (TXDCTL). */
namespace xdctl
{
inline constexpr UINT32 queues = 2;
using PrefetchThreshold = Field<0, 6>;
using HostThreshold = Field<8, 6>;
using WriteBackThreshold = Field<16, 6>;
/* TXDCTL only: count the descriptors still to be processed; to be set on both queues. */
inline constexpr UINT32 count_descriptors = bit(22);
/* Thresholds count descriptors, not cache lines. */
inline constexpr UINT32 in_descriptors = bit(24);

constexpr Register rx(UINT32 queue)
{
	return {0x2828 + queue_stride * queue};
}

constexpr Register tx(UINT32 queue)
{
	return {0x3828 + queue_stride * queue};
}
} /* namespace xdctl */

namespace rxcsum
{
inline constexpr Register reg{0x5000};
inline constexpr UINT32 ip = bit(8);
inline constexpr UINT32 tcp_udp = bit(9);
/* The descriptor has the hash where it would have the packet checksum. */
inline constexpr UINT32 packet_checksum_disable = bit(13);
} /* namespace rxcsum */

namespace mrqc
{
inline constexpr Register reg{0x5818};
inline constexpr UINT32 two_queues = bit(0);
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
using Queue = Field<7, 1>;

constexpr Register reg(UINT32 index)
{
	return {0x5c00 + 4 * index};
}
} /* namespace reta */

/* Four bytes of the key, the first one lowest. */
namespace rssrk
{
constexpr Register reg(UINT32 index)
{
	return {0x5c80 + 4 * index};
}
} /* namespace rssrk */

namespace rfctl
{
inline constexpr Register reg{0x5008};
inline constexpr UINT32 iscsi_disable = bit(0);
inline constexpr UINT32 nfs_write_disable = bit(6);
inline constexpr UINT32 nfs_read_disable = bit(7);
inline constexpr UINT32 ack_interrupt_disable = bit(12);
inline constexpr UINT32 extended_descriptors = bit(15);
} /* namespace rfctl */

namespace mta
{
inline constexpr UINT32 count = 128;

constexpr Register reg(UINT32 index)
{
	return {0x5200 + 4 * index};
}
} /* namespace mta */

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
/* Entry 15 belongs to manageability firmware. */
inline constexpr UINT32 count = 15;

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

namespace tdbal
{
constexpr Register reg(UINT32 queue)
{
	return {0x3800 + queue_stride * queue};
}
} /* namespace tdbal */

namespace tdbah
{
constexpr Register reg(UINT32 queue)
{
	return {0x3804 + queue_stride * queue};
}
} /* namespace tdbah */

namespace tdlen
{
constexpr Register reg(UINT32 queue)
{
	return {0x3808 + queue_stride * queue};
}
} /* namespace tdlen */

namespace tdh
{
constexpr Register reg(UINT32 queue)
{
	return {0x3810 + queue_stride * queue};
}
} /* namespace tdh */

namespace tdt
{
constexpr Register reg(UINT32 queue)
{
	return {0x3818 + queue_stride * queue};
}
} /* namespace tdt */

namespace tidv
{
inline constexpr Register reg{0x3820};
}

namespace tadv
{
inline constexpr Register reg{0x382c};
}

namespace tarc
{
/* Reserved: 30:27 to be cleared, 26 to be set for queue 0 (82574 initialisation errata). */
using Reserved27To30 = Field<27, 4>;
inline constexpr UINT32 reserved_26 = bit(26);
/* The queue takes part in arbitration. */
inline constexpr UINT32 enable = bit(10);

constexpr Register reg(UINT32 queue)
{
	return {0x3840 + queue_stride * queue};
}
} /* namespace tarc */

/* ---- wake-up ---- */

namespace wuc
{
inline constexpr Register reg{0x5800};
}

/* Alignment that base addresses (16) and lengths (128) of descriptor rings must have. */
inline constexpr UINT32 ring_bytes_multiple = 128;

} /* namespace e1000e */

#endif /* E1000E_REGISTERS_H */
