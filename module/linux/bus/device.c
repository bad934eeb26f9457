// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device bound to a client, whatever bus it is on: what happens to it becomes events of its
 * state, see module/core/device_state.h, which calls back here. The buses are pci.c and virtual.c.
 */
#include <linux/device.h>
#include <linux/idr.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../../core/verifier.h"
#include "../control/health.h"
#include "../datapath/trace.h"
#include "../datapath/verifier.h"
#include "aspm.h"
#include "client.h"
#include "device.h"
#include "pci.h"

/* Unbinds on the client's request. Flushed before netcx.ko goes. */
static struct workqueue_struct *netcx_unbind_wq;

const char *netcx_device_client_name(const struct netcx_os_device *device)
{
	return device->client ? device->client->client->name : dev_name(device->dev);
}

void netcx_device_schedule_reset(struct netcx_os_device *device)
{
	netcx_core_state_request(device->state, NETCX_DEVICE_RESET);
}

BOOLEAN netcx_os_device_request_reset(struct netcx_os_device *device)
{
	return netcx_core_state_request(device->state, NETCX_DEVICE_RESET);
}

void netcx_device_halt(struct netcx_os_device *device)
{
	netcx_core_state_request(device->state, NETCX_DEVICE_HALT);
}

/* ---- what its state asks for ---- */

BOOLEAN netcx_os_device_is_present(struct netcx_os_device *device)
{
	return !device->pdev || pci_device_is_present(device->pdev);
}

void netcx_os_device_power_on(struct netcx_os_device *device)
{
	if (!device->pdev)
		return;
	netcx_pci_restore_lost_config(device);
	pci_set_master(device->pdev);
}

/* Keeps the config space now: when slot_reset() runs, it is too late. */
void netcx_os_device_powered_on(struct netcx_os_device *device)
{
	if (device->pdev)
		netcx_pci_keep_config(device);
}

void netcx_os_device_count_reset(struct netcx_os_device *device)
{
	atomic64_inc(&device->resets);
	trace_netcx_reset(device);
}

void netcx_os_device_set_verified(struct netcx_os_device *device, BOOLEAN on)
{
	netcx_verifier_switch(device, on);
}

void netcx_os_device_forget_fault(struct netcx_os_device *device)
{
	clear_bit(NETCX_FAULT_CLAIMED, &device->fault.flags);
}

/* ---- unbound on the client's request ---- */

struct netcx_failed_work {
	struct work_struct work;
	struct device *dev;
	const struct device_driver *driver;
};

static void netcx_failed_work(struct work_struct *work)
{
	struct netcx_failed_work *failed = container_of(work, struct netcx_failed_work, work);

	/* The device may have been bound to another driver since; leave that alone. */
	if (failed->dev->driver == failed->driver)
		device_release_driver(failed->dev);
	put_device(failed->dev);
	kfree(failed);
}

void netcx_os_device_set_failed(struct netcx_os_device *device)
{
	struct netcx_failed_work *failed;

	if (test_and_set_bit(0, &device->failed))
		return;
	failed = kmalloc(sizeof(*failed), GFP_ATOMIC);
	if (!failed) {
		dev_err(device->dev, "the client reports failure; no memory to unbind it\n");
		return;
	}
	dev_err(device->dev, "the client reports failure; unbinding it\n");
	INIT_WORK(&failed->work, netcx_failed_work);
	failed->dev = get_device(device->dev);
	failed->driver = device->dev->driver;
	queue_work(netcx_unbind_wq, &failed->work);
}

/* ---- bound and unbound: what of it does not depend on the bus ---- */

struct netcx_os_device *netcx_device_alloc(struct device *dev, struct pci_dev *pdev,
					   struct netcx_client_private *client)
{
	struct netcx_os_device *device = kzalloc(sizeof(*device), GFP_KERNEL);

	if (!device)
		return NULL;
	device->dev = dev;
	device->pdev = pdev;
	device->client = client;
	mutex_init(&device->config_lock);
	netcx_log_limit_init(&device->log_limit);
	device->state = netcx_core_state_create(device);
	if (!device->state) {
		kfree(device);
		return NULL;
	}
	netcx_core_state_event(device->state, NETCX_DEVICE_VERIFY, NETCX_VERIFIER_DEFAULT);
	dev_set_drvdata(dev, device);
	return device;
}

