/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Registers and bits of the 82574, for the simulated one and for tests that look at it. Written
 * from the datasheet, chapter 10, and not from the client driver's header.
 */
#ifndef SIM82574_BITS_H
#define SIM82574_BITS_H

#include <netcx/ntdef.h>

namespace sim82574
{

enum : UINT32 {
	CTRL = 0x0000,
	STATUS = 0x0008,
	EECD = 0x0010,
	EERD = 0x0014,
	CTRL_EXT = 0x0018,
	MDIC = 0x0020,
	FCAL = 0x0028,
	FCAH = 0x002c,
	FCT = 0x0030,
	VET = 0x0038,
	ICR = 0x00c0,
	ITR = 0x00c4,
	ICS = 0x00c8,
	IMS = 0x00d0,
	IMC = 0x00d8,
	EIAC = 0x00dc,
	IAM = 0x00e0,
	IVAR = 0x00e4,
	EITR0 = 0x00e8,
	RCTL = 0x0100,
	FCTTV = 0x0170,
	TCTL = 0x0400,
	EXTCNF_CTRL = 0x0f00,
	PBA = 0x1000,
	FCRTL = 0x2160,
	FCRTH = 0x2168,
	/* Of queue 0; those of queue 1 are 0x100 further. */
	RDBAL = 0x2800,
	RDBAH = 0x2804,
	RDLEN = 0x2808,
	RDH = 0x2810,
	RDT = 0x2818,
	RDTR = 0x2820,
	RXDCTL = 0x2828,
	TDBAL = 0x3800,
	TDBAH = 0x3804,
	TDLEN = 0x3808,
	TDH = 0x3810,
	TDT = 0x3818,
	TIDV = 0x3820,
	TXDCTL = 0x3828,
	TARC0 = 0x3840,
	TARC1 = 0x3940,
	RXERRC = 0x400c,
	CRCERRS = 0x4000,
	MPC = 0x4010,
	TNCRS = 0x4034,
	XONTXC = 0x404c,
	XOFFTXC = 0x4054,
	RUC = 0x40a4,
	ROC = 0x40ac,
	PTC1522 = 0x40ec,
	GPRC = 0x4074,
	GPTC = 0x4080,
	GORCL = 0x4088,
	STATISTICS_END = 0x4128,
	RXCSUM = 0x5000,
	RFCTL = 0x5008,
	MAVTV = 0x5010,
	MTA = 0x5200,
	RAL0 = 0x5400,
	RAH0 = 0x5404,
	/* Of the manageability firmware. */
	RAL15 = 0x5478,
	RAH15 = 0x547c,
	VFTA = 0x5600,
	WUC = 0x5800,
	WUFC = 0x5808,
	WUS = 0x5810,
	MRQC = 0x5818,
	MANC = 0x5820,
	MFVAL = 0x5824,
	MANC2H = 0x5860,
	MDEF = 0x5890,
	GCR = 0x5b00,
	SWSM = 0x5b50,
	GCR2 = 0x5b64,
	RETA = 0x5c00,
	RSSRK = 0x5c80,

	QUEUE_1 = 0x100,
};

enum : UINT32 {
	CTRL_GIO_MASTER_DISABLE = 1U << 2,
	CTRL_SLU = 1U << 6,
	CTRL_ADVD3WUC = 1U << 20,
	CTRL_RST = 1U << 26,
	CTRL_RFCE = 1U << 27,
	CTRL_TFCE = 1U << 28,
	CTRL_VME = 1U << 30,

	STATUS_FD = 1U << 0,
	STATUS_LU = 1U << 1,
	STATUS_TXOFF = 1U << 4,
	STATUS_SPEED_SHIFT = 6,
	STATUS_GIO_MASTER_ENABLE = 1U << 19,

	EECD_AUTO_RD = 1U << 9,

	CTRL_EXT_EIAME = 1U << 24,
	CTRL_EXT_DRV_LOAD = 1U << 28,
	CTRL_EXT_PBA_SUPPORT = 1U << 31,

	EXTCNF_CTRL_MDIO_SW = 1U << 5,

	SWSM_SMBI = 1U << 0,

	MANC_RCV_TCO_EN = 1U << 17,
	/* One bit per MAVTV from here on. */
	MFVAL_VLAN = 1U << 8,

	CAUSE_TXDW = 1U << 0,
	CAUSE_LSC = 1U << 2,
	CAUSE_RXO = 1U << 6,
	CAUSE_RXT0 = 1U << 7,
	CAUSE_RXQ0 = 1U << 20,
	CAUSE_RXQ1 = 1U << 21,
	CAUSE_TXQ0 = 1U << 22,
	CAUSE_TXQ1 = 1U << 23,
	CAUSE_OTHER = 1U << 24,
	CAUSE_ASSERTED = 1U << 31,

