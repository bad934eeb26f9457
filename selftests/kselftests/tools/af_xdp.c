// SPDX-License-Identifier: GPL-2.0-only
/*
 * An AF_XDP socket on one queue of an interface, which receives, sends or echoes frames of known contents (pattern.h).
 *
 *	af_xdp [OPTION]... receive INTERFACE QUEUE COUNT MILLISECONDS
 *	af_xdp [OPTION]... send INTERFACE QUEUE DESTINATION COUNT SIZE
 *	af_xdp [OPTION]... echo INTERFACE QUEUE MILLISECONDS
 *	af_xdp [OPTION]... bind INTERFACE QUEUE
 *
 *	-o OBJECT   attaches its program "socket", which stays attached, and puts the socket into its map "sockets"
 *	-c          copy mode, else zero-copy mode is insisted on
 *	-p          polls: does not ask the kernel to say when it needs to be woken up
 *	-k BYTES    size of a chunk, 4096
 *	-r BYTES    headroom of a chunk, 0
 *	-b COUNT    buffers, 4096; with few of them the fill ring runs dry
 *	-t SECONDS  for sending, 10
 *	-s          sends all frames with a single system call, so at most as many as the ring has room for
 *
 * It prints "ready" when it is bound, "waiting" when it has sent frames of which none was completed for half a second, and in the end how
 * many frames it received and how many of them were intact, or how many were sent and completed; SIGTERM is an early end. System calls are
 * made only when the kernel asks for one, so that a missing wakeup shows.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/if_link.h>
#include <linux/if_xdp.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limit.h"
#include "pattern.h"

#define RING 2048
/* Milliseconds without a frame that is completed, after which those that were sent are waiting. */
#define WAITING 500
/* A tenth of a second apart. */
#define BIND_TRIES 50

struct ring {
	uint32_t *producer, *consumer, *flags;
	void *elements;
	uint32_t mine;
};

static struct ring fill, completion, receive, transmit;
static unsigned char *memory;
static uint64_t *idle;
static unsigned int idle_count;
static unsigned int chunk = 4096, headroom, buffers = 4096, send_seconds = 10, wakeup = XDP_USE_NEED_WAKEUP, mode = XDP_ZEROCOPY;
/* Frames that may be on their way: the receiver may be slow, and on the same processor. */
static unsigned int window = 256;
static int fd, single;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* ---- set-up ---- */

static void map_ring(struct ring *ring, int option, off_t page, const struct xdp_ring_offset *offset, size_t element)
{
	int size = RING;
	char *base;

	if (setsockopt(fd, SOL_XDP, option, &size, sizeof(size)))
		fail("ring");
	base = mmap(NULL, offset->desc + RING * element, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, page);
	if (base == MAP_FAILED)
		fail("mmap of a ring");
	ring->producer = (uint32_t *)(base + offset->producer);
	ring->consumer = (uint32_t *)(base + offset->consumer);
	ring->flags = (uint32_t *)(base + offset->flags);
	ring->elements = base + offset->desc;
}

static void make_socket(void)
{
	struct xdp_umem_reg umem = { .len = (uint64_t)buffers * chunk, .chunk_size = chunk, .headroom = headroom };
	struct xdp_mmap_offsets offsets;
	socklen_t size = sizeof(offsets);
	unsigned int i;

	fd = socket(AF_XDP, SOCK_RAW, 0);
	if (fd < 0)
		fail("AF_XDP");
	memory = mmap(NULL, umem.len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	idle = calloc(buffers, sizeof(*idle));
	if (memory == MAP_FAILED || !idle)
		fail("memory");
	umem.addr = (uint64_t)(uintptr_t)memory;
	if (setsockopt(fd, SOL_XDP, XDP_UMEM_REG, &umem, sizeof(umem)))
		fail("umem");
	if (getsockopt(fd, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &size))
		fail("offsets");
	map_ring(&fill, XDP_UMEM_FILL_RING, XDP_UMEM_PGOFF_FILL_RING, &offsets.fr, sizeof(uint64_t));
	map_ring(&completion, XDP_UMEM_COMPLETION_RING, XDP_UMEM_PGOFF_COMPLETION_RING, &offsets.cr, sizeof(uint64_t));
	map_ring(&receive, XDP_RX_RING, XDP_PGOFF_RX_RING, &offsets.rx, sizeof(struct xdp_desc));
	map_ring(&transmit, XDP_TX_RING, XDP_PGOFF_TX_RING, &offsets.tx, sizeof(struct xdp_desc));
	for (i = 0; i < buffers; i++)
		idle[idle_count++] = (uint64_t)i * chunk;
}

static void bind_socket(const char *interface, unsigned int queue)
{
	struct sockaddr_xdp address = {
		.sxdp_family = AF_XDP,
		.sxdp_flags = mode | wakeup,
		.sxdp_ifindex = if_nametoindex(interface),
		.sxdp_queue_id = queue,
	};
	struct xdp_options options;
	socklen_t size = sizeof(options);
	int tries = BIND_TRIES;

	/* The kernel lets go of a closed socket's queue some time after its process has ended. */
	while (bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		if (errno != EBUSY || !tries--)
			fail("bind");
		usleep(100000);
	}
	if (getsockopt(fd, SOL_XDP, XDP_OPTIONS, &options, &size))
		fail("options");
	if (!(options.flags & XDP_OPTIONS_ZEROCOPY) != (mode == XDP_COPY)) {
		fprintf(stderr, "af_xdp: the mode is not the one asked for\n");
		exit(1);
	}
}

static void attach_program(const char *interface, unsigned int queue, const char *path)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	struct bpf_program *program, *other;
	struct bpf_map *map;

	program = object ? bpf_object__find_program_by_name(object, "socket") : NULL;
	map = object ? bpf_object__find_map_by_name(object, "sockets") : NULL;
	if (!program || !map)
		fail(path);
	bpf_object__for_each_program(other, object)
		bpf_program__set_autoload(other, other == program);
	if (bpf_object__load(object) || bpf_map_update_elem(bpf_map__fd(map), &queue, &fd, BPF_ANY) ||
	    bpf_xdp_attach(if_nametoindex(interface), bpf_program__fd(program), XDP_FLAGS_DRV_MODE, NULL))
		fail("program");
}

