// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* A packet queue's life: created, started, cancelled, stopped, destroyed. */
#include "packet_queue.h"

#include "caller.h"
#include "capabilities.h"
#include "device.h"
#include "driver.h"
#include "log.h"
#include "verifier.h"

namespace netcx
{

static constexpr UINT64 init_signature = 0x4e43785175497469;
static constexpr UINT32 smallest_ring = 2;
static constexpr UINT32 largest_ring = 32768;

static const char *type_name(enum netcx_queue_type type)
{
	return type == NETCX_QUEUE_TX ? "tx" : "rx";
}

/* ---- rings ---- */

static NET_RING *create_ring(UINT16 stride, UINT32 elements)
{
	NET_RING *ring = static_cast<NET_RING *>(
		netcx_os_zalloc(sizeof(NET_RING) + static_cast<SIZE_T>(stride) * elements));

	if (!ring)
		return nullptr;
	ring->ElementStride = stride;
	ring->NumberOfElements = elements;
	ring->ElementIndexMask = elements - 1;
	return ring;
}

static void reset_ring(NET_RING *ring)
{
	ring->OSReserved0 = 0;
	ring->BeginIndex = 0;
	ring->NextIndex = 0;
	ring->EndIndex = 0;
	RtlZeroMemory(ring->Buffer,
		      static_cast<SIZE_T>(ring->ElementStride) * ring->NumberOfElements);
}

static bool is_empty(const NET_RING *ring)
{
	return ring->BeginIndex == ring->EndIndex;
}

/* ---- creation ---- */

PacketQueue::~PacketQueue()
{
	netcx_verifier_destroy(this);
	if (context)
		context->remove(this);
	netcx_os_free(packets);
	netcx_os_free(fragments);
	netcx_os_free(returns);
}

/*
 * netcx_queue::advance and ::set_notification of a queue with an execution context: they call the
 * client's callbacks under the context's lock.
 */
static PacketQueue *of_handle(NETPACKETQUEUE handle)
{
	return static_cast<PacketQueue *>(object_of(handle));
}

static void advance_in_context(NETPACKETQUEUE handle)
{
	PacketQueue *queue = of_handle(handle);

	queue->context->advance(queue);
}

static void set_notification_in_context(NETPACKETQUEUE handle, BOOLEAN enabled)
{
	of_handle(handle)->context->set_notification(enabled);
}

/*
 * A client that takes its buffers back whenever it is called finds no more of them in the ring of
 * return contexts than it has returned fragments since. With one call left out they fit as well.
 */
bool PacketQueue::create_rings(const QueueInit *init)
{
	packets = create_ring(elements.packet_stride, init->packets);
	fragments = create_ring(elements.fragment_stride, init->fragments);
	if (layout.fragment_net_memory)
		returns = create_ring(sizeof(NET_FRAGMENT_RETURN_CONTEXT), 2 * init->fragments);
	rings.Rings[NetRingTypePacket] = packets;
	rings.Rings[NetRingTypeFragment] = fragments;
	rings.Rings[NetRingTypeDataBuffer] = returns;
	return packets && fragments && (returns || !layout.fragment_net_memory);
}

NTSTATUS PacketQueue::set_up(const QueueInit *init, const NET_PACKET_QUEUE_CONFIG *given)
{
	config = *given;
	elements = lay_out(needed_extensions(init->adapter, init->type));

	handle = to_handle<NETPACKETQUEUE>(this);
	advance = config.EvtAdvance;
	set_notification = config.EvtSetNotificationEnabled;
	if (config.ExecutionContext) {
		context = static_cast<ExecutionContext *>(object_of(config.ExecutionContext));
		context->add(this);
		advance = advance_in_context;
		set_notification = set_notification_in_context;
	}
	layout = to_queue_layout(elements);
	state = NETCX_QUEUE_STOPPED;
	adapter = init->adapter;
	netcx_queue::type = init->type;
	id = init->id;
	vector = NETCX_QUEUE_NO_VECTOR;
	if (!create_rings(init))
		return refuse(this, STATUS_INSUFFICIENT_RESOURCES,
			      "%s queue %u: no memory for rings of %u and %u elements",
			      type_name(init->type), id, init->packets, init->fragments);
	if (adapter->verified && !netcx_verifier_create(this, !config.ExecutionContext))
		return refuse(this, STATUS_INSUFFICIENT_RESOURCES,
			      "%s queue %u: no memory for its verifier", type_name(init->type), id);
	return STATUS_SUCCESS;
}

PacketQueue *PacketQueue::from(NETPACKETQUEUE handle, enum netcx_queue_type type,
			       const char *function)
{
	PacketQueue *queue = from_handle<PacketQueue>(handle, function);

	if (__builtin_expect(!queue || queue->netcx_queue::type == type, 1))
		return queue;
	refuse(queue, STATUS_INVALID_HANDLE,
	       "%s was given a handle of %s queue %u (InvalidQueueHandle)", function,
	       type_name(queue->netcx_queue::type), queue->id);
	return nullptr;
}

static bool is_init(const QueueInit *init, const char *function)
{
	if (init && init->signature == init_signature)
		return true;
	refuse(nullptr, STATUS_INVALID_PARAMETER,
	       "%s was given %s, not the init of the create callback (BadQueueInitContext)",
	       function, init ? "something else" : "NULL");
	return false;
}

/*
 * A queue with an execution context has no EvtSetNotificationEnabled, since the context has one,
 * and a tx queue needs no EvtCancel.
 */
static NTSTATUS check_execution_context(const Adapter *adapter, enum netcx_queue_type type,
					const NET_PACKET_QUEUE_CONFIG *config)
{
	static const char structure[] = "NET_PACKET_QUEUE_CONFIG";
	const Object *context = object_of(config->ExecutionContext);

	if (!context || context->type() != ObjectType::execution_context ||
	    context->device != adapter->device)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.ExecutionContext is not a NETEXECUTIONCONTEXT of the adapter's "
			      "device",
			      structure);
	if (config->EvtSetNotificationEnabled)
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.EvtSetNotificationEnabled is set, must be NULL with an "
			      "ExecutionContext (NetQueueInvalidConfiguration)",
			      structure);
	if (!config->EvtAdvance || (type == NETCX_QUEUE_RX && !config->EvtCancel))
		return refuse(adapter, STATUS_INVALID_PARAMETER,
			      "%s.%s is NULL, must be set (NetQueueInvalidConfiguration)",
			      structure, config->EvtAdvance ? "EvtCancel" : "EvtAdvance");
	return STATUS_SUCCESS;
}

