// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Where verifier mode reports to.

#include "os/fake_os.h"

using fake::Os;

static thread_local netcx_queue *running;

extern "C" {

void netcx_os_verifier_report(struct netcx_queue *, const struct netcx_violation *violation)
{
	Os::get().broken_rules.push_back(*violation);
}

void netcx_os_verifier_report_call(struct netcx_os_device *device, UINT32 rule, const char *text)
{
	Os::get().broken_calls.push_back(
		{device, static_cast<netcx_verifier_rule>(rule), std::string(text)});
}

struct netcx_queue *netcx_os_verifier_running(struct netcx_queue *queue)
{
	netcx_queue *outer = running;

	running = queue;
	return outer;
}

struct netcx_queue *netcx_os_verifier_running_queue(void)
{
	return running;
}

} // extern "C"
