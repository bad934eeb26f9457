/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Registers of the Intel 82574 family, beyond those that it has in common with the others
 * (intel/registers.h), and in the same form.
 *
 * Facts: Intel 82574 GbE Controller Family Datasheet (revision 3.4), chapter "Driver Programming
 * Interface"; bits that it calls reserved but asks to be set: the Specification Update's errata.
 */
#ifndef E1000E_REGISTERS_H
#define E1000E_REGISTERS_H

#include <intel/registers.h>

namespace e1000e
{

using namespace intel;

/* ---- general control ---- */

namespace ctrl
{
using namespace intel::ctrl;
/* ADVD3WUC: says in the PCI configuration space that it wakes from D3cold, with auxiliary power. */
inline constexpr UINT32 d3cold_wake = bit(20);
/*
 * EN_PHY_PWR_MGMT: power management of the PHY in D3. Linux's driver sets it for the whole family.
 */
inline constexpr UINT32 phy_power_management = bit(21);
/* Reserved; to be cleared after a reset. */
inline constexpr UINT32 reserved_29 = bit(29);
} /* namespace ctrl */

namespace eecd
{
using namespace intel::eecd;
using NvmType = Field<15, 2>;
inline constexpr UINT32 nvm_type_flash = 3;
inline constexpr UINT32 autonomous_flash_update = bit(20);
} /* namespace eecd */

namespace ctrl_ext
{
using namespace intel::ctrl_ext;
/* Bits 23:22 select the link mode, which is the internal PHY's as 00b; 22 is set by erratum. */
inline constexpr UINT32 reserved_22 = bit(22);
inline constexpr UINT32 reserved_23 = bit(23);
} /* namespace ctrl_ext */

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

/* ---- manageability: written by its firmware only ---- */

/* The VLANs of the management controller. MFVAL says which of these registers are valid. */
namespace mavtv
{
inline constexpr UINT32 count = 4;
using VlanId = Field<0, 12>;

constexpr Register reg(UINT32 index)
{
	return {0x5010 + 4 * index};
}
} /* namespace mavtv */

namespace mfval
{
inline constexpr Register reg{0x5824};
using Vlans = Field<8, 4>;
} /* namespace mfval */

/* Semaphores between software and software (SMBI), and software and firmware. */
namespace swsm
{
inline constexpr Register reg{0x5b50};
inline constexpr UINT32 software_semaphore = bit(0);
} /* namespace swsm */

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
using Timer = ThrottleTimer<0, 16, 256>;
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

/* Thresholds of flow control are multiples of this. */
inline constexpr UINT32 flow_control_granularity = 8;

/* RDTR, TIDV: write finished descriptors back to memory now. The bit clears itself. */
inline constexpr UINT32 flush_partial_block = bit(31);

namespace rdtr
{
inline constexpr Register reg{0x2820};
}

namespace radv
{
inline constexpr Register reg{0x282c};
}

namespace mrqc
{
using namespace intel::mrqc;
inline constexpr UINT32 two_queues = bit(0);
} /* namespace mrqc */

namespace rfctl
{
inline constexpr Register reg{0x5008};
inline constexpr UINT32 iscsi_disable = bit(0);
inline constexpr UINT32 nfs_write_disable = bit(6);
inline constexpr UINT32 nfs_read_disable = bit(7);
inline constexpr UINT32 ack_interrupt_disable = bit(12);
inline constexpr UINT32 extended_descriptors = bit(15);
} /* namespace rfctl */

/* ---- transmit ---- */

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
/* Reserved 25:23, and compensation mode: for two queues that send (82574 errata). */
inline constexpr UINT32 two_queues = bit(7) | bit(23) | bit(24) | bit(25);
/* The queue takes part in arbitration. */
inline constexpr UINT32 enable = bit(10);

constexpr Register reg(UINT32 queue)
{
	return {0x3840 + 0x100 * queue};
}
} /* namespace tarc */

/* ---- descriptor rings ---- */

inline constexpr QueueRegisters rx_registers = {0x2800, 0x100};
inline constexpr QueueRegisters tx_registers = {0x3800, 0x100};

/* The same layout for rx (RXDCTL) and tx (TXDCTL). */
namespace xdctl
{
using PrefetchThreshold = Field<0, 6>;
using HostThreshold = Field<8, 6>;
using WriteBackThreshold = Field<16, 6>;
/* TXDCTL only: count the descriptors still to be processed; to be set on both queues. */
inline constexpr UINT32 count_descriptors = bit(22);
/* Thresholds count descriptors, not cache lines. */
inline constexpr UINT32 in_descriptors = bit(24);
} /* namespace xdctl */

} /* namespace e1000e */

#endif /* E1000E_REGISTERS_H */
