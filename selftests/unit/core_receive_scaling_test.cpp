// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Receive scaling: the layout and defaults of its structures, what of a declaration is refused, and
// what the client is told.

#include "core_client.h"

#include <cerrno>
#include <cstring>

namespace
{

using namespace unit;

using Caps = NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES;
using Entry = NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY;
using HashType = NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE;
using ProtocolType = NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE;
using EncapsulationType = NET_ADAPTER_RECEIVE_SCALING_ENCAPSULATION_TYPE;
using TargetType = NET_ADAPTER_RECEIVE_SCALING_UNHASHED_TARGET_TYPE;

constexpr auto toeplitz = NetAdapterReceiveScalingHashTypeToeplitz;
constexpr auto ipv4_tcp = static_cast<ProtocolType>(NetAdapterReceiveScalingProtocolTypeIPv4 |
						    NetAdapterReceiveScalingProtocolTypeTcp);

/* ---- a client that has it ---- */

struct Told {
	HashType hash;
	ProtocolType protocols;
	std::vector<UINT8> key;
	/* Queue by entry. */
	std::map<UINT32, NETPACKETQUEUE> table;
	/* An entry that the client does not move, and what it says then. */
	UINT32 stuck = ~0U;
	NTSTATUS stuck_status = STATUS_INVALID_PARAMETER;
	/* The callback says nothing of it in its own status. */
	bool keeps_quiet = false;
} told;

NTSTATUS enable(NETADAPTER, HashType hash, ProtocolType protocols)
{
	told.hash = hash;
	told.protocols = protocols;
	return CoreClient::get().event("EnableScaling");
}

void disable(NETADAPTER)
{
	CoreClient::get().event("DisableScaling");
}

NTSTATUS set_key(NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY const *secret)
{
	told.key.assign(secret->Key, secret->Key + secret->Length);
	return CoreClient::get().event("SetKey");
}

NTSTATUS set_entries(NETADAPTER, NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES *entries)
{
	NTSTATUS status = CoreClient::get().event("SetEntries");

	for (SIZE_T i = 0; i < entries->Length; i++) {
		Entry &entry = entries->Entries[i];

		EXPECT_EQ(entry.Status, STATUS_SUCCESS);
		if (entry.Index == told.stuck) {
			entry.Status = told.stuck_status;
			if (!told.keeps_quiet)
				status = told.stuck_status;
			continue;
		}
		told.table[entry.Index] = entry.PacketQueue;
	}
	return status;
}

Caps capabilities()
{
	Caps caps;

	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT(
		&caps, 4, NetAdapterReceiveScalingUnhashedTargetTypeHashIndex, toeplitz, ipv4_tcp,
		enable, disable, set_key, set_entries);
	return caps;
}

template <auto spoil>
void declare(NETADAPTER adapter)
{
	Caps caps = capabilities();

	spoil(caps);
	NetAdapterSetReceiveScalingCapabilities(adapter, &caps);
}

/* ---- structures ---- */

TEST(ReceiveScalingLayout, Capabilities)
{
	EXPECT_EQ(sizeof(Caps), 88u);
	EXPECT_EQ(offsetof(Caps, NumberOfQueues), 8u);
	EXPECT_EQ(offsetof(Caps, IndirectionTableSize), 16u);
	EXPECT_EQ(offsetof(Caps, UnhashedTargetIndex), 24u);
	EXPECT_EQ(offsetof(Caps, UnhashedTargetType), 32u);
	EXPECT_EQ(offsetof(Caps, ReceiveScalingHashTypes), 36u);
	EXPECT_EQ(offsetof(Caps, ReceiveScalingProtocolTypes), 40u);
	EXPECT_EQ(offsetof(Caps, ReceiveScalingEncapsulationTypes.Outer), 44u);
	EXPECT_EQ(offsetof(Caps, ReceiveScalingEncapsulationTypes.Inner), 48u);
	EXPECT_EQ(offsetof(Caps, SynchronizeSetIndirectionEntries), 52u);
	EXPECT_EQ(offsetof(Caps, EvtAdapterReceiveScalingEnable), 56u);
	EXPECT_EQ(offsetof(Caps, EvtAdapterReceiveScalingDisable), 64u);
	EXPECT_EQ(offsetof(Caps, EvtAdapterReceiveScalingSetHashSecretKey), 72u);
	EXPECT_EQ(offsetof(Caps, EvtAdapterReceiveScalingSetIndirectionEntries), 80u);
}

TEST(ReceiveScalingLayout, KeyAndEntries)
{
	using Key = NET_ADAPTER_RECEIVE_SCALING_HASH_SECRET_KEY;
	using Entries = NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRIES;

	EXPECT_EQ(offsetof(Key, Key), 0u);
	EXPECT_EQ(offsetof(Key, Length), 8u);
	EXPECT_EQ(offsetof(Entry, PacketQueue), 0u);
	EXPECT_EQ(offsetof(Entry, Status), 8u);
	EXPECT_EQ(offsetof(Entry, Index), 12u);
	EXPECT_EQ(offsetof(Entries, Entries), 0u);
	EXPECT_EQ(offsetof(Entries, Length), 8u);
}

TEST(ReceiveScalingLayout, Enumerators)
{
	EXPECT_EQ(NetAdapterReceiveScalingHashTypeToeplitz, 1);
	EXPECT_EQ(NetAdapterReceiveScalingProtocolTypeIPv4, 0x01);
	EXPECT_EQ(NetAdapterReceiveScalingProtocolTypeIPv4Options, 0x02);
	EXPECT_EQ(NetAdapterReceiveScalingProtocolTypeIPv6, 0x04);
	EXPECT_EQ(NetAdapterReceiveScalingProtocolTypeIPv6Extensions, 0x08);
	EXPECT_EQ(NetAdapterReceiveScalingProtocolTypeTcp, 0x10);
	EXPECT_EQ(NetAdapterReceiveScalingProtocolTypeUdp, 0x20);
	EXPECT_EQ(NetAdapterReceiveScalingEncapsulationTypeNVGre, 1);
	EXPECT_EQ(NetAdapterReceiveScalingEncapsulationTypeVXLan, 2);
	EXPECT_EQ(NetAdapterReceiveScalingEncapsulationTypeVLan, 4);
	EXPECT_EQ(NetAdapterReceiveScalingUnhashedTargetTypeUnspecified, 0);
	EXPECT_EQ(NetAdapterReceiveScalingUnhashedTargetTypeHashIndex, 1);
	EXPECT_EQ(sizeof(HashType), 4u);
	EXPECT_EQ(sizeof(ProtocolType), 4u);
	EXPECT_EQ(sizeof(EncapsulationType), 4u);
	EXPECT_EQ(sizeof(TargetType), 4u);
}

TEST(ReceiveScalingInit, Defaults)
{
	Caps caps, expected;

	std::memset(static_cast<void *>(&caps), 0xa5, sizeof(caps));
	std::memset(static_cast<void *>(&expected), 0, sizeof(expected));
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES_INIT(
		&caps, 4, NetAdapterReceiveScalingUnhashedTargetTypeHashIndex, toeplitz, ipv4_tcp,
		enable, disable, set_key, set_entries);
	expected.Size = 88;
	expected.NumberOfQueues = 4;
	expected.IndirectionTableSize = 128;
	expected.UnhashedTargetType = NetAdapterReceiveScalingUnhashedTargetTypeHashIndex;
	expected.ReceiveScalingHashTypes = toeplitz;
	expected.ReceiveScalingProtocolTypes = ipv4_tcp;
	expected.EvtAdapterReceiveScalingEnable = enable;
	expected.EvtAdapterReceiveScalingDisable = disable;
	expected.EvtAdapterReceiveScalingSetHashSecretKey = set_key;
	expected.EvtAdapterReceiveScalingSetIndirectionEntries = set_entries;
	EXPECT_EQ(std::memcmp(&caps, &expected, sizeof(caps)), 0);
}

/* ---- what is refused ---- */

struct BadCaps {
	/* The line from its beginning on. */
	const char *line;
	NTSTATUS status;
	void (*declare)(NETADAPTER adapter);
};

class CoreBadReceiveScaling : public CoreFixture, public ::testing::WithParamInterface<BadCaps>
{
};

TEST_P(CoreBadReceiveScaling, IsNamedAndUndone)
{
	client.declare = GetParam().declare;
	EXPECT_EQ(start(), netcx_core_errno(GetParam().status));
	EXPECT_EQ(client.start_status, GetParam().status);
	EXPECT_EQ(os.lines_with(std::string("client: ") + GetParam().line), 1u) << os.whole_log();
	EXPECT_EQ(os.log.size(), 1u) << os.whole_log();
}

#define CAPS "NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES."

INSTANTIATE_TEST_SUITE_P(
	Numbers, CoreBadReceiveScaling,
	::testing::Values(
		BadCaps{CAPS "Size is 87, must be 88 (InvalidStructTypeSize)",
			STATUS_INFO_LENGTH_MISMATCH, declare<[](Caps &c) {
				c.Size--;
			}>},
		BadCaps{CAPS "NumberOfQueues is 0, must be a power of two (NotPowerOfTwo)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.NumberOfQueues = 0;
			}>},
		BadCaps{CAPS "NumberOfQueues is 3, must be a power of two (NotPowerOfTwo)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.NumberOfQueues = 3;
			}>},
		BadCaps{CAPS "IndirectionTableSize is 0, must be a power of two (NotPowerOfTwo)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.IndirectionTableSize = 0;
			}>},
		BadCaps{CAPS "IndirectionTableSize is 100, must be a power of two (NotPowerOfTwo)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.IndirectionTableSize = 100;
			}>},
		BadCaps{CAPS "UnhashedTargetType is 2, must be 0 or 1", STATUS_INVALID_PARAMETER,
			declare<[](Caps &c) {
				c.UnhashedTargetType = static_cast<TargetType>(2);
			}>},
		BadCaps{CAPS "UnhashedTargetIndex is 128, must be below the 128 of "
			     "IndirectionTableSize",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.UnhashedTargetIndex = 128;
			}>}));

