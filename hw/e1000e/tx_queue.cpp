// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, "Transmit Functionality", in particular "TCP/IP Context Descriptor",
 * "TCP Segmentation", "Transmit Descriptor Ring Structure".
 */
#include "tx_queue.h"
#include "adapter.h"
#include "device.h"
#include "limits.h"
#include <common/extensions.h>
#include <common/log.h>
#include <common/objects.h>
#include <common/queue.h>
#include <netcx_ieee8021q.h>

namespace e1000e
{

namespace
{
constexpr ULONG pool_tag = 0x78543165; /* "e1Tx" */

/* Within a batch, RS is set in a descriptor at least that often, so that skbs are freed while the
 * rest of the batch is still being sent. */
constexpr UINT32 descriptors_per_report = 32;
/* A call that posts packets drains none while at most this part of the ring is outstanding. */
constexpr UINT32 lazy_fraction = 4;

constexpr UINT32 plain_data =
	tx_command::extension | tx_command::type_data | tx_command::insert_crc;

/*
 * Descriptors per fragment slot. Each fragment takes one, and each packet has at least one fragment
 * and may take a context. Fragments above tx_bytes_per_descriptor take more; if those do not fit,
 * post() leaves the packet for later.
 */
constexpr UINT32 descriptors_per_fragment = 2;
/* So that the largest packet fits into an empty ring, however few elements the rings have. */
constexpr UINT32 minimum_descriptors = 64;
static_assert(limits::tx_descriptors_per_packet < minimum_descriptors);

bool same_context(const TxContextDescriptor &a, const TxContextDescriptor &b)
{
	return RtlEqualMemory(&a, &b, sizeof(a));
}
} /* namespace */

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(TxQueue, tx_queue_context);

/* ---- data path: one thread at a time ---- */

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
		/* Only packets without descriptors: they go back with those before them. */
		reports[(report_tail - 1) & report_mask].packet_end = packet_end;
	} else {
		packets->BeginIndex = packet_end;
	}
}

inline UINT64 TxQueue::address_of(const NET_FRAGMENT *fragment) const
{
	const auto *element = reinterpret_cast<const UINT8 *>(fragment);

	return reinterpret_cast<const NET_FRAGMENT_LOGICAL_ADDRESS *>(element +
								      logical_address_offset)
		       ->LogicalAddress +
	       fragment->Offset;
}

inline NET_PACKET_CHECKSUM TxQueue::checksum_of(const NET_PACKET *packet) const
{
	if (!checksum_offset)
		return {};
	return *static_cast<const NET_PACKET_CHECKSUM *>(
		NetPacketGetExtension(packet, checksum_offset));
}

inline NET_PACKET_GSO TxQueue::gso_of(const NET_PACKET *packet) const
{
	if (!gso_offset)
		return {};
	return *static_cast<const NET_PACKET_GSO *>(NetPacketGetExtension(packet, gso_offset));
}

inline NET_PACKET_IEEE8021Q TxQueue::tag_of(const NET_PACKET *packet) const
{
	if (!ieee8021q_offset)
		return {};
	return *static_cast<const NET_PACKET_IEEE8021Q *>(
		NetPacketGetExtension(packet, ieee8021q_offset));
}

/*
 * Segmentation, a tag, or a checksum to be filled in ("required" is a checksum's only action but
 * none). A packet with an unspecified Layout can want a tag only.
 */
inline bool TxQueue::wants_offload(const NET_PACKET *packet) const
{
	if (__builtin_expect(packet->Layout.Layer3Type != NetPacketLayer3TypeUnspecified, false)) {
		const NET_PACKET_CHECKSUM wanted = checksum_of(packet);

		if (wanted.Layer3 || wanted.Layer4 || gso_of(packet).TCP.Mss)
			return true;
	}
	return tag_of(packet).TxTagging;
}

