/* SPDX-License-Identifier: GPL-2.0-only */
/* What a client changes of a running adapter. */
#ifndef NETCX_LINUX_INDICATE_H
#define NETCX_LINUX_INDICATE_H

struct work_struct;

/* Of netcx_netdev.indicate_work: as the client has said last, while the device is in D0. */
void netcx_indicate_work(struct work_struct *work);

#endif /* NETCX_LINUX_INDICATE_H */
