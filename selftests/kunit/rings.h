/* SPDX-License-Identifier: GPL-2.0-only */
/* Rings for the tests, made as netcx.ko makes them. */
#ifndef NETCX_KUNIT_RINGS_H
#define NETCX_KUNIT_RINGS_H

#include <kunit/test.h>

#include <netcx/netringiterator.h>

/* The elements of a usual queue, with extensions; no powers of two. */
#define NETCX_KUNIT_PACKET_STRIDE	20
#define NETCX_KUNIT_FRAGMENT_STRIDE	24

/* Zeroed, aligned to a cache line; freed after the test. @elements is a power of two. */
NET_RING *netcx_kunit_ring(struct kunit *test, u32 elements, u16 stride);

/* A packet ring and a fragment ring of the same size. */
void netcx_kunit_rings(struct kunit *test, NET_RING_COLLECTION *rings, u32 elements);

#endif /* NETCX_KUNIT_RINGS_H */
