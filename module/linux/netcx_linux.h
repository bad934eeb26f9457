/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Linux half of netcx.ko, as its own files see it: a bound device, its network interface,
 * and what belongs to every queue beside the rings.
 */
#ifndef NETCX_LINUX_H
#define NETCX_LINUX_H

#include <linux/cpumask.h>
#include <linux/dim.h>
#include <linux/etherdevice.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>
#include <net/xdp.h>

#include <netcx/net/checksum.h>
#include <netcx/net/gso.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/net/packethash.h>
#include <netcx/net/returncontext.h>
#include <netcx/net/rsc.h>
#include <netcx/net/virtualaddress.h>
#include <netcx/netcx_client.h>

#include "../core/core.h"
#include "../core/returned.h"
#include "compat.h"
#include "verify.h"

struct ethtool_coalesce;
struct bpf_prog;
struct ethtool_rxfh_param;
struct ethtool_rxnfc;
struct kernel_ethtool_coalesce;
struct netcx_health;
struct page_pool;
struct xsk_buff_pool;

/* Bytes of a receive hash key. */
#define NETCX_RSS_KEY_SIZE	NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1

/* What XDP programs may prepend, see XDP_PACKET_HEADROOM; the skb's headroom as well. */
#define NETCX_RX_HEADROOM	256

#define NETCX_RING_DEFAULT	256
#define NETCX_RING_MIN		64
#define NETCX_RING_MAX		4096

/* Of each direction, however few processors there are. */
#define NETCX_QUEUES_MAX	64U

/* Frames of XDP_TX that are sent in one go. */
#define NETCX_XDP_TX_BATCH	16

/* Packets up to this size are copied: cheaper than mapping their memory, or giving it away. */
#define NETCX_COPYBREAK		256

/* How long a cancelled queue may take to give its packets back before the device is reset. */
#define NETCX_DRAIN_TIMEOUT_MS	1000

/* A registered client driver. */
struct netcx_client_private {
	union {
		struct pci_driver pci_driver;
		struct device_driver virtual_driver;
	};
	struct netcx_client *client;
	struct netcx_driver *core;
};

/* Is verifier mode on without anybody's asking? On a kernel that is for debugging. */
#define NETCX_VERIFIER_DEFAULT	IS_ENABLED(CONFIG_DEBUG_NET)

/* Bits of netcx_fault::flags */
#define NETCX_FAULT_CLAIMED	0

/* What verifier mode found: by whoever claimed it, and constant from then on. */
struct netcx_fault {
	unsigned long flags;
	enum netcx_verifier_rule rule;
	/* Of a queue, with @violation; or of a call. */
	bool has_rings;
	struct netcx_violation violation;
	char text[1024];
};

/* A device bound to a client. */
struct netcx_os_device {
	struct device *dev;
	struct pci_dev *pdev;		/* NULL: it is on the virtual bus */
	struct netcx_client_private *client;
	struct netcx_device *core;

	/* Start, stop, reset, suspend and resume: one at a time. */
	struct mutex power_lock;
	/* Under power_lock: the client has its hardware and has not failed. */
	bool started;
	/* Under power_lock: in D0. */
	bool powered;
	/* Under power_lock: the machine is about to sleep, or does. */
	bool sleeping;
	/* It signalled a wake-up, seen before its driver is resumed. */
	bool woke;

	struct work_struct reset_work;
	atomic64_t resets;
	atomic_t power_downs;
	int reset_asked;		/* @power_downs when a reset was last asked for */
	struct netcx_health *health;

	/* Written under power_lock: verifier mode is on, for queues that are made from now on. */
	bool verified;
	/* Written under power_lock: out of D0 because of @fault, and to stay so. */
	bool halted;
	struct work_struct halt_work;
	/* In verifier mode: notifications that nobody had asked for. */
	atomic64_t unasked;
	struct netcx_fault fault;

	/* Bit 0: the client gave the device up, which counts once. */
	unsigned long failed;

