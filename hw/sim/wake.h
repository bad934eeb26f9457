/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Waking the machine. What the system wants to be woken for, and answered meanwhile, stands in the
 * log, a line for each; of what happens while the machine sleeps a device sees its link.
 */
#ifndef SIM_WAKE_H
#define SIM_WAKE_H

#include <netadaptercx.h>

namespace sim
{

struct Device;

/* Wake=, added up */
enum WakeSources : UINT32 {
	wake_magic_packet = 1,
	wake_link = 2,
	wake_filter = 4,
	wake_patterns = 8,
	wake_all = 15,
};

/* Of a device that is armed, the first change of its link that it is to wake for. */
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
