// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device's health, as devlink shows it: an instance per device, with a reporter for what verifier
 * mode found and one for resets.
 *
 *	devlink dev param set DEVICE name verifier value true cmode runtime
 *	devlink health show DEVICE
 *	devlink health dump show DEVICE reporter verifier
 *	devlink health recover DEVICE reporter verifier
 *
 * An adapter that broke a rule stays stopped until the user has it recovered, whatever auto_recover
 * says: the client would do the same again. Locks nest as devlink's, then power_lock.
 */
#include <linux/slab.h>
#include <net/devlink.h>

#include "../../core/core.h"
#include "../../core/verifier.h"
#include "../bus/client.h"
#include "../bus/device.h"
#include "../datapath/trace.h"
#include "../datapath/verifier.h"
#include "../os/compat.h"
#include "health.h"

/* Takes the adapter out of D0 and back. */
static int netcx_device_restart(struct netcx_os_device *device)
{
	if (device->powered)
		netcx_device_power_down(device);
	return netcx_device_power_up(device);
}

static int netcx_device_reset(struct netcx_os_device *device)
{
	int err = 0;

	mutex_lock(&device->power_lock);
	if (device->started && device->powered && netcx_device_is_present(device)) {
		atomic64_inc(&device->resets);
		trace_netcx_reset(device);
		err = netcx_device_restart(device);
		if (!err)
			dev_info(device->dev, "the adapter was reset\n");
	}
	mutex_unlock(&device->power_lock);
	return err;
}

#if IS_ENABLED(CONFIG_NET_DEVLINK)

/* ---- verifier mode ---- */

static int netcx_verifier_set_mode(struct netcx_os_device *device, bool on)
{
	int err = 0;

	mutex_lock(&device->power_lock);
	if (!device->started) {
		err = -ENODEV;
	} else if (on != device->verified) {
		const bool powered = device->powered;

		/* Queues are verified from their creation on, or not at all. */
		if (powered)
			netcx_device_power_down(device);
		netcx_verifier_switch(device, on);
		if (powered)
			err = netcx_device_power_up(device);
	}
	mutex_unlock(&device->power_lock);
	return err;
}

/* After a violation, on the user's request. */
static int netcx_device_unhalt(struct netcx_os_device *device)
{
	int err = 0;

	mutex_lock(&device->power_lock);
	if (device->halted) {
		device->fault.flags = 0;
		if (device->started)
			err = netcx_device_restart(device);
		/* If it did not come up, the user may try again. */
		WRITE_ONCE(device->halted, err);
	}
	mutex_unlock(&device->power_lock);
	return err;
}

enum {
	NETCX_PARAM_VERIFIER = DEVLINK_PARAM_GENERIC_ID_MAX + 1,
};

/* What devlink's instance is about. */
struct netcx_health {
	struct netcx_os_device *device;
	struct devlink_health_reporter *verifier;
	struct devlink_health_reporter *reset;
	/* Reports are made one at a time, and while devlink knows the instance. */
	struct mutex report_lock;
	bool registered;
};

static struct netcx_os_device *netcx_health_device(struct devlink_health_reporter *reporter)
{
	return devlink_health_reporter_priv(reporter);
}

/* ---- the verifier's reporter ---- */

static int netcx_health_verifier_recover(struct devlink_health_reporter *reporter, void *context,
					 struct netlink_ext_ack *extack)
{
	/* With a context nobody asked for it. */
	if (context)
		return -ECANCELED;
	return netcx_device_unhalt(netcx_health_device(reporter));
}

