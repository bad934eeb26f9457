/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* WDFINTERRUPT: one interrupt vector of a device, with its service routine and DPC. */
#ifndef NETCX_CORE_INTERRUPT_H
#define NETCX_CORE_INTERRUPT_H

#include "object.h"

namespace netcx
{

class SpinLock;

class Interrupt final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::interrupt;
	static constexpr UINT32 no_vector = ~0U;

	Interrupt() : Object(object_type) {}

	~Interrupt() override;

	bool client_may_delete() const override { return false; }

	/* Second half of creation, after config was set. */
	NTSTATUS set_up();
	/*
	 * Connects the vector and calls EvtInterruptEnable, in D0. Process context. On failure,
	 * which is logged, the vector is not connected.
	 */
	NTSTATUS enable();
	void disable();
	/* Waits for a DPC that is queued or runs. Process context. */
	void flush_dpc();

	void lock();
	void unlock();
	BOOLEAN queue_dpc();

	WDF_INTERRUPT_CONFIG config = {};
	/* WDF_INTERRUPT_CONFIG.SpinLock, or NULL. Nests within the lock of @irq. */
	SpinLock *client_lock = nullptr;
	struct netcx_os_irq *irq = nullptr;
	/* The device's list of interrupts; under the driver's tree_lock. */
	Interrupt *next = nullptr;
	UINT32 vector = no_vector;
	UINT32 message = 0;
	/* Created in EvtDevicePrepareHardware: deleted after EvtDeviceReleaseHardware. */
	bool with_hardware = false;

protected:
	void dispose() override;

private:
	static BOOLEAN isr(void *context);
	static void dpc(void *context);

	/* Under the device's interrupt_mutex. */
	bool connected_ = false;
};

/*
 * Assigns vectors to interrupts that were created in EvtDriverDeviceAdd, before vectors were known.
 * Logs those for which there is none.
 */
void assign_vectors(struct netcx_device *device);
/* Enables all interrupts that have a vector; stops at the first failure. */
NTSTATUS enable_interrupts(struct netcx_device *device);
void disable_interrupts(struct netcx_device *device);
/* Deletes those created in EvtDevicePrepareHardware and takes the vectors of the others. */
void forget_vectors(struct netcx_device *device);

} // namespace netcx

#endif /* NETCX_CORE_INTERRUPT_H */