	RCTL_EN = 1U << 1,
	RCTL_UPE = 1U << 3,
	RCTL_MPE = 1U << 4,
	RCTL_LPE = 1U << 5,
	RCTL_BAM = 1U << 15,
	RCTL_VFE = 1U << 18,
	RCTL_SECRC = 1U << 26,

	TCTL_EN = 1U << 1,
	TCTL_PSP = 1U << 3,

	/*
	 * Of both registers, with two queues: the Specification Update's errata of multi-queue
	 * mode.
	 */
	TARC_TWO_QUEUES = 1U << 7 | 7U << 23 | 1U << 26,

	/* TIDV, RDTR */
	FLUSH_PARTIAL_BLOCK = 1U << 31,

	RXCSUM_IPOFL = 1U << 8,
	RXCSUM_TUOFL = 1U << 9,
	RXCSUM_PCSD = 1U << 13,

	RFCTL_EXTEN = 1U << 15,

	RAH_AV = 1U << 31,

	WUC_PME_EN = 1U << 1,
	WUC_PME_STATUS = 1U << 2,

	/* WUFC, WUS */
	WAKE_LNKC = 1U << 0,
	WAKE_MAG = 1U << 1,
	WAKE_EX = 1U << 2,
	WAKE_MC = 1U << 3,
	WAKE_BC = 1U << 4,

	MRQC_TWO_QUEUES = 1U << 0,
	MRQC_TCP_IPV4 = 1U << 16,
	MRQC_IPV4 = 1U << 17,
	MRQC_TCP_IPV6 = 1U << 18,
	MRQC_IPV6_EX = 1U << 19,
	MRQC_IPV6 = 1U << 20,
};

/* Extended rx descriptors, the dword that begins with the status. */
enum : UINT32 {
	RX_DD = 1U << 0,
	RX_EOP = 1U << 1,
	RX_IXSM = 1U << 2,
	RX_VP = 1U << 3,
	RX_UDPCS = 1U << 4,
	RX_L4CS = 1U << 5,
	RX_IPCS = 1U << 6,
	RX_CE = 1U << 24,
	RX_SE = 1U << 25,
	RX_SEQ = 1U << 26,
	RX_CXE = 1U << 28,
	RX_L4E = 1U << 29,
	RX_IPE = 1U << 30,
	RX_RXE = 1U << 31,
};

/* Tx descriptors: the dword at 8 and the one at 12. */
enum : UINT32 {
	TX_DTYP_DATA = 1U << 20,
	TX_EOP = 1U << 24,
	TX_IFCS = 1U << 25,
	TX_TSE = 1U << 26,
	TX_RS = 1U << 27,
	TX_DEXT = 1U << 29,
	TX_VLE = 1U << 30,

	TX_DD = 1U << 0,
	TX_IXSM = 1U << 8,
	TX_TXSM = 1U << 9,

	/* Of a context. */
	TX_TUCMD_TCP = 1U << 24,
	TX_TUCMD_IP = 1U << 25,
};

/* PHY registers, IEEE 802.3 clause 22. */
enum : UINT32 {
	PHY_BMCR = 0,
	PHY_BMSR = 1,
	PHY_ID1 = 2,
	PHY_ANAR = 4,
	PHY_ANLPAR = 5,
	PHY_CTRL1000 = 9,
	PHY_STATUS1000 = 10,
	/* Of page 0. */
	PHY_RECEIVE_ERRORS = 21,
	PHY_POWER_MANAGEMENT = 25,
};

enum : UINT16 {
	BMCR_RESTART = 1U << 9,
	BMCR_POWER_DOWN = 1U << 11,
	BMCR_AUTONEG = 1U << 12,
	BMCR_RESET = 1U << 15,

	BMSR_LINK = 1U << 2,
	BMSR_AUTONEG_DONE = 1U << 5,

	/* All ones in both: the PHY hangs. */
	RECEIVE_ERRORS_MAX = 0xffff,
	STATUS1000_IDLE_ERRORS = 0x00ff,

	/* Register 25: the PHY sleeps while there is no link. */
	SMART_POWER_DOWN = 1U << 0,
};

/* NVM words. */
enum : UINT32 {
	NVM_CONTROL_2 = 0x0f,
	/* In there: what kind of manageability there is. */
	NVM_MANAGEABILITY = 3U << 13,
};

} // namespace sim82574

#endif /* SIM82574_BITS_H */
