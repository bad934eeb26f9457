/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls of the client's data path callbacks, through verifier mode if it is on for any device: a
 * static branch, a nop while it is off.
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

/*
 * Asks the client for one notification. The caller has what serialises the queue's callbacks: the
 * tx queue's lock, or NAPI's ownership of an rx queue.
 */
static inline void netcx_arm(struct netcx_queue *q)
{
	if (READ_ONCE(q->armed))
		return;
	/* Set before the call: netcx_os_queue_notify() may run before it returns. */
	WRITE_ONCE(q->armed, true);
	netcx_set_notification(q);
}

/* Counts a notification of a queue that was not armed. Any context. */
void netcx_verifier_unasked(struct netcx_queue *q);

static __always_inline void netcx_verify_notification(struct netcx_queue *q)
{
	if (static_branch_unlikely(&netcx_verifier_key))
		netcx_verifier_unasked(q);
}

#endif /* NETCX_LINUX_CALLBACKS_H */
