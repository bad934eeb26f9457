/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The configuration values that a client assigned, which its device keeps. */
#ifndef NETCX_CORE_CONFIGURATION_H
#define NETCX_CORE_CONFIGURATION_H

struct netcx_device;

namespace netcx
{

/* Frees all of them; the device is being destroyed. */
void free_configuration_values(struct netcx_device *device);

} // namespace netcx

#endif /* NETCX_CORE_CONFIGURATION_H */
