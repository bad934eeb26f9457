// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Links module/core's extensions, and nothing else of it, into the tests. */
#include "layout.h"

#include "../../module/core/extension.h"
#include "../../module/core/object.h"

static bool refused;

namespace netcx
{

/* Nobody reads the reasons here. */
NTSTATUS refuse(const Object *, NTSTATUS status, const char *, ...)
{
	refused = true;
	return status;
}

NTSTATUS check_size(const Object *about, const char *structure, ULONG given, SIZE_T expected)
{
	return given == expected ? STATUS_SUCCESS
				 : refuse(about, STATUS_INVALID_PARAMETER, "%s", structure);
}

} // namespace netcx

using namespace netcx;

extern "C" {

void netcx_kunit_lay_out(const struct netcx_adapter *adapter, enum netcx_queue_type type,
			 struct netcx_kunit_layout *layout)
{
	const ElementLayout elements = lay_out(needed_extensions(adapter, type));

	layout->offsets = to_queue_layout(elements);
	layout->packet_stride = elements.packet_stride;
	layout->fragment_stride = elements.fragment_stride;
}

BOOLEAN netcx_kunit_query_extension(const struct netcx_adapter *adapter, enum netcx_queue_type type,
				    const NET_RING *packets, const NET_RING *fragments,
				    const NET_EXTENSION_QUERY *query, NET_EXTENSION *extension)
{
	refused = false;
	query_extension(nullptr, lay_out(needed_extensions(adapter, type)), packets, fragments,
			query, extension);
	return !refused;
}

} // extern "C"
