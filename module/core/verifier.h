/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Verifier mode of one packet queue: what the client was given is remembered before each of its
 * callbacks and compared with what it left. The first rule that it broke is reported, with the
 * element before and after, to netcx_os_verifier_report(); then the queue's rings are kept usable,
 * whatever the client does to them, until the queue is destroyed.
 *
 * Everything here is for whoever may call the queue's callbacks, under the same serialisation.
 */
#ifndef NETCX_CORE_VERIFIER_H
#define NETCX_CORE_VERIFIER_H

#include "queue.h"
#include <netcx/netcx_verifier_rules.h>

EXTERN_C_START

/* The packet and the fragment ring. */
#define NETCX_VERIFIER_RINGS 2
/* So much of an element is reported: all of it, but for the longest. */
#define NETCX_VERIFIER_ELEMENT_BYTES 64
/* In place of an element's index: the ring's own fields. */
#define NETCX_VERIFIER_NO_ELEMENT ((UINT32)-1)

struct netcx_ring_indices {
	UINT32 begin;
	UINT32 next;
	UINT32 end;
	/* The next one that the OS will take back. */
	UINT32 reclaimed;
};

/* What a client did. Indexes of the arrays of two are of NET_RING_TYPE. */
struct netcx_violation {
	enum netcx_verifier_rule rule;
	/* In which callback: "EvtPacketQueueAdvance". */
	const char *callback;
	enum netcx_queue_type type;
	UINT32 queue;
	struct netcx_ring_indices before[NETCX_VERIFIER_RINGS];
	struct netcx_ring_indices after[NETCX_VERIFIER_RINGS];
	/* Where it was seen: the ring, and the element or NETCX_VERIFIER_NO_ELEMENT. */
	UINT32 ring;
	UINT32 element;
	/* The element, or the ring's own fields, before the callback and after it. */
	UINT32 bytes;
	UINT8 element_before[NETCX_VERIFIER_ELEMENT_BYTES];
	UINT8 element_after[NETCX_VERIFIER_ELEMENT_BYTES];
};

/*
 * From the queue's creation on, while it is stopped. FALSE when there is no memory. @exclusive: nothing
 * of the client but the queue's callbacks may touch the rings.
 */
BOOLEAN netcx_verifier_create(struct netcx_queue *queue, BOOLEAN exclusive);
/* Nothing happens to a queue that has none. */
void netcx_verifier_destroy(struct netcx_queue *queue);

/* EvtPacketQueueAdvance; and EvtPacketQueueSetNotificationEnabled with TRUE. */
void netcx_verifier_advance(struct netcx_queue *queue);
void netcx_verifier_set_notification(struct netcx_queue *queue);
/* The others are called between these two. */
void netcx_verifier_enter(struct netcx_queue *queue, const char *callback);
void netcx_verifier_leave(struct netcx_queue *queue);
/* EvtStop has returned; and the queue is about to be started again, or destroyed. */
void netcx_verifier_stopped(struct netcx_queue *queue);
void netcx_verifier_check_stopped(struct netcx_queue *queue);
/* It owns elements for too long after EvtCancel. */
void netcx_verifier_undrained(struct netcx_queue *queue);

/* "InvalidRingBeginIndex" */
const char *netcx_verifier_rule_name(enum netcx_verifier_rule rule);
/* What whoever broke it did, as in "it moved ...". */
const char *netcx_verifier_rule_text(enum netcx_verifier_rule rule);
/* The rule of calls whose name in parentheses ends @text; netcx_rule_none if there is none. */
enum netcx_verifier_rule netcx_verifier_api_rule(const char *text);

/* The whole report, without the newline at the end. Five lines fit into 1024 bytes. */
void netcx_verifier_format(const struct netcx_violation *violation, const char *client, char *text,
			   SIZE_T size);

EXTERN_C_END

#endif /* NETCX_CORE_VERIFIER_H */
