// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Whether a client was built for this netcx. */
#include "core.h"
#include <netcx/netcx_version.h>

/* As the kernel says of a module that was built for another kernel. */
static constexpr int error_no_exec = 8;

extern "C" int netcx_core_check_abi(const char *name, unsigned int abi, const char *version)
{
	if (abi == NETCX_ABI_VERSION)
		return 0;
	netcx_os_log(nullptr, NETCX_OS_LOG_ERROR,
		     "%s was built for netcx %s with ABI %u, and this is netcx %s with ABI %u: "
		     "it has to be built again",
		     name, version, abi, NETCX_VERSION, NETCX_ABI_VERSION);
	return -error_no_exec;
}
