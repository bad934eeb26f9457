/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Which client runs on this thread. Windows' functions get the calling driver's globals as a hidden
 * argument; here it is remembered around every callback in process context. What needs it: the
 * parent of objects that are created without one, and log lines about what is no valid handle.
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
	/* The last status that refuse() returned on this thread. */
	NTSTATUS reported;
};

/* NULL outside of callbacks, and wherever sleeping is not allowed. */
Caller *current_caller();

/* Stands around callbacks in process context. Scopes of one thread nest. */
class CallerScope
{
public:
	explicit CallerScope(const Object *object);
	CallerScope(struct netcx_driver *driver, struct netcx_device *device);
	~CallerScope();

	CallerScope(const CallerScope &) = delete;
	CallerScope &operator=(const CallerScope &) = delete;

	/* Is the log line for a callback's failure with @status already written? */
	bool reported(NTSTATUS status) const { return caller_ && caller_->reported == status; }

private:
	Caller *caller_;
	Caller outer_;
};

} // namespace netcx

#endif /* NETCX_CORE_CALLER_H */
