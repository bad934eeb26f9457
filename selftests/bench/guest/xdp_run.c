// SPDX-License-Identifier: GPL-2.0-only
/*
 * Has an XDP program on an interface until SIGTERM:
 *
 *	xdp_run INTERFACE OBJECT PROGRAM [SOCKETS]
 *
 * It is attached to the driver if that can, else to the stack ("generic XDP"). SOCKETS AF_XDP sockets, of as many queues, are put into
 * the object's map "sockets" and receive what comes, zero-copy if the driver can. Says on a line which it is, when all is ready, and at
 * the end how many frames came: to the sockets, or else by the count "seen" of the program; and how many were lost for want of room.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/if_link.h>
#include <linux/if_xdp.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define FRAMES	   4096
#define FRAME_SIZE 4096
#define MAX_QUEUES 16

struct ring {
	uint32_t *producer, *consumer, *flags;
	void *entries;
};

struct queue {
	int fd;
	struct ring rx, fill;
	unsigned long long frames;
};

static volatile sig_atomic_t ended;

static void end(int signal)
{
	ended = signal;
}

static void die(const char *what)
{
	fprintf(stderr, "xdp_run: %s: %s\n", what, strerror(errno));
	exit(1);
}

static struct ring map_ring(int fd, const struct xdp_ring_offset *offsets, size_t entry_size,
			    uint64_t page)
{
	char *memory = mmap(NULL, offsets->desc + FRAMES * entry_size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_POPULATE, fd, (off_t)page);

	if (memory == MAP_FAILED)
		die("mmap of a ring");
	return (struct ring){
		.producer = (void *)(memory + offsets->producer),
		.consumer = (void *)(memory + offsets->consumer),
		.flags = (void *)(memory + offsets->flags),
		.entries = memory + offsets->desc,
	};
}

/* The kernel lets go of an earlier socket's queue a while after that was closed. */
static int bind_patiently(int fd, const struct sockaddr_xdp *address)
{
	int tries = 500, err;

	do {
		err = bind(fd, (const struct sockaddr *)address, sizeof(*address));
	} while (err && errno == EBUSY && --tries && !usleep(10000));
	return err;
}

/*
 * The socket of a queue, all of its frames in the fill ring. "zero_copy" says what is to be tried,
 * and then what it is.
 */
static void open_queue(struct queue *queue, unsigned int ifindex, unsigned int number,
		       int *zero_copy)
{
	struct sockaddr_xdp address = {
		.sxdp_family = AF_XDP, .sxdp_ifindex = ifindex, .sxdp_queue_id = number};
	struct xdp_umem_reg memory = {.len = FRAMES * FRAME_SIZE, .chunk_size = FRAME_SIZE};
	int size = FRAMES;
	struct xdp_mmap_offsets offsets;
	socklen_t length = sizeof(offsets);
	void *area;
	uint32_t i;

	queue->fd = socket(AF_XDP, SOCK_RAW, 0);
	if (queue->fd < 0)
		die("socket");
	area = mmap(NULL, memory.len, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (area == MAP_FAILED)
		die("mmap");
	memory.addr = (uintptr_t)area;
	if (setsockopt(queue->fd, SOL_XDP, XDP_UMEM_REG, &memory, sizeof(memory)) ||
	    setsockopt(queue->fd, SOL_XDP, XDP_UMEM_FILL_RING, &size, sizeof(size)) ||
	    setsockopt(queue->fd, SOL_XDP, XDP_UMEM_COMPLETION_RING, &size, sizeof(size)) ||
	    setsockopt(queue->fd, SOL_XDP, XDP_RX_RING, &size, sizeof(size)) ||
	    getsockopt(queue->fd, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &length))
		die("setsockopt");
	queue->rx = map_ring(queue->fd, &offsets.rx, sizeof(struct xdp_desc), XDP_PGOFF_RX_RING);
	queue->fill = map_ring(queue->fd, &offsets.fr, sizeof(uint64_t), XDP_UMEM_PGOFF_FILL_RING);
	for (i = 0; i < FRAMES; i++)
		((uint64_t *)queue->fill.entries)[i] = (uint64_t)i * FRAME_SIZE;
	__atomic_store_n(queue->fill.producer, FRAMES, __ATOMIC_RELEASE);

	if (*zero_copy) {
		address.sxdp_flags = XDP_USE_NEED_WAKEUP | XDP_ZEROCOPY;
		if (!bind_patiently(queue->fd, &address))
			return;
		*zero_copy = 0;
	}
	address.sxdp_flags = XDP_USE_NEED_WAKEUP | XDP_COPY;
	if (bind_patiently(queue->fd, &address))
		die("bind");
}

/* Frames that came go back to the fill ring, which has room for all there are. */
static void drain(struct queue *queue)
{
	uint32_t produced = __atomic_load_n(queue->rx.producer, __ATOMIC_ACQUIRE);
	uint32_t consumed = *queue->rx.consumer;
	uint32_t fill = *queue->fill.producer;

	queue->frames += produced - consumed;
	for (; consumed != produced; consumed++, fill++) {
		struct xdp_desc *frame =
			(struct xdp_desc *)queue->rx.entries + (consumed & (FRAMES - 1));

		((uint64_t *)queue->fill.entries)[fill & (FRAMES - 1)] =
			frame->addr & ~(uint64_t)(FRAME_SIZE - 1);
	}
	__atomic_store_n(queue->rx.consumer, consumed, __ATOMIC_RELEASE);
	__atomic_store_n(queue->fill.producer, fill, __ATOMIC_RELEASE);
	if (__atomic_load_n(queue->fill.flags, __ATOMIC_RELAXED) & XDP_RING_NEED_WAKEUP)
		recvfrom(queue->fd, NULL, 0, MSG_DONTWAIT, NULL, NULL);
}

static struct bpf_object *load(const char *path, const char *name)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	struct bpf_program *program;

	if (!object)
		die(path);
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, !strcmp(bpf_program__name(program), name));
	if (bpf_object__load(object))
		die(path);
	return object;
}