INSTANTIATE_TEST_SUITE_P(
	Types, CoreBadReceiveScaling,
	::testing::Values(
		BadCaps{CAPS "ReceiveScalingHashTypes is 0x2, must be flags of 0x1 "
			     "(InvalidReceiveScalingHashType)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.ReceiveScalingHashTypes = static_cast<HashType>(2);
			}>},
		BadCaps{CAPS "ReceiveScalingProtocolTypes is 0x40, must be flags of 0x3f "
			     "(InvalidReceiveScalingProtocolType)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.ReceiveScalingProtocolTypes = static_cast<ProtocolType>(0x40);
			}>},
		BadCaps{CAPS "ReceiveScalingEncapsulationTypes.Outer is 0x4, must be flags of 0x3 "
			     "(InvalidReceiveScalingEncapsulationType)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.ReceiveScalingEncapsulationTypes.Outer =
					NetAdapterReceiveScalingEncapsulationTypeVLan;
			}>},
		BadCaps{CAPS "ReceiveScalingEncapsulationTypes.Inner is 0x8, must be flags of 0x3 "
			     "(InvalidReceiveScalingEncapsulationType)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.ReceiveScalingEncapsulationTypes.Inner =
					static_cast<EncapsulationType>(8);
			}>}));

INSTANTIATE_TEST_SUITE_P(
	Callbacks, CoreBadReceiveScaling,
	::testing::Values(
		BadCaps{CAPS "EvtAdapterReceiveScalingEnable is NULL, must be set "
			     "(ParameterCantBeNull)",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.EvtAdapterReceiveScalingEnable = nullptr;
			}>},
		BadCaps{CAPS "EvtAdapterReceiveScalingDisable is NULL, must be set",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.EvtAdapterReceiveScalingDisable = nullptr;
			}>},
		BadCaps{CAPS "EvtAdapterReceiveScalingSetHashSecretKey is NULL, must be set",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.EvtAdapterReceiveScalingSetHashSecretKey = nullptr;
			}>},
		BadCaps{CAPS "EvtAdapterReceiveScalingSetIndirectionEntries is NULL, must be set",
			STATUS_INVALID_PARAMETER, declare<[](Caps &c) {
				c.EvtAdapterReceiveScalingSetIndirectionEntries = nullptr;
			}>},
		BadCaps{"NetAdapterSetReceiveScalingCapabilities was given NULL "
			"(ParameterCantBeNull)",
			STATUS_INVALID_PARAMETER, [](NETADAPTER adapter) {
				NetAdapterSetReceiveScalingCapabilities(adapter, nullptr);
			}}));

