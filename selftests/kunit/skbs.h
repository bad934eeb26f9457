/* SPDX-License-Identifier: GPL-2.0-only */
/* Socket buffers to send, and the bytes that they are filled with. */
#ifndef NETCX_KUNIT_SKBS_H
#define NETCX_KUNIT_SKBS_H

#include "interface.h"

/* Byte @offset of every test packet; its period is longer than any power of two. */
u8 netcx_kunit_byte(u32 offset);
void netcx_kunit_fill(void *data, u32 offset, u32 length);
/* Are these the bytes of a test packet from @offset on? */
bool netcx_kunit_matches(const void *data, u32 offset, u32 length);
/* Is the skb a whole test packet of @length bytes, @offset of them in front of its data? */
bool netcx_kunit_skb_matches(const struct sk_buff *skb, u32 offset, u32 length);

/*
 * A test packet of @head linear bytes and @frags pages with @frag_length bytes each, no two at the
 * same offset. Its end is counted in interface->freed.
 */
struct sk_buff *netcx_kunit_skb(struct netcx_kunit_interface *interface, u32 head,
				unsigned int frags, u32 frag_length);

struct netcx_kunit_segment {
	u16 protocol;		/* ETH_P_IP or ETH_P_IPV6 */
	u8 transport;		/* IPPROTO_TCP or IPPROTO_UDP */
	u32 options3;		/* bytes of IPv4 options or an IPv6 extension header; of 8 each */
	u32 options4;		/* bytes of TCP options */
	u32 payload;
	u16 mss;		/* not 0: to be segmented */
};

/* What TCP or UDP sends, headers and all, with the checksum left to the device. Linear. */
struct sk_buff *netcx_kunit_segment_skb(struct netcx_kunit_interface *interface,
					const struct netcx_kunit_segment *segment);

#endif /* NETCX_KUNIT_SKBS_H */
