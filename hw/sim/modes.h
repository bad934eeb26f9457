/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a device was told to be when it was made, as KEY=VALUE; see the table in modes.cpp. All of it
 * stays as it is for the device's life.
 */
#ifndef SIM_MODES_H
#define SIM_MODES_H

#include <wdf.h>

namespace sim
{

/* RxBuffers= */
enum RxBuffers : UINT32 {
	rx_buffers_dma = 0,    /* the system's, mapped for DMA */
	rx_buffers_plain = 1,  /* the system's, without DMA */
	rx_buffers_driver = 2, /* the driver's own, with return contexts */
	/* The same, registered as net memory; return contexts come in a ring. */
	rx_buffers_registered = 3,
};

struct Modes {
	UINT32 wire;
	UINT32 queues;
	UINT32 tx_queues;
	UINT32 ring;
	UINT32 checksum;
	UINT32 segmentation;
	UINT32 vlan;
	UINT32 hash;
	UINT32 coalescing;

	UINT32 rx_buffers;
	UINT32 rx_buffer_bytes;
	UINT32 rx_alignment;
	UINT32 rx_holes;
	UINT32 rx_ignore;

	UINT32 priorities;
	UINT32 tx_dma;
	UINT32 tx_fragments;
	UINT32 tx_alignment;
	UINT32 tx_backfill;
	UINT32 tx_out_of_order;
	UINT32 tx_delay;
	UINT32 tx_stuck;
	UINT32 tx_stuck_cancel;
	UINT32 tx_stuck_again;
	UINT32 tx_paused;
	UINT32 tx_hold;

	UINT32 notify_delay;
	UINT32 notify_lose;

	UINT32 d0_entry_failures;
	UINT32 queue_failures;
	UINT32 reset_requests;

	UINT32 wake;
	UINT32 power_offloads;

	UINT32 misbehaviour;
};

/* Fails, with a line in the log, for a value out of its range. */
NTSTATUS read_modes(WDFDEVICE device, Modes *modes);

} /* namespace sim */

#endif /* SIM_MODES_H */
