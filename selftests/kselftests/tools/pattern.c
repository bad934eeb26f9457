// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends Ethernet frames of the type for local experiments, 0x88b5, whose every byte is known, and counts those that arrive intact.
 *
 *	pattern send INTERFACE DESTINATION COUNT SIZE
 *	pattern check INTERFACE COUNT MILLISECONDS
 *
 * "check" prints "ready" once it listens and then, when COUNT have come, the time is over or SIGTERM comes, how many came and
 * how many of them were intact. Padding behind a frame is no fault. Its own frames it does not see.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limit.h"
#include "pattern.h"

static int open_socket(const char *interface)
{
	struct sockaddr_ll local = { .sll_family = AF_PACKET, .sll_protocol = htons(PATTERN_TYPE) };
	int size = 8 << 20;
	int fd;

	local.sll_ifindex = if_nametoindex(interface);
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (!local.sll_ifindex || fd < 0 || bind(fd, (struct sockaddr *)&local, sizeof(local))) {
		perror(interface);
		exit(2);
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	return fd;
}

/* Between bursts: the receiver may be slow, and on the same processor. SCALE as in lib.sh. */
static void pause_a_moment(void)
{
	const char *scale = getenv("SCALE");

	usleep(2000 * (scale ? strtoul(scale, NULL, 0) : 1));
}

static int send_frames(const char *interface, const unsigned char *destination, unsigned long count, size_t size)
{
	static unsigned char frame[PATTERN_MAX];
	struct ifreq request = { 0 };
	int fd = open_socket(interface);
	uint32_t number;

	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (size < PATTERN_MIN || size > sizeof(frame) || ioctl(fd, SIOCGIFHWADDR, &request)) {
		perror(interface);
		return 2;
	}
	for (number = 0; number < count; number++) {
		pattern_fill(frame, size, destination, (unsigned char *)request.ifr_hwaddr.sa_data, number);
		while (send(fd, frame, size, 0) < 0) {
			if (errno != ENOBUFS) {
				perror("send");
				return 1;
			}
			usleep(1000);
		}
		if (number % 64 == 63)
			pause_a_moment();
	}
	return 0;
}

static int check_frames(const char *interface, unsigned long count, long limit)
{
	const int fd = open_socket(interface);
	const long end = milliseconds() + limit;
	unsigned long seen = 0, intact = 0;

	limit_obey_sigterm();
	puts("ready");
	fflush(stdout);
	while (seen < count && limit_wait(fd, end)) {
		static unsigned char frame[PATTERN_MAX + 64];
		struct sockaddr_ll from;
		socklen_t from_size = sizeof(from);
		ssize_t size;

		size = recvfrom(fd, frame, sizeof(frame), 0, (struct sockaddr *)&from, &from_size);
		if (size < 0 || from.sll_pkttype == PACKET_OUTGOING)
			continue;
		seen++;
		intact += pattern_is_intact(frame, size);
	}
	printf("%lu %lu\n", seen, intact);
	return 0;
}

int main(int argc, char **argv)
{
	unsigned char destination[ETH_ALEN];

	if (argc == 6 && !strcmp(argv[1], "send") && pattern_parse_address(argv[3], destination))
		return send_frames(argv[2], destination, strtoul(argv[4], NULL, 0), strtoul(argv[5], NULL, 0));
	if (argc == 5 && !strcmp(argv[1], "check"))
		return check_frames(argv[2], strtoul(argv[3], NULL, 0), strtol(argv[4], NULL, 0));
	fprintf(stderr, "usage: pattern send INTERFACE DESTINATION COUNT SIZE\n"
			"       pattern check INTERFACE COUNT MILLISECONDS\n");
	return 2;
}
