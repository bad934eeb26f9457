// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include "sim/pair.h"

#include <algorithm>

#include <netcx/netadaptercx.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" void *sim_memory_at(UINT64 logical_address);

/* Both ends' logical addresses are the same here; they see the memory itself. */
void *sim_memory_at(UINT64 logical_address)
{
	(void)logical_address;
	return nullptr;
}

namespace unit
{

/* Of the simulated NIC. */
constexpr UINT32 least_ring = 64;
/* A queue that wants another turn after so many has found a way to want them forever. */
constexpr UINT32 most_turns = 10000;

/* ---- one of them ---- */

Port::Port(netcx_driver *of, const std::string &name, const Modes &modes) : driver(of)
{
	const auto ring = modes.find("Ring");

	hardware.name = name;
	hardware.numbers = modes;
	hardware.vectors = 0;
	ring_size = ring == modes.end() ? least_ring : ring->second;
	hardware.numbers["Ring"] = ring_size;
}

Port::~Port()
{
	remove();
}

int Port::start()
{
	int error = 0;

	if (started)
		return 0;
	if (!device)
		error = netcx_core_device_add(driver, &hardware, &device);
	if (error)
		return error;
	error = netcx_core_device_start(device);
	if (error) {
		netcx_core_device_remove(device);
		device = nullptr;
		return error;
	}
	started = true;
	interface = fake::Interface::all().back();
	interface->ring_size = ring_size;
	interface->tx_queues = hardware.numbers.contains("Queues") ? hardware.numbers["Queues"] : 1;
	interface->rx_queues = interface->tx_queues;
	interface->queues_drained = [this] {
		take_leftover_buffers();
	};
	interface->queues_stopped = [this] {
		take_leftovers();
	};
	adapter()->verified = verified;
	return 0;
}

int Port::open()
{
	int error = start();

	if (!error)
		error = interface->open();
	if (error)
		return error;
	make_paths();
	return netcx_core_adapter_set_receive_filter(
		adapter(),
		static_cast<NET_PACKET_FILTER_FLAGS>(NetPacketFilterFlagDirected |
						     NetPacketFilterFlagBroadcast),
		nullptr, 0);
}

void Port::make_paths()
{
	const UINT32 capacity = static_cast<UINT32>(adapter()->rx.MaximumFrameSize);

	for (netcx_queue *queue : interface->tx)
		tx.push_back(std::make_unique<fake::TxPath>(&hardware, queue));
	for (netcx_queue *queue : interface->rx) {
		rx.push_back(std::make_unique<fake::RxPath>(&hardware, queue, capacity));
		rx.back()->refill();
	}
	received.resize(std::max(received.size(), rx.size()));
	turns.clear();
	for (netcx_queue *queue : interface->rx)
		turns[queue].notifications = interface->notifications[queue];
	for (netcx_queue *queue : interface->tx)
		turns[queue].notifications = interface->notifications[queue];
}

/* After the queues: the client may have been writing until then. */
void Port::drop_paths()
{
	tx.clear();
	rx.clear();
	turns.clear();
}

void Port::take_leftovers()
{
	for (const auto &path : tx) {
		UINT32 count = 0;

		EXPECT_TRUE(path->take_back(&count));
		returned += count;
		packets_left += path->outstanding();
		fragments_left += path->fragments_out();
	}
	for (UINT32 i = 0; i < rx.size(); i++) {
		EXPECT_TRUE(rx[i]->owns_everything()) << "rx queue " << i;
		EXPECT_FALSE(take_received(i));
		buffers_returned += rx[i]->buffers_returned;
	}
}

/* Before they are stopped: a client may hear of its buffers by its queue only. */
void Port::take_leftover_buffers()
{
	for (UINT32 i = 0; i < rx.size(); i++) {
		rx[i]->keeps_buffers = false;
		take_received(i);
	}
}

void Port::close()
{
	interface->close();
	drop_paths();
}

void Port::power_down()
{
	netcx_core_device_power_down(device);
	drop_paths();
}

int Port::power_up()
{
	const int error = netcx_core_device_power_up(device);

	if (!error && interface->is_open())
		make_paths();
	return error;
}

void Port::remove()
{
	if (started)
		netcx_core_device_stop(device);
	started = false;
	interface = nullptr;
	drop_paths();
	if (device)
		netcx_core_device_remove(device);
	device = nullptr;
}

bool Port::send(const Packet &packet, UINT32 queue)
{
	fake::TxPath &path = *tx[queue];

	if (!path.put(packet))
		return false;
	given++;
	path.advance();
	turns[path.handle()].due = true;
	return true;
}

/* Has it been notified, or has it not been looked at since something was done to it? */
bool Port::is_due(netcx_queue *queue)
{
	Turn &turn = turns[queue];
	const UINT32 notifications = interface->notifications[queue];

	if (notifications != turn.notifications) {
		EXPECT_EQ(notifications, turn.notifications + 1) << "notified more than once";
		EXPECT_TRUE(queue->armed) << "notified unasked";
		queue->armed = FALSE;
		turn.notifications = notifications;
		turn.due = true;
	}
	return turn.due;
}

void Port::arm(netcx_queue *queue)
{
	const fake::Os::Atomic softirq;

	if (queue->armed)
		return;
	queue->armed = TRUE;
	netcx_verifier_set_notification(queue);
}

void Port::serve_tx(fake::TxPath *path)
{
	UINT32 count = 0;

	turns[path->handle()].due = false;
	/* What was done before the notification was asked for is not notified. */
	for (UINT32 i = 0; i < 2; i++) {
		path->advance();
		EXPECT_TRUE(path->take_back(&count));
		returned += count;
		if (!path->outstanding())
			return;
		arm(path->handle());
	}
}

bool Port::take_received(UINT32 id)
{
	auto all = rx[id]->take();

	EXPECT_TRUE(all.has_value());
	if (!all)
		return false;
	for (Received &one : *all) {
		EXPECT_TRUE(one.sane);
		received[id].push_back(std::move(one));
	}
	return !all->empty();
}

void Port::serve_rx(UINT32 id)
{
	fake::RxPath &path = *rx[id];
	bool more = true;

	turns[path.handle()].due = false;
	while (more) {
		do {
			path.refill();
			path.advance();
		} while (take_received(id));
		more = !path.handle()->armed;
		arm(path.handle());
	}
}

bool Port::serve()
{
	bool any = false;

	for (const auto &path : tx) {
		if (is_due(path->handle())) {
			serve_tx(path.get());
			any = true;
		}
	}
	for (UINT32 i = 0; listens && i < rx.size(); i++) {
		if (is_due(rx[i]->handle())) {
			serve_rx(i);
			any = true;
		}
	}
	return any;
}

Bytes Port::address() const
{
	const NET_ADAPTER_LINK_LAYER_ADDRESS &address = adapter()->current_address;

	return Bytes(address.Address, address.Address + address.Length);
}

UINT64 Port::statistic(const std::string &name) const
{
	const netcx_statistics_config &statistics = adapter()->statistics;
	std::vector<UINT64> values(statistics.Count);

	netcx_core_adapter_read_statistics(adapter(), values.data());
	for (UINT32 i = 0; i < statistics.Count; i++) {
		if (statistics.Names[i] == name)
			return values[i];
	}
	ADD_FAILURE() << name;
	return 0;
}

Bytes Port::frame_to(const Port &to, UINT32 length, UINT32 seed) const
{
	Bytes frame = to.address();
	const Bytes from = address();
	Random random(seed);

	frame.insert(frame.end(), from.begin(), from.end());
	/* For experiments. */
	frame.push_back(0x88);
	frame.push_back(0xb5);
	while (frame.size() < length)
		frame.push_back(static_cast<UINT8>(random.between(0, 255)));
	return frame;
}

std::vector<Bytes> Port::frames(UINT32 queue) const
{
	std::vector<Bytes> all;

	for (const Received &one : received[queue]) {
		if (!one.ignored)
			all.push_back(one.bytes);
	}
	return all;
}

UINT32 Port::ignored() const
{
	UINT32 count = 0;

	for (const auto &queue : received)
		count += static_cast<UINT32>(
			std::count_if(queue.begin(), queue.end(),
				      [](const Received &one) { return one.ignored; }));
	return count;
}

/* ---- both ---- */

Pair::Pair(const Modes &modes_of_a, const Modes &modes_of_b, UINT64 fail_nth)
{
	os.reset();
	os.fail_nth(fail_nth);
	if (!netcx_core_driver_create("netcx_sim", "1.0", DriverEntry, nullptr, &driver)) {
		a = std::make_unique<Port>(driver, "netcx_sim.0", modes_of_a);
		b = std::make_unique<Port>(driver, "netcx_sim.1", modes_of_b);
	}
}

Pair::~Pair()
{
	finish();
	os.reset();
}

int Pair::open()
{
	const int error = a->open();

	return error ? error : b->open();
}

void Pair::finish()
{
	a.reset();
	b.reset();
	if (driver)
		netcx_core_driver_destroy(driver);
	driver = nullptr;
}

void Pair::run()
{
	for (UINT32 i = 0; i < most_turns; i++) {
		const bool worked = a->serve();

		os.run_pending();
		if (!b->serve() && !worked)
			return;
		os.run_pending();
	}
	ADD_FAILURE() << "there is always something left to do";
}

void Pair::pass_time(UINT32 microseconds, UINT32 step)
{
	run();
	for (UINT32 passed = 0; passed < microseconds; passed += step) {
		os.pass_time(std::min(step, microseconds - passed));
		run();
	}
}

::testing::AssertionResult Pair::send_patiently(const Packet &packet)
{
	constexpr UINT32 step = 20, most = 1000000 / step;

	for (UINT32 i = 0; i < most; i++) {
		if (a->send(packet))
			return ::testing::AssertionSuccess();
		pass_time(step);
	}
	return ::testing::AssertionFailure() << "the ring stays full";
}

void SimPair::open(const Modes &modes_of_a, const Modes &modes_of_b)
{
	finish();
	pair = std::make_unique<Pair>(modes_of_a, modes_of_b);
	ASSERT_EQ(pair->open(), 0) << os().whole_log();
	run();
}

void SimPair::finish()
{
	if (!pair)
		return;
	pair->finish();
	EXPECT_EQ(os().live(), 0u) << os().live_kinds();
	EXPECT_EQ(os().violations, std::vector<std::string>());
	EXPECT_EQ(os().errors(), errors_expected) << os().whole_log();
	for (const netcx_violation &broken : os().broken_rules)
		ADD_FAILURE() << netcx_verifier_rule_name(broken.rule) << " in " << broken.callback;
	EXPECT_TRUE(os().broken_calls.empty());
	pair.reset();
	errors_expected = 0;
}

Packet SimPair::packet(UINT32 length, UINT32 seed) const
{
	return cut(pair->a->frame_to(*pair->b, length, seed), 1);
}

Bytes SimPair::send(UINT32 length, UINT32 seed, UINT32 queue)
{
	const Packet sent = packet(length, seed);

	if (!a().send(sent, queue)) {
		run();
		EXPECT_TRUE(a().send(sent, queue));
	}
	return sent.fragments[0];
}

/* ---- helpers ---- */

UINT32 Random::between(UINT32 least, UINT32 most)
{
	/* Knuth's MMIX generator, of whose bits the high ones are good. */
	state = state * 6364136223846793005 + 1442695040888963407;
	return least + static_cast<UINT32>((state >> 33) % (most - least + 1));
}

::testing::AssertionResult same_frames(const std::vector<Bytes> &frames,
				       const std::vector<Bytes> &expected)
{
	const auto [one, other] =
		std::mismatch(frames.begin(), frames.end(), expected.begin(), expected.end());

	if (one == frames.end() && other == expected.end())
		return ::testing::AssertionSuccess();

	auto result = ::testing::AssertionFailure();

	result << frames.size() << " frames, expected " << expected.size() << "; number "
	       << one - frames.begin() << " is ";
	if (one == frames.end())
		return result << "missing";
	if (other == expected.end())
		return result << "one too many";
	return result << ::testing::PrintToString(*one) << ", expected "
		      << ::testing::PrintToString(*other);
}

Packet cut(const Bytes &frame, UINT32 count)
{
	Packet packet;
	SIZE_T from = 0;

	for (UINT32 i = 1; i <= count; i++) {
		const SIZE_T to = frame.size() * i / count;

		packet.fragments.emplace_back(frame.begin() + static_cast<std::ptrdiff_t>(from),
					      frame.begin() + static_cast<std::ptrdiff_t>(to));
		from = to;
	}
	return packet;
}

} // namespace unit
