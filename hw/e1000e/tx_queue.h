/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A transmit queue. Packets become descriptors in order; the hardware reports in order, and only
 * where it was asked to: at the last descriptor of a batch, and every so often within a long one.
 * For each such place a Report says how far both rings may be handed back when it is reached.
 */
#ifndef E1000E_TX_QUEUE_H
#define E1000E_TX_QUEUE_H

#include "descriptor.h"
#include "engines.h"
#include "tx_extensions.h"
#include "tx_heads.h"
#include <common/ring_memory.h>
#include <netadaptercx.h>

namespace e1000e
{

struct Device;

EVT_NET_ADAPTER_CREATE_TXQUEUE evt_create_tx_queue;

class TxQueue
{
public:
	NTSTATUS initialize(Device *device, NETPACKETQUEUE handle, UINT32 id);
	void clean_up();

	/* The queue's callbacks. */
	void start();
	void advance();
	void set_notification(bool enabled);
	void cancel();
	void stop();

	/* ---- for the engines' restart, with the turn taken ---- */

	/* Has the hardware sent all that it was given? */
	bool is_finished() const;
	/*
	 * The MAC was reset: the ring begins anew, and posted packets go back as if they were sent.
	 */
	void restart();
	void set_up_ring() const;
	/*
	 * Gives the turn back, and has the queue advanced, since there is something to give back.
	 */
	void release();

	Turn turn;

private:
	/*
	 * A descriptor with report_status, and where the rings begin once the hardware is past it.
	 */
	struct Report {
		UINT32 descriptor;
		UINT32 packet_end;
		UINT32 fragment_end;
	};

	/*
	 * What the hardware is to do to a packet: bits for all of its data descriptors, and where
	 * those begin, behind the context if they need one.
	 */
	struct Offload {
		UINT32 command;
		UINT32 status;
		UINT32 next;
	};

	/*
	 * The part of a packet that has no descriptors yet: @skip bytes of its first fragment have.
	 */
	struct Rest {
		UINT32 index;
		UINT32 count;
		UINT32 skip;
	};

	/* The indices after a packet's last descriptor and last fragment. */
	struct Ends {
		UINT32 descriptor;
		UINT32 fragment;
	};

	bool post();
	bool drain();
	bool is_done(const Report &report) const;
	void take(const Report &report);
	Ends post_any_packet(const NET_PACKET *packet, UINT32 next);
	Ends post_packet(const NET_PACKET *packet, UINT32 next);
	void report(UINT32 end, UINT32 packet_end);
	void begin_ring();
	bool give_back();
	void send_and_drain();
	UINT64 address_of(const NET_FRAGMENT *fragment) const;
	bool wants_offload(const NET_PACKET *packet) const;
	Offload offload(const NET_PACKET *packet, UINT32 next);
	UINT32 use_context(const TxContextDescriptor &wanted, UINT32 next);
	UINT32 packet_bytes(const NET_PACKET *packet) const;
	const UINT8 *bytes_of(const NET_FRAGMENT *fragment) const;
	UINT32 post_head(const NET_PACKET *packet, const Offload &wanted, Rest *rest);

	/* Hot: read for every batch. */
	TxDescriptor *descriptors;
	NET_RING *packets;
	NET_RING *fragments;
	volatile ULONG *tail_register;
	Report *reports;
	/* The number of descriptors, and of reports, less one; both are powers of two. */
	UINT32 descriptor_mask;
	UINT32 report_mask;
	/* Next descriptor to be written; first that is not known to be done. */
	UINT32 tail;
	UINT32 head;
	/* First descriptor that no report covers. */
	UINT32 unreported;
	/* [report_head, report_tail) are outstanding. */
	UINT32 report_head;
	UINT32 report_tail;
	TxExtensions extensions;
	bool cancelled;
	/* restart() was called since the last call of advance(). */
	bool restarted;
	/*
	 * The last context that this queue has posted. The hardware has it if no other queue sends.
	 */
	TxContextDescriptor context;
	bool has_context;

	/* Slow path. */
	Device *device;
	NETPACKETQUEUE handle;
	UINT32 id;
	/* The queue's bits in IMS. */
	UINT32 causes;
	/* See Engines::is_over(). */
	UINT32 cancellation;
	common::RingMemory memory;
	TxHeads heads;
};

} /* namespace e1000e */

#endif /* E1000E_TX_QUEUE_H */
