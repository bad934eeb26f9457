/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* WDFSTRING. */
#ifndef NETCX_CORE_WDF_STRING_H
#define NETCX_CORE_WDF_STRING_H

#include "object.h"

namespace netcx
{

class String final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::string;

	String() : Object(object_type) {}

	~String() override { netcx_os_free(text.Buffer); }

	/* A null character follows its Length bytes. */
	UNICODE_STRING text = {};
};

/*
 * Creates a string of @length null characters, which the caller fills in and publishes. @attributes
 * as for WdfStringCreate().
 */
NTSTATUS create_string(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes, SIZE_T length,
		       String **string);

} // namespace netcx

#endif /* NETCX_CORE_WDF_STRING_H */
