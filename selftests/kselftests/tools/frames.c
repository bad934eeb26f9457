// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends and counts raw Ethernet frames of the type for local experiments, 0x88b5.
 *
 *	frames send INTERFACE DESTINATION COUNT [SIZE [TAG]]
 *	frames count INTERFACE DESTINATION COUNT MILLISECONDS
 *	frames count-udp INTERFACE PORT MILLISECONDS
 *
 * With TAG the frames have a VLAN tag with this TCI.
 * "count" prints "ready" once it listens and then, when COUNT frames to DESTINATION have come, the time is over or SIGTERM comes,
 * how many came, tagged or not. It leaves the interface's filters alone, so it sees what the NIC lets through and also frames to other stations.
 * "count-udp" likewise counts IPv4 datagrams to PORT: "3 untagged 4 tagged".
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limit.h"

#define EXPERIMENT 0x88b5

static int parse_address(const char *text, unsigned char *address)
{
	return sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &address[0], &address[1], &address[2], &address[3], &address[4],
		      &address[5]) == 6;
}

static int open_socket(const char *interface, int type)
{
	struct sockaddr_ll local = { .sll_family = AF_PACKET, .sll_protocol = htons(type) };
	int fd;

	local.sll_ifindex = if_nametoindex(interface);
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (!local.sll_ifindex || fd < 0 || bind(fd, (struct sockaddr *)&local, sizeof(local))) {
		perror(interface);
		exit(2);
	}
	return fd;
}

static unsigned char *put16(unsigned char *at, unsigned int value)
{
	*at++ = value >> 8;
	*at++ = value;
	return at;
}

static int send_frames(const char *interface, const unsigned char *destination, unsigned long count, size_t size, const char *tag)
{
	unsigned char frame[65536] = { 0 };
	unsigned char *behind = frame + 2 * ETH_ALEN;
	struct ether_header *header = (struct ether_header *)frame;
	struct ifreq request = { 0 };
	int fd = open_socket(interface, EXPERIMENT);

	if (size < sizeof(*header) || size > sizeof(frame))
		return 2;
	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (ioctl(fd, SIOCGIFHWADDR, &request)) {
		perror(interface);
		return 1;
	}
	memcpy(header->ether_dhost, destination, ETH_ALEN);
	memcpy(header->ether_shost, request.ifr_hwaddr.sa_data, ETH_ALEN);
	if (tag) {
		behind = put16(behind, ETH_P_8021Q);
		behind = put16(behind, strtoul(tag, NULL, 0));
	}
	put16(behind, EXPERIMENT);
	while (count--) {
		while (send(fd, frame, size, 0) < 0) {
			if (errno != ENOBUFS) {
				perror("send");
				return 1;
			}
			usleep(1000);
		}
	}
	return 0;
}

static int count_frames(const char *interface, const unsigned char *destination, unsigned long count, long limit)
{
	/* Of all types, since a frame with a tag comes to such sockets only. */
	const int fd = open_socket(interface, ETH_P_ALL);
	const long end = milliseconds() + limit;
	unsigned long seen = 0;

	limit_obey_sigterm();
	puts("ready");
	fflush(stdout);
	while (seen < count && limit_wait(fd, end)) {
		struct sockaddr_ll from;
		socklen_t from_size = sizeof(from);
		unsigned char frame[2048];

		if (recvfrom(fd, frame, sizeof(frame), 0, (struct sockaddr *)&from, &from_size) < ETH_HLEN)
			continue;
		if (from.sll_pkttype != PACKET_OUTGOING && from.sll_protocol == htons(EXPERIMENT) &&
		    !memcmp(frame, destination, ETH_ALEN))
			seen++;
	}
	printf("%lu\n", seen);
	return 0;
}

/* Has the frame had a tag, which the NIC or the kernel took out? */
static int had_tag(struct msghdr *message)
{
	struct cmsghdr *header;

	for (header = CMSG_FIRSTHDR(message); header; header = CMSG_NXTHDR(message, header)) {
		const struct tpacket_auxdata *data = (const void *)CMSG_DATA(header);

		if (header->cmsg_level == SOL_PACKET && header->cmsg_type == PACKET_AUXDATA)
			return !!(data->tp_status & TP_STATUS_VLAN_VALID);
	}
	return 0;
}

static int count_datagrams(const char *interface, unsigned int port, long limit)
{
	const int fd = open_socket(interface, ETH_P_ALL);
	const long end = milliseconds() + limit;
	unsigned long seen[2] = { 0 };
	int on = 1;

	limit_obey_sigterm();
	setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on));
	puts("ready");
	fflush(stdout);
	while (limit_wait(fd, end)) {
		char control[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
		unsigned char frame[2048];
		struct sockaddr_ll from;
		struct iovec vector = { frame, sizeof(frame) };
		struct msghdr message = {
			.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &vector, .msg_iovlen = 1,
			.msg_control = control, .msg_controllen = sizeof(control),
		};

		if (recvmsg(fd, &message, 0) < ETH_HLEN + 28)
			continue;
		if (from.sll_pkttype == PACKET_OUTGOING || frame[12] != 8 || frame[13] || frame[14] != 0x45 || frame[23] != IPPROTO_UDP)
			continue;
		if ((frame[36] << 8 | frame[37]) == (int)port)
			seen[had_tag(&message)]++;
	}
	printf("%lu untagged %lu tagged\n", seen[0], seen[1]);
	return 0;
}

int main(int argc, char **argv)
{
	unsigned char destination[ETH_ALEN];

	if (argc >= 5 && parse_address(argv[3], destination)) {
		unsigned long count = strtoul(argv[4], NULL, 0);

		if (!strcmp(argv[1], "send"))
			return send_frames(argv[2], destination, count, argc > 5 ? strtoul(argv[5], NULL, 0) : 60,
					   argc > 6 ? argv[6] : NULL);
		if (!strcmp(argv[1], "count") && argc == 6)
			return count_frames(argv[2], destination, count, strtol(argv[5], NULL, 0));
	}
	if (argc == 5 && !strcmp(argv[1], "count-udp"))
		return count_datagrams(argv[2], strtoul(argv[3], NULL, 0), strtol(argv[4], NULL, 0));
	fprintf(stderr, "usage: frames send INTERFACE DESTINATION COUNT [SIZE [TAG]]\n"
			"       frames count INTERFACE DESTINATION COUNT MILLISECONDS\n"
			"       frames count-udp INTERFACE PORT MILLISECONDS\n");
	return 2;
}
