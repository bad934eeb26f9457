/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* WDFDEVICE: one bound PCI function. Its callbacks' order: device_power.cpp. */
#ifndef NETCX_CORE_DEVICE_H
#define NETCX_CORE_DEVICE_H

#include "core.h"
#include "object.h"

namespace netcx
{

class Adapter;
class Interrupt;
class ResourceList;
struct ConfigurationValue;

/*
 * What the OS half has of a device, which stays while this lives: for a down-call, which may come
 * from a client that outlives the device it holds a reference on. Any context, for a moment.
 */
class OsDevice
{
public:
	explicit OsDevice(const netcx_device *device);
	~OsDevice();
	OsDevice(const OsDevice &) = delete;
	OsDevice &operator=(const OsDevice &) = delete;

	/* NULL if it is gone, or if there is no device. */
	struct netcx_os_device *get() const { return os_; }

private:
	const netcx_device *device_;
	struct netcx_os_device *os_ = nullptr;
};

} // namespace netcx

/* PWDFDEVICE_INIT; lives on the stack of netcx_core_device_add(). */
struct WDFDEVICE_INIT {
	struct netcx_driver *driver;
	struct netcx_os_device *os;
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
	WDF_POWER_POLICY_EVENT_CALLBACKS power_policy;
	NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS previews;
	NET_DEVICE_RESET_CAPABILITIES reset;
	/* What a setter without a return value refused, each in its own. */
	NTSTATUS failure;
	NTSTATUS power_policy_failure;
	NTSTATUS previews_failure;
	NTSTATUS reset_failure;

	NTSTATUS refused() const
	{
		return !NT_SUCCESS(failure)		   ? failure
		       : !NT_SUCCESS(power_policy_failure) ? power_policy_failure
		       : !NT_SUCCESS(previews_failure)	   ? previews_failure
							   : reset_failure;
	}

	bool net_config;
	/* NULL until WdfDeviceCreate(). */
	struct netcx_device *created;
};

/* Nothing is said. */
inline WDF_DEVICE_STATE initial_pnp_state()
{
	WDF_DEVICE_STATE state;

	WDF_DEVICE_STATE_INIT(&state);
	return state;
}

struct netcx_device final : netcx::Object {
	static constexpr netcx::ObjectType object_type = netcx::ObjectType::device;

	netcx_device() : Object(object_type) {}

	~netcx_device() override;

	bool client_may_delete() const override { return false; }

	NTSTATUS create_mutexes(const char *function);

	/* Logs that a callback failed, unless that has been said already. */
	void log_failure(bool reported, const char *callback, NTSTATUS status) const;

	/* Waits until every DPC that is asked for now has run. Process context. */
	void flush_dpcs();

	/* Destroys the OS half's part of a lightweight device. */
	void dispose() override;

	/* Before anybody else knows of the device. */
	void set_os(struct netcx_os_device *os) { os_ = os; }

	/* From here on there is no OsDevice; it waits for those there are. Process context. */
	struct netcx_os_device *take_os_away();

	WDF_PNPPOWER_EVENT_CALLBACKS callbacks = {};
	WDF_POWER_POLICY_EVENT_CALLBACKS power_policy = {};
	NET_DEVICE_POWER_POLICY_EVENT_CALLBACKS previews = {};
	NET_DEVICE_RESET_CAPABILITIES reset = {};
	WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS wake_settings = {};
	bool net_config = false;
	/* Of an adapter that has none: see lightweight.cpp. */
	bool lightweight = false;
	/* As FILE_*_ALIGNMENT. */
	ULONG alignment = 0;
	/* What the client has said of it. */
	WDF_DEVICE_STATE pnp_state = initial_pnp_state();

	/* From before EvtDevicePrepareHardware to after EvtDeviceReleaseHardware. */
	netcx::ResourceList *raw = nullptr;
	netcx::ResourceList *translated = nullptr;

	/* In the order of creation. Under the tree lock. */
	netcx::Interrupt *first_interrupt = nullptr;
	/* Connecting and disconnecting interrupts. */
	struct netcx_os_mutex *interrupt_mutex = nullptr;

	/* The adapters, and whether they are registered with the OS. */
	struct netcx_os_mutex *adapter_mutex = nullptr;
	netcx::Adapter *first_adapter = nullptr;
	/* Number of adapters that are not freed yet. Atomic. */
	UINT32 adapters = 0;
	/* Under adapter_mutex: adapters that start are registered at once. */
	bool adapters_wanted = false;

	/* Protects what follows, up to the diagnostics. */
	struct netcx_os_mutex *data_mutex = nullptr;
	/* What the client assigned to its configuration. */
	netcx::ConfigurationValue *first_value = nullptr;
	/* What it stored at the last reset. */
	UINT8 *diagnostics = nullptr;
	SIZE_T diagnostics_size = 0;
	/* The thread that EvtNetDeviceCollectResetDiagnostics runs on; NULL: it does not run. */
	void *diagnostics_thread = nullptr;

	/* The client has enabled it to wake the machine. */
	bool armed = false;
	/* The machine has woken up, and it has not come back to D0 since. */
	bool waking = false;
	/* It was armed and has woken the machine, and the client has not been told. */
	bool woke = false;

	/* Between a successful start and stop. */
	bool started = false;
	/* EvtDevicePrepareHardware succeeded, and EvtDeviceReleaseHardware has not been called since. */
	bool prepared = false;
	/* Written under interrupt_mutex too: out of D0 no interrupt is connected. */
	bool in_d0 = false;
	/* Its hardware is being released for a reset, or prepared after it: the adapters stay. */
	bool restarting = false;
	bool self_managed_io = false;

private:
	friend class netcx::OsDevice;

	/* Both atomic. The device may outlive what the OS half has of it. */
	struct netcx_os_device *os_ = nullptr;
	mutable UINT32 os_users_ = 0;
};

#endif /* NETCX_CORE_DEVICE_H */
