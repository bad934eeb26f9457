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

	/* The rest of its creation, with config set. */
	NTSTATUS set_up();
	/* Process context. On failure nothing is connected and the reason is in the log. */
	NTSTATUS enable();
	void disable();
	/* Waits until the DPCs asked for before have run. Process context. */
	void flush_dpc();

	void lock();
	void unlock();
	BOOLEAN queue_dpc();

	WDF_INTERRUPT_CONFIG config = {};
	/* The client's own lock, taken within the OS's; NULL if there is none. */
	SpinLock *client_lock = nullptr;
	struct netcx_os_irq *irq = nullptr;
	/* The device's interrupts; under the tree lock. */
	Interrupt *next = nullptr;
	UINT32 vector = no_vector;
	UINT32 message = 0;
	/* Created in EvtDevicePrepareHardware, so it goes with the hardware. */
	bool with_hardware = false;

protected:
	void dispose() override;

private:
	static BOOLEAN isr(void *context);
	static void dpc(void *context);

	/* Under the device's interrupt_mutex. */
	bool connected_ = false;
};

/* Gives vectors to the interrupts that were created before vectors were known. */
void assign_vectors(struct netcx_device *device);
/* All interrupts that have a vector, up to one that fails. */
NTSTATUS enable_interrupts(struct netcx_device *device);
void disable_interrupts(struct netcx_device *device);
/* Deletes those that were created in EvtDevicePrepareHardware, takes the others' vectors. */
void forget_vectors(struct netcx_device *device);

} // namespace netcx

#endif /* NETCX_CORE_INTERRUPT_H */
