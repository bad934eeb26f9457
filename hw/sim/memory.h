/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Memory as hardware finds it: by logical addresses, where fragments have such. What the driver
 * sees at a fragment's virtual address may be other memory, which has to be shown to the device.
 */
#ifndef SIM_MEMORY_H
#define SIM_MEMORY_H

#include <net/logicaladdress.h>
#include <net/virtualaddress.h>
#include <netadaptercx.h>

EXTERN_C_START

/* Where nobody can tell, NULL. */
void *sim_memory_at(UINT64 logical_address);

EXTERN_C_END

#ifdef __cplusplus
namespace sim
{

/* The beginning of the fragment at @index, as the hardware sees it. */
inline UINT8 *device_bytes(const NET_EXTENSION *logical_address,
			   const NET_EXTENSION *virtual_address, UINT32 index)
{
	void *bytes = nullptr;

	if (logical_address->Enabled)
		bytes = sim_memory_at(NetExtensionGetFragmentLogicalAddress(logical_address, index)
					      ->LogicalAddress);
	if (!bytes)
		bytes = NetExtensionGetFragmentVirtualAddress(virtual_address, index)
				->VirtualAddress;
	return static_cast<UINT8 *>(bytes);
}

} /* namespace sim */
#endif

#endif /* SIM_MEMORY_H */
