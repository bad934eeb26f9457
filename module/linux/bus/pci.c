// SPDX-License-Identifier: GPL-2.0-only
/* The PCI bus: a pci_driver per client, and how a function is bound and let go. */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "aspm.h"
#include "client.h"
#include "device.h"
#include "pci.h"

void netcx_device_stop_dma(struct netcx_os_device *device)
{
	u16 command;

	/* Only PCI functions do DMA. */
	if (!device->pdev)
		return;
	pci_clear_master(device->pdev);
	/* Writes on their way arrive before the answer to a read, or soon after. */
	pci_read_config_word(device->pdev, PCI_COMMAND, &command);
	usleep_range(1000, 2000);
}

/* ---- its configuration ---- */

static void netcx_pci_read_marks(struct pci_dev *pdev, struct netcx_pci_marks *marks)
{
	u16 command = 0;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	marks->memory = command & PCI_COMMAND_MEMORY;
	pci_read_config_dword(pdev, PCI_BASE_ADDRESS_0, &marks->bar);
}

void netcx_pci_keep_config(struct netcx_os_device *device)
{
	struct pci_saved_state *kept;

	mutex_lock(&device->config_lock);
	pci_save_state(device->pdev);
	kept = pci_store_saved_state(device->pdev);
	/*
	 * For want of memory it is as it was when it was last kept; so it is if the function has
	 * just left the bus and what was read may be all ones.
	 */
	if (kept && pci_device_is_present(device->pdev)) {
		swap(kept, device->kept_config);
		netcx_pci_read_marks(device->pdev, &device->marks);
	}
	mutex_unlock(&device->config_lock);
	kfree(kept);
}

void netcx_pci_restore_config(struct netcx_os_device *device)
{
	struct pci_dev *pdev = device->pdev;

	mutex_lock(&device->config_lock);
	/* Without a copy, for want of memory, what the PCI core has must do. */
	if (device->kept_config)
		pci_load_saved_state(pdev, device->kept_config);
	/* Else nothing would be restored, and a blank configuration saved. */
	if (pdev->state_saved) {
		pci_restore_state(pdev);
		/* pci_restore_state() clears state_saved; save again for the next error. */
		pci_save_state(pdev);
	}
	mutex_unlock(&device->config_lock);
}

void netcx_pci_restore_lost_config(struct netcx_os_device *device)
{
	struct netcx_pci_marks marks;

	if (!device->kept_config)
		return;
	netcx_pci_read_marks(device->pdev, &marks);
	if (marks.memory == device->marks.memory && marks.bar == device->marks.bar)
		return;
	if (netcx_device_may_log(device))
		pci_warn(device->pdev, "its configuration was lost and is put back\n");
	netcx_pci_restore_config(device);
}

/* ---- bound and let go ---- */

/*
 * A client that created its interrupts in DeviceAdd gets that many vectors or one; a client that
 * looks at its resources gets what the device has, within reason: a user may ask for more queues
 * than there are processors.
 */
static int netcx_device_alloc_vectors(struct netcx_os_device *device)
{
	const unsigned int most = 2 * max(num_online_cpus(), 8U) + 2;
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

/*
 * Is there an entry for the function and its revision? The PCI core has found one without looking
 * at the latter.
 */
static bool netcx_pci_is_for_revision(const struct pci_device_id *table, struct pci_dev *pdev)
{
	const struct pci_device_id *id;

	for (id = table; id->vendor; id++) {
		const struct pci_device_id one[] = { *id, {} };

		if (pci_match_id(one, pdev) &&
		    (!id->driver_data || id->driver_data == NETCX_PCI_REVISION(pdev->revision)))
			return true;
	}
	return false;
}

static int netcx_pci_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct pci_driver *pci_driver = to_pci_driver(pdev->dev.driver);
	struct netcx_client_private *client =
		container_of(pci_driver, struct netcx_client_private, pci_driver);
	struct netcx_os_device *device;
	int err;

	/*
	 * An id that the user has added (new_id) is not in the table. Its driver_data has to be
	 * one of the table's, and is then the user's word for a revision.
	 */
	if (id->driver_data && id->driver_data != NETCX_PCI_REVISION(pdev->revision) &&
	    !netcx_pci_is_for_revision(client->client->id_table, pdev)) {
		pci_info(pdev, "%s is not for revision %#04x\n", client->client->name,
			 pdev->revision);
		return -ENODEV;
	}
	device = netcx_device_alloc(&pdev->dev, pdev, client);
	if (!device)
		return -ENOMEM;

	err = netcx_pci_enable(pdev, client->client->name);
	if (err)
		goto free;
	netcx_device_disable_aspm(device);
	err = netcx_core_device_add(client->core, device, &device->core);
	if (err)
		goto disable;
	err = netcx_device_alloc_vectors(device);
	if (err)
		goto remove;
	/* Before its state may have to bring it up again. */
	netcx_pci_keep_config(device);
	err = netcx_device_start(device);
	if (err)
		goto free_config;
	return 0;

free_config:
	kfree(device->kept_config);
	pci_free_irq_vectors(pdev);
remove:
	netcx_core_device_remove(device->core);
disable:
	netcx_pci_disable(pdev);
free:
	netcx_device_free(device);
	return err;
}

static void netcx_pci_remove(struct pci_dev *pdev)
{
	struct netcx_os_device *device = pci_get_drvdata(pdev);

	netcx_device_stop(device);
	kfree(device->kept_config);
	pci_free_irq_vectors(pdev);
	netcx_core_device_remove(device->core);
	netcx_pci_disable(pdev);
	netcx_device_free(device);
}

static void netcx_pci_shutdown(struct pci_dev *pdev)
{
	struct netcx_os_device *device = pci_get_drvdata(pdev);

	netcx_device_shutdown(device);
	pci_clear_master(pdev);
	if (netcx_core_device_is_armed(device->core)) {
		pci_wake_from_d3(pdev, true);
		pci_set_power_state(pdev, PCI_D3hot);
	}
}

int netcx_pci_register(struct netcx_client_private *client)
{
	struct pci_driver *driver = &client->pci_driver;

	driver->name = client->client->name;
	driver->id_table = client->client->id_table;
	driver->probe = netcx_pci_probe;
	driver->remove = netcx_pci_remove;
	driver->shutdown = netcx_pci_shutdown;
	driver->err_handler = &netcx_pci_error_handlers;
	driver->driver.pm = pm_sleep_ptr(&netcx_pm_ops);
	return __pci_register_driver(driver, client->client->owner, client->client->name);
}

void netcx_pci_unregister(struct netcx_client_private *client)
{
	pci_unregister_driver(&client->pci_driver);
}
