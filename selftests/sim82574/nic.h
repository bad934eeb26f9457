/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * An 82574L on the fake bus: registers, the PHY behind MDIO, NVM words, both DMA engines, interrupt
 * causes and messages. It is written from the datasheet and shares no header with the client
 * driver, so that a wrong offset or bit there is not made good here.
 *
 * Nothing happens by itself. DMA runs where a register write starts it; interrupts wait for
 * deliver_interrupts(), since a real one never arrives within the instruction that causes it.
 *
 * Facts: Intel 82574 GbE Controller Family Datasheet, chapters 7 and 10.
 */
#ifndef SIM82574_NIC_H
#define SIM82574_NIC_H

#include <array>
#include <functional>
#include <vector>

#include "os/fake_os.h"

namespace sim82574
{

using Bytes = std::vector<UINT8>;

/* A frame on the wire, without its CRC. */
struct Sent {
	Bytes bytes;
	UINT32 queue;
};

/* One register write. */
struct Write {
	UINT32 offset;
	UINT32 value;
};

class Nic : public fake::Registers
{
public:
	static constexpr UINT32 register_bytes = 0x20000;
	static constexpr UINT32 queues = 2;
	static constexpr UINT32 buffer_bytes = 2048;

	explicit Nic(netcx_os_device *bus);

	UINT64 read(UINT64 offset, unsigned int width) override;
	void write(UINT64 offset, unsigned int width, UINT64 value) override;

	/* A register as it is, without what reading it does. */
	UINT32 peek(UINT32 offset) const { return words[offset / 4]; }

	void poke(UINT32 offset, UINT32 value) { words[offset / 4] = value; }

	/* ---- the wire ---- */

	std::vector<Sent> sent;
	/*
	 * A frame arrives. @errors: bits 31:20 of the descriptor's status, as the MAC would find.
	 * False: it was filtered out, or there was no room for it.
	 */
	bool receive(const Bytes &frame, UINT32 errors = 0);
	/* @megabits is 10, 100 or 1000. */
	void set_link(bool up, UINT32 megabits = 1000, bool full_duplex = true);
	/*
	 * What the link partner advertises of pause frames, IEEE 802.3 clause 28: bits 10 and 11.
	 */
	void set_partner_pause(UINT16 bits);
	/* It has signalled PME# to wake the machine. */
	bool signals_pme() const;
	/* As the PCI core does when it resumes the device. */
	void clear_pme();
	/* The partner has said XOFF: nothing is sent until it says XON. */
	void set_paused(bool paused);

	/* ---- interrupts ---- */

	/*
	 * Sets causes as the hardware does, and queues the messages for those that are not masked.
	 */
	void cause(UINT32 bits);
	/* Runs service routines until none is due. How many ran. */
	UINT32 deliver_interrupts();

	/* ---- its ill will ---- */

	/* Off the bus: all ones, no DMA, no interrupts. */
	bool gone = false;
	/* Descriptors wait in the ring. */
	bool holds_transmit = false;
	/* STATUS says that the partner's pause frames hold transmission. */
	bool partner_pauses = false;
	/* STATUS goes on saying that requests are on their way. */
	bool never_stops_dma = false;
	/* The PHY does not say that negotiation is complete, as QEMU's after a reset of the MAC. */
	bool hides_negotiation = false;
	/* Firmware has the MDIO bus. What software asks for meanwhile, it gets afterwards. */
	bool firmware_owns_mdio = false;
	/* The same for a while. */
	void hold_mdio(UINT64 microseconds);
	/* It hangs until its reset. */
	void hang_phy();
	/* Messages do not arrive. */
	bool loses_interrupts = false;
	/* So many words of the NVM read as something else at first. */
	UINT32 wrong_nvm_reads = 0;
	/* CTRL.RST never ends: nothing is read from NVM. */
	bool never_comes_back = false;
	bool phy_answers = true;
	bool nvm_answers = true;
	/* Changes what a read of a register returns. */
	std::function<UINT32(UINT32 offset, UINT32 value)> tamper;

	/* ---- for tests to look at ---- */

