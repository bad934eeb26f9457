// SPDX-License-Identifier: GPL-2.0-only
/* AF_XDP sockets that bring memory come and go. All under rtnl. */
#include <linux/dma-mapping.h>
#include <net/xdp_sock_drv.h>

#include "../../core/core.h"
#include "../bus/device.h"
#include "netdev_priv.h"
#include "queues.h"
#include "xdp_limits.h"
#include "xsk_setup.h"

/* The device's writes are synchronised packet by packet. */
#define NETCX_XSK_DMA_ATTRS	(DMA_ATTR_SKIP_CPU_SYNC | DMA_ATTR_WEAK_ORDERING)

/* AF_XDP insists on memory that is mapped for DMA. */
bool netcx_xsk_is_possible(const struct netcx_netdev *nd)
{
	return nd->adapter->tx.MappingRequirement == NetMemoryMappingRequirementDmaMapped &&
	       nd->adapter->rx.MappingRequirement == NetMemoryMappingRequirementDmaMapped;
}

static bool netcx_xsk_is_aligned(const struct netcx_netdev *nd, struct xsk_buff_pool *pool)
{
	const size_t alignment = nd->adapter->rx.FragmentBufferAlignment;

	return alignment <= 1 ||
	       (!pool->unaligned && IS_ALIGNED(xsk_pool_get_headroom(pool), alignment));
}

/* There is no extack for it, and the kernel may go on with copies: so the log says why. */
static int netcx_xsk_check(const struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue)
{
	const u32 capacity = nd->adapter->rx.MaximumFrameSize;
	const u32 room = xsk_pool_get_rx_frame_size(pool);
	int err = -EOPNOTSUPP;

	if (queue >= min(nd->num_rx, nd->num_tx)) {
		err = -EINVAL;
		net_info_ratelimited("%s: AF_XDP: there is no queue %u with rx and tx\n",
				     nd->netdev->name, queue);
	} else if (!netcx_xsk_is_possible(nd)) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy, the client does no DMA\n",
				     nd->netdev->name);
	} else if (room < capacity) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy, a chunk has room for %u bytes and the hardware may write %u; use larger chunks or less headroom\n",
				     nd->netdev->name, room, capacity);
	} else if (!netcx_xsk_is_aligned(nd, pool)) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy, buffers must be aligned to %zu bytes\n",
				     nd->netdev->name,
				     (size_t)nd->adapter->rx.FragmentBufferAlignment);
	} else if (nd->netdev->mtu > netcx_xdp_linear_mtu(nd)) {
		net_info_ratelimited("%s: AF_XDP: no zero-copy with MTU %u, only up to %d\n",
				     nd->netdev->name, nd->netdev->mtu, netcx_xdp_linear_mtu(nd));
	} else {
		err = 0;
	}
	return err;
}

static int netcx_xsk_enable(struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue)
{
	int err;

	err = netcx_xsk_check(nd, pool, queue);
	if (err)
		return err;
	err = xsk_pool_dma_map(pool, nd->device->dev, NETCX_XSK_DMA_ATTRS);
	if (err)
		return err;
	err = netcx_queues_set_pool(nd, queue, pool);
	if (err)
		xsk_pool_dma_unmap(pool, NETCX_XSK_DMA_ATTRS);
	return err;
}

/* Whatever happens, the pool is out of use afterwards. */
static int netcx_xsk_disable(struct netcx_netdev *nd, u16 queue)
{
	struct xsk_buff_pool *pool;

	if (queue >= nd->num_channels)
		return -EINVAL;
	pool = nd->channels[queue].xsk_pool;
	if (!pool)
		return -EINVAL;
	netcx_queues_set_pool(nd, queue, NULL);
	xsk_pool_dma_unmap(pool, NETCX_XSK_DMA_ATTRS);
	return 0;
}

int netcx_xsk_setup(struct netcx_netdev *nd, struct xsk_buff_pool *pool, u16 queue)
{
	return pool ? netcx_xsk_enable(nd, pool, queue) : netcx_xsk_disable(nd, queue);
}