	/* Of an adapter without a device: the number in its name. */
	int lightweight;

	/* From pci_alloc_irq_vectors(). */
	unsigned int vectors;
};

/* Counters written under the tx queue's lock, read by anyone. */
struct netcx_tx_stats {
	struct u64_stats_sync sync;
	u64_stats_t packets;
	u64_stats_t bytes;
	u64_stats_t dropped;		/* no memory, no DMA mapping */
	u64_stats_t linearized;		/* more fragments than the client takes, or elsewhere */
	u64_stats_t stopped;		/* ring full */
	u64_stats_t doorbells;		/* Advance calls with new packets */
	u64_stats_t xdp_frames;		/* given by XDP, not by the stack */
	u64_stats_t xdp_dropped;	/* of those: no room, no DMA mapping, too many fragments */
};

/* What a sent packet was made of, and goes back to. */
enum netcx_tx_type {
	NETCX_TX_SKB,
	NETCX_TX_BOUNCED,		/* an skb that was copied to where the client wants it */
	/* What follows is XDP's. */
	NETCX_TX_XDP,			/* a frame from anywhere */
	NETCX_TX_XDP_OWN,		/* a frame in pages of the channel's own rx queue */
	NETCX_TX_XSK,			/* a descriptor of an AF_XDP socket */
};

/* A packet the client owns or has returned: what it takes to complete it. */
struct netcx_tx_packet {
	union {
		struct sk_buff *skb;	/* NULL: copied, and nothing to unmap */
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
	u16 wake_fragments;
	/* Advance has been called for the packets before this one. */
	u32 posted;
	/* A packet without fragments that asks for nothing but to be sent. */
	NET_PACKET plain;
	/* How VLAN tags are inserted: TxTagging of the 802.1Q extension; 0: not by the client. */
	u8 tagging;
	/* NAPI will look at the queue: it is scheduled, or the client will notify. */
	bool watched;
	/* The client broke a rule; a reset is on its way. */
	bool broken;
	/* The watchdog's: packets finished until its last look, and looks since it saw progress. */
	u8 looks;
	u64 finished_before;

	struct netcx_xdp_completed xdp_completed;
	/* Of a client with demands, by packet: the copies; else NULL. See tx_bounce.c. */
	void **bounces;
	u32 alignment;
	u32 backfill;

	/* Whose descriptors are sent, or NULL. What fills short ones up is mapped. */
	struct xsk_buff_pool *xsk;
	dma_addr_t padding;
	/* Its packets that are not completed, and the slot of the last one. */
	u32 xsk_pending;
	u32 xsk_last;

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
	/* What XDP programs decided. */
	u64_stats_t xdp_pass;
	u64_stats_t xdp_drop;
	u64_stats_t xdp_tx;
	u64_stats_t xdp_redirect;
	u64_stats_t xdp_errors;		/* aborted, no such verdict, or it could not be done */
};

/*
 * A buffer that belongs to a slot of the fragment ring; NULL: the slot has none. It is mapped while
 * it does: were the mapping page_pool's, it would last for as long as some socket keeps the page,
 * and with it outlive the driver's binding to the device.
 */
struct netcx_rx_buffer {
	union {
		void *memory;		/* headroom first */
		struct xdp_buff *xsk;	/* a queue of an AF_XDP socket has these */
	};
	dma_addr_t address;
};

/* Where new receive buffers come from: see rx.c. */
struct netcx_rx_carving {
	struct page *page;		/* with @left > 0 */
	u32 offset;			/* of the page's next buffer */
	u32 left;			/* buffers of the page that were not taken */
	u32 per_page;
};

/* Memory for small packets: pieces of a page, see rx_copy.c. */
struct netcx_rx_copies {
	struct page_pool *pool;
	struct page *page;		/* NULL: the next piece needs a new one */
	void *next;
	u32 left;			/* bytes of the page from @next on */
	u32 pieces;			/* taken from the page */
};

/* Everything in it belongs to whoever owns the channel's NAPI. */
struct netcx_rx_queue {
	struct netcx_queue *q;
	struct netcx_channel *channel;
	struct net_device *netdev;
	struct page_pool *pool;
	struct netcx_rx_carving carving;
	struct netcx_rx_copies copies;
	struct netcx_rx_buffer *buffers;
	struct device *dma_dev;		/* NULL: the client does not do DMA */
	bool dma_sync;			/* the CPU and the device do not see the same */
	u32 buffer_size;		/* what the client sees: Capacity */
	u32 copybreak;			/* packets up to this size are copied */
	u32 truesize;			/* of a buffer, with what is before and behind it */
	bool broken;
	bool driver_buffers;		/* the client allocates them: rx_driver_buffers.c */