/* ---- rings ---- */

static unsigned int free_slots(const struct ring *ring)
{
	return RING - (ring->mine - __atomic_load_n(ring->consumer, __ATOMIC_ACQUIRE));
}

static unsigned int filled_slots(const struct ring *ring)
{
	return __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE) - ring->mine;
}

static void publish(struct ring *ring)
{
	__atomic_store_n(ring->producer, ring->mine, __ATOMIC_RELEASE);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static void release(struct ring *ring)
{
	__atomic_store_n(ring->consumer, ring->mine, __ATOMIC_RELEASE);
}

static int wants_wakeup(const struct ring *ring)
{
	return __atomic_load_n(ring->flags, __ATOMIC_RELAXED) & XDP_RING_NEED_WAKEUP;
}

static void fill_up(void)
{
	uint64_t *addresses = fill.elements;
	unsigned int room = free_slots(&fill);

	/* Without the flag the kernel looks for itself. */
	for (; idle_count && room; room--)
		addresses[fill.mine++ % RING] = idle[--idle_count];
	publish(&fill);
	if (wants_wakeup(&fill))
		recvfrom(fd, NULL, 0, MSG_DONTWAIT, NULL, NULL);
}

static void kick(void)
{
	static int kicked;

	if (single && kicked++)
		return;
	if ((!wakeup || single || wants_wakeup(&transmit)) && sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0) < 0 && errno != EAGAIN &&
	    errno != EBUSY && errno != ENOBUFS && errno != ENETDOWN)
		fail("send");
}

/* How many buffers came back from being sent. */
static unsigned int reclaim(void)
{
	const uint64_t *addresses = completion.elements;
	unsigned int count = filled_slots(&completion), i;

	for (i = 0; i < count; i++)
		idle[idle_count++] = addresses[completion.mine++ % RING] / chunk * chunk;
	release(&completion);
	return count;
}

/* ---- what it does ---- */

static int do_receive(unsigned long count, long limit)
{
	const long end = milliseconds() + limit;
	unsigned long seen = 0, intact = 0;

	while (seen < count && !limit_stopped && milliseconds() < end) {
		const struct xdp_desc *descriptors = receive.elements;
		unsigned int got = filled_slots(&receive);

		fill_up();
		if (!got)
			usleep(100);
		for (; got; got--) {
			const struct xdp_desc *descriptor = &descriptors[receive.mine++ % RING];

			seen++;
			intact += pattern_is_intact(memory + descriptor->addr, descriptor->len);
			idle[idle_count++] = descriptor->addr / chunk * chunk;
		}
		release(&receive);
	}
	printf("%lu %lu\n", seen, intact);
	return 0;
}

