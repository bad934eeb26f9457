// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Bad declarations: each gets its NTSTATUS and one line that names it, and the device is let go
// with nothing left.

#include "core_client.h"

#include <cerrno>

namespace
{

using namespace unit;

class CoreCapabilities : public CoreFixture
{
protected:
	/* Starting the device fails with @status because of @line, of which there is exactly one. */
	void expect_refusal(NTSTATUS status, const std::string &line)
	{
		EXPECT_EQ(start(), netcx_core_errno(status));
		EXPECT_EQ(client.start_status, status);
		EXPECT_EQ(os.lines_with("client: " + line), 1u) << os.whole_log();
		EXPECT_EQ(os.log.size(), 1u) << os.whole_log();
		EXPECT_EQ(fake::Interface::all().size(), 0u);
		/* Undone before the device is even removed. */
		EXPECT_TRUE(client.has_event("ReleaseHardware"));
		EXPECT_FALSE(client.has_event("D0Entry D3Final"));
	}
};

/* ---- data path ---- */

struct BadDatapath {
	/* The line from its beginning on. */
	const char *line;
	NTSTATUS status;
	void (*spoil)(NET_ADAPTER_TX_CAPABILITIES &tx, NET_ADAPTER_RX_CAPABILITIES &rx);
};

class CoreBadDatapath : public CoreCapabilities, public ::testing::WithParamInterface<BadDatapath>
{
};

TEST_P(CoreBadDatapath, IsNamedAndUndone)
{
	client.datapath = GetParam().spoil;
	expect_refusal(GetParam().status, GetParam().line);
}

using Tx = NET_ADAPTER_TX_CAPABILITIES;
using Rx = NET_ADAPTER_RX_CAPABILITIES;

INSTANTIATE_TEST_SUITE_P(
	Tx, CoreBadDatapath,
	::testing::Values(
		BadDatapath{"NET_ADAPTER_TX_CAPABILITIES.Size is 55, must be 56 "
			    "(InvalidStructTypeSize)",
			    STATUS_INFO_LENGTH_MISMATCH,
			    [](Tx &tx, Rx &) {
				    tx.Size--;
			    }},
		BadDatapath{"NET_ADAPTER_TX_CAPABILITIES.MaximumNumberOfQueues is 0, must be at "
			    "least 1 "
			    "(InvalidAdapterTxCapabilities)",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &tx, Rx &) {
				    tx.MaximumNumberOfQueues = 0;
			    }},
		BadDatapath{"NET_ADAPTER_TX_CAPABILITIES.MaximumNumberOfFragments is 0, must be at "
			    "least 1",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &tx, Rx &) {
				    tx.MaximumNumberOfFragments = 0;
			    }},
		BadDatapath{"NET_ADAPTER_TX_CAPABILITIES.FragmentBufferAlignment is 0, must be a "
			    "power of "
			    "two (NotPowerOfTwo)",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &tx, Rx &) {
				    tx.FragmentBufferAlignment = 0;
			    }},
		BadDatapath{
			"NET_ADAPTER_TX_CAPABILITIES.FragmentBufferAlignment is 3, must be a power",
			STATUS_INVALID_PARAMETER,
			[](Tx &tx, Rx &) {
				tx.FragmentBufferAlignment = 3;
			}},
		BadDatapath{"NET_ADAPTER_TX_CAPABILITIES.FragmentRingNumberOfElementsHint is 100, "
			    "must be "
			    "0 or a power of two (NotPowerOfTwo)",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &tx, Rx &) {
				    tx.FragmentRingNumberOfElementsHint = 100;
			    }},
		BadDatapath{"NET_ADAPTER_TX_CAPABILITIES.MappingRequirement is 2, must be 0 or 1",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &tx, Rx &) {
				    tx.MappingRequirement =
					    static_cast<NET_MEMORY_MAPPING_REQUIREMENT>(2);
			    }},
		BadDatapath{"NET_ADAPTER_TX_CAPABILITIES.DmaCapabilities is NULL, must be set",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &tx, Rx &) {
				    tx.DmaCapabilities = nullptr;
			    }},
		BadDatapath{"NET_ADAPTER_DMA_CAPABILITIES.Size is 31, must be 32",
			    STATUS_INFO_LENGTH_MISMATCH,
			    [](Tx &tx, Rx &) {
				    tx.DmaCapabilities->Size--;
			    }},
		BadDatapath{"NET_ADAPTER_DMA_CAPABILITIES.DmaEnabler is not a WDFDMAENABLER",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &tx, Rx &) {
				    tx.DmaCapabilities->DmaEnabler = nullptr;
			    }},
		BadDatapath{"NET_ADAPTER_DMA_CAPABILITIES.DmaEnabler is not a WDFDMAENABLER",
			    STATUS_INVALID_PARAMETER, [](Tx &tx, Rx &) {
				    tx.DmaCapabilities->DmaEnabler =
					    reinterpret_cast<WDFDMAENABLER>(
						    CoreClient::get().device);
			    }}));

