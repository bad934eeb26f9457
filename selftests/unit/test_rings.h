/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The rings of one queue for a test. The memory is laid out from the numbers of the documentation,
 * not with the structs under test, so that the two check each other.
 */
#ifndef NETCX_UNIT_TEST_RINGS_H
#define NETCX_UNIT_TEST_RINGS_H

#include <netcx/net/ring.h>
#include <netcx/net/ringcollection.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>

namespace unit
{

constexpr size_t ring_header_bytes = 64;
constexpr size_t ring_alignment = 64;

/* One ring, all zero but for its geometry. */
class TestRing
{
public:
	TestRing(uint32_t elements, uint16_t stride) : elements_(elements), stride_(stride)
	{
		size_t bytes = ring_header_bytes + size_t(elements) * stride;

		bytes = (bytes + 2 * ring_alignment - 1) / ring_alignment * ring_alignment;
		memory_ = static_cast<unsigned char *>(
			::operator new(bytes, std::align_val_t(ring_alignment)));
		memset(memory_, 0, bytes);
		memcpy(memory_ + 2, &stride, sizeof(stride));
		memcpy(memory_ + 4, &elements, sizeof(elements));
		elements--;
		memcpy(memory_ + 8, &elements, sizeof(elements));
	}

	~TestRing() { ::operator delete(memory_, std::align_val_t(ring_alignment)); }

	TestRing(const TestRing &) = delete;
	TestRing &operator=(const TestRing &) = delete;

	NET_RING *Get() const { return reinterpret_cast<NET_RING *>(memory_); }

	unsigned char *Element(uint32_t index) const
	{
		return memory_ + ring_header_bytes + size_t(index) * stride_;
	}

	uint32_t Elements() const { return elements_; }

	uint16_t Stride() const { return stride_; }

	uint32_t Begin() const { return Word(48); }

	uint32_t Next() const { return Word(52); }

	uint32_t End() const { return Word(12); }

	void Set(uint32_t begin, uint32_t next, uint32_t end)
	{
		memcpy(memory_ + 48, &begin, sizeof(begin));
		memcpy(memory_ + 52, &next, sizeof(next));
		memcpy(memory_ + 12, &end, sizeof(end));
	}

private:
	uint32_t Word(size_t offset) const
	{
		uint32_t word;

		memcpy(&word, memory_ + offset, sizeof(word));
		return word;
	}

	unsigned char *memory_;
	uint32_t elements_;
	uint16_t stride_;
};

/* A packet and a fragment ring of the same size, with strides as a queue with offloads has them. */
class TestRings
{
public:
	static constexpr uint16_t packet_stride = 36;
	static constexpr uint16_t fragment_stride = 24;

	explicit TestRings(uint32_t elements)
		: packets(elements, packet_stride),
		  fragments(elements, fragment_stride), collection{{packets.Get(), fragments.Get(),
								    nullptr}}
	{
	}

	TestRing packets;
	TestRing fragments;
	NET_RING_COLLECTION collection;
};

} // namespace unit

#endif /* NETCX_UNIT_TEST_RINGS_H */
