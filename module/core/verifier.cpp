// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The checks of verifier mode. What each rule of a queue's rings means is in
 * netcx_verifier_rules.h.
 *
 * before[] are copies of the rings, taken when a callback begins. On rx, the fields that a client
 * must write are filled with poison when it is given an element; if one still has that value when
 * the element comes back, the client did not write it. In the copy, the fields of all elements that
 * the client owns are set to poison, too, since the client may have written to them in an earlier
 * callback. module/linux does not rely on what was in a poisoned field.
 */
#include "verifier.h"

#include "core.h"
#include <netcx/net/checksum.h>
#include <netcx/net/databuffertypes.h>
#include <netcx/net/logicaladdresstypes.h>
#include <netcx/net/returncontexttypes.h>
#include <netcx/net/virtualaddresstypes.h>

namespace
{

constexpr UINT32 packet_ring = NetRingTypePacket;
constexpr UINT32 fragment_ring = NetRingTypeFragment;
constexpr UINT32 return_ring = NetRingTypeDataBuffer;

constexpr UINT32 poison_index = 0xffffffff;
constexpr UINT16 poison_count = 0xffff;
constexpr UINT8 poison_type = 0xf;
constexpr UINT32 poison_length = (1U << 26) - 1;
constexpr UINT32 poison_offset = (1U << 10) - 1;

/* Bit-fields Ignore and Scratch in the last byte of a NET_PACKET. */
constexpr UINT8 packet_ignore = 0x01;
constexpr UINT8 packet_scratch = 0x02;
constexpr SIZE_T packet_flags = sizeof(NET_PACKET) - 1;

constexpr UINT32 ethernet_header = 14;
constexpr UINT32 ipv4_header = 20;
constexpr UINT32 ipv6_header = 40;
constexpr UINT32 tcp_header = 20;
constexpr UINT32 tcp_header_most = 60;
constexpr UINT32 udp_header = 8;

/* Bytes of a NET_RING before BeginIndex: only the OS writes them. */
constexpr SIZE_T os_half = NETCX_OFFSETOF(NET_RING, BeginIndex);
constexpr SIZE_T ring_fields = NETCX_OFFSETOF(NET_RING, Buffer);
static_assert(ring_fields <= NETCX_VERIFIER_ELEMENT_BYTES);

SIZE_T ring_bytes(const NET_RING *ring)
{
	return ring_fields + static_cast<SIZE_T>(ring->ElementStride) * ring->NumberOfElements;
}

/* Elements in [from, to); masked, so it is safe for indices that a client has corrupted. */
UINT32 distance(const NET_RING *ring, UINT32 from, UINT32 to)
{
	return (to - from) & ring->ElementIndexMask;
}

UINT32 owned(const NET_RING *ring)
{
	return distance(ring, ring->BeginIndex, ring->EndIndex);
}

bool is_owned(const NET_RING *ring, UINT32 index)
{
	return distance(ring, ring->BeginIndex, index) < owned(ring);
}

void poison(NET_PACKET *packet)
{
	packet->FragmentIndex = poison_index;
	packet->FragmentCount = poison_count;
	packet->Layout.Layer2HeaderLength = 0x7f;
	packet->Layout.Layer3HeaderLength = 0x1ff;
	packet->Layout.Layer4HeaderLength = 0xff;
	packet->Layout.Layer2Type = poison_type;
	packet->Layout.Layer3Type = poison_type;
	packet->Layout.Layer4Type = poison_type;
}

void poison(NET_FRAGMENT *fragment, bool driver_attached)
{
	fragment->ValidLength = poison_length;
	fragment->Offset = poison_offset;
	if (driver_attached)
		fragment->Capacity = poison_length;
}

const void *extension(const void *element, UINT16 offset)
{
	return static_cast<const UINT8 *>(element) + offset;
}

} // namespace

