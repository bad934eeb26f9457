/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
#ifndef NETCX_CORE_ADAPTER_EXT_H
#define NETCX_CORE_ADAPTER_EXT_H

#include "adapter.h"

namespace netcx
{

/*
 * Common checks of the functions of netcx_adapter_ext.h: @handle is an adapter, the context may
 * sleep, @argument is not NULL, and the adapter is not started yet. What fails is logged.
 */
NTSTATUS begin_extension(NETADAPTER handle, const char *function, const void *argument,
			 Adapter **adapter);

} // namespace netcx

#endif /* NETCX_CORE_ADAPTER_EXT_H */
