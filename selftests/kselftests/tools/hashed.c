// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts IPv4 packets that an interface receives, by whether the NIC gave them a hash.
 *
 *	hashed INTERFACE COUNT MILLISECONDS
 *
 * Prints "ready" once it listens and then, when COUNT packets have come or the time is over, "HASHED PLAIN". A classic BPF program can
 * see the hash, and tells it by how much of the packet it lets through. The stack has not made up one of its own by then, unless RPS is
 * on.
 */
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "limit.h"

int main(int argc, char **argv)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_RXHASH),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 1),
		BPF_STMT(BPF_RET | BPF_K, 2),
	};
	struct sock_fprog filter = { .len = sizeof(code) / sizeof(code[0]), .filter = code };
	struct sockaddr_ll local = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP) };
	unsigned long wanted, counts[2] = { 0, 0 };
	long end;
	int fd;

	if (argc != 4)
		return 2;
	local.sll_ifindex = if_nametoindex(argv[1]);
	wanted = strtoul(argv[2], NULL, 0);
	end = milliseconds() + strtol(argv[3], NULL, 0);
	/* Without a protocol nothing comes before the filter is there. */
	fd = socket(AF_PACKET, SOCK_RAW, 0);
	if (!local.sll_ifindex || fd < 0 || setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter)) ||
	    bind(fd, (struct sockaddr *)&local, sizeof(local))) {
		perror(argv[1]);
		return 2;
	}
	puts("ready");
	fflush(stdout);

	while (counts[0] + counts[1] < wanted && limit_wait(fd, end)) {
		struct sockaddr_ll from;
		socklen_t length = sizeof(from);
		char bytes[2];
		ssize_t got;

		got = recvfrom(fd, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &length);
		if (got > 0 && from.sll_pkttype == PACKET_HOST)
			counts[got > 1 ? 0 : 1]++;
	}
	printf("%lu %lu\n", counts[0], counts[1]);
	return 0;
}