static int netcx_health_put_indices(struct devlink_fmsg *fmsg, const char *name,
				    const struct netcx_ring_indices *indices)
{
	return netcx_fmsg(devlink_fmsg_pair_nest_start(fmsg, name)) ?:
	       netcx_fmsg(devlink_fmsg_obj_nest_start(fmsg)) ?:
	       netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "Begin", indices->begin)) ?:
	       netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "Next", indices->next)) ?:
	       netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "End", indices->end)) ?:
	       netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "reclaimed", indices->reclaimed)) ?:
	       netcx_fmsg(devlink_fmsg_obj_nest_end(fmsg)) ?:
	       netcx_fmsg(devlink_fmsg_pair_nest_end(fmsg));
}

static int netcx_health_put_violation(struct devlink_fmsg *fmsg,
				      const struct netcx_violation *violation)
{
	static const char * const rings[][2] = {
		[NetRingTypePacket] = { "packets before", "packets after" },
		[NetRingTypeFragment] = { "fragments before", "fragments after" },
	};
	unsigned int i;
	int err;

	err = netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "callback", violation->callback)) ?:
	      netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "direction",
						      violation->type == NETCX_QUEUE_TX ?
						      "tx" : "rx")) ?:
	      netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "queue", violation->queue)) ?:
	      netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "ring",
						      violation->ring == NetRingTypePacket ?
						      "packet" : "fragment"));
	if (!err && violation->element != NETCX_VERIFIER_NO_ELEMENT)
		err = netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "element", violation->element));
	for (i = 0; !err && i < ARRAY_SIZE(rings); i++)
		err = netcx_health_put_indices(fmsg, rings[i][0], &violation->before[i]) ?:
		      netcx_health_put_indices(fmsg, rings[i][1], &violation->after[i]);
	if (err)
		return err;
	return netcx_fmsg(devlink_fmsg_binary_pair_put(fmsg, "before", violation->element_before,
						       violation->bytes)) ?:
	       netcx_fmsg(devlink_fmsg_binary_pair_put(fmsg, "after", violation->element_after,
						       violation->bytes));
}

static int netcx_health_verifier_dump(struct devlink_health_reporter *reporter,
				      struct devlink_fmsg *fmsg, void *context,
				      struct netlink_ext_ack *extack)
{
	struct netcx_os_device *device = netcx_health_device(reporter);
	const struct netcx_fault *fault = &device->fault;
	int err;

	/* The report is complete once the adapter is stopped. */
	if (!READ_ONCE(device->halted))
		return netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "rule", "none"));
	err = netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "rule",
						      netcx_verifier_rule_name(fault->rule))) ?:
	      netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "client",
						      device->client->client->name)) ?:
	      netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "report", fault->text));
	if (!err && fault->has_rings)
		err = netcx_health_put_violation(fmsg, &fault->violation);
	return err;
}

static int netcx_health_verifier_diagnose(struct devlink_health_reporter *reporter,
					  struct devlink_fmsg *fmsg,
					  struct netlink_ext_ack *extack)
{
	struct netcx_os_device *device = netcx_health_device(reporter);
	const bool halted = READ_ONCE(device->halted);
	const char *rule = "none";

	if (halted)
		rule = netcx_verifier_rule_name(device->fault.rule);
	return netcx_fmsg(devlink_fmsg_bool_pair_put(fmsg, "verifier",
						     READ_ONCE(device->verified))) ?:
	       netcx_fmsg(devlink_fmsg_bool_pair_put(fmsg, "stopped", halted)) ?:
	       netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "rule", rule)) ?:
	       netcx_fmsg(devlink_fmsg_u64_pair_put(fmsg, "unasked notifications",
						    atomic64_read(&device->unasked)));
}

static const struct devlink_health_reporter_ops netcx_health_verifier_ops = {
	.name = "verifier",
	.recover = netcx_health_verifier_recover,
	.dump = netcx_health_verifier_dump,
	.diagnose = netcx_health_verifier_diagnose,
};

/* ---- the resets' reporter ---- */

static int netcx_health_reset_recover(struct devlink_health_reporter *reporter, void *context,
				      struct netlink_ext_ack *extack)
{
	return netcx_device_reset(netcx_health_device(reporter));
}