struct netcx_verifier {
	netcx_queue *queue;
	bool receives;
	bool driver_attached;
	bool exclusive;
	/* The queue's rings, and the copies of them. Of return contexts there may be none. */
	UINT32 rings;
	NET_RING *live[NETCX_VERIFIER_RINGS];
	NET_RING *before[NETCX_VERIFIER_RINGS];
	/* BeginIndex and NextIndex at the end of the last callback. */
	UINT32 begin[NETCX_VERIFIER_RINGS];
	UINT32 next[NETCX_VERIFIER_RINGS];
	/* Elements up to this one, exclusive, have been poisoned. */
	UINT32 poisoned[NETCX_VERIFIER_RINGS];
	/* The client need not use NextIndex; it is checked from its first change on. */
	bool uses_next[NETCX_VERIFIER_RINGS];
	bool stopped;
	/* A rule was broken and reported; no more checks. */
	bool violated;
	const char *callback;
	/* The queue whose callback was running on this processor when this one's began; or NULL. */
	netcx_queue *outer;
	netcx_violation violation;

	void conceal(SIZE_T offset, SIZE_T bytes);
	void conceal_addresses();
	bool violate(netcx_verifier_rule rule, UINT32 ring, UINT32 element);
	void take_over_new_elements();
	void copy();
	void poison_copy();
	void repair();
	bool verify_indices_kept();
	bool verify_rings();
	bool verify_next(UINT32 ring);
	bool verify_os_elements(UINT32 ring);
	bool verify_return_contexts();
	bool verify_tx();
	bool verify_tx_fragment_begin();
	bool verify_addresses();
	bool verify_rx();
	bool verify_rx_packet(UINT32 index, bool returned, UINT32 *fragments_used);
	bool verify_written(UINT32 index);
	bool verify_range(UINT32 index, UINT32 *fragments_used);
	bool verify_layout(UINT32 index);
	bool verify_checksum(UINT32 index);
	bool verify_rx_fragments(UINT32 index);
	bool verify_all();
};

/* ---- reports ---- */

static netcx_ring_indices indices_of(const NET_RING *ring)
{
	return {ring->BeginIndex, ring->NextIndex, ring->EndIndex, ring->OSReserved0};
}

/* One address in what the violation shows; nothing of what lies behind its end. */
void netcx_verifier::conceal(SIZE_T offset, SIZE_T bytes)
{
	UINT8 *was = violation.element_before + offset;
	UINT8 *is = violation.element_after + offset;

	if (offset >= violation.bytes)
		return;
	if (bytes > violation.bytes - offset)
		bytes = violation.bytes - offset;

	const UINT8 after = RtlEqualMemory(was, is, bytes) ? 0 : 0xff;

	RtlZeroMemory(was, bytes);
	RtlFillMemory(is, bytes, after);
	for (SIZE_T i = offset; i < offset + bytes; i++)
		violation.concealed |= 1ULL << i;
}

/* Of the kernel, of the device, and of the client, in whatever is shown. */
void netcx_verifier::conceal_addresses()
{
	const netcx_queue_layout &layout = queue->layout;
	const SIZE_T word = sizeof(void *);

	violation.concealed = 0;
	if (violation.element == NETCX_VERIFIER_NO_ELEMENT) {
		/* The first word is an index. */
		for (SIZE_T i = 1; i < ARRAYSIZE(live[0]->OSReserved2); i++)
			conceal(NETCX_OFFSETOF(NET_RING, OSReserved2) + i * word, word);
		conceal(NETCX_OFFSETOF(NET_RING, Scratch), word);
		return;
	}
	if (violation.ring == return_ring)
		conceal(0, sizeof(NET_FRAGMENT_RETURN_CONTEXT));
	if (violation.ring != fragment_ring)
		return;
	if (layout.fragment_virtual_address)
		conceal(layout.fragment_virtual_address, sizeof(NET_FRAGMENT_VIRTUAL_ADDRESS));
	if (layout.fragment_logical_address)
		conceal(layout.fragment_logical_address, sizeof(NET_FRAGMENT_LOGICAL_ADDRESS));
	if (layout.fragment_return_context)
		conceal(layout.fragment_return_context, sizeof(NET_FRAGMENT_RETURN_CONTEXT));
	if (layout.fragment_net_memory)
		conceal(layout.fragment_net_memory, sizeof(NET_FRAGMENT_NET_MEMORY));
}

