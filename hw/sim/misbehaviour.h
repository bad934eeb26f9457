/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Tests of verifier mode: with Misbehaviour=N a device breaks the rule of that number in enum
 * netcx_verifier_rule, and no other.
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

/* A queue at the end of EvtPacketQueueAdvance, where it has done everything correctly. */
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

/* Breaks the rule, if it needs packets as soon as there are some. */
void misbehave_in_rx_advance(const Misbehaving &queue);
void misbehave_in_tx_advance(const Misbehaving &queue);
/* Called outside of the queue's callbacks. */
void misbehave_outside(UINT32 rule, NET_RING *packets);
/* Before and after NetRxQueueCreate(). */
void misbehave_before_creation(UINT32 rule, NET_PACKET_QUEUE_CONFIG *config);
void misbehave_after_creation(UINT32 rule, NETRXQUEUE_INIT *init, NET_PACKET_QUEUE_CONFIG *config);
/* In EvtStart of an rx queue. */
void misbehave_in_start(const Device *device, NETPACKETQUEUE rx_queue);

} /* namespace sim */

#endif /* SIM_MISBEHAVIOUR_H */
