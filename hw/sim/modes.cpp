// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "modes.h"
#include "limits.h"
#include "log.h"
#include "misbehaviour.h"
#include <netcx_adapter_ext.h>

namespace sim
{

namespace
{

struct Mode {
	const char *name;
	UINT32 Modes::*value;
	UINT32 standard;
	UINT32 least;
	UINT32 most;
	bool power_of_two;
};

constexpr UINT32 any = ~0U;

constexpr Mode table[] = {
	/* The two devices of one number see each other. */
	{"Wire", &Modes::wire, 0, 0, 65535, false},
	/* Of each direction, at most; there are no more than processors. */
	{"Queues", &Modes::queues, 4, 1, limits::queues, true},
	/* Elements of each ring, as a hint. */
	{"Ring", &Modes::ring, 256, 64, 4096, true},
	/* Offloads that the device has: 1, or has not: 0. */
	{"Checksum", &Modes::checksum, 1, 0, 1, false},
	{"Segmentation", &Modes::segmentation, 1, 0, 1, false},
	{"Vlan", &Modes::vlan, 1, 0, 1, false},
	/* Receive scaling and the hash of each packet; without it there is one receive queue. */
	{"Hash", &Modes::hash, 1, 0, 1, false},

	/* See RxBuffers. */
	{"RxBuffers", &Modes::rx_buffers, rx_buffers_dma, 0, rx_buffers_driver, false},
	/* Of each receive buffer: longer frames take several fragments. */
	{"RxBufferBytes", &Modes::rx_buffer_bytes, 2048, 64, 16384, false},
	/* After every so many frames a fragment is skipped; 0: never. */
	{"RxHoles", &Modes::rx_holes, 0, 0, any, false},
	/* After every so many frames comes one to be ignored; 0: never. */
	{"RxIgnore", &Modes::rx_ignore, 0, 0, any, false},

	/* Packets to send are mapped for DMA. */
	{"TxDma", &Modes::tx_dma, 1, 0, 1, false},
	/* Most fragments of a packet, alignment of each, bytes of room before the first. */
	{"TxFragments", &Modes::tx_fragments, 16, 1, 64, false},
	{"TxAlignment", &Modes::tx_alignment, 1, 1, limits::alignment, true},
	{"TxBackfill", &Modes::tx_backfill, 0, 0, limits::backfill_bytes, false},
	/* Packets finish in another order than they were given. */
	{"TxOutOfOrder", &Modes::tx_out_of_order, 0, 0, 1, false},
	/* Microseconds until a packet that was sent is returned. */
	{"TxDelay", &Modes::tx_delay, 0, 0, 1000000, false},
	/* After so many packets nothing is returned any more, until the queues are started again. */
	{"TxStuck", &Modes::tx_stuck, 0, 0, any, false},
	/* Not by Cancel either. */
	{"TxStuckCancel", &Modes::tx_stuck_cancel, 0, 0, 1, false},

	/* Microseconds by which notifications are late. */
	{"NotifyDelay", &Modes::notify_delay, 0, 0, 1000000, false},
	/* Every so many notifications one is lost; 0: never. */
	{"NotifyLose", &Modes::notify_lose, 0, 0, any, false},

	/* A rule to break, see misbehaviour.h; 0: none. */
	{"Misbehaviour", &Modes::misbehaviour, 0, 0, misbehaviour_count - 1, false},
};

bool is_allowed(const Mode &mode, UINT32 value)
{
	if (value < mode.least || value > mode.most)
		return false;
	return !mode.power_of_two || !(value & (value - 1));
}

} /* namespace */

NTSTATUS read_modes(WDFDEVICE device, Modes *modes)
{
	for (const Mode &mode : table) {
		UINT32 value = mode.standard;

		/* Without one the standard stays. */
		(void)netcx_device_query_property(device, mode.name, &value);
		if (!is_allowed(mode, value)) {
			LOG_ERROR("%s=%u, must be %s%u to %u", mode.name, value,
				  mode.power_of_two ? "a power of two, " : "", mode.least,
				  mode.most);
			return STATUS_INVALID_PARAMETER;
		}
		modes->*mode.value = value;
	}
	return STATUS_SUCCESS;
}

} /* namespace sim */