static NTSTATUS check_queue_config(const Adapter *adapter, enum netcx_queue_type type,
				   const NET_PACKET_QUEUE_CONFIG *config)
{
	static const char structure[] = "NET_PACKET_QUEUE_CONFIG";
	const char *missing = nullptr;
	NTSTATUS status = check_size(adapter, structure, config->Size, sizeof(*config));

	if (!NT_SUCCESS(status))
		return status;
	if (config->ExecutionContext)
		return check_execution_context(adapter, type, config);
	if (!config->EvtAdvance)
		missing = "EvtAdvance";
	else if (!config->EvtSetNotificationEnabled)
		missing = "EvtSetNotificationEnabled";
	else if (!config->EvtCancel)
		missing = "EvtCancel";
	if (!missing)
		return STATUS_SUCCESS;
	return refuse(adapter, STATUS_INVALID_PARAMETER,
		      "%s.%s is NULL, must be set (NetQueueInvalidConfiguration)", structure,
		      missing);
}

static NTSTATUS create_queue(const char *function, QueueInit *init,
			     const WDF_OBJECT_ATTRIBUTES *attributes,
			     const NET_PACKET_QUEUE_CONFIG *config, NETPACKETQUEUE *handle)
{
	PacketQueue *queue = nullptr;
	Object *parent;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!is_init(init, function))
		return STATUS_INVALID_PARAMETER;
	parent = init->adapter;
	if (init->thread != netcx_os_current_thread())
		return refuse(parent, STATUS_INVALID_DEVICE_STATE,
			      "%s was called on another thread than the create callback's "
			      "(CreatingNetQueueFromWrongThread)",
			      function);
	if (init->created)
		return refuse(parent, STATUS_INVALID_DEVICE_STATE,
			      "%s was called a second time for one queue (QueueAlreadyCreated)",
			      function);
	if (!config || !handle)
		return refuse(parent, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      config ? "PacketQueue" : "Configuration");
	status = check_queue_config(init->adapter, init->type, config);
	if (NT_SUCCESS(status))
		status = check_attributes(function, init->adapter, attributes, ParentRule::fixed,
					  &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, &queue);
	if (!NT_SUCCESS(status))
		return status;
	status = queue->set_up(init, config);
	if (!NT_SUCCESS(status)) {
		queue->release();
		return status;
	}
	status = publish_object(function, queue, handle);
	if (NT_SUCCESS(status))
		init->created = queue;
	return status;
}

