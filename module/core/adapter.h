/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* NETADAPTER: one network interface of a device. */
#ifndef NETCX_CORE_ADAPTER_H
#define NETCX_CORE_ADAPTER_H

#include "core.h"
#include "object.h"
#include "wake.h"

namespace netcx
{

/*
 * What a client declares before NetAdapterStart() with functions that return void. If one of them
 * was refused, NetAdapterStart() fails with its status.
 */
enum class Declaration : UINT32 {
	datapath,
	link_layer,
	mtu,
	permanent_address,
	current_address,
	link_state,
	receive_filter,
	packet_filter,
	multicast,
	tx_checksum,
	rx_checksum,
	checksum,
	gso,
	lso,
	rsc,
	ieee8021q,
	receive_scaling,
	wake_bitmap,
	wake_magic_packet,
	wake_eapol_packet,
	wake_packet_filter,
	wake_media_change,
	power_arp,
	power_ns,
	count,
};

class Adapter final : public Object, public netcx_adapter
{
public:
	static constexpr ObjectType object_type = ObjectType::adapter;

	Adapter() : Object(object_type), netcx_adapter{} {}

	~Adapter() override;

	static Adapter *of(struct netcx_adapter *adapter)
	{
		return static_cast<Adapter *>(adapter);
	}

	static const Adapter *of(const struct netcx_adapter *adapter)
	{
		return static_cast<const Adapter *>(adapter);
	}

	NTSTATUS start();
	/* Unless it is @for_good, the interface stays while its device restarts: see restart(). */
	void stop(bool for_good);
	/* The two steps of a reset, see adapter_restart.cpp. Under the device's adapter_mutex. */
	void let_restart();
	void restart();
	/* Under the device's adapter_mutex. */
	NTSTATUS register_interface();
	void unregister_interface();
	/* As the client is not to have one, which ends its pause of offloads, too. */
	void end_interface();

	bool is_started() const { return __atomic_load_n(&started_, __ATOMIC_RELAXED); }

	bool is_registered() const { return __atomic_load_n(&registered_, __ATOMIC_ACQUIRE); }

	/*
	 * Remembers the status of a declaration for start(); a later call for @what overrides it.
	 */
	void declared(Declaration what, NTSTATUS status)
	{
		declarations_[static_cast<UINT32>(what)] = {true, status};
	}

	void lock_link() { netcx_os_spinlock_acquire(link_lock); }

	void unlock_link() { netcx_os_spinlock_release(link_lock); }

	NET_ADAPTER_DATAPATH_CALLBACKS datapath = {};
	/* Protects netcx_adapter::link, which NetAdapterSetLinkState() writes in any context. */
	struct netcx_os_spinlock *link_lock = nullptr;
	/*
	 * The device's list of adapters. Written under its adapter_mutex and the driver's
	 * tree_lock, read under either.
	 */
	Adapter *next = nullptr;
	/*
	 * The offload callbacks have been called at least once since the interface was registered.
	 */
	bool offloads_told = false;
	WakeSources wake_sources;
	PowerOffloads power_offloads;

protected:
	void quiesce() override;

private:
	struct Declared {
		bool done;
		NTSTATUS status;
	};

	NTSTATUS refuse_to_start_again() const;
	NTSTATUS check_declarations();
	NTSTATUS check_addresses();

	Declared declarations_[static_cast<UINT32>(Declaration::count)] = {};
	/*
	 * Both are written under the device's adapter_mutex and also read without it. registered_ is
	 * set before the interface is: the user may open it at once.
	 */
	bool started_ = false;
	bool registered_ = false;
	/* Under the device's adapter_mutex: it was started when its hardware was released for a reset. */
	bool was_started_ = false;
	/* What it was when its interface was registered. */
	netcx_adapter shown_ = {};
};

/*
 * Common checks of the functions that declare something: @handle is an adapter, the context may
 * sleep, @structure is not NULL, and the adapter is not started yet. Returns NULL if one of them
 * fails, which is logged and, where there is an adapter, remembered for NetAdapterStart().
 */
Adapter *begin_declaration(NETADAPTER handle, const char *function, Declaration what,
			   const void *structure);

/*
 * Registers the interfaces of all adapters of the device that are started and not registered yet;
 * adapters that start later are registered at once. On failure none is registered. Process context.
 */
NTSTATUS register_adapters(struct netcx_device *device);
void unregister_adapters(struct netcx_device *device);
void adapters_datapath_down(struct netcx_device *device, bool for_sleep);
/* Of all adapters, or of none. */
NTSTATUS adapters_datapath_up(struct netcx_device *device, bool blank);
void adapters_show_lost(struct netcx_device *device);

/*
 * A reset, in two steps: when the hardware was released, the client may declare everything of its
 * adapters again and start them, as it did the first time; when it is back, those that the client
 * left alone are as started as before, and those that it stopped go.
 */
void let_adapters_restart(struct netcx_device *device);
void restart_adapters(struct netcx_device *device);

} // namespace netcx

#endif /* NETCX_CORE_ADAPTER_H */
