// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbered UDP datagrams: which of them come late, twice or never?
 *
 *	numbered receive PORT COUNT SILENCE_MILLISECONDS
 *	numbered send ADDRESS PORT COUNT SIZE WINDOW
 *
 * The receiver prints "ready", and when it has COUNT datagrams or nothing came for the time given, "received N late N twice N lost N".
 * Late is one with a number below that of an earlier one. The sender is never more than WINDOW datagrams ahead of what the receiver has
 * acknowledged, so that neither end's socket is where one is lost; one that its own queue has no room for is sent again. What it was
 * not told of for two seconds it takes for lost, and goes on.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limit.h"

#define ACKNOWLEDGED_EACH 64
#define LOST_MILLISECONDS 2000
#define SOCKET_BYTES (64 << 20)

static int usage(void)
{
	fprintf(stderr, "usage: numbered receive PORT COUNT SILENCE_MILLISECONDS\n"
			"       numbered send ADDRESS PORT COUNT SIZE WINDOW\n");
	return 2;
}

static int fail(const char *what)
{
	fprintf(stderr, "numbered: %s: %s\n", what, strerror(errno));
	return 1;
}

/* ADDRESS NULL: any. */
static int open_socket(const char *address, const char *port, struct sockaddr_in *to)
{
	const int bytes = SOCKET_BYTES, one = 1;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	memset(to, 0, sizeof(*to));
	to->sin_family = AF_INET;
	to->sin_port = htons(atoi(port));
	if (address && inet_pton(AF_INET, address, &to->sin_addr) != 1) {
		errno = EINVAL;
		return -1;
	}
	/* With it a full queue of the interface is an error of sendto(). */
	if (fd < 0 || setsockopt(fd, IPPROTO_IP, IP_RECVERR, &one, sizeof(one)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes)) < 0)
		return -1;
	return fd;
}

static int receive(char **argv)
{
	const uint32_t count = strtoul(argv[1], NULL, 0);
	const long silence = strtol(argv[2], NULL, 0);
	unsigned char *seen = calloc(count, 1);
	unsigned long received = 0, late = 0, twice = 0;
	uint32_t next = 0, acknowledged = 0;
	static char data[65536];
	struct sockaddr_in own;
	int fd = open_socket(NULL, argv[0], &own);
	/* The first may take its time. */
	long end = milliseconds() + 10 * silence;

	if (!seen || fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof(own)) < 0)
		return fail("receive");
	puts("ready");
	fflush(stdout);
	while (received < count && limit_wait(fd, end)) {
		struct sockaddr_in from;
		socklen_t from_size = sizeof(from);
		uint32_t number;

		if (recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&from, &from_size) < (ssize_t)sizeof(number))
			continue;
		memcpy(&number, data, sizeof(number));
		number = ntohl(number);
		if (number >= count)
			continue;
		end = milliseconds() + silence;
		if (seen[number]) {
			twice++;
			continue;
		}
		seen[number] = 1;
		received++;
		if (number < next)
			late++;
		else
			next = number + 1;
		if (next - acknowledged >= ACKNOWLEDGED_EACH) {
			const uint32_t answer = htonl(next);

			acknowledged = next;
			sendto(fd, &answer, sizeof(answer), 0, (struct sockaddr *)&from, from_size);
		}
	}
	printf("received %lu late %lu twice %lu lost %lu\n", received, late, twice, count - received);
	return 0;
}

/* What the receiver has acknowledged by now; waits for something new if there is no room. */
static uint32_t hear(int fd, uint32_t acknowledged, int room)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	uint32_t answer;

	while (poll(&wait, 1, room ? 0 : LOST_MILLISECONDS) > 0) {
		if (recv(fd, &answer, sizeof(answer), MSG_DONTWAIT) == sizeof(answer)) {
			answer = ntohl(answer);
			if (answer > acknowledged)
				acknowledged = answer;
		} else {
			/* The error that made poll() return, which reading it clears. */
			char message[256];
			struct msghdr header = { .msg_control = message, .msg_controllen = sizeof(message) };

			recvmsg(fd, &header, MSG_ERRQUEUE | MSG_DONTWAIT);
		}
		room = 1;
	}
	return acknowledged;
}

static int send_all(char **argv)
{
	const uint32_t count = strtoul(argv[2], NULL, 0), window = strtoul(argv[4], NULL, 0);
	const size_t size = strtoul(argv[3], NULL, 0);
	uint32_t number, acknowledged = 0, before;
	unsigned long again = 0;
	static char data[65536];
	struct sockaddr_in to;
	int fd = open_socket(argv[0], argv[1], &to);

	/* Connected, so that all of them take one transmit queue. */
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		return fail(argv[0]);
	if (size < sizeof(number) || size > sizeof(data) || window < 2 * ACKNOWLEDGED_EACH)
		return usage();
	for (number = 0; number < count; number++) {
		const uint32_t wire = htonl(number);

		acknowledged = hear(fd, acknowledged, 1);
		while (number - acknowledged >= window) {
			before = acknowledged;
			acknowledged = hear(fd, acknowledged, 0);
			if (acknowledged == before)
				acknowledged = number;
		}
		memcpy(data, &wire, sizeof(wire));
		while (send(fd, data, size, 0) < 0) {
			if (errno != ENOBUFS && errno != EAGAIN)
				return fail("send");
			again++;
			usleep(1000);
		}
	}
	printf("sent %u, again %lu\n", count, again);
	return 0;
}

int main(int argc, char **argv)
{
	limit_obey_sigterm();
	if (argc == 5 && !strcmp(argv[1], "receive"))
		return receive(argv + 2);
	if (argc == 7 && !strcmp(argv[1], "send"))
		return send_all(argv + 2);
	return usage();
}
