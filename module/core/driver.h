/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A client driver: what its registration creates, and the WDFDRIVER it creates in DriverEntry. */
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

/* Destroys what could not be destroyed where its last reference went. */
void reap(void *context);

/*
 * What the client deletes is out of the tree before it is at its end: the deletion may still run,
 * and so may the callback that a work item deleted itself in. Who removes a device or a driver
 * waits for that, since the client may be unloaded next.
 */
void begin_client_deletion(struct netcx_driver *driver);
void end_client_deletion(struct netcx_driver *driver);
/* Then for what the reaper has to do. Process context. */
void await_client_deletions(struct netcx_driver *driver);

} // namespace netcx

/* PDRIVER_OBJECT, as the client sees it. */
struct netcx_driver {
	const char *name;
	const char *version;
	/* NULL until WdfDriverCreate(). */
	netcx::Driver *object;

	/* Protects the links of all objects of this driver; see object.h. */
	struct netcx_os_spinlock *tree_lock;
	struct netcx_os_work *reaper;
	/* Both under the tree lock. */
	netcx::Object *to_reap;
	UINT32 client_deletions;
};

#endif /* NETCX_CORE_DRIVER_H */