/* Reports the broken rule. Returns false, so that callers can return it and check no further. */
bool netcx_verifier::violate(netcx_verifier_rule rule, UINT32 ring, UINT32 element)
{
	const void *was = before[ring];
	const void *is = live[ring];
	SIZE_T bytes = ring_fields;

	/* With the copy's ElementStride, since the client may have changed the ring's. */
	if (element != NETCX_VERIFIER_NO_ELEMENT) {
		const SIZE_T at =
			ring_fields + static_cast<SIZE_T>(before[ring]->ElementStride) * element;

		was = static_cast<const UINT8 *>(was) + at;
		is = static_cast<const UINT8 *>(is) + at;
		bytes = before[ring]->ElementStride;
		if (bytes > NETCX_VERIFIER_ELEMENT_BYTES)
			bytes = NETCX_VERIFIER_ELEMENT_BYTES;
	}
	violation.rule = rule;
	violation.callback = callback;
	violation.type = queue->type;
	violation.queue = queue->id;
	violation.rings = rings;
	for (UINT32 i = 0; i < rings; i++) {
		violation.before[i] = indices_of(before[i]);
		violation.after[i] = indices_of(live[i]);
	}
	violation.ring = ring;
	violation.element = element;
	violation.bytes = static_cast<UINT32>(bytes);
	RtlCopyMemory(violation.element_before, was, bytes);
	RtlCopyMemory(violation.element_after, is, bytes);
	conceal_addresses();

	violated = true;
	repair();
	netcx_os_verifier_report(queue, &violation);
	return false;
}

/*
 * Restores what is the OS's in the rings: its fields, and the elements that the client does not
 * own, which return contexts never are. BeginIndex is kept if it is within what the client owned.
 */
void netcx_verifier::repair()
{
	for (UINT32 i = 0; i < rings; i++) {
		NET_RING *ring = live[i];
		const NET_RING *was = before[i];
		UINT8 *elements = reinterpret_cast<UINT8 *>(ring) + ring_fields;
		const UINT8 *elements_were = reinterpret_cast<const UINT8 *>(was) + ring_fields;

		RtlCopyMemory(ring, was, os_half);
		if (ring->BeginIndex > ring->ElementIndexMask || owned(ring) > owned(was))
			ring->BeginIndex = was->BeginIndex;
		if (i == return_ring) {
			RtlCopyMemory(elements, elements_were, ring_bytes(was) - ring_fields);
			continue;
		}
		for (UINT32 j = was->EndIndex; j != was->BeginIndex;
		     j = NetRingIncrementIndex(was, j)) {
			const SIZE_T at = static_cast<SIZE_T>(was->ElementStride) * j;

			RtlCopyMemory(elements + at, elements_were + at, was->ElementStride);
		}
	}
}

/* ---- before a callback ---- */

void netcx_verifier::take_over_new_elements()
{
	NET_RING *packets = live[packet_ring];
	NET_RING *fragments = live[fragment_ring];

	for (UINT32 &i = poisoned[packet_ring]; i != packets->EndIndex;
	     i = NetRingIncrementIndex(packets, i))
		poison(NetRingGetPacketAtIndex(packets, i));
	for (UINT32 &i = poisoned[fragment_ring]; i != fragments->EndIndex;
	     i = NetRingIncrementIndex(fragments, i))
		poison(NetRingGetFragmentAtIndex(fragments, i), driver_attached);
}

void netcx_verifier::copy()
{
	for (UINT32 i = 0; i < rings; i++)
		RtlCopyMemory(before[i], live[i], ring_bytes(before[i]));
}

void netcx_verifier::poison_copy()
{
	NET_RING *packets = before[packet_ring];
	NET_RING *fragments = before[fragment_ring];

	for (UINT32 i = packets->BeginIndex; i != packets->EndIndex;
	     i = NetRingIncrementIndex(packets, i))
		poison(NetRingGetPacketAtIndex(packets, i));
	for (UINT32 i = fragments->BeginIndex; i != fragments->EndIndex;
	     i = NetRingIncrementIndex(fragments, i))
		poison(NetRingGetFragmentAtIndex(fragments, i), driver_attached);
}

