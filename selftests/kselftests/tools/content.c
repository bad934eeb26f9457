// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bytes that both ends know are sent through sockets in every shape that an skb can have, and compared at the other end.
 *
 *	content serve PORT
 *	content send ADDRESS PORT BYTES MSS HOW [options]
 *	content datagrams ADDRESS PORT LARGEST HOW [options]
 *
 * "serve" prints "ready" and then serves TCP connections and datagrams until killed; it answers with what it has counted.
 * "send" sends BYTES over TCP with segments of at most MSS bytes (0: as the route has it).
 * "datagrams" sends a UDP datagram of each length up to LARGEST, again when no answer comes: one that never arrives is a fault.
 * HOW     write     from one buffer
 *         a number  in pieces of at most so many bytes, each in a page of its own
 * options           the IP header has IPv4 options, or IPv6 destination options
 * The exit status is 1 if anything was lost or changed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define PERIOD		65521
#define BUFFER		(4 * PERIOD)
#define PAGE		4096
/* Of an skb, beside its head. */
#define PIECES		17
#define ROUNDS		16
#define TRIES		20

static uint8_t pattern[BUFFER];

/* Byte n of every stream; a datagram of n bytes begins with byte n. */
static void make_pattern(void)
{
	uint32_t value = 1;
	unsigned int i;

	for (i = 0; i < BUFFER; i++) {
		if (i % PERIOD == 0)
			value = 1;
		value = value * 1103515245 + 12345;
		pattern[i] = value >> 16;
	}
}

static int fail(const char *what)
{
	fprintf(stderr, "content: %s: %s\n", what, strerror(errno));
	return 1;
}

static bool parse(const char *address, const char *port, struct sockaddr_in6 *to, socklen_t *size)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)to;

	memset(to, 0, sizeof(*to));
	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(atoi(port));
		*size = sizeof(*v4);
		return true;
	}
	to->sin6_family = AF_INET6;
	to->sin6_port = htons(atoi(port));
	*size = sizeof(*to);
	return inet_pton(AF_INET6, address, &to->sin6_addr) == 1;
}

static int set_ip_options(int fd, int family)
{
	/* No operation, eight times; a header of 8 bytes full of padding. */
	static const uint8_t options4[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
	static const uint8_t options6[8] = { 0, 0, 1, 4 };

	if (family == AF_INET)
		return setsockopt(fd, IPPROTO_IP, IP_OPTIONS, options4, sizeof(options4));
	return setsockopt(fd, IPPROTO_IPV6, IPV6_DSTOPTS, options6, sizeof(options6));
}

/* ---- serve ---- */

static int serve_stream(int listener)
{
	static uint8_t data[BUFFER];
	int fd = accept(listener, NULL, NULL);
	uint64_t right = 0, got = 0;
	ssize_t length;

	if (fd < 0)
		return fail("accept");
	while ((length = read(fd, data, PERIOD)) > 0) {
		if (right == got && !memcmp(data, pattern + got % PERIOD, length))
			right += length;
		got += length;
	}
	if (right != got)
		fprintf(stderr, "content: of %llu bytes only the first %llu are right, or less\n", (unsigned long long)got,
			(unsigned long long)right);
	if (write(fd, &right, sizeof(right)) < 0)
		perror("content: write");
	close(fd);
	return 0;
}

static void serve_datagram(int fd)
{
	static uint8_t data[BUFFER];
	struct sockaddr_in6 from;
	socklen_t size = sizeof(from);
	ssize_t length = recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&from, &size);
	uint32_t answer[2] = { length, 1 };

	if (length < 0)
		return;
	if (memcmp(data, pattern + length % PERIOD, length)) {
		fprintf(stderr, "content: a datagram of %zd bytes has changed\n", length);
		answer[1] = 0;
	}
	sendto(fd, answer, sizeof(answer), 0, (struct sockaddr *)&from, size);
}

