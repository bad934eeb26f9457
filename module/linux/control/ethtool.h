/* SPDX-License-Identifier: GPL-2.0-only */
/* The interface's ethtool operations. */
#ifndef NETCX_LINUX_ETHTOOL_H
#define NETCX_LINUX_ETHTOOL_H

#include <linux/ethtool.h>

extern const struct ethtool_ops netcx_ethtool_ops;

#endif /* NETCX_LINUX_ETHTOOL_H */
