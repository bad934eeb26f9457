/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The state of the link, and reporting it. */
#ifndef COMMON_LINK_H
#define COMMON_LINK_H

#include <netadaptercx.h>

namespace common
{

struct Link {
	bool up;
	bool full_duplex;
	/* Pause frames are sent (tx), obeyed (rx). */
	bool tx_pause;
	bool rx_pause;
	/* Speed, duplex and pause come from autonegotiation. */
	bool negotiated;
	UINT64 bits_per_second;
};

/*
 * Calls NetAdapterSetLinkState(). A default-initialised @link means no link. At most
 * DISPATCH_LEVEL.
 */
void report_link(NETADAPTER adapter, const Link &link);

} /* namespace common */

#endif /* COMMON_LINK_H */
