// SPDX-License-Identifier: GPL-2.0-only OR MIT
// WDF_DECLARE_CONTEXT_TYPE: what it says of a type, and that all files agree on it.

#include "control_context_type.h"

#include <gtest/gtest.h>

namespace
{

struct OTHER_CONTEXT {
	int number;
};

} // namespace

WDF_DECLARE_CONTEXT_TYPE(OTHER_CONTEXT);

namespace
{

const bool registered = [] {
	control_identities.push_back(WDF_GET_CONTEXT_TYPE_INFO(CONTROL_CONTEXT));
	return true;
}();

TEST(ControlContextType, DescribesTheType)
{
	PCWDF_OBJECT_CONTEXT_TYPE_INFO info = WDF_GET_CONTEXT_TYPE_INFO(CONTROL_CONTEXT);

	EXPECT_EQ(info->Size, sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO));
	EXPECT_STREQ(info->ContextName, "CONTROL_CONTEXT");
	EXPECT_EQ(info->ContextSize, 32u);
	EXPECT_EQ(info->UniqueType, info);
	EXPECT_EQ(info->EvtDriverGetUniqueContextType, nullptr);
	EXPECT_NE(info, WDF_GET_CONTEXT_TYPE_INFO(OTHER_CONTEXT));
}

TEST(ControlContextType, AttributesCarryIt)
{
	WDF_OBJECT_ATTRIBUTES attributes;

	WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CONTROL_CONTEXT);
	EXPECT_EQ(attributes.Size, sizeof(attributes));
	EXPECT_EQ(attributes.ContextTypeInfo, WDF_GET_CONTEXT_TYPE_INFO(CONTROL_CONTEXT));
	WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(&attributes, OTHER_CONTEXT);
	EXPECT_EQ(attributes.ContextTypeInfo, WDF_GET_CONTEXT_TYPE_INFO(OTHER_CONTEXT));
}

TEST(ControlContextType, IsTheSameInEveryFile)
{
	ASSERT_TRUE(registered);
	ASSERT_EQ(control_identities.size(), 2u);
	EXPECT_EQ(control_identities[0], control_identities[1]);
}

} // namespace