void netcx_device_free(struct netcx_os_device *device)
{
	dev_set_drvdata(device->dev, NULL);
	netcx_core_state_destroy(device->state);
	netcx_verifier_switch(device, false);
	kfree(device);
}

int netcx_device_start(struct netcx_os_device *device)
{
	int err;

	err = netcx_health_create(device);
	if (err)
		return err;
	err = netcx_core_state_start(device->state, device->core);
	if (err) {
		netcx_health_destroy(device);
		return err;
	}
	netcx_health_register(device);
	return 0;
}

void netcx_device_stop(struct netcx_os_device *device)
{
	netcx_health_unregister(device);
	netcx_core_state_event(device->state, NETCX_DEVICE_STOP, FALSE);
	netcx_health_destroy(device);
}

void netcx_device_shutdown(struct netcx_os_device *device)
{
	netcx_core_state_event(device->state, NETCX_DEVICE_SHUTDOWN,
			       system_state == SYSTEM_POWER_OFF);
}

/* A device that is out of D0 already, or does not come up again, does not keep the machine. */
static int netcx_pm_suspend(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);

	device->woke = false;
	netcx_core_state_event(device->state, NETCX_DEVICE_SUSPEND, FALSE);
	return 0;
}

/* The bus has its registers back; what they say about the sleep is soon lost. */
static int netcx_pm_resume_noirq(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);
	struct pci_dev *pdev = device->pdev;
	u16 control;

	if (pdev && pdev->pm_cap &&
	    !pci_read_config_word(pdev, pdev->pm_cap + PCI_PM_CTRL, &control))
		device->woke = !PCI_POSSIBLE_ERROR(control) && (control & PCI_PM_CTRL_PME_STATUS);
	return 0;
}

static int netcx_pm_resume(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);

	netcx_device_disable_aspm(device);
	netcx_core_state_event(device->state, NETCX_DEVICE_RESUME, device->woke);
	return 0;
}

const struct dev_pm_ops netcx_pm_ops = {
	SYSTEM_SLEEP_PM_OPS(netcx_pm_suspend, netcx_pm_resume)
	NOIRQ_SYSTEM_SLEEP_PM_OPS(NULL, netcx_pm_resume_noirq)
};

/* ---- of adapters without a device ---- */

static DEFINE_IDA(netcx_lightweight_numbers);

struct netcx_os_device *netcx_os_lightweight_create(const char *driver, struct netcx_device *core)
{
	struct netcx_os_device *device;
	struct device *dev;
	char name[48];
	int number;

	number = ida_alloc(&netcx_lightweight_numbers, GFP_KERNEL);
	if (number < 0)
		return NULL;
	snprintf(name, sizeof(name), "%s-lightweight%d", driver, number);
	dev = root_device_register(name);
	if (IS_ERR(dev))
		goto free_number;
	device = netcx_device_alloc(dev, NULL, NULL);
	if (!device)
		goto unregister;
	device->core = core;
	device->lightweight = number;
	/* There is no hardware that could fail to start. */
	netcx_core_state_start(device->state, core);
	return device;

unregister:
	root_device_unregister(dev);
free_number:
	ida_free(&netcx_lightweight_numbers, number);
	return NULL;
}

void netcx_os_lightweight_destroy(struct netcx_os_device *device)
{
	const int number = device->lightweight;
	struct device *dev = device->dev;

	netcx_core_state_event(device->state, NETCX_DEVICE_STOP, FALSE);
	netcx_device_free(device);
	root_device_unregister(dev);
	ida_free(&netcx_lightweight_numbers, number);
}

int netcx_device_init(void)
{
	netcx_unbind_wq = alloc_workqueue("netcx_unbind", WQ_UNBOUND, 0);
	return netcx_unbind_wq ? 0 : -ENOMEM;
}

void netcx_device_exit(void)
{
	destroy_workqueue(netcx_unbind_wq);
}
