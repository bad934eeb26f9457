// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The data path of a transmit queue: posting packets, and giving back those that were sent.
 * Whatever is called for every packet is in this file, so that it is inlined; only what packets
 * with offloads need is called, in tx_offload.cpp.
 *
 * EvtPacketQueueAdvance is called under the netdev tx queue's lock, so one thread at a time is
 * here.
 *
 * Facts: 82574 datasheet, "Transmit Functionality", in particular "Transmit Descriptor Ring
 * Structure".
 */
#include "tx_queue.h"
#include "device.h"
#include <common/queue.h>

namespace e1000e
{

namespace
{
/* Within a batch, RS is set in a descriptor at least that often, so that skbs are freed while the
 * rest of the batch is still being sent. */
constexpr UINT32 descriptors_per_report = 32;
/* A call that posts packets drains none while at most this part of the ring is outstanding. */
constexpr UINT32 lazy_fraction = 4;
} /* namespace */

/* ---- posting ---- */

/*
 * Sets RS in the descriptor before @end, and notes that packets before @packet_end may be returned
 * once that descriptor has DD.
 */
inline void TxQueue::report(UINT32 end, UINT32 packet_end)
{
	if (__builtin_expect(unreported != end, true)) {
		const UINT32 last = (end - 1) & descriptor_mask;

		descriptors[last].data.command |= tx_command::report_status;
		reports[report_tail & report_mask] = {last, packet_end, fragments->NextIndex};
		report_tail++;
		unreported = end;
	} else if (report_head != report_tail) {
		/* No descriptor was written: these packets go back with the ones before them. */
		reports[(report_tail - 1) & report_mask].packet_end = packet_end;
	} else {
		packets->BeginIndex = packet_end;
	}
}

inline UINT64 TxQueue::address_of(const NET_FRAGMENT *fragment) const
{
	return extensions.logical_address(fragment) + fragment->Offset;
}

/*
 * Does the packet want segmentation, a tag, or a checksum? The only action of a checksum besides
 * none is NetPacketTxChecksumActionRequired. With an unspecified Layout it can want a tag only.
 */
inline bool TxQueue::wants_offload(const NET_PACKET *packet) const
{
	if (__builtin_expect(packet->Layout.Layer3Type != NetPacketLayer3TypeUnspecified, false)) {
		const NET_PACKET_CHECKSUM wanted = extensions.checksum(packet);

		if (wanted.Layer3 || wanted.Layer4 || extensions.gso(packet).TCP.Mss)
			return true;
	}
	return extensions.tag(packet).TxTagging;
}

/* Writes the descriptors of any packet from @next on. */
__attribute__((__noinline__)) TxQueue::Ends TxQueue::post_any_packet(const NET_PACKET *packet,
								     UINT32 next)
{
	Rest rest = {packet->FragmentIndex, packet->FragmentCount, 0};
	UINT32 command = tx_command::plain_data;
	UINT32 status = 0;

	if (wants_offload(packet)) {
		const Offload wanted = offload(packet, next);

		command = wanted.command;
		status = wanted.status;
		next = (command & tx_command::segment) && rest.count > 1
			       ? post_head(packet, wanted, &rest)
			       : wanted.next;
	}

	for (; rest.count; rest.count--) {
		const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(fragments, rest.index);
		UINT32 length = static_cast<UINT32>(fragment->ValidLength) - rest.skip;
		UINT64 address = address_of(fragment) + rest.skip;

		rest.skip = 0;
		for (; length > limits::tx_bytes_per_descriptor;
		     length -= limits::tx_bytes_per_descriptor) {
			descriptors[next].data = {
				address, command | limits::tx_bytes_per_descriptor, status};
			next = (next + 1) & descriptor_mask;
			address += limits::tx_bytes_per_descriptor;
		}
		if (rest.count == 1)
			command |= tx_command::end_of_packet;
		descriptors[next].data = {address, command | length, status};
		next = (next + 1) & descriptor_mask;
		rest.index = NetRingIncrementIndex(fragments, rest.index);
	}
	return {next, rest.index};
}

/* As post_any_packet(), with a fast path for a packet of one fragment and no offload. */
__attribute__((__always_inline__)) inline TxQueue::Ends
TxQueue::post_packet(const NET_PACKET *packet, UINT32 next)
{
	const UINT32 index = packet->FragmentIndex;
	const NET_FRAGMENT *element = NetRingGetFragmentAtIndex(fragments, index);
	const UINT32 length = static_cast<UINT32>(element->ValidLength);

	if (__builtin_expect(packet->FragmentCount != 1 ||
				     length > limits::tx_bytes_per_descriptor ||
				     wants_offload(packet),
			     false))
		return post_any_packet(packet, next);
	descriptors[next].data = {address_of(element),
				  tx_command::plain_data | tx_command::end_of_packet | length, 0};
	return {(next + 1) & descriptor_mask, NetRingIncrementIndex(fragments, index)};
}

/* Posts packets; false if the ring has no room for all of them. */
__attribute__((__always_inline__)) inline bool TxQueue::post()
{
	NET_RING *const ring = packets;
	const UINT32 first = ring->NextIndex;
	const UINT32 end = ring->EndIndex;
	UINT32 index = first;
	Ends ends = {tail, fragments->NextIndex};

	if (first == end)
		return true;
	do {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(ring, index);

		if (__builtin_expect(!packet->Ignore && packet->FragmentCount, true)) {
			/* One descriptor stays unused: TDT equal to TDH means an empty ring. */
			if (__builtin_expect(((head - ends.descriptor - 1) & descriptor_mask) <
						     limits::tx_descriptors_per_packet,
					     false))
				break;
			ends = post_packet(packet, ends.descriptor);
		}
		index = NetRingIncrementIndex(ring, index);
		if (__builtin_expect(((ends.descriptor - unreported) & descriptor_mask) >=
					     descriptors_per_report,
				     false)) {
			fragments->NextIndex = ends.fragment;
			report(ends.descriptor, index);
		}
	} while (index != end);
	if (__builtin_expect(index != first, true)) {
		ring->NextIndex = index;
		fragments->NextIndex = ends.fragment;
		report(ends.descriptor, index);
		if (__builtin_expect(tail != ends.descriptor, true)) {
			tail = ends.descriptor;
			WRITE_REGISTER_ULONG(tail_register, ends.descriptor);
		}
	}
	return index == end;
}

/* ---- draining ---- */

inline bool TxQueue::is_done(const Report &report) const
{
	return ReadULongAcquire(&descriptors[report.descriptor].data.status) & tx_status::done;
}

bool TxQueue::is_finished() const
{
	return report_head == report_tail || is_done(reports[(report_tail - 1) & report_mask]);
}

/* Hands back all that was sent up to and including a report. */
inline void TxQueue::take(const Report &report)
{
	head = (report.descriptor + 1) & descriptor_mask;
	packets->BeginIndex = report.packet_end;
	fragments->BeginIndex = report.fragment_end;
}

/* True if anything was finished. */
bool TxQueue::drain()
{
	const UINT32 first = report_head;

	if (first == report_tail)
		return false;
	/* DD comes in order: if the newest report has it, which is common, so have all others. */
	if (const Report &newest = reports[(report_tail - 1) & report_mask]; is_done(newest)) {
		report_head = report_tail;
		take(newest);
		return true;
	}
	while (is_done(reports[report_head & report_mask]))
		report_head++;
	if (report_head == first)
		return false;
	take(reports[(report_head - 1) & report_mask]);
	return true;
}

/*
 * After cancel() or restart(): gives back the packets that the hardware has no more. True: the
 * queue goes on.
 */
__attribute__((__noinline__)) bool TxQueue::give_back()
{
	if (cancelled) {
		if (device->engines.is_over(cancellation)) {
			report_head = report_tail;
			common::return_tx_rings(packets, fragments);
		}
		return false;
	}
	restarted = false;
	packets->BeginIndex = packets->NextIndex;
	fragments->BeginIndex = fragments->NextIndex;
	return true;
}

__attribute__((__always_inline__)) inline void TxQueue::send_and_drain()
{
	for (;;) {
		const UINT32 before = tail;
		const bool all = post();

		/*
		 * The sender does not pay for draining while few descriptors are outstanding. NAPI
		 * drains them, in a call without packets to post, or a later call that finds more
		 * of the ring in use.
		 */
		if (all && tail != before &&
		    ((tail - head) & descriptor_mask) <= descriptor_mask / lazy_fraction)
			return;
		/* Packets that did not fit may fit now, if any descriptors were finished. */
		if (!drain() || all)
			return;
	}
}

void TxQueue::advance()
{
	if (__builtin_expect(!turn.try_take(), false))
		return;
	if (__builtin_expect(!cancelled && !restarted, true) || give_back())
		send_and_drain();
	turn.give_back();
}

} /* namespace e1000e */
