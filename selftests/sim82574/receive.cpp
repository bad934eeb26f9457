// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The receive engine: filters, tags, checksums, hash, descriptors. Datasheet 7.1.

#include "sim82574/nic.h"
#include "sim82574/bits.h"

#include <cstring>

namespace sim82574
{

constexpr UINT32 descriptor_bytes = 16;
constexpr UINT32 largest_frame = 16384;
constexpr UINT32 largest_short_frame = 1518 - 4;

/* ---- filters ---- */

bool Nic::is_wanted(const Bytes &frame) const
{
	const UINT32 control = peek(RCTL);

	if (frame[0] & 1) {
		static constexpr UINT8 broadcast[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

		if (!memcmp(frame.data(), broadcast, sizeof(broadcast)))
			return control & RCTL_BAM;

		const UINT32 hash = static_cast<UINT32>(frame[4] >> 4 | frame[5] << 4);

		return (control & RCTL_MPE) || (peek(MTA + hash / 32 * 4) >> hash % 32 & 1);
	}
	if (control & RCTL_UPE)
		return true;
	for (UINT32 i = 0; i < 15; i++) {
		UINT8 address[6];
		const UINT32 low = peek(RAL0 + 8 * i);
		const UINT32 high = peek(RAH0 + 8 * i);

		memcpy(address, &low, 4);
		memcpy(address + 4, &high, 2);
		if ((high & RAH_AV) && !memcmp(frame.data(), address, sizeof(address)))
			return true;
	}
	return false;
}

bool Nic::is_wanted_vlan(const Headers &headers) const
{
	const UINT32 id = headers.tag & 0xfff;

	return !(peek(RCTL) & RCTL_VFE) || !headers.tagged ||
	       (peek(VFTA + id / 32 * 4) >> id % 32 & 1);
}

/* ---- what is in a frame ---- */

Nic::Headers Nic::parse(const Bytes &frame)
{
	Headers found;
	UINT32 at = 12;
	UINT16 type = read16(&frame[at]);

	if (type == 0x8100 && frame.size() >= 18) {
		found.tagged = true;
		found.tag = read16(&frame[at + 2]);
		at += 4;
		type = read16(&frame[at]);
	}
	found.layer3 = at + 2;

	UINT32 protocol = 0;

	if (type == 0x0800 && frame.size() >= found.layer3 + 20) {
		const UINT32 length = (frame[found.layer3] & 15) * 4U;

		found.ipv4 = true;
		found.layer4 = found.layer3 + length;
		found.end = found.layer3 + read16(&frame[found.layer3 + 2]);
		protocol = frame[found.layer3 + 9];
		/* A fragment has no layer 4 header to look at. */
		if (length < 20 || (read16(&frame[found.layer3 + 6]) & 0x3fff))
			protocol = 0;
	} else if (type == 0x86dd && frame.size() >= found.layer3 + 40) {
		found.ipv6 = true;
		found.layer4 = found.layer3 + 40;
		found.end = found.layer4 + read16(&frame[found.layer3 + 4]);
		protocol = frame[found.layer3 + 6];
	}
	if (found.end > frame.size() || found.end < found.layer4)
		return found;
	found.tcp = protocol == 6 && found.end >= found.layer4 + 20;
	found.udp = protocol == 17 && found.end >= found.layer4 + 8;
	return found;
}

UINT32 Nic::checksums(const Bytes &frame, const Headers &headers) const
{
	const UINT32 wanted = peek(RXCSUM);
	UINT32 status = 0;

	if ((wanted & RXCSUM_IPOFL) && headers.ipv4 && headers.layer4 <= frame.size()) {
		status |= RX_IPCS;
		if (fold(add_words(0, &frame[headers.layer3], headers.layer4 - headers.layer3)) !=
		    0xffff)
			status |= RX_IPE;
	}
	if ((wanted & RXCSUM_TUOFL) && (headers.tcp || headers.udp)) {
		const UINT32 addresses = headers.layer3 + (headers.ipv4 ? 12 : 8);
		const UINT32 length = headers.end - headers.layer4;
		UINT32 sum = add_words(length + (headers.tcp ? 6 : 17), &frame[addresses],
				       headers.ipv4 ? 8 : 32);

		if (headers.udp && !read16(&frame[headers.layer4 + 6]))
			return status;
		status |= headers.tcp ? RX_L4CS : RX_UDPCS | RX_L4CS;
		sum = add_words(sum, &frame[headers.layer4], length);
		if (fold(sum) != 0xffff)
			status |= RX_L4E;
	}
	return status ? status : UINT32{RX_IXSM};
}

/* ---- receive scaling ---- */

/* Toeplitz: each bit of the input that is set adds the 32 bits of the key that begin there. */
UINT32 Nic::hash(const Bytes &frame, const Headers &headers, UINT32 *type) const
{
	const UINT32 enabled = peek(MRQC);
	const UINT32 addresses = headers.layer3 + (headers.ipv4 ? 12 : 8);
	UINT32 length = headers.ipv4 ? 8 : 32;
	UINT8 key[40];
	UINT32 result = 0;
	Bytes input;

	*type = 0;
	if (headers.ipv4 && headers.tcp && (enabled & MRQC_TCP_IPV4))
		*type = 1;
	else if (headers.ipv4 && (enabled & MRQC_IPV4))
		*type = 2;
	else if (headers.ipv6 && headers.tcp && (enabled & MRQC_TCP_IPV6))
		*type = 3;
	else if (headers.ipv6 && (enabled & MRQC_IPV6_EX))
		*type = 4;
	else if (headers.ipv6 && (enabled & MRQC_IPV6))
		*type = 5;
	if (!*type)
		return 0;
	for (UINT32 i = 0; i < 10; i++) {
		const UINT32 word = peek(RSSRK + 4 * i);

		memcpy(key + 4 * i, &word, 4);
	}
	input.assign(frame.begin() + addresses, frame.begin() + addresses + length);
	if (*type == 1 || *type == 3)
		input.insert(input.end(), frame.begin() + headers.layer4,
			     frame.begin() + headers.layer4 + 4);
	for (UINT32 i = 0; i < input.size() * 8; i++) {
		if (!(input[i / 8] >> (7 - i % 8) & 1))
			continue;
		for (UINT32 j = 0; j < 32; j++) {
			const UINT32 place = i + j;

			result ^= static_cast<UINT32>(key[place / 8] >> (7 - place % 8) & 1)
				  << (31 - j);
		}
	}
	return result;
}

/* ---- into memory ---- */

bool Nic::fill(UINT32 queue, const Bytes &frame, UINT32 status, UINT16 tag, UINT64 hashed)
{
	const UINT32 other = queue * QUEUE_1;
	const UINT32 count = at(RDLEN + other) / descriptor_bytes;
	const UINT64 base = at(RDBAL + other) | static_cast<UINT64>(at(RDBAH + other)) << 32;
	const UINT32 buffers =
		static_cast<UINT32>((frame.size() + buffer_bytes - 1) / buffer_bytes);
	UINT32 head = at(RDH + other);

	if (!count || (at(RDT + other) + count - head) % count < buffers) {
		at(MPC)++;
		cause(CAUSE_RXO);
		return false;
	}
	for (UINT32 i = 0; i < buffers; i++) {
		UINT8 *descriptor =
			memory(base + UINT64{head} * descriptor_bytes, descriptor_bytes);
		const UINT32 from = i * buffer_bytes;
		const UINT32 length =
			std::min(buffer_bytes, static_cast<UINT32>(frame.size()) - from);
		const bool last = i + 1 == buffers;
		UINT64 address, result;
		UINT8 *data;

		if (!descriptor)
			return false;
		memcpy(&address, descriptor, sizeof(address));
		data = memory(address, buffer_bytes);
		if (!data)
			return false;
		memcpy(data, &frame[from], length);
		result = RX_DD | static_cast<UINT64>(length) << 32;
		if (last)
			result |= RX_EOP | status | static_cast<UINT64>(tag) << 48;
		memcpy(descriptor, &hashed, sizeof(hashed));
		memcpy(descriptor + 8, &result, sizeof(result));
		head = (head + 1) % count;
	}
	at(RDH + other) = head;
	at(GPRC)++;
	cause(CAUSE_RXT0 | (queue ? CAUSE_RXQ1 : CAUSE_RXQ0));
	return true;
}

bool Nic::receive(const Bytes &bytes, UINT32 errors)
{
	Bytes frame = bytes;
	UINT32 type = 0, value = 0, queue = 0, status = errors;
	Headers headers;
	UINT16 tag = 0;

	if (gone || !(at(RCTL) & RCTL_EN) || !has_link() || frame.size() < 14)
		return false;
	if (is_wanted(frame))
		wake(wake_events(frame));
	if (!may_dma())
		return false;
	if (frame.size() > largest_frame ||
	    (frame.size() > largest_short_frame && !(at(RCTL) & RCTL_LPE)) || !is_wanted(frame))
		return false;
	headers = parse(frame);
	if (!is_wanted_vlan(headers))
		return false;
	if (!(at(RFCTL) & RFCTL_EXTEN)) {
		violation("legacy rx descriptors");
		return false;
	}
	status |= checksums(frame, headers);
	if ((at(MRQC) & 3) == MRQC_TWO_QUEUES) {
		value = hash(frame, headers, &type);
		if (type)
			queue = peek(RETA + (value & 127) / 4 * 4) >> (value & 3) * 8 >> 7 & 1;
	}
	if (headers.tagged && (at(CTRL) & CTRL_VME)) {
		frame.erase(frame.begin() + 12, frame.begin() + 16);
		status |= RX_VP;
		tag = headers.tag;
	}
	if (!(at(RCTL) & RCTL_SECRC))
		frame.resize(frame.size() + 4);
	return fill(queue, frame, status, tag, static_cast<UINT64>(value) << 32 | type);
}

} // namespace sim82574
