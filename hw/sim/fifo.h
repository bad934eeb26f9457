/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Frames on their way into a receive queue: records in a ring of bytes, each in one piece. Frames are
 * put in under the wire's lock. They are taken out by one thread, which holds the lock only to see
 * what there is and to free it.
 */
#ifndef SIM_FIFO_H
#define SIM_FIFO_H

#include <wdf.h>

namespace sim
{

/* What is in front of a frame's bytes. */
struct FrameRecord {
	/* Of the record, with what fills it up to whole units. */
	UINT32 size;
	/* Of the frame; 0: nothing, the ring goes on at its begin. */
	UINT32 length;
	UINT32 hash;
	/* NET_PACKET_HASH_PROTOCOL_TYPE; 0: no hash. */
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
	/* What a frame takes, at most. */
	static UINT32 space_for(UINT32 length);
	/* Of frames that are put in all at once. */
	static bool can_ever_hold(UINT32 space);
	/* Is there room for frames that take so much, wherever the ring's end is? */
	bool has_room(UINT32 space) const;
	/* Room for a frame that fits; after its bytes are written, commit. */
	FrameRecord *reserve(UINT32 length);
	void commit(const FrameRecord *record);
	UINT32 write_position() const { return tail; }
	UINT32 read_position() const { return head; }
	void free_to(UINT32 position) { head = position; }

	/* ---- by the one who takes out ---- */

	/* The frame at @position, with @end from write_position(); NULL: none. Skips what is no frame. */
	const FrameRecord *at(UINT32 *position, UINT32 end) const;
	/* What is behind that frame. */
	UINT32 behind(UINT32 position, const FrameRecord *record) const
	{
		return position + record->size;
	}

private:
	FrameRecord *record_at(UINT32 position) const;

	UINT8 *memory;
	/* Positions only grow, modulo 2^32. */
	UINT32 head;
	UINT32 tail;
};

} /* namespace sim */

#endif /* SIM_FIFO_H */
