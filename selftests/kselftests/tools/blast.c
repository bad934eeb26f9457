// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends UDP datagrams in bursts until killed, and goes on whatever the interface does meanwhile: an address that goes away, a link
 * that is down or a full queue only makes it try again. The pauses leave room for other packets where the receiver is slow.
 *
 *	blast ADDRESS PORT SIZE PAUSE_MILLISECONDS
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BURST 64

static int open_socket(const char *address, const char *port, struct sockaddr_storage *to, socklen_t *to_size)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)to;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)to;

	memset(to, 0, sizeof(*to));
	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(atoi(port));
		*to_size = sizeof(*v4);
	} else if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(atoi(port));
		*to_size = sizeof(*v6);
	} else {
		return -1;
	}
	return socket(to->ss_family, SOCK_DGRAM, 0);
}

int main(int argc, char **argv)
{
	static char data[65507];
	struct timespec pause;
	struct sockaddr_storage to;
	socklen_t to_size;
	long milliseconds;
	size_t size;
	int fd, i;

	if (argc != 5) {
		fprintf(stderr, "usage: blast ADDRESS PORT SIZE PAUSE_MILLISECONDS\n");
		return 2;
	}
	size = strtoul(argv[3], NULL, 0);
	milliseconds = strtol(argv[4], NULL, 0);
	pause.tv_sec = milliseconds / 1000;
	pause.tv_nsec = milliseconds % 1000 * 1000000;
	fd = open_socket(argv[1], argv[2], &to, &to_size);
	if (fd < 0 || size > sizeof(data)) {
		fprintf(stderr, "blast: cannot use %s port %s size %s\n", argv[1], argv[2], argv[3]);
		return 2;
	}
	for (;;) {
		for (i = 0; i < BURST; i++) {
			if (sendto(fd, data, size, 0, (struct sockaddr *)&to, to_size) < 0 && errno != ECONNREFUSED)
				break;
		}
		nanosleep(&pause, NULL);
	}
}
