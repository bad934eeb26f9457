/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Verifier mode on the hot path: a static branch around each of a client's callbacks, which is one
 * nop while no device is verified.
 */
#ifndef NETCX_VERIFY_H
#define NETCX_VERIFY_H

#include <linux/jump_label.h>

#include "../core/verifier.h"

DECLARE_STATIC_KEY_FALSE(netcx_verifier_key);

static __always_inline void netcx_advance(struct netcx_queue *q)
{
	if (static_branch_unlikely(&netcx_verifier_key))
		netcx_verifier_advance(q);
	else
		q->advance(q->handle);
}

static __always_inline void netcx_set_notification(struct netcx_queue *q)
{
	if (static_branch_unlikely(&netcx_verifier_key))
		netcx_verifier_set_notification(q);
	else
		q->set_notification(q->handle, TRUE);
}

/* Counts a notification that was not asked for. Any context. */
void netcx_verifier_unasked(struct netcx_queue *q);

static __always_inline void netcx_verify_notification(struct netcx_queue *q)
{
	if (static_branch_unlikely(&netcx_verifier_key))
		netcx_verifier_unasked(q);
}

#endif /* NETCX_VERIFY_H */
