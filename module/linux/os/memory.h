/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory that was freed where it could not be given back at once. */
#ifndef NETCX_LINUX_MEMORY_H
#define NETCX_LINUX_MEMORY_H

/* All clients are gone. */
void netcx_memory_exit(void);

#endif /* NETCX_LINUX_MEMORY_H */
