// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends one packet of each kind that checksum and segmentation offloads tell apart, and checks at the other end that each arrived as
 * it should: tags, headers, checksums (computed here, whatever the NIC says of them) and every byte.
 *
 *	packets send INTERFACE DESTINATION KINDS WORK
 *	packets check INTERFACE KINDS TAG CLAIMS MILLISECONDS
 *	packets list KINDS
 *
 * KINDS  plain    TCP and UDP over IPv4 and IPv6 of many lengths
 *        headers  IPv4 options and IPv6 extension headers
 *        tagged   VLAN tags among the packet's bytes
 *        large    TCP to be segmented
 *        large-tagged   the same with VLAN tags among the packet's bytes
 *        jumbo    frames of up to 9000 bytes
 * WORK   device   checksums and segmentation are left to the device
 *        none     packets are complete (not for large)
 *        bad-ip, bad-transport   complete, but for that checksum, which is wrong; such packets do not pass "check"
 * TAG    the VLAN tag (TCI) that all packets have got on their way, or -
 * CLAIMS any      whatever the NIC says of checksums
 *        none     it must not say that one is right
 *        all      it must say so of all
 *        not-bad  packets are not looked at; they are bad, and the NIC must not say otherwise
 *
 * "check" prints "ready" once it listens. A line for each packet that is missing or wrong; the exit status is 1 then.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Kind n has source port FIRST_PORT + n. */
#define FIRST_PORT	20000
#define PORT		9
#define MAX_KINDS	2000
#define MAX_FRAME	70000
#define PADDING		60

struct kind {
	int version;
	int transport;
	unsigned int options;		/* bytes of IPv4 options or of IPv6 extension headers */
	unsigned int transport_options;
	unsigned int tags;		/* tags in the packet ... */
	uint16_t tag_type[2], tag[2];
	unsigned int payload;
	unsigned int mss;		/* to be segmented */
	unsigned int linear;		/* bytes behind the headers that are to lie together with them */
	bool no_sum;			/* UDP without a checksum */
	bool zero_sum;			/* UDP whose sum comes to 0, which has to be sent as 0xffff */
	/* "check" only: bytes of payload that have arrived. */
	unsigned int arrived;
};

static struct kind kinds[MAX_KINDS];
static unsigned int kind_count;

/* ---- the kinds ---- */

static void add_kind(struct kind kind)
{
	if (kind_count == MAX_KINDS) {
		fprintf(stderr, "packets: MAX_KINDS is too small\n");
		exit(2);
	}
	kinds[kind_count++] = kind;
}

/* TCP and UDP over both versions of IP. */
static void add_four(struct kind kind)
{
	static const int versions[] = { 4, 6 }, transports[] = { IPPROTO_TCP, IPPROTO_UDP };
	int i, j;

	for (i = 0; i < 2; i++) {
		for (j = 0; j < 2; j++) {
			kind.version = versions[i];
			kind.transport = transports[j];
			kind.transport_options = kind.transport == IPPROTO_TCP ? 12 : 0;
			add_kind(kind);
		}
	}
}

static const unsigned int lengths[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 18, 19, 21, 63, 64, 65, 127, 255, 511, 999, 1000, 1357,
					1400 };
#define LENGTHS (sizeof(lengths) / sizeof(lengths[0]))

static void add_plain(void)
{
	unsigned int i;

	for (i = 0; i < LENGTHS; i++) {
		add_four((struct kind){ .payload = lengths[i] });
		add_four((struct kind){ .payload = lengths[i], .linear = 1 });
		add_four((struct kind){ .payload = lengths[i], .linear = lengths[i] });
	}
	for (i = 2; i < 1000; i += 166) {
		add_kind((struct kind){ .version = 4, .transport = IPPROTO_UDP, .payload = i, .zero_sum = true });
		add_kind((struct kind){ .version = 6, .transport = IPPROTO_UDP, .payload = i, .zero_sum = true });
		add_kind((struct kind){ .version = 4, .transport = IPPROTO_UDP, .payload = i, .no_sum = true });
	}
}

