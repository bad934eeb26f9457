// SPDX-License-Identifier: GPL-2.0-only
/*
 * An adapter's network interface: made when the adapter starts, gone when it stops.
 */
#include <linux/dma-mapping.h>
#include <linux/rtnetlink.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../bus/device.h"
#include "../control/ethtool.h"
#include "../control/wake.h"
#include "../datapath/channel.h"
#include "../datapath/dim.h"
#include "../datapath/moderation.h"
#include "../datapath/poll.h"
#include "../datapath/rss.h"
#include "../datapath/rx_carving.h"
#include "../datapath/rx_queue.h"
#include "../datapath/tx.h"
#include "../datapath/tx_bounce.h"
#include "../datapath/tx_offload.h"
#include "../datapath/tx_queue.h"
#include "../datapath/tx_xsk.h"
#include "../datapath/xdp_tx.h"
#include "affinity.h"
#include "features.h"
#include "filter.h"
#include "hw_stats.h"
#include "indicate.h"
#include "netdev.h"
#include "netdev_priv.h"
#include "netlink.h"
#include "priorities.h"
#include "queues.h"
#include "stats.h"
#include "vlan.h"
#include "watchdog.h"
#include "xdp_setup.h"

#define NETCX_TX_WATCHDOG	(5 * HZ)

static int netcx_open(struct net_device *netdev)
{
	struct netcx_netdev *nd = netdev_priv(netdev);

	/* A qdisc in software mode may have taken them away. */
	netcx_priorities_apply(nd);
	/* While the device is lost: the queues are created when the hardware comes up. */
	if (!nd->datapath)
		return nd->lost ? 0 : -ENETDOWN;
	return netcx_queues_up(nd);
}

static int netcx_stop(struct net_device *netdev)
{
	struct netcx_netdev *nd = netdev_priv(netdev);

	if (nd->running)
		netcx_queues_down(nd);
	netif_carrier_off(netdev);
	return 0;
}

static void netcx_set_rx_mode(struct net_device *netdev)
{
	struct netcx_netdev *nd = netdev_priv(netdev);

	schedule_work(&nd->filter_work);
}

static int netcx_set_mac_address(struct net_device *netdev, void *address)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	const struct sockaddr *sa = address;
	NET_ADAPTER_LINK_LAYER_ADDRESS link_layer;
	int err;

	if (!nd->adapter->set_address)
		return -EOPNOTSUPP;
	if (!nd->datapath)
		return -ENETDOWN;
	err = eth_prepare_mac_addr_change(netdev, address);
	if (err)
		return err;
	NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&link_layer, ETH_ALEN, sa->sa_data);
	err = netcx_core_adapter_set_address(nd->adapter, &link_layer);
	if (err)
		return err;
	eth_commit_mac_addr_change(netdev, address);
	return 0;
}

/* With the hash the layout of received packets changes, so there have to be new queues. */
static int netcx_netdev_set_features(struct net_device *netdev, netdev_features_t features)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	struct netcx_queue_config config = netcx_queues_config(nd);
	int err;

	config.rx_hash = features & NETIF_F_RXHASH;
	if (config.rx_hash != nd->adapter->receive_hash) {
		err = netcx_queues_reconfigure(nd, &config);
		if (err)
			return err;
	}
	return netcx_set_features(netdev, features);
}

/*
 * Without ndo_change_mtu(): buffers chain and the client was never told the MTU, so nothing has to
 * stop, and what is too large the stack refuses, see netcx_xdp_limit_mtu().
 */
static const struct net_device_ops netcx_netdev_ops = {
	.ndo_open = netcx_open,
	.ndo_stop = netcx_stop,
	.ndo_start_xmit = netcx_start_xmit,
	.ndo_features_check = netcx_features_check,
	.ndo_fix_features = netcx_fix_features,
	.ndo_set_features = netcx_netdev_set_features,
	.ndo_set_rx_mode = netcx_set_rx_mode,
	.ndo_set_mac_address = netcx_set_mac_address,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_vlan_rx_add_vid = netcx_vlan_rx_add_vid,
	.ndo_vlan_rx_kill_vid = netcx_vlan_rx_kill_vid,
	.ndo_get_stats64 = netcx_get_stats64,
	.ndo_tx_timeout = netcx_tx_timeout,
	.ndo_bpf = netcx_bpf,
	.ndo_xdp_xmit = netcx_xdp_xmit,
	.ndo_xsk_wakeup = netcx_xsk_wakeup,
	.ndo_setup_tc = netcx_setup_tc,
};