/* Checks that the client has not moved an index since the last callback ended. */
bool netcx_verifier::verify_indices_kept()
{
	if (!exclusive && !stopped)
		return true;
	for (UINT32 i = 0; i < rings; i++) {
		const NET_RING *ring = live[i];

		if (ring->BeginIndex == begin[i] && ring->NextIndex == next[i])
			continue;
		/* So that the report shows the indices as they should be. */
		for (UINT32 j = 0; j < rings; j++) {
			before[j]->BeginIndex = begin[j];
			before[j]->NextIndex = next[j];
		}
		violate(stopped ? netcx_rule_RingTouchedAfterStop
				: netcx_rule_RingTouchedOutsideCallback,
			i, NETCX_VERIFIER_NO_ELEMENT);
		for (UINT32 j = 0; j < rings; j++) {
			live[j]->BeginIndex = begin[j];
			live[j]->NextIndex = next[j];
		}
		return false;
	}
	return true;
}

/* ---- after a callback: both directions ---- */

bool netcx_verifier::verify_next(UINT32 ring)
{
	const NET_RING *was = before[ring];
	const NET_RING *is = live[ring];
	const bool used_next = uses_next[ring];

	if (is->NextIndex != was->NextIndex)
		uses_next[ring] = true;
	/* A client that owns nothing has nothing to post; NextIndex may have any value. */
	if (!uses_next[ring] || !owned(is))
		return true;
	if (is->NextIndex > was->ElementIndexMask ||
	    distance(was, is->BeginIndex, is->NextIndex) > owned(is) ||
	    (used_next && distance(was, was->BeginIndex, is->NextIndex) <
				  distance(was, was->BeginIndex, was->NextIndex)))
		return violate(netcx_rule_InvalidRingNextIndex, ring, NETCX_VERIFIER_NO_ELEMENT);
	return true;
}

/*
 * Checks that elements that the OS owns did not change. The one before BeginIndex is left out, as
 * in NetAdapterCx's verifier.
 */
bool netcx_verifier::verify_os_elements(UINT32 ring)
{
	const NET_RING *was = before[ring];
	const UINT32 end = NetRingAdvanceIndex(was, was->BeginIndex, -1);

	for (UINT32 i = was->EndIndex; i != end; i = NetRingIncrementIndex(was, i)) {
		if (!RtlEqualMemory(NetRingGetElementAtIndex(was, i),
				    NetRingGetElementAtIndex(live[ring], i), was->ElementStride))
			return violate(netcx_rule_InvalidRingImmutableFrameworkElement, ring, i);
	}
	return true;
}

/* A client takes them, and writes none of them at any time. */
bool netcx_verifier::verify_return_contexts()
{
	const NET_RING *was = before[return_ring];

	for (UINT32 i = 0; was && i < was->NumberOfElements; i++) {
		if (!RtlEqualMemory(NetRingGetElementAtIndex(was, i),
				    NetRingGetElementAtIndex(live[return_ring], i),
				    was->ElementStride))
			return violate(netcx_rule_InvalidRingImmutable, return_ring, i);
	}
	return true;
}

bool netcx_verifier::verify_rings()
{
	for (UINT32 i = 0; i < rings; i++) {
		if (!RtlEqualMemory(before[i], live[i], os_half))
			return violate(netcx_rule_InvalidRingImmutable, i,
				       NETCX_VERIFIER_NO_ELEMENT);
	}
	for (UINT32 i = 0; i < rings; i++) {
		if (live[i]->BeginIndex > live[i]->ElementIndexMask ||
		    owned(live[i]) > owned(before[i]))
			return violate(netcx_rule_InvalidRingBeginIndex, i,
				       NETCX_VERIFIER_NO_ELEMENT);
	}
	return verify_next(packet_ring) && verify_next(fragment_ring) &&
	       verify_os_elements(packet_ring) && verify_os_elements(fragment_ring) &&
	       verify_return_contexts();
}

/* Checks that the client did not change addresses of buffers that the OS attached. */
bool netcx_verifier::verify_addresses()
{
	const NET_RING *was = before[fragment_ring];
	const UINT16 offsets[] = {queue->layout.fragment_virtual_address,
				  queue->layout.fragment_logical_address};

	for (UINT32 i = was->BeginIndex; i != was->EndIndex; i = NetRingIncrementIndex(was, i)) {
		const void *fragment_was = NetRingGetElementAtIndex(was, i);
		const void *fragment = NetRingGetElementAtIndex(live[fragment_ring], i);

		for (UINT16 offset : offsets) {
			if (offset && !RtlEqualMemory(extension(fragment_was, offset),
						      extension(fragment, offset), sizeof(UINT64)))
				return violate(netcx_rule_InvalidRingImmutableFragmentAddress,
					       fragment_ring, i);
		}
	}
	return true;
}

