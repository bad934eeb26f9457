// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bus between device and driver breaks, or somebody resets the device from outside (sysfs,
 * vfio): the queues go as for a suspend, and come back when the device does. The PCI core holds the
 * device's lock throughout, so that no driver is unbound meanwhile.
 */
#include "../../core/core.h"
#include "../datapath/trace.h"
#include "device.h"
#include "pci.h"

/* False: it was off already. */
static bool netcx_error_power_down(struct netcx_os_device *device)
{
	bool powered;

	mutex_lock(&device->power_lock);
	powered = device->powered;
	if (powered) {
		atomic64_inc(&device->resets);
		trace_netcx_reset(device);
		netcx_device_power_down(device);
	}
	mutex_unlock(&device->power_lock);
	return powered;
}

static void netcx_error_power_up(struct netcx_os_device *device)
{
	mutex_lock(&device->power_lock);
	if (device->started && !device->halted && !netcx_device_power_up(device))
		pci_info(device->pdev, "the adapter was reset\n");
	mutex_unlock(&device->power_lock);
}

/*
 * A frozen device reads as all ones, which its client has to bear anyway, since it is what an
 * unplugged one does. Whether the error was fatal or not, the device's state is not to be trusted.
 */
static pci_ers_result_t netcx_error_detected(struct pci_dev *pdev, pci_channel_state_t state)
{
	struct netcx_os_device *device = pci_get_drvdata(pdev);

	if (netcx_error_power_down(device))
		pci_warn(pdev, "a bus error stopped the adapter\n");
	pci_clear_master(pdev);
	if (state != pci_channel_io_perm_failure)
		return PCI_ERS_RESULT_NEED_RESET;
	pci_err(pdev, "the adapter is lost; remove it from the bus and rescan to retry\n");
	return PCI_ERS_RESULT_DISCONNECT;
}

static pci_ers_result_t netcx_error_slot_reset(struct pci_dev *pdev)
{
	pci_restore_state(pdev);
	/* For the next time: restoring forgets it. */
	pci_save_state(pdev);
	return PCI_ERS_RESULT_RECOVERED;
}

static void netcx_error_resume(struct pci_dev *pdev)
{
	netcx_error_power_up(pci_get_drvdata(pdev));
}

/* The PCI core saves and restores the device's configuration itself. */
static void netcx_error_reset_prepare(struct pci_dev *pdev)
{
	netcx_error_power_down(pci_get_drvdata(pdev));
}

static void netcx_error_reset_done(struct pci_dev *pdev)
{
	netcx_error_power_up(pci_get_drvdata(pdev));
}

const struct pci_error_handlers netcx_pci_error_handlers = {
	.error_detected = netcx_error_detected,
	.slot_reset = netcx_error_slot_reset,
	.resume = netcx_error_resume,
	.reset_prepare = netcx_error_reset_prepare,
	.reset_done = netcx_error_reset_done,
};
