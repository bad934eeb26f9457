/* SPDX-License-Identifier: GPL-2.0-only */
/* What a client does to receive, in small steps, and what has to come of it. */
#ifndef NETCX_KUNIT_RECEIVE_H
#define NETCX_KUNIT_RECEIVE_H

#include "skbs.h"

/* Slots of the queue that have a buffer. */
u32 netcx_kunit_rx_buffers(struct netcx_kunit_interface *interface);

/* The n-th packet, the n-th fragment that the client owns. */
NET_PACKET *netcx_kunit_rx_packet(struct netcx_kunit_interface *interface, u32 n);
NET_FRAGMENT *netcx_kunit_rx_fragment(struct netcx_kunit_interface *interface, u32 n);
/* Where the data of the fragment with this index begins. */
void *netcx_kunit_rx_address(struct netcx_kunit_interface *interface, u32 index);

/*
 * Receives a test packet into the next @count fragments, each with @length bytes, at the Offset the
 * first one has. Returns its first fragment's index.
 */
u32 netcx_kunit_receive_packet(struct netcx_kunit_interface *interface, u32 count, u32 length);
/* Returns the next packet as it is. */
void netcx_kunit_return_packet(struct netcx_kunit_interface *interface);
/* Returns the next fragments as they are. */
void netcx_kunit_skip_fragments(struct netcx_kunit_interface *interface, u32 count);

/*
 * The oldest skb that came up must be a test packet of @length bytes, but for the addresses in its
 * first 12. With its Ethernet header pulled, and the caller's; NULL if nothing came.
 */
struct sk_buff *netcx_kunit_expect_received(struct netcx_kunit_interface *interface, u32 length);

/* The client owns as many packets as fragments, or more. */
void netcx_kunit_expect_fair(struct netcx_kunit_interface *interface);
/* The client owns all it can: N - 1 of both, each fragment as a client expects it. */
void netcx_kunit_expect_full(struct netcx_kunit_interface *interface);

#endif /* NETCX_KUNIT_RECEIVE_H */
