/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A client driver: struct netcx_driver, made when it registers, and its WDFDRIVER. */
#ifndef NETCX_CORE_DRIVER_H
#define NETCX_CORE_DRIVER_H

#include "core.h"
#include "object.h"

namespace netcx
{

class Driver final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::driver;

	Driver() : Object(object_type) {}

	bool client_may_delete() const override { return false; }

	WDF_DRIVER_CONFIG config = {};
};

/*
 * Work function of netcx_driver::reaper. Destroys the objects on netcx_driver::to_reap: those whose
 * last reference was dropped in atomic context.
 */
void reap(void *context);

/*
 * Around a deletion that the client asked for, and around the rest of a callback in which a work
 * item deleted itself: the object has left the tree already, so deleting its parent does not wait
 * for it. Removing a device or a driver does, with await_client_deletions(), since the client's
 * module may be unloaded next.
 */
void begin_client_deletion(struct netcx_driver *driver);
void end_client_deletion(struct netcx_driver *driver);
/* Waits for these, then flushes the reaper. Process context. */
void await_client_deletions(struct netcx_driver *driver);

} // namespace netcx

/* What the client's PDRIVER_OBJECT points to. */
struct netcx_driver {
	const char *name;
	const char *version;
	/* NULL: there are none. */
	const struct netcx_configuration_default *defaults;
	/* NULL until WdfDriverCreate(). */
	netcx::Driver *object;

	/* Protects the links of all objects of this driver; see object.h. */
	struct netcx_os_spinlock *tree_lock;
	struct netcx_os_work *reaper;
	/* Of its own, that run. */
	UINT32 threads;
	/* Both under tree_lock. */
	netcx::Object *to_reap;
	UINT32 client_deletions;
};

#endif /* NETCX_CORE_DRIVER_H */
