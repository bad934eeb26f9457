/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Which netcx this is; read by netcx.ko, by clients, and by what packs them. */
#ifndef NETCX_VERSION_H
#define NETCX_VERSION_H

#define NETCX_VERSION "0.1"

/*
 * The binary interface between netcx.ko and its clients. netcx.ko takes no client that was built for
 * another one. It is another one as soon as a client that was built before would not work: when a
 * structure, a prototype or the meaning of a function in these headers changes. A function more
 * changes nothing. selftests/sdk/abi.sh finds out when it has to be raised.
 */
#define NETCX_ABI_VERSION 1

#endif /* NETCX_VERSION_H */
