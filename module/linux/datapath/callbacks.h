/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The client's callbacks of the data path, and verifier mode around them: a static branch, which is
 * one nop while no device is verified.
 */
#ifndef NETCX_LINUX_CALLBACKS_H
#define NETCX_LINUX_CALLBACKS_H

#include <linux/jump_label.h>

#include "../../core/core.h"
#include "../../core/verifier.h"

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

/* Asks the client for one notification. */
static inline void netcx_arm(struct netcx_queue *q)
{
	if (READ_ONCE(q->armed))
		return;
	/* First the mark: the notification may come before the call returns. */
	WRITE_ONCE(q->armed, true);
	netcx_set_notification(q);
}

/* Counts a notification that was not asked for. Any context. */
void netcx_verifier_unasked(struct netcx_queue *q);

static __always_inline void netcx_verify_notification(struct netcx_queue *q)
{
	if (static_branch_unlikely(&netcx_verifier_key))
		netcx_verifier_unasked(q);
}

#endif /* NETCX_LINUX_CALLBACKS_H */