	/* Whose memory the buffers are in; NULL: page_pool's. */
	struct xsk_buff_pool *xsk;
	struct xdp_rxq_info xdp_rxq;
	/* Frames to be sent back, for which the tx queue's lock is taken once. */
	struct xdp_frame *xdp_tx[NETCX_XDP_TX_BATCH];
	u32 xdp_tx_count;

	struct netcx_rx_stats stats;
};

#if IS_REACHABLE(CONFIG_DIMLIB)
/* Adaptive moderation of a channel's interrupts. */
struct netcx_dim {
	struct dim rx;
	struct dim tx;
	/* What NAPI reported last, and how often; all of it belongs to NAPI's owner. */
	u64 rx_packets;
	u64 tx_packets;
	u16 rx_events;
	u16 tx_events;
};
#else
struct netcx_dim {};
#endif

/* What of a channel adapts itself. */
#define NETCX_ADAPTIVE_RX	BIT(0)
#define NETCX_ADAPTIVE_TX	BIT(1)

/* The n-th tx queue and the n-th rx queue, where there are such, share one NAPI. */
struct netcx_channel {
	struct napi_struct napi;
	struct netcx_netdev *nd;
	struct netcx_tx_queue *tx;
	struct netcx_rx_queue *rx;
	/* NETCX_ADAPTIVE_*: NAPI reports to dim.c. */
	u8 adaptive;
	/* Under rtnl: what AF_XDP sockets brought for both queues. */
	struct xsk_buff_pool *xsk_pool;
	struct netcx_tx_queue tx_storage;
	struct netcx_rx_queue rx_storage;
	/* The processors it is for, as a hint to whoever spreads interrupts. */
	cpumask_var_t cpus;
	struct netcx_dim dim;
	/* Under moderation_lock: what is in force. */
	struct netcx_interrupt_moderation moderation;
} ____cacheline_aligned_in_smp;

/* Receive scaling; under rtnl. Without it all is zero. */
struct netcx_rss {
	u32 *table;			/* of rx queues' numbers */
	u32 size;
	u8 key[NETCX_RSS_KEY_SIZE];
	u32 protocols;			/* see struct netcx_queue_config */
	/* The table in the client's terms, as long as that. */
	NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY *entries;
};

/* What can be changed about queues only by making new ones. */
struct netcx_queue_config {
	unsigned int num_tx;
	unsigned int num_rx;
	unsigned int tx_ring;		/* elements of both rings of a tx queue */
	unsigned int rx_ring;
	bool rx_hash;			/* rx packets carry their hash */
	u32 rx_protocols;		/* hashed, NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE */
};

/* The private area of the net_device. */
struct netcx_netdev {
	struct net_device *netdev;
	struct netcx_adapter *adapter;
	struct netcx_os_device *device;

	/* Written under rtnl, read by NAPI once per poll; RCU keeps it. */
	struct bpf_prog *xdp_prog;

	struct netcx_channel *channels;
	unsigned int num_channels;	/* max(max_tx, max_rx); some may be without queues */
	unsigned int max_tx;
	unsigned int max_rx;
	unsigned int num_tx;
	unsigned int num_rx;
	unsigned int tx_ring;		/* elements of both rings of a tx queue */
	unsigned int rx_ring;
	/* Set with ethtool's tunables, 0 to NETCX_COPYBREAK. */
	u32 tx_copybreak;
	u32 rx_copybreak;
	struct netcx_rss rss;

