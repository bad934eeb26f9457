/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The element layouts that module/core makes, for tests in C. */
#ifndef NETCX_KUNIT_LAYOUT_H
#define NETCX_KUNIT_LAYOUT_H

#include "../../module/core/core.h"

EXTERN_C_START

struct netcx_kunit_layout {
	struct netcx_queue_layout offsets;
	UINT16 packet_stride;
	UINT16 fragment_stride;
};

/* The layout of a queue of that type, by the adapter's capabilities. */
void netcx_kunit_lay_out(const struct netcx_adapter *adapter, enum netcx_queue_type type,
			 struct netcx_kunit_layout *layout);

/* What a client gets for a query about such a queue with these rings; FALSE: it was refused. */
BOOLEAN netcx_kunit_query_extension(const struct netcx_adapter *adapter, enum netcx_queue_type type,
				    const NET_RING *packets, const NET_RING *fragments,
				    const NET_EXTENSION_QUERY *query, NET_EXTENSION *extension);

EXTERN_C_END

#endif /* NETCX_KUNIT_LAYOUT_H */
