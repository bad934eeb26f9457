// SPDX-License-Identifier: GPL-2.0-only
/*
 * Datagrams there and back, over a socket that polls the interface's queue itself while it waits:
 *
 *	busypoll answer PORT
 *	busypoll ask ADDRESS PORT COUNT MICROSECONDS prefer|share
 *
 * "ask" sends COUNT datagrams one by one, waits for each answer up to two seconds, and pauses now and then, so that polling ends and
 * interrupts have to take over. With "prefer" it also tells the kernel to leave interrupts off as long as it polls (SO_PREFER_BUSY_POLL).
 * Fails if the kernel refuses that, or if an answer is missing.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* Newer than some C libraries. */
#ifndef SO_PREFER_BUSY_POLL
#define SO_PREFER_BUSY_POLL 69
#endif

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static int answer(const char *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };
	struct sockaddr_in from;
	char data[2048];
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		return fail("bind");
	for (;;) {
		socklen_t size = sizeof(from);
		ssize_t length = recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&from, &size);

		if (length > 0)
			sendto(fd, data, length, 0, (struct sockaddr *)&from, size);
	}
}

static int ask(char **argument)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(argument[1])) };
	const struct timeval patience = { .tv_sec = 2 };
	const long count = atol(argument[2]);
	const int microseconds = atoi(argument[3]);
	const int prefer = !strcmp(argument[4], "prefer");
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	long missing = 0, i;

	if (fd < 0 || inet_pton(AF_INET, argument[0], &address.sin_addr) != 1 ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address)))
		return fail("connect");
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)))
		return fail("SO_RCVTIMEO");
	if (setsockopt(fd, SOL_SOCKET, SO_BUSY_POLL, &microseconds, sizeof(microseconds)))
		return fail("SO_BUSY_POLL");
	if (setsockopt(fd, SOL_SOCKET, SO_PREFER_BUSY_POLL, &prefer, sizeof(prefer)))
		return fail("SO_PREFER_BUSY_POLL");
	for (i = 0; i < count; i++) {
		char data[64] = { 0 };

		memcpy(data, &i, sizeof(i));
		if (send(fd, data, sizeof(data), 0) < 0)
			return fail("send");
		/* An answer that comes too late is none. */
		do {
			if (recv(fd, data, sizeof(data), 0) < 0) {
				missing++;
				break;
			}
		} while (memcmp(data, &i, sizeof(i)));
		if (i % 10 == 9)
			usleep(3000);
	}
	printf("%ld of %ld answers\n", count - missing, count);
	return missing != 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "answer"))
		return answer(argv[2]);
	if (argc == 7 && !strcmp(argv[1], "ask"))
		return ask(argv + 2);
	fprintf(stderr, "usage: busypoll answer PORT | ask ADDRESS PORT COUNT MICROSECONDS prefer|share\n");
	return 2;
}