	/* Under rtnl: queues' interrupts were placed on processors, for this number of queues. */
	bool placed;
	/* Under rtnl: the device is in D0, so queues may exist. */
	bool datapath;
	/* Under rtnl: what to wake the machine for, WAKE_* of ethtool. */
	u32 wake;
	/* Under rtnl: the client asked for no offload for a while. */
	bool offloads_paused;
	/* Under rtnl, and written under link_lock too: the queues exist and are started. */
	bool running;
	/* Orders reports of the link among themselves and with @running. */
	spinlock_t link_lock;
	/* Written under link_lock: the speed of the last link was negotiated. */
	bool negotiates;

	/* The receive filter changes under this lock, in the hardware only while @filter_on. */
	struct mutex filter_lock;
	bool filter_on;
	/* So does the set of VLANs, and whether the user wants it to be looked at. */
	bool vlan_filtering;
	struct netcx_vlan_filter vlan_filter;
	struct work_struct filter_work;
	/* The client's moderation callbacks are called under this lock, by the user or by dim.c. */
	struct mutex moderation_lock;
	/* Under rtnl: what the user set for all channels, and which of it adapts itself. */
	struct netcx_interrupt_moderation moderation;
	u8 adaptive;
	/* Brings what the client changed of MTU and address to the netdev. */
	struct work_struct indicate_work;
	/* Runs while the queues do. */
	struct delayed_work watchdog_work;

