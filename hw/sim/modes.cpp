// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "modes.h"
#include "limits.h"
#include "misbehaviour.h"
#include "wake.h"
#include <common/log.h>
#include <netconfiguration.h>

namespace sim
{

namespace
{

struct Mode {
	const char *name;
	UNICODE_STRING value_name;
	UINT32 Modes::*value;
	UINT32 standard;
	UINT32 least;
	UINT32 most;
	bool power_of_two;
};

constexpr UINT32 any = ~0U;

#define SIM_MODE_NAME(name) #name, RTL_CONSTANT_STRING(L"" #name)

const Mode table[] = {
	/* The two devices of one number see each other. */
	{SIM_MODE_NAME(Wire), &Modes::wire, 0, 0, 65535, false},
	/* Of each direction, at most. */
	{SIM_MODE_NAME(Queues), &Modes::queues, 4, 1, limits::queues, false},
	/* To send, if it is another number; 0: the same. */
	{SIM_MODE_NAME(TxQueues), &Modes::tx_queues, 0, 0, limits::queues, false},
	/* Elements of each ring, as a hint. */
	{SIM_MODE_NAME(Ring), &Modes::ring, 256, 64, 4096, true},
	/* Offloads that the device has: 1, or has not: 0. */
	{SIM_MODE_NAME(Checksum), &Modes::checksum, 1, 0, 1, false},
	{SIM_MODE_NAME(Segmentation), &Modes::segmentation, 1, 0, 1, false},
	{SIM_MODE_NAME(Vlan), &Modes::vlan, 1, 0, 1, false},
	/* Receive scaling and the hash of each packet; without it there is one receive queue. */
	{SIM_MODE_NAME(Hash), &Modes::hash, 1, 0, 1, false},
	/* Most segments of a TCP stream that become one packet; 0: none do. */
	{SIM_MODE_NAME(Coalescing), &Modes::coalescing, 0, 0, 64, false},

	/* See RxBuffers. */
	{SIM_MODE_NAME(RxBuffers), &Modes::rx_buffers, rx_buffers_dma, 0, rx_buffers_registered,
	 false},
	/* Of each receive buffer: longer frames take several fragments. */
	{SIM_MODE_NAME(RxBufferBytes), &Modes::rx_buffer_bytes, 2048, 64, 16384, false},
	/* What each of them is aligned to, if it is the system's. */
	{SIM_MODE_NAME(RxAlignment), &Modes::rx_alignment, 1, 1, limits::alignment, true},
	/* After every so many frames a fragment is skipped; 0: never. */
	{SIM_MODE_NAME(RxHoles), &Modes::rx_holes, 0, 0, any, false},
	/* After every so many frames comes one to be ignored; 0: never. */
	{SIM_MODE_NAME(RxIgnore), &Modes::rx_ignore, 0, 0, any, false},

	/* So many priorities have queues of their own to send, 2 to 8; 0: none does. */
	{SIM_MODE_NAME(Priorities), &Modes::priorities, 0, 0, 8, false},
	/* Packets to send are mapped for DMA. */
	{SIM_MODE_NAME(TxDma), &Modes::tx_dma, 1, 0, 1, false},
	/* Most fragments of a packet, alignment of each, bytes of room before the first. */
	{SIM_MODE_NAME(TxFragments), &Modes::tx_fragments, 16, 1, 64, false},
	{SIM_MODE_NAME(TxAlignment), &Modes::tx_alignment, 1, 1, limits::alignment, true},
	{SIM_MODE_NAME(TxBackfill), &Modes::tx_backfill, 0, 0, limits::backfill_bytes, false},
	/* Packets finish in another order than they were given. */
	{SIM_MODE_NAME(TxOutOfOrder), &Modes::tx_out_of_order, 0, 0, 1, false},
	/* Microseconds until a packet that was sent is returned. */
	{SIM_MODE_NAME(TxDelay), &Modes::tx_delay, 0, 0, 1000000, false},
	/* After so many packets nothing is returned any more, until the queues are started again. */
	{SIM_MODE_NAME(TxStuck), &Modes::tx_stuck, 0, 0, any, false},
	/* Not by Cancel either. */
	{SIM_MODE_NAME(TxStuckCancel), &Modes::tx_stuck_cancel, 0, 0, 1, false},
	/* And so each time, not only once. */
	{SIM_MODE_NAME(TxStuckAgain), &Modes::tx_stuck_again, 0, 0, 1, false},
	/* Once, milliseconds for which flow control holds what is to be sent. */
	{SIM_MODE_NAME(TxPaused), &Modes::tx_paused, 0, 0, 60000, false},
	/* After so many packets a queue sends nothing until the link was lost and is back. */
	{SIM_MODE_NAME(TxHold), &Modes::tx_hold, 0, 0, any, false},

	/* Microseconds by which notifications are late. */
	{SIM_MODE_NAME(NotifyDelay), &Modes::notify_delay, 0, 0, 1000000, false},
	/* Every so many notifications one is lost; 0: never. */
	{SIM_MODE_NAME(NotifyLose), &Modes::notify_lose, 0, 0, any, false},

	/* After the first entry into D0 so many fail. */
	{SIM_MODE_NAME(D0EntryFailures), &Modes::d0_entry_failures, 0, 0, any, false},
	/* After the first two so many queues cannot be created. */
	{SIM_MODE_NAME(QueueFailures), &Modes::queue_failures, 0, 0, any, false},
	/* Asks for a reset whenever that is too early or too late: see device.cpp. */
	{SIM_MODE_NAME(ResetRequests), &Modes::reset_requests, 0, 0, 1, false},

	/* What it can wake the machine for, see wake.h; 0: nothing. */
	{SIM_MODE_NAME(Wake), &Modes::wake, 0, 0, wake_all, false},
	/* For how many IPv4 and how many IPv6 addresses it can answer meanwhile; 0: for none. */
	{SIM_MODE_NAME(PowerOffloads), &Modes::power_offloads, 0, 0, limits::power_offloads, false},

	/* A rule to break, see misbehaviour.h; 0: none. */
	{SIM_MODE_NAME(Misbehaviour), &Modes::misbehaviour, 0, 0, misbehaviour_count - 1, false},
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
	NETCONFIGURATION configuration;
	NTSTATUS status;

	status = NetDeviceOpenConfiguration(device, WDF_NO_OBJECT_ATTRIBUTES, &configuration);
	if (!NT_SUCCESS(status)) {
		LOG_ERROR("opening the configuration failed with %#x",
			  static_cast<unsigned int>(status));
		return status;
	}
	for (const Mode &mode : table) {
		ULONG value = mode.standard;

		status = NetConfigurationQueryUlong(configuration,
						    NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS,
						    &mode.value_name, &value);
		/* Without one the standard stays. */
		if (status == STATUS_OBJECT_NAME_NOT_FOUND)
			status = STATUS_SUCCESS;
		if (!NT_SUCCESS(status)) {
			LOG_ERROR("reading %s failed with %#x", mode.name,
				  static_cast<unsigned int>(status));
			break;
		}
		if (!is_allowed(mode, value)) {
			LOG_ERROR("%s=%u, must be %s%u to %u", mode.name, value,
				  mode.power_of_two ? "a power of two, " : "", mode.least,
				  mode.most);
			status = STATUS_INVALID_PARAMETER;
			break;
		}
		modes->*mode.value = value;
	}
	NetConfigurationClose(configuration);
	return status;
}

} /* namespace sim */
