/* SPDX-License-Identifier: GPL-2.0-only */
/* A device bound to a client, whatever bus it is on. */
#ifndef NETCX_LINUX_DEVICE_H
#define NETCX_LINUX_DEVICE_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/pci.h>

#include "../../core/core.h"
#include "../../core/verifier.h"
#include "../os/log.h"

struct netcx_client_private;
struct netcx_health;

/* Is verifier mode on without anybody's asking? On a kernel that is for debugging. */
#define NETCX_VERIFIER_DEFAULT	IS_ENABLED(CONFIG_DEBUG_NET)

/* Bits of netcx_fault::flags */
#define NETCX_FAULT_CLAIMED	0

/* The first rule violation found. Written once, by whoever sets NETCX_FAULT_CLAIMED. */
struct netcx_fault {
	unsigned long flags;
	enum netcx_verifier_rule rule;
	/* Of a queue, with @violation; or of a call. */
	bool has_rings;
	struct netcx_violation violation;
	char text[1024];
};

/* Where it shows that a function has lost its configuration. */
struct netcx_pci_marks {
	bool memory;	/* it answers to its memory */
	u32 bar;
};

/* A device bound to a client, or what a lightweight adapter has in its place. */
struct netcx_os_device {
	struct device *dev;
	struct pci_dev *pdev;		/* NULL: it is on the virtual bus, or on none */
	struct netcx_client_private *client;	/* NULL: lightweight */
	struct netcx_device *core;
	/* See module/core/device_state.h. As long as the structure. */
	struct netcx_device_state *state;

	/*
	 * PME status was set at resume: this device woke the machine. Written by suspend and
	 * resume_noirq, read by resume.
	 */
	bool woke;

	/*
	 * Of a PCI function, from probe on: see pci.h. The lock is between slot_reset() and the
	 * state, which may have given the bus up and be bringing the function up itself.
	 */
	struct mutex config_lock;
	struct pci_saved_state *kept_config;
	struct netcx_pci_marks marks;

	atomic64_t resets;
	struct netcx_health *health;	/* NULL: lightweight, or a kernel without devlink */

	/* Written by the state: verifier mode is on, for queues that are made from now on. */
	bool verified;
	/* In verifier mode: notifications that nobody had asked for. */
	atomic64_t unasked;
	struct netcx_fault fault;

	/* Of what the device's client, and netcx.ko about it, write to the log. */
	struct netcx_log_limit log_limit;

	/* Bit 0: the client gave the device up, which counts once. */
	unsigned long failed;

	/* Of a lightweight one: the number in its name. */
	int lightweight;

	/* From pci_alloc_irq_vectors(). */
	unsigned int vectors;
};

int netcx_device_init(void);
void netcx_device_exit(void);

/* Has its bus cut it off, for an error or since it was unplugged? Any context. */
static inline bool netcx_device_is_offline(const struct netcx_os_device *device)
{
	return device->pdev && pci_channel_offline(device->pdev);
}

/* The client driver's name, for messages. */
const char *netcx_device_client_name(const struct netcx_os_device *device);
/* Resets the device soon, by its state's worker. Any context. */
void netcx_device_schedule_reset(struct netcx_os_device *device);
/* Takes the device out of D0 soon, for what is in device->fault. Any context. */
void netcx_device_halt(struct netcx_os_device *device);

/*
 * For the buses, in this order: before the client's EvtDriverDeviceAdd, when it is done, and the
 * same undone. After netcx_device_start() failed there is nothing to stop.
 */
struct netcx_os_device *netcx_device_alloc(struct device *dev, struct pci_dev *pdev,
					   struct netcx_client_private *client);
int netcx_device_start(struct netcx_os_device *device);
void netcx_device_stop(struct netcx_os_device *device);
void netcx_device_free(struct netcx_os_device *device);
/* The machine goes down. */
void netcx_device_shutdown(struct netcx_os_device *device);
extern const struct dev_pm_ops netcx_pm_ops;

#endif /* NETCX_LINUX_DEVICE_H */
