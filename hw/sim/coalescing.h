/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive segment coalescing (RSC): consecutive frames of the queue that are consecutive segments
 * of one TCP stream are merged into one. The TCP checksum of the result is not updated.
 */
#ifndef SIM_COALESCING_H
#define SIM_COALESCING_H

#include "fifo.h"
#include "headers.h"

namespace sim
{

/* What is enabled. */
struct CoalescingOffloads {
	bool ipv4;
	bool ipv6;
	/* Also segments whose TCP timestamps differ. */
	bool timestamps;
};

/* The result of take(): merged frames, or one unchanged frame. */
struct Coalesced {
	const FrameRecord *record;
	/* Merged segments; 0 for an unchanged frame. */
	UINT32 segments;
	UINT32 timestamp_delta;
	/* Position of the frame that follows. */
	UINT32 next;
};

class Coalescing
{
public:
	/* @bytes: size of the largest merged frame. */
	NTSTATUS initialize(WDFOBJECT parent, UINT32 bytes);

	/* Merges the frame at @position with those that follow, up to @end and at most @most. */
	Coalesced take(const Fifo &fifo, UINT32 position, UINT32 end, UINT32 most,
		       const CoalescingOffloads &wanted);

private:
	bool begins(const FrameRecord *record, const CoalescingOffloads &wanted);
	bool continues(const FrameRecord *record, const CoalescingOffloads &wanted) const;
	void append(const FrameRecord *record);
	void finish();

	/* The merged frame: a record, and room for bytes_most bytes behind it. */
	FrameRecord *made;
	UINT32 bytes_most;
	Headers headers;
	UINT32 header_bytes;
	/* TCP sequence number that the next segment must have. */
	UINT32 sequence;
	UINT32 last_timestamp;
};

} /* namespace sim */

#endif /* SIM_COALESCING_H */
