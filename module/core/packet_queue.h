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

/* What a client's create callback gets; lives on the stack around it. */
struct QueueInit {
	UINT64 signature;
	/* The callback's. */
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

	/* The rest of its creation. */
	NTSTATUS set_up(const QueueInit *init, const NET_PACKET_QUEUE_CONFIG *config);

	/* The handle's queue, if that is of @type. NULL after a line in the log. */
	static PacketQueue *from(NETPACKETQUEUE handle, enum netcx_queue_type type,
				 const char *function);

	NET_PACKET_QUEUE_CONFIG config = {};
	/* NULL: it runs by itself. The next two are the context's. */
	ExecutionContext *context = nullptr;
	PacketQueue *next_of_context = nullptr;
	bool cancel_put_off = false;
	ElementLayout elements = {};
};

} // namespace netcx

/* One type each, so that a transmit init cannot be mistaken for a receive init. */
struct NETTXQUEUE_INIT : netcx::QueueInit {
};

struct NETRXQUEUE_INIT : netcx::QueueInit {
};

#endif /* NETCX_CORE_PACKET_QUEUE_H */
