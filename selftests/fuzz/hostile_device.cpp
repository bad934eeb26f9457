// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * hw/e1000e on a device that does what it likes: writes back descriptors nobody gave it, answers
 * register reads with anything, comes and goes; in between the OS sends, receives, resets, closes.
 * Whatever it does, the rings' indices stay within what the client owned, no packet that it passes
 * on lies outside of its buffers, and everything is given back at the end.
 */

#include "input.h"
#include "sim82574/bits.h"
#include "sim82574/frames.h"

using fuzz::Input;
using fuzz::require;
using namespace sim82574;

namespace
{

class Session
{
public:
	explicit Session(Input *input)
		: input(*input), machine(vectors[input->below(4)], input->flag())
	{
		machine.ring_size = 8u << this->input.below(3);
	}

	void run();

private:
	static constexpr UINT32 vectors[4] = {5, 1, 3, 4};
	/* More says nothing new. */
	static constexpr UINT32 most_steps = 200;

	void step();
	void write_back(UINT32 base, bool transmit);
	void send();
	void receive();
	void poll();
	void tamper();
	void settings();
	void power();
	void check_end();

	Input &input;
	Machine machine;
	/* What is read instead of registers. */
	std::map<UINT32, UINT32> lies;
};

/* Registers that the driver looks at. */
constexpr UINT32 readable[] = {CTRL, STATUS, EECD, EERD, CTRL_EXT, MDIC, ICR,  EXTCNF_CTRL,
			       RCTL, TCTL,   RAL0, RAH0, TARC0,	   MPC,	 GORCL};

void Session::run()
{
	machine.nic->tamper = [this](UINT32 offset, UINT32 value) {
		const auto found = lies.find(offset);

		return found == lies.end() ? value : found->second;
	};
	if (input.flag())
		tamper();
	machine.open();
	for (UINT32 i = 0; i < most_steps && !input.empty() && machine.interface(); i++)
		step();
	lies.clear();
	machine.nic->tamper = nullptr;
	machine.nic->never_stops_dma = false;
	machine.finish();
	check_end();
}

void Session::check_end()
{
	require(!machine.os.live(), machine.os.live_kinds().c_str());
	for (const std::string &violation : machine.os.violations) {
		/* What the OS does about it is its own affair: it waits, then resets. */
		if (violation != "a cancelled queue did not drain")
			require(false, violation.c_str());
	}
}

/* Any 16 bytes to any descriptor. */
void Session::write_back(UINT32 base, bool transmit)
{
	const UINT32 first = base + input.below(2) * QUEUE_1;
	const UINT32 count = machine.nic->peek(first + RDLEN - RDBAL) / 16;
	const UINT32 index = input.below(count);
	const UINT64 logical =
		machine.nic->peek(first) | static_cast<UINT64>(machine.nic->peek(first + 4)) << 32;
	UINT8 *descriptor = static_cast<UINT8 *>(machine.hardware.dma(logical + index * 16, 16));
	UINT8 bytes[16];

	input.fill(bytes, sizeof(bytes));
	if (!descriptor || !count)
		return;
	/* Mostly it says that it is done, or nobody looks at the rest. */
	if (bytes[15] & 1)
		bytes[transmit ? 12 : 8] |= 1;
	memcpy(descriptor, bytes, sizeof(bytes));
}

void Session::send()
{
	FrameSpec spec;
	Packet packet;

	if (machine.tx.empty())
		return;
	TxPath &path = *machine.tx[input.below(static_cast<UINT32>(machine.tx.size()))];
	const UINT8 options = input.byte();

	spec.ipv6 = options & 1;
	spec.tcp = options & 2;
	spec.partial = true;
	spec.segmented = options & 4;
	spec.payload = input.below(8000);
	const Bytes frame = options & 8 ? plain_frame(1 + spec.payload) : make_frame(spec);

	/* In pieces of any size. */
	for (SIZE_T at = 0; at < frame.size();) {
		SIZE_T length = 1 + input.below(5000);

		if (packet.fragments.size() == 17 || length > frame.size() - at)
			length = frame.size() - at;
		packet.fragments.emplace_back(frame.begin() + static_cast<long>(at),
					      frame.begin() + static_cast<long>(at + length));
		at += length;
	}
	if (!(options & 8)) {
		packet.layout = layout_of(spec);
		packet.checksum.Layer4 = options & 16 ? NetPacketTxChecksumActionRequired : 0;
		if (spec.segmented && spec.tcp)
			packet.mss = 1 + input.below(2000);
	}
	if (options & 32)
		packet.tag = input.take<UINT16>();
	packet.offset = options & 64 ? 4 : 0;
	packet.ignore = options & 128;
	if (packet.ignore)
		packet.fragments.clear();
	path.put(packet);
	path.advance();
	require(path.take_back(), "the indices of a tx queue");
}

void Session::poll()
{
	for (auto &path : machine.rx) {
		path->advance();
		const auto received = path->take();

		require(received.has_value(), "the indices of an rx queue");
		for (const Received &one : *received)
			require(one.ignored || one.sane || one.is_too_short,
				"a packet outside of its buffers");
		path->refill();
		path->advance();
	}
	for (auto &path : machine.tx) {
		path->advance();
		require(path->take_back(), "the indices of a tx queue");
	}
}

void Session::receive()
{
	const UINT8 options = input.byte();
	const UINT32 errors = options & 128 ? input.take<UINT32>() : 0;
	FrameSpec spec;

	spec.ipv6 = options & 1;
	spec.tcp = options & 2;
	spec.payload = input.below(9000);
	if (options & 4)
		spec.tag = 5;
	machine.nic->receive(options & 8 ? plain_frame(spec.payload) : make_frame(spec), errors);
}

void Session::tamper()
{
	const UINT32 offset = readable[input.below(ARRAYSIZE(readable))];

	lies[offset] = input.take<UINT32>();
}

/* As the OS asks for them: in D0 only, since without the hardware there are no registers. */
void Session::settings()
{
	netcx_adapter *adapter = machine.adapter();

	if (!machine.interface()->has_datapath())
		return;
	switch (input.below(6)) {
	case 0:
		netcx_core_adapter_set_receive_filter(
			adapter, static_cast<NET_PACKET_FILTER_FLAGS>(input.byte() & 0x2f), nullptr,
			0);
		break;
	case 1: {
		const netcx_interrupt_moderation value = {input.below(10001), input.below(10001)};

		netcx_core_adapter_set_moderation(adapter, &value);
		break;
	}
	case 2: {
		std::vector<UINT64> values(adapter->statistics.Count);

		netcx_core_adapter_read_statistics(adapter, values.data());
		break;
	}
	case 3: {
		netcx_vlan_filter filter = {};

		filter.Enabled = input.flag();
		filter.Members[input.below(NETCX_VLAN_WORDS)] = input.take<UINT32>();
		netcx_core_adapter_set_vlan_filter(adapter, &filter);
		break;
	}
	case 4: {
		netcx_offloads offloads = adapter->offloads;

		/* Tags are switched while there are no queues. */
		offloads.rx_checksum_ipv4 = input.flag();
		offloads.rx_checksum_tcp = input.flag();
		offloads.rx_checksum_udp = input.flag();
		netcx_core_adapter_set_offloads(adapter, &offloads);
		break;
	}
	default:
		machine.os.pass_time(input.take<UINT16>());
		break;
	}
}

/* Resets and the like, as the OS does them; a step that fails is tried again by a later one. */
void Session::power()
{
	switch (input.below(4)) {
	case 0:
		machine.power_down();
		break;
	case 1:
		machine.power_up();
		break;
	case 2:
		machine.close();
		break;
	default:
		if (!machine.interface()->is_open())
			machine.open();
		break;
	}
}

void Session::step()
{
	Nic &nic = *machine.nic;

	switch (input.below(16)) {
	case 0:
	case 1:
	case 2:
		write_back(RDBAL, false);
		break;
	case 3:
		write_back(TDBAL, true);
		break;
	case 4:
		send();
		break;
	case 5:
		receive();
		break;
	case 6:
	case 7:
		poll();
		break;
	case 8:
		tamper();
		break;
	case 9:
		lies.clear();
		break;
	case 10:
		nic.cause(input.take<UINT32>());
		machine.settle();
		break;
	case 11:
		nic.poke(input.below(0x6000 / 4) * 4, input.take<UINT32>());
		break;
	case 12:
		nic.gone = input.flag();
		nic.holds_transmit = input.flag();
		nic.never_stops_dma = input.flag();
		nic.phy_answers = input.flag();
		nic.never_comes_back = input.flag();
		break;
	case 13:
		nic.set_link(input.flag(), 1000, input.flag());
		machine.settle();
		break;
	case 14:
		settings();
		break;
	default:
		power();
		break;
	}
	for (auto &path : machine.rx)
		machine.arm(path->handle());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const UINT8 *data, SIZE_T size)
{
	Input input(data, size);
	Session(&input).run();
	return 0;
}
