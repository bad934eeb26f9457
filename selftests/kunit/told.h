/* SPDX-License-Identifier: GPL-2.0-only */
/* What the client was told of filters and wake sources, in place of the OS-neutral half. */
#ifndef NETCX_KUNIT_TOLD_H
#define NETCX_KUNIT_TOLD_H

#include "interface.h"

struct netcx_kunit_told {
	struct netcx_wake wake;
	unsigned int wakes;
	/* What setting the wake sources, or the receive filter, is to return. */
	int error;
	bool not_users;
	u32 filter;
	unsigned int filters;
	unsigned int unicast;
	unsigned int arps;
};

extern struct netcx_kunit_told netcx_kunit_told;

#endif /* NETCX_KUNIT_TOLD_H */
