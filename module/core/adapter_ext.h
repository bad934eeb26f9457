/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
#ifndef NETCX_CORE_ADAPTER_EXT_H
#define NETCX_CORE_ADAPTER_EXT_H

#include "adapter.h"

namespace netcx
{

/*
 * What every function of netcx_adapter_ext.h begins with: the handle, the context, the argument and
 * that the adapter is not started. A refusal has its line in the log.
 */
NTSTATUS begin_extension(NETADAPTER handle, const char *function, const void *argument,
			 Adapter **adapter);

} // namespace netcx

#endif /* NETCX_CORE_ADAPTER_EXT_H */