static void add_headers(void)
{
	unsigned int i, options;

	for (options = 8; options <= 40; options += 8) {
		for (i = 0; i < LENGTHS; i += 3)
			add_four((struct kind){ .options = options, .payload = lengths[i] });
	}
	/* More than TCP's own options usually are, and IPv6 headers beyond what some NICs can look behind. */
	add_kind((struct kind){ .version = 4, .transport = IPPROTO_TCP, .transport_options = 40, .options = 40, .payload = 1001 });
	add_kind((struct kind){ .version = 6, .transport = IPPROTO_TCP, .transport_options = 40, .options = 160, .payload = 701 });
	add_kind((struct kind){ .version = 6, .transport = IPPROTO_UDP, .options = 240, .payload = 701 });
}

static void add_tagged(void)
{
	static const struct kind tags[] = {
		{ .tags = 1, .tag_type = { 0x8100 }, .tag = { 0x0064 } },
		{ .tags = 1, .tag_type = { 0x8100 }, .tag = { 0xf065 } },
		{ .tags = 1, .tag_type = { 0x88a8 }, .tag = { 0x0066 } },
		{ .tags = 2, .tag_type = { 0x88a8, 0x8100 }, .tag = { 0x0067, 0x2068 } },
		{ .tags = 2, .tag_type = { 0x8100, 0x8100 }, .tag = { 0x0069, 0x006a } },
	};
	unsigned int i, j;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		for (j = 0; j < LENGTHS; j += 2) {
			struct kind kind = tags[i];

			kind.payload = lengths[j];
			add_four(kind);
			kind.options = 16;
			add_four(kind);
		}
	}
}

static void add_large_sizes(struct kind kind)
{
	/* Segments of odd and even size; the last one whole, of one byte, of one byte less than the others. */
	static const unsigned int sizes[] = { 48, 49, 88, 101, 255, 536, 537, 999, 1001, 1220, 1428 };
	unsigned int i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		kind.mss = sizes[i];
		kind.payload = 2 * sizes[i];
		add_kind(kind);
		kind.payload = sizes[i] + 1;
		add_kind(kind);
		kind.payload = 17 * sizes[i] - 1;
		add_kind(kind);
		kind.payload = 40 * sizes[i] + 7;
		kind.linear = 33;
		add_kind(kind);
		kind.linear = 0;
	}
	kind.mss = 1348;
	kind.payload = 64000;
	add_kind(kind);
}

static void add_large(unsigned int tags)
{
	static const int versions[] = { 4, 6 };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		struct kind kind = {
			.version = versions[i], .transport = IPPROTO_TCP, .transport_options = 12,
			.tags = tags, .tag_type = { 0x8100 }, .tag = { 0x606b },
		};

		add_large_sizes(kind);
		kind.options = 8;
		kind.mss = 1001;
		kind.payload = 9999;
		add_kind(kind);
	}
}

static void add_jumbo(void)
{
	static const unsigned int sizes[] = { 1960, 1981, 1982, 1983, 1984, 1985, 2001, 3999, 4001, 4095, 4096, 4097, 8191, 8193, 8889, 8900 };
	unsigned int i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		add_four((struct kind){ .payload = sizes[i] });
		add_four((struct kind){ .payload = sizes[i], .linear = 1001 });
		add_four((struct kind){ .payload = sizes[i], .tags = 1, .tag_type = { 0x8100 }, .tag = { 0x006c } });
	}
}

static void choose_kinds(const char *which)
{
	if (!strcmp(which, "plain"))
		add_plain();
	else if (!strcmp(which, "headers"))
		add_headers();
	else if (!strcmp(which, "tagged"))
		add_tagged();
	else if (!strcmp(which, "large"))
		add_large(0);
	else if (!strcmp(which, "large-tagged"))
		add_large(1);
	else if (!strcmp(which, "jumbo"))
		add_jumbo();
	if (!kind_count) {
		fprintf(stderr, "packets: no kinds '%s'\n", which);
		exit(2);
	}
}

