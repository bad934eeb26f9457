/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Wake on LAN. At suspend the requested wake sources and power offloads are logged, a line each. Of
 * wake events only changes of the link are simulated.
 */
#ifndef SIM_WAKE_H
#define SIM_WAKE_H

#include <netadaptercx.h>

namespace sim
{

struct Device;

/* Bits of the key "Wake". */
enum WakeSources : UINT32 {
	wake_magic_packet = 1,
	wake_link = 2,
	wake_filter = 4,
	wake_patterns = 8,
	wake_all = 15,
};

/* The first change of the link, of an armed device, that it wakes the machine for. */
struct LinkWake {
	bool for_connect;
	bool for_disconnect;
	bool woke;
	bool connected;

	void link_changed(bool up)
	{
		if (woke || !(up ? for_connect : for_disconnect))
			return;
		woke = true;
		connected = up;
	}
};

void set_wake_callbacks(PWDFDEVICE_INIT init);
void set_wake_capabilities(const Device &device);

} /* namespace sim */

#endif /* SIM_WAKE_H */
