// SPDX-License-Identifier: GPL-2.0-only OR MIT
// What a client pays to walk the rings: with the released iterators, with those of the 1809 preview,
// and with indices by hand. Each posts 32 packets the way a tx queue does, one descriptor a fragment,
// and drains them. The time of one iteration is that of one packet.

#include "../unit/test_rings.h"

#include <netcx/netringiterator.h>

#include <benchmark/benchmark.h>

namespace
{

constexpr uint32_t elements = 256;
constexpr uint32_t batch = 32;

struct Descriptor {
	uint64_t length;
};

class Queue
{
public:
	explicit Queue(uint32_t fragments_each)
	{
		for (uint32_t i = 0; i < elements; i++)
			Fragment(i)->ValidLength = 60;
		for (uint32_t i = 0; i < elements; i++) {
			NET_PACKET *packet = NetRingGetPacketAtIndex(Packets(), i);

			packet->FragmentIndex = i * fragments_each % elements;
			packet->FragmentCount = static_cast<UINT16>(fragments_each);
		}
		fragments_each_ = fragments_each;
	}

	// As the class extension does: everything of before is drained, a batch is new.
	void Refill()
	{
		NET_RING *pr = Packets();
		NET_RING *fr = Fragments();

		pr->EndIndex = NetRingAdvanceIndex(pr, pr->EndIndex, batch);
		fr->EndIndex = NetRingAdvanceIndex(fr, fr->EndIndex, batch * fragments_each_);
	}

	NET_RING *Packets() { return rings_.packets.Get(); }

	NET_RING *Fragments() { return rings_.fragments.Get(); }

	NET_FRAGMENT *Fragment(uint32_t index)
	{
		return NetRingGetFragmentAtIndex(Fragments(), index);
	}

	NET_RING_COLLECTION *Rings() { return &rings_.collection; }

	void Write(const NET_FRAGMENT *fragment)
	{
		descriptors_[tail_].length = fragment->ValidLength;
		tail_ = (tail_ + 1) & (elements - 1);
	}

private:
	unit::TestRings rings_{elements};
	Descriptor descriptors_[elements] = {};
	uint32_t tail_ = 0;
	uint32_t fragments_each_ = 1;
};

void Released(Queue &queue)
{
	NET_RING_PACKET_ITERATOR pi = NetRingGetPostPackets(queue.Rings());

	for (; NetPacketIteratorHasAny(&pi); NetPacketIteratorAdvance(&pi)) {
		NET_RING_FRAGMENT_ITERATOR fi = NetPacketIteratorGetFragments(&pi);

		if (NetPacketIteratorGetPacket(&pi)->Ignore)
			continue;
		for (; NetFragmentIteratorHasAny(&fi); NetFragmentIteratorAdvance(&fi))
			queue.Write(NetFragmentIteratorGetFragment(&fi));
	}
	NetPacketIteratorSet(&pi);

	NET_RING_PACKET_ITERATOR done = NetRingGetDrainPackets(queue.Rings());

	for (; NetPacketIteratorHasAny(&done); NetPacketIteratorAdvance(&done)) {
		NET_RING_FRAGMENT_ITERATOR fi = NetPacketIteratorGetFragments(&done);

		NetFragmentIteratorAdvanceToTheEnd(&fi);
		queue.Fragments()->BeginIndex = NetFragmentIteratorGetIndex(&fi);
	}
	NetPacketIteratorSet(&done);
}

void Preview(Queue &queue)
{
	NET_RING_PACKET_ITERATOR pi = NetRingGetTxPostPacketIterator(queue.Rings());

	for (; NetRingIteratorAny(pi); NetRingAdvancePacketIterator(&pi)) {
		NET_RING_FRAGMENT_ITERATOR fi = NetRingGetTxPostPacketFragmentIterator(&pi);

		if (NetRingIteratorGetPacket(&pi)->Ignore)
			continue;
		for (; NetRingIteratorAny(fi); NetRingAdvanceFragmentIterator(&fi))
			queue.Write(NetRingIteratorGetFragment(&fi));
	}
	NetRingSetTxPostPacketIterator(&pi);

	NET_RING_PACKET_ITERATOR done = NetRingGetTxDrainPacketIterator(queue.Rings());

	for (; NetRingIteratorAny(done); NetRingAdvancePacketIterator(&done)) {
		NET_RING_FRAGMENT_ITERATOR fi = NetRingGetTxDrainPacketFragmentIterator(&done);

		NetRingAdvanceEndFragmentIterator(&fi);
		NetRingSetTxDrainFragmentIterator(&fi);
	}
	NetRingSetTxDrainPacketIterator(&done);
}

void ByHand(Queue &queue)
{
	NET_RING *pr = queue.Packets();
	NET_RING *fr = queue.Fragments();
	uint32_t index;

	for (index = pr->NextIndex; index != pr->EndIndex;
	     index = (index + 1) & pr->ElementIndexMask) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, index);
		uint32_t fragment = packet->FragmentIndex;

		if (packet->Ignore)
			continue;
		for (uint32_t left = packet->FragmentCount; left; left--) {
			queue.Write(NetRingGetFragmentAtIndex(fr, fragment));
			fragment = (fragment + 1) & fr->ElementIndexMask;
		}
	}
	pr->NextIndex = index;

	for (index = pr->BeginIndex; index != pr->NextIndex;
	     index = (index + 1) & pr->ElementIndexMask) {
		const NET_PACKET *packet = NetRingGetPacketAtIndex(pr, index);

		fr->BeginIndex =
			(packet->FragmentIndex + packet->FragmentCount) & fr->ElementIndexMask;
	}
	pr->BeginIndex = index;
}

template <void Walk(Queue &)>
void BM_Walk(benchmark::State &state)
{
	Queue queue(static_cast<uint32_t>(state.range(0)));

	while (state.KeepRunningBatch(batch)) {
		queue.Refill();
		Walk(queue);
		benchmark::ClobberMemory();
	}
	if (queue.Packets()->BeginIndex != queue.Packets()->EndIndex ||
	    queue.Fragments()->BeginIndex != queue.Fragments()->EndIndex)
		state.SkipWithError("the rings are not drained");
}

BENCHMARK_TEMPLATE(BM_Walk, Released)->Name("iterators")->Arg(1)->Arg(4);
BENCHMARK_TEMPLATE(BM_Walk, Preview)->Name("preview_iterators")->Arg(1)->Arg(4);
BENCHMARK_TEMPLATE(BM_Walk, ByHand)->Name("by_hand")->Arg(1)->Arg(4);

} // namespace

BENCHMARK_MAIN();