static int netcx_health_reset_dump(struct devlink_health_reporter *reporter,
				   struct devlink_fmsg *fmsg, void *context,
				   struct netlink_ext_ack *extack)
{
	struct netcx_device *core = netcx_health_device(reporter)->core;
	const size_t size = netcx_core_device_reset_diagnostics(core, NULL, 0);
	u8 *diagnostics;
	int err;

	err = netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "size", size));
	if (err || !size)
		return err;
	diagnostics = kvzalloc(size, GFP_KERNEL);
	if (!diagnostics)
		return -ENOMEM;
	netcx_core_device_reset_diagnostics(core, diagnostics, size);
	err = netcx_fmsg(devlink_fmsg_binary_pair_put(fmsg, "diagnostics", diagnostics, size));
	kvfree(diagnostics);
	return err;
}

static int netcx_health_reset_diagnose(struct devlink_health_reporter *reporter,
				       struct devlink_fmsg *fmsg, struct netlink_ext_ack *extack)
{
	struct netcx_os_device *device = netcx_health_device(reporter);

	return netcx_fmsg(devlink_fmsg_u64_pair_put(fmsg, "resets",
						    atomic64_read(&device->resets))) ?:
	       netcx_fmsg(devlink_fmsg_bool_pair_put(fmsg, "powered",
						     READ_ONCE(device->powered)));
}

static const struct devlink_health_reporter_ops netcx_health_reset_ops = {
	.name = "reset",
	.recover = netcx_health_reset_recover,
	.dump = netcx_health_reset_dump,
	.diagnose = netcx_health_reset_diagnose,
};

/* ---- parameters ---- */

static int netcx_health_get_verifier(struct devlink *devlink, u32 id,
				     struct devlink_param_gset_ctx *context)
{
	const struct netcx_health *health = devlink_priv(devlink);

	context->val.vbool = READ_ONCE(health->device->verified);
	return 0;
}

static NETCX_PARAM_SETTER(netcx_health_set_verifier)
{
	struct netcx_health *health = devlink_priv(devlink);

	return netcx_verifier_set_mode(health->device, context->val.vbool);
}

static const struct devlink_param netcx_health_params[] = {
	DEVLINK_PARAM_DRIVER(NETCX_PARAM_VERIFIER, "verifier", DEVLINK_PARAM_TYPE_BOOL,
			     BIT(DEVLINK_PARAM_CMODE_RUNTIME), netcx_health_get_verifier,
			     netcx_health_set_verifier, NULL),
};

static const struct devlink_ops netcx_health_devlink_ops = {};

/* ---- the instance ---- */

int netcx_health_create(struct netcx_os_device *device)
{
	struct netcx_health *health;
	struct devlink *devlink;
	int err;

	devlink = devlink_alloc(&netcx_health_devlink_ops, sizeof(*health), device->dev);
	if (!devlink)
		return -ENOMEM;
	health = devlink_priv(devlink);
	health->device = device;
	mutex_init(&health->report_lock);
	err = devlink_params_register(devlink, netcx_health_params,
				      ARRAY_SIZE(netcx_health_params));
	if (err)
		goto free;
	health->verifier = devlink_health_reporter_create(devlink, &netcx_health_verifier_ops, 0,
							  device);
	if (IS_ERR(health->verifier)) {
		err = PTR_ERR(health->verifier);
		goto unregister_params;
	}
	health->reset = devlink_health_reporter_create(devlink, &netcx_health_reset_ops, 0, device);
	if (IS_ERR(health->reset)) {
		err = PTR_ERR(health->reset);
		goto destroy_verifier;
	}
	device->health = health;
	return 0;

destroy_verifier:
	devlink_health_reporter_destroy(health->verifier);
unregister_params:
	devlink_params_unregister(devlink, netcx_health_params, ARRAY_SIZE(netcx_health_params));
free:
	mutex_destroy(&health->report_lock);
	devlink_free(devlink);
	return err;
}

