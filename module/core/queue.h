/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A packet queue as both halves see it. module/core fills it in when the client creates the queue.
 * Until the queue is destroyed only the rings' indices, @armed, @state and @os change, so
 * module/linux reads the other fields without a lock.
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

/* A queue goes through these in a circle: stopped when created, started, cancelled, stopped ... */
enum netcx_queue_state {
	NETCX_QUEUE_STOPPED,
	NETCX_QUEUE_STARTED,
	NETCX_QUEUE_CANCELLED,
};

#define NETCX_QUEUE_NO_VECTOR ((UINT32)-1)

/*
 * Offsets of the extensions in an element, in bytes. 0: the queue does not have the extension,
 * since the core structure is at offset 0.
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
	UINT16 fragment_net_memory;
	/* End of a packet's last extension; from here to the next element is padding. */
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
	/*
	 * A notification was asked for and has not come. Set by netcx_arm() before it asks the
	 * client, cleared by netcx_os_queue_notify(); both with READ_ONCE() and WRITE_ONCE().
	 */
	UINT8 armed;
	UINT8 state; /* enum netcx_queue_state */
	/* module/linux's channel; set before start, cleared after stop, read by notifications. */
	void *os;

	/* Slow path. */
	struct netcx_adapter *adapter;
	enum netcx_queue_type type;
	UINT32 id;
	/* Vector of the interrupt that notifies the queue; NETCX_QUEUE_NO_VECTOR: not known. */
	UINT32 vector;
	NET_RING_COLLECTION rings;
	/* The return contexts of buffers that are the client's again; NULL: it is called for them. */
	NET_RING *returns;
	/* NULL if the queue was created with verifier mode off. */
	struct netcx_verifier *verifier;
};

#endif /* NETCX_CORE_QUEUE_H */
