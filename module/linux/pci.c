// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PCI side: a pci_driver per client, and how a function is bound, reset, suspended and let go.
 *
 * Locks nest as power_lock, then rtnl.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/slab.h>

#include "netcx_linux.h"
#include "trace.h"

/* Resets and unbinds on request. Flushed before netcx.ko goes. */
static struct workqueue_struct *netcx_wq;

void netcx_device_stop_dma(struct netcx_os_device *device)
{
	u16 command;

	pci_clear_master(device->pdev);
	/* Writes on their way arrive before the answer to a read, or soon after. */
	pci_read_config_word(device->pdev, PCI_COMMAND, &command);
	usleep_range(1000, 2000);
}

void netcx_device_schedule_reset(struct netcx_os_device *device)
{
	queue_work(netcx_wq, &device->reset_work);
}

/* A device that does not come back stays bound, its interface detached. */
int netcx_device_power_up(struct netcx_os_device *device)
{
	int err;

	pci_set_master(device->pdev);
	err = netcx_core_device_power_up(device->core);
	if (err) {
		pci_err(device->pdev,
			"the adapter did not come up again (%d); unbind and bind the driver to retry\n",
			err);
		return err;
	}
	device->powered = true;
	/* For error recovery, where it may be too late to save it. */
	pci_save_state(device->pdev);
	return 0;
}

void netcx_device_power_down(struct netcx_os_device *device)
{
	netcx_core_device_power_down(device->core);
	device->powered = false;
}

static void netcx_reset_work(struct work_struct *work)
{
	struct netcx_os_device *device = container_of(work, struct netcx_os_device, reset_work);

	mutex_lock(&device->power_lock);
	if (device->started && device->powered && pci_device_is_present(device->pdev)) {
		atomic64_inc(&device->resets);
		trace_netcx_reset(device);
		netcx_device_power_down(device);
		if (!netcx_device_power_up(device))
			pci_info(device->pdev, "the adapter was reset\n");
	}
	mutex_unlock(&device->power_lock);
}

struct netcx_failed_work {
	struct work_struct work;
	struct pci_dev *pdev;
	const struct device_driver *driver;
};

static void netcx_failed_work(struct work_struct *work)
{
	struct netcx_failed_work *failed = container_of(work, struct netcx_failed_work, work);

	/* Somebody else's by now: none of our business. */
	if (failed->pdev->dev.driver == failed->driver)
		device_release_driver(&failed->pdev->dev);
	pci_dev_put(failed->pdev);
	kfree(failed);
}

void netcx_os_device_set_failed(struct netcx_os_device *device)
{
	struct netcx_failed_work *failed;

	if (test_and_set_bit(0, &device->failed))
		return;
	failed = kmalloc(sizeof(*failed), GFP_ATOMIC);
	if (!failed) {
		pci_err(device->pdev, "the client reports failure; no memory to unbind it\n");
		return;
	}
	pci_err(device->pdev, "the client reports failure; unbinding it\n");
	INIT_WORK(&failed->work, netcx_failed_work);
	failed->pdev = pci_dev_get(device->pdev);
	failed->driver = device->pdev->dev.driver;
	queue_work(netcx_wq, &failed->work);
}

/*
 * A client that created its interrupts in DeviceAdd gets that many vectors or one; a client that
 * looks at its resources gets what the device has, within reason.
 */
static int netcx_device_alloc_vectors(struct netcx_os_device *device)
{
	const unsigned int most = 2 * num_online_cpus() + 2;
	const unsigned int wanted = netcx_core_device_interrupts(device->core);
	int vectors = -ENOSPC;

	if (wanted > 1)
		vectors = pci_alloc_irq_vectors(device->pdev, wanted, wanted,
						PCI_IRQ_MSIX | PCI_IRQ_MSI);
	if (vectors < 0)
		vectors = pci_alloc_irq_vectors(device->pdev, 1, wanted ? 1 : most,
						PCI_IRQ_ALL_TYPES);
	if (vectors < 0) {
		pci_err(device->pdev, "no interrupt vector to be had (%d)\n", vectors);
		return vectors;
	}
	device->vectors = vectors;
	return 0;
}

static int netcx_pci_enable(struct pci_dev *pdev, const char *name)
{
	int err;

	err = pci_enable_device_mem(pdev);
	if (err) {
		pci_err(pdev, "enabling the device failed with %d\n", err);
		return err;
	}
	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
	if (err)
		err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	if (err) {
		pci_err(pdev, "no usable DMA addressing (%d)\n", err);
		goto disable;
	}
	err = pci_request_mem_regions(pdev, name);
	if (err) {
		pci_err(pdev, "its memory is taken by another driver (%d)\n", err);
		goto disable;
	}
	pci_set_master(pdev);
	return 0;

disable:
	pci_disable_device(pdev);
	return err;
}

static void netcx_pci_disable(struct pci_dev *pdev)
{
	pci_clear_master(pdev);
	pci_release_mem_regions(pdev);
	pci_disable_device(pdev);
}

