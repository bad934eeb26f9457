// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel's netlink family "netdev" says of an interface's queues, a line for each thing:
 *
 *	queues INTERFACE
 *
 *	queue rx 0 napi 8193
 *	napi 8193 irq 26
 *	stats rx 0 rx-packets 17
 *	stats all rx-packets 17
 *
 * Exit status 4: the kernel does not have it.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SKIP 4

/* The family's numbers, which the C library's kernel headers are too old for. */
enum { CMD_QUEUE_GET = 10, CMD_NAPI_GET = 11, CMD_QSTATS_GET = 12 };
enum { QUEUE_ID = 1, QUEUE_IFINDEX = 2, QUEUE_TYPE = 3, QUEUE_NAPI_ID = 4 };
enum { NAPI_IFINDEX = 1, NAPI_ID = 2, NAPI_IRQ = 3 };
enum { QSTATS_IFINDEX = 1, QSTATS_QUEUE_TYPE = 2, QSTATS_QUEUE_ID = 3, QSTATS_SCOPE = 4 };
enum { SCOPE_QUEUE = 1 };
#define ATTRIBUTES 64

static const char *const counters[ATTRIBUTES] = {
	[8] = "rx-packets", [9] = "rx-bytes", [10] = "tx-packets", [11] = "tx-bytes", [12] = "rx-alloc-fail",
	[30] = "tx-stop", [31] = "tx-wake",
};

struct request {
	struct nlmsghdr header;
	struct genlmsghdr command;
	char attributes[64];
};

static int fd;
static uint16_t family;

static void add(struct request *request, uint16_t type, const void *data, size_t size)
{
	struct nlattr *attribute = (void *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));

	attribute->nla_type = type;
	attribute->nla_len = NLA_HDRLEN + size;
	memcpy((char *)attribute + NLA_HDRLEN, data, size);
	request->header.nlmsg_len = NLMSG_ALIGN(request->header.nlmsg_len) + NLA_ALIGN(attribute->nla_len);
}

static void add_u32(struct request *request, uint16_t type, uint32_t value)
{
	add(request, type, &value, sizeof(value));
}

static struct request request_of(uint16_t type, uint8_t command, uint16_t flags)
{
	struct request request = { 0 };

	request.header.nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN;
	request.header.nlmsg_type = type;
	request.header.nlmsg_flags = NLM_F_REQUEST | flags;
	request.command.cmd = command;
	request.command.version = 1;
	return request;
}

static uint64_t value_of(const struct nlattr *attribute)
{
	uint64_t value = 0;
	size_t size = attribute->nla_len - NLA_HDRLEN;

	memcpy(&value, (const char *)attribute + NLA_HDRLEN, size < sizeof(value) ? size : sizeof(value));
	return value;
}

static void parse(const struct nlmsghdr *header, const struct nlattr **attributes)
{
	const char *end = (const char *)header + header->nlmsg_len;
	const char *at = (const char *)NLMSG_DATA(header) + GENL_HDRLEN;

	memset(attributes, 0, ATTRIBUTES * sizeof(*attributes));
	while (at + NLA_HDRLEN <= end) {
		const struct nlattr *attribute = (const void *)at;

		if ((attribute->nla_type & NLA_TYPE_MASK) < ATTRIBUTES)
			attributes[attribute->nla_type & NLA_TYPE_MASK] = attribute;
		at += NLA_ALIGN(attribute->nla_len);
	}
}

/* Sends it and calls @show for each answer. An errno that says the kernel does not know of it ends the program. */
static void ask(struct request *request, void (*show)(const struct nlattr **attributes))
{
	static char buffer[65536];
	const struct nlattr *attributes[ATTRIBUTES];

	if (send(fd, request, request->header.nlmsg_len, 0) < 0) {
		perror("send");
		exit(1);
	}
	for (;;) {
		int length = recv(fd, buffer, sizeof(buffer), 0);
		const struct nlmsghdr *header = (const void *)buffer;

		if (length < 0) {
			perror("recv");
			exit(1);
		}
		for (; NLMSG_OK(header, (unsigned int)length); header = NLMSG_NEXT(header, length)) {
			if (header->nlmsg_type == NLMSG_DONE)
				return;
			if (header->nlmsg_type == NLMSG_ERROR) {
				const int error = -((const struct nlmsgerr *)NLMSG_DATA(header))->error;

				if (!error)
					return;
				fprintf(stderr, "queues: command %u: %s\n", request->command.cmd, strerror(error));
				exit(error == ENOENT || error == EOPNOTSUPP ? SKIP : 1);
			}
			parse(header, attributes);
			show(attributes);
		}
	}
}

static void show_family(const struct nlattr **attributes)
{
	if (attributes[CTRL_ATTR_FAMILY_ID])
		family = value_of(attributes[CTRL_ATTR_FAMILY_ID]);
}

static const char *direction(const struct nlattr *attribute)
{
	return value_of(attribute) ? "tx" : "rx";
}

static void show_queue(const struct nlattr **attributes)
{
	printf("queue %s %u", direction(attributes[QUEUE_TYPE]), (unsigned int)value_of(attributes[QUEUE_ID]));
	if (attributes[QUEUE_NAPI_ID])
		printf(" napi %u", (unsigned int)value_of(attributes[QUEUE_NAPI_ID]));
	printf("\n");
}

static void show_napi(const struct nlattr **attributes)
{
	printf("napi %u", (unsigned int)value_of(attributes[NAPI_ID]));
	if (attributes[NAPI_IRQ])
		printf(" irq %u", (unsigned int)value_of(attributes[NAPI_IRQ]));
	printf("\n");
}

static void show_stats(const struct nlattr **attributes)
{
	int i;

	for (i = 0; i < ATTRIBUTES; i++) {
		if (!counters[i] || !attributes[i])
			continue;
		if (attributes[QSTATS_QUEUE_ID])
			printf("stats %s %u", direction(attributes[QSTATS_QUEUE_TYPE]),
			       (unsigned int)value_of(attributes[QSTATS_QUEUE_ID]));
		else
			printf("stats all");
		printf(" %s %llu\n", counters[i], (unsigned long long)value_of(attributes[i]));
	}
}

int main(int argc, char **argv)
{
	const uint32_t scope = SCOPE_QUEUE;
	struct request request;
	uint32_t index;

	if (argc != 2) {
		fprintf(stderr, "usage: queues INTERFACE\n");
		return 2;
	}
	index = if_nametoindex(argv[1]);
	fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	if (!index || fd < 0) {
		perror(argv[1]);
		return 1;
	}
	request = request_of(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	add(&request, CTRL_ATTR_FAMILY_NAME, "netdev", sizeof("netdev"));
	ask(&request, show_family);

	request = request_of(family, CMD_QUEUE_GET, NLM_F_DUMP);
	add_u32(&request, QUEUE_IFINDEX, index);
	ask(&request, show_queue);

	request = request_of(family, CMD_NAPI_GET, NLM_F_DUMP);
	add_u32(&request, NAPI_IFINDEX, index);
	ask(&request, show_napi);

	request = request_of(family, CMD_QSTATS_GET, NLM_F_DUMP);
	add_u32(&request, QSTATS_IFINDEX, index);
	/* A number of variable size. */
	add(&request, QSTATS_SCOPE, &scope, sizeof(scope));
	ask(&request, show_stats);

	request = request_of(family, CMD_QSTATS_GET, NLM_F_DUMP);
	add_u32(&request, QSTATS_IFINDEX, index);
	ask(&request, show_stats);
	return 0;
}