static NTSTATUS call_create(Adapter *adapter, QueueInit *init)
{
	const InterfaceScope scope(adapter);
	NTSTATUS status;

	/* static_cast is valid: both types add nothing to QueueInit. */
	if (init->type == NETCX_QUEUE_TX)
		status = adapter->datapath.EvtAdapterCreateTxQueue(
			adapter->handle, static_cast<NETTXQUEUE_INIT *>(init));
	else
		status = adapter->datapath.EvtAdapterCreateRxQueue(
			adapter->handle, static_cast<NETRXQUEUE_INIT *>(init));
	init->signature = 0;

	if (!NT_SUCCESS(status)) {
		if (!scope.reported(status))
			log_line(adapter, NETCX_OS_LOG_ERROR,
				 "creating %s queue %u failed: %s (0x%08x)", type_name(init->type),
				 init->id, netcx_core_status_name(status),
				 static_cast<UINT32>(status));
		if (init->created)
			init->created->delete_object();
	} else if (!init->created) {
		status = STATUS_UNSUCCESSFUL;
		log_line(adapter, NETCX_OS_LOG_ERROR,
			 "the callback to create %s queue %u succeeded without creating it",
			 type_name(init->type), init->id);
	}
	return status;
}

static bool is_ring_size(UINT32 elements)
{
	return is_power_of_two(elements) && elements >= smallest_ring && elements <= largest_ring;
}

static NTSTATUS make_queue(Adapter *adapter, QueueInit *init, enum netcx_queue_type type, UINT32 id,
			   UINT32 packets, UINT32 fragments)
{
	if (!is_ring_size(packets) || !is_ring_size(fragments)) {
		log_line(adapter, NETCX_OS_LOG_ERROR,
			 "%s queue %u: rings of %u and %u elements, must be powers of two from %u "
			 "to %u",
			 type_name(type), id, packets, fragments, smallest_ring, largest_ring);
		return STATUS_INVALID_PARAMETER;
	}
	init->signature = init_signature;
	init->thread = netcx_os_current_thread();
	init->adapter = adapter;
	init->type = type;
	init->id = id;
	init->packets = packets;
	init->fragments = fragments;
	return call_create(adapter, init);
}

static void get_extension(PacketQueue *queue, const char *function,
			  const NET_EXTENSION_QUERY *query, NET_EXTENSION *extension)
{
	if (!extension || !query) {
		refuse(queue, STATUS_INVALID_PARAMETER, "%s: %s is NULL (ParameterCantBeNull)",
		       function, extension ? "Query" : "Extension");
		if (extension)
			RtlZeroMemory(extension, sizeof(*extension));
		return;
	}
	if (!queue || refuse_atomic(queue, function)) {
		RtlZeroMemory(extension, sizeof(*extension));
		return;
	}
	query_extension(queue, queue->elements, queue->packets, queue->fragments, query, extension);
}

} // namespace netcx