/* ---- after a callback: tx ---- */

/* Equal except for @free_bits of the last byte, which the client may change. */
static bool is_same_packet(const NET_PACKET *a, const NET_PACKET *b, UINT8 free_bits)
{
	const UINT8 *bytes_a = reinterpret_cast<const UINT8 *>(a);
	const UINT8 *bytes_b = reinterpret_cast<const UINT8 *>(b);

	return RtlEqualMemory(a, b, packet_flags) &&
	       !((bytes_a[packet_flags] ^ bytes_b[packet_flags]) & ~free_bits);
}

bool netcx_verifier::verify_tx()
{
	const NET_RING *packets = before[packet_ring];
	const NET_RING *fragments = before[fragment_ring];

	for (UINT32 i = packets->BeginIndex; i != packets->EndIndex;
	     i = NetRingIncrementIndex(packets, i)) {
		if (!is_same_packet(NetRingGetPacketAtIndex(packets, i),
				    NetRingGetPacketAtIndex(live[packet_ring], i), packet_scratch))
			return violate(netcx_rule_InvalidRingImmutableDriverTxPacket, packet_ring,
				       i);
	}
	for (UINT32 i = fragments->BeginIndex; i != fragments->EndIndex;
	     i = NetRingIncrementIndex(fragments, i)) {
		const NET_FRAGMENT *was = NetRingGetFragmentAtIndex(fragments, i);
		const NET_FRAGMENT *is = NetRingGetFragmentAtIndex(live[fragment_ring], i);

		if (is->ValidLength != was->ValidLength || is->Capacity != was->Capacity ||
		    is->Offset != was->Offset || is->OsReserved_Bounced != was->OsReserved_Bounced)
			return violate(netcx_rule_InvalidRingImmutableDriverTxFragment,
				       fragment_ring, i);
	}
	return verify_tx_fragment_begin() && verify_addresses();
}

bool netcx_verifier::verify_tx_fragment_begin()
{
	const NET_RING *packets = before[packet_ring];
	const NET_RING *fragments = before[fragment_ring];
	UINT32 expected = fragments->BeginIndex;

	for (UINT32 i = packets->BeginIndex; i != live[packet_ring]->BeginIndex;
	     i = NetRingIncrementIndex(packets, i)) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(packets, i);

		if (!packet->Ignore)
			expected = NetRingAdvanceIndex(fragments, packet->FragmentIndex,
						       packet->FragmentCount);
	}
	if (live[fragment_ring]->BeginIndex != expected)
		return violate(netcx_rule_InvalidRingTxFragmentBeginIndex, fragment_ring,
			       NETCX_VERIFIER_NO_ELEMENT);
	return true;
}

/* ---- after a callback: rx ---- */

bool netcx_verifier::verify_written(UINT32 index)
{
	const NET_PACKET *packet = NetRingGetPacketAtIndex(live[packet_ring], index);

	if (packet->FragmentIndex == poison_index || packet->FragmentCount == poison_count ||
	    packet->Layout.Layer2Type == poison_type || packet->Layout.Layer3Type == poison_type ||
	    packet->Layout.Layer4Type == poison_type)
		return violate(netcx_rule_InvalidRingUnmodifiedRxPacket, packet_ring, index);
	return true;
}

/*
 * Checks that the packet's fragments were owned before, are returned now and follow those of the
 * packet before it. *@fragments_used: how many of those owned before are taken up by the packets so
 * far.
 */
