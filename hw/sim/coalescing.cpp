// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: "Rules for Coalescing TCP/IP Segments" of the Windows driver documentation; RFC 7323. */
#include "coalescing.h"
#include <common/objects.h>

namespace sim
{

namespace
{
constexpr ULONG pool_tag = 0x6f634953; /* "SIco" */

constexpr UINT32 tcp_sequence = 4;
constexpr UINT32 tcp_acknowledgement = 8;
constexpr UINT32 tcp_flags = 13;
constexpr UINT32 tcp_window = 14;
constexpr UINT32 tcp_options = 20;
constexpr UINT32 flag_push = 0x08;
constexpr UINT32 flag_acknowledge = 0x10;
/* Two NOPs, kind 8, length 10: the usual alignment of the timestamp option. */
constexpr UINT32 timestamp_option = 0x0101080a;
constexpr UINT32 timestamp_bytes = 12;
constexpr UINT32 ports_bytes = 4;

UINT32 options_bytes(const Headers &headers)
{
	return headers.layer4_bytes - tcp_options;
}

bool has_timestamp(const UINT8 *tcp, const Headers &headers)
{
	return options_bytes(headers) == timestamp_bytes &&
	       read_be32(tcp + tcp_options) == timestamp_option;
}

UINT32 timestamp_of(const UINT8 *tcp)
{
	return read_be32(tcp + tcp_options + 4);
}

bool is_plain_data(const FrameRecord *record, const Headers &headers)
{
	const UINT8 *frame = record->bytes();

	if (!headers.is_tcp() || (headers.layer3 != NetPacketLayer3TypeIPv4NoOptions &&
				  headers.layer3 != NetPacketLayer3TypeIPv6NoExtensions))
		return false;

	const UINT8 *tcp = frame + headers.layer4_start();

	return (tcp[tcp_flags] & ~flag_push) == flag_acknowledge &&
	       (!options_bytes(headers) || has_timestamp(tcp, headers)) &&
	       headers.end > headers.layer4_start() + headers.layer4_bytes &&
	       (!headers.is_ipv4() || checksum::is_layer3_valid(frame, headers)) &&
	       checksum::is_layer4_valid(frame, headers);
}

bool same_bytes(const UINT8 *a, const UINT8 *b, UINT32 from, UINT32 length)
{
	return RtlEqualMemory(a + from, b + from, length);
}

/*
 * Compares what identifies the stream, and header fields that must not differ in merged segments.
 */
bool same_stream(const UINT8 *a, const UINT8 *b, const Headers &headers)
{
	const UINT32 ip = headers.layer2_bytes;

	if (!same_bytes(a, b, 0, ip) || !same_bytes(a, b, headers.layer4_start(), ports_bytes))
		return false;
	if (headers.is_ipv4())
		return same_bytes(a, b, ip, 2) && same_bytes(a, b, ip + 6, 4) &&
		       same_bytes(a, b, ip + 12, 8);
	return same_bytes(a, b, ip, 4) && same_bytes(a, b, ip + 6, 34);
}
} /* namespace */

NTSTATUS Coalescing::initialize(WDFOBJECT parent, UINT32 bytes)
{
	WDFMEMORY memory;
	void *buffer;
	NTSTATUS status;

	status = common::create_memory(parent, pool_tag, sizeof(FrameRecord) + bytes,
				       "coalesced frames", &memory, &buffer);
	if (!NT_SUCCESS(status))
		return status;
	made = static_cast<FrameRecord *>(buffer);
	bytes_most = bytes;
	return STATUS_SUCCESS;
}

bool Coalescing::begins(const FrameRecord *record, const CoalescingOffloads &wanted)
{
	headers = parse_headers(record->bytes(), record->length);
	if (!(headers.is_ipv4() ? wanted.ipv4 : wanted.ipv6) || !is_plain_data(record, headers) ||
	    headers.end > bytes_most)
		return false;

	const UINT8 *tcp = record->bytes() + headers.layer4_start();

	header_bytes = headers.layer4_start() + headers.layer4_bytes;
	sequence = read_be32(tcp + tcp_sequence) + headers.end - header_bytes;
	last_timestamp = options_bytes(headers) ? timestamp_of(tcp) : 0;
	return true;
}

bool Coalescing::continues(const FrameRecord *record, const CoalescingOffloads &wanted) const
{
	const Headers other = parse_headers(record->bytes(), record->length);
	const UINT8 *tcp = record->bytes() + other.layer4_start();

	return other.layer4_start() == headers.layer4_start() &&
	       other.layer4_bytes == headers.layer4_bytes && is_plain_data(record, other) &&
	       record->tagged == made->tagged && record->tag == made->tag &&
	       same_stream(record->bytes(), made->bytes(), headers) &&
	       read_be32(tcp + tcp_sequence) == sequence &&
	       made->length + other.end - header_bytes <= bytes_most &&
	       (!options_bytes(other) || wanted.timestamps || timestamp_of(tcp) == last_timestamp);
}

/* Appends a segment. Acknowledgement number and window are those of the last one. */
void Coalescing::append(const FrameRecord *record)
{
	const Headers other = parse_headers(record->bytes(), record->length);
	const UINT8 *from = record->bytes() + headers.layer4_start();
	UINT8 *tcp = made->bytes() + headers.layer4_start();
	const UINT32 length = other.end - header_bytes;

	RtlCopyMemory(made->bytes() + made->length, record->bytes() + header_bytes, length);
	made->length += length;
	sequence += length;
	RtlCopyMemory(tcp + tcp_acknowledgement, from + tcp_acknowledgement, 4);
	RtlCopyMemory(tcp + tcp_window, from + tcp_window, 2);
	tcp[tcp_flags] |= from[tcp_flags] & flag_push;
	if (options_bytes(headers))
		last_timestamp = timestamp_of(from);
}

/* Writes the length of the IP header. */
void Coalescing::finish()
{
	UINT8 *ip = made->bytes() + headers.layer2_bytes;
	const UINT32 length = made->length - headers.layer2_bytes;

	if (headers.is_ipv4()) {
		write_be16(ip + 2, length);
		write_be16(ip + 10, 0);
		write_be16(ip + 10, ~checksum::add(0, ip, headers.layer3_bytes));
	} else {
		write_be16(ip + 4, length - headers.layer3_bytes);
	}
}

Coalesced Coalescing::take(const Fifo &fifo, UINT32 position, UINT32 end, UINT32 most,
			   const CoalescingOffloads &wanted)
{
	const FrameRecord *record = fifo.at(&position, end);
	Coalesced result = {record, 0, 0, fifo.behind(position, record)};
	UINT32 next = result.next;
	const FrameRecord *other = fifo.at(&next, end);

	if (!other || !begins(record, wanted))
		return result;
	RtlCopyMemory(made, record, sizeof(*made));
	made->length = headers.end;
	RtlCopyMemory(made->bytes(), record->bytes(), headers.end);

	const UINT32 first_timestamp = last_timestamp;

	for (UINT32 segments = 1; segments < most && other && continues(other, wanted);
	     other = fifo.at(&next, end)) {
		append(other);
		segments++;
		next = fifo.behind(next, other);
		result = {made, segments, last_timestamp - first_timestamp, next};
	}
	if (result.segments)
		finish();
	return result;
}

} /* namespace sim */
