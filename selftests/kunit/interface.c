// SPDX-License-Identifier: GPL-2.0-only
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

#include "../../module/linux/bus/virtual.h"

#include "interface.h"
#include "layout.h"

/* ---- what the translator asks the rest of netcx.ko for ---- */

void netcx_device_schedule_reset(struct netcx_os_device *device)
{
	container_of(device, struct netcx_kunit_interface, device)->resets++;
}

void netcx_device_halt(struct netcx_os_device *device)
{
	container_of(device, struct netcx_kunit_interface, device)->halts++;
}

const char *netcx_device_client_name(const struct netcx_os_device *device)
{
	return "kunit";
}

/* In use: what a client does now counts. */
enum netcx_device_state_name netcx_core_state_name(const struct netcx_device_state *state)
{
	return NETCX_DEVICE_ON;
}

int netcx_core_state_event(struct netcx_device_state *state, enum netcx_device_event event,
			   BOOLEAN flag)
{
	return 0;
}

const char *netcx_core_state_text(enum netcx_device_state_name name)
{
	return "working";
}

UINT32 netcx_core_state_failures(const struct netcx_device_state *state)
{
	return 0;
}

SIZE_T netcx_core_device_reset_diagnostics(struct netcx_device *device, UINT8 *buffer, SIZE_T size)
{
	return 0;
}

BOOLEAN netcx_core_adapter_is_transmit_paused(const struct netcx_adapter *adapter)
{
	return false;
}

void netcx_core_queue_cancel(struct netcx_queue *q)
{
	q->state = NETCX_QUEUE_CANCELLED;
}

void netcx_os_adapter_link_changed(struct netcx_adapter *adapter)
{
}

void netcx_virtual_key_read(struct device *dev, const char *name)
{
}

struct netcx_queue_config netcx_queues_config(const struct netcx_netdev *nd)
{
	return (struct netcx_queue_config) {
		.num_rx = nd->num_rx,
		.rx_protocols = nd->rss.protocols,
	};
}

int netcx_queues_reconfigure(struct netcx_netdev *nd, const struct netcx_queue_config *config)
{
	struct netcx_kunit_interface *interface =
		container_of(nd->adapter, struct netcx_kunit_interface, adapter);

	interface->config = *config;
	interface->reconfigured++;
	if (!interface->reconfigure_error)
		nd->rss.protocols = config->rx_protocols;
	return interface->reconfigure_error;
}

void netcx_core_adapter_set_offloads(struct netcx_adapter *adapter,
				     const struct netcx_offloads *offloads)
{
	container_of(adapter, struct netcx_kunit_interface, adapter)->offloads = *offloads;
	adapter->offloads = *offloads;
}

int netcx_queues_set_offloads(struct netcx_netdev *nd, const struct netcx_offloads *offloads)
{
	container_of(nd->adapter, struct netcx_kunit_interface, adapter)->restarted = true;
	netcx_core_adapter_set_offloads(nd->adapter, offloads);
	return 0;
}

int netcx_core_adapter_set_vlan_filter(struct netcx_adapter *adapter,
				       const struct netcx_vlan_filter *filter)
{
	struct netcx_kunit_interface *interface =
		container_of(adapter, struct netcx_kunit_interface, adapter);

	interface->vlan_filter = *filter;
	interface->vlan_filters++;
	return 0;
}

int netcx_core_receive_scaling_set_entries(struct netcx_adapter *adapter,
					   NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY *entries,
					   UINT32 count)
{
	struct netcx_kunit_scaling *scaling =
		&container_of(adapter, struct netcx_kunit_interface, adapter)->scaling;
	const int err = scaling->table_error;
	u32 i;

	scaling->table_error = 0;
	scaling->tables++;
	for (i = 0; i < (err ? count / 2 : count); i++)
		scaling->table[entries[i].Index] = entries[i].PacketQueue;
	return err;
}

