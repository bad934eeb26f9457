// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Network interfaces: their queues' lives.

#include "os/fake_os.h"

#include <algorithm>
#include <cerrno>

using fake::Interface;
using fake::Os;

namespace
{

std::vector<Interface *> &interfaces()
{
	static std::vector<Interface *> all;

	return all;
}

} // namespace

namespace fake
{

static constexpr unsigned int most_drain_rounds = 100;

Interface::Interface(netcx_adapter *a) : adapter(a)
{
	interfaces().push_back(this);
}

Interface::~Interface()
{
	std::erase(interfaces(), this);
}

Interface *Interface::of(const netcx_adapter *adapter)
{
	return static_cast<Interface *>(adapter->os);
}

std::vector<Interface *> Interface::all()
{
	return interfaces();
}

void Interface::destroy_queues()
{
	for (auto *queues : {&tx, &rx}) {
		for (netcx_queue *queue : *queues)
			netcx_core_queue_destroy(queue);
		queues->clear();
	}
}

int Interface::create_queue(netcx_queue_type type, UINT32 id)
{
	netcx_queue *queue = nullptr;
	const int error = netcx_core_queue_create(adapter, type, id, ring_size, ring_size, &queue);

	if (!error)
		(type == NETCX_QUEUE_TX ? tx : rx).push_back(queue);
	return error;
}

int Interface::queues_up()
{
	const SIZE_T most_tx = std::min<SIZE_T>(adapter->tx.MaximumNumberOfQueues, tx_queues);
	const SIZE_T most_rx = std::min<SIZE_T>(adapter->rx.MaximumNumberOfQueues, rx_queues);
	int error = 0;

	for (UINT32 i = 0; i < most_tx && !error; i++)
		error = create_queue(NETCX_QUEUE_TX, i);
	for (UINT32 i = 0; i < most_rx && !error; i++)
		error = create_queue(NETCX_QUEUE_RX, i);
	if (error) {
		destroy_queues();
		return error;
	}
	if (queues_created)
		queues_created();
	for (auto *queues : {&tx, &rx}) {
		for (netcx_queue *queue : *queues)
			netcx_core_queue_start(queue);
	}
	running_ = true;
	return 0;
}

void Interface::drain(netcx_queue *queue)
{
	for (unsigned int i = 0; i < most_drain_rounds; i++) {
		if (netcx_core_queue_drained(queue))
			return;
		const Os::Atomic atomic;
		netcx_verifier_advance(queue);
	}
	Os::get().violation("a cancelled queue did not drain");
}

void Interface::hand_back(netcx_queue *queue)
{
	if (!queue->returns || queue->returns->BeginIndex == queue->returns->EndIndex)
		return;
	const Os::Atomic atomic;
	netcx_verifier_advance(queue);
}

void Interface::queues_down()
{
	running_ = false;
	for (auto *queues : {&tx, &rx}) {
		for (netcx_queue *queue : *queues)
			netcx_core_queue_cancel(queue);
	}
	for (auto *queues : {&tx, &rx}) {
		for (netcx_queue *queue : *queues)
			drain(queue);
	}
	if (queues_drained)
		queues_drained();
	for (netcx_queue *queue : rx)
		hand_back(queue);
	for (auto *queues : {&tx, &rx}) {
		for (netcx_queue *queue : *queues)
			netcx_core_queue_stop(queue);
	}
	if (queues_stopped)
		queues_stopped();
	destroy_queues();
}

int Interface::open()
{
	const StackLock lock;
	int error;

	if (!datapath_ && !lost)
		return -ENETDOWN;
	error = datapath_ ? queues_up() : 0;
	open_ = !error;
	return error;
}

void Interface::close()
{
	const StackLock lock;
	if (running_)
		queues_down();
	open_ = false;
}

void Interface::datapath_down()
{
	const StackLock lock;
	datapath_ = false;
	if (running_)
		queues_down();
}

int Interface::datapath_up()
{
	const StackLock lock;
	int error = 0;

	datapath_ = true;
	lost = false;
	if (open_)
		error = queues_up();
	if (error)
		datapath_ = false;
	return error;
}

} // namespace fake

static void tell_offloads(netcx_adapter *adapter)
{
	static const struct netcx_offloads none = {};
	struct netcx_offloads everything;

	/* They are all bytes. */
	RtlFillMemory(&everything, sizeof(everything), 1);
	netcx_core_adapter_set_offloads(adapter, adapter->offloads_paused ? &none : &everything);
}

extern "C" {

int netcx_os_adapter_register(struct netcx_adapter *adapter)
{
	Os::get().must_sleep("netcx_os_adapter_register");
	if (Os::get().injected_failure())
		return -ENOMEM;
	if (adapter->os)
		Os::get().violation("adapter registered twice");
	{
		const fake::StackLock lock;

		tell_offloads(adapter);
		adapter->os = new Interface(adapter);
	}
	if (Os::get().interface_shown)
		Os::get().interface_shown();
	return 0;
}

void netcx_os_adapter_unregister(struct netcx_adapter *adapter)
{
	Interface *interface = Interface::of(adapter);

	Os::get().must_sleep("netcx_os_adapter_unregister");
	if (!interface) {
		Os::get().violation("adapter unregistered that is not registered");
		return;
	}
	interface->close();
	adapter->os = nullptr;
	delete interface;
}

void netcx_os_adapter_datapath_down(struct netcx_adapter *adapter, BOOLEAN)
{
	Interface::of(adapter)->datapath_down();
}

int netcx_os_adapter_datapath_up(struct netcx_adapter *adapter, BOOLEAN blank)
{
	if (blank)
		tell_offloads(adapter);
	return Interface::of(adapter)->datapath_up();
}

void netcx_os_adapter_datapath_lost(struct netcx_adapter *adapter)
{
	Interface::of(adapter)->lost = true;
}

void netcx_os_adapter_link_changed(struct netcx_adapter *adapter)
{
	if (Interface::of(adapter))
		Interface::of(adapter)->link_changes++;
}

void netcx_os_adapter_mtu_changed(struct netcx_adapter *adapter)
{
	if (Interface::of(adapter))
		Interface::of(adapter)->mtu_changes++;
}

void netcx_os_adapter_address_changed(struct netcx_adapter *adapter)
{
	if (Interface::of(adapter))
		Interface::of(adapter)->address_changes++;
}

void netcx_os_adapter_offloads_changed(struct netcx_adapter *adapter)
{
	if (Interface::of(adapter))
		tell_offloads(adapter);
}

UINT32 netcx_os_adapter_index(struct netcx_adapter *adapter)
{
	return Interface::of(adapter) ? 7 : 0;
}

void netcx_os_queue_notify(struct netcx_queue *queue)
{
	if (Interface::of(queue->adapter))
		Interface::of(queue->adapter)->notifications[queue]++;
}

} // extern "C"
