/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* NDIS constants that NetAdapterCx interfaces refer to. */
#ifndef NETCX_NTDDNDIS_H
#define NETCX_NTDDNDIS_H

#include "ntddk.h"
#include "ifdef.h"

/* Results of NDIS calls: NTSTATUS values, and some of their own. */
typedef int NDIS_STATUS, *PNDIS_STATUS;
#define NDIS_STATUS_SUCCESS	     ((NDIS_STATUS)STATUS_SUCCESS)
#define NDIS_STATUS_FAILURE	     ((NDIS_STATUS)STATUS_UNSUCCESSFUL)
#define NDIS_STATUS_RESOURCES	     ((NDIS_STATUS)STATUS_INSUFFICIENT_RESOURCES)
#define NDIS_STATUS_NOT_SUPPORTED    ((NDIS_STATUS)STATUS_NOT_SUPPORTED)
#define NDIS_STATUS_BUFFER_TOO_SHORT ((NDIS_STATUS)0xC0010016)
#define NDIS_STATUS_REQUEST_ABORTED  ((NDIS_STATUS)0xC001000C)

/* Whether there is a link, by NDIS' name for it. */
typedef NET_IF_MEDIA_CONNECT_STATE NDIS_MEDIA_CONNECT_STATE, *PNDIS_MEDIA_CONNECT_STATE;
typedef NET_IF_MEDIA_DUPLEX_STATE NDIS_MEDIA_DUPLEX_STATE, *PNDIS_MEDIA_DUPLEX_STATE;

/* Codes of entries in Windows' event log. */
#define NDIS_ERROR_CODE_RESOURCE_CONFLICT 0xC0001388U

/* Names of configuration values, as constants: NDIS_STRING_CONST("*SpeedDuplex"). */
typedef UNICODE_STRING NDIS_STRING, *PNDIS_STRING;
#define NDIS_STRING_CONST(text) RTL_CONSTANT_STRING(L##text)

/* A link speed, in bits per second, that is not known. */
#define NDIS_LINK_SPEED_UNKNOWN ((ULONG64)0xffffffffffffffffULL)

/* Room for a link layer address, in bytes. */
#define NDIS_MAX_PHYS_ADDRESS_LENGTH 32

/* Receive scaling: entries of the indirection table at most, and bytes of the hash key. */
#define NDIS_RSS_INDIRECTION_TABLE_MAX_SIZE_REVISION_1 128
#define NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1   40

/* ---- offloads as NDIS describes them ---- */

/*
 * NetAdapterCx clients declare offloads with netadapteroffload.h; nothing of netcx.ko takes or gives
 * an NDIS_OFFLOAD. Sources that were NDIS miniports still fill one in, so it exists as far as they
 * do: up to Flags, where revision 1 ends. Page: "NDIS_OFFLOAD structure (ntddndis.h)".
 */
typedef struct _NDIS_OBJECT_HEADER {
	UCHAR Type;
	UCHAR Revision;
	USHORT Size;
} NDIS_OBJECT_HEADER, *PNDIS_OBJECT_HEADER;

#define NDIS_OBJECT_TYPE_OFFLOAD 0xa7

#define NDIS_OFFLOAD_REVISION_1 1
#define NDIS_OFFLOAD_REVISION_2 2
#define NDIS_OFFLOAD_REVISION_3 3
#define NDIS_OFFLOAD_REVISION_4 4
#define NDIS_OFFLOAD_REVISION_5 5

/* Two-bit fields of the structures below. */
#define NDIS_OFFLOAD_NOT_SUPPORTED 0
#define NDIS_OFFLOAD_SUPPORTED	   1

/* Encapsulation: flags. */
#define NDIS_ENCAPSULATION_NOT_SUPPORTED	     0x00000000
#define NDIS_ENCAPSULATION_NULL			     0x00000001
#define NDIS_ENCAPSULATION_IEEE_802_3		     0x00000002
#define NDIS_ENCAPSULATION_IEEE_802_3_P_AND_Q	     0x00000004
#define NDIS_ENCAPSULATION_IEEE_802_3_P_AND_Q_IN_OOB 0x00000008
#define NDIS_ENCAPSULATION_IEEE_LLC_SNAP_ROUTED	     0x00000010

