// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Registers, reset, NVM, PHY, interrupts.

#include "sim82574/nic.h"
#include "sim82574/bits.h"

#include <algorithm>
#include <cstring>

namespace sim82574
{

constexpr UINT16 nvm_sum = 0xbaba;
constexpr UINT32 all_ones = ~0U;

/* What only power or firmware changes. */
static constexpr struct {
	UINT32 first, last;
} manageability[] = {
	{MAVTV, MAVTV + 12}, {RAL15, RAH15}, {MANC, MFVAL}, {MANC2H, MANC2H}, {MDEF, MDEF + 28}};

static bool is_manageability(UINT32 offset)
{
	for (const auto &range : manageability) {
		if (offset >= range.first && offset <= range.last)
			return true;
	}
	return false;
}

Nic::Nic(netcx_os_device *device) : Registers(register_bytes), bus(device)
{
	UINT16 sum = 0;

	nvm.fill(0);
	nvm[0] = 0x5452;
	nvm[1] = 0x1200;
	nvm[2] = 0x5634;
	for (SIZE_T i = 0; i + 1 < nvm.size(); i++)
		sum = static_cast<UINT16>(sum + nvm[i]);
	nvm[nvm.size() - 1] = static_cast<UINT16>(nvm_sum - sum);

	phy.fill(0);
	phy[PHY_BMCR] = BMCR_AUTONEG;
	phy[PHY_BMSR] = 0x7949;
	phy[PHY_ID1] = 0x0141;
	phy[PHY_ANAR] = 0x01e1;
	phy[PHY_ANLPAR] = 0x45e1;
	phy[PHY_CTRL1000] = 0x0300;
	phy[PHY_POWER_MANAGEMENT] = SMART_POWER_DOWN;
	words.resize(register_bytes / 4);
	power_up();
}

/* As the datasheet's tables of initial values have it, where that matters to anybody. */
void Nic::power_up()
{
	for (UINT32 offset = 0; offset < register_bytes; offset += 4) {
		if (!is_manageability(offset))
			at(offset) = 0;
	}
	at(PBA) = 0x00140014;
	at(EECD) = EECD_AUTO_RD;
	at(RAL0) = nvm[0] | static_cast<UINT32>(nvm[1]) << 16;
	at(RAH0) = nvm[2] | RAH_AV;
	update_status();
}

void Nic::reset()
{
	const UINT32 packet_memory = at(PBA);
	const UINT32 semaphores = at(SWSM);
	const UINT32 wake_control = at(WUC), wake_filters = at(WUFC), woken_by = at(WUS);

	resets++;
	messages = 0;
	context = {};
	for (Pending &pending : collected)
		pending = {};
	power_up();
	at(PBA) = packet_memory;
	at(SWSM) = semaphores;
	/* They are meant to survive all but the loss of power. */
	at(WUC) = wake_control;
	at(WUFC) = wake_filters;
	at(WUS) = woken_by;
	mdio_requested = false;
	receiver_stopped = false;
	if (never_comes_back)
		at(EECD) = 0;
}

bool Nic::has_link() const
{
	return link && !(phy[PHY_BMCR] & BMCR_POWER_DOWN);
}

void Nic::update_status()
{
	const bool up = has_link() && (at(CTRL) & CTRL_SLU);
	const UINT32 code = speed == 10 ? 0 : speed == 100 ? 1 : 2;

	at(STATUS) = (duplex ? STATUS_FD : 0U) | (up ? STATUS_LU : 0U) |
		     (up ? code << STATUS_SPEED_SHIFT : 0) | (partner_pauses ? STATUS_TXOFF : 0U);
	if (never_stops_dma || !(at(CTRL) & CTRL_GIO_MASTER_DISABLE))
		at(STATUS) |= STATUS_GIO_MASTER_ENABLE;
	phy[PHY_BMSR] = static_cast<UINT16>(
		(phy[PHY_BMSR] & ~(BMSR_LINK | BMSR_AUTONEG_DONE)) | (has_link() ? BMSR_LINK : 0) |
		(has_link() && !hides_negotiation ? BMSR_AUTONEG_DONE : 0));
}

bool Nic::may_dma() const
{
	return !gone && !(peek(CTRL) & CTRL_GIO_MASTER_DISABLE);
}

UINT8 *Nic::memory(UINT64 logical, UINT32 length)
{
	UINT8 *found = static_cast<UINT8 *>(bus->dma(logical, length));

	dma_faults += !found;
	return found;
}

/* ---- access ---- */

UINT64 Nic::read(UINT64 offset64, unsigned int width)
{
	const UINT32 offset = static_cast<UINT32>(offset64);
	UINT32 value;

	reads++;
	if (width != 4 || offset % 4 || offset >= register_bytes) {
		violation("a read that is no 32-bit register");
		return ~0ULL;
	}
	if (gone)
		return all_ones;
	update_status();
	if (offset == ICR) {
		value = read_icr();
	} else if (offset == IMC) {
		value = 0;
	} else if (offset == EXTCNF_CTRL) {
		if (mdio_requested && !firmware_has_mdio())
			at(offset) |= EXTCNF_CTRL_MDIO_SW;
		value = at(offset);
	} else {
		if (offset == TNCRS)
			violation("a counter that the 82574 has not");
		value = at(offset);
		if (offset >= 0x4000 && offset < STATISTICS_END)
			at(offset) = 0;
	}
	return tamper ? tamper(offset, value) : value;
}

void Nic::write(UINT64 offset64, unsigned int width, UINT64 value64)
{
	const UINT32 offset = static_cast<UINT32>(offset64);
	const UINT32 value = static_cast<UINT32>(value64);

	if (width != 4 || offset % 4 || offset >= register_bytes) {
		violation("a write that is no 32-bit register");
		return;
	}
	if (gone)
		return;
	if (record)
		written.push_back({offset, value});
	switch (offset) {
	case CTRL:
		if (value & CTRL_RST)
			reset();
		else
			at(CTRL) = value;
		return;
	case STATUS:
	case EECD:
		return;
	case EERD:
		read_nvm(value);
		return;
	case MDIC:
		access_phy(value);
		return;
	case EXTCNF_CTRL:
		mdio_requested = value & EXTCNF_CTRL_MDIO_SW;
		at(offset) = firmware_has_mdio() ? value & ~EXTCNF_CTRL_MDIO_SW : value;
		return;
	case ICR:
		at(ICR) &= ~value;
		return;
	case ICS:
		cause(value);
		return;
	case IMS:
		at(IMS) |= value;
		raise_pending();
		return;
	case IMC:
		at(IMS) &= ~value;
		return;
	case WUC:
		at(WUC) = (value & ~WUC_PME_STATUS) | (at(WUC) & ~value & WUC_PME_STATUS);
		if (value & WUC_PME_EN && at(CTRL) & CTRL_TFCE)
			violation("pause frames while it sleeps and its memory fills up");
		return;
	case WUS:
		at(WUS) &= ~value;
		return;
	case MRQC:
		if (value != at(MRQC) && (at(RCTL) & RCTL_EN))
			violation("another kind of hash while it receives");
		at(MRQC) = value;
		return;
	case RCTL:
		if (!(value & RCTL_EN) && (at(RCTL) & RCTL_EN))
			receiver_stopped = true;
		if ((value & RCTL_EN) && !(at(RCTL) & RCTL_EN)) {
			if (receiver_stopped)
				violation("receiver off and on without a reset: it can hang");
			check_ring(RDBAL, "rx");
			/* Without a ring it is only to wake the machine. */
			if (at(CTRL) & CTRL_GIO_MASTER_DISABLE &&
			    (at(RDLEN) || at(RDLEN + QUEUE_1)))
				violation("receiver on while DMA is given up");
			if (!(at(CTRL) & CTRL_GIO_MASTER_DISABLE) && at(WUC) & WUC_PME_EN)
				violation("receiver on while it may still wake the machine");
		}
		break;
	case TCTL:
		if ((value & TCTL_EN) && !(at(TCTL) & TCTL_EN)) {
			check_ring(TDBAL, "tx");
			check_queues();
		}
		break;
	case RDT:
	case RDT + QUEUE_1:
		if (value >= at(offset - RDT + RDLEN) / 16)
			violation("an rx tail outside of the ring");
		if (!(at(RCTL) & RCTL_EN) && value != at(offset - RDT + RDH))
			violation("rx descriptors handed over before the receiver is on");
		break;
	case TDT:
	case TDT + QUEUE_1:
		if (value && value >= at(offset - TDT + TDLEN) / 16)
			violation("a tx tail outside of the ring");
		break;
	default:
		if (is_manageability(offset)) {
			violation("a register of the manageability firmware is written");
			return;
		}
		break;
	}
	at(offset) = value;
	if (offset == TDT || offset == TDT + QUEUE_1 || offset == TCTL)
		transmit();
}

void Nic::check_ring(UINT32 base, const char *name)
{
	for (UINT32 queue = 0; queue < queues; queue++) {
		const UINT32 first = base + queue * QUEUE_1;
		const UINT32 length = at(first + RDLEN - RDBAL);

		if (at(first) % 16 || length % 128)
			violation(std::string(name) + " ring with an odd base or length");
		if (length)
			memory(at(first) | static_cast<UINT64>(at(first + 4)) << 32, length);
	}
}

/* Two queues that send can hang, or mix up their packets. */
void Nic::check_queues()
{
	if (at(TDLEN) && at(TDLEN + QUEUE_1) &&
	    (at(TARC0) & at(TARC1) & TARC_TWO_QUEUES) != TARC_TWO_QUEUES)
		violation("two tx queues without the bits that they need");
}

/* ---- NVM and PHY ---- */

void Nic::read_nvm(UINT32 value)
{
	const UINT32 index = value >> 2 & 0x3fff;

	if (!(value & 1))
		return;
	at(EERD) = value & ~1U;
	if (!nvm_answers)
		return;
	at(EERD) |= 2 | (index < nvm.size() ? static_cast<UINT32>(nvm[index]) << 16 : 0);
	if (wrong_nvm_reads) {
		wrong_nvm_reads--;
		at(EERD) ^= 1U << 16;
	}
}

void Nic::access_phy(UINT32 value)
{
	const UINT32 index = value >> 16 & 31;
	const UINT32 operation = value >> 26 & 3;

	if (!(at(EXTCNF_CTRL) & EXTCNF_CTRL_MDIO_SW))
		violation("MDIO without owning it");
	at(MDIC) = value & ~(1U << 28);
	if (!phy_answers)
		return;
	if ((value >> 21 & 31) != 1) {
		at(MDIC) |= 1U << 28 | 1U << 30;
		return;
	}
	if (operation == 1) {
		write_phy(index, static_cast<UINT16>(value));
	} else {
		update_status();
		at(MDIC) = (value & 0xffff0000) | phy[index];
	}
	at(MDIC) |= 1U << 28;
}

void Nic::write_phy(UINT32 index, UINT16 value)
{
	const bool had_link = has_link();
	const UINT16 before = phy[index];

	phy[index] = value;
	if (index != PHY_BMCR)
		return;
	phy_power_downs += (value & ~before & BMCR_POWER_DOWN) != 0;
	if (value & BMCR_RESET) {
		phy_resets++;
		phy[PHY_RECEIVE_ERRORS] = 0;
		phy[PHY_STATUS1000] = 0;
	}
	phy[index] &= static_cast<UINT16>(~(BMCR_RESTART | BMCR_RESET));
	if (has_link() != had_link) {
		cause(CAUSE_LSC);
		wake(WAKE_LNKC);
	}
}

bool Nic::firmware_has_mdio() const
{
	return firmware_owns_mdio || fake::Os::get().now_ns() < mdio_held_until_ns;
}

void Nic::hold_mdio(UINT64 microseconds)
{
	mdio_held_until_ns = fake::Os::get().now_ns() + microseconds * 1000;
}

void Nic::hang_phy()
{
	phy[PHY_RECEIVE_ERRORS] = RECEIVE_ERRORS_MAX;
	phy[PHY_STATUS1000] |= STATUS1000_IDLE_ERRORS;
}

void Nic::enable_manageability(UINT16 vlan)
{
	nvm[NVM_CONTROL_2] |= 2U << 13;
	nvm[nvm.size() - 1] = static_cast<UINT16>(nvm[nvm.size() - 1] - (2U << 13));
	at(MANC) = MANC_RCV_TCO_EN;
	at(MAVTV) = vlan;
	at(MFVAL) = MFVAL_VLAN;
	at(MDEF) = 1U << 10 | 1U << 11;
	at(RAL15) = 0x12005452;
	at(RAH15) = 0x5734 | RAH_AV;
}

bool Nic::reaches_bmc() const
{
	Headers headers;

	headers.tagged = true;
	headers.tag = static_cast<UINT16>(peek(MAVTV));
	return has_link() && (peek(MANC) & MANC_RCV_TCO_EN) && (peek(RAH15) & RAH_AV) &&
	       is_wanted_vlan(headers);
}

void Nic::set_paused(bool now)
{
	partner_pauses = now;
	update_status();
	transmit();
}

void Nic::set_link(bool up, UINT32 megabits, bool full_duplex)
{
	const bool had_link = has_link();

	link = up;
	speed = megabits;
	duplex = full_duplex;
	update_status();
	cause(CAUSE_LSC);
	if (has_link() != had_link)
		wake(WAKE_LNKC);
	transmit();
}

/* ---- waking the machine ---- */

void Nic::wake(UINT32 events)
{
	if (gone || !(at(WUC) & WUC_PME_EN) || !(events & at(WUFC)))
		return;
	at(WUS) |= events & at(WUFC);
	at(WUC) |= WUC_PME_STATUS;
}

bool Nic::signals_pme() const
{
	return peek(WUC) & WUC_PME_STATUS;
}

void Nic::clear_pme()
{
	at(WUC) &= ~WUC_PME_STATUS;
}

/* Of a frame that the filter has accepted. */
UINT32 Nic::wake_events(const Bytes &frame) const
{
	const UINT32 low = peek(RAL0), high = peek(RAH0);
	const Bytes all(6, 0xff);
	Bytes magic = all;
	UINT32 events;

	for (UINT32 i = 0; i < 16; i++) {
		for (UINT32 byte = 0; byte < 6; byte++)
			magic.push_back(static_cast<UINT8>(byte < 4 ? low >> 8 * byte
								    : high >> 8 * (byte - 4)));
	}
	if (std::equal(all.begin(), all.end(), frame.begin()))
		events = WAKE_BC;
	else
		events = frame[0] & 1 ? WAKE_MC : WAKE_EX;
	if (std::search(frame.begin(), frame.end(), magic.begin(), magic.end()) != frame.end())
		events |= WAKE_MAG;
	return events;
}

void Nic::set_partner_pause(UINT16 bits)
{
	phy[PHY_ANLPAR] = static_cast<UINT16>((phy[PHY_ANLPAR] & ~0x0c00) | bits);
}

/* ---- interrupts ---- */

/* 7.4.3: a read clears all, unless nothing was signalled and some causes are not masked. */
UINT32 Nic::read_icr()
{
	UINT32 value = at(ICR);

	if (value & at(IMS))
		value |= CAUSE_ASSERTED;
	if (!at(IMS) || (value & CAUSE_ASSERTED))
		at(ICR) = 0;
	return value;
}

void Nic::cause(UINT32 bits)
{
	static constexpr UINT32 of_queues = CAUSE_RXQ0 | CAUSE_RXQ1 | CAUSE_TXQ0 | CAUSE_TXQ1;

	if (gone)
		return;
	/* With a vector for each queue their own bits stand for them, the rest is "other". */
	if (uses_messages() && (bits & ~(of_queues | CAUSE_TXDW | CAUSE_RXT0)))
		bits |= CAUSE_OTHER;
	at(ICR) |= bits;
	raise_pending();
}

/* Marks messages that are due; masks and acknowledges what they are for, if told to. */
void Nic::raise_pending()
{
	static constexpr UINT32 sources[] = {CAUSE_RXQ0, CAUSE_RXQ1, CAUSE_TXQ0, CAUSE_TXQ1,
					     CAUSE_OTHER};
	UINT32 due = at(ICR) & at(IMS);

	if (!may_dma() || !due)
		return;
	if (!uses_messages()) {
		messages |= 1;
		return;
	}
	for (UINT32 i = 0; i < 5; i++) {
		const UINT32 route = at(IVAR) >> 4 * i & 15;

		if (!(due & sources[i]) || !(route & 8))
			continue;
		messages |= 1U << (route & 7);
		at(ICR) &= ~(at(EIAC) & sources[i]);
		if (at(CTRL_EXT) & CTRL_EXT_EIAME)
			at(IMS) &= ~(at(IAM) & sources[i]);
	}
}

UINT32 Nic::deliver_interrupts()
{
	/* A line or a message that nobody acknowledges would come for ever. */
	static constexpr UINT32 most = 64;
	UINT32 count = 0;

	if (loses_interrupts)
		messages = 0;
	while (messages && !gone && count < most) {
		const UINT32 vector = static_cast<UINT32>(__builtin_ctz(messages));

		messages &= messages - 1;
		bus->raise(vector);
		count++;
		if (!uses_messages())
			raise_pending();
	}
	if (count == most)
		violation("an interrupt that does not end");
	return count;
}

/* ---- arithmetic ---- */

UINT16 read16(const UINT8 *bytes)
{
	return static_cast<UINT16>(bytes[0] << 8 | bytes[1]);
}

void write16(UINT8 *bytes, UINT32 value)
{
	bytes[0] = static_cast<UINT8>(value >> 8);
	bytes[1] = static_cast<UINT8>(value);
}

UINT32 read32(const UINT8 *bytes)
{
	return static_cast<UINT32>(read16(bytes)) << 16 | read16(bytes + 2);
}

void write32(UINT8 *bytes, UINT32 value)
{
	write16(bytes, value >> 16);
	write16(bytes + 2, value);
}

UINT32 add_words(UINT32 sum, const UINT8 *bytes, SIZE_T length)
{
	UINT64 total = sum;

	for (SIZE_T i = 0; i + 1 < length; i += 2)
		total += read16(bytes + i);
	if (length % 2)
		total += static_cast<UINT32>(bytes[length - 1]) << 8;
	while (total >> 32)
		total = (total & all_ones) + (total >> 32);
	return static_cast<UINT32>(total);
}

UINT16 fold(UINT32 sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return static_cast<UINT16>(sum);
}

} // namespace sim82574