/* Writes the descriptors of any packet from @next on. */
__attribute__((__noinline__)) TxQueue::Ends TxQueue::post_any_packet(const NET_PACKET *packet,
								     UINT32 next)
{
	Rest rest = {packet->FragmentIndex, packet->FragmentCount, 0};
	UINT32 command = plain_data;
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

/* The same, with a fast path for a packet of one fragment and no offload. */
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
				  plain_data | tx_command::end_of_packet | length, 0};
	return {(next + 1) & descriptor_mask, NetRingIncrementIndex(fragments, index)};
}

/* False if not all packets fit; true also if there were none. */
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

inline bool TxQueue::is_done(const Report &report) const
{
	return ReadULongAcquire(&descriptors[report.descriptor].data.status) & tx_status::done;
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

/* What the hardware has no more; true: go on. */
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
		/* What did not fit may fit when the hardware has finished something. */
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

/* ---- offloads: what a packet wants done, in the hardware's terms ---- */

UINT32 TxQueue::packet_bytes(const NET_PACKET *packet) const
{
	UINT32 index = packet->FragmentIndex;
	UINT32 bytes = 0;

	for (UINT32 i = 0; i < packet->FragmentCount; i++) {
		bytes += static_cast<UINT32>(
			NetRingGetFragmentAtIndex(fragments, index)->ValidLength);
		index = NetRingIncrementIndex(fragments, index);
	}
	return bytes;
}

const UINT8 *TxQueue::bytes_of(const NET_FRAGMENT *fragment) const
{
	const auto *element = reinterpret_cast<const UINT8 *>(fragment);

	return static_cast<const UINT8 *>(reinterpret_cast<const NET_FRAGMENT_VIRTUAL_ADDRESS *>(
						  element + virtual_address_offset)
						  ->VirtualAddress) +
	       fragment->Offset;
}

/*
 * The first buffer of a packet that is segmented must not end with the headers (erratum of this
 * family of MACs). If it does, they go out from another buffer, with a little of the payload that
 * follows. Returns where the next descriptor goes.
 */
UINT32 TxQueue::post_head(const NET_PACKET *packet, const Offload &wanted, Rest *rest)
{
	const NET_PACKET_LAYOUT &layout = packet->Layout;
	const UINT32 headers =
		layout.Layer2HeaderLength + layout.Layer3HeaderLength + layout.Layer4HeaderLength;
	const NET_FRAGMENT *first = NetRingGetFragmentAtIndex(fragments, rest->index);
	const UINT32 second_index = NetRingIncrementIndex(fragments, rest->index);
	const NET_FRAGMENT *second = NetRingGetFragmentAtIndex(fragments, second_index);
	UINT32 payload = static_cast<UINT32>(second->ValidLength);
	UINT32 command = wanted.command;

	if (first->ValidLength != headers ||
	    headers > limits::tx_head_bytes - limits::tx_head_payload_bytes)
		return wanted.next;
	if (payload > limits::tx_head_payload_bytes)
		payload = limits::tx_head_payload_bytes;

	UINT8 *head = heads.buffer(wanted.next);

	RtlCopyMemory(head, bytes_of(first), headers);
	RtlCopyMemory(head + headers, bytes_of(second), payload);

	*rest = {second_index, rest->count - 1, payload};
	if (payload == second->ValidLength)
		*rest = {NetRingIncrementIndex(fragments, second_index), rest->count - 1, 0};
	if (!rest->count)
		command |= tx_command::end_of_packet;
	descriptors[wanted.next].data = {heads.address(wanted.next), command | (headers + payload),
					 wanted.status};
	return (wanted.next + 1) & descriptor_mask;
}

/*
 * The hardware remembers one context, the last of either queue, so with two queues that send each
 * packet needs its own (datasheet, "TCP/IP Context Descriptor", note). And so does each packet that
 * is segmented: what the context says of it is used up by that.
 */
UINT32 TxQueue::use_context(const TxContextDescriptor &wanted, UINT32 next)
{
	if (has_context && !(wanted.command & tx_context_command::segment) &&
	    device->engines.sending_queues() == 1 && same_context(context, wanted))
		return next;
	descriptors[next].context = wanted;
	context = wanted;
	has_context = true;
	return (next + 1) & descriptor_mask;
}

TxQueue::Offload TxQueue::offload(const NET_PACKET *packet, UINT32 next)
{
	const NET_PACKET_LAYOUT &layout = packet->Layout;
	const UINT32 mss = gso_of(packet).TCP.Mss;
	bool layer3 = mss && NetPacketIsIpv4(packet);
	bool layer4 = mss;

	if (!mss) {
		const NET_PACKET_CHECKSUM wanted = checksum_of(packet);

		layer3 = wanted.Layer3 == NetPacketTxChecksumActionRequired;
		layer4 = wanted.Layer4 == NetPacketTxChecksumActionRequired;
	}

	Offload result = {plain_data, 0, next};

	/*
	 * The hardware takes the tag from the first descriptor of a packet that it segments, from the
	 * last of another one (datasheet, "TCP/IP Data Descriptor", VLE): all have it.
	 */
	const NET_PACKET_IEEE8021Q tag = tag_of(packet);

	if (tag.TxTagging) {
		result.command |= tx_command::insert_vlan;
		result.status |= tx_status::VlanTag::of(netcx_ieee8021q_tci(&tag));
	}
	if (!layer3 && !layer4)
		return result;

	const bool tcp = layout.Layer4Type == NetPacketLayer4TypeTcp;
	const UINT32 layer3_start = layout.Layer2HeaderLength;
	const UINT32 layer4_start = layer3_start + layout.Layer3HeaderLength;
	TxContextDescriptor wanted = {};

	wanted.command = tx_context_command::extension;
	wanted.ip_start = static_cast<UINT8>(layer3_start);
	/* Must lie within the packet, for IPv6 too, where nothing is written to it. */
	wanted.ip_checksum = static_cast<UINT8>(layer3_start + limits::ipv4_checksum_offset);
	if (NetPacketIsIpv4(packet)) {
		wanted.ip_end = static_cast<UINT16>(layer4_start - 1);
		wanted.command |= tx_context_command::ipv4;
	}
	wanted.layer4_start = static_cast<UINT8>(layer4_start);
	wanted.layer4_checksum = static_cast<UINT8>(
		layer4_start + (tcp ? limits::tcp_checksum_offset : limits::udp_checksum_offset));
	if (tcp)
		wanted.command |= tx_context_command::tcp;

	if (layer3)
		result.status |= tx_status::insert_ip_checksum;
	if (layer4)
		result.status |= tx_status::insert_layer4_checksum;
	if (mss) {
		const UINT32 headers = layer4_start + layout.Layer4HeaderLength;

		wanted.mss = static_cast<UINT16>(mss);
		wanted.header_length = static_cast<UINT8>(headers);
		wanted.command |=
			tx_context_command::segment |
			tx_context_command::PayloadLength::of(packet_bytes(packet) - headers);
		result.command |= tx_command::segment;
	}
	result.next = use_context(wanted, next);
	return result;
}

void TxQueue::set_notification(bool enabled)
{
	device->hardware.write(enabled ? ims::reg : imc::reg, causes);
}

/* ---- life ---- */

void TxQueue::start()
{
	cancelled = false;
	restarted = false;
	begin_ring();
	device->interrupts.attach_tx(id, handle);
	device->engines.start(id, this);
}

void TxQueue::begin_ring()
{
	has_context = false;
	tail = 0;
	head = 0;
	unreported = 0;
	report_head = 0;
	report_tail = 0;
}

bool TxQueue::is_finished() const
{
	return report_head == report_tail || is_done(reports[(report_tail - 1) & report_mask]);
}

/* The rings change only within advance(). */
void TxQueue::restart()
{
	begin_ring();
	restarted = true;
}

void TxQueue::set_up_ring() const
{
	device->hardware.setup_ring(tx_registers, id, memory);
}

void TxQueue::release()
{
	turn.give_back();
	NetTxQueueNotifyMoreCompletedPacketsAvailable(handle);
}

/* Must not sleep, so the packets go back, sent or not, in the calls of advance() that follow. */
void TxQueue::cancel()
{
	cancellation = device->engines.cancel_tx(id);
	cancelled = true;
}

void TxQueue::stop()
{
	device->engines.settle();
	device->interrupts.detach_tx(id);
	device->hardware.write(imc::reg, causes);
}

NTSTATUS TxQueue::initialize(Device *device_of_queue, NETPACKETQUEUE handle_of_queue,
			     UINT32 id_of_queue)
{
	WDFMEMORY report_memory;
	void *report_buffer;
	NTSTATUS status;

	device = device_of_queue;
	handle = handle_of_queue;
	id = id_of_queue;
	device->engines.queue_created();

	const NET_RING_COLLECTION *rings = NetTxQueueGetRingCollection(handle);

	packets = NetRingCollectionGetPacketRing(rings);
	fragments = NetRingCollectionGetFragmentRing(rings);

	const UINT32 wanted = fragments->NumberOfElements * descriptors_per_fragment;
	const UINT32 size = wanted < minimum_descriptors ? minimum_descriptors : wanted;

	if (size > limits::ring_maximum) {
		LOG_ERROR("a tx ring has at most %u elements, not %u",
			  limits::ring_maximum / descriptors_per_fragment,
			  fragments->NumberOfElements);
		return STATUS_INVALID_PARAMETER;
	}

	logical_address_offset =
		common::tx_extension_offset(handle, fragments, common::extension::logical_address);
	virtual_address_offset =
		common::tx_extension_offset(handle, fragments, common::extension::virtual_address);
	checksum_offset = common::tx_extension_offset(handle, packets, common::extension::checksum);
	gso_offset = common::tx_extension_offset(handle, packets, common::extension::gso);
	ieee8021q_offset =
		common::tx_extension_offset(handle, packets, common::extension::ieee8021q);

	status = memory.create(device->dma_enabler, handle, size * sizeof(TxDescriptor));
	if (!NT_SUCCESS(status))
		return status;
	status = heads.create(device->dma_enabler, handle, size);
	if (!NT_SUCCESS(status))
		return status;
	descriptors = static_cast<TxDescriptor *>(memory.descriptors);
	descriptor_mask = size - 1;

	/* Each report covers at least one packet. */
	status = common::create_memory(handle, pool_tag, packets->NumberOfElements * sizeof(Report),
				       "a tx ring; try a smaller one", &report_memory,
				       &report_buffer);
	if (!NT_SUCCESS(status))
		return status;
	reports = static_cast<Report *>(report_buffer);
	report_mask = packets->ElementIndexMask;

	tail_register = device->hardware.address(tx_registers.tail(id));
	causes = device->interrupts.tx_cause(id);
	return device->interrupts.claim_tx(id, handle);
}

/* Also of a queue whose creation failed, however early. */
void TxQueue::clean_up()
{
	if (device)
		device->engines.queue_destroyed();
}

/* ---- creation ---- */

NTSTATUS evt_create_tx_queue(NETADAPTER adapter, NETTXQUEUE_INIT *init)
{
	using Callbacks = common::QueueCallbacks<tx_queue_context>;
	const UINT32 id = NetTxQueueInitGetQueueId(init);
	NET_PACKET_QUEUE_CONFIG config = Callbacks::config();
	WDF_OBJECT_ATTRIBUTES attributes;
	NETPACKETQUEUE queue;
	NTSTATUS status;

	if (id >= device_of(adapter)->interrupts.queues()) {
		LOG_ERROR("there is no tx queue %u", id);
		return STATUS_INVALID_PARAMETER;
	}
	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, TxQueue);
	attributes.EvtCleanupCallback = Callbacks::cleanup;
	status = common::create_tx_queue(init, &attributes, &config, &queue);
	if (!NT_SUCCESS(status))
		return status;
	return tx_queue_context(queue)->initialize(device_of(adapter), queue, id);
}

} /* namespace e1000e */