/* ---- up-calls ---- */

class CoreReceiveScaling : public CoreFixture
{
protected:
	CoreReceiveScaling()
	{
		told = {};
		client.declare = declare<[](Caps &) {
		}>;
	}

	/* With an rx queue that is there, so that the client may be told anything. */
	netcx_adapter *open_adapter()
	{
		EXPECT_EQ(open(), 0);
		client.take_events();
		return interface()->adapter;
	}
};

/* The widest a client can say. */
TEST_F(CoreReceiveScaling, ExtremesAreAccepted)
{
	client.declare = declare<[](Caps &c) {
		c.NumberOfQueues = 1;
		c.IndirectionTableSize = 1;
		c.ReceiveScalingHashTypes = toeplitz;
		c.ReceiveScalingProtocolTypes = static_cast<ProtocolType>(0x3f);
		c.ReceiveScalingEncapsulationTypes.Outer = static_cast<EncapsulationType>(3);
		/* Nobody looks at it with this type. */
		c.UnhashedTargetType = NetAdapterReceiveScalingUnhashedTargetTypeUnspecified;
		c.UnhashedTargetIndex = 99;
	}>;
	EXPECT_EQ(start(), 0);
	EXPECT_EQ(interface()->adapter->receive_scaling.ReceiveScalingProtocolTypes, 0x3f);
}

