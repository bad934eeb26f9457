// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a client changes of a running adapter: its MTU, its address, and whether it offloads. A work
 * item brings it to the netdev, since the client says so in any process context and rtnl is needed.
 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "indicate.h"
#include "netdev_priv.h"
#include "queues.h"
#include "xdp_setup.h"

void netcx_indicate_work(struct work_struct *work)
{
	struct netcx_netdev *nd = container_of(work, struct netcx_netdev, indicate_work);
	struct net_device *netdev = nd->netdev;
	const struct netcx_adapter *adapter = nd->adapter;
	/* A change from now on comes with a work of its own. */
	const bool paused = READ_ONCE(adapter->offloads_paused);

	rtnl_lock();
	/*
	 * Out of D0 the client may be declaring these anew for a reset, the address being the
	 * permanent one. netcx_os_adapter_datapath_up() sees to what has changed.
	 */
	if (netdev->reg_state != NETREG_REGISTERED || !nd->datapath)
		goto unlock;
	netcx_xdp_limit_mtu(nd);
	if (nd->running)
		netcx_queues_fit_mtu(nd);
	if (netdev->mtu > netdev->max_mtu)
		dev_set_mtu(netdev, netdev->max_mtu);
	if (nd->offloads_paused != paused) {
		nd->offloads_paused = paused;
		netdev_update_features(netdev);
	}
	if (is_valid_ether_addr(adapter->current_address.Address) &&
	    !ether_addr_equal_unaligned(netdev->dev_addr, adapter->current_address.Address)) {
		eth_hw_addr_set(netdev, adapter->current_address.Address);
		call_netdevice_notifiers(NETDEV_CHANGEADDR, netdev);
	}
unlock:
	rtnl_unlock();
}

static void netcx_indicate(struct netcx_adapter *adapter)
{
	struct netcx_netdev *nd;

	rcu_read_lock();
	nd = READ_ONCE(adapter->os);
	if (nd)
		schedule_work(&nd->indicate_work);
	rcu_read_unlock();
}

void netcx_os_adapter_mtu_changed(struct netcx_adapter *adapter)
{
	netcx_indicate(adapter);
}

void netcx_os_adapter_offloads_changed(struct netcx_adapter *adapter)
{
	netcx_indicate(adapter);
}

void netcx_os_adapter_address_changed(struct netcx_adapter *adapter)
{
	netcx_indicate(adapter);
}