/*
 * Native XDP needs page_pool buffers and unrestricted tx addresses; other adapters use generic XDP.
 */
static struct net_device_ops netcx_netdev_ops_without_xdp __ro_after_init;
/* The same two, for clients that packets may have to be copied for. */
static struct net_device_ops netcx_netdev_ops_bouncing __ro_after_init;
static struct net_device_ops netcx_netdev_ops_bouncing_without_xdp __ro_after_init;

void __init netcx_netdev_init(void)
{
	netcx_netdev_ops_without_xdp = netcx_netdev_ops;
	netcx_netdev_ops_without_xdp.ndo_bpf = NULL;
	netcx_netdev_ops_without_xdp.ndo_xdp_xmit = NULL;
	netcx_netdev_ops_without_xdp.ndo_xsk_wakeup = NULL;
	netcx_netdev_ops_bouncing = netcx_netdev_ops;
	netcx_netdev_ops_bouncing.ndo_start_xmit = netcx_start_xmit_bouncing;
	netcx_netdev_ops_bouncing_without_xdp = netcx_netdev_ops_without_xdp;
	netcx_netdev_ops_bouncing_without_xdp.ndo_start_xmit = netcx_start_xmit_bouncing;
}

static bool netcx_serves_xdp(const struct netcx_adapter *adapter)
{
	return !netcx_rx_has_driver_buffers(adapter) && !netcx_tx_has_demands(adapter);
}

static const struct net_device_ops *netcx_ops_for(const struct netcx_adapter *adapter)
{
	const bool xdp = netcx_serves_xdp(adapter);

	if (netcx_tx_needs_copies(adapter))
		return xdp ? &netcx_netdev_ops_bouncing : &netcx_netdev_ops_bouncing_without_xdp;
	return xdp ? &netcx_netdev_ops : &netcx_netdev_ops_without_xdp;
}

/* What the class extension cannot serve is refused here, before anyone relies on it. */
static int netcx_check_capabilities(const struct netcx_adapter *adapter)
{
	struct netcx_os_device *device = adapter->os_device;

	if (adapter->tx.PayloadBackfill > NETCX_BOUNCE_BACKFILL_MAX) {
		netcx_os_log(device, NETCX_OS_LOG_ERROR,
			     "%s: NET_ADAPTER_TX_CAPABILITIES.PayloadBackfill %zu is not supported, at most %u",
			     adapter->client_name, (size_t)adapter->tx.PayloadBackfill,
			     NETCX_BOUNCE_BACKFILL_MAX);
		return -EOPNOTSUPP;
	}
	if (adapter->tx.FragmentBufferAlignment > NETCX_BOUNCE_ALIGNMENT_MAX) {
		netcx_os_log(device, NETCX_OS_LOG_ERROR,
			     "%s: NET_ADAPTER_TX_CAPABILITIES.FragmentBufferAlignment %zu is not supported, at most %u",
			     adapter->client_name, (size_t)adapter->tx.FragmentBufferAlignment,
			     NETCX_BOUNCE_ALIGNMENT_MAX);
		return -EOPNOTSUPP;
	}
	if (!netcx_rx_has_driver_buffers(adapter) &&
	    adapter->rx.FragmentBufferAlignment > NETCX_RX_ALIGNMENT_MAX) {
		netcx_os_log(device, NETCX_OS_LOG_ERROR,
			     "%s: NET_ADAPTER_RX_CAPABILITIES.FragmentBufferAlignment %zu is not supported, at most %u",
			     adapter->client_name, (size_t)adapter->rx.FragmentBufferAlignment,
			     NETCX_RX_ALIGNMENT_MAX);
		return -EOPNOTSUPP;
	}
	if (adapter->rx.MaximumFrameSize < ETH_HLEN || adapter->rx.MaximumFrameSize > SZ_64K) {
		netcx_os_log(device, NETCX_OS_LOG_ERROR,
			     "%s: NET_ADAPTER_RX_CAPABILITIES.MaximumFrameSize is %zu, not 14 to 65536",
			     adapter->client_name, (size_t)adapter->rx.MaximumFrameSize);
		return -EINVAL;
	}
	if (adapter->current_address.Length && adapter->current_address.Length != ETH_ALEN) {
		netcx_os_log(device, NETCX_OS_LOG_ERROR,
			     "%s: the link layer address has %u bytes, Ethernet's have 6",
			     adapter->client_name, adapter->current_address.Length);
		return -EINVAL;
	}
	if (adapter->mtu < ETH_MIN_MTU) {
		netcx_os_log(device, NETCX_OS_LOG_ERROR,
			     "%s: the MTU is %u, IP needs at least %u",
			     adapter->client_name, adapter->mtu, ETH_MIN_MTU);
		return -EINVAL;
	}
	return 0;
}