static int netcx_pci_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct pci_driver *pci_driver = to_pci_driver(pdev->dev.driver);
	struct netcx_client_private *client =
		container_of(pci_driver, struct netcx_client_private, pci_driver);
	struct netcx_os_device *device;
	int err;

	device = kzalloc(sizeof(*device), GFP_KERNEL);
	if (!device)
		return -ENOMEM;
	device->pdev = pdev;
	device->client = client;
	mutex_init(&device->power_lock);
	INIT_WORK(&device->reset_work, netcx_reset_work);

	err = netcx_pci_enable(pdev, client->client->name);
	if (err)
		goto free;
	pci_set_drvdata(pdev, device);
	err = netcx_core_device_add(client->core, device, &device->core);
	if (err)
		goto disable;
	err = netcx_device_alloc_vectors(device);
	if (err)
		goto remove;

	mutex_lock(&device->power_lock);
	err = netcx_core_device_start(device->core);
	device->started = !err;
	device->powered = !err;
	mutex_unlock(&device->power_lock);
	if (err)
		goto free_vectors;
	pci_save_state(pdev);
	return 0;

free_vectors:
	cancel_work_sync(&device->reset_work);
	pci_free_irq_vectors(pdev);
remove:
	netcx_core_device_remove(device->core);
disable:
	netcx_pci_disable(pdev);
	pci_set_drvdata(pdev, NULL);
free:
	mutex_destroy(&device->power_lock);
	kfree(device);
	return err;
}

static void netcx_pci_remove(struct pci_dev *pdev)
{
	struct netcx_os_device *device = pci_get_drvdata(pdev);

	mutex_lock(&device->power_lock);
	if (!pci_device_is_present(pdev))
		netcx_core_device_surprise_removal(device->core);
	netcx_core_device_stop(device->core);
	device->started = false;
	device->powered = false;
	mutex_unlock(&device->power_lock);
	cancel_work_sync(&device->reset_work);

	pci_free_irq_vectors(pdev);
	netcx_core_device_remove(device->core);
	netcx_pci_disable(pdev);
	pci_set_drvdata(pdev, NULL);
	mutex_destroy(&device->power_lock);
	kfree(device);
}

static void netcx_pci_shutdown(struct pci_dev *pdev)
{
	struct netcx_os_device *device = pci_get_drvdata(pdev);

	mutex_lock(&device->power_lock);
	if (device->powered)
		netcx_device_power_down(device);
	device->started = false;
	mutex_unlock(&device->power_lock);
	pci_clear_master(pdev);
}

static int netcx_pm_suspend(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);

	mutex_lock(&device->power_lock);
	if (device->powered)
		netcx_device_power_down(device);
	mutex_unlock(&device->power_lock);
	return 0;
}

static int netcx_pm_resume(struct device *dev)
{
	struct netcx_os_device *device = dev_get_drvdata(dev);
	int err = 0;

	mutex_lock(&device->power_lock);
	if (device->started)
		err = netcx_device_power_up(device);
	mutex_unlock(&device->power_lock);
	return err;
}

static DEFINE_SIMPLE_DEV_PM_OPS(netcx_pm_ops, netcx_pm_suspend, netcx_pm_resume);

int netcx_client_register(struct netcx_client *client)
{
	struct netcx_client_private *private;
	int err;

	private = kzalloc(sizeof(*private), GFP_KERNEL);
	if (!private)
		return -ENOMEM;
	private->client = client;
	err = netcx_core_driver_create(client->name, client->version, client->driver_entry,
				       &private->core);
	if (err)
		goto free;

	private->pci_driver.name = client->name;
	private->pci_driver.id_table = client->id_table;
	private->pci_driver.probe = netcx_pci_probe;
	private->pci_driver.remove = netcx_pci_remove;
	private->pci_driver.shutdown = netcx_pci_shutdown;
	private->pci_driver.err_handler = &netcx_pci_error_handlers;
	private->pci_driver.driver.pm = pm_sleep_ptr(&netcx_pm_ops);
	client->private_data = private;
	err = __pci_register_driver(&private->pci_driver, client->owner, client->name);
	if (err) {
		pr_err("netcx: registering the PCI driver %s failed with %d\n", client->name, err);
		goto destroy;
	}
	return 0;

destroy:
	netcx_core_driver_destroy(private->core);
free:
	client->private_data = NULL;
	kfree(private);
	return err;
}

void netcx_client_unregister(struct netcx_client *client)
{
	struct netcx_client_private *private = client->private_data;

	pci_unregister_driver(&private->pci_driver);
	netcx_core_driver_destroy(private->core);
	client->private_data = NULL;
	kfree(private);
}

int netcx_pci_init(void)
{
	netcx_wq = alloc_workqueue("netcx", WQ_UNBOUND, 0);
	return netcx_wq ? 0 : -ENOMEM;
}

void netcx_pci_exit(void)
{
	destroy_workqueue(netcx_wq);
}
