/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between kernels, found by compiling probes (module/linux/probe.sh), never by
 * comparing version numbers, since distributions backport.
 */
#ifndef NETCX_LINUX_COMPAT_H
#define NETCX_LINUX_COMPAT_H

#include <linux/device.h>
#include <linux/skbuff.h>
#include <linux/timer.h>
#include <net/xdp.h>
#include <generated/netcx_probes.h>

#ifdef NETCX_HAVE_LINUX_UNALIGNED
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

#ifdef NETCX_HAVE_PAGE_POOL_HELPERS
#include <net/page_pool/helpers.h>
#else
#include <net/page_pool.h>
#endif

/*
 * A page_pool may know the NAPI instance that its pages are for: a page that this frees comes back
 * without a lock. Before such a pool is destroyed it has to leave NAPI, while that does not run: it
 * may go on for a tx queue. A pool that could not leave is not told of NAPI.
 */
#if defined(NETCX_HAVE_PAGE_POOL_DISABLE_DIRECT)
#define netcx_page_pool_leave_napi(pool)	page_pool_disable_direct_recycling(pool)
#elif defined(NETCX_HAVE_PAGE_POOL_UNLINK_NAPI)
#define netcx_page_pool_leave_napi(pool)	page_pool_unlink_napi(pool)
#else
#undef NETCX_HAVE_PAGE_POOL_NAPI
static inline void netcx_page_pool_leave_napi(struct page_pool *pool)
{
}
#endif

/* The NAPI that a pool's pages are for, and its interface. */
static inline void netcx_page_pool_set_owner(struct page_pool_params *params,
					     struct napi_struct *napi, struct net_device *netdev)
{
#ifdef NETCX_HAVE_PAGE_POOL_NAPI
	params->napi = napi;
#endif
#ifdef NETCX_HAVE_PAGE_POOL_NETDEV
	params->netdev = netdev;
#endif
}

#ifndef NETCX_HAVE_PAGE_POOL_UNREF
#define page_pool_unref_page(page, nr)	page_pool_defrag_page(page, nr)
#define page_pool_put_unrefed_page(pool, page, dma_sync_size, allow_direct) \
	page_pool_put_defragged_page(pool, page, dma_sync_size, allow_direct)
#endif

/* Kernels for a single processor may do without. */
#ifdef CONFIG_IRQ_WORK
#define netcx_irq_work_queue(work, napi)	irq_work_queue(work)
#define netcx_irq_work_sync(work)		irq_work_sync(work)
#else
#define netcx_irq_work_queue(work, napi)	napi_schedule(napi)
#define netcx_irq_work_sync(work)		((void)(work))
#endif

#ifdef NETCX_HAVE_NET_DIM_BY_POINTER
#define netcx_net_dim(dim, sample)	net_dim(dim, sample)
#else
#define netcx_net_dim(dim, sample)	net_dim(dim, *(sample))
#endif

#ifndef NETCX_HAVE_TIMER_DELETE_SYNC
#define timer_delete(timer)		del_timer(timer)
#define timer_delete_sync(timer)	del_timer_sync(timer)
#endif

/* Newer kernels have kthread_create_worker(), too, but what that creates does not run yet. */
#ifndef NETCX_HAVE_KTHREAD_RUN_WORKER
#define kthread_run_worker(flags, name, ...)	kthread_create_worker(flags, name, ##__VA_ARGS__)
#endif

/* Newer kernels want to be told that a workqueue is of the processor that queues to it. */
#ifndef NETCX_HAVE_WQ_PERCPU
#define WQ_PERCPU	0
#endif

#ifndef NETCX_HAVE_SKB_FRAG_FILL
static inline void skb_frag_fill_page_desc(skb_frag_t *frag, struct page *page, int offset,
					   int size)
{
	__skb_frag_set_page(frag, page);
	skb_frag_off_set(frag, offset);
	skb_frag_size_set(frag, size);
}
#endif

#ifdef NETCX_HAVE_XSK_SYNC_OF_BUFFER
#define netcx_xsk_sync_for_cpu(xdp, pool)	xsk_buff_dma_sync_for_cpu(xdp)
#else
#define netcx_xsk_sync_for_cpu(xdp, pool)	xsk_buff_dma_sync_for_cpu(xdp, pool)
#endif

/*
 * What a frame of XDP knows of where it is from: its rx queue's memory, or no more than the kind of
 * it.
 */
static inline bool netcx_xdp_frame_is_of(const struct xdp_frame *frame,
					 const struct page_pool *pool,
					 const struct xdp_rxq_info *rxq)
{
#ifdef NETCX_HAVE_XDP_FRAME_MEM
	return frame->mem.id == rxq->mem.id;
#else
	return netmem_get_pp(page_to_netmem(virt_to_head_page(frame))) == pool;
#endif
}

/* Fragments of @xdp that the skb has already become part of its length. */
static inline void netcx_xdp_update_skb(struct sk_buff *skb, u8 frags, unsigned int size,
					unsigned int truesize, struct xdp_buff *xdp)
{
#ifdef NETCX_HAVE_XDP_UPDATE_FRAGS_INFO
	xdp_update_skb_frags_info(skb, frags, size, truesize, xdp_buff_get_skb_flags(xdp));
#else
	xdp_update_skb_shared_info(skb, frags, size, truesize, xdp_buff_is_frag_pfmemalloc(xdp));
#endif
}

#ifdef NETCX_HAVE_CONST_BUS_MATCH
typedef const struct device_driver netcx_match_driver;
#else
typedef struct device_driver netcx_match_driver;
#endif

#ifdef NETCX_HAVE_CONST_BUS_ATTRIBUTE
typedef const struct bus_type netcx_bus_type;
#else
typedef struct bus_type netcx_bus_type;
#endif

/* devlink_fmsg_*(): older kernels return an errno, newer ones keep it in the message. */
#ifdef NETCX_HAVE_VOID_FMSG
#define netcx_fmsg(call)	((call), 0)
#else
#define netcx_fmsg(call)	(call)
#endif

/* A reporter that recovers as often as it is asked to, without a grace period. */
#ifdef NETCX_HAVE_REPORTER_GRACE_PERIOD
#define netcx_reporter_create(devlink, ops, priv) \
	devlink_health_reporter_create(devlink, ops, 0, priv)
#else
#define netcx_reporter_create(devlink, ops, priv) \
	devlink_health_reporter_create(devlink, ops, priv)
#endif

/* The prototype of devlink_param::get, which tells context->val. */
#ifdef NETCX_HAVE_PARAM_GET_EXTACK
#define NETCX_PARAM_GETTER(name)							\
	int name(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *context, \
		 struct netlink_ext_ack *extack)
#else
#define NETCX_PARAM_GETTER(name)							\
	int name(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *context)
#endif

/* The prototype of devlink_param::set, which sets the parameter to context->val. */
#ifdef NETCX_HAVE_PARAM_SET_EXTACK
#define NETCX_PARAM_SETTER(name)							\
	int name(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *context, \
		 struct netlink_ext_ack *extack)
#else
#define NETCX_PARAM_SETTER(name)							\
	int name(struct devlink *devlink, u32 id, struct devlink_param_gset_ctx *context)
#endif

#endif /* NETCX_LINUX_COMPAT_H */