	/* Grows while on. */
	bool record = false;
	std::vector<Write> written;
	UINT32 resets = 0;
	UINT32 phy_resets = 0;
	UINT32 phy_power_downs = 0;
	UINT32 reads = 0;
	/* Descriptors that name memory the device may not touch. */
	UINT32 dma_faults = 0;
	/*
	 * What a driver must not do: MDIO without owning it, an unaligned ring, a tail out of it
	 * ...
	 */
	std::vector<std::string> violations;

	/* The NVM, 64 words; a good checksum and 52:54:00:12:34:56. */
	std::array<UINT16, 64> nvm;
	std::array<UINT16, 32> phy;

	/* Sends what is in the rings, if nothing forbids it. */
	void transmit();

	/* ---- manageability ---- */

	/*
	 * Firmware that passes frames through, to a BMC in this VLAN. It survives the MAC's resets.
	 */
	void enable_manageability(UINT16 vlan);
	/* Does the BMC get a frame of its VLAN? */
	bool reaches_bmc() const;

private:
	/* What a context descriptor says. */
	struct Context {
		UINT32 ip_start, ip_checksum, ip_end;
		UINT32 layer4_start, layer4_checksum, layer4_end;
		UINT32 command, header_bytes, mss;
		/* What it says of segmentation was used up by a packet. */
		bool segmented;
	};

	/* A packet whose descriptors are being collected. */
	struct Pending {
		Bytes bytes;
		UINT32 options = 0;
		UINT32 first_command = 0, last_command = 0;
		UINT32 first_special = 0, last_special = 0;
		UINT32 first_bytes = 0;
	};

	/* What the parser found in a received frame. */
	struct Headers {
		bool tagged = false;
		UINT16 tag = 0;
		bool ipv4 = false, ipv6 = false, tcp = false, udp = false;
		UINT32 layer3 = 0, layer4 = 0, end = 0;
	};

	UINT32 &at(UINT32 offset) { return words[offset / 4]; }

	void power_up();
	void reset();
	void read_nvm(UINT32 value);
	void access_phy(UINT32 value);
	void write_phy(UINT32 index, UINT16 value);
	bool has_link() const;
	bool firmware_has_mdio() const;
	void check_queues();
	void update_status();
	bool may_dma() const;
	UINT8 *memory(UINT64 logical, UINT32 length);
	void check_ring(UINT32 base, const char *name);
	void violation(const std::string &what) { violations.push_back(what); }

	UINT32 read_icr();
	bool uses_messages() const { return bus->messages && bus->vectors > 1; }
	void raise_pending();

	void transmit_queue(UINT32 queue);
	void take_context(const UINT8 *descriptor);
	void take_data(const UINT8 *descriptor, Pending *packet);
	void send(UINT32 queue, Pending *packet);
	void segment(UINT32 queue, const Pending &packet);
	void put(UINT32 queue, Bytes frame, bool tag, UINT32 special);

	void wake(UINT32 events);
	UINT32 wake_events(const Bytes &frame) const;

	bool is_wanted(const Bytes &frame) const;
	bool is_wanted_vlan(const Headers &headers) const;
	static Headers parse(const Bytes &frame);
	UINT32 hash(const Bytes &frame, const Headers &headers, UINT32 *type) const;
	UINT32 checksums(const Bytes &frame, const Headers &headers) const;
	bool fill(UINT32 queue, const Bytes &frame, UINT32 status, UINT16 tag, UINT64 hashed);

	netcx_os_device *bus;
	std::vector<UINT32> words;
	bool link = true;
	bool mdio_requested = false;
	UINT64 mdio_held_until_ns = 0;
	/* The receiver was switched off, and not reset since. */
	bool receiver_stopped = false;
	UINT32 speed = 1000;
	bool duplex = true;
	/* By vector: a message is on its way. */
	UINT32 messages = 0;
	Context context = {};
	Pending collected[queues];
};

/* ---- arithmetic that both directions need ---- */

/* The Internet checksum's sum of 16-bit words, not yet complemented. */
UINT32 add_words(UINT32 sum, const UINT8 *bytes, SIZE_T length);
UINT16 fold(UINT32 sum);

UINT16 read16(const UINT8 *bytes);
void write16(UINT8 *bytes, UINT32 value);
UINT32 read32(const UINT8 *bytes);
void write32(UINT8 *bytes, UINT32 value);

} // namespace sim82574

#endif /* SIM82574_NIC_H */