bool netcx_verifier::verify_range(UINT32 index, UINT32 *fragments_used)
{
	const NET_PACKET *packet = NetRingGetPacketAtIndex(live[packet_ring], index);
	const NET_RING *was = before[fragment_ring];
	const NET_RING *is = live[fragment_ring];
	const UINT32 count = packet->FragmentCount;
	const UINT32 first = packet->FragmentIndex;
	const UINT32 last = NetRingAdvanceIndex(was, first, static_cast<INT32>(count) - 1);
	const UINT32 first_place = distance(was, was->BeginIndex, first);
	const UINT32 last_place = distance(was, was->BeginIndex, last);
	netcx_verifier_rule rule = netcx_rule_none;

	if (!count)
		rule = netcx_rule_InvalidRingRxPacketFragmentCountZero;
	else if (count > owned(was))
		rule = netcx_rule_InvalidRingRxPacketFragmentCountOutOfRange;
	else if (first > was->ElementIndexMask || !is_owned(was, first))
		rule = netcx_rule_InvalidRingRxPacketFragmentIndexOutOfPreRange;
	else if (!is_owned(was, last))
		rule = netcx_rule_InvalidRingRxPacketFragmentCountOutOfPreRange;
	else if (is_owned(is, first))
		rule = netcx_rule_InvalidRingRxPacketFragmentIndexOutOfPostRange;
	else if (is_owned(is, last))
		rule = netcx_rule_InvalidRingRxPacketFragmentCountOutOfPostRange;
	else if (first_place < *fragments_used)
		rule = netcx_rule_InvalidRingRxPacketFragmentIndexOverlap;
	else if (last_place < first_place)
		rule = netcx_rule_InvalidRingRxPacketFragmentCountOverlap;
	if (rule != netcx_rule_none)
		return violate(rule, packet_ring, index);
	*fragments_used = last_place + 1;
	return true;
}

bool netcx_verifier::verify_layout(UINT32 index)
{
	const NET_PACKET *packet = NetRingGetPacketAtIndex(live[packet_ring], index);
	const NET_PACKET_LAYOUT &layout = packet->Layout;
	const UINT32 length2 = layout.Layer2HeaderLength;
	const UINT32 length3 = layout.Layer3HeaderLength;
	const UINT32 length4 = layout.Layer4HeaderLength;
	netcx_verifier_rule rule = netcx_rule_none;

	if (layout.Layer2Type > NetPacketLayer2TypeIeee80211)
		rule = netcx_rule_InvalidRingRxPacketLayer2Type;
	else if (layout.Layer2Type == NetPacketLayer2TypeNull && length2)
		rule = netcx_rule_InvalidRingRxPacketLayer2TypeNullLengthNonZero;
	else if (layout.Layer2Type == NetPacketLayer2TypeEthernet && length2 &&
		 length2 < ethernet_header)
		rule = netcx_rule_InvalidRingRxPacketLayer2TypeEthernetLengthInvalid;
	else if (layout.Layer3Type > NetPacketLayer3TypeIPv6NoExtensions)
		rule = netcx_rule_InvalidRingRxPacketLayer3Type;
	else if (NetPacketIsIpv4(packet) && length3 && length3 < ipv4_header)
		rule = netcx_rule_InvalidRingRxPacketLayer3TypeIPv4LengthInvalid;
	else if (NetPacketIsIpv6(packet) && length3 && length3 < ipv6_header)
		rule = netcx_rule_InvalidRingRxPacketLayer3TypeIPv6LengthInvalid;
	else if (layout.Layer4Type > NetPacketLayer4TypeIPNotFragment)
		rule = netcx_rule_InvalidRingRxPacketLayer4Type;
	else if (layout.Layer4Type == NetPacketLayer4TypeTcp && length4 &&
		 (length4 < tcp_header || length4 > tcp_header_most || length4 % 4))
		rule = netcx_rule_InvalidRingRxPacketLayer4TypeTcpLengthInvalid;
	else if (layout.Layer4Type == NetPacketLayer4TypeUdp && length4 && length4 < udp_header)
		rule = netcx_rule_InvalidRingRxPacketLayer4TypeUdpLengthInvalid;
	if (rule != netcx_rule_none)
		return violate(rule, packet_ring, index);
	return true;
}

