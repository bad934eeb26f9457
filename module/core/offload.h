/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Shared by the offload declarations of 2.1 and later, offload.cpp, and of 2.0, offload20.cpp. */
#ifndef NETCX_CORE_OFFLOAD_H
#define NETCX_CORE_OFFLOAD_H

#include "adapter.h"

namespace netcx
{

/* STATUS_INVALID_PARAMETER, which is logged, unless @set: the structure's callback is missing. */
NTSTATUS check_callback(const Adapter *adapter, const char *structure, const char *field, bool set);

/*
 * The same if the adapter has declared the offload in its other form, the structure @other: @kept
 * is the Size of what it declared then, 0 for nothing.
 */
NTSTATUS check_only_form(const Adapter *adapter, const char *structure, const char *other,
			 ULONG kept);

/* Calls the client's @callback. Within it NetOffloadIs...Enabled() answer from @group. */
void tell(Adapter *adapter, void (*callback)(NETADAPTER adapter, NETOFFLOAD offload),
	  const struct netcx_offloads *group);

/*
 * For NetOffloadIs...Enabled(): the value in the group that tell() was given. FALSE, which is
 * logged, if @handle is not that of the callback that runs on this thread.
 */
BOOLEAN is_enabled(NETOFFLOAD handle, const char *function, UINT8 netcx_offloads::*which);

/* offload20.cpp: calls the callback of the 2.0 form; and whether that is necessary. */
void tell_checksum(Adapter *adapter, const struct netcx_offloads *on);
bool checksum_differs(const struct netcx_offloads &a, const struct netcx_offloads &b);

} // namespace netcx

#endif /* NETCX_CORE_OFFLOAD_H */
