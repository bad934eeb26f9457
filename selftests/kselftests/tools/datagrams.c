// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbered UDP datagrams, so that it can be said how many were lost or came twice while something was changed.
 *
 *	datagrams send ADDRESS PORT MICROSECONDS    one every so often; when it is told to end (SIGTERM) it prints how many
 *	datagrams burst ADDRESS PORT COUNT          so many at once; prints "waiting" while their memory is in use half a second later, and
 *	                                           "free" when it no longer is
 *	datagrams receive ADDRESS PORT              prints "ready"; then, whenever a datagram with the number 2^32 - 1 comes, how many
 *	                                           different ones it has had, how many of them more than once, and how many
 *	                                           numbers in a row it missed at most
 *	datagrams ask ADDRESS PORT                  sends that datagram
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_NUMBERS	(1 << 22)
#define QUESTION	UINT32_MAX
#define BUFFER		(4 << 20)
/* More than is copied. */
#define BURST_SIZE	1000

static volatile sig_atomic_t ended;

static void finish(int number)
{
	ended = number;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int open_socket(const char *address, const char *port, struct sockaddr_in *name)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	memset(name, 0, sizeof(*name));
	name->sin_family = AF_INET;
	name->sin_port = htons(atoi(port));
	if (fd < 0 || inet_pton(AF_INET, address, &name->sin_addr) != 1)
		fail(address);
	return fd;
}

static int run_send(int fd, const struct sockaddr_in *name, long microseconds)
{
	const struct timespec pause = { microseconds / 1000000, microseconds % 1000000 * 1000 };
	uint32_t number = 0;

	signal(SIGTERM, finish);
	while (!ended && number < MAX_NUMBERS) {
		uint32_t data[16] = { htonl(number) };

		if (sendto(fd, data, sizeof(data), 0, (const struct sockaddr *)name, sizeof(*name)) == sizeof(data))
			number++;
		else if (errno != EINTR && errno != ENOBUFS)
			fail("send");
		nanosleep(&pause, NULL);
	}
	printf("%u\n", number);
	return 0;
}

static int run_burst(int fd, const struct sockaddr_in *name, uint32_t count)
{
	const struct timespec pause = { 0, 100000000 };
	int size = BUFFER, used, looks;
	uint32_t number;

	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)))
		fail("SO_SNDBUFFORCE");
	for (number = 0; number < count; number++) {
		uint32_t data[BURST_SIZE / sizeof(uint32_t)] = { htonl(number) };

		if (sendto(fd, data, sizeof(data), 0, (const struct sockaddr *)name, sizeof(*name)) != sizeof(data))
			fail("send");
	}
	for (looks = 0; !ioctl(fd, SIOCOUTQ, &used) && used; looks++) {
		if (looks == 5) {
			puts("waiting");
			fflush(stdout);
		}
		nanosleep(&pause, NULL);
	}
	puts("free");
	return 0;
}

static unsigned char seen[MAX_NUMBERS];

static uint32_t longest_gap(uint32_t end)
{
	uint32_t number, gap = 0, longest = 0;

	for (number = 0; number < end; number++) {
		gap = seen[number] ? 0 : gap + 1;
		longest = gap > longest ? gap : longest;
	}
	return longest;
}

static void run_receive(int fd, const struct sockaddr_in *name)
{
	uint32_t different = 0, twice = 0, end = 0;
	int size = BUFFER;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    bind(fd, (const struct sockaddr *)name, sizeof(*name)))
		fail("bind");
	puts("ready");
	fflush(stdout);
	for (;;) {
		uint32_t data[BURST_SIZE / sizeof(uint32_t)], number;

		if (recv(fd, data, sizeof(data), 0) < (ssize_t)sizeof(number))
			continue;
		number = ntohl(data[0]);
		if (number == QUESTION) {
			printf("%u %u %u\n", different, twice, longest_gap(end));
			fflush(stdout);
		} else if (number < MAX_NUMBERS) {
			different += !seen[number];
			twice += seen[number] == 1;
			seen[number] += seen[number] < 2;
			end = number < end ? end : number + 1;
		}
	}
}

int main(int argc, char **argv)
{
	const uint32_t question = QUESTION;
	struct sockaddr_in name;
	int fd;

	if (argc < 4) {
		fprintf(stderr, "usage: datagrams send|burst|receive|ask ADDRESS PORT [MICROSECONDS|COUNT]\n");
		return 2;
	}
	fd = open_socket(argv[2], argv[3], &name);
	if (!strcmp(argv[1], "receive"))
		run_receive(fd, &name);
	if (!strcmp(argv[1], "ask"))
		return sendto(fd, &question, sizeof(question), 0, (struct sockaddr *)&name, sizeof(name)) < 0;
	if (!strcmp(argv[1], "burst"))
		return run_burst(fd, &name, argc > 4 ? atol(argv[4]) : 100);
	return run_send(fd, &name, argc > 4 ? atol(argv[4]) : 1000);
}