static int do_send(const char *interface, const char *destination_text, unsigned long count, size_t size)
{
	unsigned char destination[ETH_ALEN];
	struct xdp_desc *descriptors = transmit.elements;
	const long end = milliseconds() + send_seconds * 1000L;
	unsigned long sent = 0, completed = 0;
	struct ifreq request = { 0 };
	long waiting_from = milliseconds() + WAITING;
	int waiting = 0;

	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (!pattern_parse_address(destination_text, destination) || size > chunk || ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCGIFHWADDR, &request))
		fail(interface);
	while (completed < count && milliseconds() < end) {
		const unsigned long before = completed + sent;
		unsigned int room = free_slots(&transmit);

		for (; room && idle_count && sent < count && sent - completed < window; room--) {
			struct xdp_desc *descriptor = &descriptors[transmit.mine++ % RING];
			unsigned char *frame = memory + idle[--idle_count];

			/* As long as user space likes, also too short. */
			pattern_fill(frame, size < PATTERN_MIN ? PATTERN_MIN : size, destination,
				     (unsigned char *)request.ifr_hwaddr.sa_data, sent);
			*descriptor = (struct xdp_desc){ .addr = idle[idle_count], .len = size };
			sent++;
		}
		publish(&transmit);
		kick();
		completed += reclaim();
		if (before != completed + sent) {
			waiting_from = milliseconds() + WAITING;
			continue;
		}
		if (!waiting && milliseconds() > waiting_from) {
			waiting = 1;
			puts("waiting");
			fflush(stdout);
		}
		usleep(100);
	}
	printf("%lu %lu\n", sent, completed);
	return 0;
}

/* In place: what was received is sent from where it is. What is on its way when the end comes gets a second. */
static int do_echo(long limit)
{
	long end = milliseconds() + limit;
	unsigned long seen = 0, completed = 0;

	while (milliseconds() < end) {
		if (limit_stopped && seen == completed)
			break;
		if (limit_stopped && end > milliseconds() + 1000)
			end = milliseconds() + 1000;
		const struct xdp_desc *from = receive.elements;
		struct xdp_desc *to = transmit.elements;
		unsigned int got = filled_slots(&receive);
		unsigned int room = free_slots(&transmit);

		fill_up();
		completed += reclaim();
		if (!got)
			usleep(100);
		for (; got && room; got--, room--) {
			const struct xdp_desc descriptor = from[receive.mine++ % RING];
			struct ether_header *header = (void *)(memory + descriptor.addr);
			unsigned char address[ETH_ALEN];

			memcpy(address, header->ether_dhost, ETH_ALEN);
			memcpy(header->ether_dhost, header->ether_shost, ETH_ALEN);
			memcpy(header->ether_shost, address, ETH_ALEN);
			to[transmit.mine++ % RING] = (struct xdp_desc){ .addr = descriptor.addr, .len = descriptor.len };
			seen++;
		}
		release(&receive);
		publish(&transmit);
		if (seen != completed)
			kick();
	}
	printf("%lu %lu\n", seen, completed);
	return 0;
}

static int usage(void)
{
	fprintf(stderr, "usage: af_xdp [-cps] [-o OBJECT] [-k BYTES] [-r BYTES] [-b COUNT] [-t SECONDS] receive INTERFACE QUEUE COUNT MILLISECONDS\n"
			"                                                                    send INTERFACE QUEUE DESTINATION COUNT SIZE\n"
			"                                                                    echo INTERFACE QUEUE MILLISECONDS\n"
			"                                                                    bind INTERFACE QUEUE\n");
	return 2;
}

int main(int argc, char **argv)
{
	const char *object = NULL;
	unsigned int queue;
	int option;

	while ((option = getopt(argc, argv, "o:cpk:r:b:st:")) != -1) {
		switch (option) {
		case 'o': object = optarg; break;
		case 'c': mode = XDP_COPY; break;
		case 'p': wakeup = 0; break;
		case 'k': chunk = strtoul(optarg, NULL, 0); break;
		case 'r': headroom = strtoul(optarg, NULL, 0); break;
		case 'b': buffers = strtoul(optarg, NULL, 0); break;
		case 't': send_seconds = strtoul(optarg, NULL, 0); break;
		case 's': single = 1; break;
		default: return usage();
		}
	}
	if (single)
		window = RING;
	argv += optind;
	argc -= optind;
	if (argc < 3 || !chunk)
		return usage();
	queue = strtoul(argv[2], NULL, 0);
	make_socket();
	bind_socket(argv[1], queue);
	if (strcmp(argv[0], "send"))
		fill_up();
	if (object)
		attach_program(argv[1], queue, object);
	limit_obey_sigterm();
	puts("ready");
	fflush(stdout);
	if (argc == 5 && !strcmp(argv[0], "receive"))
		return do_receive(strtoul(argv[3], NULL, 0), strtol(argv[4], NULL, 0));
	if (argc == 6 && !strcmp(argv[0], "send"))
		return do_send(argv[1], argv[3], strtoul(argv[4], NULL, 0), strtoul(argv[5], NULL, 0));
	if (argc == 4 && !strcmp(argv[0], "echo"))
		return do_echo(strtol(argv[3], NULL, 0));
	return !strcmp(argv[0], "bind") ? 0 : usage();
}