int netcx_core_receive_scaling_set_key(struct netcx_adapter *adapter, const UINT8 *key)
{
	struct netcx_kunit_scaling *scaling =
		&container_of(adapter, struct netcx_kunit_interface, adapter)->scaling;
	const int err = scaling->key_error;

	scaling->key_error = 0;
	scaling->keys++;
	if (!err)
		memcpy(scaling->key, key, sizeof(scaling->key));
	return err;
}

int netcx_core_receive_scaling_enable(struct netcx_adapter *adapter,
				      NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE hash,
				      NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols)
{
	struct netcx_kunit_scaling *scaling =
		&container_of(adapter, struct netcx_kunit_interface, adapter)->scaling;

	scaling->enables++;
	scaling->protocols = protocols;
	return 0;
}

void netcx_core_receive_scaling_disable(struct netcx_adapter *adapter)
{
	container_of(adapter, struct netcx_kunit_interface, adapter)->scaling.disables++;
}

bool netcx_moderation_may_adapt(const struct netcx_netdev *nd)
{
	return true;
}

void netcx_moderation_adapt(struct netcx_channel *channel, u8 directions, u32 microseconds)
{
	struct netcx_kunit_interface *interface =
		container_of(channel, struct netcx_kunit_interface, channel);

	interface->adapted++;
	interface->adapted_directions = directions;
	interface->adapted_microseconds = microseconds;
}

/* ---- the client ---- */

/* Returns packets in order, with their fragments, as many as it may. */
static void netcx_kunit_tx_advance(NETPACKETQUEUE queue)
{
	struct netcx_kunit_interface *interface = (void *)queue;
	NET_RING *pr = interface->tx_queue.packets;
	NET_RING *fr = interface->tx_queue.fragments;
	const u32 begin = pr->BeginIndex;

	interface->tx_advances++;
	interface->tx_posted = NetRingGetRangeCount(pr, pr->NextIndex, pr->EndIndex);
	pr->NextIndex = pr->EndIndex;
	for (; interface->tx_returns && pr->BeginIndex != pr->NextIndex; interface->tx_returns--) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, pr->BeginIndex);

		fr->BeginIndex = NetRingAdvanceIndex(fr, packet->FragmentIndex,
						     packet->FragmentCount);
		pr->BeginIndex = NetRingIncrementIndex(pr, pr->BeginIndex);
	}
	/* As hardware does: it interrupts for what has finished, whoever saw it first. */
	if (pr->BeginIndex != begin)
		netcx_os_queue_notify(&interface->tx_queue);
}

static void netcx_kunit_rx_advance(NETPACKETQUEUE queue)
{
	struct netcx_kunit_interface *interface = (void *)queue;

	interface->rx_advances++;
	if (interface->rx_advance)
		interface->rx_advance(interface);
}

static void netcx_kunit_tx_arm(NETPACKETQUEUE queue, BOOLEAN enabled)
{
	struct netcx_kunit_interface *interface = (void *)queue;

	KUNIT_EXPECT_TRUE(interface->test, enabled);
	interface->tx_arms++;
	if (interface->tx_arm)
		interface->tx_arm(interface);
}

static void netcx_kunit_rx_arm(NETPACKETQUEUE queue, BOOLEAN enabled)
{
	struct netcx_kunit_interface *interface = (void *)queue;

	KUNIT_EXPECT_TRUE(interface->test, enabled);
	interface->rx_arms++;
	if (interface->rx_arm)
		interface->rx_arm(interface);
}

/* ---- the interface ---- */

static int netcx_kunit_poll(struct napi_struct *napi, int budget)
{
	napi_complete_done(napi, 0);
	return 0;
}

static const struct net_device_ops netcx_kunit_netdev_ops = {
	.ndo_start_xmit = netcx_start_xmit,
};

static const struct net_device_ops netcx_kunit_bouncing_ops = {
	.ndo_start_xmit = netcx_start_xmit_bouncing,
};

static rx_handler_result_t netcx_kunit_receive(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct netcx_kunit_interface *interface =
		rcu_dereference(skb->dev->rx_handler_data);

	skb_queue_tail(&interface->received, skb);
	return RX_HANDLER_CONSUMED;
}