/* Buffers that lie too high are bounced by the DMA mapping itself. */
static int netcx_limit_dma(const struct netcx_adapter *adapter)
{
	const u64 highest[] = {
		adapter->tx_dma.MaximumPhysicalAddress.QuadPart,
		adapter->rx_dma.MaximumPhysicalAddress.QuadPart,
	};
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(highest); i++) {
		if (!highest[i])
			continue;
		err = netcx_os_dma_set_mask(adapter->os_device, highest[i]);
		if (err) {
			netcx_os_log(adapter->os_device, NETCX_OS_LOG_ERROR,
				     "%s: no DMA below MaximumPhysicalAddress %#llx here (%d)",
				     adapter->client_name, highest[i], err);
			return err;
		}
	}
	return 0;
}

/*
 * What of a receive buffer is in the DMA mapping's own memory (swiotlb) has to be aligned as the
 * buffer is. For transmission such memory is never used: see tx_bounce.c.
 */
static void netcx_align_dma(const struct netcx_adapter *adapter)
{
	struct device *dev = adapter->os_device->dev;

	if (!netcx_rx_has_driver_buffers(adapter) && adapter->rx.FragmentBufferAlignment > 1 &&
	    dev->dma_parms)
		dma_set_min_align_mask(dev, adapter->rx.FragmentBufferAlignment - 1);
}

static unsigned int netcx_ring_size(u32 hint)
{
	return hint ? clamp_t(u32, hint, NETCX_RING_MIN, NETCX_RING_MAX) : NETCX_RING_DEFAULT;
}

static void netcx_netdev_set_address(struct net_device *netdev, struct netcx_adapter *adapter)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address;

	if (adapter->current_address.Length == ETH_ALEN &&
	    is_valid_ether_addr(adapter->current_address.Address)) {
		eth_hw_addr_set(netdev, adapter->current_address.Address);
	} else {
		eth_hw_addr_random(netdev);
		dev_warn(adapter->os_device->dev,
			 "%s: no valid MAC address, taking %pM at random\n",
			 adapter->client_name, netdev->dev_addr);
		NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, ETH_ALEN, netdev->dev_addr);
		if (!adapter->set_address || netcx_core_adapter_set_address(adapter, &address))
			dev_warn(adapter->os_device->dev,
				 "%s: the hardware cannot be told; set promiscuous mode to receive\n",
				 adapter->client_name);
	}
	if (adapter->permanent_address.Length == ETH_ALEN)
		memcpy(netdev->perm_addr, adapter->permanent_address.Address, ETH_ALEN);
}

static void netcx_flush_work(struct work_struct *work)
{
	struct netcx_netdev *nd = container_of(work, struct netcx_netdev, flush_work);

	rtnl_lock();
	if (nd->running && !netif_carrier_ok(nd->netdev))
		netcx_queues_flush_tx(nd);
	rtnl_unlock();
}

/* Frees all channels, of which the first @count are initialised. */
static void netcx_netdev_free_channels(struct netcx_netdev *nd, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		netcx_poll_exit(&nd->channels[i]);
		free_cpumask_var(nd->channels[i].cpus);
	}
	kvfree(nd->channels);
}

static int netcx_netdev_init_channels(struct netcx_netdev *nd)
{
	unsigned int i;

	nd->channels = kvcalloc(nd->num_channels, sizeof(*nd->channels), GFP_KERNEL);
	if (!nd->channels)
		return -ENOMEM;
	for (i = 0; i < nd->num_channels; i++) {
		struct netcx_channel *channel = &nd->channels[i];

		channel->nd = nd;
		if (!zalloc_cpumask_var(&channel->cpus, GFP_KERNEL)) {
			netcx_netdev_free_channels(nd, i);
			return -ENOMEM;
		}
		u64_stats_init(&channel->tx_storage.stats.sync);
		if (i < nd->max_tx)
			netcx_tx_init(&channel->tx_storage, netdev_get_tx_queue(nd->netdev, i));
		u64_stats_init(&channel->rx_storage.stats.sync);
		netcx_dim_init(channel);
		netcx_poll_init(channel);
	}
	return 0;
}

