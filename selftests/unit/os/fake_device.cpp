// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Devices: registers, DMA memory, resources, interrupts.

#include "os/fake_os.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

using fake::Os;

namespace
{

constexpr UINT64 first_bar = 0xf000000000;
constexpr UINT64 bar_distance = 0x10000000;
constexpr SIZE_T page = 4096;
/* Bus addresses look nothing like memory addresses, so that mixing them up is noticed. */
constexpr UINT64 first_dma = 0x40000000;

struct Mapping {
	UINT8 *address;
	SIZE_T size;
	std::shared_ptr<fake::Registers> registers;
};

/* Devices whose BARs can be mapped: those that have been asked for their resources. */
std::map<UINT64, std::shared_ptr<fake::Registers>> &bus()
{
	static std::map<UINT64, std::shared_ptr<fake::Registers>> bars;

	return bars;
}

std::vector<Mapping> &mappings()
{
	static std::vector<Mapping> all;

	return all;
}

Mapping *mapping_of(volatile void *address)
{
	UINT8 *byte = const_cast<UINT8 *>(static_cast<volatile UINT8 *>(address));

	for (Mapping &mapping : mappings()) {
		if (byte >= mapping.address && byte < mapping.address + mapping.size)
			return &mapping;
	}
	return nullptr;
}

UINT64 mmio_read(volatile void *address, unsigned int width)
{
	Mapping *mapping = mapping_of(address);

	if (!mapping) {
		Os::get().violation("register read outside of what is mapped");
		return ~0ULL;
	}
	return mapping->registers->read(
		const_cast<UINT8 *>(static_cast<volatile UINT8 *>(address)) - mapping->address,
		width);
}

void mmio_write(volatile void *address, unsigned int width, UINT64 value)
{
	Mapping *mapping = mapping_of(address);

	if (!mapping) {
		Os::get().violation("register written outside of what is mapped");
		return;
	}
	mapping->registers->write(const_cast<UINT8 *>(static_cast<volatile UINT8 *>(address)) -
					  mapping->address,
				  width, value);
}

} // namespace

namespace fake
{

UINT64 Registers::read(UINT64 offset, unsigned int width)
{
	UINT64 value = 0;

	if (offset + width <= memory_.size())
		memcpy(&value, &memory_[offset], width);
	return value;
}

void Registers::write(UINT64 offset, unsigned int width, UINT64 value)
{
	if (offset + width <= memory_.size())
		memcpy(&memory_[offset], &value, width);
}

UINT64 bar_address(const netcx_os_device *, SIZE_T bar)
{
	return first_bar + bar * bar_distance;
}

} // namespace fake

struct netcx_os_irq {
	netcx_os_device *device;
	netcx_os_irq_ops ops;
	void *context;
	fake::Task dpc;
	bool locked;
	bool connected;
	UINT32 vector;
};

bool netcx_os_device::raise(UINT32 vector)
{
	const auto found = irqs.find(vector);
	bool ours;

	if (found == irqs.end())
		return false;
	netcx_os_irq_lock(found->second);
	Os::get().enter_interrupt();
	ours = found->second->ops.isr(found->second->context);
	Os::get().leave_interrupt();
	netcx_os_irq_unlock(found->second);
	return ours;
}

bool netcx_os_device::is_connected(UINT32 vector) const
{
	return irqs.count(vector);
}

void *netcx_os_device::dma(UINT64 logical, SIZE_T length) const
{
	auto next = dma_memory.upper_bound(logical);

	if (next == dma_memory.begin())
		return nullptr;
	--next;

	const UINT64 offset = logical - next->first;

	if (offset > next->second.length || length > next->second.length - offset)
		return nullptr;
	if (!next->second.contiguous && length && offset / page != (offset + length - 1) / page)
		return nullptr;
	return next->second.memory + offset;
}

