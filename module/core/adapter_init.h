/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* NETADAPTER_INIT: what a client sets before NetAdapterCreate(). */
#ifndef NETCX_CORE_ADAPTER_INIT_H
#define NETCX_CORE_ADAPTER_INIT_H

#include "adapter.h"

struct NETADAPTER_INIT {
	UINT64 signature;
	netcx_device *device = nullptr;
	NET_ADAPTER_DATAPATH_CALLBACKS datapath;
	/* The failure of a setter that returns void; NetAdapterCreate() returns it. */
	NTSTATUS failure;
	NTSTATUS demux_failure;
	/* See netcx_adapter::tx_priorities. */
	UINT8 priorities;
	bool used;
};

namespace netcx
{

/* Returns NULL if there is no memory, which is logged. */
NETADAPTER_INIT *allocate_init(netcx_device *device, const char *function);

} // namespace netcx

#endif /* NETCX_CORE_ADAPTER_INIT_H */
