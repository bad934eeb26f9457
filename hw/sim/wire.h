/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What joins two devices. A device takes an end for as long as it has its "hardware"; the link is up
 * while both are in D0.
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
	/* Everything that a device shows to the other one is under this lock. */
	WDFSPINLOCK lock;
	/* Under the lock of all wires. */
	Device *ends[2];
	/* Those of them in D0: under both locks. */
	Device *powered[2];
	Wire *next;
};

/* All wires, under one lock, which may sleep. */
class Wires
{
public:
	NTSTATUS initialize(WDFDRIVER driver);

	/* Takes an end of the wire of that number. */
	NTSTATUS attach(Device *device, UINT32 number);
	void detach(Device *device);
	/* The device enters or leaves D0; tells both of the link. */
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