bool netcx_verifier::verify_checksum(UINT32 index)
{
	const UINT16 offset = queue->layout.packet_checksum;

	if (!offset)
		return true;

	const NET_PACKET_CHECKSUM *checksum = static_cast<const NET_PACKET_CHECKSUM *>(
		extension(NetRingGetElementAtIndex(live[packet_ring], index), offset));

	if (checksum->Layer2 > NetPacketRxChecksumEvaluationInvalid ||
	    checksum->Layer3 > NetPacketRxChecksumEvaluationInvalid ||
	    checksum->Layer4 > NetPacketRxChecksumEvaluationInvalid)
		return violate(netcx_rule_InvalidRingRxPacketChecksum, packet_ring, index);
	return true;
}

bool netcx_verifier::verify_rx_fragments(UINT32 index)
{
	const NET_PACKET *packet = NetRingGetPacketAtIndex(live[packet_ring], index);
	const NET_RING *ring = before[fragment_ring];
	UINT32 i = packet->FragmentIndex;

	for (UINT32 left = packet->FragmentCount; left; left--) {
		const NET_FRAGMENT *was = NetRingGetFragmentAtIndex(ring, i);
		const NET_FRAGMENT *is = NetRingGetFragmentAtIndex(live[fragment_ring], i);

		if (is->OsReserved_Bounced != was->OsReserved_Bounced ||
		    (!driver_attached && is->Capacity != was->Capacity))
			return violate(netcx_rule_InvalidRingUnmodifiedRxFragment, fragment_ring,
				       i);
		if (is->ValidLength == poison_length || is->Offset == poison_offset ||
		    (driver_attached && is->Capacity == poison_length))
			return violate(netcx_rule_InvalidRingModifiedRxFragment, fragment_ring, i);
		if (is->Offset + is->ValidLength > is->Capacity)
			return violate(netcx_rule_InvalidRingRxPacketFragmentLengthInvalid,
				       fragment_ring, i);
		i = NetRingIncrementIndex(ring, i);
	}
	return true;
}

bool netcx_verifier::verify_rx_packet(UINT32 index, bool returned, UINT32 *fragments_used)
{
	const NET_PACKET *was = NetRingGetPacketAtIndex(before[packet_ring], index);
	const NET_PACKET *is = NetRingGetPacketAtIndex(live[packet_ring], index);

	if (is->Ignore) {
		if (!is_same_packet(was, is, packet_ignore | packet_scratch))
			return violate(netcx_rule_InvalidRingImmutableDriverRxPacketIgnore,
				       packet_ring, index);
		return true;
	}
	if (is->Reserved1 != was->Reserved1 || is->Layout.Reserved0 != was->Layout.Reserved0)
		return violate(netcx_rule_InvalidRingModifiedRxPacket, packet_ring, index);
	if (!returned)
		return true;
	return verify_written(index) && verify_range(index, fragments_used) &&
	       verify_layout(index) && verify_rx_fragments(index) && verify_checksum(index);
}

bool netcx_verifier::verify_rx()
{
	const NET_RING *packets = before[packet_ring];
	UINT32 fragments_used = 0;
	bool returned = true;

	for (UINT32 i = packets->BeginIndex; i != packets->EndIndex;
	     i = NetRingIncrementIndex(packets, i)) {
		if (i == live[packet_ring]->BeginIndex)
			returned = false;
		if (!verify_rx_packet(i, returned, &fragments_used))
			return false;
	}
	return driver_attached || verify_addresses();
}

bool netcx_verifier::verify_all()
{
	return verify_rings() && (receives ? verify_rx() : verify_tx());
}

/* ---- what the two halves call ---- */

