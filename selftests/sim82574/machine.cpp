// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include "sim82574/machine.h"

#include <netcx/netadaptercx.h>

extern "C" DRIVER_INITIALIZE DriverEntry;

namespace sim82574
{

/* A queue's callbacks run with its lock held, or within NAPI. */
using Softirq = fake::Os::Atomic;

Machine::Machine(UINT32 vectors, bool messages)
{
	os.reset();
	hardware.vectors = vectors;
	hardware.messages = messages;
	nic = std::make_shared<Nic>(&hardware);
	hardware.bars.push_back(nic);
}

Machine::~Machine()
{
	finish();
	os.reset();
}

fake::Interface *Machine::interface() const
{
	const auto all = fake::Interface::all();

	return all.empty() ? nullptr : all[0];
}

int Machine::start()
{
	int error = 0;

	if (!driver)
		error = netcx_core_driver_create("netcx_e1000e", "1.0", DriverEntry, nullptr,
						 &driver);
	if (!error && !device)
		error = netcx_core_device_add(driver, &hardware, &device);
	if (!error && !started) {
		error = netcx_core_device_start(device);
		started = !error;
		if (error) {
			netcx_core_device_remove(device);
			device = nullptr;
		}
		settle();
	}
	return error;
}

int Machine::open()
{
	int error = start();

	if (error)
		return error;
	interface()->ring_size = ring_size;
	interface()->rx_queues = rx_queues;
	interface()->queues_created = queues_created;
	error = interface()->open();
	if (!error) {
		make_paths();
		netcx_core_adapter_set_receive_filter(
			adapter(),
			static_cast<NET_PACKET_FILTER_FLAGS>(NetPacketFilterFlagDirected |
							     NetPacketFilterFlagBroadcast),
			nullptr, 0);
	}
	settle();
	return error;
}

void Machine::make_paths()
{
	for (netcx_queue *queue : interface()->tx)
		tx.push_back(std::make_unique<TxPath>(&hardware, queue));
	for (netcx_queue *queue : interface()->rx) {
		rx.push_back(std::make_unique<RxPath>(
			&hardware, queue, static_cast<UINT32>(adapter()->rx.MaximumFrameSize)));
		rx.back()->refill();
		rx.back()->advance();
	}
}

/* After the queues: the device may have been writing until then. */
void Machine::drop_paths()
{
	tx.clear();
	rx.clear();
}

void Machine::close()
{
	interface()->close();
	drop_paths();
}

void Machine::power_down()
{
	netcx_core_device_power_down(device);
	drop_paths();
}

int Machine::power_up()
{
	const int error = netcx_core_device_power_up(device);

	if (!error && interface()->is_open())
		make_paths();
	settle();
	return error;
}

void Machine::suspend()
{
	netcx_core_device_sleep(device);
	drop_paths();
}

int Machine::resume()
{
	int error;

	nic->clear_pme();
	netcx_core_device_machine_woke(device, FALSE);
	error = netcx_core_device_power_up(device);
	if (!error && interface()->is_open())
		make_paths();
	settle();
	return error;
}

void Machine::finish()
{
	if (started) {
		if (nic->gone)
			netcx_core_device_surprise_removal(device);
		netcx_core_device_stop(device);
	}
	started = false;
	drop_paths();
	if (device)
		netcx_core_device_remove(device);
	device = nullptr;
	if (driver)
		netcx_core_driver_destroy(driver);
	driver = nullptr;
}

void Machine::settle()
{
	static constexpr UINT32 most_rounds = 64;

	for (UINT32 i = 0; i < most_rounds; i++) {
		const UINT32 interrupts = nic->deliver_interrupts();

		os.run_pending();
		if (!interrupts)
			return;
	}
}

void Machine::arm(netcx_queue *queue)
{
	const Softirq softirq;

	queue->armed = TRUE;
	queue->set_notification(queue->handle, TRUE);
}

UINT32 Machine::notifications(netcx_queue *queue)
{
	return interface()->notifications[queue];
}

} // namespace sim82574
