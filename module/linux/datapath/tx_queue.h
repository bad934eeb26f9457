/* SPDX-License-Identifier: GPL-2.0-only */
/* What belongs to a tx queue beside its rings. */
#ifndef NETCX_LINUX_TX_QUEUE_H
#define NETCX_LINUX_TX_QUEUE_H

#include <linux/dma-mapping.h>
#include <linux/netdevice.h>
#include <linux/u64_stats_sync.h>
#include <net/xdp.h>

#include <netcx/net/packet.h>

#include "../../core/core.h"

struct dma_pool;
struct netcx_channel;
struct xsk_buff_pool;

/* Packets up to this size are copied: cheaper than mapping their memory. */
#define NETCX_COPYBREAK		256

/* Sizes of DMA memory for packets that are copied to where a client wants them. */
#define NETCX_BOUNCE_POOLS	2

/* Counters written under the tx queue's lock, read by anyone. */
struct netcx_tx_stats {
	struct u64_stats_sync sync;
	u64_stats_t packets;
	u64_stats_t bytes;
	u64_stats_t dropped;		/* no memory, no DMA mapping, or the queue went before */
	u64_stats_t linearized;		/* too many fragments, or not where the client takes them */
	u64_stats_t stopped;		/* ring full */
	u64_stats_t doorbells;		/* Advance calls with new packets */
	u64_stats_t xdp_frames;		/* given by XDP, not by the stack */
	u64_stats_t xdp_dropped;	/* no room, no DMA mapping, too many fragments, as above */
};

/* What a sent packet was made of, and goes back to. */
enum netcx_tx_type {
	NETCX_TX_COPIED,		/* a small skb, whose copy is always mapped */
	NETCX_TX_SKB,
	/* What follows is rare. */
	NETCX_TX_BOUNCED,		/* an skb that was copied to where the client wants it */
	/* What follows is XDP's. */
	NETCX_TX_XDP,			/* a frame from anywhere */
	NETCX_TX_XDP_OWN,		/* a frame in pages of the channel's own rx queue */
	NETCX_TX_XSK,			/* a descriptor of an AF_XDP socket */
};

/* A packet the client owns or has returned: what it takes to complete it. */
struct netcx_tx_packet {
	union {
		struct sk_buff *skb;
		struct xdp_frame *frame;
		unsigned long descriptors;	/* of an AF_XDP socket, completed with this one */
	};
	u32 bytes;			/* on the wire, for BQL and the statistics */
	u16 segments;
	u8 fragments;			/* that lie in the fragment ring, one after the other */
	u8 type;			/* enum netcx_tx_type */
};

/* Packets of XDP that were completed, but not yet accounted for. */
struct netcx_xdp_completed {
	bool any;
	u32 packets;
	u32 bytes;
	u32 xsk;			/* descriptors of AF_XDP sockets */
	struct xdp_frame_bulk bulk;
};

/* The DMA mapping behind a fragment of the ring. */
struct netcx_tx_mapping {
	dma_addr_t address;
	u32 length;
};

/* The copy of a packet, see tx_bounce.c. */
struct netcx_tx_bounce {
	void *memory;
	struct dma_pool *pool;		/* NULL: it is from kmalloc() */
	dma_addr_t address;
};

/* Everything in it is under the tx queue's lock. */
struct netcx_tx_queue {
	struct netcx_queue *q;
	struct netdev_queue *nq;
	struct netcx_channel *channel;
	struct net_device *netdev;
	struct device *dma_dev;		/* NULL: the client does not do DMA */
	struct netcx_tx_packet *packets;
	struct netcx_tx_mapping *mappings;
	/* NETCX_COPYBREAK bytes that the device can read for every fragment slot; NULL: none. */
	void *copies;
	dma_addr_t copies_address;
	/* Packets up to this size are copied. */
	u32 copybreak;
	u32 fragments_free;
	/* The largest packet's fragments: with less room than this the queue stops. */
	u16 max_fragments;
	/*
	 * With so many the stack is woken. XDP and AF_XDP always leave as many free: under load
	 * they would fill the ring again and again, and the stack would wait for ever.
	 */
	u16 wake_fragments;
	/* Advance has been called for the packets before this one. */
	u32 posted;
	/* A packet without fragments that asks for nothing but to be sent. */
	NET_PACKET plain;
	/* How VLAN tags are inserted: TxTagging of the 802.1Q extension; 0: not by the client. */
	u8 tagging;
	/* NAPI is scheduled, or the queue is armed: xmit need not arm it. */
	bool watched;
	/* The client broke a rule; a reset is on its way. */
	bool broken;
	/* The watchdog's: packets finished until its last look, and looks since it saw progress. */
	u8 looks;
	u64 finished_before;

	struct netcx_xdp_completed xdp_completed;
	/* By packet: the copies of those that need one; NULL: none ever does. See tx_bounce.c. */
	struct netcx_tx_bounce *bounces;
	/* Where they are from, if the client does DMA; by size, which is the pool's for good. */
	struct dma_pool *bounce_pools[NETCX_BOUNCE_POOLS];
	u32 bounce_sizes[NETCX_BOUNCE_POOLS];
	u32 alignment;
	u32 backfill;

	/* The AF_XDP pool whose descriptors are sent, or NULL. */
	struct xsk_buff_pool *xsk;
	/* DMA address of a zeroed page, for frames shorter than ETH_ZLEN. */
	dma_addr_t padding;
	/* Its packets that are not completed, and the slot of the last one. */
	u32 xsk_pending;
	u32 xsk_last;

	struct netcx_tx_stats stats;
};

static inline bool netcx_tx_has_room(const struct netcx_tx_queue *tx, u32 fragments)
{
	return tx->fragments_free >= fragments;
}

static inline bool netcx_tx_client_owns(const struct netcx_tx_queue *tx)
{
	return tx->q->packets->BeginIndex != tx->q->packets->EndIndex;
}

#endif /* NETCX_LINUX_TX_QUEUE_H */