static void netcx_kunit_release_device(struct device *dev)
{
	kfree(to_pci_dev(dev));
}

/* A device on no bus, that can reach all memory. */
static struct pci_dev *netcx_kunit_device(void)
{
	struct pci_dev *pdev = kzalloc(sizeof(*pdev), GFP_KERNEL);

	if (!pdev)
		return NULL;
	device_initialize(&pdev->dev);
	pdev->dev.release = netcx_kunit_release_device;
	pdev->dma_mask = DMA_BIT_MASK(64);
	pdev->dev.dma_mask = &pdev->dma_mask;
	pdev->dev.coherent_dma_mask = DMA_BIT_MASK(64);
	if (dev_set_name(&pdev->dev, "netcx_kunit") || device_add(&pdev->dev)) {
		put_device(&pdev->dev);
		return NULL;
	}
	return pdev;
}

static int netcx_kunit_register(struct netcx_kunit_interface *interface)
{
	int err;

	rtnl_lock();
	err = netif_set_real_num_queues(interface->netdev, 1, 1);
	if (!err)
		err = register_netdevice(interface->netdev);
	if (!err)
		err = netdev_rx_handler_register(interface->netdev, netcx_kunit_receive,
						 interface);
	rtnl_unlock();
	return err;
}

static void netcx_kunit_release_napi(struct netcx_kunit_interface *interface)
{
	if (interface->owns_napi)
		napi_complete(&interface->channel.napi);
	interface->owns_napi = false;
}

int netcx_kunit_interface_init(struct kunit *test)
{
	struct netcx_kunit_interface *interface;
	struct netcx_channel *channel;
	struct net_device *netdev;
	int err = -ENOMEM;

	interface = kunit_kzalloc(test, sizeof(*interface), GFP_KERNEL);
	if (!interface)
		return -ENOMEM;
	interface->test = test;
	interface->tx_returns = UINT_MAX;
	skb_queue_head_init(&interface->received);
	memset(&netcx_kunit_inject, 0, sizeof(netcx_kunit_inject));

	interface->device.pdev = netcx_kunit_device();
	if (!interface->device.pdev)
		return -ENOMEM;
	netdev = alloc_etherdev_mqs(sizeof(struct netcx_netdev), NETCX_KUNIT_QUEUES,
				    NETCX_KUNIT_QUEUES);
	if (!netdev)
		goto unregister_device;
	interface->device.dev = &interface->device.pdev->dev;
	netcx_log_limit_init(&interface->device.log_limit);
	SET_NETDEV_DEV(netdev, interface->device.dev);
	eth_hw_addr_random(netdev);
	netdev->netdev_ops = &netcx_kunit_netdev_ops;
	strscpy(netdev->name, "netcx_kunit%d", sizeof(netdev->name));

	channel = &interface->channel;
	interface->netdev = netdev;
	interface->nd = netdev_priv(netdev);
	interface->nd->netdev = netdev;
	interface->nd->adapter = &interface->adapter;
	interface->nd->device = &interface->device;
	interface->nd->channels = channel;
	interface->nd->num_channels = 1;
	interface->nd->num_tx = 1;
	interface->nd->num_rx = 1;
	interface->nd->datapath = true;
	mutex_init(&interface->nd->filter_lock);
	spin_lock_init(&interface->nd->link_lock);
	channel->nd = interface->nd;
	u64_stats_init(&channel->tx_storage.stats.sync);
	u64_stats_init(&channel->rx_storage.stats.sync);
	interface->adapter.client_name = "netcx_kunit";
	interface->adapter.os_device = &interface->device;
	interface->adapter.tx.MaximumNumberOfFragments = SIZE_MAX;
	/* All that this is needed for are the extensions. */
	interface->adapter.tx_checksum.Size = sizeof(interface->adapter.tx_checksum);
	interface->adapter.rx_checksum.Size = sizeof(interface->adapter.rx_checksum);
	interface->adapter.gso.Size = sizeof(interface->adapter.gso);

	err = netcx_kunit_register(interface);
	if (err)
		goto free_netdev;
	netcx_poll_init(channel);
	channel->napi.poll = netcx_kunit_poll;
	netcx_poll_enable(channel);
	test->priv = interface;
	return 0;

free_netdev:
	free_netdev(netdev);
unregister_device:
	device_unregister(&interface->device.pdev->dev);
	return err;
}

