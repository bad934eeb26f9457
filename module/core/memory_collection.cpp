// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "memory_collection.h"

#include "device.h"
#include "log.h"

namespace netcx
{

MemoryCollection::~MemoryCollection()
{
	if (count_)
		refuse(this, STATUS_UNSUCCESSFUL,
		       "the NETMEMORYCOLLECTION is destroyed with %u buffers in it "
		       "(LeakedNetMemoryNotAllMemoryReleased)",
		       count_);
	while (first_) {
		netcx_net_memory *memory = first_;

		first_ = memory->next;
		memory->signature = 0;
		netcx_os_pool_free(memory);
	}
	if (lock_)
		netcx_os_spinlock_destroy(lock_);
}

NTSTATUS MemoryCollection::set_up()
{
	lock_ = netcx_os_spinlock_create();
	return lock_ ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

netcx_net_memory *MemoryCollection::add(const NET_MEMORY_CONFIG *config)
{
	netcx_net_memory *memory =
		static_cast<netcx_net_memory *>(netcx_os_pool_alloc(sizeof(*memory)));

	if (!memory)
		return nullptr;
	memory->address = config->BufferAddress;
	memory->length = config->BufferLength;
	netcx_os_spinlock_acquire(lock_);
	/* Last, since who destroys many of them begins with the first, as a rule. */
	*end_ = memory;
	end_ = &memory->next;
	count_++;
	netcx_os_spinlock_release(lock_);
	memory->signature = NETCX_NET_MEMORY_SIGNATURE;
	return memory;
}

bool MemoryCollection::remove(netcx_net_memory *memory)
{
	netcx_net_memory **link = &first_;
	netcx_net_memory *found;

	netcx_os_spinlock_acquire(lock_);
	while (*link && *link != memory)
		link = &(*link)->next;
	found = *link;
	if (found) {
		*link = found->next;
		if (!*link)
			end_ = link;
		count_--;
	}
	netcx_os_spinlock_release(lock_);
	if (!found)
		return false;
	found->signature = 0;
	netcx_os_pool_free(found);
	return true;
}

static NTSTATUS check_config(const MemoryCollection *collection, const NET_MEMORY_CONFIG *config,
			     void *const *memory)
{
	static const char function[] = "NetMemoryCreate";
	NTSTATUS status;

	if (!config || !memory)
		return refuse(collection, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      config ? "Memory" : "Config");
	status = check_size(collection, "NET_MEMORY_CONFIG", config->Size, sizeof(*config));
	if (!NT_SUCCESS(status))
		return status;
	if (!config->BufferAddress)
		return refuse(collection, STATUS_INVALID_PARAMETER,
			      "%s: NET_MEMORY_CONFIG.BufferAddress is NULL (ParameterCantBeNull)",
			      function);
	if (!config->BufferLength)
		return refuse(collection, STATUS_INVALID_PARAMETER,
			      "%s: NET_MEMORY_CONFIG.BufferLength is 0, must be at least 1 "
			      "(InvalidNetMemoryConfigStructure)",
			      function);
	return STATUS_SUCCESS;
}

static NTSTATUS create_collection(const char *function, netcx_device *device,
				  const WDF_OBJECT_ATTRIBUTES *attributes,
				  NETMEMORYCOLLECTION *handle)
{
	MemoryCollection *collection = nullptr;
	Object *parent = device;
	NTSTATUS status;

	status = check_attributes(function, device, attributes, ParentRule::fixed, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, &collection);
	if (!NT_SUCCESS(status))
		return status;
	status = collection->set_up();
	if (!NT_SUCCESS(status)) {
		refuse(collection, status, "%s: out of memory", function);
		collection->release();
		return status;
	}
	return publish_object(function, collection, handle);
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS NetMemoryCollectionCreate(WDFDEVICE Device, WDF_OBJECT_ATTRIBUTES *Attributes,
				   NET_MEMORY_COLLECTION_CONFIG const *Config,
				   NETMEMORYCOLLECTION *Handle)
{
	static const char function[] = "NetMemoryCollectionCreate";
	netcx_device *device = from_handle<netcx_device>(Device, function);
	NTSTATUS status;

	if (!device)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(device, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Config || !Handle)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      Config ? "MemoryCollection" : "Config");
	*Handle = nullptr;
	status = check_size(device, "NET_MEMORY_COLLECTION_CONFIG", Config->Size, sizeof(*Config));
	if (!NT_SUCCESS(status))
		return status;
	return create_collection(function, device, Attributes, Handle);
}

NTSTATUS NetMemoryCreate(NETMEMORYCOLLECTION Handle, NET_MEMORY_CONFIG const *Config, void **Memory)
{
	static const char function[] = "NetMemoryCreate";
	MemoryCollection *collection = from_handle<MemoryCollection>(Handle, function);
	NTSTATUS status;

	if (!collection)
		return STATUS_INVALID_HANDLE;
	if (refuse_interrupt(collection, function))
		return STATUS_INVALID_DEVICE_STATE;
	status = check_config(collection, Config, Memory);
	if (!NT_SUCCESS(status))
		return status;
	*Memory = collection->add(Config);
	if (!*Memory)
		return refuse(collection, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory",
			      function);
	return STATUS_SUCCESS;
}

void NetMemoryDestroy(NETMEMORYCOLLECTION Handle, void *Memory)
{
	static const char function[] = "NetMemoryDestroy";
	MemoryCollection *collection = from_handle<MemoryCollection>(Handle, function);

	if (collection && !refuse_interrupt(collection, function) &&
	    !collection->remove(static_cast<netcx_net_memory *>(Memory)))
		refuse(collection, STATUS_INVALID_PARAMETER,
		       "%s: Memory is not in the collection (InvalidNetMemoryRelease)", function);
}

} // extern "C"
