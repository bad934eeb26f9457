/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* NETPACKETQUEUE: a transmit or receive queue with its rings. */
#ifndef NETCX_CORE_PACKET_QUEUE_H
#define NETCX_CORE_PACKET_QUEUE_H

#include "adapter.h"
#include "core.h"
#include "execution_context.h"
#include "extension.h"
#include "object.h"

namespace netcx
{

class PacketQueue;

/*
 * What NETTXQUEUE_INIT and NETRXQUEUE_INIT point to. On the stack of netcx_core_queue_create()
 * while EvtAdapterCreateTxQueue or -RxQueue runs.
 */
struct QueueInit {
	UINT64 signature;
	/* The thread that the callback runs on; the queue must be created on it. */
	void *thread;
	Adapter *adapter;
	enum netcx_queue_type type;
	UINT32 id;
	UINT32 packets;
	UINT32 fragments;
	/* NULL until the client has created the queue. */
	PacketQueue *created;
};

class PacketQueue final : public Object, public netcx_queue
{
public:
	static constexpr ObjectType object_type = ObjectType::queue;

	PacketQueue() : Object(object_type), netcx_queue{} {}

	~PacketQueue() override;

	bool client_may_delete() const override { return false; }

	static PacketQueue *of(struct netcx_queue *queue)
	{
		return static_cast<PacketQueue *>(queue);
	}

	/* Second half of creation: rings, layout of the elements, verifier. */
	NTSTATUS set_up(const QueueInit *init, const NET_PACKET_QUEUE_CONFIG *config);
	bool create_rings(const QueueInit *init);

	/* The queue of @handle. NULL, which is logged, if it is no queue or not of @type. */
	static PacketQueue *from(NETPACKETQUEUE handle, enum netcx_queue_type type,
				 const char *function);

	NET_PACKET_QUEUE_CONFIG config = {};
	/*
	 * NULL: the queue's callbacks are serialised by module/linux only. next_of_context is under
	 * the context's list_lock_, cancel_put_off under its run_lock_: since a task was running,
	 * EvtCancel is called before the next EvtAdvance, or before EvtStop.
	 */
	ExecutionContext *context = nullptr;
	PacketQueue *next_of_context = nullptr;
	bool cancel_put_off = false;
	ElementLayout elements = {};
};

} // namespace netcx

/* Two types, so that the compiler refuses one in place of the other. */
struct NETTXQUEUE_INIT : netcx::QueueInit {
};

struct NETRXQUEUE_INIT : netcx::QueueInit {
};

#endif /* NETCX_CORE_PACKET_QUEUE_H */
