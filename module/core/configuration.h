/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What a device keeps of its configuration. */
#ifndef NETCX_CORE_CONFIGURATION_H
#define NETCX_CORE_CONFIGURATION_H

struct netcx_device;

namespace netcx
{

/* When the device goes. */
void free_configuration_values(struct netcx_device *device);

} // namespace netcx

#endif /* NETCX_CORE_CONFIGURATION_H */
