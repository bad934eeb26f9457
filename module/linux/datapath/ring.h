/* SPDX-License-Identifier: GPL-2.0-only */
/* Writing and counting elements of rings. */
#ifndef NETCX_LINUX_RING_H
#define NETCX_LINUX_RING_H

#include <linux/compiler.h>
#include <linux/string.h>
#include <linux/types.h>

#include <netcx/net/ring.h>
#include <netcx/net/packet.h>
#include <netcx/net/fragment.h>

#include "../os/compat.h"

/* The number of elements in [from, to). */
static inline u32 netcx_ring_distance(const NET_RING *ring, u32 from, u32 to)
{
	return (to - from) & ring->ElementIndexMask;
}

static inline void *netcx_extension(void *element, u16 offset)
{
	return (u8 *)element + offset;
}

/*
 * Writes a packet element and clears its extensions, which end at offset @size. They are small, so
 * single stores are faster than memset().
 */
static inline void netcx_packet_write(NET_PACKET *element, u32 size, const NET_PACKET *packet)
{
	void *word = element + 1;
	const void *end = (void *)element + size;

	*element = *packet;
	for (; word + sizeof(u64) <= end; word += sizeof(u64)) {
		/* Keeps the compiler from turning the loop into a memset(). */
		OPTIMIZER_HIDE_VAR(word);
		put_unaligned(0ULL, (u64 *)word);
	}
	if (word < end)
		*(u32 *)word = 0;
}

/* One store: bits 0 to 25 are ValidLength, 26 to 51 Capacity, the rest is 0. */
static inline void netcx_fragment_write(NET_FRAGMENT *fragment, u32 length, u32 capacity)
{
	*(u64 *)fragment = (u64)length | (u64)capacity << 26;
}

/*
 * Copies a small packet in whole blocks, which is much cheaper than by bytes. So the size of both
 * buffers must be a multiple of NETCX_COPY_BLOCK. Any alignment.
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
