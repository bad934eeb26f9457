/* SPDX-License-Identifier: GPL-2.0-only */
/* A device bound to a client, whatever bus it is on. */
#ifndef NETCX_LINUX_DEVICE_H
#define NETCX_LINUX_DEVICE_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

#include "../../core/core.h"
#include "../../core/verifier.h"

struct netcx_client_private;
struct netcx_health;

/* Is verifier mode on without anybody's asking? On a kernel that is for debugging. */
#define NETCX_VERIFIER_DEFAULT	IS_ENABLED(CONFIG_DEBUG_NET)

/* Bits of netcx_fault::flags */
#define NETCX_FAULT_CLAIMED	0

/* What verifier mode found: by whoever claimed it, and constant from then on. */
struct netcx_fault {
	unsigned long flags;
	enum netcx_verifier_rule rule;
	/* Of a queue, with @violation; or of a call. */
	bool has_rings;
	struct netcx_violation violation;
	char text[1024];
};

/* A device bound to a client. */
struct netcx_os_device {
	struct device *dev;
	struct pci_dev *pdev;		/* NULL: it is on the virtual bus */
	struct netcx_client_private *client;
	struct netcx_device *core;

	/* Start, stop, reset, suspend and resume: one at a time. */
	struct mutex power_lock;
	/* Under power_lock: the client has its hardware and has not failed. */
	bool started;
	/* Under power_lock: in D0. */
	bool powered;
	/* Under power_lock: the machine is about to sleep, or does. */
	bool sleeping;
	/* It signalled a wake-up, seen before its driver is resumed. */
	bool woke;

	struct work_struct reset_work;
	atomic64_t resets;
	atomic_t power_downs;
	int reset_asked;		/* @power_downs when a reset was last asked for */
	struct netcx_health *health;

	/* Written under power_lock: verifier mode is on, for queues that are made from now on. */
	bool verified;
	/* Written under power_lock: out of D0 because of @fault, and to stay so. */
	bool halted;
	struct work_struct halt_work;
	/* In verifier mode: notifications that nobody had asked for. */
	atomic64_t unasked;
	struct netcx_fault fault;

	/* Bit 0: the client gave the device up, which counts once. */
	unsigned long failed;

	/* Of an adapter without a device: the number in its name. */
	int lightweight;

	/* From pci_alloc_irq_vectors(). */
	unsigned int vectors;
};

int netcx_device_init(void);
void netcx_device_exit(void);
/* Resets the device soon, in another context. Any context. */
void netcx_device_schedule_reset(struct netcx_os_device *device);
/* Takes the device out of D0 soon, elsewhere, for what is in device->fault. Any context. */
void netcx_device_halt(struct netcx_os_device *device);
/* Is it still there? */
bool netcx_device_is_present(const struct netcx_os_device *device);
/* Into D0 and out of it, with the queues. Under power_lock. */
int netcx_device_power_up(struct netcx_os_device *device);
void netcx_device_power_down(struct netcx_os_device *device);
/* For the buses: a device is bound, let go, and left alone when the machine goes down. */
struct netcx_os_device *netcx_device_alloc(struct device *dev,
					   struct netcx_client_private *client);
void netcx_device_free(struct netcx_os_device *device);
int netcx_device_start(struct netcx_os_device *device);
void netcx_device_stop(struct netcx_os_device *device);
void netcx_device_shutdown(struct netcx_os_device *device);
extern const struct dev_pm_ops netcx_pm_ops;

#endif /* NETCX_LINUX_DEVICE_H */