void netcx_kunit_interface_exit(struct kunit *test)
{
	struct netcx_kunit_interface *interface = test->priv;

	if (!interface)
		return;
	skb_queue_purge(&interface->received);
	netcx_kunit_release_napi(interface);
	netcx_poll_disable(&interface->channel);
	netcx_kunit_tx_close(interface);
	netcx_kunit_rx_close(interface);
	netcx_poll_exit(&interface->channel);
	rtnl_lock();
	netdev_rx_handler_unregister(interface->netdev);
	unregister_netdevice(interface->netdev);
	rtnl_unlock();
	free_netdev(interface->netdev);
	device_unregister(&interface->device.pdev->dev);
	test->priv = NULL;

	/* Whatever the test did, nothing stays behind. */
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_coherent, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_page, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pools, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.pieces, 0);
	KUNIT_EXPECT_EQ(test, netcx_kunit_inject.dma_pools, 0);
}

void netcx_kunit_use_dma(struct netcx_kunit_interface *interface)
{
	if (!IS_ENABLED(CONFIG_HAS_DMA))
		kunit_skip(interface->test, "this kernel has no DMA");
	interface->adapter.tx.MappingRequirement = NetMemoryMappingRequirementDmaMapped;
	interface->adapter.rx.MappingRequirement = NetMemoryMappingRequirementDmaMapped;
}

void netcx_kunit_offer_offloads(struct netcx_kunit_interface *interface)
{
	const u32 layer3 = NetAdapterOffloadLayer3FlagIPv4NoOptions |
			   NetAdapterOffloadLayer3FlagIPv4WithOptions |
			   NetAdapterOffloadLayer3FlagIPv6NoExtensions |
			   NetAdapterOffloadLayer3FlagIPv6WithExtensions;
	const u32 tcp = NetAdapterOffloadLayer4FlagTcpNoOptions |
			NetAdapterOffloadLayer4FlagTcpWithOptions;
	struct netcx_adapter *adapter = &interface->adapter;

	adapter->tx_checksum.Layer3Flags = layer3;
	adapter->tx_checksum.Layer4Flags = tcp | NetAdapterOffloadLayer4FlagUdp;
	adapter->gso.Layer3Flags = layer3;
	adapter->gso.Layer4Flags = tcp;
	adapter->gso.MinimumSegmentCount = 2;
}

/* ---- queues ---- */

static void netcx_kunit_queue(struct netcx_kunit_interface *interface, struct netcx_queue *q,
			      enum netcx_queue_type type, u32 elements)
{
	struct kunit *test = interface->test;
	struct netcx_kunit_layout layout;

	netcx_kunit_lay_out(&interface->adapter, type, &layout);
	*q = (struct netcx_queue){
		.handle = (NETPACKETQUEUE)interface,
		.advance = type == NETCX_QUEUE_TX ? netcx_kunit_tx_advance :
						    netcx_kunit_rx_advance,
		.set_notification = type == NETCX_QUEUE_TX ? netcx_kunit_tx_arm :
							     netcx_kunit_rx_arm,
		.packets = netcx_kunit_ring(test, elements, layout.packet_stride),
		.fragments = netcx_kunit_ring(test, elements, layout.fragment_stride),
		.layout = layout.offsets,
		.state = NETCX_QUEUE_STARTED,
		.os = &interface->channel,
		.adapter = &interface->adapter,
		.type = type,
	};
	if (q->layout.fragment_net_memory)
		q->returns = netcx_kunit_ring(test, 2 * elements,
					      sizeof(NET_FRAGMENT_RETURN_CONTEXT));
	q->rings.Rings[NetRingTypePacket] = q->packets;
	q->rings.Rings[NetRingTypeFragment] = q->fragments;
	q->rings.Rings[NetRingTypeDataBuffer] = q->returns;
}