/* The object's only variable. */
static unsigned long long seen(struct bpf_object *object)
{
	unsigned long long value = 0;
	struct bpf_map *map;
	uint32_t key = 0;

	bpf_object__for_each_map(map, object)
	{
		if (strstr(bpf_map__name(map), ".bss"))
			bpf_map_lookup_elem(bpf_map__fd(map), &key, &value);
	}
	return value;
}

static void receive(struct queue *queues, unsigned int count)
{
	struct pollfd polled[MAX_QUEUES];
	unsigned int i;

	for (i = 0; i < count; i++)
		polled[i] = (struct pollfd){.fd = queues[i].fd, .events = POLLIN};
	while (!ended) {
		if (poll(polled, count, -1) < 0)
			continue;
		for (i = 0; i < count; i++)
			drain(&queues[i]);
	}
}

static unsigned long long lost(const struct queue *queue)
{
	struct xdp_statistics statistics = {};
	socklen_t length = sizeof(statistics);

	if (getsockopt(queue->fd, SOL_XDP, XDP_STATISTICS, &statistics, &length))
		die("statistics");
	return statistics.rx_dropped + statistics.rx_ring_full;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = end};
	struct queue queues[MAX_QUEUES] = {};
	unsigned long long frames = 0, losses = 0;
	struct bpf_program *program;
	struct bpf_object *object;
	unsigned int ifindex, count, i;
	int native, zero_copy;

	ifindex = argc == 4 || argc == 5 ? if_nametoindex(argv[1]) : 0;
	count = argc == 5 ? strtoul(argv[4], NULL, 0) : 0;
	if (!ifindex || count > MAX_QUEUES) {
		fprintf(stderr, "usage: xdp_run INTERFACE OBJECT PROGRAM [SOCKETS]\n");
		return 2;
	}
	sigaction(SIGTERM, &action, NULL);
	object = load(argv[2], argv[3]);
	program = bpf_object__find_program_by_name(object, argv[3]);
	if (!program)
		die(argv[3]);

	native = !bpf_xdp_attach((int)ifindex, bpf_program__fd(program), XDP_FLAGS_DRV_MODE, NULL);
	if (!native &&
	    bpf_xdp_attach((int)ifindex, bpf_program__fd(program), XDP_FLAGS_SKB_MODE, NULL))
		die("no program can be attached");
	zero_copy = native;
	for (i = 0; i < count; i++) {
		open_queue(&queues[i], ifindex, i, &zero_copy);
		if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(object, "sockets"), &i,
					&queues[i].fd, BPF_ANY))
			die("sockets");
	}
	printf("%s XDP%s\n", native ? "native" : "generic",
	       !count	   ? ""
	       : zero_copy ? ", zero-copy"
			   : ", copy mode");
	fflush(stdout);

	receive(queues, count);

	for (i = 0; i < count; i++) {
		frames += queues[i].frames;
		losses += lost(&queues[i]);
	}
	bpf_xdp_detach((int)ifindex, native ? XDP_FLAGS_DRV_MODE : XDP_FLAGS_SKB_MODE, NULL);
	printf("%llu frames, %llu lost\n", count ? frames : seen(object), losses);
	return 0;
}
