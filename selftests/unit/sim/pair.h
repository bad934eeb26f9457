/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Two NICs of hw/sim on one wire, each driven over module/core as module/linux does it: what a queue
 * has done is looked at when it was notified, and then only. So a notification that is missing is
 * traffic that stands still.
 */
#ifndef NETCX_UNIT_SIM_PAIR_H
#define NETCX_UNIT_SIM_PAIR_H

#include <gtest/gtest.h>

#include "os/paths.h"

namespace unit
{

using fake::Bytes;
using fake::Packet;
using fake::Received;

/* As in KEY=NUMBER; see hw/sim/modes.cpp. */
using Modes = std::map<std::string, UINT32>;

class Port
{
public:
	Port(netcx_driver *driver, const std::string &name, const Modes &modes);
	~Port();
	Port(const Port &) = delete;
	Port &operator=(const Port &) = delete;

	/* Each 0 or an error. open() does what is before it, too. */
	int start();
	int open();
	void close();
	/* As a suspend and a resume. */
	void power_down();
	int power_up();
	/* Takes the device from its driver. */
	void remove();

	/* As the stack does it: into the ring, and the client is told. False: the ring is full. */
	bool send(const Packet &packet, UINT32 queue = 0);
	/* Gives each queue that has reason to be looked at its turn; false: none has. */
	bool serve();

	netcx_adapter *adapter() const { return interface->adapter; }
	Bytes address() const;
	UINT64 statistic(const std::string &name) const;
	/* A frame from this one to @to, not shorter than a header; @seed tells it from others. */
	Bytes frame_to(const Port &to, UINT32 length, UINT32 seed) const;

	netcx_os_device hardware;
	netcx_device *device = nullptr;
	/* While the device is started. */
	fake::Interface *interface = nullptr;
	std::vector<std::unique_ptr<fake::TxPath>> tx;
	std::vector<std::unique_ptr<fake::RxPath>> rx;
	/* Of each ring. */
	UINT32 ring_size;
	bool verified = true;
	/* When false, received packets wait in the rings. */
	bool listens = true;

	/* ---- since it was made ---- */

	/* Packets that were given to the client, and that it returned. */
	UINT32 given = 0;
	UINT32 returned = 0;
	/* What it had not returned when its queues were stopped. */
	UINT32 packets_left = 0;
	SIZE_T fragments_left = 0;
	UINT32 buffers_returned = 0;
	/* By queue, ignored packets, too. */
	std::vector<std::vector<Received>> received;
	/* The frames received in queue @queue, in order. */
	std::vector<Bytes> frames(UINT32 queue = 0) const;
	UINT32 ignored() const;

private:
	struct Turn {
		/* It has not been served since it was started, or its client was given something. */
		bool due = true;
		UINT32 notifications = 0;
	};

	void make_paths();
	void drop_paths();
	void take_leftovers();
	void take_leftover_buffers();
	bool is_due(netcx_queue *queue);
	void arm(netcx_queue *queue);
	void serve_tx(fake::TxPath *path);
	void serve_rx(UINT32 id);
	bool take_received(UINT32 id);

	fake::Os &os = fake::Os::get();
	netcx_driver *driver;
	bool started = false;
	std::map<const netcx_queue *, Turn> turns;
};

/* A driver, and its two devices. */
class Pair
{
public:
	/* @fail_nth: see fake::Os; there may be no driver then, and no devices. */
	Pair(const Modes &modes_of_a, const Modes &modes_of_b, UINT64 fail_nth = 0);
	~Pair();
	Pair(const Pair &) = delete;
	Pair &operator=(const Pair &) = delete;

	/* Both; 0 or an error. */
	int open();
	/* Undoes everything. */
	void finish();
	/* Until nobody has anything left to do. */
	void run();
	/* Lets time pass, in steps of @step microseconds. */
	void pass_time(UINT32 microseconds, UINT32 step = 10);
	/* From a, as soon as there is room in the ring, up to a second from now. */
	::testing::AssertionResult send_patiently(const Packet &packet);

	fake::Os &os = fake::Os::get();
	netcx_driver *driver = nullptr;
	std::unique_ptr<Port> a, b;
};

class SimPair : public ::testing::Test
{
protected:
	/* Whatever a test did: nothing stays behind, and nobody has anything to say. */
	~SimPair() override { finish(); }

	void open(const Modes &modes_of_a, const Modes &modes_of_b);
	void finish();

	Port &a() { return *pair->a; }
	Port &b() { return *pair->b; }
	void run() { pair->run(); }
	fake::Os &os() { return pair->os; }
	/* A packet of one fragment, from a to b. */
	Packet packet(UINT32 length, UINT32 seed) const;
	/* Sends it from a, letting everybody work while the ring is full; what was sent. */
	Bytes send(UINT32 length, UINT32 seed, UINT32 queue = 0);

	std::unique_ptr<Pair> pair;
	/* Errors in the log that a test brought about. */
	SIZE_T errors_expected = 0;
};

/* The same numbers in every run. */
class Random
{
public:
	explicit Random(UINT64 seed) : state(seed) {}
	/* From @least to @most. */
	UINT32 between(UINT32 least, UINT32 most);

private:
	UINT64 state;
};

/* Are they the same? If not, says where that begins, and not what is in all of them. */
::testing::AssertionResult same_frames(const std::vector<Bytes> &frames,
				       const std::vector<Bytes> &expected);

/* A packet of these bytes, cut into @count fragments. */
Packet cut(const Bytes &frame, UINT32 count);

} // namespace unit

#endif /* NETCX_UNIT_SIM_PAIR_H */