static void netcx_netdev_free(struct netcx_netdev *nd)
{
	cancel_work_sync(&nd->filter_work);
	cancel_work_sync(&nd->indicate_work);
	netcx_hw_stats_free(&nd->hw_stats);
	cancel_work_sync(&nd->flush_work);
	netcx_netdev_free_channels(nd, nd->num_channels);
	netcx_rss_free(nd);
	free_netdev(nd->netdev);
}

static void netcx_netdev_init_features(struct net_device *netdev,
				       struct netcx_adapter *adapter)
{
	netdev->hw_features = netcx_features(adapter) | netcx_vlan_features(adapter);
	netdev->features = netdev->hw_features;
	adapter->receive_hash = !!(netdev->features & NETIF_F_RXHASH);
	if (netdev->hw_features & NETIF_F_ALL_TSO)
		netif_set_tso_max_size(netdev, min_t(size_t, adapter->gso.MaximumOffloadSize,
						     netcx_tx_needs_copies(adapter) ?
						     NETCX_BOUNCE_TSO_MAX : GSO_LEGACY_MAX_SIZE));
	if (adapter->tx.MappingRequirement == NetMemoryMappingRequirementDmaMapped &&
	    dma_get_mask(adapter->os_device->dev) == DMA_BIT_MASK(64))
		netdev->features |= NETIF_F_HIGHDMA;
	netcx_vlan_init(netdev_priv(netdev));
	if (adapter->set_address)
		netdev->priv_flags |= IFF_LIVE_ADDR_CHANGE;
	/* A list that is too long is replaced by promiscuous mode, which needs such a filter. */
	if (adapter->receive_filter.EvtSetReceiveFilter || adapter->packet_filter.Size)
		netdev->priv_flags |= adapter->unicast_filter.Size ? IFF_UNICAST_FLT : 0;
}

/* Some clients set no limit of their own. */
static unsigned int netcx_queue_limit(size_t wanted)
{
	return min_t(size_t, wanted, max(num_online_cpus(), NETCX_QUEUES_MAX));
}

