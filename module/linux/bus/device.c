// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device bound to a client, whatever bus it is on: into D0 and out of it, reset, suspended,
 * unbound on the client's request. The buses are pci.c and virtual.c.
 *
 * Locks nest as power_lock, then rtnl.
 */
#include <linux/idr.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../../core/verifier.h"
#include "../control/health.h"
#include "../datapath/verifier.h"
#include "client.h"
#include "device.h"

/* Resets and unbinds on request. Flushed before netcx.ko goes. */
static struct workqueue_struct *netcx_wq;

void netcx_device_schedule_reset(struct netcx_os_device *device)
{
	WRITE_ONCE(device->reset_asked, atomic_read(&device->power_downs));
	queue_work(netcx_wq, &device->reset_work);
}

void netcx_device_halt(struct netcx_os_device *device)
{
	queue_work(netcx_wq, &device->halt_work);
}

/* A device that does not come back stays bound, its interface detached. */
int netcx_device_power_up(struct netcx_os_device *device)
{
	int err;

	if (device->pdev)
		pci_set_master(device->pdev);
	if (device->sleeping)
		err = netcx_core_device_wake(device->core, device->woke);
	else
		err = netcx_core_device_power_up(device->core);
	device->sleeping = false;
	if (err) {
		dev_err(device->dev,
			"the adapter did not come up again (%d); unbind and bind the driver to retry\n",
			err);
		return err;
	}
	device->powered = true;
	/* For error recovery, where it may be too late to save it. */
	if (device->pdev)
		pci_save_state(device->pdev);
	return 0;
}

void netcx_os_device_request_reset(struct netcx_os_device *device)
{
	netcx_device_schedule_reset(device);
}

void netcx_device_power_down(struct netcx_os_device *device)
{
	netcx_core_device_power_down(device->core);
	device->powered = false;
	atomic_inc(&device->power_downs);
}

/* The same, to wake the machine if the user wants that. */
static void netcx_device_sleep(struct netcx_os_device *device)
{
	device->sleeping = true;
	device->woke = false;
	netcx_core_device_sleep(device->core);
	device->powered = false;
}

bool netcx_device_is_present(const struct netcx_os_device *device)
{
	return !device->pdev || pci_device_is_present(device->pdev);
}

struct netcx_failed_work {
	struct work_struct work;
	struct device *dev;
	const struct device_driver *driver;
};

static void netcx_failed_work(struct work_struct *work)
{
	struct netcx_failed_work *failed = container_of(work, struct netcx_failed_work, work);

	/* Somebody else's by now: none of our business. */
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
	queue_work(netcx_wq, &failed->work);
}

/* ---- bound and unbound: what of it does not depend on the bus ---- */

struct netcx_os_device *netcx_device_alloc(struct device *dev, struct netcx_client_private *client)
{
	struct netcx_os_device *device = kzalloc(sizeof(*device), GFP_KERNEL);

	if (!device)
		return NULL;
	device->dev = dev;
	device->client = client;
	mutex_init(&device->power_lock);
	INIT_WORK(&device->reset_work, netcx_health_reset_work);
	INIT_WORK(&device->halt_work, netcx_health_halt_work);
	netcx_verifier_switch(device, NETCX_VERIFIER_DEFAULT);
	dev_set_drvdata(dev, device);
	return device;
}

void netcx_device_free(struct netcx_os_device *device)
{
	dev_set_drvdata(device->dev, NULL);
	netcx_verifier_switch(device, false);
	mutex_destroy(&device->power_lock);
	kfree(device);
}

static void netcx_device_cancel_work(struct netcx_os_device *device)
{
	cancel_work_sync(&device->reset_work);
	cancel_work_sync(&device->halt_work);
}

int netcx_device_start(struct netcx_os_device *device)
{
	int err;

	err = netcx_health_create(device);
	if (err)
		return err;
	mutex_lock(&device->power_lock);
	err = netcx_core_device_start(device->core);
	device->started = !err;
	device->powered = !err;
	mutex_unlock(&device->power_lock);
	if (err) {
		netcx_device_cancel_work(device);
		netcx_health_destroy(device);
		return err;
	}
	netcx_health_register(device);
	return 0;
}

void netcx_device_stop(struct netcx_os_device *device)
{
	netcx_health_unregister(device);
	mutex_lock(&device->power_lock);
	if (!netcx_device_is_present(device))
		netcx_core_device_surprise_removal(device->core);
	netcx_core_device_stop(device->core);
	device->started = false;
	device->powered = false;
	mutex_unlock(&device->power_lock);
	netcx_device_cancel_work(device);
	netcx_health_destroy(device);
}

void netcx_device_shutdown(struct netcx_os_device *device)
{
	mutex_lock(&device->power_lock);
	/* A machine that is off can be woken, too. */
	if (device->powered && system_state == SYSTEM_POWER_OFF)
		netcx_device_sleep(device);
	else if (device->powered)
		netcx_device_power_down(device);
	device->started = false;
	mutex_unlock(&device->power_lock);
}

static int netcx_pm_suspend(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);

	mutex_lock(&device->power_lock);
	if (device->powered)
		netcx_device_sleep(device);
	mutex_unlock(&device->power_lock);
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
	int err = 0;

	mutex_lock(&device->power_lock);
	if (device->started && !device->halted)
		err = netcx_device_power_up(device);
	mutex_unlock(&device->power_lock);
	return err;
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
	device = netcx_device_alloc(dev, NULL);
	if (!device)
		goto unregister;
	device->core = core;
	device->lightweight = number;
	device->started = true;
	device->powered = true;
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

	mutex_lock(&device->power_lock);
	device->started = false;
	mutex_unlock(&device->power_lock);
	cancel_work_sync(&device->reset_work);
	netcx_device_free(device);
	root_device_unregister(dev);
	ida_free(&netcx_lightweight_numbers, number);
}

int netcx_device_init(void)
{
	netcx_wq = alloc_workqueue("netcx", WQ_UNBOUND, 0);
	return netcx_wq ? 0 : -ENOMEM;
}

void netcx_device_exit(void)
{
	destroy_workqueue(netcx_wq);
}