static void describe(unsigned int n)
{
	const struct kind *kind = &kinds[n];
	unsigned int i;

	printf("%u: %s/IPv%d, %u bytes", n, kind->transport == IPPROTO_TCP ? "TCP" : "UDP", kind->version, kind->payload);
	if (kind->mss)
		printf(" in segments of %u", kind->mss);
	if (kind->linear)
		printf(", %u beside the headers", kind->linear);
	if (kind->options)
		printf(", %u bytes of options", kind->options);
	for (i = 0; i < kind->tags; i++)
		printf(", tag %04x:%04x", kind->tag_type[i], kind->tag[i]);
	if (kind->zero_sum)
		printf(", sum 0");
	if (kind->no_sum)
		printf(", no sum");
}

static uint8_t payload_byte(unsigned int n, unsigned int offset)
{
	const struct kind *kind = &kinds[n];

	/* What brings the sum to 0 is in the last two; see build(). */
	if (kind->zero_sum && offset + 2 >= kind->payload)
		return 0;
	return n * 7 + offset * 13 + (offset >> 8) * 5;
}

/* ---- checksums ---- */

static uint32_t add_sum(uint32_t sum, const void *data, unsigned int length)
{
	const uint8_t *byte = data;
	uint64_t wide = sum;

	for (; length > 1; length -= 2, byte += 2)
		wide += byte[0] << 8 | byte[1];
	if (length)
		wide += byte[0] << 8;
	while (wide >> 16)
		wide = (wide & 0xffff) + (wide >> 16);
	return wide;
}

/* Over the addresses of both IP versions, length and protocol. Folded. */
static uint16_t pseudo_sum(const uint8_t *ip, int version, int transport, uint32_t length)
{
	uint8_t tail[8] = { length >> 24, length >> 16, length >> 8, length, 0, 0, 0, transport };
	uint32_t sum = version == 4 ? add_sum(0, ip + 12, 8) : add_sum(0, ip + 8, 32);

	return add_sum(sum, tail, sizeof(tail));
}

/* ---- building ---- */

/* Where things are in a frame. */
struct frame {
	uint8_t bytes[MAX_FRAME];
	unsigned int ip, transport, payload, length;
};

static void put16(uint8_t *at, uint16_t value)
{
	at[0] = value >> 8;
	at[1] = value;
}

static void put32(uint8_t *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value);
}

