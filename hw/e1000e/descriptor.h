/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Descriptors that the 82574 reads and writes in memory. All little-endian.
 *
 * Facts: 82574 datasheet, "Extended Rx Descriptor" (RFCTL.EXTEN set, no packet split), "TCP/IP
 * Context Descriptor", "TCP/IP Data Descriptor".
 */
#ifndef E1000E_DESCRIPTOR_H
#define E1000E_DESCRIPTOR_H

#include "registers.h"

namespace e1000e
{

/* ---- receive ---- */

/*
 * Software writes the address and a zero; hardware overwrites both: the hash and its type
 * first, then what the driver wants to know, as one aligned quadword that can be read in one go.
 */
struct RxDescriptor {
	UINT64 address;
	UINT64 result;
};
static_assert(sizeof(RxDescriptor) == 16);

/* The quadword that hardware leaves in RxDescriptor::result. */
namespace rx_result
{
/* Low half: status (19:0) and errors (31:20). All but done are valid only with end_of_packet. */
inline constexpr UINT32 done = bit(0);
inline constexpr UINT32 end_of_packet = bit(1);
inline constexpr UINT32 ignore_checksum = bit(2);
/* VP: the frame had a VLAN tag that was taken out. */
inline constexpr UINT32 vlan_stripped = bit(3);
inline constexpr UINT32 udp_checksum = bit(4);
inline constexpr UINT32 tcp_checksum = bit(5);
inline constexpr UINT32 ip_checksum = bit(6);
/* CRC or alignment, symbol, sequence, carrier extension, rx data. */
inline constexpr UINT32 frame_error = bit(24) | bit(25) | bit(26) | bit(28) | bit(31);
inline constexpr UINT32 layer4_checksum_error = bit(29);
inline constexpr UINT32 ip_checksum_error = bit(30);

constexpr UINT32 status(UINT64 result)
{
	return static_cast<UINT32>(result);
}

/* Bytes in this descriptor's buffer. */
constexpr UINT32 length(UINT64 result)
{
	return Field<0, 16>::get(static_cast<UINT32>(result >> 32));
}

/* The tag control information, with vlan_stripped. */
constexpr UINT16 vlan_tag(UINT64 result)
{
	return static_cast<UINT16>(result >> 48);
}
} /* namespace rx_result */

/* The quadword that hardware leaves in RxDescriptor::address; valid only with end_of_packet. */
namespace rx_hash
{
/* What was hashed. */
enum Type : UINT32 {
	none = 0,
	ipv4_tcp = 1,
	ipv4 = 2,
	ipv6_tcp = 3,
	ipv6_extensions = 4,
	ipv6 = 5,
	type_count = 16,
};

constexpr UINT32 type(UINT64 hashed)
{
	return Field<0, 4>::get(static_cast<UINT32>(hashed));
}

constexpr UINT32 value(UINT64 hashed)
{
	return static_cast<UINT32>(hashed >> 32);
}
} /* namespace rx_hash */

/* ---- transmit ---- */

/* Describes bytes to be sent. */
struct TxDataDescriptor {
	UINT64 address;
	UINT32 command;
	/* Hardware sets bit 0 here when the descriptor was asked to report. */
	UINT32 status;
};
static_assert(sizeof(TxDataDescriptor) == 16);

/* Says where the headers of the data descriptors that follow are; sends nothing, never reports. */
struct TxContextDescriptor {
	UINT8 ip_start;
	UINT8 ip_checksum;
	UINT16 ip_end;
	UINT8 layer4_start;
	UINT8 layer4_checksum;
	/* 0: the end of the packet. */
	UINT16 layer4_end;
	UINT32 command;
	UINT8 status;
	UINT8 header_length;
	UINT16 mss;
};
static_assert(sizeof(TxContextDescriptor) == 16);

union TxDescriptor {
	TxDataDescriptor data;
	TxContextDescriptor context;
};
static_assert(sizeof(TxDescriptor) == 16);

/* TxDataDescriptor::command */
namespace tx_command
{
using Length = Field<0, 20>;
inline constexpr UINT32 type_data = bit(20);
inline constexpr UINT32 end_of_packet = bit(24);
inline constexpr UINT32 insert_crc = bit(25);
inline constexpr UINT32 segment = bit(26);
inline constexpr UINT32 report_status = bit(27);
inline constexpr UINT32 extension = bit(29);
/* VLE, with CTRL.VME. */
inline constexpr UINT32 insert_vlan = bit(30);
/* Of every data descriptor. */
inline constexpr UINT32 plain_data = extension | type_data | insert_crc;
} /* namespace tx_command */

/* TxDataDescriptor::status */
namespace tx_status
{
inline constexpr UINT32 done = bit(0);
inline constexpr UINT32 insert_ip_checksum = bit(8);
inline constexpr UINT32 insert_layer4_checksum = bit(9);
/* "Special": the tag control information, with insert_vlan. */
using VlanTag = Field<16, 16>;
} /* namespace tx_status */

/* TxContextDescriptor::command */
namespace tx_context_command
{
/* Only with segment: bytes behind the headers. */
using PayloadLength = Field<0, 20>;
inline constexpr UINT32 tcp = bit(24);
inline constexpr UINT32 ipv4 = bit(25);
inline constexpr UINT32 segment = bit(26);
inline constexpr UINT32 extension = bit(29);
} /* namespace tx_context_command */

} /* namespace e1000e */

#endif /* E1000E_DESCRIPTOR_H */
