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

} // namespace netcx

/* PWDFDEVICE_INIT; lives on the stack of netcx_core_device_add(). */
struct WDFDEVICE_INIT {
	struct netcx_driver *driver;
	struct netcx_os_device *os;
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
	/* What a setter without a return value refused. */
	NTSTATUS failure;
	bool net_config;
	/* NULL until WdfDeviceCreate(). */
	struct netcx_device *created;
};

struct netcx_device final : netcx::Object {
	static constexpr netcx::ObjectType object_type = netcx::ObjectType::device;

	netcx_device() : Object(object_type) {}

	~netcx_device() override;

	bool client_may_delete() const override { return false; }

	/* Logs that a callback failed, unless that has been said already. */
	void log_failure(bool reported, const char *callback, NTSTATUS status) const;

	/* Waits until every DPC that is asked for now has run. Process context. */
	void flush_dpcs();

	/* NULL when it is no longer there, and something of ours outlived it. */
	struct netcx_os_device *os = nullptr;
	WDF_PNPPOWER_EVENT_CALLBACKS callbacks = {};
	bool net_config = false;
	/* As FILE_*_ALIGNMENT. */
	ULONG alignment = 0;

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
	/* Under adapter_mutex: adapters that start are registered at once. */
	bool adapters_wanted = false;

	/* EvtDevicePrepareHardware succeeded. */
	bool prepared = false;
	bool in_d0 = false;
	bool self_managed_io = false;
};

#endif /* NETCX_CORE_DEVICE_H */