	atomic64_t tx_timeouts;
#ifdef CONFIG_PAGE_POOL_STATS
	/* Under rtnl: what the page_pools counted that are gone. */
	struct page_pool_stats closed_pools;
#endif
};

/* queues.c: the life of an interface's queues; all under rtnl */
int netcx_queues_up(struct netcx_netdev *nd);
void netcx_queues_down(struct netcx_netdev *nd);
/* The last try to bring them up again after a change: if it fails, the carrier goes as well. */
int netcx_queues_restore(struct netcx_netdev *nd);
struct netcx_queue_config netcx_queues_config(const struct netcx_netdev *nd);
/* Makes the queues anew; if that fails, those of before. */
int netcx_queues_reconfigure(struct netcx_netdev *nd, const struct netcx_queue_config *config);
/* A change of offloads that no packet may see half of. The queues are up. */
int netcx_queues_set_offloads(struct netcx_netdev *nd, const struct netcx_offloads *offloads);

/* channel.c */
int netcx_poll(struct napi_struct *napi, int budget);

/* tx.c */
/* A queue that is not there yet. */
void netcx_tx_init(struct netcx_tx_queue *tx, struct netdev_queue *nq);
int netcx_tx_open(struct netcx_tx_queue *tx, struct netcx_channel *channel, struct netcx_queue *q);
void netcx_tx_close(struct netcx_tx_queue *tx);
/* Packets of up to so many bytes, at most NETCX_COPYBREAK, are copied from now on. */
void netcx_tx_set_copybreak(struct netcx_tx_queue *tx, u32 copybreak);
netdev_tx_t netcx_start_xmit(struct sk_buff *skb, struct net_device *netdev);
/* For clients with demands on where packets lie, see tx_bounce.c. */
netdev_tx_t netcx_start_xmit_bouncing(struct sk_buff *skb, struct net_device *netdev);
/* Advance and complete what the client returned; under the tx queue's lock. */
void netcx_tx_service(struct netcx_tx_queue *tx, int napi_budget);
/* Completes what the client has returned. Under the tx queue's lock. */
void netcx_tx_complete(struct netcx_tx_queue *tx, int napi_budget);
/* Lets the stack send again when there is room. Under the tx queue's lock. */
void netcx_tx_wake(struct netcx_tx_queue *tx);
/* Tells the client about what was written since the last time. Under the tx queue's lock. */
void netcx_tx_post(struct netcx_tx_queue *tx);
/* Stops the stack, unless completing what was returned makes room. Under the tx queue's lock. */
bool netcx_tx_stop(struct netcx_tx_queue *tx);

static inline bool netcx_tx_has_room(const struct netcx_tx_queue *tx, u32 fragments)
{
	return tx->fragments_free >= fragments;
}

static inline bool netcx_tx_client_owns(const struct netcx_tx_queue *tx)
{
	return tx->q->packets->BeginIndex != tx->q->packets->EndIndex;
}

/* tx_offload.c */
netdev_features_t netcx_features(const struct netcx_adapter *adapter);
netdev_features_t netcx_features_check(struct sk_buff *skb, struct net_device *netdev,
				       netdev_features_t features);
/* How many packets a TCP packet that is to be segmented will be. */
u32 netcx_gso_segments(const struct sk_buff *skb);
int netcx_set_features(struct net_device *netdev, netdev_features_t features);
int netcx_tx_offload(const struct netcx_queue *q, struct sk_buff *skb, NET_PACKET *packet);

/* Does the client allocate the receive buffers itself? */
static inline bool netcx_rx_has_driver_buffers(const struct netcx_adapter *adapter)
{
	return adapter->rx.AllocationMode == NetRxFragmentBufferAllocationModeDriver;
}

/* rx.c */
int netcx_rx_open(struct netcx_rx_queue *rx, struct netcx_channel *channel, struct netcx_queue *q);
void netcx_rx_close(struct netcx_rx_queue *rx);
/* FALSE: memory is short and the client may run dry. */
bool netcx_rx_refill(struct netcx_rx_queue *rx);
/* Hands up to @budget drained packets to the stack; how many. */
int netcx_rx_indicate(struct netcx_rx_queue *rx, int budget);
/* Takes back everything without showing it to the stack, after Cancel. */
void netcx_rx_discard(struct netcx_rx_queue *rx);

/* rss.c: under rtnl */
bool netcx_rss_is_offered(const struct netcx_adapter *adapter);
int netcx_rss_init(struct netcx_netdev *nd);
void netcx_rss_free(struct netcx_netdev *nd);
/* For another number of rx queues. */
void netcx_rss_update(struct netcx_netdev *nd);
/* While the queues are created, but not started. */
int netcx_rss_enable(struct netcx_netdev *nd);
void netcx_rss_disable(struct netcx_netdev *nd);
u32 netcx_get_rxfh_key_size(struct net_device *netdev);
u32 netcx_get_rxfh_indir_size(struct net_device *netdev);
int netcx_set_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info);
int netcx_get_rxnfc(struct net_device *netdev, struct ethtool_rxnfc *info, u32 *rule_locations);
#ifdef NETCX_HAVE_ETHTOOL_RXFH_PARAM
int netcx_get_rxfh(struct net_device *netdev, struct ethtool_rxfh_param *rxfh);
int netcx_set_rxfh(struct net_device *netdev, struct ethtool_rxfh_param *rxfh,
		   struct netlink_ext_ack *extack);
#else
int netcx_get_rxfh(struct net_device *netdev, u32 *indir, u8 *key, u8 *hfunc);
int netcx_set_rxfh(struct net_device *netdev, const u32 *indir, const u8 *key, const u8 hfunc);
#endif

/* affinity.c */
void netcx_xps_spread(struct netcx_netdev *nd);
/* From when the queue is created until it is destroyed. */
void netcx_affinity_set(struct netcx_channel *channel, const struct netcx_queue *q);
void netcx_affinity_forget(struct netcx_channel *channel, const struct netcx_queue *q);

/* rx_copy.c */
int netcx_rx_copy_open(struct netcx_rx_queue *rx, u32 elements);
void netcx_rx_copy_close(struct netcx_rx_queue *rx);