TEST_F(CoreReceiveScaling, AfterStartItIsRefused)
{
	ASSERT_EQ(start(), 0);
	declare<[](Caps &c) {
		c.NumberOfQueues = 8;
	}>(client.adapter);
	EXPECT_EQ(os.lines_with("NetAdapterSetReceiveScalingCapabilities was called after "
				"NetAdapterStart (AdapterAlreadyStarted)"),
		  1u);
	EXPECT_EQ(interface()->adapter->receive_scaling.NumberOfQueues, 4u);
}

TEST_F(CoreReceiveScaling, EnableAndDisable)
{
	netcx_adapter *adapter = open_adapter();

	netcx_core_receive_scaling_disable(adapter);
	EXPECT_EQ(netcx_core_receive_scaling_enable(adapter, toeplitz, ipv4_tcp), 0);
	EXPECT_EQ(told.hash, toeplitz);
	EXPECT_EQ(told.protocols, ipv4_tcp);
	netcx_core_receive_scaling_disable(adapter);
	netcx_core_receive_scaling_disable(adapter);
	/* Only what was enabled is disabled. */
	expect_events({"EnableScaling", "DisableScaling"});
}

TEST_F(CoreReceiveScaling, WhatIsNotOfferedIsNotEnabled)
{
	netcx_adapter *adapter = open_adapter();

	EXPECT_EQ(netcx_core_receive_scaling_enable(adapter, toeplitz,
						    NetAdapterReceiveScalingProtocolTypeUdp),
		  netcx_core_errno(STATUS_INVALID_PARAMETER));
	EXPECT_EQ(netcx_core_receive_scaling_enable(adapter, static_cast<HashType>(2), ipv4_tcp),
		  netcx_core_errno(STATUS_INVALID_PARAMETER));
	expect_events({});
}

TEST_F(CoreReceiveScaling, AFailureIsLoggedOnce)
{
	netcx_adapter *adapter = open_adapter();
	const UINT8 key[40] = {};

	client.failing = {"EnableScaling", "SetKey"};
	EXPECT_EQ(netcx_core_receive_scaling_enable(adapter, toeplitz, ipv4_tcp),
		  netcx_core_errno(client.failure));
	EXPECT_EQ(netcx_core_receive_scaling_set_key(adapter, key),
		  netcx_core_errno(client.failure));
	EXPECT_EQ(os.lines_with("enabling receive scaling failed: STATUS_DEVICE_DATA_ERROR"), 1u)
		<< os.whole_log();
	EXPECT_EQ(os.lines_with("setting the hash key failed: STATUS_DEVICE_DATA_ERROR"), 1u)
		<< os.whole_log();
	/* It never was enabled. */
	client.take_events();
	netcx_core_receive_scaling_disable(adapter);
	expect_events({});
}

TEST_F(CoreReceiveScaling, KeyArrivesWhole)
{
	netcx_adapter *adapter = open_adapter();
	UINT8 key[40];

	for (UINT32 i = 0; i < sizeof(key); i++)
		key[i] = static_cast<UINT8>(3 * i);
	EXPECT_EQ(netcx_core_receive_scaling_set_key(adapter, key), 0);
	EXPECT_EQ(told.key, std::vector<UINT8>(key, key + sizeof(key)));
}

TEST_F(CoreReceiveScaling, EntriesArriveWithTheirQueues)
{
	netcx_adapter *adapter = open_adapter();
	NETPACKETQUEUE queue = interface()->rx[0]->handle;
	Entry entries[3] = {};

	for (UINT32 i = 0; i < 3; i++) {
		entries[i] = {queue, STATUS_UNSUCCESSFUL, 5 * i};
	}
	EXPECT_EQ(netcx_core_receive_scaling_set_entries(adapter, entries, 3), 0);
	EXPECT_EQ(told.table,
		  (std::map<UINT32, NETPACKETQUEUE>{{0, queue}, {5, queue}, {10, queue}}));
}

