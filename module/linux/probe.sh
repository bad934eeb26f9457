#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Prints a header with a #define for every kernel facility that compiles, or says in one line which facility a kernel lacks that NetCx
# cannot do without.
# Usage: probe.sh COMPILER FLAGS... ; Kbuild calls it with the kernel's own.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# What a kernel that lacks a facility may only be warned of is an error; what else the compiler warns of, of the headers for instance, says
# nothing about any facility.
set -- "$@" -Wno-error -Werror=implicit-function-declaration -Werror=incompatible-pointer-types -Werror=int-conversion \
	-fsyntax-only -x c

# probe NAME: defines NAME if standard input compiles as part of a module.
probe() {
	name=$1
	shift
	if "$@" - >/dev/null 2>&1; then
		echo "#define $name 1"
	fi
}

# need NUMBER WHAT: standard input has to compile, which is looked at by check_needs.
need() {
	cat >"$folder/need-$1.c"
	echo "$2" >"$folder/need-$1"
}

# All of them at once; if that fails, one after the other.
check_needs() {
	if cat "$folder"/need-*.c | "$@" - >/dev/null 2>&1; then
		return
	fi
	release=$(printf '#include <generated/utsrelease.h>\nUTS_RELEASE\n' | "$@" -E -P - 2>/dev/null | tail -n 1 | tr -d '" ')
	for source in "$folder"/need-*.c; do
		"$@" "$source" >/dev/null 2>&1 && continue
		number=${source##*need-} number=${number%.c}
		echo "netcx: kernel $release is not supported: it lacks $(cat "$folder/need-$number")" \
			"(need $number of module/linux/probe.sh); NetCx builds for 6.1 to 7.3" >&2
		exit 1
	done
}

# All probes would fail silently if the flags were wrong, or a header that they include did not compile. The lines "#include" below are
# taken from this file.
headers() {
	echo '#include <linux/module.h>'
	sed -n 's/^#include <\(.*\)>$/#if __has_include(<\1>)\n&\n#endif/p' "$0"
}

if ! headers | "$@" - >/dev/null 2>"$folder/said"; then
	echo "netcx: the kernel's headers do not compile: are they complete, and are compiler and flags the kernel's?" \
		"$(grep -m 1 'error:' "$folder/said" || head -n 1 "$folder/said")" >&2
	exit 1
fi

# ---- what there has to be; newest first, since older kernels lack all of them ----

need 01 'netif_napi_add() of three arguments' <<EOF
#include <linux/netdevice.h>
void need_napi(struct net_device *d, struct napi_struct *n, int (*poll)(struct napi_struct *, int));
void need_napi(struct net_device *d, struct napi_struct *n, int (*poll)(struct napi_struct *, int))
{
	netif_napi_add(d, n, poll);
}
EOF

need 02 'frames of XDP in several buffers' <<EOF
#include <net/xdp.h>
int need_frags(struct xdp_buff *x);
int need_frags(struct xdp_buff *x)
{
	xdp_buff_set_frags_flag(x);
	return xdp_get_shared_info_from_buff(x)->xdp_frags_size;
}
EOF

need 03 'AF_XDP that sends in batches' <<EOF
#include <net/xdp_sock_drv.h>
u32 need_xsk(struct xsk_buff_pool *p, struct xdp_buff **x);
u32 need_xsk(struct xsk_buff_pool *p, struct xdp_buff **x)
{
	return xsk_tx_peek_release_desc_batch(p, 1) + xsk_buff_alloc_batch(p, x, 1);
}
EOF

need 04 'page_pool with references to a page, and skbs of it' <<EOF
#if __has_include(<net/page_pool/helpers.h>)
#include <net/page_pool/helpers.h>
#else
#include <net/page_pool.h>
#endif
#include <linux/skbuff.h>
void need_pool(struct page_pool *pool, struct page *page, struct sk_buff *skb);
void need_pool(struct page_pool *pool, struct page *page, struct sk_buff *skb)
{
	page_pool_fragment_page(page, 2);
	page_pool_put_full_page(pool, page, false);
	skb_mark_for_recycle(skb);
}
EOF

need 05 'ethtool operations with an extack for rings and coalescing' <<EOF
#include <linux/ethtool.h>
int need_ethtool(const struct ethtool_ops *o, struct net_device *d);
int need_ethtool(const struct ethtool_ops *o, struct net_device *d)
{
	return o->set_ringparam(d, NULL, NULL, NULL) + o->set_coalesce(d, NULL, NULL, NULL);
}
EOF

need 06 'ethtool statistics of MAC and RMON' <<EOF
#include <linux/ethtool.h>
void need_rmon(const struct ethtool_ops *o, struct net_device *d);
void need_rmon(const struct ethtool_ops *o, struct net_device *d)
{
	o->get_eth_mac_stats(d, NULL);
	o->get_rmon_stats(d, NULL, NULL);
}
EOF

need 07 'devlink instances that are registered last' <<EOF
#include <net/devlink.h>
void need_devlink(const struct devlink_ops *o, struct device *d);
void need_devlink(const struct devlink_ops *o, struct device *d)
{
	devlink_register(devlink_alloc(o, 1, d));
}
EOF

need 08 'devlink health reporters as they were, or with a grace period of their own' <<EOF
#include <net/devlink.h>
int need_health(struct devlink_health_reporter_ops *o, struct devlink_health_reporter *r);
int need_health(struct devlink_health_reporter_ops *o, struct devlink_health_reporter *r)
{
	return o->recover(r, NULL, NULL) + o->dump(r, NULL, NULL, NULL) + o->diagnose(r, NULL, NULL);
}
EOF

need 09 'a bus whose remove() returns nothing' <<EOF
#include <linux/device.h>
void need_remove(struct device *d);
void need_bus(struct bus_type *bus);
void need_bus(struct bus_type *bus) { bus->remove = need_remove; }
EOF

need 10 'statistics that are read without tearing' <<EOF
#include <linux/u64_stats_sync.h>
u64 need_stats(const struct u64_stats_sync *s, u64_stats_t *v);
u64 need_stats(const struct u64_stats_sync *s, u64_stats_t *v)
{
	const unsigned int start = u64_stats_fetch_begin(s);

	u64_stats_add(v, u64_stats_fetch_retry(s, start));
	return u64_stats_read(v);
}
EOF

need 11 'the limits and addresses that an interface sets by call' <<EOF
#include <linux/bpf.h>
#include <linux/etherdevice.h>
#include <linux/filter.h>
void need_netdev(struct net_device *d, struct bpf_prog *prog);
void need_netdev(struct net_device *d, struct bpf_prog *prog)
{
	netif_set_tso_max_size(d, 65536);
	eth_hw_addr_set(d, d->perm_addr);
	bpf_warn_invalid_xdp_action(d, prog, 1);
}
EOF

check_needs "$@"

# ---- what there may be ----

echo '/* Made by module/linux/probe.sh. */'

# timer_delete_sync() replaced del_timer_sync().
probe NETCX_HAVE_TIMER_DELETE_SYNC "$@" <<EOF
#include <linux/timer.h>
int probe(struct timer_list *t);
int probe(struct timer_list *t) { return timer_delete_sync(t); }
EOF

# What creates a worker does not start it, unless it is called this.
probe NETCX_HAVE_KTHREAD_RUN_WORKER "$@" <<EOF
#include <linux/kthread.h>
void *probe(void);
void *probe(void) { return kthread_run_worker(0, "probe"); }
EOF

# A workqueue that is not unbound says that it is of a processor.
probe NETCX_HAVE_WQ_PERCPU "$@" <<EOF
#include <linux/workqueue.h>
int probe(void);
int probe(void) { return WQ_PERCPU; }
EOF

# get_rxfh() and set_rxfh() got one structure for what were arguments.
probe NETCX_HAVE_ETHTOOL_RXFH_PARAM "$@" <<EOF
#include <linux/ethtool.h>
int probe(struct ethtool_rxfh_param *p);
int probe(struct ethtool_rxfh_param *p) { return p->hfunc; }
EOF

# get_rxfh_fields() and set_rxfh_fields() are asked what get_rxnfc() and set_rxnfc() were.
probe NETCX_HAVE_ETHTOOL_RXFH_FIELDS "$@" <<EOF
#include <linux/ethtool.h>
int probe(const struct ethtool_ops *ops, struct net_device *d, struct ethtool_rxfh_fields *f);
int probe(const struct ethtool_ops *ops, struct net_device *d, struct ethtool_rxfh_fields *f)
{
	return ops->get_rxfh_fields(d, f) ?: ops->set_rxfh_fields(d, f, NULL);
}
EOF

# And get_rx_ring_count() how many rx queues there are.
probe NETCX_HAVE_ETHTOOL_RX_RING_COUNT "$@" <<EOF
#include <linux/ethtool.h>
int probe(const struct ethtool_ops *ops, struct net_device *d);
int probe(const struct ethtool_ops *ops, struct net_device *d) { return ops->get_rx_ring_count(d); }
EOF

# <asm/unaligned.h> moved.
probe NETCX_HAVE_LINUX_UNALIGNED "$@" <<EOF
#include <linux/unaligned.h>
EOF

# <net/page_pool.h> became a directory.
probe NETCX_HAVE_PAGE_POOL_HELPERS "$@" <<EOF
#include <net/page_pool/helpers.h>
EOF

# A page_pool may know which NAPI instance its pages are for, and which interface.
probe NETCX_HAVE_PAGE_POOL_NAPI "$@" <<EOF
#include <net/page_pool/types.h>
void probe(struct page_pool_params *p, struct napi_struct *napi);
void probe(struct page_pool_params *p, struct napi_struct *napi) { p->napi = napi; }
EOF

probe NETCX_HAVE_PAGE_POOL_NETDEV "$@" <<EOF
#include <net/page_pool/types.h>
void probe(struct page_pool_params *p, struct net_device *netdev);
void probe(struct page_pool_params *p, struct net_device *netdev) { p->netdev = netdev; }
EOF

# It can be told that its pages are not for that instance any more.
probe NETCX_HAVE_PAGE_POOL_DISABLE_DIRECT "$@" <<EOF
#include <net/page_pool/types.h>
void probe(struct page_pool *pool);
void probe(struct page_pool *pool) { page_pool_disable_direct_recycling(pool); }
EOF

probe NETCX_HAVE_PAGE_POOL_UNLINK_NAPI "$@" <<EOF
#include <net/page_pool/types.h>
void probe(struct page_pool *pool);
void probe(struct page_pool *pool) { page_pool_unlink_napi(pool); }
EOF

# A pool has an order of pages, which rx_carving.c changes for a moment.
probe NETCX_HAVE_PAGE_POOL_ORDER "$@" <<EOF
#if __has_include(<net/page_pool/types.h>)
#include <net/page_pool/types.h>
#else
#include <net/page_pool.h>
#endif
void probe(struct page_pool *pool);
void probe(struct page_pool *pool)
{
	_Static_assert(__builtin_types_compatible_p(typeof(pool->p.order), unsigned int), "");
	pool->p.order = 0;
}
EOF

# What page_pool calls giving up references to a page.
probe NETCX_HAVE_PAGE_POOL_UNREF "$@" <<EOF
#include <net/page_pool/helpers.h>
long probe(struct page *page);
long probe(struct page *page) { return page_pool_unref_page(page, 1); }
EOF

# What makes an skb of a frame of XDP takes the pages from their pool.
probe NETCX_HAVE_XDP_RELEASE_FRAME "$@" <<EOF
#include <net/xdp.h>
void probe(struct xdp_frame *frame);
void probe(struct xdp_frame *frame) { xdp_release_frame(frame); }
EOF

# A frame of XDP knows which rx queue's memory it is from, not only what kind of memory.
probe NETCX_HAVE_XDP_FRAME_MEM "$@" <<EOF
#include <net/xdp.h>
int probe(struct xdp_frame *frame);
int probe(struct xdp_frame *frame) { return frame->mem.id; }
EOF

# What xdp_update_skb_shared_info() is called since it takes the flags of the buffer.
probe NETCX_HAVE_XDP_UPDATE_FRAGS_INFO "$@" <<EOF
#include <net/xdp.h>
void probe(struct sk_buff *skb, struct xdp_buff *xdp);
void probe(struct sk_buff *skb, struct xdp_buff *xdp)
{
	xdp_update_skb_frags_info(skb, 1, 1, 1, xdp_buff_get_skb_flags(xdp));
}
EOF

# net_dim() takes a pointer to the sample, not the sample.
probe NETCX_HAVE_NET_DIM_BY_POINTER "$@" <<EOF
#include <linux/dim.h>
void probe(struct dim *dim, const struct dim_sample *sample);
void probe(struct dim *dim, const struct dim_sample *sample) { net_dim(dim, sample); }
EOF

# Statistics of queues for netlink.
probe NETCX_HAVE_QUEUE_STATS "$@" <<EOF
#include <net/netdev_queues.h>
void probe(struct net_device *netdev, const struct netdev_stat_ops *ops);
void probe(struct net_device *netdev, const struct netdev_stat_ops *ops) { netdev->stat_ops = ops; }
EOF

# Netlink can be told which NAPI instance, and which interrupt, serves a queue.
probe NETCX_HAVE_QUEUE_NAPI "$@" <<EOF
#include <linux/netdevice.h>
void probe(struct net_device *netdev, struct napi_struct *napi);
void probe(struct net_device *netdev, struct napi_struct *napi)
{
	netif_queue_set_napi(netdev, 0, NETDEV_QUEUE_TYPE_RX, napi);
	netif_napi_set_irq(napi, 0);
}
EOF

# What of XDP a device can do is told to user space.
probe NETCX_HAVE_XDP_FEATURES "$@" <<EOF
#include <linux/netdevice.h>
#include <net/xdp.h>
void probe(struct net_device *d);
void probe(struct net_device *d) { d->xdp_features = NETDEV_XDP_ACT_BASIC; }
EOF

# Page, offset and length of a fragment are set in one call.
probe NETCX_HAVE_SKB_FRAG_FILL "$@" <<EOF
#include <linux/skbuff.h>
void probe(skb_frag_t *f, struct page *p);
void probe(skb_frag_t *f, struct page *p) { skb_frag_fill_page_desc(f, p, 0, 1); }
EOF

# The buffer knows its pool.
probe NETCX_HAVE_XSK_SYNC_OF_BUFFER "$@" <<EOF
#include <net/xdp_sock_drv.h>
void probe(struct xdp_buff *xdp);
void probe(struct xdp_buff *xdp) { xsk_buff_dma_sync_for_cpu(xdp); }
EOF

# A bus may only look at drivers when it matches, and its attributes only at it.
probe NETCX_HAVE_CONST_BUS_MATCH "$@" <<EOF
#include <linux/device.h>
int match(struct device *dev, const struct device_driver *driver);
void probe(struct bus_type *bus);
void probe(struct bus_type *bus) { bus->match = match; }
EOF

probe NETCX_HAVE_CONST_BUS_ATTRIBUTE "$@" <<EOF
#include <linux/device.h>
ssize_t store(const struct bus_type *bus, const char *buffer, size_t count);
void probe(struct bus_attribute *attribute);
void probe(struct bus_attribute *attribute) { attribute->store = store; }
EOF

# Functions that add to a message of devlink remember errors, instead of returning them.
probe NETCX_HAVE_VOID_FMSG "$@" <<EOF
#include <net/devlink.h>
typedef void probed(struct devlink_fmsg *, const char *, const char *);
extern probed *probe;
probed *probe = devlink_fmsg_string_pair_put;
EOF

# What creates a reporter of devlink takes its grace period, which is part of its operations since.
probe NETCX_HAVE_REPORTER_GRACE_PERIOD "$@" <<EOF
#include <net/devlink.h>
void *probe(struct devlink *d, const struct devlink_health_reporter_ops *ops);
void *probe(struct devlink *d, const struct devlink_health_reporter_ops *ops)
{
	return devlink_health_reporter_create(d, ops, 0, NULL);
}
EOF

# Reading a parameter of devlink can say why it fails.
probe NETCX_HAVE_PARAM_GET_EXTACK "$@" <<EOF
#include <net/devlink.h>
int probe(const struct devlink_param *p, struct devlink *d, struct devlink_param_gset_ctx *c);
int probe(const struct devlink_param *p, struct devlink *d, struct devlink_param_gset_ctx *c)
{
	return p->get(d, 0, c, NULL);
}
EOF

# Setting a parameter of devlink can say why it fails.
probe NETCX_HAVE_PARAM_SET_EXTACK "$@" <<EOF
#include <net/devlink.h>
int probe(const struct devlink_param *p, struct devlink *d, struct devlink_param_gset_ctx *c);
int probe(const struct devlink_param *p, struct devlink *d, struct devlink_param_gset_ctx *c)
{
	return p->set(d, 0, c, NULL);
}
EOF
