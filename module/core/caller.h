/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Which client driver runs on this thread. On Windows every function gets the calling driver's
 * globals as a hidden argument; here the driver is recorded per thread around every callback in
 * process context. Two things need it: objects that are created without a parent become children of
 * the driver, and log lines about an invalid handle name the driver.
 */
#ifndef NETCX_CORE_CALLER_H
#define NETCX_CORE_CALLER_H

#include "os.h"

struct netcx_driver;
struct netcx_device;

namespace netcx
{

class Object;

struct Caller {
	void *thread;
	struct netcx_driver *driver;
	struct netcx_device *device;
	/* The last status that refuse() returned on this thread, so its reason has been logged. */
	NTSTATUS reported;
	/* In a callback of a queue or of an interface, see InterfaceScope. */
	bool in_interface;
	/* The PKTHREAD of a thread of the client's own, else NULL. */
	void *client_thread;
};

/*
 * The entry of this thread. NULL outside of callbacks and in atomic context. A thread of a client's
 * own has one of its own, the context of netcx_os_thread_create().
 */
Caller *current_caller();

/* Records the driver while it lives; one is on the stack around each callback. Scopes nest. */
class CallerScope
{
public:
	explicit CallerScope(const Object *object);
	CallerScope(struct netcx_driver *driver, struct netcx_device *device);
	~CallerScope();

	CallerScope(const CallerScope &) = delete;
	CallerScope &operator=(const CallerScope &) = delete;

	/* True if the callback's failure with @status was logged by refuse() already. */
	bool reported(NTSTATUS status) const { return caller_ && caller_->reported == status; }

protected:
	Caller *caller_;

private:
	Caller outer_;
};

/*
 * The same for callbacks that the OS half calls under its locks for interfaces (Linux: rtnl), or in
 * what it waits for when an interface goes. What makes or removes interfaces there would wait for
 * itself.
 */
class InterfaceScope : public CallerScope
{
public:
	explicit InterfaceScope(const Object *object) : CallerScope(object)
	{
		if (caller_)
			caller_->in_interface = true;
	}
};

} // namespace netcx

#endif /* NETCX_CORE_CALLER_H */