/* watchdog.c */
void netcx_tx_timeout(struct net_device *netdev, unsigned int index);
void netcx_watchdog_init(struct netcx_netdev *nd);
void netcx_watchdog_start(struct netcx_netdev *nd);
void netcx_watchdog_stop(struct netcx_netdev *nd);

/* filter.c */
void netcx_filter_work(struct work_struct *work);
void netcx_filter_enable(struct netcx_netdev *nd);
void netcx_filter_disable(struct netcx_netdev *nd);

/* netlink.c */
void netcx_netlink_init(struct net_device *netdev);
/* The queues are there, and about to go; under rtnl. */
void netcx_netlink_start(struct netcx_netdev *nd);
void netcx_netlink_stop(struct netcx_netdev *nd);

/* pool_stats.c: all but the first return where they stopped writing; under rtnl */
int netcx_pool_stats_count(void);
u8 *netcx_pool_stats_strings(u8 *data);
u64 *netcx_pool_stats_values(const struct netcx_netdev *nd, u64 *data);

/* Remembers what the queue's page_pool counted, which is about to go. */
static inline void netcx_pool_stats_keep(struct netcx_rx_queue *rx)
{
#ifdef CONFIG_PAGE_POOL_STATS
	page_pool_get_stats(rx->pool, &rx->channel->nd->closed_pools);
#endif
}

/* stats.c */
/* A counter that another processor may be writing to. */
u64 netcx_stat_read(const struct u64_stats_sync *sync, const u64_stats_t *counter);
void netcx_get_stats64(struct net_device *netdev, struct rtnl_link_stats64 *stats);
int netcx_stats_count(const struct netcx_netdev *nd);
void netcx_stats_strings(const struct netcx_netdev *nd, u8 *data);
void netcx_stats_values(struct netcx_netdev *nd, u64 *data);

/* moderation.c */
void netcx_moderation_init(struct netcx_netdev *nd);
/* Do the queues in use have timers of their own, or is there only one pair? */
bool netcx_moderation_may_adapt(const struct netcx_netdev *nd);
/* Asks the client for what a channel needs, at most its maxima. Process context. */
void netcx_moderation_adapt(struct netcx_channel *channel, u8 directions, u32 microseconds);
int netcx_get_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
		       struct kernel_ethtool_coalesce *kernel_coalesce,
		       struct netlink_ext_ack *extack);
int netcx_set_coalesce(struct net_device *netdev, struct ethtool_coalesce *coalesce,
		       struct kernel_ethtool_coalesce *kernel_coalesce,
		       struct netlink_ext_ack *extack);
int netcx_get_per_queue_coalesce(struct net_device *netdev, u32 queue,
				 struct ethtool_coalesce *coalesce);
int netcx_set_per_queue_coalesce(struct net_device *netdev, u32 queue,
				 struct ethtool_coalesce *coalesce);

/* dim.c: adaptive moderation, of running queues that nd->adaptive names; under rtnl */
#if IS_REACHABLE(CONFIG_DIMLIB)
static inline bool netcx_dim_exists(void)
{
	return true;
}

void netcx_dim_init(struct netcx_channel *channel);
void netcx_dim_start(struct netcx_netdev *nd);
void netcx_dim_stop(struct netcx_netdev *nd);
/* NAPI has nothing left to do, which ends what an interrupt began. By NAPI's owner. */
void netcx_dim_sample(struct netcx_channel *channel);
#else
static inline bool netcx_dim_exists(void)
{
	return false;
}

static inline void netcx_dim_init(struct netcx_channel *channel) {}
static inline void netcx_dim_start(struct netcx_netdev *nd) {}
static inline void netcx_dim_stop(struct netcx_netdev *nd) {}
static inline void netcx_dim_sample(struct netcx_channel *channel) {}
#endif

/* netdev.c */
void netcx_netdev_init(void);

/* wake.c */
struct ethtool_wolinfo;
void netcx_get_wol(struct net_device *netdev, struct ethtool_wolinfo *wol);
int netcx_set_wol(struct net_device *netdev, struct ethtool_wolinfo *wol);
void netcx_wake_init(struct netcx_netdev *nd);
void netcx_wake_prepare(struct netcx_netdev *nd);

