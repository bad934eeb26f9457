// SPDX-License-Identifier: GPL-2.0-only
/* Down-calls for where a PCI function is, and for its configuration space. */
#include <linux/pci.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../bus/device.h"

BOOLEAN netcx_os_device_pci_location(struct netcx_os_device *device,
				     struct netcx_os_pci_location *location)
{
	const struct pci_dev *pdev = device->pdev;

	if (!pdev)
		return FALSE;
	*location = (struct netcx_os_pci_location){
		.bus = pdev->bus->number,
		.device = PCI_SLOT(pdev->devfn),
		.function = PCI_FUNC(pdev->devfn),
	};
	return TRUE;
}

/* How many of @length bytes from @offset on there are. */
static u32 netcx_config_length(const struct netcx_os_device *device, u32 offset, u32 length)
{
	const u32 size = device->pdev ? device->pdev->cfg_size : 0;

	return offset < size ? min(length, size - offset) : 0;
}

/* The widest access that is aligned and within @left bytes. */
static u32 netcx_config_width(u32 offset, u32 left)
{
	if (!(offset & 3) && left >= 4)
		return 4;
	return !(offset & 1) && left >= 2 ? 2 : 1;
}

UINT32 netcx_os_device_read_config(struct netcx_os_device *device, UINT32 offset, void *buffer,
				   UINT32 length)
{
	const u32 size = netcx_config_length(device, offset, length);
	u32 done, width;

	for (done = 0; done < size; done += width) {
		u32 value = 0;
		u16 word = 0;
		u8 byte = 0;
		int err;

		width = netcx_config_width(offset + done, size - done);
		if (width == 4) {
			err = pci_read_config_dword(device->pdev, offset + done, &value);
		} else if (width == 2) {
			err = pci_read_config_word(device->pdev, offset + done, &word);
			value = word;
		} else {
			err = pci_read_config_byte(device->pdev, offset + done, &byte);
			value = byte;
		}
		if (err)
			return 0;
		memcpy(buffer + done, &value, width);
	}
	return size;
}

UINT32 netcx_os_device_write_config(struct netcx_os_device *device, UINT32 offset,
				    const void *buffer, UINT32 length)
{
	const u32 size = netcx_config_length(device, offset, length);
	u32 done, width;

	for (done = 0; done < size; done += width) {
		u32 value = 0;
		int err;

		width = netcx_config_width(offset + done, size - done);
		memcpy(&value, buffer + done, width);
		if (width == 4)
			err = pci_write_config_dword(device->pdev, offset + done, value);
		else if (width == 2)
			err = pci_write_config_word(device->pdev, offset + done, value);
		else
			err = pci_write_config_byte(device->pdev, offset + done, value);
		if (err)
			return 0;
	}
	return size;
}
