/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive segment coalescing: frames that wait one behind the other and are segments of one TCP
 * stream, without a gap, become one frame. Its checksum is not that of its bytes.
 */
#ifndef SIM_COALESCING_H
#define SIM_COALESCING_H

#include "fifo.h"
#include "headers.h"

namespace sim
{

/* What the stack wants coalesced. */
struct CoalescingOffloads {
	bool ipv4;
	bool ipv6;
	/* Segments whose timestamps differ, too. */
	bool timestamps;
};

/* Frames that became one, or one as it is. */
struct Coalesced {
	const FrameRecord *record;
	/* 0: one frame, as it came. */
	UINT32 segments;
	UINT32 timestamp_delta;
	/* Where the frame behind them is. */
	UINT32 next;
};

class Coalescing
{
public:
	/* @bytes: of the largest frame that may come of it. */
	NTSTATUS initialize(WDFOBJECT parent, UINT32 bytes);

	/* The frame at @position, with as many of those up to @end as go with it, at most @most. */
	Coalesced take(const Fifo &fifo, UINT32 position, UINT32 end, UINT32 most,
		       const CoalescingOffloads &wanted);

private:
	bool begins(const FrameRecord *record, const CoalescingOffloads &wanted);
	bool continues(const FrameRecord *record, const CoalescingOffloads &wanted) const;
	void append(const FrameRecord *record);
	void finish();

	/* What is made: bytes_most of them behind the record. */
	FrameRecord *made;
	UINT32 bytes_most;
	Headers headers;
	UINT32 header_bytes;
	/* The number of the byte that comes next. */
	UINT32 sequence;
	UINT32 last_timestamp;
};

} /* namespace sim */

#endif /* SIM_COALESCING_H */
