/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels netcx builds against. Found by looking for the thing itself, in
 * a header or by compiling a probe (probe.sh), never by comparing version numbers.
 */
#ifndef NETCX_LINUX_COMPAT_H
#define NETCX_LINUX_COMPAT_H

#include <linux/timer.h>
#include <generated/netcx_probes.h>

#ifdef NETCX_HAVE_PAGE_POOL_HELPERS
#include <net/page_pool/helpers.h>
#else
#include <net/page_pool.h>
#endif

#ifndef NETCX_HAVE_TIMER_DELETE_SYNC
#define timer_delete(timer)		del_timer(timer)
#define timer_delete_sync(timer)	del_timer_sync(timer)
#endif

#endif /* NETCX_LINUX_COMPAT_H */
