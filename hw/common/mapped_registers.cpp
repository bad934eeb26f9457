// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/mapped_registers.h>
#include <common/log.h>
#include <common/objects.h>
#include <common/time.h>

namespace common
{

NTSTATUS MappedRegisters::map(WDFDEVICE device, const CM_PARTIAL_RESOURCE_DESCRIPTOR *bar,
			      ULONG wanted)
{
	NTSTATUS status;

	if (bar->u.Memory.Length < wanted) {
		LOG_ERROR(
			"the BAR of the registers has %u bytes, %u expected; this is not a device "
			"of the family",
			bar->u.Memory.Length, wanted);
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	}

	status = create_spin_lock(device, &lock);
	if (!NT_SUCCESS(status))
		return status;

	registers = static_cast<volatile UINT8 *>(
		MmMapIoSpaceEx(bar->u.Memory.Start, wanted, PAGE_READWRITE | PAGE_NOCACHE));
	if (!registers) {
		LOG_ERROR("mapping the registers failed");
		WdfObjectDelete(lock);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	mapped_length = wanted;
	return STATUS_SUCCESS;
}

void MappedRegisters::unmap()
{
	if (!registers)
		return;
	MmUnmapIoSpace(const_cast<UINT8 *>(registers), mapped_length);
	registers = nullptr;
	WdfObjectDelete(lock);
}

void MappedRegisters::modify(Register reg, UINT32 clear, UINT32 set) const
{
	WdfSpinLockAcquire(lock);
	write(reg, (read(reg) & ~clear) | set);
	WdfSpinLockRelease(lock);
}

bool MappedRegisters::wait_for(Register reg, UINT32 mask, UINT32 value, UINT32 interval_us,
			       UINT32 tries) const
{
	while (tries--) {
		if ((read(reg) & mask) == value)
			return true;
		sleep_us(interval_us);
	}
	return false;
}

} /* namespace common */
