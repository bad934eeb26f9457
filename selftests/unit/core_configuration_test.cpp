// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Configuration: what the firmware node says, what the client assigns; strings and collections.

#include "core_client.h"

namespace
{

using namespace unit;

/* A name or a string, of ASCII. */
class Wide
{
public:
	Wide(const std::string &text) : text_(text.begin(), text.end())
	{
		string_.Buffer = text_.data();
		string_.Length = static_cast<USHORT>(text_.size() * sizeof(WCHAR));
		string_.MaximumLength = string_.Length;
	}

	PCUNICODE_STRING operator&() const { return &string_; }

private:
	std::vector<WCHAR> text_;
	UNICODE_STRING string_;
};

std::string plain(WDFSTRING string)
{
	UNICODE_STRING text;

	WdfStringGetUnicodeString(string, &text);
	return std::string(text.Buffer, text.Buffer + text.Length / sizeof(WCHAR));
}

class CoreConfiguration : public CoreFixture
{
protected:
	void SetUp() override
	{
		hardware.numbers["*SpeedDuplex"] = 6;
		hardware.numbers["ReceiveBuffers"] = 512;
		hardware.strings["Decimal"] = {"42"};
		hardware.strings["Hexadecimal"] = {"0x1F"};
		hardware.strings["List"] = {"first", "", "third"};
		hardware.bytes["Bytes"] = {1, 2, 3};
		hardware.numbers["Ports/Left/Speed"] = 100;
		ASSERT_EQ(add(), 0);
		/* Outside of callbacks there is no driver that could be the parent. */
		WDF_OBJECT_ATTRIBUTES_INIT(&below_device);
		below_device.ParentObject = client.device;
		ASSERT_EQ(NetAdapterOpenConfiguration(client.adapter, nullptr, &configuration),
			  STATUS_SUCCESS);
	}

	NTSTATUS
	query(const std::string &name,
	      NET_CONFIGURATION_QUERY_ULONG_FLAGS flags = NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS)
	{
		return NetConfigurationQueryUlong(configuration, flags, &Wide(name), &value);
	}

