/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A machine with one simulated 82574L, driven by hw/e1000e over module/core: what module/linux does
 * between the stack and the rings, as far as a test needs it. Needs no test framework, so that
 * fuzzers use it, too.
 */
#ifndef SIM82574_MACHINE_H
#define SIM82574_MACHINE_H

#include "core.h"
#include "os/paths.h"
#include "sim82574/nic.h"

namespace sim82574
{

using fake::Packet;
using fake::Received;
using fake::RxPath;
using fake::TxPath;

class Machine
{
public:
	/* @vectors: 5 or more for a message each, 1 for one interrupt. */
	explicit Machine(UINT32 vectors = 5, bool messages = true);
	~Machine();
	Machine(const Machine &) = delete;
	Machine &operator=(const Machine &) = delete;

	/* Each does what is before it, too; 0 or an error. */
	int start();
	int open();
	void close();
	/* As a reset of the whole device. */
	void power_down();
	int power_up();
	/* As the machine's sleep, which keeps the hardware prepared. */
	void suspend();
	int resume();
	/* Undoes everything. */
	void finish();

	/* Lets interrupts, DPCs and work run until nothing is left to do. */
	void settle();
	/* Asks the queue for a notification. */
	void arm(netcx_queue *queue);
	UINT32 notifications(netcx_queue *queue);

	fake::Interface *interface() const;
	netcx_adapter *adapter() const { return interface()->adapter; }

	fake::Os &os = fake::Os::get();
	netcx_os_device hardware;
	std::shared_ptr<Nic> nic;
	UINT32 ring_size = 8;
	UINT32 rx_queues = 2;
	/* When the queues are created and not started. */
	std::function<void()> queues_created;
	std::vector<std::unique_ptr<TxPath>> tx;
	std::vector<std::unique_ptr<RxPath>> rx;

private:
	void make_paths();
	void drop_paths();

	netcx_driver *driver = nullptr;
	netcx_device *device = nullptr;
	bool started = false;
};

} // namespace sim82574

#endif /* SIM82574_MACHINE_H */
