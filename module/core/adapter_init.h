/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What becomes an adapter. */
#ifndef NETCX_CORE_ADAPTER_INIT_H
#define NETCX_CORE_ADAPTER_INIT_H

#include "adapter.h"

struct NETADAPTER_INIT {
	UINT64 signature;
	netcx_device *device = nullptr;
	NET_ADAPTER_DATAPATH_CALLBACKS datapath;
	/* What a setter without a return value refused. */
	NTSTATUS failure;
	bool used;
};

namespace netcx
{

/* NULL, after a line in the log, for want of memory. */
NETADAPTER_INIT *allocate_init(netcx_device *device, const char *function);

} // namespace netcx

#endif /* NETCX_CORE_ADAPTER_INIT_H */
