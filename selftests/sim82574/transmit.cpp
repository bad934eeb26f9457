// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The transmit engine: descriptors, checksums, segmentation, tags. Datasheet 7.2 and 7.3.

#include "sim82574/nic.h"
#include "sim82574/bits.h"

#include <cstring>

namespace sim82574
{

constexpr UINT32 descriptor_bytes = 16;
constexpr UINT32 most_packet_bytes = 0x20000;

static UINT32 little32(const UINT8 *bytes)
{
	UINT32 value;

	memcpy(&value, bytes, sizeof(value));
	return value;
}

static UINT64 little64(const UINT8 *bytes)
{
	UINT64 value;

	memcpy(&value, bytes, sizeof(value));
	return value;
}

/* Without a link nothing is fetched, and under XOFF neither. */
void Nic::transmit()
{
	update_status();
	if (!(at(STATUS) & STATUS_LU) || (at(STATUS) & STATUS_TXOFF))
		return;
	if (holds_transmit || !may_dma() || !(at(TCTL) & TCTL_EN))
		return;
	for (UINT32 queue = 0; queue < queues; queue++)
		transmit_queue(queue);
}

void Nic::transmit_queue(UINT32 queue)
{
	const UINT32 other = queue * QUEUE_1;
	const UINT32 count = at(TDLEN + other) / descriptor_bytes;
	const UINT64 base = at(TDBAL + other) | static_cast<UINT64>(at(TDBAH + other)) << 32;
	bool reported = false;

	if (!count || at(TDT + other) >= count || at(TDH + other) >= count)
		return;
	while (at(TDH + other) != at(TDT + other)) {
		UINT8 *descriptor =
			memory(base + UINT64{at(TDH + other)} * descriptor_bytes, descriptor_bytes);
		UINT32 command, status;

		if (!descriptor)
			return;
		command = little32(descriptor + 8);
		status = little32(descriptor + 12);
		if (!(command & TX_DEXT)) {
			violation("a legacy tx descriptor");
		} else if (!(command & TX_DTYP_DATA)) {
			take_context(descriptor);
		} else {
			take_data(descriptor, &collected[queue]);
			if (command & TX_EOP) {
				send(queue, &collected[queue]);
				collected[queue] = {};
			}
		}
		if (command & TX_RS) {
			status |= TX_DD;
			memcpy(descriptor + 12, &status, sizeof(status));
			reported = true;
		}
		at(TDH + other) = (at(TDH + other) + 1) % count;
	}
	if (reported)
		cause(CAUSE_TXDW | (queue ? CAUSE_TXQ1 : CAUSE_TXQ0));
}

void Nic::take_context(const UINT8 *d)
{
	const UINT32 command = little32(d + 8);

	context = {d[0],    d[1],  static_cast<UINT32>(d[2] | d[3] << 8),
		   d[4],    d[5],  static_cast<UINT32>(d[6] | d[7] << 8),
		   command, d[13], static_cast<UINT32>(d[14] | d[15] << 8),
		   false};
}

void Nic::take_data(const UINT8 *descriptor, Pending *packet)
{
	const UINT32 command = little32(descriptor + 8);
	const UINT32 status = little32(descriptor + 12);
	const UINT32 length = command & 0xfffff;
	const UINT8 *data = memory(little64(descriptor), length);

	if (packet->bytes.empty()) {
		packet->options = status;
		packet->first_command = command;
		packet->first_special = status >> 16;
		packet->first_bytes = length;
	}
	packet->last_command = command;
	packet->last_special = status >> 16;
	if (!data || packet->bytes.size() + length > most_packet_bytes)
		return;
	if (!(command & TX_IFCS) && (command & TX_EOP))
		violation("a frame without a CRC");
	packet->bytes.insert(packet->bytes.end(), data, data + length);
}

/* The sum from @start to @end, both included, put at @place. */
static bool insert_checksum(Bytes *frame, UINT32 start, UINT32 place, UINT32 end, bool udp)
{
	if (!end || end >= frame->size())
		end = static_cast<UINT32>(frame->size()) - 1;
	if (start > end || place + 2 > frame->size())
		return false;

	UINT16 sum =
		static_cast<UINT16>(~fold(add_words(0, frame->data() + start, end + 1 - start)));

	/* A UDP checksum of 0 says that there is none. */
	if (udp && !sum)
		sum = 0xffff;
	write16(frame->data() + place, sum);
	return true;
}

void Nic::send(UINT32 queue, Pending *packet)
{
	Bytes &frame = packet->bytes;
	bool fits = true;

	if (frame.empty())
		return;
	if (packet->first_command & TX_TSE) {
		segment(queue, *packet);
		return;
	}
	if (packet->options & TX_IXSM)
		fits &= insert_checksum(&frame, context.ip_start, context.ip_checksum,
					context.ip_end, false);
	if (packet->options & TX_TXSM)
		fits &= insert_checksum(&frame, context.layer4_start, context.layer4_checksum,
					context.layer4_end, !(context.command & TX_TUCMD_TCP));
	if (!fits)
		violation("a checksum outside of its frame");
	put(queue, std::move(frame), packet->last_command & TX_VLE, packet->last_special);
}

/* 7.3.6: what changes in each segment's headers. */
void Nic::segment(UINT32 queue, const Pending &packet)
{
	const UINT32 headers = context.header_bytes;
	const UINT32 total = static_cast<UINT32>(packet.bytes.size());
	const bool ipv4 = context.command & TX_TUCMD_IP;
	const UINT32 ip = context.ip_start;
	const UINT32 tcp = context.layer4_start;

	if (!context.mss || total <= headers || tcp + 20 > headers || ip + 20 > tcp ||
	    !(context.command & TX_TSE) || (context.command & 0xfffff) != total - headers) {
		violation("a segmentation context that does not fit its packet");
		return;
	}
	if (packet.first_bytes == headers)
		violation("a first buffer that ends with the headers, of a packet to be segmented");
	if (context.segmented)
		violation("a stale segmentation context");
	context.segmented = true;
	for (UINT32 done = 0, number = 0; headers + done < total; number++) {
		const UINT32 payload = std::min(context.mss, total - headers - done);
		const bool last = headers + done + payload == total;
		Bytes frame(packet.bytes.begin(), packet.bytes.begin() + headers);

		frame.insert(frame.end(), packet.bytes.begin() + headers + done,
			     packet.bytes.begin() + headers + done + payload);
		const UINT32 length = static_cast<UINT32>(frame.size());

		if (ipv4) {
			write16(&frame[ip + 2], length - ip);
			write16(&frame[ip + 4], read16(&frame[ip + 4]) + number);
		} else {
			write16(&frame[ip + 4], length - ip - 40);
		}
		write32(&frame[tcp + 4], read32(&frame[tcp + 4]) + done);
		if (!last)
			frame[tcp + 13] &= static_cast<UINT8>(~0x09); /* FIN, PSH */
		/* The pseudo header's sum is there, without a length. */
		write16(&frame[tcp + 16], fold(read16(&frame[tcp + 16]) + length - tcp));
		if (packet.options & TX_IXSM)
			insert_checksum(&frame, ip, context.ip_checksum, context.ip_end, false);
		if (packet.options & TX_TXSM)
			insert_checksum(&frame, tcp, context.layer4_checksum, 0, false);
		put(queue, std::move(frame), packet.first_command & TX_VLE, packet.first_special);
		done += payload;
	}
}

void Nic::put(UINT32 queue, Bytes frame, bool tag, UINT32 special)
{
	if (tag && (at(CTRL) & CTRL_VME) && frame.size() >= 12) {
		UINT8 bytes[4];

		write16(bytes, at(VET));
		write16(bytes + 2, special);
		frame.insert(frame.begin() + 12, bytes, bytes + sizeof(bytes));
	}
	if ((at(TCTL) & TCTL_PSP) && frame.size() < 60)
		frame.resize(60);
	at(GPTC)++;
	sent.push_back({std::move(frame), queue});
}

} // namespace sim82574