extern "C" {

/* ---- registers ---- */

void *netcx_os_mmio_map(UINT64 physical, SIZE_T size)
{
	const auto found = bus().find(physical);
	UINT8 *address;

	Os::get().must_sleep("netcx_os_mmio_map");
	if (Os::get().injected_failure())
		return nullptr;
	if (found == bus().end() || size > found->second->size()) {
		Os::get().violation("mapping what is no BAR");
		return nullptr;
	}
	/* Never touched: it only keeps others from being at these addresses. */
	address = new UINT8[size];
	mappings().push_back({address, size, found->second});
	Os::get().handed_out(address, "register mapping");
	return address;
}

void netcx_os_mmio_unmap(void *registers, SIZE_T size)
{
	Mapping *mapping = mapping_of(registers);

	if (!mapping || mapping->address != registers || mapping->size != size) {
		Os::get().violation("unmapping what was not mapped so");
		return;
	}
	Os::get().taken_back(registers, "register mapping");
	delete[] mapping->address;
	mappings().erase(mappings().begin() + (mapping - mappings().data()));
}

UINT8 netcx_user_mmio_read8(volatile void *address)
{
	return static_cast<UINT8>(mmio_read(address, 1));
}

UINT16 netcx_user_mmio_read16(volatile void *address)
{
	return static_cast<UINT16>(mmio_read(address, 2));
}

UINT32 netcx_user_mmio_read32(volatile void *address)
{
	return static_cast<UINT32>(mmio_read(address, 4));
}

UINT64 netcx_user_mmio_read64(volatile void *address)
{
	return mmio_read(address, 8);
}

void netcx_user_mmio_write8(volatile void *address, UINT8 value)
{
	mmio_write(address, 1, value);
}

void netcx_user_mmio_write16(volatile void *address, UINT16 value)
{
	mmio_write(address, 2, value);
}

void netcx_user_mmio_write32(volatile void *address, UINT32 value)
{
	mmio_write(address, 4, value);
}

void netcx_user_mmio_write64(volatile void *address, UINT64 value)
{
	mmio_write(address, 8, value);
}

/* ---- DMA memory ---- */

void *netcx_os_dma_alloc(struct netcx_os_device *device, SIZE_T size, UINT64 *logical)
{
	void *memory;
	UINT64 address = first_dma;

	Os::get().must_sleep("netcx_os_dma_alloc");
	if (Os::get().injected_failure() || posix_memalign(&memory, page, size))
		return nullptr;
	memset(memory, 0, size);
	if (!device->dma_memory.empty()) {
		const auto &last = *device->dma_memory.rbegin();

		address = (last.first + last.second.length + 2 * page - 1) / page * page;
	}
	device->dma_memory[address] = {static_cast<UINT8 *>(memory), size, false};
	Os::get().handed_out(memory, "DMA memory");
	*logical = address;
	return memory;
}

void netcx_os_dma_free(struct netcx_os_device *device, SIZE_T size, void *memory, UINT64 logical)
{
	const auto found = device->dma_memory.find(logical);

	if (found == device->dma_memory.end() || found->second.memory != memory ||
	    found->second.length != size)
		Os::get().violation("DMA memory freed that was not allocated so");
	else
		device->dma_memory.erase(found);
	if (Os::get().taken_back(memory, "DMA memory"))
		free(memory);
}

int netcx_os_dma_set_mask(struct netcx_os_device *device, UINT64 highest_address)
{
	if (Os::get().injected_failure() || highest_address > device->reachable)
		return -EIO;
	device->dma_mask = highest_address;
	return 0;
}

/* ---- resources ---- */

UINT32 netcx_os_device_resource_count(struct netcx_os_device *device)
{
	return static_cast<UINT32>(device->bars.size()) + device->vectors;
}

void netcx_os_device_resource(struct netcx_os_device *device, UINT32 index,
			      CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor)
{
	*descriptor = {};
	if (index < device->bars.size()) {
		const UINT64 address = fake::bar_address(device, index);

		bus()[address] = device->bars[index];
		descriptor->Type = CmResourceTypeMemory;
		descriptor->u.Memory.Start.QuadPart = static_cast<LONGLONG>(address);
		descriptor->u.Memory.Length = static_cast<ULONG>(device->bars[index]->size());
		return;
	}
	index -= static_cast<UINT32>(device->bars.size());
	descriptor->Type = CmResourceTypeInterrupt;
	if (device->messages) {
		descriptor->Flags = CM_RESOURCE_INTERRUPT_LATCHED | CM_RESOURCE_INTERRUPT_MESSAGE;
		descriptor->u.MessageInterrupt.Translated.Vector = 100 + index;
	} else {
		descriptor->u.Interrupt.Vector = 11;
	}
}

BOOLEAN netcx_os_device_pci_location(struct netcx_os_device *device,
				     struct netcx_os_pci_location *location)
{
	*location = device->location;
	return !device->config_space.empty();
}

static UINT32 config_length(const netcx_os_device *device, UINT32 offset, UINT32 length)
{
	const UINT32 size = static_cast<UINT32>(device->config_space.size());

	return offset < size ? std::min(length, size - offset) : 0;
}

UINT32 netcx_os_device_read_config(struct netcx_os_device *device, UINT32 offset, void *buffer,
				   UINT32 length)
{
	const UINT32 size = config_length(device, offset, length);

	if (size)
		memcpy(buffer, &device->config_space[offset], size);
	return size;
}

UINT32 netcx_os_device_write_config(struct netcx_os_device *device, UINT32 offset,
				    const void *buffer, UINT32 length)
{
	const UINT32 size = config_length(device, offset, length);

	if (size)
		memcpy(&device->config_space[offset], buffer, size);
	return size;
}

const char *netcx_os_device_name(struct netcx_os_device *device)
{
	return device->name.c_str();
}

struct netcx_os_device *netcx_os_lightweight_create(const char *driver, struct netcx_device *core)
{
	netcx_os_device *device;

	Os::get().must_sleep("netcx_os_lightweight_create");
	if (Os::get().injected_failure())
		return nullptr;
	device = new netcx_os_device;
	device->name = std::string(driver) + ".lightweight";
	device->lightweight = core;
	device->state = netcx_core_state_create(device);
	if (!device->state) {
		delete device;
		return nullptr;
	}
	netcx_core_state_start(device->state, core);
	Os::get().handed_out(device, "lightweight device");
	return device;
}

void netcx_os_lightweight_destroy(struct netcx_os_device *device)
{
	Os::get().must_sleep("netcx_os_lightweight_destroy");
	netcx_core_state_event(device->state, NETCX_DEVICE_STOP, FALSE);
	netcx_core_state_destroy(device->state);
	if (Os::get().taken_back(device, "lightweight device"))
		delete device;
}

BOOLEAN netcx_os_device_request_reset(struct netcx_os_device *device)
{
	device->resets_requested++;
	return !device->state || netcx_core_state_request(device->state, NETCX_DEVICE_RESET);
}

/* ---- what its state asks for ---- */

BOOLEAN netcx_os_device_is_present(struct netcx_os_device *device)
{
	return device->present;
}

void netcx_os_device_power_on(struct netcx_os_device *device)
{
	device->power_ons++;
}

void netcx_os_device_powered_on(struct netcx_os_device *)
{
	Os::get().must_sleep("netcx_os_device_powered_on");
}

void netcx_os_device_count_reset(struct netcx_os_device *device)
{
	device->resets_counted++;
}

void netcx_os_device_set_verified(struct netcx_os_device *device, BOOLEAN on)
{
	device->verified = on;
}

BOOLEAN netcx_os_device_report_hang(struct netcx_os_device *device)
{
	Os::get().must_hold_no_mutex("netcx_os_device_report_hang");
	device->hangs_reported++;
	if (device->hangs == netcx_os_device::Hangs::recovered)
		netcx_core_state_event(device->state, NETCX_DEVICE_RECOVER, FALSE);
	return device->hangs != netcx_os_device::Hangs::nobody_looks;
}

void netcx_os_device_report_halt(struct netcx_os_device *device)
{
	Os::get().must_hold_no_mutex("netcx_os_device_report_halt");
	device->halts_reported++;
}

void netcx_os_device_forget_fault(struct netcx_os_device *device)
{
	device->faults_forgotten++;
}

void netcx_os_device_show_health(struct netcx_os_device *device, BOOLEAN healthy)
{
	Os::get().must_hold_no_mutex("netcx_os_device_show_health");
	device->health.push_back(healthy);
}

void netcx_os_device_woken(struct netcx_os_device *device)
{
	device->wakeups++;
}

static std::string config_key(const char *path, const char *name)
{
	return std::string(path) + (*path ? "/" : "") + name;
}

/* What to say about a value that is not in the map of its type. */
static int config_absent(const netcx_os_device *device, const std::string &key)
{
	const bool present = device->numbers.count(key) || device->strings.count(key) ||
			     device->bytes.count(key);

	return present ? NETCX_OS_CONFIG_OTHER_TYPE : NETCX_OS_CONFIG_MISSING;
}

int netcx_os_config_number(struct netcx_os_device *device, const char *path, const char *name,
			   UINT32 *value)
{
	const std::string key = config_key(path, name);

	Os::get().must_sleep("netcx_os_config_number");
	if (!device->numbers.count(key))
		return config_absent(device, key);
	*value = device->numbers.at(key);
	return 0;
}

int netcx_os_config_string(struct netcx_os_device *device, const char *path, const char *name,
			   UINT32 index, char *buffer, SIZE_T size)
{
	const std::string key = config_key(path, name);

	Os::get().must_sleep("netcx_os_config_string");
	if (Os::get().injected_failure())
		return NETCX_OS_CONFIG_NO_MEMORY;
	if (!device->strings.count(key))
		return config_absent(device, key);
	if (index >= device->strings.at(key).size())
		return NETCX_OS_CONFIG_MISSING;
	const std::string &text = device->strings.at(key)[index];
	const SIZE_T length = std::min(text.size(), size - 1);

	memcpy(buffer, text.data(), length);
	buffer[length] = 0;
	return static_cast<int>(text.size());
}

int netcx_os_config_bytes(struct netcx_os_device *device, const char *path, const char *name,
			  UINT8 *buffer, SIZE_T size)
{
	const std::string key = config_key(path, name);

	Os::get().must_sleep("netcx_os_config_bytes");
	if (!device->bytes.count(key))
		return config_absent(device, key);
	const std::vector<UINT8> &all = device->bytes.at(key);

	if (size)
		memcpy(buffer, all.data(), std::min(all.size(), size));
	return static_cast<int>(all.size());
}

void netcx_os_device_set_failed(struct netcx_os_device *device)
{
	device->failed = true;
}

/* ---- interrupts ---- */

struct netcx_os_irq *netcx_os_irq_create(struct netcx_os_device *device,
					 const struct netcx_os_irq_ops *ops, void *context)
{
	netcx_os_irq *irq;

	Os::get().must_sleep("netcx_os_irq_create");
	if (Os::get().injected_failure())
		return nullptr;
	irq = new netcx_os_irq{device, *ops, context, {}, false, false, 0};
	irq->dpc.function = [irq] {
		irq->ops.dpc(irq->context);
	};
	irq->dpc.kind = "DPC";
	irq->dpc.atomic = true;
	Os::get().add(&irq->dpc);
	Os::get().handed_out(irq, "interrupt");
	return irq;
}

void netcx_os_irq_destroy(struct netcx_os_irq *irq)
{
	if (irq->connected)
		netcx_os_irq_disconnect(irq);
	Os::get().remove(&irq->dpc);
	if (Os::get().taken_back(irq, "interrupt"))
		delete irq;
}

int netcx_os_irq_connect(struct netcx_os_irq *irq, UINT32 vector)
{
	Os::get().must_sleep("netcx_os_irq_connect");
	if (Os::get().injected_failure())
		return -ENOSPC;
	if (irq->connected || irq->device->is_connected(vector) || vector >= irq->device->vectors)
		Os::get().violation("interrupt connected twice, or to no vector");
	irq->connected = true;
	irq->vector = vector;
	irq->device->irqs[vector] = irq;
	return 0;
}

void netcx_os_irq_disconnect(struct netcx_os_irq *irq)
{
	Os::get().must_sleep("netcx_os_irq_disconnect");
	if (!irq->connected)
		Os::get().violation("interrupt disconnected that is not connected");
	irq->device->irqs.erase(irq->vector);
	irq->connected = false;
	if (irq->dpc.running)
		Os::get().violation("interrupt waits for its own DPC: a deadlock");
	while (irq->dpc.queued && !irq->dpc.running)
		Os::get().run(&irq->dpc);
}

void netcx_os_irq_lock(struct netcx_os_irq *irq)
{
	if (irq->locked)
		Os::get().violation("interrupt lock taken twice: a deadlock");
	irq->locked = true;
	Os::get().enter_atomic();
}

void netcx_os_irq_unlock(struct netcx_os_irq *irq)
{
	if (!irq->locked)
		Os::get().violation("interrupt lock released that is not held");
	irq->locked = false;
	Os::get().leave_atomic();
}

BOOLEAN netcx_os_irq_queue_dpc(struct netcx_os_irq *irq)
{
	const bool was_queued = irq->dpc.queued;

	if (!was_queued)
		irq->dpc.queued = Os::get().next_request();
	return !was_queued;
}

void netcx_os_irq_flush_dpc(struct netcx_os_irq *irq)
{
	Os::get().must_sleep("netcx_os_irq_flush_dpc");
	/* What is queued runs while one sleeps. */
	while (irq->dpc.queued)
		netcx_os_sleep_us(50);
}

} // extern "C"
