/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The other end's pause frames, as TxPaused= has them: once, for a while. Under the wire's lock. */
#ifndef SIM_FLOW_CONTROL_H
#define SIM_FLOW_CONTROL_H

#include <ntddk.h>

namespace sim
{

class FlowControl
{
public:
	/* Packets that are sent before. */
	static constexpr UINT32 packets_before = 100;

	/* A packet is to be sent at @now, by a device whose TxPaused is @milliseconds. */
	void packet_comes(UINT64 now, UINT32 milliseconds)
	{
		if (milliseconds && ++packets == packets_before)
			end = now + 10000ULL * milliseconds;
	}

	bool holds(UINT64 now) const { return now < end; }
	/* When it will be over, as of the last pause. */
	UINT64 is_over_at() const { return end; }

private:
	UINT32 packets;
	UINT64 end;
};

} /* namespace sim */

#endif /* SIM_FLOW_CONTROL_H */