TEST_F(CoreReceiveScaling, AnEntryThatDoesNotMoveIsNamed)
{
	netcx_adapter *adapter = open_adapter();
	Entry entries[3] = {};

	for (bool quiet : {false, true}) {
		for (UINT32 i = 0; i < 3; i++)
			entries[i] = {interface()->rx[0]->handle, STATUS_SUCCESS, 5 * i};
		told.stuck = 5;
		told.keeps_quiet = quiet;
		os.log.clear();
		EXPECT_EQ(netcx_core_receive_scaling_set_entries(adapter, entries, 3),
			  netcx_core_errno(STATUS_INVALID_PARAMETER));
		EXPECT_EQ(os.lines_with("setting entry 5 of the indirection table failed: "
					"STATUS_INVALID_PARAMETER"),
			  1u)
			<< os.whole_log();
		EXPECT_EQ(os.log.size(), 1u) << os.whole_log();
		EXPECT_EQ(entries[0].Status, STATUS_SUCCESS);
		EXPECT_EQ(entries[1].Status, STATUS_INVALID_PARAMETER);
		EXPECT_EQ(entries[2].Status, STATUS_SUCCESS);
	}
}

TEST_F(CoreReceiveScaling, AdaptersWithoutItSaySo)
{
	const UINT8 key[40] = {};
	Entry entry = {};

	client.declare = nullptr;
	netcx_adapter *adapter = open_adapter();
	const int unsupported = netcx_core_errno(STATUS_NOT_SUPPORTED);

	EXPECT_EQ(netcx_core_receive_scaling_enable(adapter, toeplitz, ipv4_tcp), unsupported);
	EXPECT_EQ(netcx_core_receive_scaling_set_key(adapter, key), unsupported);
	EXPECT_EQ(netcx_core_receive_scaling_set_entries(adapter, &entry, 1), unsupported);
	netcx_core_receive_scaling_disable(adapter);
	expect_events({});
}

/* ---- the hash extension ---- */

TEST_F(CoreReceiveScaling, RxQueuesHaveTheHashWhileItIsWanted)
{
	ASSERT_EQ(start(), 0);
	for (UINT8 wanted : {1, 0}) {
		interface()->adapter->receive_hash = wanted;
		ASSERT_EQ(interface()->open(), 0);
		EXPECT_EQ(interface()->rx[0]->layout.packet_hash != 0, wanted != 0);
		EXPECT_EQ(interface()->tx[0]->layout.packet_hash, 0);
		interface()->close();
	}
}

TEST_F(CoreReceiveScaling, WithoutItThereIsNoHash)
{
	client.declare = nullptr;
	ASSERT_EQ(start(), 0);
	interface()->adapter->receive_hash = 1;
	ASSERT_EQ(interface()->open(), 0);
	EXPECT_EQ(interface()->rx[0]->layout.packet_hash, 0);
}

/* ---- queues' interrupts ---- */

TEST_F(CoreReceiveScaling, AQueueHasTheVectorOfItsInterrupt)
{
	ASSERT_EQ(open(), 0);
	/* Nobody said. */
	EXPECT_EQ(interface()->rx[0]->vector, NETCX_QUEUE_NO_VECTOR);

	NETPACKETQUEUE queue = interface()->rx[0]->handle;

	/* It runs already. */
	EXPECT_EQ(netcx_queue_set_interrupt(queue, client.interrupt_handles[1]),
		  STATUS_INVALID_DEVICE_STATE);
	EXPECT_EQ(os.lines_with("netcx_queue_set_interrupt was called for a queue that is started"),
		  1u);
	interface()->rx[0]->state = NETCX_QUEUE_STOPPED;
	EXPECT_EQ(netcx_queue_set_interrupt(queue, client.interrupt_handles[1]), STATUS_SUCCESS);
	EXPECT_EQ(interface()->rx[0]->vector, 1u);
	EXPECT_EQ(netcx_queue_set_interrupt(queue, nullptr), STATUS_INVALID_HANDLE);
	EXPECT_EQ(netcx_queue_set_interrupt(reinterpret_cast<NETPACKETQUEUE>(client.adapter),
					    client.interrupt_handles[1]),
		  STATUS_INVALID_HANDLE);
	interface()->rx[0]->state = NETCX_QUEUE_STARTED;
}

} // namespace
