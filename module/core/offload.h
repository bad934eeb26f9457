/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the two generations of offload declarations share. */
#ifndef NETCX_CORE_OFFLOAD_H
#define NETCX_CORE_OFFLOAD_H

#include "adapter.h"

namespace netcx
{

/* STATUS_INVALID_PARAMETER, after a line in the log, unless @set. */
NTSTATUS check_callback(const Adapter *adapter, const char *structure, const char *field, bool set);

/* The same if the adapter has declared the offload in its other form: @kept is that one's Size. */
NTSTATUS check_only_form(const Adapter *adapter, const char *structure, const char *other,
			 ULONG kept);

/* Calls @callback; the client may ask for what @group says within it. */
void tell(Adapter *adapter, void (*callback)(NETADAPTER adapter, NETOFFLOAD offload),
	  const struct netcx_offloads *group);

/* The answer to a client's question; FALSE after a line in the log, if it must not ask now. */
BOOLEAN is_enabled(NETOFFLOAD handle, const char *function, UINT8 netcx_offloads::*which);

/* offload20.cpp: of the 2.0 form of checksum offload. */
void tell_checksum(Adapter *adapter, const struct netcx_offloads *on);
bool checksum_differs(const struct netcx_offloads &a, const struct netcx_offloads &b);

} // namespace netcx

#endif /* NETCX_CORE_OFFLOAD_H */
