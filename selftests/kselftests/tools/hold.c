// SPDX-License-Identifier: GPL-2.0-only
/*
 * A UDP socket that nobody reads: it holds BYTES of received packets, as the kernel counts them, until it is killed. Prints "ready".
 *
 *	hold PORT BYTES
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct sockaddr_in own = { .sin_family = AF_INET };
	/* The kernel doubles it. */
	int fd, bytes;

	if (argc != 3) {
		fprintf(stderr, "usage: hold PORT BYTES\n");
		return 2;
	}
	own.sin_port = htons(atoi(argv[1]));
	bytes = atoi(argv[2]) / 2;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes)) < 0 ||
	    bind(fd, (struct sockaddr *)&own, sizeof(own)) < 0) {
		perror("hold");
		return 1;
	}
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}
