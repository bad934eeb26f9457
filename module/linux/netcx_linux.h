/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Linux half of netcx.ko, as its own files see it: a bound PCI device, its network interface, and
 * what belongs to every queue beside the rings.
 */
#ifndef NETCX_LINUX_H
#define NETCX_LINUX_H

#include <linux/etherdevice.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>

#include <netcx/net/checksum.h>
#include <netcx/net/gso.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/net/virtualaddress.h>
#include <netcx/netcx_client.h>

#include "../core/core.h"
#include "compat.h"

struct page_pool;

#define NETCX_RING_DEFAULT	256
#define NETCX_RING_MIN		64
#define NETCX_RING_MAX		4096

/* How long a cancelled queue may take to give its packets back before the device is reset. */
#define NETCX_DRAIN_TIMEOUT_MS	1000

/* A registered client driver. */
struct netcx_client_private {
	struct pci_driver pci_driver;
	struct netcx_client *client;
	struct netcx_driver *core;
};

/* A PCI function bound to a client. */
struct netcx_os_device {
	struct pci_dev *pdev;
	struct netcx_client_private *client;
	struct netcx_device *core;

	/* Start, stop, reset, suspend and resume: one at a time. */
	struct mutex power_lock;
	/* Under power_lock: the client has its hardware and has not failed. */
	bool started;
	/* Under power_lock: in D0. */
	bool powered;

	struct work_struct reset_work;
	atomic64_t resets;
	/* Bit 0: the client gave the device up, which counts once. */
	unsigned long failed;

	/* From pci_alloc_irq_vectors(). */
	unsigned int vectors;
};

/* Counters written under the tx queue's lock, read by anyone. */
struct netcx_tx_stats {
	struct u64_stats_sync sync;
	u64_stats_t packets;
	u64_stats_t bytes;
	u64_stats_t dropped;		/* no memory, no DMA mapping */
	u64_stats_t linearized;		/* more fragments than the client takes */
	u64_stats_t stopped;		/* ring full */
	u64_stats_t doorbells;		/* Advance calls with new packets */
};

/* A packet the client owns or has returned: what it takes to complete it. */
struct netcx_tx_packet {
	struct sk_buff *skb;
	u32 bytes;			/* on the wire, for BQL and the statistics */
	u16 segments;
	u16 fragments;			/* that lie in the fragment ring, one after the other */
};

/* The DMA mapping behind a fragment of the ring. */
struct netcx_tx_mapping {
	dma_addr_t address;
	u32 length;
	bool page;			/* mapped with skb_frag_dma_map() */
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
	u32 packets_free;
	u32 fragments_free;
	/* The largest packet's fragments: with less room than this the queue stops. */
	u16 max_fragments;
	u16 wake_fragments;
	/* Packets written since the last Advance. */
	u16 unposted;
	/* NAPI will look at the queue: it is scheduled, or the client will notify. */
	bool watched;
	/* The client broke a rule; a reset is on its way. */
	bool broken;
	/* The watchdog's: packets finished until its last look, and looks since it saw progress. */
	u8 looks;
	u64 finished_before;

	struct netcx_tx_stats stats;
};

/* Counters written by NAPI, read by anyone. */
struct netcx_rx_stats {
	struct u64_stats_sync sync;
	u64_stats_t packets;
	u64_stats_t bytes;
	u64_stats_t multicast;
	u64_stats_t ignored;		/* the client marked them Ignore */
	u64_stats_t invalid;		/* what the client returned does not fit the rings */
	u64_stats_t no_memory;		/* packets lost */
	u64_stats_t refill_failed;	/* no memory, to be tried again */
};

/*
 * A buffer that belongs to a slot of the fragment ring; NULL: the slot has none. It is mapped while
 * it does: were the mapping page_pool's, it would last for as long as some socket keeps the page,
 * and with it outlive the driver's binding to the device.
 */
struct netcx_rx_buffer {
	struct page *page;
	dma_addr_t address;
};

/* Everything in it belongs to whoever owns the channel's NAPI. */
struct netcx_rx_queue {
	struct netcx_queue *q;
	struct netcx_channel *channel;
	struct net_device *netdev;
	struct page_pool *pool;
	struct netcx_rx_buffer *buffers;
	struct device *dma_dev;		/* NULL: the client does not do DMA */
	u32 buffer_size;		/* what the client sees: Capacity */
	u32 truesize;
	bool broken;

	struct netcx_rx_stats stats;
};

/* The n-th tx queue and the n-th rx queue, where there are such, share one NAPI. */
struct netcx_channel {
	struct napi_struct napi;
	struct netcx_netdev *nd;
	struct netcx_tx_queue *tx;
	struct netcx_rx_queue *rx;
	struct netcx_tx_queue tx_storage;
	struct netcx_rx_queue rx_storage;
} ____cacheline_aligned_in_smp;

/* The private area of the net_device. */
struct netcx_netdev {
	struct net_device *netdev;
	struct netcx_adapter *adapter;
	struct netcx_os_device *device;

	struct netcx_channel *channels;
	unsigned int num_channels;	/* max(num_tx, num_rx) */
	unsigned int num_tx;
	unsigned int num_rx;
	unsigned int tx_ring;		/* elements of both rings of a tx queue */
	unsigned int rx_ring;