void netcx_health_destroy(struct netcx_os_device *device)
{
	struct netcx_health *health = device->health;
	struct devlink *devlink = priv_to_devlink(health);

	device->health = NULL;
	devlink_health_reporter_destroy(health->reset);
	devlink_health_reporter_destroy(health->verifier);
	devlink_params_unregister(devlink, netcx_health_params, ARRAY_SIZE(netcx_health_params));
	mutex_destroy(&health->report_lock);
	devlink_free(devlink);
}

static void netcx_health_set_registered(struct netcx_health *health, bool registered)
{
	mutex_lock(&health->report_lock);
	health->registered = registered;
	mutex_unlock(&health->report_lock);
}

void netcx_health_unregister(struct netcx_os_device *device)
{
	netcx_health_set_registered(device->health, false);
	devlink_unregister(priv_to_devlink(device->health));
}

/* False: devlink does not know the device. */
static bool netcx_health_report(struct netcx_os_device *device,
				struct devlink_health_reporter *reporter, const char *text)
{
	struct netcx_health *health = device->health;
	bool registered;

	mutex_lock(&health->report_lock);
	registered = health->registered;
	if (registered)
		devlink_health_report(reporter, text, device);
	mutex_unlock(&health->report_lock);
	return registered;
}

static bool netcx_health_report_violation(struct netcx_os_device *device)
{
	return netcx_health_report(device, device->health->verifier, device->fault.text);
}

void netcx_health_register(struct netcx_os_device *device)
{
	devlink_register(priv_to_devlink(device->health));
	netcx_health_set_registered(device->health, true);
	/* The interface has been there for a moment. */
	if (READ_ONCE(device->halted))
		netcx_health_report_violation(device);
}

static bool netcx_health_report_reset(struct netcx_os_device *device)
{
	return netcx_health_report(device, device->health->reset,
				   "a reset is needed, the kernel's log says why");
}

#else /* !CONFIG_NET_DEVLINK */

int netcx_health_create(struct netcx_os_device *device)
{
	return 0;
}

void netcx_health_destroy(struct netcx_os_device *device)
{
}

void netcx_health_register(struct netcx_os_device *device)
{
}

void netcx_health_unregister(struct netcx_os_device *device)
{
}

static bool netcx_health_report_violation(struct netcx_os_device *device)
{
	return false;
}

static bool netcx_health_report_reset(struct netcx_os_device *device)
{
	return false;
}

#endif

/* ---- what happens in the background ---- */

void netcx_health_reset_work(struct work_struct *work)
{
	struct netcx_os_device *device = container_of(work, struct netcx_os_device, reset_work);
	bool late;

	mutex_lock(&device->power_lock);
	/* One hang is seen by two watchdogs, and what was wrong before a power-down is over. */
	late = READ_ONCE(device->reset_asked) != atomic_read(&device->power_downs);
	/* What the client has to say goes into the report. */
	if (!late && device->started && device->powered && netcx_device_is_present(device))
		netcx_core_device_collect_reset_diagnostics(device->core);
	mutex_unlock(&device->power_lock);
	/* The reporter resets, unless the user wants to do that. */
	if (!late && !netcx_health_report_reset(device))
		netcx_device_reset(device);
}

void netcx_health_halt_work(struct work_struct *work)
{
	struct netcx_os_device *device = container_of(work, struct netcx_os_device, halt_work);

	mutex_lock(&device->power_lock);
	if (device->started) {
		if (device->powered)
			netcx_device_power_down(device);
		WRITE_ONCE(device->halted, true);
		dev_err(device->dev,
			"the adapter is stopped; devlink health recover %s/%s reporter verifier starts it again\n",
			device->dev->bus->name, dev_name(device->dev));
	}
	mutex_unlock(&device->power_lock);
	netcx_health_report_violation(device);
}