	WDF_OBJECT_ATTRIBUTES below_device;
	NETCONFIGURATION configuration = nullptr;
	ULONG value = 77;
};

TEST_F(CoreConfiguration, NumbersAreFoundWithTheStarOrWithout)
{
	EXPECT_EQ(query("*SpeedDuplex"), STATUS_SUCCESS);
	EXPECT_EQ(value, 6u);
	EXPECT_EQ(query("*ReceiveBuffers"), STATUS_SUCCESS);
	EXPECT_EQ(value, 512u);
	value = 77;
	EXPECT_EQ(query("SpeedDuplex"), STATUS_OBJECT_NAME_NOT_FOUND);
	EXPECT_EQ(query("*"), STATUS_OBJECT_NAME_NOT_FOUND);
	EXPECT_EQ(value, 77u);
	/* That a value is missing is nothing to tell anybody. */
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreConfiguration, NumbersMayBeStrings)
{
	const auto hex = NET_CONFIGURATION_QUERY_ULONG_MAY_BE_STORED_AS_HEX_STRING;

	EXPECT_EQ(query("Decimal"), STATUS_SUCCESS);
	EXPECT_EQ(value, 42u);
	EXPECT_EQ(query("Decimal", hex), STATUS_SUCCESS);
	EXPECT_EQ(value, 0x42u);
	EXPECT_EQ(query("Hexadecimal"), STATUS_SUCCESS);
	EXPECT_EQ(value, 0x1fu);
	for (const char *bad : {"", "0x", "12a", "4294967296", "-1"}) {
		hardware.strings["Bad"] = {bad};
		EXPECT_EQ(query("Bad"), STATUS_OBJECT_TYPE_MISMATCH) << bad;
	}
	hardware.strings["Bad"] = {"4294967295"};
	EXPECT_EQ(query("Bad"), STATUS_SUCCESS);
	EXPECT_EQ(query("Bytes"), STATUS_OBJECT_TYPE_MISMATCH);
}

TEST_F(CoreConfiguration, BadArgumentsAreNamed)
{
	UNICODE_STRING nowhere = {2, 2, nullptr};

	EXPECT_EQ(query(""), STATUS_OBJECT_NAME_INVALID);
	EXPECT_EQ(query("a/b"), STATUS_OBJECT_NAME_INVALID);
	EXPECT_EQ(query("t\xe4st"), STATUS_OBJECT_NAME_INVALID);
	EXPECT_EQ(query(std::string(63, 'x')), STATUS_OBJECT_NAME_NOT_FOUND);
	EXPECT_EQ(query(std::string(64, 'x')), STATUS_OBJECT_NAME_INVALID);
	EXPECT_EQ(os.lines_with("a name of 64 characters, must be 1 to 63"), 1u);
	EXPECT_EQ(query("Decimal", static_cast<NET_CONFIGURATION_QUERY_ULONG_FLAGS>(2)),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.lines_with("(InvalidQueryUlongFlag)"), 1u);
	EXPECT_EQ(NetConfigurationQueryUlong(configuration, NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS,
					     nullptr, &value),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetConfigurationQueryUlong(configuration, NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS,
					     &nowhere, &value),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetConfigurationQueryUlong(configuration, NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS,
					     &Wide("Decimal"), nullptr),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetConfigurationQueryUlong(nullptr, NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS,
					     &Wide("Decimal"), &value),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(NetAdapterOpenConfiguration(nullptr, nullptr, &configuration),
		  STATUS_INVALID_HANDLE);
	EXPECT_EQ(configuration, nullptr);
	EXPECT_EQ(NetDeviceOpenConfiguration(client.device, nullptr, nullptr),
		  STATUS_INVALID_PARAMETER);
	const fake::Os::Atomic atomic;

	EXPECT_EQ(NetDeviceOpenConfiguration(client.device, nullptr, &configuration),
		  STATUS_INVALID_DEVICE_STATE);
}

TEST_F(CoreConfiguration, StringsBecomeObjects)
{
	WDFCOLLECTION collection;
	WDFSTRING string;

	EXPECT_EQ(NetConfigurationQueryString(configuration, &Wide("Decimal"), &below_device,
					      &string),
		  STATUS_SUCCESS);
	EXPECT_EQ(plain(string), "42");
	EXPECT_EQ(
		NetConfigurationQueryString(configuration, &Wide("Bytes"), &below_device, &string),
		STATUS_OBJECT_TYPE_MISMATCH);
	hardware.strings["Long"] = {std::string(1024, 'x')};
	EXPECT_EQ(NetConfigurationQueryString(configuration, &Wide("Long"), &below_device, &string),
		  STATUS_BUFFER_OVERFLOW);

	ASSERT_EQ(WdfCollectionCreate(&below_device, &collection), STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationQueryMultiString(configuration, &Wide("List"), &below_device,
						   collection),
		  STATUS_SUCCESS);
	ASSERT_EQ(WdfCollectionGetCount(collection), 3u);
	EXPECT_EQ(plain(reinterpret_cast<WDFSTRING>(WdfCollectionGetFirstItem(collection))),
		  "first");
	EXPECT_EQ(plain(reinterpret_cast<WDFSTRING>(WdfCollectionGetItem(collection, 1))), "");
	EXPECT_EQ(plain(reinterpret_cast<WDFSTRING>(WdfCollectionGetLastItem(collection))),
		  "third");
	EXPECT_EQ(NetConfigurationQueryMultiString(configuration, &Wide("Missing"), &below_device,
						   collection),
		  STATUS_OBJECT_NAME_NOT_FOUND);
	EXPECT_EQ(WdfCollectionGetCount(collection), 3u);
}

TEST_F(CoreConfiguration, AListOfStringsIsReadWholeOrNotAtAll)
{
	WDFCOLLECTION collection;

	ASSERT_EQ(WdfCollectionCreate(&below_device, &collection), STATUS_SUCCESS);
	for (UINT64 n = 1;; n++) {
		const SIZE_T live = os.live();

		os.fail_nth(n);
		const NTSTATUS status = NetConfigurationQueryMultiString(
			configuration, &Wide("List"), &below_device, collection);
		os.fail_nth(0);
		if (NT_SUCCESS(status))
			break;
		EXPECT_EQ(status, STATUS_INSUFFICIENT_RESOURCES) << n;
		EXPECT_EQ(WdfCollectionGetCount(collection), 0u) << n;
		/* But for the room that the collection has made. */
		EXPECT_LE(os.live(), live + 1) << n;
		ASSERT_LT(n, 100u);
	}
	EXPECT_EQ(WdfCollectionGetCount(collection), 3u);
}

TEST_F(CoreConfiguration, BytesBecomeMemory)
{
	WDFMEMORY memory;
	SIZE_T size;

	ASSERT_EQ(NetConfigurationQueryBinary(configuration, &Wide("Bytes"), NonPagedPoolNx,
					      &below_device, &memory),
		  STATUS_SUCCESS);
	const UINT8 *bytes = static_cast<UINT8 *>(WdfMemoryGetBuffer(memory, &size));
	EXPECT_EQ(std::vector<UINT8>(bytes, bytes + size), (std::vector<UINT8>{1, 2, 3}));
	EXPECT_EQ(NetConfigurationQueryBinary(configuration, &Wide("*SpeedDuplex"), NonPagedPoolNx,
					      &below_device, &memory),
		  STATUS_OBJECT_TYPE_MISMATCH);
}

TEST_F(CoreConfiguration, TheAddressIsBytesOrAString)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address = {};

	EXPECT_EQ(NetConfigurationQueryLinkLayerAddress(configuration, &address),
		  STATUS_OBJECT_NAME_NOT_FOUND);
	hardware.strings["NetworkAddress"] = {"02-00:5e10A0ff"};
	EXPECT_EQ(NetConfigurationQueryLinkLayerAddress(configuration, &address), STATUS_SUCCESS);
	EXPECT_EQ(address.Length, 6);
	EXPECT_EQ(address.Address[4], 0xa0);
	hardware.strings["NetworkAddress"] = {"0200x"};
	EXPECT_EQ(NetConfigurationQueryLinkLayerAddress(configuration, &address),
		  STATUS_OBJECT_TYPE_MISMATCH);
	hardware.strings["NetworkAddress"] = {std::string(66, '0')};
	EXPECT_EQ(NetConfigurationQueryLinkLayerAddress(configuration, &address),
		  STATUS_BUFFER_OVERFLOW);
	EXPECT_EQ(address.Length, 6);
	hardware.strings.erase("NetworkAddress");
	hardware.bytes["NetworkAddress"] = {2, 0, 0, 0, 0, 9};
	EXPECT_EQ(NetConfigurationQueryLinkLayerAddress(configuration, &address), STATUS_SUCCESS);
	EXPECT_EQ(address.Address[5], 9);
	hardware.bytes["NetworkAddress"].resize(33);
	EXPECT_EQ(NetConfigurationQueryLinkLayerAddress(configuration, &address),
		  STATUS_BUFFER_OVERFLOW);
}

TEST_F(CoreConfiguration, ThereIsMoreBelow)
{
	NETCONFIGURATION ports, left;

	ASSERT_EQ(NetConfigurationOpenSubConfiguration(configuration, &Wide("Ports"), nullptr,
						       &ports),
		  STATUS_SUCCESS);
	ASSERT_EQ(NetConfigurationOpenSubConfiguration(ports, &Wide("Left"), nullptr, &left),
		  STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationQueryUlong(left, NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS,
					     &Wide("Speed"), &value),
		  STATUS_SUCCESS);
	EXPECT_EQ(value, 100u);
	EXPECT_EQ(query("Speed"), STATUS_OBJECT_NAME_NOT_FOUND);
	EXPECT_EQ(NetConfigurationOpenSubConfiguration(ports, &Wide(""), nullptr, &left),
		  STATUS_OBJECT_NAME_INVALID);
	EXPECT_EQ(left, nullptr);
	NetConfigurationClose(ports);
	/* What is below has gone with it; closing nothing is a line in the log. */
	NetConfigurationClose(nullptr);
	EXPECT_EQ(os.lines_with("NetConfigurationClose was given NULL"), 1u);
}

TEST_F(CoreConfiguration, WhatIsAssignedTakesPrecedence)
{
	UINT8 bytes[2] = {8, 9};
	WDFCOLLECTION collection;
	WDFMEMORY memory;
	WDFSTRING string;
	NETCONFIGURATION again;
	SIZE_T size;

	EXPECT_EQ(NetConfigurationAssignUlong(configuration, &Wide("*SpeedDuplex"), 4),
		  STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationAssignUlong(configuration, &Wide("*SpeedDuplex"), 5),
		  STATUS_SUCCESS);
	NetConfigurationClose(configuration);
	ASSERT_EQ(NetDeviceOpenConfiguration(client.device, nullptr, &again), STATUS_SUCCESS);
	configuration = again;
	EXPECT_EQ(query("*SpeedDuplex"), STATUS_SUCCESS);
	EXPECT_EQ(value, 5u);

	EXPECT_EQ(NetConfigurationAssignUnicodeString(configuration, &Wide("List"), &Wide("one")),
		  STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationQueryString(configuration, &Wide("List"), &below_device, &string),
		  STATUS_SUCCESS);
	EXPECT_EQ(plain(string), "one");
	ASSERT_EQ(WdfCollectionCreate(&below_device, &collection), STATUS_SUCCESS);
	ASSERT_EQ(WdfCollectionAdd(collection, string), STATUS_SUCCESS);
	ASSERT_EQ(WdfCollectionAdd(collection, string), STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationAssignMultiString(configuration, &Wide("Twice"), collection),
		  STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationQueryMultiString(configuration, &Wide("Twice"), &below_device,
						   collection),
		  STATUS_SUCCESS);
	EXPECT_EQ(WdfCollectionGetCount(collection), 4u);

	EXPECT_EQ(NetConfigurationAssignBinary(configuration, &Wide("Bytes"), bytes, 2),
		  STATUS_SUCCESS);
	ASSERT_EQ(NetConfigurationQueryBinary(configuration, &Wide("Bytes"), NonPagedPoolNx,
					      &below_device, &memory),
		  STATUS_SUCCESS);
	WdfMemoryGetBuffer(memory, &size);
	EXPECT_EQ(size, 2u);
	EXPECT_EQ(NetConfigurationAssignBinary(configuration, &Wide("Bytes"), bytes, 0),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetConfigurationAssignBinary(configuration, &Wide("Bytes"), nullptr, 2),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetConfigurationAssignUnicodeString(configuration, &Wide("List"), &Wide("\xe4")),
		  STATUS_INVALID_PARAMETER);
	EXPECT_EQ(NetConfigurationAssignMultiString(configuration, &Wide("List"), nullptr),
		  STATUS_INVALID_PARAMETER);
}

class CoreConfigurationDefaults : public CoreConfiguration
{
protected:
	CoreConfigurationDefaults()
	{
		static const netcx_configuration_default defaults[] = {
			{"*SpeedDuplex", "1", 0},
			{"*ReceiveBuffers", "64", 0},
			{"*RSS", "0", 0},
			{"Hex", "1F", 0},
			{"Number", nullptr, 77},
			{"Empty", "", 0},
			{"NetworkAddress", "020000000007", 0},
			{nullptr, nullptr, 0}};

		driver_defaults = defaults;
	}
};

TEST_F(CoreConfigurationDefaults, AreFoundLast)
{
	NET_ADAPTER_LINK_LAYER_ADDRESS address = {};
	NETCONFIGURATION below;
	WDFCOLLECTION collection;
	WDFSTRING string;
	WDFMEMORY memory;

	EXPECT_EQ(query("*SpeedDuplex"), STATUS_SUCCESS);
	EXPECT_EQ(value, 6u);
	/* In the firmware node without its star. */
	EXPECT_EQ(query("*ReceiveBuffers"), STATUS_SUCCESS);
	EXPECT_EQ(value, 512u);
	hardware.bytes["*ReceiveBuffers"] = {1};
	EXPECT_EQ(query("*ReceiveBuffers"), STATUS_OBJECT_TYPE_MISMATCH);

	EXPECT_EQ(query("*rss"), STATUS_SUCCESS);
	EXPECT_EQ(value, 0u);
	EXPECT_EQ(query("*RSSX"), STATUS_OBJECT_NAME_NOT_FOUND);
	EXPECT_EQ(query("RSS"), STATUS_OBJECT_NAME_NOT_FOUND);
	EXPECT_EQ(query("Hex", NET_CONFIGURATION_QUERY_ULONG_MAY_BE_STORED_AS_HEX_STRING),
		  STATUS_SUCCESS);
	EXPECT_EQ(value, 0x1fu);
	EXPECT_EQ(query("Hex"), STATUS_OBJECT_TYPE_MISMATCH);
	EXPECT_EQ(query("Number"), STATUS_SUCCESS);
	EXPECT_EQ(value, 77u);

	EXPECT_EQ(
		NetConfigurationQueryString(configuration, &Wide("Empty"), &below_device, &string),
		STATUS_SUCCESS);
	EXPECT_EQ(plain(string), "");
	EXPECT_EQ(
		NetConfigurationQueryString(configuration, &Wide("Number"), &below_device, &string),
		STATUS_OBJECT_TYPE_MISMATCH);
	ASSERT_EQ(WdfCollectionCreate(&below_device, &collection), STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationQueryMultiString(configuration, &Wide("*RSS"), &below_device,
						   collection),
		  STATUS_SUCCESS);
	EXPECT_EQ(WdfCollectionGetCount(collection), 1u);
	EXPECT_EQ(NetConfigurationQueryBinary(configuration, &Wide("Number"), NonPagedPoolNx,
					      &below_device, &memory),
		  STATUS_OBJECT_TYPE_MISMATCH);
	EXPECT_EQ(NetConfigurationQueryLinkLayerAddress(configuration, &address), STATUS_SUCCESS);
	EXPECT_EQ(address.Address[5], 7);

	EXPECT_EQ(NetConfigurationAssignUlong(configuration, &Wide("*RSS"), 1), STATUS_SUCCESS);
	EXPECT_EQ(query("*RSS"), STATUS_SUCCESS);
	EXPECT_EQ(value, 1u);
	ASSERT_EQ(NetConfigurationOpenSubConfiguration(configuration, &Wide("Ports"), nullptr,
						       &below),
		  STATUS_SUCCESS);
	EXPECT_EQ(NetConfigurationQueryUlong(below, NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS,
					     &Wide("Number"), &value),
		  STATUS_OBJECT_NAME_NOT_FOUND);
}

/* ---- strings and collections by themselves ---- */

TEST_F(CoreConfiguration, StringsAreCopied)
{
	WDFSTRING string;
	WDFSTRING empty;
	UNICODE_STRING text;

	{
		const Wide source("text");

		ASSERT_EQ(WdfStringCreate(&source, &below_device, &string), STATUS_SUCCESS);
	}
	EXPECT_EQ(plain(string), "text");
	WdfStringGetUnicodeString(string, &text);
	EXPECT_EQ(text.Buffer[4], 0);
	ASSERT_EQ(WdfStringCreate(nullptr, &below_device, &empty), STATUS_SUCCESS);
	EXPECT_EQ(plain(empty), "");
	text.Length = 3;
	EXPECT_EQ(WdfStringCreate(&text, &below_device, &string), STATUS_INVALID_PARAMETER);
	EXPECT_EQ(WdfStringCreate(nullptr, nullptr, nullptr), STATUS_INVALID_PARAMETER);
	WdfStringGetUnicodeString(nullptr, &text);
	EXPECT_EQ(text.Length, 0);
	WdfStringGetUnicodeString(string, nullptr);
	EXPECT_EQ(os.lines_with("UnicodeString is NULL"), 1u);
}

TEST_F(CoreConfiguration, CollectionsKeepWhatIsInThem)
{
	WDFCOLLECTION collection;
	std::vector<WDFSTRING> strings(20);

	ASSERT_EQ(WdfCollectionCreate(&below_device, &collection), STATUS_SUCCESS);
	EXPECT_EQ(WdfCollectionGetFirstItem(collection), nullptr);
	EXPECT_EQ(WdfCollectionGetLastItem(collection), nullptr);
	for (auto &string : strings) {
		ASSERT_EQ(WdfStringCreate(nullptr, &below_device, &string), STATUS_SUCCESS);
		ASSERT_EQ(WdfCollectionAdd(collection, string), STATUS_SUCCESS);
	}
	EXPECT_EQ(WdfCollectionGetItem(collection, 19), strings[19]);
	EXPECT_EQ(WdfCollectionGetItem(collection, 20), nullptr);
	WdfCollectionRemoveItem(collection, 0);
	WdfCollectionRemove(collection, strings[5]);
	EXPECT_EQ(WdfCollectionGetCount(collection), 18u);
	EXPECT_EQ(WdfCollectionGetItem(collection, 4), strings[6]);
	/* Deleted, it is kept by the collection alone. */
	WdfObjectDelete(strings[1]);
	EXPECT_EQ(WdfCollectionGetFirstItem(collection), strings[1]);
	WdfCollectionRemoveItem(collection, 18);
	WdfCollectionRemove(collection, strings[5]);
	EXPECT_EQ(os.lines_with("Index is 18, must be below 18"), 1u);
	EXPECT_EQ(os.lines_with("it is not in it"), 1u);
	EXPECT_EQ(WdfCollectionAdd(collection, nullptr), STATUS_INVALID_HANDLE);
	EXPECT_EQ(WdfCollectionCreate(nullptr, nullptr), STATUS_INVALID_PARAMETER);
	WdfObjectDelete(collection);
}

} // namespace
