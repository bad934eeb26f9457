/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A network interface without hardware, with the one tx and the one rx queue that a test opens, and
 * a client driver that does as it is told.
 */
#ifndef NETCX_KUNIT_INTERFACE_H
#define NETCX_KUNIT_INTERFACE_H

#include <netcx/net/checksum.h>
#include <netcx/net/gso.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/net/packethash.h>
#include <netcx/net/returncontext.h>
#include <netcx/net/rsc.h>
#include <netcx/net/virtualaddress.h>
#include <netcx/netcx_ieee8021q.h>

#include "../../module/linux/bus/device.h"
#include "../../module/linux/bus/pci.h"
#include "../../module/linux/control/ethtool_rss.h"
#include "../../module/linux/control/wake.h"
#include "../../module/linux/datapath/callbacks.h"
#include "../../module/linux/datapath/dim.h"
#include "../../module/linux/datapath/moderation.h"
#include "../../module/linux/datapath/poll.h"
#include "../../module/linux/datapath/ring.h"
#include "../../module/linux/datapath/rss.h"
#include "../../module/linux/datapath/rx.h"
#include "../../module/linux/datapath/tx.h"
#include "../../module/linux/datapath/tx_offload.h"
#include "../../module/linux/datapath/tx_ring.h"
#include "../../module/linux/datapath/verifier.h"
#include "../../module/linux/netdev/features.h"
#include "../../module/linux/netdev/netdev_priv.h"
#include "../../module/linux/netdev/queues.h"

#include "inject.h"
#include "rings.h"

/* As many of each kind as there can be. All but queues_test.c have one. */
#define NETCX_KUNIT_QUEUES	2

/* What the client was told of receive scaling, and how often. */
struct netcx_kunit_scaling {
	unsigned int tables;
	unsigned int keys;
	unsigned int enables;
	unsigned int disables;
	/* The queue that the table has at each index. */
	NETPACKETQUEUE table[128];
	u8 key[NETCX_RSS_KEY_SIZE];
	u32 protocols;
	/* What the next calls of a kind come to; a failed table is half set. */
	int table_error;
	int key_error;
};

struct netcx_kunit_interface {
	struct kunit *test;
	struct net_device *netdev;
	struct netcx_netdev *nd;
	struct netcx_channel channel;
	struct netcx_adapter adapter;
	struct netcx_os_device device;
	struct netcx_queue tx_queue;
	struct netcx_queue rx_queue;

	/* What the translator asked the rest of netcx.ko for. */
	struct netcx_queue_config config;
	unsigned int reconfigured;
	int reconfigure_error;
	unsigned int resets;
	unsigned int halts;
	struct netcx_offloads offloads;
	struct netcx_kunit_scaling scaling;
	unsigned int adapted;
	u8 adapted_directions;
	u32 adapted_microseconds;
	/* The queues were taken down around the last change of offloads. */
	bool restarted;
	/* What the client was last told to filter, and how often it was told. */
	struct netcx_vlan_filter vlan_filter;
	unsigned int vlan_filters;

	/* Was NAPI scheduled when the last netcx_kunit_xmit() returned? */
	bool scheduled;
	/* The test is NAPI's owner, as an rx queue's user has to be. */
	bool owns_napi;

	/* What the rx client does in Advance, and both when asked to notify; may be NULL. */
	void (*rx_advance)(struct netcx_kunit_interface *interface);
	void (*rx_arm)(struct netcx_kunit_interface *interface);
	void (*tx_arm)(struct netcx_kunit_interface *interface);
	unsigned int rx_advances;
	unsigned int rx_arms;
	unsigned int tx_arms;

	/* Packets the tx client returns from now on; it posts all it gets. */
	unsigned int tx_returns;
	unsigned int tx_advances;
	/* How many packets were new in the last Advance. */
	u32 tx_posted;
	/* Sent skbs that were freed. */
	unsigned int freed;

	/* What came up the stack. */
	struct sk_buff_head received;
};

/* Suites' init and exit; init leaves the interface in test->priv. Exit closes what is open. */
int netcx_kunit_interface_init(struct kunit *test);
void netcx_kunit_interface_exit(struct kunit *test);

/* The client does DMA. Before a queue is opened. */
void netcx_kunit_use_dma(struct netcx_kunit_interface *interface);
/* Where TCP and UDP checksums and segmentation are all the client's, with any headers. */
void netcx_kunit_offer_offloads(struct netcx_kunit_interface *interface);

/*
 * Makes and opens the tx queue, with the extensions that the adapter's capabilities call for and
 * both rings with @elements; fails the test if that fails.
 */
struct netcx_tx_queue *netcx_kunit_tx_open(struct netcx_kunit_interface *interface, u32 elements);
/* The same for the rx queue; the client takes frames of @frame_size bytes per fragment. */
struct netcx_rx_queue *netcx_kunit_rx_open(struct netcx_kunit_interface *interface, u32 elements,
					   u32 frame_size);
/* Closes them. The suites' exit does, if the test does not. */
void netcx_kunit_tx_close(struct netcx_kunit_interface *interface);
void netcx_kunit_rx_close(struct netcx_kunit_interface *interface);

/* Gives an skb to the driver as the stack does: queue locked, BHs off. */
netdev_tx_t netcx_kunit_xmit(struct netcx_kunit_interface *interface, struct sk_buff *skb,
			     bool more);
/* The tx part of a poll. */
void netcx_kunit_tx_poll(struct netcx_kunit_interface *interface);
/* The rx part of a poll, without Advance; then everything that GRO kept goes up the stack. */
int netcx_kunit_rx_indicate(struct netcx_kunit_interface *interface, int budget);
bool netcx_kunit_rx_refill(struct netcx_kunit_interface *interface);

/* Those of module/linux, see Kbuild; under their own names there are answers of the tests'. */
struct netcx_queue_config netcx_kunit_real_queues_config(const struct netcx_netdev *nd);
int netcx_kunit_real_queues_reconfigure(struct netcx_netdev *nd,
					const struct netcx_queue_config *config);
int netcx_kunit_real_queues_set_offloads(struct netcx_netdev *nd,
					 const struct netcx_offloads *offloads);

#endif /* NETCX_KUNIT_INTERFACE_H */