using namespace netcx;

extern "C" {

int netcx_core_queue_create(struct netcx_adapter *adapter, enum netcx_queue_type type, UINT32 id,
			    UINT32 packets, UINT32 fragments, struct netcx_queue **queue)
{
	NETTXQUEUE_INIT tx = {};
	NETRXQUEUE_INIT rx = {};
	QueueInit *init = type == NETCX_QUEUE_TX ? static_cast<QueueInit *>(&tx) : &rx;
	NTSTATUS status = make_queue(Adapter::of(adapter), init, type, id, packets, fragments);

	if (NT_SUCCESS(status))
		*queue = init->created;
	return netcx_core_errno(status);
}

void netcx_core_queue_destroy(struct netcx_queue *base)
{
	PacketQueue *queue = PacketQueue::of(base);
	netcx_driver *driver = queue->driver;
	/* Of the cleanup callbacks of all that hangs below it. */
	const InterfaceScope scope(queue);

	netcx_verifier_check_stopped(queue);
	queue->delete_object();
	/*
	 * Children of the queue whose last reference was dropped in atomic context are destroyed by
	 * the reaper. Wait for that, so that nothing of the old queue is left when a new one is
	 * made.
	 */
	netcx_os_work_flush(driver->reaper);
}

void netcx_core_queue_start(struct netcx_queue *base)
{
	PacketQueue *queue = PacketQueue::of(base);
	const InterfaceScope scope(queue);

	netcx_verifier_check_stopped(queue);
	reset_ring(queue->packets);
	reset_ring(queue->fragments);
	if (queue->returns)
		reset_ring(queue->returns);
	queue->state = NETCX_QUEUE_STARTED;
	queue->cancel_put_off = false;
	netcx_verifier_enter(queue, "EvtPacketQueueStart");
	if (queue->config.EvtStart)
		queue->config.EvtStart(queue->handle);
	netcx_verifier_leave(queue);
}

void netcx_core_queue_cancel(struct netcx_queue *base)
{
	PacketQueue *queue = PacketQueue::of(base);
	const InterfaceScope scope(queue);

	queue->state = NETCX_QUEUE_CANCELLED;
	netcx_verifier_enter(queue, "EvtPacketQueueCancel");
	if (queue->context)
		queue->context->cancel(queue);
	else
		queue->config.EvtCancel(queue->handle);
	netcx_verifier_leave(queue);
}

BOOLEAN netcx_core_queue_drained(const struct netcx_queue *queue)
{
	return is_empty(queue->packets) &&
	       (queue->type == NETCX_QUEUE_TX || is_empty(queue->fragments));
}

void netcx_core_queue_stop(struct netcx_queue *base)
{
	PacketQueue *queue = PacketQueue::of(base);
	const InterfaceScope scope(queue);

	if (queue->context) {
		netcx_verifier_enter(queue, "EvtPacketQueueCancel");
		queue->context->finish_cancel(queue);
		netcx_verifier_leave(queue);
	}
	netcx_verifier_enter(queue, "EvtPacketQueueStop");
	if (queue->config.EvtStop)
		queue->config.EvtStop(queue->handle);
	netcx_verifier_leave(queue);
	netcx_verifier_stopped(queue);
	/*
	 * A DPC that began before EvtStop returned may still call
	 * Net...QueueNotifyMore...PacketsAvailable() with this queue.
	 */
	queue->device->flush_dpcs();
	queue->state = NETCX_QUEUE_STOPPED;
}

NTSTATUS NetTxQueueCreate(NETTXQUEUE_INIT *NetTxQueueInit, WDF_OBJECT_ATTRIBUTES *TxQueueAttributes,
			  NET_PACKET_QUEUE_CONFIG *Configuration, NETPACKETQUEUE *Handle)
{
	return create_queue("NetTxQueueCreate", NetTxQueueInit, TxQueueAttributes, Configuration,
			    Handle);
}

NTSTATUS NetRxQueueCreate(NETRXQUEUE_INIT *NetRxQueueInit, WDF_OBJECT_ATTRIBUTES *RxQueueAttributes,
			  NET_PACKET_QUEUE_CONFIG *Configuration, NETPACKETQUEUE *Handle)
{
	return create_queue("NetRxQueueCreate", NetRxQueueInit, RxQueueAttributes, Configuration,
			    Handle);
}

ULONG NetTxQueueInitGetQueueId(NETTXQUEUE_INIT const *NetTxQueueInit)
{
	return is_init(NetTxQueueInit, "NetTxQueueInitGetQueueId") ? NetTxQueueInit->id : 0;
}

ULONG NetRxQueueInitGetQueueId(NETRXQUEUE_INIT const *NetRxQueueInit)
{
	return is_init(NetRxQueueInit, "NetRxQueueInitGetQueueId") ? NetRxQueueInit->id : 0;
}

NET_RING_COLLECTION const *NetTxQueueGetRingCollection(NETPACKETQUEUE Handle)
{
	PacketQueue *queue =
		PacketQueue::from(Handle, NETCX_QUEUE_TX, "NetTxQueueGetRingCollection");

	return queue ? &queue->rings : nullptr;
}

NET_RING_COLLECTION const *NetRxQueueGetRingCollection(NETPACKETQUEUE Handle)
{
	PacketQueue *queue =
		PacketQueue::from(Handle, NETCX_QUEUE_RX, "NetRxQueueGetRingCollection");

	return queue ? &queue->rings : nullptr;
}

void NetTxQueueGetExtension(NETPACKETQUEUE Handle, NET_EXTENSION_QUERY const *Query,
			    NET_EXTENSION *Extension)
{
	static const char function[] = "NetTxQueueGetExtension";

	get_extension(PacketQueue::from(Handle, NETCX_QUEUE_TX, function), function, Query,
		      Extension);
}

void NetRxQueueGetExtension(NETPACKETQUEUE Handle, NET_EXTENSION_QUERY const *Query,
			    NET_EXTENSION *Extension)
{
	static const char function[] = "NetRxQueueGetExtension";

	get_extension(PacketQueue::from(Handle, NETCX_QUEUE_RX, function), function, Query,
		      Extension);
}

UINT8 NetTxQueueGetDemux8021p(NETPACKETQUEUE Handle)
{
	static const char function[] = "NetTxQueueGetDemux8021p";
	PacketQueue *queue = PacketQueue::from(Handle, NETCX_QUEUE_TX, function);
	UINT32 priority;

	if (!queue || refuse_atomic(queue, function))
		return 0;
	if (!queue->adapter->tx_priorities) {
		refuse(queue, STATUS_INVALID_DEVICE_STATE,
		       "%s: the adapter has no queues by priority (DemuxNotPresent)", function);
		return 0;
	}
	priority = queue->id;
	if (queue->adapter->tx_queues_per_priority)
		priority /= queue->adapter->tx_queues_per_priority;
	return static_cast<UINT8>(priority < queue->adapter->tx_priorities ? priority : 0);
}

/* Called in interrupts: nothing but the check of the handle. */
void NetTxQueueNotifyMoreCompletedPacketsAvailable(NETPACKETQUEUE Handle)
{
	PacketQueue *queue = PacketQueue::from(Handle, NETCX_QUEUE_TX,
					       "NetTxQueueNotifyMoreCompletedPacketsAvailable");

	if (queue)
		netcx_os_queue_notify(queue);
}

void NetRxQueueNotifyMoreReceivedPacketsAvailable(NETPACKETQUEUE Handle)
{
	PacketQueue *queue = PacketQueue::from(Handle, NETCX_QUEUE_RX,
					       "NetRxQueueNotifyMoreReceivedPacketsAvailable");

	if (queue)
		netcx_os_queue_notify(queue);
}

} // extern "C"
