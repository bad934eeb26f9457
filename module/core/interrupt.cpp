// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "interrupt.h"

#include "device.h"
#include "driver.h"
#include "resources.h"
#include "sync.h"

namespace netcx
{

Interrupt::~Interrupt()
{
	if (irq)
		netcx_os_irq_destroy(irq);
	if (client_lock)
		client_lock->release();
}

void Interrupt::dispose()
{
	disable();

	netcx_os_spinlock_acquire(driver->tree_lock);
	for (Interrupt **link = &device->first_interrupt; *link; link = &(*link)->next) {
		if (*link == this) {
			*link = next;
			break;
		}
	}
	netcx_os_spinlock_release(driver->tree_lock);
}

void Interrupt::lock()
{
	netcx_os_irq_lock(irq);
	if (client_lock)
		netcx_os_spinlock_acquire(client_lock->lock);
}

void Interrupt::unlock()
{
	if (client_lock)
		netcx_os_spinlock_release(client_lock->lock);
	netcx_os_irq_unlock(irq);
}

/* Hard irq; module/linux holds the lock of @irq. */
BOOLEAN Interrupt::isr(void *context)
{
	Interrupt *interrupt = static_cast<Interrupt *>(context);
	BOOLEAN ours;

	if (interrupt->client_lock)
		netcx_os_spinlock_acquire(interrupt->client_lock->lock);
	ours = interrupt->config.EvtInterruptIsr(to_handle<WDFINTERRUPT>(interrupt),
						 interrupt->message);
	if (interrupt->client_lock)
		netcx_os_spinlock_release(interrupt->client_lock->lock);
	return ours;
}

void Interrupt::dpc(void *context)
{
	Interrupt *interrupt = static_cast<Interrupt *>(context);

	interrupt->config.EvtInterruptDpc(to_handle<WDFINTERRUPT>(interrupt), interrupt->device);
}

BOOLEAN Interrupt::queue_dpc()
{
	return netcx_os_irq_queue_dpc(irq);
}

void Interrupt::flush_dpc()
{
	netcx_os_irq_flush_dpc(irq);
}

NTSTATUS Interrupt::enable()
{
	NTSTATUS status = STATUS_SUCCESS;
	int error;

	netcx_os_mutex_acquire(device->interrupt_mutex);
	if (!device->in_d0) {
		status = refuse(this, STATUS_INVALID_DEVICE_STATE,
				"WdfInterruptEnable: the device is not in D0");
		goto out;
	}
	if (connected_ || vector == no_vector)
		goto out;
	error = netcx_os_irq_connect(irq, vector);
	if (error) {
		status = refuse(this, STATUS_INSUFFICIENT_RESOURCES,
				"interrupt vector %u could not be connected (%d)", vector, error);
		goto out;
	}
	if (config.EvtInterruptEnable) {
		lock();
		status = config.EvtInterruptEnable(to_handle<WDFINTERRUPT>(this),
						   to_handle<WDFDEVICE>(device));
		unlock();
	}
	if (NT_SUCCESS(status)) {
		connected_ = true;
	} else {
		netcx_os_irq_disconnect(irq);
		device->log_failure(false, "EvtInterruptEnable", status);
	}
out:
	netcx_os_mutex_release(device->interrupt_mutex);
	return status;
}

void Interrupt::disable()
{
	netcx_os_mutex_acquire(device->interrupt_mutex);
	if (connected_) {
		NTSTATUS status = STATUS_SUCCESS;

		if (config.EvtInterruptDisable) {
			lock();
			status = config.EvtInterruptDisable(to_handle<WDFINTERRUPT>(this),
							    to_handle<WDFDEVICE>(device));
			unlock();
		}
		/* Disabling cannot fail as a whole: the vector is disconnected anyway. */
		if (!NT_SUCCESS(status))
			device->log_failure(false, "EvtInterruptDisable", status);
		netcx_os_irq_disconnect(irq);
		connected_ = false;
	}
	netcx_os_mutex_release(device->interrupt_mutex);
}

/* ---- the interrupts of a device ---- */

static Interrupt *user_of(const netcx_device *device, UINT32 vector)
{
	Interrupt *i = device->first_interrupt;

	while (i && i->vector != vector)
		i = i->next;
	return i;
}

static void take_vector(Interrupt *interrupt, UINT32 vector)
{
	const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor =
		interrupt->device->translated->descriptor_of(vector);

	interrupt->vector = vector;
	interrupt->message = descriptor->Flags & CM_RESOURCE_INTERRUPT_MESSAGE ? vector : 0;
}

/* Returns false if no vector is free. */
static bool take_next_vector(Interrupt *interrupt)
{
	netcx_device *device = interrupt->device;

	for (UINT32 vector = 0; device->translated->descriptor_of(vector); vector++) {
		if (!user_of(device, vector)) {
			take_vector(interrupt, vector);
			return true;
		}
	}
	return false;
}

void assign_vectors(netcx_device *device)
{
	for (Interrupt *i = device->first_interrupt; i; i = i->next) {
		if (!take_next_vector(i))
			log_line(i, NETCX_OS_LOG_WARNING,
				 "one of the client's interrupts has no vector, and never comes");
	}
}

void forget_vectors(netcx_device *device)
{
	Interrupt *next;

	for (Interrupt *i = device->first_interrupt; i; i = next) {
		next = i->next;
		if (i->with_hardware)
			i->delete_object();
		else
			i->vector = Interrupt::no_vector;
	}
}

void disable_interrupts(netcx_device *device)
{
	for (Interrupt *i = device->first_interrupt; i; i = i->next)
		i->disable();
}

NTSTATUS enable_interrupts(netcx_device *device)
{
	NTSTATUS status = STATUS_SUCCESS;

	for (Interrupt *i = device->first_interrupt; i && NT_SUCCESS(status); i = i->next)
		status = i->enable();
	return status;
}

static NTSTATUS check_config(const netcx_device *device, const WDF_INTERRUPT_CONFIG *config)
{
	NTSTATUS status = check_size(device, "WDF_INTERRUPT_CONFIG", config->Size, sizeof(*config));

	if (!NT_SUCCESS(status))
		return status;
	if (!config->EvtInterruptIsr)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "WDF_INTERRUPT_CONFIG.EvtInterruptIsr is NULL, must be set");
	if (config->PassiveHandling || config->EvtInterruptWorkItem || config->WaitLock)
		return refuse(
			device, STATUS_NOT_SUPPORTED,
			"WDF_INTERRUPT_CONFIG.%s is set, passive-level handling is not supported",
			config->PassiveHandling	       ? "PassiveHandling"
			: config->EvtInterruptWorkItem ? "EvtInterruptWorkItem"
						       : "WaitLock");
	return STATUS_SUCCESS;
}

