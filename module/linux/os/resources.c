// SPDX-License-Identifier: GPL-2.0-only
/*
 * Down-calls for a device's registers, DMA memory, resources and interrupts.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/slab.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "../bus/client.h"
#include "../bus/device.h"

void *netcx_os_mmio_map(UINT64 physical, SIZE_T size)
{
	return (__force void *)ioremap(physical, size);
}

void netcx_os_mmio_unmap(void *registers, SIZE_T size)
{
	iounmap((__force void __iomem *)registers);
}

void *netcx_os_dma_alloc(struct netcx_os_device *device, SIZE_T size, UINT64 *logical)
{
	dma_addr_t address;
	void *memory = dma_alloc_coherent(device->dev, size, &address, GFP_KERNEL);

	*logical = address;
	return memory;
}

void netcx_os_dma_free(struct netcx_os_device *device, SIZE_T size, void *memory, UINT64 logical)
{
	dma_free_coherent(device->dev, size, memory, logical);
}

int netcx_os_dma_set_mask(struct netcx_os_device *device, UINT64 highest_address)
{
	u64 mask = DMA_BIT_MASK(64);

	/* The largest mask within highest_address, and never more than an earlier call set. */
	if (highest_address && highest_address != mask)
		mask = DMA_BIT_MASK(fls64(highest_address + 1) - 1);
	return dma_set_mask_and_coherent(device->dev,
					 min(mask, dma_get_mask(device->dev)));
}

/* Memory BARs only: pci_enable_device_mem() and pci_request_mem_regions() are for those. */
static bool netcx_bar_is_used(const struct pci_dev *pdev, unsigned int bar)
{
	return pci_resource_len(pdev, bar) && (pci_resource_flags(pdev, bar) & IORESOURCE_MEM);
}

static unsigned int netcx_bar_count(const struct pci_dev *pdev)
{
	unsigned int bar, count = 0;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		count += netcx_bar_is_used(pdev, bar);
	return count;
}

UINT32 netcx_os_device_resource_count(struct netcx_os_device *device)
{
	return device->pdev ? netcx_bar_count(device->pdev) + device->vectors : 0;
}

void netcx_os_device_resource(struct netcx_os_device *device, UINT32 index,
			      CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor)
{
	struct pci_dev *pdev = device->pdev;
	unsigned int bar;

	memset(descriptor, 0, sizeof(*descriptor));
	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		if (!netcx_bar_is_used(pdev, bar))
			continue;
		if (!index--) {
			descriptor->Type = CmResourceTypeMemory;
			descriptor->u.Memory.Start.QuadPart = pci_resource_start(pdev, bar);
			descriptor->u.Memory.Length = pci_resource_len(pdev, bar);
			return;
		}
	}
	descriptor->Type = CmResourceTypeInterrupt;
	if (pci_dev_msi_enabled(pdev)) {
		descriptor->Flags = CM_RESOURCE_INTERRUPT_LATCHED | CM_RESOURCE_INTERRUPT_MESSAGE;
		descriptor->u.MessageInterrupt.Translated.Vector = index;
	} else {
		descriptor->Flags = CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE;
		descriptor->u.Interrupt.Vector = index;
	}
}

const char *netcx_os_device_name(struct netcx_os_device *device)
{
	return dev_name(device->dev);
}

struct netcx_os_irq {
	/* Held while the ISR runs, and by netcx_os_irq_lock(), which keeps its flags in @flags. */
	spinlock_t lock;
	unsigned long flags;
	struct lock_class_key key;
	struct netcx_os_device *device;
	struct netcx_os_irq_ops ops;
	void *context;
	struct tasklet_struct dpc;
	unsigned int vector;
	bool connected;
};

static irqreturn_t netcx_irq_handler(int number, void *data)
{
	struct netcx_os_irq *irq = data;
	BOOLEAN ours;

	spin_lock(&irq->lock);
	ours = irq->ops.isr(irq->context);
	spin_unlock(&irq->lock);
	return IRQ_RETVAL(ours);
}

static void netcx_irq_dpc(struct tasklet_struct *dpc)
{
	struct netcx_os_irq *irq = from_tasklet(irq, dpc, dpc);

	irq->ops.dpc(irq->context);
}

struct netcx_os_irq *netcx_os_irq_create(struct netcx_os_device *device,
					 const struct netcx_os_irq_ops *ops, void *context)
{
	struct netcx_os_irq *irq = kzalloc(sizeof(*irq), GFP_KERNEL);

	if (!irq)
		return NULL;
	irq->device = device;
	irq->ops = *ops;
	irq->context = context;
	lockdep_register_key(&irq->key);
	spin_lock_init(&irq->lock);
	lockdep_set_class(&irq->lock, &irq->key);
	tasklet_setup(&irq->dpc, netcx_irq_dpc);
	return irq;
}

void netcx_os_irq_destroy(struct netcx_os_irq *irq)
{
	if (irq->connected)
		netcx_os_irq_disconnect(irq);
	tasklet_kill(&irq->dpc);
	lockdep_unregister_key(&irq->key);
	kfree(irq);
}

int netcx_os_irq_connect(struct netcx_os_irq *irq, UINT32 vector)
{
	struct netcx_os_device *device = irq->device;
	int err;

	err = pci_request_irq(device->pdev, vector, netcx_irq_handler, NULL, irq, "%s-%s-%u",
			      device->client->client->name, pci_name(device->pdev), vector);
	if (err) {
		netcx_os_log(device, NETCX_OS_LOG_ERROR,
			     "requesting interrupt vector %u failed with %d", vector, err);
		return err;
	}
	irq->vector = vector;
	irq->connected = true;
	return 0;
}

void netcx_os_irq_disconnect(struct netcx_os_irq *irq)
{
	pci_free_irq(irq->device->pdev, irq->vector, irq);
	tasklet_kill(&irq->dpc);
	irq->connected = false;
}

void netcx_os_irq_lock(struct netcx_os_irq *irq)
	__acquires(&irq->lock)
{
	unsigned long flags;

	spin_lock_irqsave(&irq->lock, flags);
	irq->flags = flags;
}

void netcx_os_irq_unlock(struct netcx_os_irq *irq)
	__releases(&irq->lock)
{
	spin_unlock_irqrestore(&irq->lock, irq->flags);
}

BOOLEAN netcx_os_irq_queue_dpc(struct netcx_os_irq *irq)
{
	if (!irq->ops.dpc || test_and_set_bit(TASKLET_STATE_SCHED, &irq->dpc.state))
		return FALSE;
	__tasklet_schedule(&irq->dpc);
	return TRUE;
}

void netcx_os_irq_flush_dpc(struct netcx_os_irq *irq)
{
	while (test_bit(TASKLET_STATE_SCHED, &irq->dpc.state))
		usleep_range(20, 100);
	tasklet_unlock_wait(&irq->dpc);
}
