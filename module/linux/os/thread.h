/* SPDX-License-Identifier: GPL-2.0-only */
/* Of the down-calls for sleeping and threads, what has to be there before the first client. */
#ifndef NETCX_LINUX_OS_THREAD_H
#define NETCX_LINUX_OS_THREAD_H

#include <linux/init.h>

void __init netcx_thread_init(void);

#endif /* NETCX_LINUX_OS_THREAD_H */