typedef struct _NDIS_TCP_IP_CHECKSUM_OFFLOAD {
	struct {
		ULONG Encapsulation;
		ULONG IpOptionsSupported : 2;
		ULONG TcpOptionsSupported : 2;
		ULONG TcpChecksum : 2;
		ULONG UdpChecksum : 2;
		ULONG IpChecksum : 2;
	} IPv4Transmit, IPv4Receive;
	struct {
		ULONG Encapsulation;
		ULONG IpExtensionHeadersSupported : 2;
		ULONG TcpOptionsSupported : 2;
		ULONG TcpChecksum : 2;
		ULONG UdpChecksum : 2;
	} IPv6Transmit, IPv6Receive;
} NDIS_TCP_IP_CHECKSUM_OFFLOAD, *PNDIS_TCP_IP_CHECKSUM_OFFLOAD;

typedef struct _NDIS_TCP_LARGE_SEND_OFFLOAD_V1 {
	struct {
		ULONG Encapsulation;
		ULONG MaxOffLoadSize;
		ULONG MinSegmentCount;
		ULONG TcpOptions : 2;
		ULONG IpOptions : 2;
	} IPv4;
} NDIS_TCP_LARGE_SEND_OFFLOAD_V1, *PNDIS_TCP_LARGE_SEND_OFFLOAD_V1;

typedef struct _NDIS_IPSEC_OFFLOAD_V1 {
	struct {
		ULONG Encapsulation;
		ULONG AhEspCombined;
		ULONG TransportTunnelCombined;
		ULONG IPv4Options;
		ULONG Flags;
	} Supported;
	struct {
		ULONG Md5 : 2;
		ULONG Sha_1 : 2;
		ULONG Transport : 2;
		ULONG Tunnel : 2;
		ULONG Send : 2;
		ULONG Receive : 2;
	} IPv4AH;
	struct {
		ULONG Des : 2;
		ULONG Reserved : 2;
		ULONG TripleDes : 2;
		ULONG NullEsp : 2;
		ULONG Transport : 2;
		ULONG Tunnel : 2;
		ULONG Send : 2;
		ULONG Receive : 2;
	} IPv4ESP;
} NDIS_IPSEC_OFFLOAD_V1, *PNDIS_IPSEC_OFFLOAD_V1;

typedef struct _NDIS_TCP_LARGE_SEND_OFFLOAD_V2 {
	struct {
		ULONG Encapsulation;
		ULONG MaxOffLoadSize;
		ULONG MinSegmentCount;
	} IPv4;
	struct {
		ULONG Encapsulation;
		ULONG MaxOffLoadSize;
		ULONG MinSegmentCount;
		ULONG IpExtensionHeadersSupported : 2;
		ULONG TcpOptionsSupported : 2;
	} IPv6;
} NDIS_TCP_LARGE_SEND_OFFLOAD_V2, *PNDIS_TCP_LARGE_SEND_OFFLOAD_V2;

typedef struct _NDIS_OFFLOAD {
	NDIS_OBJECT_HEADER Header;
	NDIS_TCP_IP_CHECKSUM_OFFLOAD Checksum;
	NDIS_TCP_LARGE_SEND_OFFLOAD_V1 LsoV1;
	NDIS_IPSEC_OFFLOAD_V1 IPsecV1;
	NDIS_TCP_LARGE_SEND_OFFLOAD_V2 LsoV2;
	ULONG Flags;
} NDIS_OFFLOAD, *PNDIS_OFFLOAD;

#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_OFFLOAD, Flags)
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_2 NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_3 NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_4 NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1
#define NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_5 NDIS_SIZEOF_NDIS_OFFLOAD_REVISION_1

NETCX_STATIC_ASSERT(sizeof(NDIS_OFFLOAD) == 112, "NDIS_OFFLOAD of revision 1");

#endif /* NETCX_NTDDNDIS_H */
