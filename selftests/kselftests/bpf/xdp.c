// SPDX-License-Identifier: GPL-2.0-only
/*
 * XDP programs for the tests. All let pass what is not of the type for local experiments, 0x88b5, so that the interface stays usable.
 * Those whose names end in _frags also take frames of several buffers.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define EXPERIMENT 0x88b5

struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} devices SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_CPUMAP);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u32);
} processors SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_XSKMAP);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u32);
} sockets SEC(".maps");

static __always_inline struct ethhdr *experiment(struct xdp_md *context)
{
	struct ethhdr *header = (void *)(long)context->data;

	if ((void *)(header + 1) > (void *)(long)context->data_end || header->h_proto != bpf_htons(EXPERIMENT))
		return NULL;
	return header;
}

static __always_inline void turn_round(struct ethhdr *header)
{
	unsigned char address[ETH_ALEN];

	__builtin_memcpy(address, header->h_dest, ETH_ALEN);
	__builtin_memcpy(header->h_dest, header->h_source, ETH_ALEN);
	__builtin_memcpy(header->h_source, address, ETH_ALEN);
}

static __always_inline int send_back(struct xdp_md *context)
{
	struct ethhdr *header = experiment(context);

	if (!header)
		return XDP_PASS;
	turn_round(header);
	return XDP_TX;
}

static __always_inline int redirect_back(struct xdp_md *context)
{
	struct ethhdr *header = experiment(context);

	if (!header)
		return XDP_PASS;
	turn_round(header);
	return bpf_redirect_map(&devices, 0, 0);
}

SEC("xdp")
int pass(struct xdp_md *context)
{
	return XDP_PASS;
}

SEC("xdp.frags")
int pass_frags(struct xdp_md *context)
{
	return XDP_PASS;
}

SEC("xdp")
int drop(struct xdp_md *context)
{
	return experiment(context) ? XDP_DROP : XDP_PASS;
}

SEC("xdp.frags")
int drop_frags(struct xdp_md *context)
{
	return experiment(context) ? XDP_DROP : XDP_PASS;
}

SEC("xdp")
int drop_all(struct xdp_md *context)
{
	return XDP_DROP;
}

SEC("xdp")
int aborted(struct xdp_md *context)
{
	return experiment(context) ? XDP_ABORTED : XDP_PASS;
}

SEC("xdp")
int unknown(struct xdp_md *context)
{
	return experiment(context) ? 42 : XDP_PASS;
}

SEC("xdp")
int tx(struct xdp_md *context)
{
	return send_back(context);
}

/* Frames of the stack's, too. */
SEC("xdp")
int tx_all(struct xdp_md *context)
{
	struct ethhdr *header = (void *)(long)context->data;

	if ((void *)(header + 1) > (void *)(long)context->data_end)
		return XDP_DROP;
	turn_round(header);
	return XDP_TX;
}

SEC("xdp.frags")
int tx_frags(struct xdp_md *context)
{
	return send_back(context);
}

SEC("xdp")
int redirect(struct xdp_md *context)
{
	return redirect_back(context);
}

SEC("xdp.frags")
int redirect_frags(struct xdp_md *context)
{
	return redirect_back(context);
}

/* On to the device as it is. */
SEC("xdp.frags")
int forward(struct xdp_md *context)
{
	return experiment(context) ? bpf_redirect_map(&devices, 0, 0) : XDP_PASS;
}

/* To a device that the map does not have. */
SEC("xdp")
int redirect_nowhere(struct xdp_md *context)
{
	return experiment(context) ? bpf_redirect(0x7fffffff, 0) : XDP_PASS;
}

/* Everything comes up the stack of processor 1. */
SEC("xdp.frags")
int other_processor(struct xdp_md *context)
{
	return bpf_redirect_map(&processors, 1, XDP_PASS);
}

/* Cuts off the last bytes, has the frame say so (see pattern.h), goes through all the headroom and leaves 8 bytes of metadata. */
SEC("xdp.frags")
int reshape(struct xdp_md *context)
{
	__be32 *size;

	if (!experiment(context))
		return XDP_PASS;
	size = (void *)(long)context->data + ETH_HLEN + 4;
	if ((void *)(size + 1) > (void *)(long)context->data_end)
		return XDP_ABORTED;
	*size = bpf_htonl(bpf_ntohl(*size) - 32);
	if (bpf_xdp_adjust_tail(context, -32) || bpf_xdp_adjust_head(context, -192) || bpf_xdp_adjust_head(context, 192) ||
	    bpf_xdp_adjust_meta(context, -8))
		return XDP_ABORTED;
	return XDP_PASS;
}

/* Down to an Ethernet header: the shortest that can be sent. */
SEC("xdp")
int tx_short(struct xdp_md *context)
{
	long length = context->data_end - context->data;

	if (!experiment(context))
		return XDP_PASS;
	if (bpf_xdp_adjust_tail(context, 14 - length))
		return XDP_ABORTED;
	return send_back(context);
}

/* To the AF_XDP socket of the queue, if there is one. */
SEC("xdp")
int socket(struct xdp_md *context)
{
	return experiment(context) ? bpf_redirect_map(&sockets, context->rx_queue_index, XDP_PASS) : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
