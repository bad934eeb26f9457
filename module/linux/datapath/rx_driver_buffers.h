/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive memory that the client allocates. */
#ifndef NETCX_LINUX_RX_DRIVER_BUFFERS_H
#define NETCX_LINUX_RX_DRIVER_BUFFERS_H

#include "rx_memory.h"

extern const struct netcx_rx_memory netcx_rx_driver_buffers;

#endif /* NETCX_LINUX_RX_DRIVER_BUFFERS_H */
