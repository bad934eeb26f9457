/* SPDX-License-Identifier: GPL-2.0-only */
/* Elements of the rings, as the paths of packets write and count them. */
#ifndef NETCX_LINUX_RING_H
#define NETCX_LINUX_RING_H

#include <linux/compiler.h>
#include <linux/string.h>
#include <linux/types.h>

#include <netcx/net/ring.h>
#include <netcx/net/packet.h>
#include <netcx/net/fragment.h>

#include "../os/compat.h"

/* Elements of a ring between two indices. */
static inline u32 netcx_ring_distance(const NET_RING *ring, u32 from, u32 to)
{
	return (to - from) & ring->ElementIndexMask;
}

static inline void *netcx_extension(void *element, u16 offset)
{
	return (u8 *)element + offset;
}

/*
 * Writes a packet element and clears its extensions, which end @size bytes behind its begin. They
 * are small, so stores beat a call of memset().
 */
static inline void netcx_packet_write(NET_PACKET *element, u32 size, const NET_PACKET *packet)
{
	void *word = element + 1;
	const void *end = (void *)element + size;

	*element = *packet;
	for (; word + sizeof(u64) <= end; word += sizeof(u64)) {
		/* Or the compiler makes a memset() of it. */
		OPTIMIZER_HIDE_VAR(word);
		put_unaligned(0ULL, (u64 *)word);
	}
	if (word < end)
		*(u32 *)word = 0;
}

/* A fragment in one store: bits 0..25 ValidLength, 26..51 Capacity, the rest clear. */
static inline void netcx_fragment_write(NET_FRAGMENT *fragment, u32 length, u32 capacity)
{
	*(u64 *)fragment = (u64)length | (u64)capacity << 26;
}

/*
 * Copies a small packet in whole blocks, which is much cheaper than by the byte; so both buffers
 * have to reach to a multiple of NETCX_COPY_BLOCK behind their begin. Any alignment.
 */
#define NETCX_COPY_BLOCK	64

static inline void netcx_copy_small(void *to, const void *from, u32 length)
{
	u32 i = 0;

	do {
		memcpy(to + i, from + i, NETCX_COPY_BLOCK);
		i += NETCX_COPY_BLOCK;
	} while (unlikely(i < length));
}

#endif /* NETCX_LINUX_RING_H */