INSTANTIATE_TEST_SUITE_P(
	Rx, CoreBadDatapath,
	::testing::Values(
		BadDatapath{
			"NET_ADAPTER_RX_CAPABILITIES.Size is 0, must be 56 (InvalidStructTypeSize)",
			STATUS_INFO_LENGTH_MISMATCH,
			[](Tx &, Rx &rx) {
				rx.Size = 0;
			}},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.MaximumNumberOfQueues is 0, must be at "
			    "least 1 "
			    "(InvalidAdapterRxCapabilities)",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.MaximumNumberOfQueues = 0;
			    }},
		BadDatapath{
			"NET_ADAPTER_RX_CAPABILITIES.MaximumFrameSize is 0, must be 1 to 67108863",
			STATUS_INVALID_PARAMETER,
			[](Tx &, Rx &rx) {
				rx.MaximumFrameSize = 0;
			}},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.MaximumFrameSize is 67108864, must be",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.MaximumFrameSize = 67108864;
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.FragmentBufferAlignment is 24, must be a "
			    "power",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.FragmentBufferAlignment = 24;
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.FragmentRingNumberOfElementsHint is 3, "
			    "must be 0 "
			    "or a power of two",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.FragmentRingNumberOfElementsHint = 3;
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.DmaCapabilities is NULL, must be set",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.DmaCapabilities = nullptr;
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.AllocationMode is 3, must be 0 to 2",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.AllocationMode =
					    static_cast<NET_RX_FRAGMENT_BUFFER_ALLOCATION_MODE>(3);
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.AttachmentMode is 0, must be 1 (Driver) "
			    "with AllocationMode Driver or DriverV2",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.AllocationMode = NetRxFragmentBufferAllocationModeDriverV2;
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.MemoryCollection is not a "
			    "NETMEMORYCOLLECTION of the adapter's device "
			    "(InvalidAdapterRxCapabilities)",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.AllocationMode = NetRxFragmentBufferAllocationModeDriverV2;
				    rx.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
				    rx.MemoryCollection = nullptr;
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.MemoryCollection is not a "
			    "NETMEMORYCOLLECTION",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.AllocationMode = NetRxFragmentBufferAllocationModeDriverV2;
				    rx.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
				    rx.MemoryCollection = reinterpret_cast<NETMEMORYCOLLECTION>(
					    CoreClient::get().adapter);
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.AttachmentMode is 1, must be 0 (System)",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.AttachmentMode = NetRxFragmentBufferAttachmentModeDriver;
			    }},
		BadDatapath{"NET_ADAPTER_RX_CAPABILITIES.AttachmentMode is 0, must be 1 (Driver)",
			    STATUS_INVALID_PARAMETER,
			    [](Tx &, Rx &rx) {
				    rx.AllocationMode = NetRxFragmentBufferAllocationModeDriver;
			    }},
		BadDatapath{
			"NET_ADAPTER_RX_CAPABILITIES.EvtAdapterReturnRxBuffer is NULL, must be set",
			STATUS_INVALID_PARAMETER, [](Tx &, Rx &rx) {
				NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED(&rx, nullptr, 2048,
										1);
			}}));

