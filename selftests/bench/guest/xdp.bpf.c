// SPDX-License-Identifier: GPL-2.0-only
/* XDP programs for the benchmarks: as little as a verdict takes, and a count, so that a lost frame does not pass for a fast one. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_XSKMAP);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} sockets SEC(".maps");

unsigned long long seen;

SEC("xdp")
int drop(struct xdp_md *context)
{
	seen++;
	return XDP_DROP;
}

/* Back to the sender. */
SEC("xdp")
int tx(struct xdp_md *context)
{
	struct ethhdr *header = (void *)(long)context->data;
	unsigned char address[ETH_ALEN];

	if ((void *)(header + 1) > (void *)(long)context->data_end)
		return XDP_ABORTED;
	seen++;
	__builtin_memcpy(address, header->h_dest, ETH_ALEN);
	__builtin_memcpy(header->h_dest, header->h_source, ETH_ALEN);
	__builtin_memcpy(header->h_source, address, ETH_ALEN);
	return XDP_TX;
}

/* To the AF_XDP socket of the queue. */
SEC("xdp")
int receive(struct xdp_md *context)
{
	seen++;
	return bpf_redirect_map(&sockets, context->rx_queue_index, XDP_PASS);
}

char _license[] SEC("license") = "GPL";