/* Before EvtDevicePrepareHardware vectors are not known; assign_vectors() does it then. */
static NTSTATUS choose_vector(Interrupt *interrupt)
{
	const CM_PARTIAL_RESOURCE_DESCRIPTOR *wanted = interrupt->config.InterruptTranslated;
	netcx_device *device = interrupt->device;
	UINT32 vector = ResourceList::no_vector;

	if (!wanted) {
		if (!device->translated || take_next_vector(interrupt))
			return STATUS_SUCCESS;
		return refuse(
			device, STATUS_NOT_FOUND,
			"WdfInterruptCreate: all of the device's interrupt vectors are in use");
	}
	if (device->translated)
		vector = device->translated->vector_of(wanted);
	if (vector == ResourceList::no_vector)
		return refuse(device, STATUS_NOT_FOUND,
			      "WDF_INTERRUPT_CONFIG.InterruptTranslated is not an interrupt of the "
			      "translated resource list");
	if (user_of(device, vector))
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "WDF_INTERRUPT_CONFIG.InterruptTranslated is vector %u, which "
			      "another interrupt uses",
			      vector);
	take_vector(interrupt, vector);
	return STATUS_SUCCESS;
}

NTSTATUS Interrupt::set_up()
{
	const struct netcx_os_irq_ops ops = {isr, config.EvtInterruptDpc ? dpc : nullptr};
	NTSTATUS status;

	if (config.SpinLock) {
		client_lock = from_handle<SpinLock>(config.SpinLock, "WdfInterruptCreate");
		if (!client_lock)
			return STATUS_INVALID_HANDLE;
		client_lock->reference();
	}
	status = choose_vector(this);
	if (!NT_SUCCESS(status))
		return status;
	with_hardware = device->translated != nullptr;

	const OsDevice os(device);

	if (!os.get())
		return refuse(device, STATUS_DELETE_PENDING,
			      "WdfInterruptCreate: the device is removed");
	irq = netcx_os_irq_create(os.get(), &ops, this);
	if (!irq)
		return refuse(device, STATUS_INSUFFICIENT_RESOURCES,
			      "WdfInterruptCreate: out of memory");
	return STATUS_SUCCESS;
}

/* To the end of the list: interrupts get vectors in the order in which they were created. */
static void append(netcx_device *device, Interrupt *interrupt)
{
	Interrupt **link = &device->first_interrupt;

	netcx_os_spinlock_acquire(device->driver->tree_lock);
	while (*link)
		link = &(*link)->next;
	*link = interrupt;
	netcx_os_spinlock_release(device->driver->tree_lock);
}

static NTSTATUS create_interrupt(netcx_device *device, const WDF_INTERRUPT_CONFIG *config,
				 const WDF_OBJECT_ATTRIBUTES *attributes, WDFINTERRUPT *handle)
{
	static const char function[] = "WdfInterruptCreate";
	Object *parent = device;
	Interrupt *interrupt = nullptr;
	NTSTATUS status;

	if (device->prepared)
		return refuse(device, STATUS_INVALID_DEVICE_STATE,
			      "%s was called after EvtDevicePrepareHardware", function);
	status = check_config(device, config);
	if (NT_SUCCESS(status))
		status = check_attributes(function, device, attributes, ParentRule::fixed, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, &interrupt);
	if (!NT_SUCCESS(status))
		return status;

	interrupt->config = *config;
	status = interrupt->set_up();
	if (!NT_SUCCESS(status)) {
		interrupt->release();
		return status;
	}
	status = publish_object(function, interrupt, handle);
	if (NT_SUCCESS(status))
		append(device, interrupt);
	return status;
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfInterruptCreate(WDFDEVICE Device, PWDF_INTERRUPT_CONFIG Configuration,
			    PWDF_OBJECT_ATTRIBUTES Attributes, WDFINTERRUPT *InterruptHandle)
{
	static const char function[] = "WdfInterruptCreate";
	netcx_device *device = from_handle<netcx_device>(Device, function);

	if (!device)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(device, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Configuration || !InterruptHandle)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      Configuration ? "Interrupt" : "Configuration");
	return create_interrupt(device, Configuration, Attributes, InterruptHandle);
}