int netcx_os_adapter_register(struct netcx_adapter *adapter)
{
	struct netcx_os_device *device = adapter->os_device;
	struct net_device *netdev;
	unsigned int max_tx, max_rx;
	struct netcx_netdev *nd;
	int err;

	err = netcx_check_capabilities(adapter);
	if (!err)
		err = netcx_limit_dma(adapter);
	if (err)
		return err;
	netcx_align_dma(adapter);

	max_tx = netcx_queue_limit(adapter->tx.MaximumNumberOfQueues);
	if (netcx_has_priorities(adapter))
		max_tx = netcx_priorities_queues(adapter, max_tx);
	/* More than one rx queue needs receive scaling to spread packets over them. */
	max_rx = 1;
	if (netcx_rss_is_offered(adapter))
		max_rx = netcx_queue_limit(min_t(size_t, adapter->rx.MaximumNumberOfQueues,
						 adapter->receive_scaling.NumberOfQueues));
	netdev = alloc_etherdev_mqs(sizeof(*nd), max_tx, max_rx);
	if (!netdev)
		return -ENOMEM;
	nd = netdev_priv(netdev);
	nd->netdev = netdev;
	nd->adapter = adapter;
	nd->device = device;
	nd->max_tx = max_tx;
	nd->max_rx = max_rx;
	/* One per processor; the user may want more, to have some for a purpose of their own. */
	nd->num_tx = netcx_has_priorities(adapter) ? max_tx : min(max_tx, num_online_cpus());
	nd->num_rx = min(max_rx, num_online_cpus());
	nd->num_channels = max(max_tx, max_rx);
	nd->tx_ring = netcx_ring_size(adapter->tx.FragmentRingNumberOfElementsHint);
	nd->rx_ring = netcx_ring_size(adapter->rx.FragmentRingNumberOfElementsHint);
	nd->tx_copybreak = NETCX_COPYBREAK;
	nd->rx_copybreak = NETCX_COPYBREAK;
	nd->datapath = true;
	spin_lock_init(&nd->link_lock);
	mutex_init(&nd->filter_lock);
	INIT_WORK(&nd->filter_work, netcx_filter_work);
	INIT_WORK(&nd->indicate_work, netcx_indicate_work);
	INIT_WORK(&nd->flush_work, netcx_flush_work);
	netcx_watchdog_init(nd);

	err = netif_set_real_num_queues(netdev, nd->num_tx, nd->num_rx);
	if (!err)
		err = netcx_rss_init(nd);
	if (!err)
		err = netcx_hw_stats_init(&nd->hw_stats, adapter);
	if (!err)
		err = netcx_netdev_init_channels(nd);
	if (err) {
		netcx_hw_stats_free(&nd->hw_stats);
		netcx_rss_free(nd);
		free_netdev(netdev);
		return err;
	}
	netcx_moderation_init(nd);
	netcx_wake_init(nd);

	SET_NETDEV_DEV(netdev, device->dev);
	netdev->netdev_ops = netcx_ops_for(adapter);
	netdev->ethtool_ops = &netcx_ethtool_ops;
	netcx_netlink_init(netdev);
	netdev->watchdog_timeo = NETCX_TX_WATCHDOG;
	netdev->min_mtu = ETH_MIN_MTU;
	netdev->max_mtu = adapter->mtu;
	netdev->mtu = min_t(u32, ETH_DATA_LEN, adapter->mtu);
	netcx_netdev_set_address(netdev, adapter);
	if (netcx_serves_xdp(adapter))
		netcx_xdp_set_features(nd);
	netcx_netdev_init_features(netdev, adapter);
	netcx_set_features(netdev, netdev->features);
	netcx_priorities_apply(nd);
	netif_carrier_off(netdev);

	/* From here on an interrupt that reports the link uses it: all of it is initialised. */
	smp_store_release(&adapter->os, nd);
	err = register_netdev(netdev);
	if (err) {
		dev_err(device->dev, "%s: registering the network interface failed with %d\n",
			adapter->client_name, err);
		WRITE_ONCE(adapter->os, NULL);
		synchronize_rcu();
		netcx_netdev_free(nd);
		return err;
	}
	netcx_hw_stats_start(&nd->hw_stats);
	/* Now, since the XPS maps are freed when the interface is unregistered, not otherwise. */
	rtnl_lock();
	netcx_xps_spread(nd);
	rtnl_unlock();
	netdev_info(netdev, "%s on NetCx rings: %u tx, %u rx, address %pM\n",
		    adapter->client_name, nd->num_tx, nd->num_rx, netdev->dev_addr);
	return 0;
}

void netcx_os_adapter_unregister(struct netcx_adapter *adapter)
{
	struct netcx_netdev *nd = adapter->os;

	unregister_netdev(nd->netdev);
	netcx_hw_stats_stop(&nd->hw_stats);
	/* Interrupts may still report the link, see netcx_os_adapter_link_changed(). */
	WRITE_ONCE(adapter->os, NULL);
	synchronize_rcu();
	netcx_netdev_free(nd);
}

/*
 * netif_carrier_off() before netif_device_detach(): the stack does not look at the carrier of a
 * detached interface, whose operational state would stay up until the device is back.
 */
void netcx_os_adapter_datapath_down(struct netcx_adapter *adapter, BOOLEAN for_sleep)
{
	struct netcx_netdev *nd = adapter->os;

	rtnl_lock();
	nd->datapath = false;
	if (nd->running)
		netcx_queues_down(nd);
	netcx_hw_stats_stop(&nd->hw_stats);
	netif_carrier_off(nd->netdev);
	netif_device_detach(nd->netdev);
	if (for_sleep)
		netcx_wake_prepare(nd);
	rtnl_unlock();
}

/*
 * Hardware state lost in the reset: MAC address and moderation. Filters and offloads are set
 * elsewhere.
 */
static void netcx_datapath_restore(struct netcx_netdev *nd)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address;

	if (nd->adapter->set_address) {
		NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(&address, ETH_ALEN, nd->netdev->dev_addr);
		netcx_core_adapter_set_address(nd->adapter, &address);
	}
	netcx_moderation_restore(nd);
}

