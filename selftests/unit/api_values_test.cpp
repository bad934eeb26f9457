// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The constants of the public headers have the values that Windows gives them, and its types their
// widths: what no other test would notice, since whoever sets a value and whoever looks at it have it
// from the same header. Values: MS-ERREF 2.3.1 for NTSTATUS, else the page of each enumeration.

#include <gtest/gtest.h>

#include <netcx/evntrace.h>
#include <netcx/net/checksum.h>
#include <netcx/net/ieee8021q.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/net/mdl.h>
#include <netcx/net/packethash.h>
#include <netcx/net/returncontext.h>
#include <netcx/net/rsc.h>
#include <netcx/netadaptercx.h>
#include <netcx/netiodef.h>
#include <netcx/ntintsafe.h>

namespace
{

struct Constant {
	const char *name;
	unsigned long long value;
	unsigned long long expected;
};

/* Negative ones, as NTSTATUS values are, as 32 bits. */
template <class Value>
constexpr unsigned long long bits(Value value)
{
	return sizeof(value) > 4 ? static_cast<unsigned long long>(value)
				 : static_cast<unsigned int>(value);
}

#define NAMED(constant, expected)                   \
	{                                           \
#constant, bits(constant), expected \
	}

const Constant constants[] = {
	/* evntrace.h */
	NAMED(TRACE_LEVEL_NONE, 0),
	NAMED(TRACE_LEVEL_CRITICAL, 1),
	NAMED(TRACE_LEVEL_FATAL, 1),
	NAMED(TRACE_LEVEL_ERROR, 2),
	NAMED(TRACE_LEVEL_WARNING, 3),
	NAMED(TRACE_LEVEL_INFORMATION, 4),
	NAMED(TRACE_LEVEL_VERBOSE, 5),
	/* ifdef.h */
	NAMED(MediaDuplexStateUnknown, 0),
	NAMED(MediaDuplexStateHalf, 1),
	/* net/logicaladdresstypes.h */
	NAMED(NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_VERSION_1, 1),
	/* net/mdltypes.h */
	NAMED(NET_FRAGMENT_EXTENSION_MDL_VERSION_1, 1),
	/* net/packet.h */
	NAMED(NET_PACKET_LAYER2_TYPE_UNSPECIFIED, 0),
	NAMED(NET_PACKET_LAYER2_TYPE_NULL, 1),
	NAMED(NET_PACKET_LAYER2_TYPE_ETHERNET, 2),
	NAMED(NET_PACKET_LAYER3_TYPE_UNSPECIFIED, 0),
	NAMED(NET_PACKET_LAYER3_TYPE_IPV4_UNSPECIFIED_OPTIONS, 1),
	NAMED(NET_PACKET_LAYER3_TYPE_IPV4_WITH_OPTIONS, 2),
	NAMED(NET_PACKET_LAYER3_TYPE_IPV6_UNSPECIFIED_EXTENSIONS, 4),
	NAMED(NET_PACKET_LAYER3_TYPE_IPV6_WITH_EXTENSIONS, 5),
	NAMED(NET_PACKET_LAYER3_TYPE_IPV6_NO_EXTENSIONS, 6),
	NAMED(NET_PACKET_LAYER4_TYPE_UNSPECIFIED, 0),
	NAMED(NET_PACKET_LAYER4_TYPE_TCP, 1),
	NAMED(NET_PACKET_LAYER4_TYPE_UDP, 2),
	NAMED(NET_PACKET_LAYER4_TYPE_IP_FRAGMENT, 3),
	NAMED(NET_PACKET_LAYER4_TYPE_IP_NOT_FRAGMENT, 4),
	/* net/packethashtypes.h */
	NAMED(NET_PACKET_EXTENSION_HASH_VERSION_1, 1),
	/* net/returncontexttypes.h */
	NAMED(NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_1, 1),
	/* net/rsctypes.h */
	NAMED(NET_PACKET_EXTENSION_RSC_VERSION_1_SIZE, 4),
	/* netadapter/datapath.h */
	NAMED(NET_ADAPTER_FRAGMENT_DEFAULT_ALIGNMENT, 1),
	/* netadapter/link.h */
	NAMED(NET_ADAPTER_LINK_SPEED_UNKNOWN, 0xffffffffffffffff),
	NAMED(NetAdapterPauseFunctionTypeUnsupported, 0),
	NAMED(NetAdapterPauseFunctionTypeSendOnly, 1),
	/* netadapter/wake.h */
	NAMED(NetAdapterWakeFilterPatternId, 0xfffc),
	NAMED(NetAdapterWakeEapolPatternId, 0xfffd),
	NAMED(NetAdapterWakeMagicPatternId, 0xfffe),
	/* netiodef.h */
	NAMED(ETHERNET_TYPE_MINIMUM, 0x600),
	NAMED(ETHERNET_TYPE_IPV4, 0x800),
	NAMED(ETHERNET_TYPE_ARP, 0x806),
	NAMED(ETHERNET_TYPE_802_1Q, 0x8100),
	NAMED(ETHERNET_TYPE_IPV6, 0x86dd),
	/* netpoweroffload.h */
	NAMED(NetPowerOffloadTypeNS, 2),
	/* netreceivescaling.h */
	NAMED(NetAdapterReceiveScalingProtocolTypeNone, 0),
	NAMED(NetAdapterReceiveScalingEncapsulationTypeNone, 0),
	/* netwakesource.h */
	NAMED(NetWakeSourceTypeMediaChange, 3),
	/* ntddk.h */
	NAMED(APC_LEVEL, 1),
	NAMED(DEVICE_LEVEL, 3),
	NAMED(UserMode, 1),
	NAMED(MaximumMode, 2),
	NAMED(NonPagedPool, 0),
	NAMED(NonPagedPoolExecute, 0),
	NAMED(PagedPool, 1),
	NAMED(FILE_BYTE_ALIGNMENT, 0x0),
	NAMED(FILE_WORD_ALIGNMENT, 0x1),
	NAMED(FILE_LONG_ALIGNMENT, 0x3),
	NAMED(FILE_QUAD_ALIGNMENT, 0x7),
	NAMED(FILE_OCTA_ALIGNMENT, 0xf),
	NAMED(FILE_32_BYTE_ALIGNMENT, 0x1f),
	NAMED(FILE_64_BYTE_ALIGNMENT, 0x3f),
	NAMED(FILE_512_BYTE_ALIGNMENT, 0x1ff),
	NAMED(MM_ANY_NODE_OK, 0x80000000),
	NAMED(PowerDeviceUnspecified, 0),
	NAMED(PowerDeviceD0, 1),
	NAMED(PowerDeviceD1, 2),
	NAMED(PowerDeviceD2, 3),
	NAMED(PowerDeviceMaximum, 5),
	NAMED(BusRelations, 0),
	NAMED(EjectionRelations, 1),
	NAMED(PowerRelations, 2),
	NAMED(RemovalRelations, 3),
	NAMED(TargetDeviceRelation, 4),
	NAMED(SingleBusRelations, 5),
	NAMED(TransportRelations, 6),
	NAMED(CmResourceTypeNull, 0),
	NAMED(CmResourceTypePort, 1),
	NAMED(CmResourceTypeDma, 4),
	NAMED(CmResourceTypeDeviceSpecific, 5),
	NAMED(CmResourceTypeBusNumber, 6),
	NAMED(CmResourceTypeMemoryLarge, 7),
	NAMED(CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE, 0x0),
	NAMED(CM_RESOURCE_MEMORY_READ_WRITE, 0x0),
	NAMED(CM_RESOURCE_MEMORY_READ_ONLY, 0x1),
	NAMED(CM_RESOURCE_MEMORY_WRITE_ONLY, 0x2),
	NAMED(CM_RESOURCE_MEMORY_PREFETCHABLE, 0x4),
	NAMED(CM_RESOURCE_PORT_MEMORY, 0x0),
	NAMED(CM_RESOURCE_PORT_IO, 0x1),
	NAMED(CmResourceShareUndetermined, 0),
	NAMED(CmResourceShareDeviceExclusive, 1),
	NAMED(CmResourceShareDriverExclusive, 2),
	NAMED(CmResourceShareShared, 3),
	NAMED(DPFLTR_DEFAULT_ID, 101),
	NAMED(DPFLTR_IHVDRIVER_ID, 77),
	NAMED(DPFLTR_WARNING_LEVEL, 1),
	NAMED(DPFLTR_TRACE_LEVEL, 2),
	/* ntddndis.h */
	NAMED(NDIS_STATUS_SUCCESS, 0x0),
	NAMED(NDIS_STATUS_FAILURE, 0xc0000001),
	NAMED(NDIS_STATUS_RESOURCES, 0xc000009a),
	NAMED(NDIS_STATUS_NOT_SUPPORTED, 0xc00000bb),
	NAMED(NDIS_STATUS_BUFFER_TOO_SHORT, 0xc0010016),
	NAMED(NDIS_STATUS_REQUEST_ABORTED, 0xc001000c),
	NAMED(NDIS_ERROR_CODE_RESOURCE_CONFLICT, 0xc0001388),
	NAMED(NDIS_LINK_SPEED_UNKNOWN, 0xffffffffffffffff),
	NAMED(NDIS_MAX_PHYS_ADDRESS_LENGTH, 32),
	NAMED(NDIS_RSS_INDIRECTION_TABLE_MAX_SIZE_REVISION_1, 128),
	NAMED(NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1, 40),
	NAMED(NDIS_OBJECT_TYPE_OFFLOAD, 167),
	NAMED(NDIS_OFFLOAD_REVISION_1, 1),
	NAMED(NDIS_OFFLOAD_REVISION_2, 2),
	NAMED(NDIS_OFFLOAD_REVISION_3, 3),
	NAMED(NDIS_OFFLOAD_REVISION_4, 4),
	NAMED(NDIS_OFFLOAD_REVISION_5, 5),
	NAMED(NDIS_OFFLOAD_NOT_SUPPORTED, 0),
	NAMED(NDIS_OFFLOAD_SUPPORTED, 1),
	NAMED(NDIS_ENCAPSULATION_NOT_SUPPORTED, 0x0),
	NAMED(NDIS_ENCAPSULATION_NULL, 0x1),
	NAMED(NDIS_ENCAPSULATION_IEEE_802_3, 0x2),
	NAMED(NDIS_ENCAPSULATION_IEEE_802_3_P_AND_Q, 0x4),
	NAMED(NDIS_ENCAPSULATION_IEEE_802_3_P_AND_Q_IN_OOB, 0x8),
	NAMED(NDIS_ENCAPSULATION_IEEE_LLC_SNAP_ROUTED, 0x10),
	NAMED(NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1, 112),
	/* ntdef.h */
	NAMED(ANYSIZE_ARRAY, 1),
	NAMED(MAXUCHAR, 255),
	NAMED(MAXUSHORT, 0xffff),
	NAMED(MAXLONG, 0x7fffffff),
	NAMED(MAXULONG, 0xffffffff),
	NAMED(MAXUINT16, 0xffff),
	NAMED(MAXUINT32, 0xffffffff),
	NAMED(MAXUINT64, 0xffffffffffffffff),
	NAMED(MAXULONG64, 0xffffffffffffffff),
	/* ntintsafe.h */
	NAMED(USHORT_MAX, 0xffff),
	/* ntstatus.h */
	NAMED(STATUS_NO_MORE_ENTRIES, 0x8000001a),
	NAMED(STATUS_NOT_IMPLEMENTED, 0xc0000002),
	NAMED(STATUS_NO_SUCH_DEVICE, 0xc000000e),
	NAMED(STATUS_INVALID_DEVICE_REQUEST, 0xc0000010),
	NAMED(STATUS_MORE_PROCESSING_REQUIRED, 0xc0000016),
	NAMED(STATUS_NO_MEMORY, 0xc0000017),
	NAMED(STATUS_ACCESS_DENIED, 0xc0000022),
	NAMED(STATUS_BUFFER_TOO_SMALL, 0xc0000023),
	NAMED(STATUS_DATA_ERROR, 0xc000003e),
	NAMED(STATUS_CRC_ERROR, 0xc000003f),
	NAMED(STATUS_REVISION_MISMATCH, 0xc0000059),
	NAMED(STATUS_RESOURCE_DATA_NOT_FOUND, 0xc0000089),
	NAMED(STATUS_ARRAY_BOUNDS_EXCEEDED, 0xc000008c),
	NAMED(STATUS_DEVICE_NOT_CONNECTED, 0xc000009d),
	NAMED(STATUS_DEVICE_POWER_FAILURE, 0xc000009e),
	NAMED(STATUS_DEVICE_NOT_READY, 0xc00000a3),
	NAMED(STATUS_DEVICE_DOES_NOT_EXIST, 0xc00000c0),
	NAMED(STATUS_ADAPTER_HARDWARE_ERROR, 0xc00000c2),
	NAMED(STATUS_INTERNAL_ERROR, 0xc00000e5),
	NAMED(STATUS_INVALID_PARAMETER_1, 0xc00000ef),
	NAMED(STATUS_INVALID_PARAMETER_2, 0xc00000f0),
	NAMED(STATUS_INVALID_PARAMETER_3, 0xc00000f1),
	NAMED(STATUS_INVALID_PARAMETER_4, 0xc00000f2),
	NAMED(STATUS_CANCELLED, 0xc0000120),
	NAMED(STATUS_INVALID_ADDRESS, 0xc0000141),
	NAMED(STATUS_DEVICE_CONFIGURATION_ERROR, 0xc0000182),
	NAMED(STATUS_IO_DEVICE_ERROR, 0xc0000185),
	NAMED(STATUS_DEVICE_PROTOCOL_ERROR, 0xc0000186),
	NAMED(STATUS_INVALID_BUFFER_SIZE, 0xc0000206),
	NAMED(STATUS_RETRY, 0xc000022d),
	NAMED(STATUS_NDIS_RESOURCE_CONFLICT, 0xc023001e),
	NAMED(STATUS_NDIS_UNSUPPORTED_MEDIA, 0xc0230019),
	NAMED(STATUS_NDIS_INVALID_ADDRESS, 0xc0230022),
	/* wdf/wdfdevice.h */
	NAMED(WdfPowerDeviceInvalid, 0),
	NAMED(WdfPowerDeviceD0, 1),
	NAMED(WdfPowerDeviceD1, 2),
	NAMED(WdfPowerDeviceD2, 3),
	NAMED(WdfPowerDevicePrepareForHibernation, 6),
	NAMED(WdfPowerDeviceMaximum, 7),
	NAMED(WdfSpecialFileUndefined, 0),
	NAMED(WdfSpecialFilePaging, 1),
	NAMED(WdfSpecialFileHibernation, 2),
	NAMED(WdfSpecialFileDump, 3),
	NAMED(WdfSpecialFileBoot, 4),
	NAMED(WdfSpecialFileMax, 5),
	NAMED(WdfDeviceFailedUndefined, 0),
	NAMED(WdfDeviceFailedNoRestart, 2),
	/* wdf/wdfdmaenabler.h */
	NAMED(WdfDmaProfileScatterGather, 2),
	NAMED(WdfDmaProfilePacket64, 3),
	NAMED(WdfDmaProfileScatterGatherDuplex, 5),
	NAMED(WdfDmaProfileScatterGather64Duplex, 6),
	NAMED(WdfDmaProfileSystemDuplex, 8),
	NAMED(WdfDmaDirectionReadFromDevice, 0),
	NAMED(WdfDmaDirectionWriteToDevice, 1),
	NAMED(WDF_DMA_ENABLER_CONFIG_NO_SGLIST_PREALLOCATION, 0x1),
	NAMED(WDF_DMA_ENABLER_CONFIG_REQUIRE_SINGLE_TRANSFER, 0x2),
	/* wdf/wdfdriver.h */
	NAMED(WdfDriverInitNonPnpDriver, 0x1),
	NAMED(WdfDriverInitNoDispatchOverride, 0x2),
	NAMED(WdfVerifyOn, 0x4),
	/* wdf/wdfinterrupt.h */
	NAMED(WdfInterruptPolarityUnknown, 0),
	NAMED(WdfInterruptActiveHigh, 1),
	NAMED(WdfInterruptActiveLow, 2),
	/* wdf/wdfobject.h */
	NAMED(WdfExecutionLevelInvalid, 0),
	NAMED(WdfExecutionLevelDispatch, 3),
	NAMED(WdfSynchronizationScopeInvalid, 0),
	NAMED(WdfSynchronizationScopeDevice, 2),
	NAMED(WdfSynchronizationScopeQueue, 3),
	NAMED(WdfSynchronizationScopeNone, 4),
	/* wdf/wdfpower.h */
	NAMED(IdleCapsInvalid, 0),
	NAMED(IdleCanWakeFromS0, 2),
	NAMED(IdleUserControlInvalid, 0),
	NAMED(IdleDoNotAllowUserControl, 1),
	NAMED(IdleAllowUserControl, 2),
	NAMED(DriverManagedIdleTimeout, 0),
	NAMED(SystemManagedIdleTimeout, 1),
	NAMED(SystemManagedIdleTimeoutWithHint, 2),
	NAMED(IdleTimeoutDefaultValue, 0),
	NAMED(WakeUserControlInvalid, 0),
	NAMED(WakeAllowUserControl, 2),
	/* wdf/wdftypes.h */
	NAMED(WdfTrue, 1),
	/* xfilter.h */
	NAMED(ETH_LENGTH_OF_HEADER, 14),
};

TEST(ApiValues, ConstantsAreAsOnWindows)
{
	for (const Constant &constant : constants)
		EXPECT_EQ(constant.value, constant.expected) << constant.name;
}

#define SIZED(type, expected)                   \
	{                                       \
#type, sizeof(type), (expected) \
	}

const Constant sizes[] = {
	/* netadapter/wake.h */
	SIZED(NET_ADAPTER_WAKE_PATTERN_ID, 4),
	/* netadaptercxtypes.h */
	SIZED(NET_EUI48_ADDRESS, 6),
	/* ntddk.h */
	SIZED(CM_SHARE_DISPOSITION, 4),
	/* ntddndis.h */
	SIZED(NDIS_STATUS, 4),
	SIZED(PNDIS_STATUS, 8),
	SIZED(NDIS_MEDIA_CONNECT_STATE, 4),
	SIZED(PNDIS_MEDIA_CONNECT_STATE, 8),
	SIZED(NDIS_MEDIA_DUPLEX_STATE, 4),
	SIZED(PNDIS_MEDIA_DUPLEX_STATE, 8),
	SIZED(NDIS_STRING, 16),
	SIZED(PNDIS_STRING, 8),
	SIZED(NDIS_OBJECT_HEADER, 4),
	SIZED(PNDIS_OBJECT_HEADER, 8),
	SIZED(NDIS_TCP_IP_CHECKSUM_OFFLOAD, 32),
	SIZED(PNDIS_TCP_IP_CHECKSUM_OFFLOAD, 8),
	SIZED(NDIS_TCP_LARGE_SEND_OFFLOAD_V1, 16),
	SIZED(PNDIS_TCP_LARGE_SEND_OFFLOAD_V1, 8),
	SIZED(NDIS_IPSEC_OFFLOAD_V1, 28),
	SIZED(PNDIS_IPSEC_OFFLOAD_V1, 8),
	SIZED(NDIS_TCP_LARGE_SEND_OFFLOAD_V2, 28),
	SIZED(PNDIS_TCP_LARGE_SEND_OFFLOAD_V2, 8),
	SIZED(NDIS_OFFLOAD, 112),
	SIZED(PNDIS_OFFLOAD, 8),
	/* ntdef.h */
	SIZED(PUCHAR, 8),
	SIZED(BYTE, 1),
	SIZED(PBYTE, 8),
	SIZED(SHORT, 2),
	SIZED(PSHORT, 8),
	SIZED(PUSHORT, 8),
	SIZED(WORD, 2),
	SIZED(PWORD, 8),
	SIZED(INT, 4),
	SIZED(PINT, 8),
	SIZED(BOOL, 4),
	SIZED(PBOOL, 8),
	SIZED(UINT, 4),
	SIZED(PUINT, 8),
	SIZED(PLONG, 8),
	SIZED(INT8, 1),
	SIZED(PINT8, 8),
	SIZED(INT16, 2),
	SIZED(PINT16, 8),
	SIZED(INT64, 8),
	SIZED(PINT64, 8),
	SIZED(PLONG64, 8),
	SIZED(SSIZE_T, 8),
	SIZED(PSSIZE_T, 8),
	SIZED(LONG_PTR, 8),
	SIZED(PLONG_PTR, 8),
	SIZED(INT_PTR, 8),
	SIZED(PCVOID, 8),
	SIZED(PSTR, 8),
	SIZED(ULARGE_INTEGER, 8),
	SIZED(PULARGE_INTEGER, 8),
	SIZED(LPCGUID, 8),
	/* wdf/wdfdmaenabler.h */
	SIZED(WDF_DMA_DIRECTION, 4),
	SIZED(WDF_DMA_ENABLER_CONFIG_FLAGS, 4),
	/* wdf/wdfdriver.h */
	SIZED(WDF_DRIVER_INIT_FLAGS, 4),
};

TEST(ApiValues, TypesAreAsWideAsOnWindows)
{
	for (const Constant &size : sizes)
		EXPECT_EQ(size.value, size.expected) << size.name;
}

} // namespace
