// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bus between device and driver breaks, or somebody resets the device from outside (sysfs,
 * vfio). Both become events of the device's state, which refuses what comes too early or too late.
 */
#include "../../core/core.h"
#include "../datapath/trace.h"
#include "aspm.h"
#include "device.h"
#include "pci.h"

/*
 * NULL: none is bound. Callers hold the function's device lock, so that none comes or goes, but not
 * all kernels look whether a driver is bound at all before they call for a whole bus.
 */
static struct netcx_device_state *netcx_error_state(struct pci_dev *pdev)
{
	struct netcx_os_device *device = pci_get_drvdata(pdev);

	return device ? device->state : NULL;
}

static int netcx_error_event(struct pci_dev *pdev, enum netcx_device_event event)
{
	struct netcx_device_state *state = netcx_error_state(pdev);

	return state ? netcx_core_state_event(state, event, FALSE) : -ENODEV;
}

/*
 * A frozen device reads as all ones, which its client has to bear anyway, since it is what an
 * unplugged one does. Whether the error was fatal or not, the device's state is not to be trusted.
 */
static pci_ers_result_t netcx_error_detected(struct pci_dev *pdev, pci_channel_state_t channel)
{
	if (!netcx_error_state(pdev))
		return PCI_ERS_RESULT_NONE;
	if (channel == pci_channel_io_perm_failure) {
		netcx_error_event(pdev, NETCX_DEVICE_BUS_LOST);
		pci_clear_master(pdev);
		pci_err(pdev, "the adapter is lost; remove it from the bus and rescan to retry\n");
		return PCI_ERS_RESULT_DISCONNECT;
	}
	if (!netcx_error_event(pdev, NETCX_DEVICE_BUS_DOWN))
		pci_warn(pdev, "a bus error stopped the adapter\n");
	pci_clear_master(pdev);
	return PCI_ERS_RESULT_NEED_RESET;
}

/* What the PCI core has saved may be missing, or of a blank function; our copy is not. */
static pci_ers_result_t netcx_error_slot_reset(struct pci_dev *pdev)
{
	struct netcx_os_device *device = pci_get_drvdata(pdev);

	if (!device)
		return PCI_ERS_RESULT_NONE;
	if (!pci_device_is_present(pdev)) {
		pci_err(pdev, "the adapter does not answer after the bus reset it\n");
		return PCI_ERS_RESULT_DISCONNECT;
	}
	netcx_pci_restore_config(device);
	netcx_device_disable_aspm_locked(device);
	return PCI_ERS_RESULT_RECOVERED;
}

static void netcx_error_resume(struct pci_dev *pdev)
{
	netcx_error_event(pdev, NETCX_DEVICE_BUS_UP);
}

/* The PCI core saves and restores the device's configuration itself. */
static void netcx_error_reset_prepare(struct pci_dev *pdev)
{
	netcx_error_event(pdev, NETCX_DEVICE_BUS_DOWN);
}

static void netcx_error_reset_done(struct pci_dev *pdev)
{
	netcx_error_event(pdev, NETCX_DEVICE_BUS_UP);
}

const struct pci_error_handlers netcx_pci_error_handlers = {
	.error_detected = netcx_error_detected,
	.slot_reset = netcx_error_slot_reset,
	.resume = netcx_error_resume,
	.reset_prepare = netcx_error_reset_prepare,
	.reset_done = netcx_error_reset_done,
};