/* ethtool.c */
extern const struct ethtool_ops netcx_ethtool_ops;

/* device.c */
int netcx_device_init(void);
void netcx_device_exit(void);
/* Resets the device soon, in another context. Any context. */
void netcx_device_schedule_reset(struct netcx_os_device *device);
/* Takes the device out of D0 soon, elsewhere, for what is in device->fault. Any context. */
void netcx_device_halt(struct netcx_os_device *device);
/* Is it still there? */
bool netcx_device_is_present(const struct netcx_os_device *device);
/* Into D0 and out of it, with the queues. Under power_lock. */
int netcx_device_power_up(struct netcx_os_device *device);
void netcx_device_power_down(struct netcx_os_device *device);
/* For the buses: a device is bound, let go, and left alone when the machine goes down. */
struct netcx_os_device *netcx_device_alloc(struct device *dev,
					   struct netcx_client_private *client);
void netcx_device_free(struct netcx_os_device *device);
int netcx_device_start(struct netcx_os_device *device);
void netcx_device_stop(struct netcx_os_device *device);
void netcx_device_shutdown(struct netcx_os_device *device);
extern const struct dev_pm_ops netcx_pm_ops;

/* pci.c */
/* Stops the device's DMA for good, until it is powered up again. */
void netcx_device_stop_dma(struct netcx_os_device *device);
int netcx_pci_register(struct netcx_client_private *client);
void netcx_pci_unregister(struct netcx_client_private *client);

/* virtual.c */
int netcx_virtual_init(void);
void netcx_virtual_exit(void);
int netcx_virtual_register(struct netcx_client_private *client);
void netcx_virtual_unregister(struct netcx_client_private *client);

/* verifier.c */
/* Under power_lock, while the device has no queues. */
void netcx_verifier_switch(struct netcx_os_device *device, bool on);
/* netcx_core_queue_cancel(). */
void netcx_verifier_cancel(struct netcx_queue *q);

/* pci_error.c */
extern const struct pci_error_handlers netcx_pci_error_handlers;

/* Asks the client for one notification. */
static inline void netcx_arm(struct netcx_queue *q)
{
	if (READ_ONCE(q->armed))
		return;
	/* First the mark: the notification may come before the call returns. */
	WRITE_ONCE(q->armed, true);
	netcx_set_notification(q);
}

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
 * Writes a packet element and clears its extensions, which end @size bytes behind its begin. They
 * are small, so stores beat a call of memset().
 */
static inline void netcx_packet_write(NET_PACKET *element, u32 size, const NET_PACKET *packet)
{
	void *word = element + 1;
	const void *end = (void *)element + size;

	*element = *packet;
	for (; word + sizeof(u64) <= end; word += sizeof(u64)) {
		/* Or the compiler makes a memset() of it. */
		OPTIMIZER_HIDE_VAR(word);
		put_unaligned(0ULL, (u64 *)word);
	}
	if (word < end)
		*(u32 *)word = 0;
}

/* A fragment in one store: bits 0..25 ValidLength, 26..51 Capacity, the rest clear. */
static inline void netcx_fragment_write(NET_FRAGMENT *fragment, u32 length, u32 capacity)
{
	*(u64 *)fragment = (u64)length | (u64)capacity << 26;
}

/*
 * Copies a small packet in whole blocks, which is much cheaper than by the byte; so both buffers
 * have to reach to a multiple of NETCX_COPY_BLOCK behind their begin. Any alignment.
 */
#define NETCX_COPY_BLOCK	64

static inline void netcx_copy_small(void *to, const void *from, u32 length)
{
	u32 i = 0;

	do {
		memcpy(to + i, from + i, NETCX_COPY_BLOCK);
		i += NETCX_COPY_BLOCK;
	} while (unlikely(i < length));
}

#endif /* NETCX_LINUX_H */