struct netcx_tx_queue *netcx_kunit_tx_open(struct netcx_kunit_interface *interface, u32 elements)
{
	struct netcx_channel *channel = &interface->channel;

	netcx_kunit_queue(interface, &interface->tx_queue, NETCX_QUEUE_TX, elements);
	KUNIT_ASSERT_EQ(interface->test, 0,
			netcx_tx_open(&channel->tx_storage, channel, &interface->tx_queue));
	channel->tx = &channel->tx_storage;
	if (channel->tx->bounces)
		interface->netdev->netdev_ops = &netcx_kunit_bouncing_ops;
	netif_tx_start_queue(channel->tx->nq);
	return channel->tx;
}

struct netcx_rx_queue *netcx_kunit_rx_open(struct netcx_kunit_interface *interface, u32 elements,
					   u32 frame_size)
{
	struct netcx_channel *channel = &interface->channel;

	interface->adapter.rx.MaximumFrameSize = frame_size;
	netcx_kunit_queue(interface, &interface->rx_queue, NETCX_QUEUE_RX, elements);
	KUNIT_ASSERT_EQ(interface->test, 0,
			netcx_rx_open(&channel->rx_storage, channel, &interface->rx_queue));
	channel->rx = &channel->rx_storage;
	KUNIT_ASSERT_TRUE(interface->test, napi_schedule_prep(&channel->napi));
	interface->owns_napi = true;
	return channel->rx;
}

void netcx_kunit_tx_close(struct netcx_kunit_interface *interface)
{
	if (!interface->channel.tx)
		return;
	netcx_tx_close(interface->channel.tx);
	interface->channel.tx = NULL;
}

void netcx_kunit_rx_close(struct netcx_kunit_interface *interface)
{
	if (!interface->channel.rx)
		return;
	netcx_kunit_release_napi(interface);
	netcx_rx_close(interface->channel.rx);
	interface->channel.rx = NULL;
}

netdev_tx_t netcx_kunit_xmit(struct netcx_kunit_interface *interface, struct sk_buff *skb,
			     bool more)
{
	struct netdev_queue *nq = netdev_get_tx_queue(interface->netdev, 0);
	netdev_tx_t status;

	local_bh_disable();
	__netif_tx_lock(nq, smp_processor_id());
	status = netdev_start_xmit(skb, interface->netdev, nq, more);
	__netif_tx_unlock(nq);
	/* Softirqs are off: it has not run yet. */
	interface->scheduled = test_bit(NAPI_STATE_SCHED, &interface->channel.napi.state);
	local_bh_enable();
	return status;
}

void netcx_kunit_tx_poll(struct netcx_kunit_interface *interface)
{
	struct netcx_tx_queue *tx = interface->channel.tx;

	local_bh_disable();
	__netif_tx_lock(tx->nq, smp_processor_id());
	netcx_tx_service(tx, NAPI_POLL_WEIGHT);
	netcx_tx_wake(tx);
	__netif_tx_unlock(tx->nq);
	local_bh_enable();
}

int netcx_kunit_rx_indicate(struct netcx_kunit_interface *interface, int budget)
{
	struct napi_struct *napi = &interface->channel.napi;
	int work;

	local_bh_disable();
	work = netcx_rx_indicate(interface->channel.rx, budget);
	napi_complete_done(napi, 0);
	interface->owns_napi = napi_schedule_prep(napi);
	local_bh_enable();
	/* It had been scheduled meanwhile, and has run now. */
	if (!interface->owns_napi)
		interface->owns_napi = napi_schedule_prep(napi);
	return work;
}

bool netcx_kunit_rx_refill(struct netcx_kunit_interface *interface)
{
	bool filled;

	local_bh_disable();
	filled = netcx_rx_refill(interface->channel.rx);
	local_bh_enable();
	return filled;
}