extern "C" {

BOOLEAN netcx_verifier_create(struct netcx_queue *queue, BOOLEAN exclusive)
{
	netcx_verifier *verifier =
		static_cast<netcx_verifier *>(netcx_os_zalloc(sizeof(netcx_verifier)));

	if (!verifier)
		return FALSE;
	verifier->queue = queue;
	verifier->receives = queue->type == NETCX_QUEUE_RX;
	verifier->driver_attached =
		verifier->receives &&
		queue->adapter->rx.AttachmentMode == NetRxFragmentBufferAttachmentModeDriver;
	verifier->exclusive = exclusive;
	verifier->live[packet_ring] = queue->packets;
	verifier->live[fragment_ring] = queue->fragments;
	verifier->live[return_ring] = queue->returns;
	verifier->rings = queue->returns ? 3 : 2;
	queue->verifier = verifier;
	for (UINT32 i = 0; i < verifier->rings; i++) {
		const SIZE_T bytes = ring_bytes(verifier->live[i]);

		verifier->before[i] = static_cast<NET_RING *>(netcx_os_zalloc(bytes));
		if (!verifier->before[i]) {
			netcx_verifier_destroy(queue);
			return FALSE;
		}
		/* Only stride and size; netcx_verifier_enter() copies everything. */
		RtlCopyMemory(verifier->before[i], verifier->live[i], ring_fields);
	}
	return TRUE;
}

void netcx_verifier_destroy(struct netcx_queue *queue)
{
	netcx_verifier *verifier = queue->verifier;

	if (!verifier)
		return;
	queue->verifier = nullptr;
	for (NET_RING *ring : verifier->before)
		netcx_os_free(ring);
	netcx_os_free(verifier);
}

void netcx_verifier_enter(struct netcx_queue *queue, const char *callback)
{
	netcx_verifier *verifier = queue->verifier;

	if (!verifier)
		return;
	verifier->outer = netcx_os_verifier_running(queue);
	verifier->callback = callback;
	if (verifier->violated) {
		verifier->copy();
		return;
	}
	if (verifier->receives)
		verifier->take_over_new_elements();
	verifier->copy();
	if (verifier->receives)
		verifier->poison_copy();
	verifier->verify_indices_kept();
}

void netcx_verifier_leave(struct netcx_queue *queue)
{
	netcx_verifier *verifier = queue->verifier;

	if (!verifier)
		return;
	netcx_os_verifier_running(verifier->outer);
	if (verifier->violated)
		verifier->repair();
	else
		verifier->verify_all();
	for (UINT32 i = 0; i < verifier->rings; i++) {
		verifier->begin[i] = verifier->live[i]->BeginIndex;
		verifier->next[i] = verifier->live[i]->NextIndex;
	}
}

void netcx_verifier_advance(struct netcx_queue *queue)
{
	netcx_verifier_enter(queue, "EvtPacketQueueAdvance");
	queue->advance(queue->handle);
	netcx_verifier_leave(queue);
}

void netcx_verifier_set_notification(struct netcx_queue *queue)
{
	netcx_verifier_enter(queue, "EvtPacketQueueSetNotificationEnabled");
	queue->set_notification(queue->handle, TRUE);
	netcx_verifier_leave(queue);
}

void netcx_verifier_stopped(struct netcx_queue *queue)
{
	netcx_verifier *verifier = queue->verifier;

	if (!verifier)
		return;
	verifier->callback = "EvtPacketQueueStop";
	verifier->copy();
	verifier->stopped = true;
}

void netcx_verifier_check_stopped(struct netcx_queue *queue)
{
	netcx_verifier *verifier = queue->verifier;

	if (!verifier)
		return;
	if (verifier->stopped && !verifier->violated && verifier->verify_indices_kept()) {
		for (UINT32 i = 0; i < verifier->rings; i++) {
			const NET_RING *was = verifier->before[i];
			UINT32 j = 0;

			while (j < was->NumberOfElements &&
			       RtlEqualMemory(NetRingGetElementAtIndex(was, j),
					      NetRingGetElementAtIndex(verifier->live[i], j),
					      was->ElementStride))
				j++;
			if (j == was->NumberOfElements)
				continue;
			verifier->violate(netcx_rule_RingTouchedAfterStop, i, j);
			break;
		}
	}
	/* The queue starts with indices of 0. */
	verifier->stopped = false;
	for (UINT32 i = 0; i < verifier->rings; i++) {
		verifier->begin[i] = 0;
		verifier->next[i] = 0;
		verifier->poisoned[i] = 0;
		verifier->uses_next[i] = false;
	}
}

void netcx_verifier_undrained(struct netcx_queue *queue)
{
	netcx_verifier *verifier = queue->verifier;

	if (!verifier || verifier->violated)
		return;
	verifier->callback = "EvtPacketQueueCancel";
	verifier->copy();
	verifier->violate(netcx_rule_QueueNotDrained,
			  owned(queue->packets) ? packet_ring : fragment_ring,
			  NETCX_VERIFIER_NO_ELEMENT);
}

} // extern "C"
