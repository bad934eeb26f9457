/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* WDFSPINLOCK. Declared here since WDF_INTERRUPT_CONFIG.SpinLock refers to one. */
#ifndef NETCX_CORE_SYNC_H
#define NETCX_CORE_SYNC_H

#include "object.h"

namespace netcx
{

class SpinLock final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::spin_lock;

	SpinLock() : Object(object_type) {}

	~SpinLock() override
	{
		if (lock)
			netcx_os_spinlock_destroy(lock);
	}

	struct netcx_os_spinlock *lock = nullptr;
};

} // namespace netcx

#endif /* NETCX_CORE_SYNC_H */
