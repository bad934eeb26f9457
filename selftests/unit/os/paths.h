/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What module/linux does between the stack and the rings of a queue, as far as a test needs it: with
 * buffers in whichever way the client asked for them. Needs no test framework, so that fuzzers use it,
 * too.
 */
#ifndef FAKE_PATHS_H
#define FAKE_PATHS_H

#include <memory>
#include <optional>
#include <set>

#include <netcx/net/checksumtypes.h>
#include <netcx/net/packethashtypes.h>
#include <netcx/net/returncontexttypes.h>

#include "os/fake_os.h"

namespace fake
{

using Bytes = std::vector<UINT8>;

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
	/* Elements of the fragment ring: the first, and how many. */
	UINT32 fragment = 0;
	UINT32 fragments = 0;
	NET_PACKET_LAYOUT layout = {};
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

	/*
	 * Writes it to the rings, with the room before it that the client asks for; false: there is
	 * no room in the rings. The client hears of it with advance().
	 */
	bool put(const Packet &packet);
	void advance();
	/* Takes back what the client returned; how many packets. False: it returned nonsense. */
	bool take_back(UINT32 *count = nullptr);
	/* Packets that the client has. */
	UINT32 outstanding() const;
	/* Fragments whose buffers have not been taken back. */
	SIZE_T fragments_out() const { return buffers.size(); }

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
	/* @capacity: bytes of each buffer. */
	RxPath(netcx_os_device *device, netcx_queue *queue, UINT32 capacity);

	/* Gives the client all elements there are. */
	void refill();
	void advance();
	/* Takes back what the client returned. Nothing: it returned nonsense. */
	std::optional<std::vector<Received>> take();
	/* All three, as NAPI does them. */
	std::vector<Received> poll();
	/* Has the client given all of its elements back? */
	bool owns_everything() const;

	/*
	 * Buffers that are the client's own and come with packets: kept, or returned at once, to the
	 * queue's ring if it has one.
	 */
	bool keeps_buffers = false;
	void return_buffers();
	SIZE_T buffers_kept() const { return kept.size(); }
	/* How many have been returned so far. */
	UINT32 buffers_returned = 0;
	/* Bytes by which those of the system lie behind where they are aligned to a page. */
	UINT32 shift = 0;

	netcx_queue *handle() const { return queue; }

private:
	bool is_sane(const NET_PACKET *packet, UINT32 first) const;
	Received read(const NET_PACKET *packet) const;
	void keep_buffers_of(const NET_PACKET *packet);
	void return_buffer(NET_FRAGMENT_RETURN_CONTEXT_HANDLE buffer);
	/* NULL: there is no buffer. */
	UINT8 *bytes_at(UINT32 index) const;
	static BOOLEAN has_buffer(const void *path, UINT32 index);

	netcx_os_device *device;
	netcx_queue *queue;
	UINT32 capacity;
	/* By element of the fragment ring; none where they are the client's. */
	std::vector<std::unique_ptr<DmaBuffer>> buffers;
	std::set<NET_FRAGMENT_RETURN_CONTEXT_HANDLE> kept;
};

} // namespace fake

#endif /* FAKE_PATHS_H */