	/* Under rtnl: the device is in D0, so queues may exist. */
	bool datapath;
	/* Under rtnl, and written under link_lock too: the queues exist and are started. */
	bool running;
	/* Orders reports of the link among themselves and with @running. */
	spinlock_t link_lock;

	/* The receive filter changes under this lock, and only while @filter_on. */
	struct mutex filter_lock;
	bool filter_on;
	struct work_struct filter_work;
	/* Brings what the client changed of MTU and address to the netdev. */
	struct work_struct indicate_work;
	/* Runs while the queues do. */
	struct delayed_work watchdog_work;

	atomic64_t tx_timeouts;
};

/* queues.c: the life of an interface's queues; all under rtnl */
int netcx_queues_up(struct netcx_netdev *nd);
void netcx_queues_down(struct netcx_netdev *nd);
int netcx_queues_resize(struct netcx_netdev *nd, unsigned int tx_ring, unsigned int rx_ring);

/* channel.c */
int netcx_poll(struct napi_struct *napi, int budget);

/* tx.c */
int netcx_tx_open(struct netcx_tx_queue *tx, struct netcx_channel *channel, struct netcx_queue *q);
void netcx_tx_close(struct netcx_tx_queue *tx);
netdev_tx_t netcx_start_xmit(struct sk_buff *skb, struct net_device *netdev);
/* Advance and complete what the client returned; under the tx queue's lock. */
void netcx_tx_service(struct netcx_tx_queue *tx, int napi_budget);
/* Lets the stack send again when there is room. Under the tx queue's lock. */
void netcx_tx_wake(struct netcx_tx_queue *tx);
/* Takes an skb's packet and fragments into the rings. Under the tx queue's lock. */
int netcx_tx_translate(struct netcx_tx_queue *tx, struct sk_buff *skb);
/* Completes [OSReserved0, BeginIndex); how many packets. Under the tx queue's lock. */
unsigned int netcx_tx_complete(struct netcx_tx_queue *tx, int napi_budget);

static inline bool netcx_tx_client_owns(const struct netcx_tx_queue *tx)
{
	return tx->q->packets->BeginIndex != tx->q->packets->EndIndex;
}

/* tx_offload.c */
netdev_features_t netcx_features(const struct netcx_adapter *adapter);
netdev_features_t netcx_features_check(struct sk_buff *skb, struct net_device *netdev,
				       netdev_features_t features);
int netcx_set_features(struct net_device *netdev, netdev_features_t features);
int netcx_tx_offload(const struct netcx_queue *q, struct sk_buff *skb, NET_PACKET *packet);

/* rx.c */
int netcx_rx_open(struct netcx_rx_queue *rx, struct netcx_channel *channel, struct netcx_queue *q);
void netcx_rx_close(struct netcx_rx_queue *rx);
/* FALSE: memory is short and the client may run dry. */
bool netcx_rx_refill(struct netcx_rx_queue *rx);
/* Hands up to @budget drained packets to the stack; how many. */
int netcx_rx_indicate(struct netcx_rx_queue *rx, int budget);
/* Takes back everything without showing it to the stack, after Cancel. */
void netcx_rx_discard(struct netcx_rx_queue *rx);

/* watchdog.c */
void netcx_tx_timeout(struct net_device *netdev, unsigned int index);
void netcx_watchdog_init(struct netcx_netdev *nd);
void netcx_watchdog_start(struct netcx_netdev *nd);
void netcx_watchdog_stop(struct netcx_netdev *nd);

/* filter.c */
void netcx_filter_work(struct work_struct *work);
void netcx_filter_enable(struct netcx_netdev *nd);
void netcx_filter_disable(struct netcx_netdev *nd);

/* stats.c */
void netcx_get_stats64(struct net_device *netdev, struct rtnl_link_stats64 *stats);
int netcx_stats_count(const struct netcx_netdev *nd);
void netcx_stats_strings(const struct netcx_netdev *nd, u8 *data);
void netcx_stats_values(struct netcx_netdev *nd, u64 *data);

/* ethtool.c */
extern const struct ethtool_ops netcx_ethtool_ops;

/* pci.c */
/* Stops the device's DMA for good, until it is powered up again. */
void netcx_device_stop_dma(struct netcx_os_device *device);
/* Resets the device soon, in another context. Any context. */
void netcx_device_schedule_reset(struct netcx_os_device *device);
int netcx_pci_init(void);
void netcx_pci_exit(void);

/* Elements of a ring between two indices. */
static inline u32 netcx_ring_distance(const NET_RING *ring, u32 from, u32 to)
{
	return (to - from) & ring->ElementIndexMask;
}

static inline void *netcx_extension(void *element, u16 offset)
{
	return (u8 *)element + offset;
}

/*
 * Clears a packet element with its extensions. Strides are multiples of 4 and small, so stores beat
 * a call of memset().
 */
static inline void netcx_packet_clear(void *element, u32 stride)
{
	u32 *word = element;
	u32 *end = element + stride;

	do
		*word++ = 0;
	while (word < end);
}

/* A fragment in one store: bits 0..25 ValidLength, 26..51 Capacity, the rest clear. */
static inline void netcx_fragment_write(NET_FRAGMENT *fragment, u32 length, u32 capacity)
{
	*(u64 *)fragment = (u64)length | (u64)capacity << 26;
}

#endif /* NETCX_LINUX_H */