int netcx_os_adapter_datapath_up(struct netcx_adapter *adapter, BOOLEAN blank)
{
	struct netcx_netdev *nd = adapter->os;
	int err = 0;

	rtnl_lock();
	nd->datapath = true;
	if (blank)
		netcx_datapath_restore(nd);
	/* Features may have changed while the device was out of D0. */
	netcx_set_features(nd->netdev, nd->netdev->features);
	if (netif_running(nd->netdev))
		err = netcx_queues_up(nd);
	if (!err) {
		nd->lost = false;
		netcx_hw_stats_start(&nd->hw_stats);
		netif_device_attach(nd->netdev);
		schedule_work(&nd->indicate_work);
	} else {
		nd->datapath = false;
	}
	rtnl_unlock();
	return err;
}

/*
 * Attached again, so that the stack looks at the carrier that went with the datapath, and the user
 * can ask and set things; nothing of that reaches the client, and no packet does. If the stack has
 * looked while the interface was detached, it told nobody: so it is to look once more.
 */
void netcx_os_adapter_datapath_lost(struct netcx_adapter *adapter)
{
	struct netcx_netdev *nd = adapter->os;

	rtnl_lock();
	nd->lost = true;
	netif_device_attach(nd->netdev);
	linkwatch_fire_event(nd->netdev);
	rtnl_unlock();
}

static const char *netcx_pause_name(NET_ADAPTER_PAUSE_FUNCTION_TYPE pause)
{
	switch (pause) {
	case NetAdapterPauseFunctionTypeSendOnly:
		return "tx";
	case NetAdapterPauseFunctionTypeReceiveOnly:
		return "rx";
	case NetAdapterPauseFunctionTypeSendAndReceive:
		return "rx/tx";
	default:
		return "off";
	}
}

static void netcx_log_link_up(const struct net_device *netdev, const NET_ADAPTER_LINK_STATE *link)
{
	if (link->TxLinkSpeed == NET_ADAPTER_LINK_SPEED_UNKNOWN)
		netdev_info(netdev, "Link is Up\n");
	else
		netdev_info(netdev, "Link is Up - %llu Mbps %s duplex, flow control %s\n",
			    div_u64(link->TxLinkSpeed, 1000000),
			    link->MediaDuplexState == MediaDuplexStateHalf ? "half" : "full",
			    netcx_pause_name(link->SupportedPauseFunctions));
}

/* NAPI wakes tx queues that were made anew without a link, and takes AF_XDP's descriptors. */
static void netcx_wake_senders(struct netcx_netdev *nd)
{
	unsigned int i;

	for (i = 0; i < nd->num_channels; i++)
		netcx_channel_schedule(&nd->channels[i]);
}

static void netcx_set_carrier(struct netcx_netdev *nd, const NET_ADAPTER_LINK_STATE *link)
{
	struct net_device *netdev = nd->netdev;

	if (link->MediaConnectState == MediaConnectStateDisconnected) {
		if (netif_carrier_ok(netdev) && netcx_device_may_log(nd->device))
			netdev_info(netdev, "Link is Down\n");
		netif_carrier_off(netdev);
	} else {
		if (!netif_carrier_ok(netdev) && netcx_device_may_log(nd->device))
			netcx_log_link_up(netdev, link);
		WRITE_ONCE(nd->negotiates, link->AutoNegotiationFlags &
			   NetAdapterAutoNegotiationFlagXmitLinkSpeedAutoNegotiated);
		netif_carrier_on(netdev);
	}
}

void netcx_os_adapter_link_changed(struct netcx_adapter *adapter)
{
	NET_ADAPTER_LINK_STATE link;
	struct netcx_netdev *nd;
	unsigned long flags;

	rcu_read_lock();
	nd = READ_ONCE(adapter->os);
	if (nd) {
		spin_lock_irqsave(&nd->link_lock, flags);
		netcx_core_adapter_link(adapter, &link);
		if (nd->running)
			netcx_set_carrier(nd, &link);
		spin_unlock_irqrestore(&nd->link_lock, flags);
		if (netif_carrier_ok(nd->netdev))
			netcx_wake_senders(nd);
	}
	rcu_read_unlock();
}

UINT32 netcx_os_adapter_index(struct netcx_adapter *adapter)
{
	struct netcx_netdev *nd;
	UINT32 index = 0;

	rcu_read_lock();
	nd = READ_ONCE(adapter->os);
	if (nd)
		index = nd->netdev->ifindex;
	rcu_read_unlock();
	return index;
}
