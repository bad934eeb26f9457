// SPDX-License-Identifier: GPL-2.0-only
/*
 * Power states of the PCIe link that a client's devices cannot bear: switched off at probe, and
 * again at resume and after a reset of the slot, since firmware or a restored configuration may
 * have switched them on.
 */
#include <linux/pci.h>

#include "aspm.h"
#include "client.h"
#include "device.h"

static u16 netcx_aspm_control(unsigned int unusable)
{
	return (unusable & NETCX_ASPM_L0S ? PCI_EXP_LNKCTL_ASPM_L0S : 0) |
	       (unusable & NETCX_ASPM_L1 ? PCI_EXP_LNKCTL_ASPM_L1 : 0);
}

static bool netcx_aspm_is_on(struct pci_dev *pdev, u16 states)
{
	u16 control;

	return !pcie_capability_read_word(pdev, PCI_EXP_LNKCTL, &control) && (control & states);
}

/*
 * The PCI core declines where firmware has not granted the system control of ASPM, yet may have
 * switched it on. The device's requests get lost then all the same, so its register and that of the
 * port above are written, the lower end of the link first.
 */
static void netcx_aspm_override(struct pci_dev *pdev, u16 states)
{
	struct pci_dev *port = pci_upstream_bridge(pdev);

	if (!netcx_aspm_is_on(pdev, states) && !(port && netcx_aspm_is_on(port, states)))
		return;
	pcie_capability_clear_word(pdev, PCI_EXP_LNKCTL, states);
	if (port)
		pcie_capability_clear_word(port, PCI_EXP_LNKCTL, states);
	pci_info(pdev, "ASPM is switched off, though the system does not control it\n");
}

static int netcx_aspm_link_states(unsigned int unusable)
{
	return (unusable & NETCX_ASPM_L0S ? PCIE_LINK_STATE_L0S : 0) |
	       (unusable & NETCX_ASPM_L1 ? PCIE_LINK_STATE_L1 : 0);
}

void netcx_device_disable_aspm(struct netcx_os_device *device)
{
	unsigned int unusable;

	/* Virtual and lightweight devices have no PCIe link; the latter have no client either. */
	if (!device->pdev)
		return;
	unusable = device->client->client->aspm_unusable;
	if (!unusable)
		return;
	pci_disable_link_state(device->pdev, netcx_aspm_link_states(unusable));
	netcx_aspm_override(device->pdev, netcx_aspm_control(unusable));
}

void netcx_device_disable_aspm_locked(struct netcx_os_device *device)
{
	const unsigned int unusable = device->client->client->aspm_unusable;

	if (!unusable)
		return;
	pci_disable_link_state_locked(device->pdev, netcx_aspm_link_states(unusable));
	netcx_aspm_override(device->pdev, netcx_aspm_control(unusable));
}
