/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive memory that the client has registered as net memory. */
#ifndef NETCX_LINUX_RX_NET_MEMORY_H
#define NETCX_LINUX_RX_NET_MEMORY_H

#include "rx_memory.h"

extern const struct netcx_rx_memory netcx_rx_net_memory;

#endif /* NETCX_LINUX_RX_NET_MEMORY_H */