BOOLEAN WdfInterruptQueueDpcForIsr(WDFINTERRUPT InterruptHandle)
{
	static const char function[] = "WdfInterruptQueueDpcForIsr";
	Interrupt *interrupt = from_handle<Interrupt>(InterruptHandle, function);

	if (!interrupt)
		return FALSE;
	if (!interrupt->config.EvtInterruptDpc) {
		refuse(interrupt, STATUS_INVALID_DEVICE_REQUEST,
		       "%s: the interrupt has no EvtInterruptDpc", function);
		return FALSE;
	}
	return interrupt->queue_dpc();
}

BOOLEAN WdfInterruptSynchronize(WDFINTERRUPT InterruptHandle,
				PFN_WDF_INTERRUPT_SYNCHRONIZE Callback, WDFCONTEXT Context)
{
	static const char function[] = "WdfInterruptSynchronize";
	Interrupt *interrupt = from_handle<Interrupt>(InterruptHandle, function);
	BOOLEAN result;

	if (!interrupt)
		return FALSE;
	if (!Callback) {
		refuse(interrupt, STATUS_INVALID_PARAMETER,
		       "%s: Callback is NULL (ParameterCantBeNull)", function);
		return FALSE;
	}
	interrupt->lock();
	result = Callback(InterruptHandle, Context);
	interrupt->unlock();
	return result;
}

void WdfInterruptAcquireLock(WDFINTERRUPT InterruptHandle)
{
	if (Interrupt *interrupt =
		    from_handle<Interrupt>(InterruptHandle, "WdfInterruptAcquireLock"))
		interrupt->lock();
}

void WdfInterruptReleaseLock(WDFINTERRUPT InterruptHandle)
{
	if (Interrupt *interrupt =
		    from_handle<Interrupt>(InterruptHandle, "WdfInterruptReleaseLock"))
		interrupt->unlock();
}

void WdfInterruptEnable(WDFINTERRUPT InterruptHandle)
{
	static const char function[] = "WdfInterruptEnable";
	Interrupt *interrupt = from_handle<Interrupt>(InterruptHandle, function);

	if (interrupt && !refuse_atomic(interrupt, function))
		interrupt->enable();
}

void WdfInterruptDisable(WDFINTERRUPT InterruptHandle)
{
	static const char function[] = "WdfInterruptDisable";
	Interrupt *interrupt = from_handle<Interrupt>(InterruptHandle, function);

	if (interrupt && !refuse_atomic(interrupt, function))
		interrupt->disable();
}

void WdfInterruptGetInfo(WDFINTERRUPT InterruptHandle, PWDF_INTERRUPT_INFO Info)
{
	static const char function[] = "WdfInterruptGetInfo";
	Interrupt *interrupt = from_handle<Interrupt>(InterruptHandle, function);
	const CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor = nullptr;

	if (!interrupt)
		return;
	if (!Info) {
		refuse(interrupt, STATUS_INVALID_PARAMETER,
		       "%s: Info is NULL (ParameterCantBeNull)", function);
		return;
	}
	if (!NT_SUCCESS(check_size(interrupt, "WDF_INTERRUPT_INFO", Info->Size, sizeof(*Info))))
		return;
	WDF_INTERRUPT_INFO_INIT(Info);
	if (interrupt->vector != Interrupt::no_vector && interrupt->device->translated)
		descriptor = interrupt->device->translated->descriptor_of(interrupt->vector);
	if (!descriptor)
		return;
	Info->MessageSignaled = (descriptor->Flags & CM_RESOURCE_INTERRUPT_MESSAGE) != 0;
	Info->MessageNumber = interrupt->message;
	Info->Vector = Info->MessageSignaled ? descriptor->u.MessageInterrupt.Translated.Vector
					     : descriptor->u.Interrupt.Vector;
	Info->Irql = DEVICE_LEVEL;
	Info->Mode = Info->MessageSignaled ? Latched : LevelSensitive;
	Info->ShareDisposition = descriptor->ShareDisposition;
}

WDFDEVICE WdfInterruptGetDevice(WDFINTERRUPT InterruptHandle)
{
	Interrupt *interrupt = from_handle<Interrupt>(InterruptHandle, "WdfInterruptGetDevice");

	return interrupt ? to_handle<WDFDEVICE>(interrupt->device) : nullptr;
}

} // extern "C"