static int serve(const char *port)
{
	struct sockaddr_in6 local = { .sin6_family = AF_INET6, .sin6_port = htons(atoi(port)) };
	int on = 1, listener = socket(AF_INET6, SOCK_STREAM, 0), datagrams = socket(AF_INET6, SOCK_DGRAM, 0);
	struct pollfd wait[] = { { .fd = listener, .events = POLLIN }, { .fd = datagrams, .events = POLLIN } };

	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(listener, (struct sockaddr *)&local, sizeof(local)) || listen(listener, 4) ||
	    bind(datagrams, (struct sockaddr *)&local, sizeof(local)))
		return fail("bind");
	puts("ready");
	fflush(stdout);
	for (;;) {
		if (poll(wait, 2, -1) < 0)
			return fail("poll");
		if (wait[0].revents && serve_stream(listener))
			return 1;
		if (wait[1].revents)
			serve_datagram(datagrams);
	}
}

/* ---- pieces: memory of which no two neighbours lie in one page ---- */

static uint8_t *pages;
static unsigned int round;

static bool make_pages(void)
{
	pages = mmap(NULL, PIECES * ROUNDS * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	return pages != MAP_FAILED;
}

/* Fills @vectors with the next @bytes of the pattern at most; how many bytes they hold. */
static size_t fill_pieces(struct iovec *vectors, unsigned int *count, uint64_t at, size_t bytes, unsigned int largest)
{
	size_t filled = 0;
	unsigned int i;

	round = (round + 1) % ROUNDS;
	for (i = 0; i < PIECES && filled < bytes; i++) {
		size_t length = 1 + (at + filled) % largest;

		if (length > bytes - filled)
			length = bytes - filled;
		vectors[i].iov_base = pages + (round * PIECES + i) * PAGE + (at + i * 61) % (PAGE - length);
		vectors[i].iov_len = length;
		memcpy(vectors[i].iov_base, pattern + (at + filled) % PERIOD, length);
		filled += length;
	}
	*count = i;
	return filled;
}

/* Through a pipe, so that the socket takes the pages as they are. */
static ssize_t splice_pieces(int fd, int *pipe, struct iovec *vectors, unsigned int count, size_t bytes)
{
	size_t left = bytes;

	while (count) {
		ssize_t moved = vmsplice(pipe[1], vectors, count, 0);

		if (moved <= 0)
			return -1;
		while (count && (size_t)moved >= vectors->iov_len) {
			moved -= vectors->iov_len;
			vectors++;
			count--;
		}
		if (moved) {
			vectors->iov_base = (uint8_t *)vectors->iov_base + moved;
			vectors->iov_len -= moved;
		}
	}
	while (left) {
		ssize_t moved = splice(pipe[0], NULL, fd, NULL, left, 0);

		if (moved <= 0)
			return -1;
		left -= moved;
	}
	return bytes;
}

/* ---- send ---- */

/* Until the other end has everything. */
static void wait_until_acknowledged(int fd)
{
	int bytes;

	while (!ioctl(fd, SIOCOUTQ, &bytes) && bytes)
		usleep(100);
}

static int send_stream(const char *address, const char *port, uint64_t bytes, int mss, const char *how, bool options)
{
	const bool whole = !strcmp(how, "write");
	struct iovec vectors[PIECES];
	uint64_t sent = 0, right = 0;
	struct sockaddr_in6 to;
	int fd, on = 1, pipe_fd[2];
	socklen_t size;
	ssize_t length;

	if (!parse(address, port, &to, &size))
		return fail(address);
	fd = socket(to.sin6_family, SOCK_STREAM, 0);
	if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) ||
	    (mss && setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &mss, sizeof(mss))) ||
	    (options && set_ip_options(fd, to.sin6_family)) || pipe(pipe_fd) ||
	    fcntl(pipe_fd[1], F_SETPIPE_SZ, 2 * PIECES * PAGE) < 0 || !make_pages())
		return fail("socket");
	if (connect(fd, (struct sockaddr *)&to, size))
		return fail("connect");
	while (sent < bytes) {
		uint64_t left = bytes - sent;

		if (whole) {
			length = write(fd, pattern + sent % PERIOD, left < 3 * PERIOD ? left : 3 * PERIOD);
		} else {
			unsigned int count;

			/* The pages are used again: what was in them must not be needed any more. */
			if (round == ROUNDS - 1)
				wait_until_acknowledged(fd);
			length = fill_pieces(vectors, &count, sent, left, atoi(how));
			length = splice_pieces(fd, pipe_fd, vectors, count, length);
		}
		if (length <= 0)
			return fail("write");
		sent += length;
	}
	shutdown(fd, SHUT_WR);
	if (read(fd, &right, sizeof(right)) != sizeof(right))
		return fail("no answer");
	if (right != bytes)
		fprintf(stderr, "content: %llu bytes of %llu are right\n", (unsigned long long)right, (unsigned long long)bytes);
	return right != bytes;
}

