// SPDX-License-Identifier: GPL-2.0-only
/*
 * Leaves the machine's free memory in single pages: takes all that a process gets, gives every other page back, and takes what larger
 * blocks there still are away, once or, until killed, every second. Prints "ready" and the free blocks by order.
 *
 *	fragment once|always
 */
#define _GNU_SOURCE
#include <linux/if_packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 4096
#define ORDERS 11
/* Memory is taken so much at a time between two looks at what is left. */
#define STEP (256 << 10)
#define AT_MOST (8UL << 30)
/* More than the kernel keeps for itself, in kilobytes: somebody has to go on. */
#define KEEP (8 << 10)

static long free_kilobytes(void)
{
	FILE *file = fopen("/proc/meminfo", "r");
	char line[128];
	long kilobytes = 0;

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "MemFree: %ld", &kilobytes) == 1)
			break;
	}
	if (file)
		fclose(file);
	return kilobytes;
}

/* Below these watermarks the kernel looks for somebody to end. */
static long reserved_kilobytes(void)
{
	FILE *file = fopen("/proc/zoneinfo", "r");
	char line[256];
	long sum = 0, pages;

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, " high %ld", &pages) == 1)
			sum += pages * (PAGE >> 10);
	}
	if (file)
		fclose(file);
	return sum;
}

/* Free blocks by order, of all zones. */
static void free_blocks(long *blocks)
{
	FILE *file = fopen("/proc/buddyinfo", "r");
	char line[512];

	memset(blocks, 0, ORDERS * sizeof(*blocks));
	while (file && fgets(line, sizeof(line), file)) {
		char *at = strstr(line, "zone");
		int order, length = 0;

		if (!at || sscanf(at, "zone %*s%n", &length) < 0)
			continue;
		at += length;
		for (order = 0; order < ORDERS; order++)
			blocks[order] += strtol(at, &at, 10);
	}
	if (file)
		fclose(file);
}

/* The rings of packet sockets are made of blocks of the order that one asks for. They are kept, and so is their socket. */
static void take_blocks(long leave)
{
	int order;

	for (order = ORDERS - 1; order > 0; order--) {
		struct tpacket_req ring = { .tp_block_size = PAGE << order, .tp_frame_size = PAGE << order };
		long blocks[ORDERS];
		int fd;

		free_blocks(blocks);
		if (!blocks[order] || free_kilobytes() - (blocks[order] << order) * (PAGE >> 10) < leave)
			continue;
		ring.tp_block_nr = ring.tp_frame_nr = blocks[order];
		fd = socket(AF_PACKET, SOCK_RAW, 0);
		/* Without such a ring the blocks stay: somebody else was faster. */
		if (fd >= 0 && setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof(ring)) < 0)
			close(fd);
	}
}

int main(int argc, char **argv)
{
	long leave, blocks[ORDERS];
	size_t taken = 0, at;
	char *memory;
	int round;

	if (argc != 2 || (strcmp(argv[1], "once") && strcmp(argv[1], "always"))) {
		fprintf(stderr, "usage: fragment once|always\n");
		return 2;
	}
	leave = reserved_kilobytes() + KEEP;
	memory = mmap(NULL, AT_MOST, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED || madvise(memory, AT_MOST, MADV_NOHUGEPAGE) < 0) {
		perror("fragment");
		return 1;
	}
	for (; taken < AT_MOST && free_kilobytes() > leave; taken += STEP) {
		for (at = 0; at < STEP; at += PAGE)
			memory[taken + at] = 1;
	}
	for (at = 0; at < taken; at += 2 * PAGE)
		madvise(memory + at, PAGE, MADV_DONTNEED);
	/* Only what is there: locking the rest would bring it back. The kernel may be told not to move what is locked. */
	if (syscall(SYS_mlock2, memory, taken, MLOCK_ONFAULT) < 0) {
		perror("fragment: mlock2");
		return 1;
	}
	for (round = 0; round < 3; round++)
		take_blocks(leave);
	free_blocks(blocks);
	printf("ready, keeps %zu MiB, free by order:", taken >> 21);
	for (round = 0; round < ORDERS; round++)
		printf(" %ld", blocks[round]);
	puts("");
	fflush(stdout);
	for (;;) {
		sleep(1);
		if (!strcmp(argv[1], "always"))
			take_blocks(leave);
	}
}
