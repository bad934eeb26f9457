/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Verifier mode of one packet queue: its rings are copied before each callback and compared with
 * the copy afterwards. The first rule that the client broke is reported to
 * netcx_os_verifier_report(), with the element before and after; from then on, until the queue is
 * destroyed, what the client writes to the OS's part of the rings is overwritten with the copy
 * after each callback.
 *
 * Context: the caller has what serialises the queue's callbacks (see docs/design.md).
 */
#ifndef NETCX_CORE_VERIFIER_H
#define NETCX_CORE_VERIFIER_H

#include "queue.h"
#include <netcx/netcx_verifier_rules.h>

EXTERN_C_START

/* As NET_RING_TYPE: packets, fragments, and for some queues return contexts. */
#define NETCX_VERIFIER_RINGS 3
/* So much of an element is reported: all of it, but for the longest. One bit each fits a UINT64. */
#define NETCX_VERIFIER_ELEMENT_BYTES 64
/* netcx_violation::element: it is about the ring's own fields, not about an element. */
#define NETCX_VERIFIER_NO_ELEMENT ((UINT32)-1)

struct netcx_ring_indices {
	UINT32 begin;
	UINT32 next;
	UINT32 end;
	/* OSReserved0: the next element that module/linux takes back. */
	UINT32 reclaimed;
};

/*
 * A broken rule, with the state before and after the callback. Arrays are indexed by NET_RING_TYPE.
 */
struct netcx_violation {
	enum netcx_verifier_rule rule;
	/* Name of the callback: "EvtPacketQueueAdvance". */
	const char *callback;
	enum netcx_queue_type type;
	UINT32 queue;
	/* How many it has. */
	UINT32 rings;
	struct netcx_ring_indices before[NETCX_VERIFIER_RINGS];
	struct netcx_ring_indices after[NETCX_VERIFIER_RINGS];
	/* The ring, and its element or NETCX_VERIFIER_NO_ELEMENT. */
	UINT32 ring;
	UINT32 element;
	/*
	 * The element, or the ring's own fields, before the callback and after it. Bytes whose bit
	 * is set in @concealed are of an address, which reports are not to disclose: they are 0, or
	 * after the callback 0xff if it has changed that address.
	 */
	UINT32 bytes;
	UINT64 concealed;
	UINT8 element_before[NETCX_VERIFIER_ELEMENT_BYTES];
	UINT8 element_after[NETCX_VERIFIER_ELEMENT_BYTES];
};

/*
 * Called when the queue is created. FALSE if there is no memory. @exclusive: the client may move
 * the rings' indices only in this queue's callbacks; false with an execution context, whose other
 * callbacks may, too.
 */
BOOLEAN netcx_verifier_create(struct netcx_queue *queue, BOOLEAN exclusive);
/* This one and all below do nothing for a queue without a verifier, unless they say otherwise. */
void netcx_verifier_destroy(struct netcx_queue *queue);

/*
 * Call EvtPacketQueueAdvance, and EvtPacketQueueSetNotificationEnabled(TRUE); with checks if
 * verified.
 */
void netcx_verifier_advance(struct netcx_queue *queue);
void netcx_verifier_set_notification(struct netcx_queue *queue);
/* Before and after any other callback. */
void netcx_verifier_enter(struct netcx_queue *queue, const char *callback);
void netcx_verifier_leave(struct netcx_queue *queue);
/*
 * After EvtPacketQueueStop; and before the queue is started again or destroyed, which checks that
 * the client did not write to the rings in between.
 */
void netcx_verifier_stopped(struct netcx_queue *queue);
void netcx_verifier_check_stopped(struct netcx_queue *queue);
/* Reports that the client still owns elements long after EvtPacketQueueCancel. */
void netcx_verifier_undrained(struct netcx_queue *queue);

/* "packet" */
const char *netcx_verifier_ring_name(UINT32 ring);
/* "InvalidRingBeginIndex" */
const char *netcx_verifier_rule_name(enum netcx_verifier_rule rule);
/*
 * The rule's text in netcx_verifier_rules.h, which follows "it": "moved BeginIndex backwards ...".
 */
const char *netcx_verifier_rule_text(enum netcx_verifier_rule rule);
/* The rule of calls whose name, in parentheses, is at the end of @text; or netcx_rule_none. */
enum netcx_verifier_rule netcx_verifier_api_rule(const char *text);

/* Writes the report, five lines without a final newline. 1024 bytes are enough. */
void netcx_verifier_format(const struct netcx_violation *violation, const char *client, char *text,
			   SIZE_T size);

EXTERN_C_END

#endif /* NETCX_CORE_VERIFIER_H */