TEST_F(CoreCapabilities, AnEnablerOfAnotherDmaVersionIsRefused)
{
	client.datapath = [&](Tx &tx, Rx &) {
		WDF_DMA_ENABLER_CONFIG config;

		WDF_DMA_ENABLER_CONFIG_INIT(&config, WdfDmaProfileScatterGather64, 1);
		ASSERT_EQ(WdfDmaEnablerCreate(client.device, &config, nullptr,
					      &tx.DmaCapabilities->DmaEnabler),
			  STATUS_SUCCESS);
	};
	expect_refusal(
		STATUS_INVALID_PARAMETER,
		"NET_ADAPTER_DMA_CAPABILITIES.DmaEnabler has WdmDmaVersionOverride 0, must be 3");
}

TEST_F(CoreCapabilities, ExtremesThatAreAllowed)
{
	client.datapath = [](Tx &tx, Rx &rx) {
		EXPECT_EQ(tx.MaximumNumberOfFragments, ~static_cast<SIZE_T>(0));
		tx.FragmentRingNumberOfElementsHint = 1;
		tx.MaximumNumberOfQueues = ~static_cast<SIZE_T>(0);
		rx.FragmentRingNumberOfElementsHint = 1U << 31;
		rx.MaximumFrameSize = 67108863;
	};
	EXPECT_EQ(start(), 0);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(CoreCapabilities, WhatPointersPointToIsCopied)
{
	ASSERT_EQ(start(), 0);
	const netcx_adapter *adapter = interface()->adapter;

	EXPECT_EQ(adapter->tx.DmaCapabilities, &adapter->tx_dma);
	EXPECT_EQ(adapter->rx.DmaCapabilities, &adapter->rx_dma);
	EXPECT_EQ(adapter->tx_dma.DmaEnabler, client.enabler);
	EXPECT_EQ(adapter->handle, client.adapter);
	EXPECT_STREQ(adapter->client_name, "client");
	EXPECT_STREQ(adapter->client_version, "1.0");
	EXPECT_EQ(adapter->os_device, &hardware);
	/* Only the permanent address was given. */
	EXPECT_EQ(adapter->current_address.Length, 6);
	EXPECT_EQ(adapter->current_address.Address[5], 1);
}

TEST_F(CoreCapabilities, AGoodDeclarationMakesUpForABadOne)
{
	client.declare = [](NETADAPTER adapter) {
		NetAdapterSetLinkLayerMtuSize(adapter, 0);
		NetAdapterSetLinkLayerMtuSize(adapter, 9000);
	};
	EXPECT_EQ(start(), 0);
	EXPECT_EQ(interface()->adapter->mtu, 9000u);
}

TEST_F(CoreCapabilities, WithoutARequiredDeclarationTheAdapterDoesNotStart)
{
	const struct {
		const char *omitted;
		const char *function;
	} all[] = {
		{"datapath", "NetAdapterSetDataPathCapabilities"},
		{"link layer", "NetAdapterSetLinkLayerCapabilities"},
		{"mtu", "NetAdapterSetLinkLayerMtuSize"},
	};

	for (const auto &one : all) {
		SCOPED_TRACE(one.omitted);
		client.omitted = {one.omitted};
		expect_refusal(STATUS_INVALID_PARAMETER, std::string("NetAdapterStart: ") +
								 one.function +
								 " must be called before");
		finish();
		client.events.clear();
		os.log.clear();
	}
}

/* A client that goes on after a bad declaration learns of it when it starts in D0, too. */
TEST_F(CoreCapabilities, TheRefusalComesOutWhereverTheAdapterIsStarted)
{
	client.datapath = [](Tx &tx, Rx &) {
		tx.MaximumNumberOfQueues = 0;
	};
	client.start_in = CoreClient::StartIn::d0_entry;
	EXPECT_EQ(start(), -EINVAL);
	EXPECT_EQ(client.start_status, STATUS_INVALID_PARAMETER);
	EXPECT_EQ(os.log.size(), 1u) << os.whole_log();
	finish();

	client.start_in = CoreClient::StartIn::device_add;
	os.log.clear();
	EXPECT_EQ(start(), -EINVAL);
	EXPECT_EQ(os.log.size(), 1u) << os.whole_log();
}

/* ---- everything else ---- */

struct BadDeclaration {
	const char *line;
	NTSTATUS status;
	void (*declare)(NETADAPTER adapter);
};

class CoreBadDeclaration : public CoreCapabilities,
			   public ::testing::WithParamInterface<BadDeclaration>
{
};

TEST_P(CoreBadDeclaration, IsNamedAndUndone)
{
	client.declare = GetParam().declare;
	expect_refusal(GetParam().status, GetParam().line);
}

/* The client's ordinary structure of that kind, spoiled by @spoil, and declared. */
template <auto spoil>
void link_state(NETADAPTER adapter)
{
	NET_ADAPTER_LINK_STATE state;

	NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(&state);
	spoil(state);
	NetAdapterSetLinkState(adapter, &state);
}

INSTANTIATE_TEST_SUITE_P(
	Link, CoreBadDeclaration,
	::testing::Values(
		BadDeclaration{"NetAdapterSetLinkLayerMtuSize: MtuSize is 0, must be at least 1 "
			       "(MtuMustBeGreaterThanZero)",
			       STATUS_INVALID_PARAMETER,
			       [](NETADAPTER a) {
				       NetAdapterSetLinkLayerMtuSize(a, 0);
			       }},
		BadDeclaration{"NET_ADAPTER_LINK_LAYER_CAPABILITIES.Size is 25, must be 24",
			       STATUS_INFO_LENGTH_MISMATCH,
			       [](NETADAPTER a) {
				       NET_ADAPTER_LINK_LAYER_CAPABILITIES c;

				       NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(&c, 1, 1);
				       c.Size++;
				       NetAdapterSetLinkLayerCapabilities(a, &c);
			       }},
		BadDeclaration{
			"NetAdapterSetLinkLayerCapabilities was given NULL (ParameterCantBeNull)",
			STATUS_INVALID_PARAMETER,
			[](NETADAPTER a) {
				NetAdapterSetLinkLayerCapabilities(a, nullptr);
			}},
		BadDeclaration{
			"NetAdapterSetDataPathCapabilities was given NULL (ParameterCantBeNull)",
			STATUS_INVALID_PARAMETER,
			[](NETADAPTER a) {
				NET_ADAPTER_TX_CAPABILITIES tx;

				NET_ADAPTER_TX_CAPABILITIES_INIT(&tx, 1);
				NetAdapterSetDataPathCapabilities(a, &tx, nullptr);
			}},
		BadDeclaration{"NET_ADAPTER_LINK_LAYER_ADDRESS.Length is 33, must be 0 to 32 "
			       "(MacAddressLengthTooLong)",
			       STATUS_INVALID_PARAMETER,
			       [](NETADAPTER a) {
				       NET_ADAPTER_LINK_LAYER_ADDRESS address = {33, {}};

				       NetAdapterSetPermanentLinkLayerAddress(a, &address);
			       }},
		BadDeclaration{"NetAdapterSetCurrentLinkLayerAddress was given NULL",
			       STATUS_INVALID_PARAMETER,
			       [](NETADAPTER a) {
				       NetAdapterSetCurrentLinkLayerAddress(a, nullptr);
			       }},
		BadDeclaration{
			"the permanent NET_ADAPTER_LINK_LAYER_ADDRESS.Length is 6, must be the 8",
			STATUS_INVALID_PARAMETER,
			[](NETADAPTER a) {
				NET_ADAPTER_LINK_LAYER_ADDRESS address = {8, {}};

				NetAdapterSetCurrentLinkLayerAddress(a, &address);
			}},
		BadDeclaration{"NET_ADAPTER_LINK_STATE.Size is 41, must be 40",
			       STATUS_INFO_LENGTH_MISMATCH,
			       link_state<[](NET_ADAPTER_LINK_STATE &s) {
				       s.Size++;
			       }>},
		BadDeclaration{"NET_ADAPTER_LINK_STATE.MediaConnectState is 3, must be 0 to 2 "
			       "(InvalidLinkState)",
			       STATUS_INVALID_PARAMETER, link_state<[](NET_ADAPTER_LINK_STATE &s) {
				       s.MediaConnectState =
					       static_cast<NET_IF_MEDIA_CONNECT_STATE>(3);
			       }>},
		BadDeclaration{"NET_ADAPTER_LINK_STATE.MediaDuplexState is -1, must be 0 to 2",
			       STATUS_INVALID_PARAMETER, link_state<[](NET_ADAPTER_LINK_STATE &s) {
				       s.MediaDuplexState =
					       static_cast<NET_IF_MEDIA_DUPLEX_STATE>(-1);
			       }>},
		BadDeclaration{
			"NET_ADAPTER_LINK_STATE.SupportedPauseFunctions is 5, must be 0 to 4",
			STATUS_INVALID_PARAMETER, link_state<[](NET_ADAPTER_LINK_STATE &s) {
				s.SupportedPauseFunctions =
					static_cast<NET_ADAPTER_PAUSE_FUNCTION_TYPE>(5);
			}>},
		BadDeclaration{"NET_ADAPTER_LINK_STATE.AutoNegotiationFlags is 16, must be 0 to 15",
			       STATUS_INVALID_PARAMETER, link_state<[](NET_ADAPTER_LINK_STATE &s) {
				       s.AutoNegotiationFlags =
					       static_cast<NET_ADAPTER_AUTO_NEGOTIATION_FLAGS>(16);
			       }>}));

template <auto spoil>
void receive_filter(NETADAPTER adapter)
{
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES caps;

	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(&caps, [](NETADAPTER, NETRECEIVEFILTER) {});
	caps.SupportedPacketFilters = NetPacketFilterFlagDirected | NetPacketFilterFlagMulticast;
	caps.MaximumMulticastAddresses = 8;
	spoil(caps);
	NetAdapterSetReceiveFilterCapabilities(adapter, &caps);
}

using FilterCaps = NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES;

INSTANTIATE_TEST_SUITE_P(
	ReceiveFilter, CoreBadDeclaration,
	::testing::Values(
		BadDeclaration{"NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES.Size is 23, must be 24",
			       STATUS_INFO_LENGTH_MISMATCH, receive_filter<[](FilterCaps &c) {
				       c.Size--;
			       }>},
		BadDeclaration{
			"NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES.SupportedPacketFilters is 0x10, "
			"must be flags of 0x2f (InvalidReceiveFilterCapabilities)",
			STATUS_INVALID_PARAMETER, receive_filter<[](FilterCaps &c) {
				c.SupportedPacketFilters =
					static_cast<NET_PACKET_FILTER_FLAGS>(0x10);
			}>},
		BadDeclaration{
			"NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES.SupportedPacketFilters is 0",
			STATUS_INVALID_PARAMETER, receive_filter<[](FilterCaps &c) {
				c.SupportedPacketFilters = static_cast<NET_PACKET_FILTER_FLAGS>(0);
				c.MaximumMulticastAddresses = 0;
			}>},
		BadDeclaration{
			"NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES.MaximumMulticastAddresses is 0, "
			"must be more than 0 with NetPacketFilterFlagMulticast",
			STATUS_INVALID_PARAMETER, receive_filter<[](FilterCaps &c) {
				c.MaximumMulticastAddresses = 0;
			}>},
		BadDeclaration{
			"NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES.MaximumMulticastAddresses is 8, "
			"must be 0 without NetPacketFilterFlagMulticast",
			STATUS_INVALID_PARAMETER, receive_filter<[](FilterCaps &c) {
				c.SupportedPacketFilters = NetPacketFilterFlagDirected;
			}>},
		BadDeclaration{
			"NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES.EvtSetReceiveFilter is NULL, must "
			"be set (InvalidSetReceiveFilterCallBack)",
			STATUS_INVALID_PARAMETER, receive_filter<[](FilterCaps &c) {
				c.EvtSetReceiveFilter = nullptr;
			}>}));

using Layer3 = NET_ADAPTER_OFFLOAD_LAYER3_FLAGS;
using Layer4 = NET_ADAPTER_OFFLOAD_LAYER4_FLAGS;
using TxChecksum = NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES;
using RxChecksum = NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES;
using Gso = NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES;

template <auto spoil>
void tx_checksum(NETADAPTER adapter)
{
	TxChecksum caps;

	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(&caps, static_cast<Layer3>(0xf),
							  [](NETADAPTER, NETOFFLOAD) {});
	caps.Layer4Flags = static_cast<Layer4>(0x7);
	spoil(caps);
	NetAdapterOffloadSetTxChecksumCapabilities(adapter, &caps);
}

INSTANTIATE_TEST_SUITE_P(
	TxChecksum, CoreBadDeclaration,
	::testing::Values(
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Size is 25, must be 24",
			STATUS_INFO_LENGTH_MISMATCH, tx_checksum<[](TxChecksum &c) {
				c.Size++;
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer3Flags is 0x10, must be "
			"flags of 0xf (InvalidTxChecksumCapabilities)",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer3Flags = static_cast<Layer3>(0x10);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer4Flags is 0x8, must be "
			"flags of 0x7",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer4Flags = static_cast<Layer4>(0x8);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer3Flags is 0x2, must "
			"have IPv4NoOptions with IPv4WithOptions",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer3Flags = static_cast<Layer3>(0x2);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer3Flags is 0x9, must "
			"have IPv6NoExtensions with IPv6WithExtensions",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer3Flags = static_cast<Layer3>(0x9);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer4Flags is 0x6, must "
			"have TcpNoOptions with TcpWithOptions",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer4Flags = static_cast<Layer4>(0x6);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer3Flags is 0x0, must "
			"have a flag (InvalidTxChecksumHardwareCapabilities)",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer3Flags = static_cast<Layer3>(0);
				c.Layer4Flags = static_cast<Layer4>(0);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer3Flags is 0x0, must "
			"have a flag (InvalidTxChecksumLayer4Capabilities)",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer3Flags = static_cast<Layer3>(0);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES.Layer4Flags is 0x0, must "
			"have a flag with Layer3Flags of IPv6 only (InvalidTxChecksumIPv6Flags)",
			STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				c.Layer3Flags = static_cast<Layer3>(0x4);
				c.Layer4Flags = static_cast<Layer4>(0);
			}>},
		BadDeclaration{"NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES."
			       "EvtAdapterOffloadSetTxChecksum "
			       "is NULL",
			       STATUS_INVALID_PARAMETER, tx_checksum<[](TxChecksum &c) {
				       c.EvtAdapterOffloadSetTxChecksum = nullptr;
			       }>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES.Size is 17, must be 16",
			STATUS_INFO_LENGTH_MISMATCH,
			[](NETADAPTER a) {
				RxChecksum c;

				NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(
					&c, [](NETADAPTER, NETOFFLOAD) {});
				c.Size++;
				NetAdapterOffloadSetRxChecksumCapabilities(a, &c);
			}},
		BadDeclaration{"NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES."
			       "EvtAdapterOffloadSetRxChecksum "
			       "is NULL",
			       STATUS_INVALID_PARAMETER, [](NETADAPTER a) {
				       RxChecksum c;

				       NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(&c,
											 nullptr);
				       NetAdapterOffloadSetRxChecksumCapabilities(a, &c);
			       }}));

