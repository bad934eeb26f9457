/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A machine with one simulated 82574L, driven by hw/e1000e over module/core: what module/linux does
 * between the stack and the rings, as far as a test needs it. Needs no test framework, so that
 * fuzzers use it, too.
 */
#ifndef SIM82574_MACHINE_H
#define SIM82574_MACHINE_H

#include <memory>
#include <optional>

#include <netcx/net/checksumtypes.h>
#include <netcx/net/packethashtypes.h>

#include "core.h"
#include "sim82574/nic.h"

namespace sim82574
{

/* To be sent. */
struct Packet {
	/* Data by fragment. */
	std::vector<Bytes> fragments;
	/* In front of each fragment's data within its buffer. */
	UINT32 offset = 0;
	NET_PACKET_LAYOUT layout = {};
	NET_PACKET_CHECKSUM checksum = {};
	UINT32 mss = 0;
	std::optional<UINT16> tag;
	bool ignore = false;
};

/* What the client returned. */
struct Received {
	/* The translator would not take it. */
	bool sane = true;
	/* Because it is shorter than a header, which no client has to know. */
	bool is_too_short = false;
	bool ignored = false;
	Bytes bytes;
	UINT32 fragments = 0;
	NET_PACKET_CHECKSUM checksum = {};
	NET_PACKET_HASH hash = {};
	std::optional<UINT16> tag;
};

/* Memory that the device reaches. */
class DmaBuffer
{
public:
	DmaBuffer(netcx_os_device *device, SIZE_T bytes);
	~DmaBuffer();
	DmaBuffer(const DmaBuffer &) = delete;
	DmaBuffer &operator=(const DmaBuffer &) = delete;

	UINT8 *data = nullptr;
	UINT64 logical = 0;

private:
	netcx_os_device *device;
	SIZE_T bytes;
};

class TxPath
{
public:
	TxPath(netcx_os_device *device, netcx_queue *queue) : device(device), queue(queue) {}

	/* Writes it to the rings; false: there is no room. The client hears of it with advance(). */
	bool put(const Packet &packet);
	void advance();
	/* Takes back what the client returned; how many packets. False: it returned nonsense. */
	bool take_back(UINT32 *count = nullptr);
	UINT32 outstanding() const;

	netcx_queue *handle() const { return queue; }

private:
	netcx_os_device *device;
	netcx_queue *queue;
	/* By element of the fragment ring. */
	std::map<UINT32, std::unique_ptr<DmaBuffer>> buffers;
};

class RxPath
{
public:
	RxPath(netcx_os_device *device, netcx_queue *queue, UINT32 capacity);

	/* Gives the client all elements there are. */
	void refill();
	void advance();
	/* Takes back what the client returned. Nothing: it returned nonsense. */
	std::optional<std::vector<Received>> take();
	/* All three, as NAPI does them. */
	std::vector<Received> poll();

	netcx_queue *handle() const { return queue; }

private:
	Received read(const NET_PACKET *packet);

	netcx_os_device *device;
	netcx_queue *queue;
	UINT32 capacity;
	std::vector<std::unique_ptr<DmaBuffer>> buffers;
};

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
	/* As a suspend and a resume, or a reset of the whole device. */
	void power_down();
	int power_up();
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
