// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The second file of control_context_type_test.cpp.

#include "control_context_type.h"

namespace
{

[[maybe_unused]] const bool registered = [] {
	control_identities.push_back(WDF_GET_CONTEXT_TYPE_INFO(CONTROL_CONTEXT));
	return true;
}();

} // namespace
