/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The cable between two devices. A device is attached from prepare to release hardware; the link is
 * up while both are in D0.
 */
#ifndef SIM_WIRE_H
#define SIM_WIRE_H

#include <wdf.h>

namespace sim
{

struct Device;

struct Wire {
	UINT32 number;
	WDFMEMORY memory;
	/* Protects everything of one device that the other device accesses. */
	WDFSPINLOCK lock;
	/* Under the lock of class Wires. */
	Device *ends[2];
	/* Those in D0. Written under both locks, read under either. */
	Device *powered[2];
	Wire *next;
};

/* All wires, under one WDFWAITLOCK. */
class Wires
{
public:
	NTSTATUS initialize(WDFDRIVER driver);

	/* Attaches the device to wire @number. */
	NTSTATUS attach(Device *device, UINT32 number);
	void detach(Device *device);
	/* Called at D0 entry and exit; reports the link to both devices. */
	void set_powered(Device *device, bool powered);

private:
	Wire *find_or_create(UINT32 number);
	void destroy_unused(Wire *wire);

	WDFDRIVER driver;
	WDFWAITLOCK lock;
	Wire *first;
};

/* Holds a wire's lock while it lives. */
class WireLock
{
public:
	explicit WireLock(const Wire *locked) : wire(locked) { WdfSpinLockAcquire(wire->lock); }
	~WireLock() { WdfSpinLockRelease(wire->lock); }

	WireLock(const WireLock &) = delete;
	WireLock &operator=(const WireLock &) = delete;

private:
	const Wire *wire;
};

} /* namespace sim */

#endif /* SIM_WIRE_H */
