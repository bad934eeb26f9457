/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Rules that a device breaks when it is told to, so that verifier mode can be seen to notice:
 * Misbehaviour=N breaks the rule that has this number in enum netcx_verifier_rule, and no other.
 */
#ifndef SIM_MISBEHAVIOUR_H
#define SIM_MISBEHAVIOUR_H

#include <netadaptercx.h>
#include <netcx_verifier_rules.h>

namespace sim
{

struct Device;

/* Misbehaviour=0 is none. */
inline constexpr UINT32 misbehaviour_count = netcx_rule_end;

/* A queue at the end of its Advance, where everything has been done as it should be. */
struct Misbehaving {
	UINT32 rule;
	NET_RING *packets;
	NET_RING *fragments;
	/* Both rings' BeginIndex when Advance began. */
	UINT32 packet_begin;
	UINT32 fragment_begin;
	const NET_EXTENSION *virtual_address;
	const NET_EXTENSION *checksum;
};

/* Rules that need packets to be broken are so when there are some. */
void misbehave_in_rx_advance(const Misbehaving &queue);
void misbehave_in_tx_advance(const Misbehaving &queue);
/* Outside of any callback of the queue. */
void misbehave_outside(UINT32 rule, NET_RING *packets);
/* When an rx queue is created: before and after the call that does. */
void misbehave_before_creation(UINT32 rule, NET_PACKET_QUEUE_CONFIG *config);
void misbehave_after_creation(UINT32 rule, NETRXQUEUE_INIT *init, NET_PACKET_QUEUE_CONFIG *config);
/* In EvtStart of an rx queue. */
void misbehave_in_start(const Device *device, NETPACKETQUEUE rx_queue);

} /* namespace sim */

#endif /* SIM_MISBEHAVIOUR_H */
