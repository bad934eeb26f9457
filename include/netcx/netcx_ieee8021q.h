/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The tag control information (TCI) of IEEE 802.1Q, clause 9.6, in one piece, as it is on the wire and
 * in most descriptors: priority (15:13), DEI (12), VLAN (11:0).
 *
 * NET_PACKET_IEEE8021Q has no field for the DEI bit. It takes the one that is left in the word of
 * the other two, where drivers that do not know of it find and leave a 0.
 */
#ifndef NETCX_IEEE8021Q_H
#define NETCX_IEEE8021Q_H

#include "net/ieee8021qtypes.h"

EXTERN_C_START

/*
 * The first word of the extension, from its lowest bit on, is: 3 bits of priority, 12 of VLAN, the DEI
 * bit. That is the TCI, rotated by 3.
 */

/**
 * netcx_ieee8021q_tci() - the tag as it is on the wire, in the host's byte order
 * @Tag: of a packet
 *
 * Context: any.
 * Return: the TCI: priority, DEI and VLAN.
 */
NETCX_ALWAYS_INLINE UINT16 netcx_ieee8021q_tci(_In_ NET_PACKET_IEEE8021Q const *Tag)
{
	UINT16 word;

	__builtin_memcpy(&word, Tag, sizeof(word));
	return (UINT16)(word >> 3 | word << 13);
}

/**
 * netcx_ieee8021q_set() - puts a tag into the extension
 * @Tag: of a packet
 * @Tci: the tag as it is on the wire, in the host's byte order
 * @TxTagging: see NET_PACKET_TX_IEEE8021Q_ACTION_FLAGS. On receive any of them says that there was
 *	a tag even if @Tci is 0, which else is the same as none.
 *
 * Context: any.
 */
NETCX_ALWAYS_INLINE void netcx_ieee8021q_set(_Inout_ NET_PACKET_IEEE8021Q *Tag, UINT16 Tci,
					     UINT8 TxTagging)
{
	const UINT16 word = (UINT16)(Tci << 3 | Tci >> 13);

	__builtin_memcpy(Tag, &word, sizeof(word));
	Tag->TxTagging = TxTagging & 3;
}

EXTERN_C_END

#endif /* NETCX_IEEE8021Q_H */
