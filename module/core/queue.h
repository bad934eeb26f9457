/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A packet queue as both halves see it. module/core fills it in when the client creates the queue,
 * and nothing in it but the rings' indices and @armed changes until the queue is destroyed, so the
 * translator reads it without asking.
 */
#ifndef NETCX_CORE_QUEUE_H
#define NETCX_CORE_QUEUE_H

#include <netcx/netadaptercx.h>

struct netcx_adapter;
struct netcx_verifier;

enum netcx_queue_type {
	NETCX_QUEUE_TX,
	NETCX_QUEUE_RX,
};

/* The order is the order of a queue's life; START and STOP may repeat. */
enum netcx_queue_state {
	NETCX_QUEUE_STOPPED,
	NETCX_QUEUE_STARTED,
	NETCX_QUEUE_CANCELLED,
};

#define NETCX_QUEUE_NO_VECTOR ((UINT32)-1)

/*
 * Where an extension lies in an element, in bytes from the element's start. 0: this queue does
 * not have it (offset 0 is always the core structure).
 */
struct netcx_queue_layout {
	UINT16 packet_checksum;
	UINT16 packet_gso;
	UINT16 packet_ieee8021q;
	UINT16 packet_rsc;
	UINT16 packet_rsc_timestamp;
	UINT16 packet_hash;
	UINT16 fragment_virtual_address;
	UINT16 fragment_logical_address;
	UINT16 fragment_return_context;
	/* Behind a packet's last extension: what lies between here and the next element is padding. */
	UINT16 packet_end;
};

struct netcx_queue {
	/* Hot: read for every batch. */
	NETPACKETQUEUE handle;
	NET_RING *packets;
	NET_RING *fragments;
	PFN_PACKET_QUEUE_ADVANCE advance;
	PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED set_notification;
	struct netcx_queue_layout layout;
	/* Notification was asked for and has not come yet. */
	UINT8 armed;
	UINT8 state; /* enum netcx_queue_state */
	/* The OS half's, set before start, cleared after stop. */
	void *os;

	/* Slow path. */
	struct netcx_adapter *adapter;
	enum netcx_queue_type type;
	UINT32 id;
	/* The interrupt vector that its notifications come by; NETCX_QUEUE_NO_VECTOR: not known. */
	UINT32 vector;
	NET_RING_COLLECTION rings;
	/* In verifier mode, else NULL. */
	struct netcx_verifier *verifier;
};

#endif /* NETCX_CORE_QUEUE_H */
