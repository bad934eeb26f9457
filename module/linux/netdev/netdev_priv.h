/* SPDX-License-Identifier: GPL-2.0-only */
/* The private area of the net_device. */
#ifndef NETCX_LINUX_NETDEV_PRIV_H
#define NETCX_LINUX_NETDEV_PRIV_H

#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/workqueue.h>

#include <netcx/netreceivescaling.h>

#include "../../core/core.h"
#include "../datapath/channel.h"
#include "../os/compat.h"
#include "hw_stats_priv.h"

struct bpf_prog;
struct netcx_os_device;

/* Bytes of a receive hash key. */
#define NETCX_RSS_KEY_SIZE	NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1

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

	/* Under rtnl: the device is in D0, so queues may exist and the client be told things. */
	bool datapath;
	/*
	 * Under rtnl: it is not, but the interface is attached, without a link, so that its
	 * operstate shows it: RETRY, HALTED, GONE, or HELD for long.
	 */
	bool lost;
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
	/* Under filter_lock too: some of what should be received cannot be, and it was said. */
	bool filter_too_narrow;
	/* VLAN filter, under filter_lock too: whether filtering is enabled, and the VLAN set. */
	bool vlan_filtering;
	struct netcx_vlan_filter vlan_filter;
	struct work_struct filter_work;
	/* The client's moderation callbacks are called under this lock, by the user or by dim.c. */
	struct mutex moderation_lock;
	/* Under rtnl: what the user set for all channels, and which of it adapts itself. */
	struct netcx_interrupt_moderation moderation;
	u8 adaptive;
	/* Brings what the client changed of MTU, address and offloads to the netdev. */
	struct work_struct indicate_work;
	/* Runs while the queues do. */
	struct delayed_work watchdog_work;
	/* Takes packets back that cannot be sent for want of a link. */
	struct work_struct flush_work;

	struct netcx_hw_stats hw_stats;
	atomic64_t tx_timeouts;
#ifdef CONFIG_PAGE_POOL_STATS
	/* Under rtnl: what the page_pools counted that are gone. */
	struct page_pool_stats closed_pools;
#endif
};

#endif /* NETCX_LINUX_NETDEV_PRIV_H */