/* ---- datagrams ---- */

/* Tells of pages that the socket has done with. */
static void drain_errors(int fd)
{
	char control[256];
	struct msghdr message = { .msg_control = control, .msg_controllen = sizeof(control) };

	while (recvmsg(fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) >= 0)
		message.msg_controllen = sizeof(control);
}

static bool answered(int fd, uint32_t length, bool *right)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	uint32_t answer[2];

	for (;;) {
		drain_errors(fd);
		if (poll(&wait, 1, 200) <= 0)
			return false;
		if (recv(fd, answer, sizeof(answer), MSG_DONTWAIT) != sizeof(answer) || answer[0] != length)
			continue;
		*right = answer[1];
		return true;
	}
}

static int send_datagrams(const char *address, const char *port, uint32_t largest, const char *how, bool options)
{
	const bool whole = !strcmp(how, "write");
	struct iovec vectors[PIECES];
	uint32_t length, wrong = 0;
	struct sockaddr_in6 to;
	int fd, on = 1;
	socklen_t size;

	if (!parse(address, port, &to, &size))
		return fail(address);
	fd = socket(to.sin6_family, SOCK_DGRAM, 0);
	if ((options && set_ip_options(fd, to.sin6_family)) || !make_pages() ||
	    setsockopt(fd, SOL_SOCKET, SO_ZEROCOPY, &on, sizeof(on)) || connect(fd, (struct sockaddr *)&to, size))
		return fail("socket");
	for (length = 0; length <= largest; length++) {
		struct msghdr message = { .msg_iov = vectors };
		bool right = false;
		unsigned int try, count = 1;

		if (whole) {
			vectors[0] = (struct iovec){ pattern + length % PERIOD, length };
		} else {
			size_t filled = fill_pieces(vectors, &count, length, length, atoi(how));

			/* The last piece takes what is left. */
			if (filled < length) {
				struct iovec *last = &vectors[count - 1];

				*last = (struct iovec){ pattern + (length + filled - last->iov_len) % PERIOD,
							length - filled + last->iov_len };
			}
		}
		message.msg_iovlen = count;
		for (try = 0; try < TRIES; try++) {
			if (sendmsg(fd, &message, whole ? 0 : MSG_ZEROCOPY) != (ssize_t)length)
				return fail("sendmsg");
			if (answered(fd, length, &right))
				break;
		}
		if (!right) {
			fprintf(stderr, "content: a datagram of %u bytes %s\n", length, try < TRIES ? "changes" : "never arrives");
			if (++wrong == 10)
				break;
		}
	}
	return wrong != 0;
}

int main(int argc, char **argv)
{
	const bool options = argc > 5 && !strcmp(argv[argc - 1], "options");

	argc -= options;
	make_pattern();
	if (argc == 3 && !strcmp(argv[1], "serve"))
		return serve(argv[2]);
	if (argc == 7 && !strcmp(argv[1], "send"))
		return send_stream(argv[2], argv[3], strtoull(argv[4], NULL, 0), atoi(argv[5]), argv[6], options);
	if (argc == 6 && !strcmp(argv[1], "datagrams"))
		return send_datagrams(argv[2], argv[3], strtoul(argv[4], NULL, 0), argv[5], options);
	fprintf(stderr, "usage: content serve PORT\n"
			"       content send ADDRESS PORT BYTES MSS HOW [options]\n"
			"       content datagrams ADDRESS PORT LARGEST HOW [options]\n");
	return 2;
}