template <auto spoil>
void gso(NETADAPTER adapter)
{
	Gso caps;

	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(&caps, static_cast<Layer3>(0x5),
						  static_cast<Layer4>(0x1), 65536, 2,
						  [](NETADAPTER, NETOFFLOAD) {});
	spoil(caps);
	NetAdapterOffloadSetGsoCapabilities(adapter, &caps);
}

INSTANTIATE_TEST_SUITE_P(
	Gso, CoreBadDeclaration,
	::testing::Values(
		BadDeclaration{"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES.Size is 41, must be 40",
			       STATUS_INFO_LENGTH_MISMATCH, gso<[](Gso &c) {
				       c.Size++;
			       }>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES.MaximumOffloadSize is 0, must be at "
			"least 1 (InvalidGsoCapabilities)",
			STATUS_INVALID_PARAMETER, gso<[](Gso &c) {
				c.MaximumOffloadSize = 0;
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES.MinimumSegmentCount is 0, must be",
			STATUS_INVALID_PARAMETER, gso<[](Gso &c) {
				c.MinimumSegmentCount = 0;
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES.Layer3Flags is 0x0, must have a flag "
			"(InvalidGsoHardwareCapabilities)",
			STATUS_INVALID_PARAMETER, gso<[](Gso &c) {
				c.Layer3Flags = static_cast<Layer3>(0);
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES.Layer4Flags is 0x0, must have a flag",
			STATUS_INVALID_PARAMETER, gso<[](Gso &c) {
				c.Layer4Flags = static_cast<Layer4>(0);
			}>},
		BadDeclaration{"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES.Layer4Flags is 0x2, must have "
			       "TcpNoOptions with TcpWithOptions",
			       STATUS_INVALID_PARAMETER, gso<[](Gso &c) {
				       c.Layer4Flags = static_cast<Layer4>(2);
			       }>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES.EvtAdapterOffloadSetGso is NULL",
			STATUS_INVALID_PARAMETER, gso<[](Gso &c) {
				c.EvtAdapterOffloadSetGso = nullptr;
			}>},
		BadDeclaration{
			"NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES.Size is 4, must be 8",
			STATUS_INFO_LENGTH_MISMATCH,
			[](NETADAPTER a) {
				NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES c = {
					4, NetAdapterOffloadIeee8021VlanTaggingFlag};

				NetAdapterOffloadSetIeee8021qTagCapabilities(a, &c);
			}},
		BadDeclaration{"NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES.Flags is 0x4, must "
			       "be flags "
			       "of 0x3",
			       STATUS_INVALID_PARAMETER, [](NETADAPTER a) {
				       NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES c;

				       NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES_INIT(
					       &c,
					       static_cast<NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_FLAGS>(
						       4));
				       NetAdapterOffloadSetIeee8021qTagCapabilities(a, &c);
			       }}));

/* ---- what the extensions of ours refuse, they refuse at once ---- */

TEST_F(CoreCapabilities, OurOwnDeclarationsSayAtOnceWhatIsWrong)
{
	client.declare = [&](NETADAPTER adapter) {
		static const char *const names[] = {"good", "a name of thirty-two letters ......"};
		netcx_interrupt_moderation_capabilities moderation = {};
		netcx_statistics_config statistics = {};

		EXPECT_EQ(netcx_adapter_set_interrupt_moderation(adapter, nullptr),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(netcx_adapter_set_interrupt_moderation(adapter, &moderation),
			  STATUS_INFO_LENGTH_MISMATCH);
		moderation.Size = sizeof(moderation);
		EXPECT_EQ(netcx_adapter_set_interrupt_moderation(adapter, &moderation),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("netcx_interrupt_moderation_capabilities.Set is NULL"), 1u);
		moderation.Set = [](NETADAPTER, const netcx_interrupt_moderation *) {
			return STATUS_SUCCESS;
		};
		moderation.Initial.RxMicroseconds = 1;
		EXPECT_EQ(netcx_adapter_set_interrupt_moderation(adapter, &moderation),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("Initial.RxMicroseconds is 1, must be at most 0"), 1u);
		moderation.MaximumRxMicroseconds = 1;
		moderation.RxTxShared = TRUE;
		EXPECT_EQ(netcx_adapter_set_interrupt_moderation(adapter, &moderation),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("Initial.TxMicroseconds is 0, must be the 1"), 1u);

		EXPECT_EQ(netcx_adapter_set_statistics(adapter, &statistics),
			  STATUS_INFO_LENGTH_MISMATCH);
		statistics.Size = sizeof(statistics);
		EXPECT_EQ(netcx_adapter_set_statistics(adapter, &statistics),
			  STATUS_INVALID_PARAMETER);
		statistics.Read = [](NETADAPTER, UINT64 *) {
		};
		statistics.Names = names;
		EXPECT_EQ(netcx_adapter_set_statistics(adapter, &statistics),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("netcx_statistics_config.Count is 0"), 1u);
		statistics.Count = 2;
		EXPECT_EQ(netcx_adapter_set_statistics(adapter, &statistics),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("netcx_statistics_config.Names[1] must have 1 to 31"), 1u);
		EXPECT_EQ(netcx_adapter_set_address_callback(adapter, nullptr),
			  STATUS_INVALID_PARAMETER);
		EXPECT_EQ(netcx_adapter_set_address_callback(nullptr, nullptr),
			  STATUS_INVALID_HANDLE);
	};
	EXPECT_EQ(start(), 0);
}

/* Every field of what says which counter is what, and the form of it that has no such fields. */
TEST_F(CoreCapabilities, MeaningsOfStatisticsAreChecked)
{
	client.declare = [&](NETADAPTER adapter) {
		static const char *const names[] = {"one", "two"};
		const netcx_frame_sizes sizes[] = {{0, 64}, {65, 127}};
		const netcx_frame_sizes touching[] = {{0, 64}, {64, 127}};
		const netcx_frame_sizes backwards[] = {{64, 63}};
		const netcx_frame_sizes nothing[] = {{0, 0}};
		const netcx_statistic_meaning good[] = {
			{0, netcx_statistic_link_rx_missed_errors, 0},
			{0, netcx_statistic_link_rx_errors, 0},
			{1, netcx_statistic_rmon_tx_histogram, 1},
		};
		const netcx_statistic_meaning no_counter = {2, netcx_statistic_link_collisions, 0};
		const netcx_statistic_meaning no_statistic = {0, netcx_statistic_end, 0};
		const netcx_statistic_meaning no_range = {0, netcx_statistic_rmon_rx_histogram, 2};
		const netcx_statistic_meaning no_histogram = {0, netcx_statistic_link_collisions,
							      1};
		netcx_statistics_config config = {};
		auto set = [&] {
			return netcx_adapter_set_statistics(adapter, &config);
		};
		auto set_meaning = [&](const netcx_statistic_meaning &meaning) {
			config.Meanings = &meaning;
			config.MeaningCount = 1;
			return set();
		};
		auto set_sizes = [&](const netcx_frame_sizes *list, UINT32 count) {
			config.FrameSizes = list;
			config.FrameSizesCount = count;
			return set();
		};

		config.Size = sizeof(config);
		config.Names = names;
		config.Count = 2;
		config.Read = [](NETADAPTER, UINT64 *) {
		};
		EXPECT_EQ(set(), STATUS_SUCCESS);
		EXPECT_EQ(set_sizes(nullptr, 1), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(set_sizes(sizes, NETCX_FRAME_SIZES_MAX + 1), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("FrameSizesCount is 11, must be at most 10"), 1u);
		EXPECT_EQ(set_sizes(touching, 2), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("FrameSizes[1] is 64 to 127, must be in ascending"), 1u);
		EXPECT_EQ(set_sizes(backwards, 1), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(set_sizes(nothing, 1), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(set_sizes(sizes, 2), STATUS_SUCCESS);
		EXPECT_EQ(set_meaning(no_counter), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("Meanings[0].Counter is 2, must be below Count, 2"), 1u);
		EXPECT_EQ(set_meaning(no_statistic), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(set_meaning(no_range), STATUS_INVALID_PARAMETER);
		EXPECT_EQ(os.lines_with("Meanings[0].Sizes is 2, must be below 2"), 1u);
		EXPECT_EQ(set_meaning(no_histogram), STATUS_INVALID_PARAMETER);
		config.Meanings = nullptr;
		EXPECT_EQ(set(), STATUS_INVALID_PARAMETER);
		config.Meanings = good;
		config.MeaningCount = 3;
		EXPECT_EQ(set(), STATUS_SUCCESS);

		/* What it points to is left over from above, and not looked at. */
		config.Meanings = &no_counter;
		config.Size = offsetof(netcx_statistics_config, Meanings);
		EXPECT_EQ(set(), STATUS_SUCCESS);
	};
	EXPECT_EQ(start(), 0);
	EXPECT_EQ(interface()->adapter->statistics.Count, 2u);
	EXPECT_EQ(interface()->adapter->statistics.MeaningCount, 0u);
	EXPECT_EQ(interface()->adapter->statistics.Meanings, nullptr);
}

} // namespace
