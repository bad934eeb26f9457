/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints, one event per batch of packets, never per packet. Their arguments are what the
 * caller has at hand; the rest is looked up in TP_fast_assign(), so that a tracepoint that is off
 * costs a nop. See docs/counters-and-traces.md.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM netcx

#if !defined(NETCX_LINUX_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define NETCX_LINUX_TRACE_H

#include <linux/tracepoint.h>

#include "../bus/device.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "ring.h"

/* The client is about to be given packets to send. */
TRACE_EVENT(netcx_post,
	TP_PROTO(const struct netcx_tx_queue *tx),
	TP_ARGS(tx),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__field(u32, queue)
		__field(u32, packets)
	),
	TP_fast_assign(
		strscpy(__entry->name, tx->netdev->name, IFNAMSIZ);
		__entry->queue = tx->q->id;
		__entry->packets = netcx_ring_distance(tx->q->packets, tx->posted,
						       tx->q->packets->EndIndex);
	),
	TP_printk("dev=%s queue=%u packets=%u", __entry->name, __entry->queue, __entry->packets)
);

/* The client returned sent packets, which are completed. */
TRACE_EVENT(netcx_drain,
	TP_PROTO(const struct netcx_tx_queue *tx, u32 packets, u32 bytes),
	TP_ARGS(tx, packets, bytes),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__field(u32, queue)
		__field(u32, packets)
		__field(u32, bytes)
	),
	TP_fast_assign(
		strscpy(__entry->name, tx->netdev->name, IFNAMSIZ);
		__entry->queue = tx->q->id;
		__entry->packets = packets;
		__entry->bytes = bytes;
	),
	TP_printk("dev=%s queue=%u packets=%u bytes=%u",
		  __entry->name, __entry->queue, __entry->packets, __entry->bytes)
);

/* Received packets went to the stack. */
TRACE_EVENT(netcx_indicate,
	TP_PROTO(const struct netcx_rx_queue *rx, u32 packets, u32 bytes),
	TP_ARGS(rx, packets, bytes),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__field(u32, queue)
		__field(u32, packets)
		__field(u32, bytes)
	),
	TP_fast_assign(
		strscpy(__entry->name, rx->netdev->name, IFNAMSIZ);
		__entry->queue = rx->q->id;
		__entry->packets = packets;
		__entry->bytes = bytes;
	),
	TP_printk("dev=%s queue=%u packets=%u bytes=%u",
		  __entry->name, __entry->queue, __entry->packets, __entry->bytes)
);

/* There is no memory for @buffers that the client could take. */
TRACE_EVENT(netcx_refill_failed,
	TP_PROTO(const struct netcx_rx_queue *rx, u32 buffers),
	TP_ARGS(rx, buffers),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__field(u32, queue)
		__field(u32, buffers)
	),
	TP_fast_assign(
		strscpy(__entry->name, rx->netdev->name, IFNAMSIZ);
		__entry->queue = rx->q->id;
		__entry->buffers = buffers;
	),
	TP_printk("dev=%s queue=%u buffers=%u", __entry->name, __entry->queue, __entry->buffers)
);

DECLARE_EVENT_CLASS(netcx_tx_queue,
	TP_PROTO(const struct netcx_tx_queue *tx),
	TP_ARGS(tx),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__field(u32, queue)
	),
	TP_fast_assign(
		strscpy(__entry->name, tx->nq->dev->name, IFNAMSIZ);
		__entry->queue = tx->nq - tx->nq->dev->_tx;
	),
	TP_printk("dev=%s queue=%u", __entry->name, __entry->queue)
);

/* The rings are full, or not there: the stack is kept from sending. */
DEFINE_EVENT(netcx_tx_queue, netcx_stop,
	TP_PROTO(const struct netcx_tx_queue *tx),
	TP_ARGS(tx)
);

/* There is room again. */
DEFINE_EVENT(netcx_tx_queue, netcx_wake,
	TP_PROTO(const struct netcx_tx_queue *tx),
	TP_ARGS(tx)
);

/* The client notifies of a queue, having been asked to: NAPI is scheduled. */
TRACE_EVENT(netcx_notify,
	TP_PROTO(const struct netcx_channel *channel, const struct netcx_queue *q),
	TP_ARGS(channel, q),
	TP_STRUCT__entry(
		__array(char, name, IFNAMSIZ)
		__field(bool, tx)
		__field(u32, queue)
	),
	TP_fast_assign(
		strscpy(__entry->name, channel->nd->netdev->name, IFNAMSIZ);
		__entry->tx = q->type == NETCX_QUEUE_TX;
		__entry->queue = q->id;
	),
	TP_printk("dev=%s %s queue=%u", __entry->name, __entry->tx ? "tx" : "rx", __entry->queue)
);

/* The whole device is reset; the log says why. */
TRACE_EVENT(netcx_reset,
	TP_PROTO(const struct netcx_os_device *device),
	TP_ARGS(device),
	TP_STRUCT__entry(
		__array(char, name, 32)
	),
	TP_fast_assign(
		strscpy(__entry->name, dev_name(device->dev), sizeof(__entry->name));
	),
	TP_printk("device=%s", __entry->name)
);

#endif /* NETCX_LINUX_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace

#include <trace/define_trace.h>
