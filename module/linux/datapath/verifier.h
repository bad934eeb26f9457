/* SPDX-License-Identifier: GPL-2.0-only */
/* Verifier mode: its switch, and cancelling a queue under it. */
#ifndef NETCX_LINUX_VERIFIER_H
#define NETCX_LINUX_VERIFIER_H

#include <linux/types.h>

struct netcx_os_device;
struct netcx_queue;

/* By the device's state, while the device has no queues. */
void netcx_verifier_switch(struct netcx_os_device *device, bool on);
/* netcx_core_queue_cancel(). */
void netcx_verifier_cancel(struct netcx_queue *q);

#endif /* NETCX_LINUX_VERIFIER_H */