static uint16_t get16(const uint8_t *at)
{
	return at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
	return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static unsigned int header_length(const struct kind *kind)
{
	return kind->transport == IPPROTO_TCP ? 20 + kind->transport_options : 8;
}

static unsigned int sum_offset(const struct kind *kind)
{
	return kind->transport == IPPROTO_TCP ? offsetof(struct tcphdr, check) : offsetof(struct udphdr, check);
}

static void build_ip(struct frame *frame, unsigned int n, unsigned int behind)
{
	static const uint8_t addresses4[8] = { 198, 18, 0, 1, 198, 18, 0, 2 };
	const struct kind *kind = &kinds[n];
	uint8_t *ip = frame->bytes + frame->ip;
	unsigned int i, left = kind->options;

	if (kind->version == 4) {
		const unsigned int length = 20 + kind->options;

		ip[0] = 0x40 | length / 4;
		put16(ip + 2, length + behind);
		put16(ip + 4, n);
		ip[8] = 64;
		ip[9] = kind->transport;
		memcpy(ip + 12, addresses4, sizeof(addresses4));
		memset(ip + 20, 1, kind->options);
		put16(ip + 10, ~add_sum(0, ip, length));
		frame->transport = frame->ip + length;
		return;
	}
	ip[0] = 0x60;
	put16(ip + 4, kind->options + behind);
	ip[6] = kind->options ? IPPROTO_DSTOPTS : kind->transport;
	ip[7] = 64;
	for (i = 0; i < 2; i++) {
		ip[8 + 16 * i] = 0xfd;
		ip[23 + 16 * i] = i + 1;
	}
	frame->transport = frame->ip + 40;
	/* Headers of 16 and 8 bytes, filled with padding options. */
	while (left) {
		const unsigned int length = left > 16 ? 16 : left;
		uint8_t *header = frame->bytes + frame->transport;

		left -= length;
		header[0] = left ? IPPROTO_DSTOPTS : kind->transport;
		header[1] = length / 8 - 1;
		header[2] = 1;
		header[3] = length - 4;
		frame->transport += length;
	}
}

static uint16_t whole_sum(const struct frame *frame, const struct kind *kind)
{
	const unsigned int length = frame->length - frame->transport;
	uint32_t sum = pseudo_sum(frame->bytes + frame->ip, kind->version, kind->transport, length);

	return add_sum(sum, frame->bytes + frame->transport, length);
}

/* The packet with the pseudo header's sum only, as it goes to a device that does the rest, or complete. */
static void build(struct frame *frame, unsigned int n, const uint8_t *destination, const uint8_t *source, bool complete)
{
	const struct kind *kind = &kinds[n];
	const unsigned int behind = header_length(kind) + kind->payload;
	uint8_t *transport, *payload, *sum;
	unsigned int i;

	memset(frame, 0, sizeof(*frame));
	memcpy(frame->bytes, destination, ETH_ALEN);
	memcpy(frame->bytes + ETH_ALEN, source, ETH_ALEN);
	frame->ip = 2 * ETH_ALEN;
	for (i = 0; i < kind->tags; i++, frame->ip += 4) {
		put16(frame->bytes + frame->ip, kind->tag_type[i]);
		put16(frame->bytes + frame->ip + 2, kind->tag[i]);
	}
	put16(frame->bytes + frame->ip, kind->version == 4 ? ETHERTYPE_IP : ETHERTYPE_IPV6);
	frame->ip += 2;
	build_ip(frame, n, behind);

	transport = frame->bytes + frame->transport;
	frame->payload = frame->transport + header_length(kind);
	frame->length = frame->payload + kind->payload;
	put16(transport, FIRST_PORT + n);
	put16(transport + 2, PORT);
	if (kind->transport == IPPROTO_TCP) {
		put32(transport + 4, n << 18);
		put32(transport + 8, 1);
		transport[12] = header_length(kind) / 4 << 4;
		transport[13] = TH_ACK | TH_PUSH | (kind->mss ? TH_FIN : 0);
		put16(transport + 14, 1000);
		memset(transport + 20, 1, kind->transport_options);
	} else {
		put16(transport + 4, behind);
	}
	payload = frame->bytes + frame->payload;
	for (i = 0; i < kind->payload; i++)
		payload[i] = payload_byte(n, i);
	if (kind->zero_sum)
		put16(payload + kind->payload - 2, ~whole_sum(frame, kind));

	sum = transport + sum_offset(kind);
	if (kind->no_sum)
		return;
	if (!complete) {
		put16(sum, pseudo_sum(frame->bytes + frame->ip, kind->version, kind->transport, behind));
		return;
	}
	put16(sum, ~whole_sum(frame, kind));
	if (kind->transport == IPPROTO_UDP && !get16(sum))
		put16(sum, 0xffff);
}

/* ---- sockets ---- */

static int open_socket(const char *interface, int type)
{
	struct sockaddr_ll local = { .sll_family = AF_PACKET, .sll_protocol = htons(type) };
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	local.sll_ifindex = if_nametoindex(interface);
	if (!local.sll_ifindex || fd < 0 || bind(fd, (struct sockaddr *)&local, sizeof(local))) {
		perror(interface);
		exit(2);
	}
	return fd;
}

static void set_option(int fd, int option, int value)
{
	if (setsockopt(fd, SOL_PACKET, option, &value, sizeof(value))) {
		perror("setsockopt");
		exit(2);
	}
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- send ---- */

static void ask_device(const struct kind *kind, const struct frame *frame, struct virtio_net_hdr *header)
{
	header->hdr_len = frame->payload + (kind->linear < kind->payload ? kind->linear : kind->payload);
	if (kind->no_sum)
		return;
	header->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
	header->csum_start = frame->transport;
	header->csum_offset = sum_offset(kind);
	if (kind->mss) {
		header->gso_type = kind->version == 4 ? VIRTIO_NET_HDR_GSO_TCPV4 : VIRTIO_NET_HDR_GSO_TCPV6;
		header->gso_size = kind->mss;
	}
}

static int send_packets(const char *interface, const uint8_t *destination, const char *work)
{
	static struct frame frame;
	struct virtio_net_hdr header;
	struct iovec pieces[] = { { &header, sizeof(header) }, { frame.bytes, 0 } };
	const struct msghdr message = { .msg_iov = pieces, .msg_iovlen = 2 };
	const bool device = !strcmp(work, "device");
	struct ifreq request = { 0 };
	/* Sends only: protocol 0 receives nothing. */
	int fd = open_socket(interface, 0);
	unsigned int n;

	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (ioctl(fd, SIOCGIFHWADDR, &request)) {
		perror(interface);
		return 1;
	}
	set_option(fd, PACKET_VNET_HDR, 1);
	for (n = 0; n < kind_count; n++) {
		const struct kind *kind = &kinds[n];

		if (!device && kind->mss)
			continue;
		build(&frame, n, destination, (const uint8_t *)request.ifr_hwaddr.sa_data, !device);
		memset(&header, 0, sizeof(header));
		if (device)
			ask_device(kind, &frame, &header);
		else if (!strcmp(work, "bad-ip"))
			frame.bytes[frame.ip + (kind->version == 4 ? 10 : 23)] ^= 0x21;
		else if (!strcmp(work, "bad-transport"))
			frame.bytes[frame.transport + sum_offset(kind)] ^= 0x42;
		pieces[1].iov_len = frame.length;
		while (sendmsg(fd, &message, 0) < 0) {
			if (errno != ENOBUFS && errno != EAGAIN) {
				fprintf(stderr, "packets: send: %s: ", strerror(errno));
				describe(n);
				puts("");
				return 1;
			}
			usleep(1000);
		}
		/* So that no buffer on the way overflows. */
		usleep(kind->payload > 20000 ? 5000 : 500);
	}
	return 0;
}

/* ---- check ---- */

/* A packet as received, with the tag that the kernel or the NIC has taken out. */
struct received {
	uint8_t bytes[MAX_FRAME];
	unsigned int length;
	unsigned int tags;
	uint16_t tag_type[3], tag[3];
	bool claimed;
};

static const char *check_tags(const struct kind *kind, const struct received *packet, long outer)
{
	const unsigned int added = outer >= 0;
	unsigned int i;

	if (packet->tags != kind->tags + added)
		return "wrong number of tags";
	if (added && (packet->tag_type[0] != 0x8100 || packet->tag[0] != outer))
		return "wrong outer tag";
	for (i = 0; i < kind->tags; i++) {
		if (packet->tag_type[i + added] != kind->tag_type[i] || packet->tag[i + added] != kind->tag[i])
			return "wrong tag";
	}
	return NULL;
}

/*
 * Bytes behind the IP header from @transport on; the padding of short frames is not counted. FIN and PSH are wrong in the segments that
 * QEMU's 82574L makes, whichever driver it has: only those of packets sent as they are can be relied on.
 */
static const char *check_transport(unsigned int n, const uint8_t *ip, const uint8_t *transport, unsigned int length)
{
	struct kind *kind = &kinds[n];
	const unsigned int header = header_length(kind);
	const uint16_t stored = get16(transport + sum_offset(kind));
	const uint32_t sum = add_sum(pseudo_sum(ip, kind->version, kind->transport, length), transport, length);
	unsigned int payload = length - header, offset = 0, i;

	if (kind->no_sum ? stored : sum != 0xffff)
		return "wrong transport checksum";
	if (kind->transport == IPPROTO_UDP) {
		if (!stored && !kind->no_sum)
			return "checksum 0, which means none";
		if (get16(transport + 4) != length)
			return "wrong UDP length";
	} else {
		offset = get32(transport + 4) - (n << 18);
		if (transport[12] >> 4 != (int)header / 4)
			return "wrong TCP header length";
		if (kind->mss && payload > kind->mss)
			return "segment too large";
		if (kind->mss && payload < kind->mss && offset + payload != kind->payload)
			return "segment too small";
		if (!kind->mss && (transport[13] & TH_FIN))
			return "wrong FIN";
		if (!kind->mss && !(transport[13] & TH_PUSH))
			return "wrong PSH";
		for (i = 20; i < header; i++) {
			if (transport[i] != 1)
				return "wrong TCP options";
		}
	}
	if (offset != kind->arrived || offset + payload > kind->payload)
		return "wrong place in the stream, or twice";
	for (i = 0; i < payload; i++) {
		if (kind->zero_sum && offset + i + 2 >= kind->payload)
			break;
		if (transport[header + i] != payload_byte(n, offset + i))
			return "wrong payload";
	}
	kind->arrived += payload ? payload : 1;
	return NULL;
}

/* Where the transport header is and how much lies from there on; NULL: not one of ours, or *@error. */
static const uint8_t *check_ip(const struct received *packet, unsigned int *length, unsigned int *n, const char **error)
{
	const uint8_t *ip = packet->bytes + ETH_HLEN;
	const uint16_t type = get16(ip - 2);
	unsigned int header, total;
	const struct kind *kind;
	int transport;

	if (packet->length < ETH_HLEN + (type == ETHERTYPE_IPV6 ? 48 : 28))
		return NULL;
	if (type == ETHERTYPE_IP) {
		header = (ip[0] & 15) * 4;
		total = get16(ip + 2);
		transport = ip[9];
	} else if (type == ETHERTYPE_IPV6) {
		header = 40;
		total = 40 + get16(ip + 4);
		transport = ip[6];
		while (transport == IPPROTO_DSTOPTS && ETH_HLEN + header + 16 <= packet->length) {
			transport = ip[header];
			header += (ip[header + 1] + 1) * 8;
		}
	} else {
		return NULL;
	}
	if ((transport != IPPROTO_TCP && transport != IPPROTO_UDP) || ETH_HLEN + header + 8 > packet->length ||
	    get16(ip + header + 2) != PORT)
		return NULL;
	*n = get16(ip + header) - FIRST_PORT;
	if (*n >= kind_count)
		return NULL;
	kind = &kinds[*n];
	if (kind->version != (type == ETHERTYPE_IP ? 4 : 6) || kind->transport != transport)
		*error = "wrong protocol";
	else if (header != (kind->version == 4 ? 20 : 40) + kind->options)
		*error = "wrong length of the IP header";
	else if (kind->version == 4 && add_sum(0, ip, header) != 0xffff)
		*error = "wrong IP checksum";
	else if (total < header + header_length(kind) || ETH_HLEN + total > packet->length || (packet->length > PADDING && ETH_HLEN + total != packet->length))
		*error = "wrong IP length";
	*length = total - header;
	return *error ? NULL : ip + header;
}

/* Takes a packet from the socket, and tags from the front of its bytes; false: none. */
static bool receive(int fd, struct received *packet)
{
	char control[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	struct iovec vector = { packet->bytes, sizeof(packet->bytes) };
	struct sockaddr_ll from;
	struct msghdr message = {
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &vector, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t length = recvmsg(fd, &message, 0);
	struct cmsghdr *header;

	if (length < ETH_HLEN || from.sll_pkttype == PACKET_OUTGOING)
		return false;
	packet->length = length;
	packet->tags = 0;
	packet->claimed = false;
	for (header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
		const struct tpacket_auxdata *data = (const void *)CMSG_DATA(header);

		if (header->cmsg_level != SOL_PACKET || header->cmsg_type != PACKET_AUXDATA)
			continue;
		packet->claimed = data->tp_status & TP_STATUS_CSUM_VALID;
		if (data->tp_status & TP_STATUS_VLAN_VALID) {
			packet->tag_type[0] = data->tp_vlan_tpid;
			packet->tag[0] = data->tp_vlan_tci;
			packet->tags = 1;
		}
	}
	while (packet->tags < 3 && packet->length > ETH_HLEN + 4) {
		const uint16_t type = get16(packet->bytes + 2 * ETH_ALEN);

		if (type != 0x8100 && type != 0x88a8)
			break;
		packet->tag_type[packet->tags] = type;
		packet->tag[packet->tags++] = get16(packet->bytes + ETH_HLEN);
		packet->length -= 4;
		memmove(packet->bytes + 2 * ETH_ALEN, packet->bytes + 2 * ETH_ALEN + 4, packet->length - 2 * ETH_ALEN);
	}
	return true;
}

static const char *check_packet(const struct received *packet, unsigned int *n, long outer, const char *claims)
{
	const uint8_t *transport;
	const char *error = NULL;
	unsigned int length;

	*n = kind_count;
	transport = check_ip(packet, &length, n, &error);
	if (*n >= kind_count)
		return NULL;
	if (!strcmp(claims, "not-bad")) {
		kinds[*n].arrived = kinds[*n].payload ? kinds[*n].payload : 1;
		return packet->claimed ? "the NIC says that the checksum is right, but it is not" : NULL;
	}
	if (!error)
		error = check_tags(&kinds[*n], packet, outer);
	if (!error)
		error = check_transport(*n, packet->bytes + ETH_HLEN, transport, length);
	if (!error && packet->claimed && !strcmp(claims, "none"))
		error = "the NIC looks at checksums";
	if (!error && !packet->claimed && !strcmp(claims, "all") && !kinds[*n].no_sum)
		error = "the NIC does not say that the checksum is right";
	return error;
}

static bool complete(unsigned int n)
{
	return kinds[n].arrived >= (kinds[n].payload ? kinds[n].payload : 1);
}

static int check_packets(const char *interface, long outer, const char *claims, long limit)
{
	static struct received packet;
	struct pollfd wait = { .fd = open_socket(interface, ETH_P_ALL), .events = POLLIN };
	unsigned int n, done = 0, wrong = 0, claimed = 0;
	long end = milliseconds() + limit, left;
	int size = 16 << 20;

	set_option(wait.fd, PACKET_AUXDATA, 1);
	setsockopt(wait.fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	puts("ready");
	fflush(stdout);
	while (done < kind_count && (left = end - milliseconds()) > 0) {
		const char *error;

		if (poll(&wait, 1, left) <= 0 || !receive(wait.fd, &packet))
			continue;
		error = check_packet(&packet, &n, outer, claims);
		if (n >= kind_count)
			continue;
		claimed += packet.claimed;
		if (error) {
			describe(n);
			printf(": %s\n", error);
			wrong++;
		}
		done += complete(n);
	}
	for (n = 0; n < kind_count; n++) {
		if (!complete(n)) {
			describe(n);
			printf(": %u bytes arrived\n", kinds[n].arrived);
			wrong++;
		}
	}
	printf("%u of %u kinds, %u faults, %u checksums right according to the NIC\n", done, kind_count, wrong, claimed);
	return wrong ? 1 : 0;
}

int main(int argc, char **argv)
{
	uint8_t address[ETH_ALEN];
	unsigned int n;

	if (argc == 6 && !strcmp(argv[1], "send") &&
	    sscanf(argv[3], "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &address[0], &address[1], &address[2], &address[3], &address[4],
		   &address[5]) == 6) {
		choose_kinds(argv[4]);
		return send_packets(argv[2], address, argv[5]);
	}
	if (argc == 7 && !strcmp(argv[1], "check")) {
		choose_kinds(argv[3]);
		return check_packets(argv[2], argv[4][0] == '-' ? -1 : strtol(argv[4], NULL, 0), argv[5], strtol(argv[6], NULL, 0));
	}
	if (argc == 3 && !strcmp(argv[1], "list")) {
		choose_kinds(argv[2]);
		for (n = 0; n < kind_count; n++) {
			describe(n);
			puts("");
		}
		return 0;
	}
	fprintf(stderr, "usage: packets send INTERFACE DESTINATION KINDS WORK\n"
			"       packets check INTERFACE KINDS TAG CLAIMS MILLISECONDS\n"
			"       packets list KINDS\n");
	return 2;
}
