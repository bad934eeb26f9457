/* SPDX-License-Identifier: GPL-2.0-only */
/* XDP programs that are functions, and frames that come from nowhere. */
#ifndef NETCX_KUNIT_PROGRAMS_H
#define NETCX_KUNIT_PROGRAMS_H

#include <linux/filter.h>

#include "receive.h"

typedef u32 (*netcx_kunit_program)(struct xdp_buff *xdp);

/* Attaches @program, until the test ends. */
void netcx_kunit_attach(struct netcx_kunit_interface *interface, netcx_kunit_program program,
			bool frags);

/*
 * A frame of @length linear bytes and @frags pages of @frag_length bytes, a test packet; every page
 * is an ordinary one.
 */
struct xdp_frame *netcx_kunit_frame(struct netcx_kunit_interface *interface, u32 length, u32 frags,
				    u32 frag_length);

/* ndo_xdp_xmit(), and the flush; what it does not take is freed, as its callers do. */
int netcx_kunit_xdp_xmit(struct netcx_kunit_interface *interface, struct xdp_frame **frames, int n);

/* Does the n-th fragment of the tx ring hold these bytes of a test packet? */
bool netcx_kunit_tx_matches(struct netcx_kunit_interface *interface, u32 n, u32 offset, u32 length);

#endif /* NETCX_KUNIT_PROGRAMS_H */
