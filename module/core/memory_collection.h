/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* NETMEMORYCOLLECTION: the receive buffers that a client has registered. */
#ifndef NETCX_CORE_MEMORY_COLLECTION_H
#define NETCX_CORE_MEMORY_COLLECTION_H

#include "net_memory.h"
#include "object.h"

#include <netcx/netmemory.h>

namespace netcx
{

class MemoryCollection final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::memory_collection;

	MemoryCollection() : Object(object_type) {}

	~MemoryCollection() override;

	NTSTATUS set_up();
	/* Any context but interrupts, as the next one. NULL: no memory. */
	netcx_net_memory *add(const NET_MEMORY_CONFIG *config);
	/* False: it is not in the collection. */
	bool remove(netcx_net_memory *memory);

private:
	/* Protects the list. */
	struct netcx_os_spinlock *lock_ = nullptr;
	netcx_net_memory *first_ = nullptr;
	netcx_net_memory **end_ = &first_;
	UINT32 count_ = 0;
};

} // namespace netcx

#endif /* NETCX_CORE_MEMORY_COLLECTION_H */
