/* SPDX-License-Identifier: GPL-2.0-only */
/* Receive memory of AF_XDP sockets. */
#ifndef NETCX_LINUX_RX_XSK_H
#define NETCX_LINUX_RX_XSK_H

#include "rx_memory.h"

extern const struct netcx_rx_memory netcx_rx_xsk;

#endif /* NETCX_LINUX_RX_XSK_H */
