/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Received frames that a receive queue has not taken yet: records in a ring of bytes, each
 * contiguous. The other device writes them under the wire's lock. One thread reads them; it holds
 * the lock only to get the write position and to free records.
 */
#ifndef SIM_FIFO_H
#define SIM_FIFO_H

#include <wdf.h>

namespace sim
{

/* Header of a record, in front of the frame's bytes. */
struct FrameRecord {
	/* Of the whole record, rounded up to units. */
	UINT32 size;
	/* Of the frame; 0: no frame, the next record is at the beginning of the ring. */
	UINT32 length;
	UINT32 hash;
	/* NET_PACKET_HASH_PROTOCOL_TYPE; 0: the frame has no hash. */
	UINT16 hash_type;
	UINT16 tag;
	bool tagged;

	const UINT8 *bytes() const { return reinterpret_cast<const UINT8 *>(this + 1); }
	UINT8 *bytes() { return reinterpret_cast<UINT8 *>(this + 1); }
};

class Fifo
{
public:
	NTSTATUS initialize(WDFOBJECT parent);

	/* ---- under the wire's lock ---- */

	void clear();
	/* Space that a frame takes at most. */
	static UINT32 space_for(UINT32 length);
	/* False if frames of that space in all never fit into the ring. */
	static bool can_ever_hold(UINT32 space);
	/*
	 * True if there is room for frames of that space, including what is lost at the ring's end.
	 */
	bool has_room(UINT32 space) const;
	/*
	 * The record for the next frame, for which has_room() was true. Write its bytes, then
	 * commit.
	 */
	FrameRecord *reserve(UINT32 length);
	void commit(const FrameRecord *record);
	UINT32 write_position() const { return tail; }
	UINT32 read_position() const { return head; }
	void free_to(UINT32 position) { head = position; }

	/* ---- by the one who takes out ---- */

	/* The next frame from @position on, which is advanced past a wrap; NULL at @end. */
	const FrameRecord *at(UINT32 *position, UINT32 end) const;
	/* The position after that frame. */
	UINT32 behind(UINT32 position, const FrameRecord *record) const
	{
		return position + record->size;
	}

private:
	FrameRecord *record_at(UINT32 position) const;

	UINT8 *memory;
	/* Positions count all bytes ever written, modulo 2^32. */
	UINT32 head;
	UINT32 tail;
};

} /* namespace sim */

#endif /* SIM_FIFO_H */
