// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device's health, as devlink shows it: an instance per device, with a reporter for what verifier
 * mode found and one for resets.
 *
 *	devlink dev param set DEVICE name verifier value true cmode runtime
 *	devlink health show DEVICE reporter reset
 *	devlink health dump show DEVICE reporter verifier
 *	devlink health recover DEVICE reporter verifier
 *
 * An adapter that broke a rule stays stopped until the user has it recovered, whatever auto_recover
 * says: the client would do the same again. A hang is reset at once, unless auto_recover is off.
 * Locks nest as report_lock, devlink's, then that of the device's state; lightweight adapters have
 * no devlink instance, since they have no bus.
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

#if IS_ENABLED(CONFIG_NET_DEVLINK)

enum {
	NETCX_PARAM_VERIFIER = DEVLINK_PARAM_GENERIC_ID_MAX + 1,
};

/* Private data of the devlink instance. */
struct netcx_health {
	struct netcx_os_device *device;
	struct devlink_health_reporter *verifier;
	struct devlink_health_reporter *reset;
	/* Reports are made one at a time, and while devlink knows the instance. */
	struct mutex report_lock;
	bool registered;
	/* The last reset failed, and devlink was told; under report_lock. */
	bool is_failing;
};

static struct netcx_os_device *netcx_health_device(struct devlink_health_reporter *reporter)
{
	return devlink_health_reporter_priv(reporter);
}

static bool netcx_health_is_halted(const struct netcx_os_device *device)
{
	return netcx_core_state_name(device->state) == NETCX_DEVICE_HALTED;
}

/* Why it was not recovered. */
static void netcx_health_explain(const struct netcx_os_device *device,
				 struct netlink_ext_ack *extack)
{
	switch (netcx_core_state_name(device->state)) {
	case NETCX_DEVICE_RETRY:
		NL_SET_ERR_MSG_MOD(extack, "the hardware did not come up; it is tried again");
		break;
	case NETCX_DEVICE_HALTED:
		NL_SET_ERR_MSG_MOD(extack, "stopped by the verifier: recover its reporter");
		break;
	case NETCX_DEVICE_HELD:
		NL_SET_ERR_MSG_MOD(extack, "the bus is about to reset the device");
		break;
	case NETCX_DEVICE_GONE:
		NL_SET_ERR_MSG_MOD(extack, "the bus has lost the device");
		break;
	default:
		NL_SET_ERR_MSG_MOD(extack, "the device is not in use");
		break;
	}
}

/* ---- the verifier's reporter ---- */

static int netcx_health_verifier_recover(struct devlink_health_reporter *reporter, void *context,
					 struct netlink_ext_ack *extack)
{
	struct netcx_os_device *device = netcx_health_device(reporter);

	/* Called by devlink_health_report(), not by the user: do not recover automatically. */
	if (context)
		return -ECANCELED;
	switch (netcx_core_state_name(device->state)) {
	case NETCX_DEVICE_HALTED:
		return netcx_core_state_event(device->state, NETCX_DEVICE_UNHALT, FALSE);
	case NETCX_DEVICE_GONE:
	case NETCX_DEVICE_OFF:
		netcx_health_explain(device, extack);
		return -ENODEV;
	default:
		return 0;
	}
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
	static const char * const rings[NETCX_VERIFIER_RINGS][2] = {
		[NetRingTypePacket] = { "packets before", "packets after" },
		[NetRingTypeFragment] = { "fragments before", "fragments after" },
		[NetRingTypeDataBuffer] = { "return contexts before", "return contexts after" },
	};
	unsigned int i;
	int err;

	err = netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "callback", violation->callback)) ?:
	      netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "direction",
						      violation->type == NETCX_QUEUE_TX ?
						      "tx" : "rx")) ?:
	      netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "queue", violation->queue)) ?:
	      netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "ring",
						      netcx_verifier_ring_name(violation->ring)));
	if (!err && violation->element != NETCX_VERIFIER_NO_ELEMENT)
		err = netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "element", violation->element));
	for (i = 0; !err && i < violation->rings; i++)
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
	if (!netcx_health_is_halted(device))
		return netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "rule", "none"));
	err = netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "rule",
						      netcx_verifier_rule_name(fault->rule))) ?:
	      netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "client",
						      netcx_device_client_name(device))) ?:
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
	const bool halted = netcx_health_is_halted(device);
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
	struct netcx_os_device *device = netcx_health_device(reporter);
	int err = netcx_core_state_event(device->state, NETCX_DEVICE_RECOVER, FALSE);

	if (err)
		netcx_health_explain(device, extack);
	return err;
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

	const enum netcx_device_state_name name = netcx_core_state_name(device->state);

	return netcx_fmsg(devlink_fmsg_u64_pair_put(fmsg, "resets",
						    atomic64_read(&device->resets))) ?:
	       netcx_fmsg(devlink_fmsg_bool_pair_put(fmsg, "powered", name == NETCX_DEVICE_ON)) ?:
	       netcx_fmsg(devlink_fmsg_string_pair_put(fmsg, "state",
						       netcx_core_state_text(name))) ?:
	       netcx_fmsg(devlink_fmsg_u32_pair_put(fmsg, "failed tries",
						    netcx_core_state_failures(device->state)));
}

static const struct devlink_health_reporter_ops netcx_health_reset_ops = {
	.name = "reset",
	.recover = netcx_health_reset_recover,
	.dump = netcx_health_reset_dump,
	.diagnose = netcx_health_reset_diagnose,
};

/* ---- parameters ---- */

static NETCX_PARAM_GETTER(netcx_health_get_verifier)
{
	const struct netcx_health *health = devlink_priv(devlink);

	context->val.vbool = READ_ONCE(health->device->verified);
	return 0;
}

static NETCX_PARAM_SETTER(netcx_health_set_verifier)
{
	struct netcx_health *health = devlink_priv(devlink);

	return netcx_core_state_event(health->device->state, NETCX_DEVICE_VERIFY,
				      context->val.vbool);
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
	health->verifier = netcx_reporter_create(devlink, &netcx_health_verifier_ops, device);
	if (IS_ERR(health->verifier)) {
		err = PTR_ERR(health->verifier);
		goto unregister_params;
	}
	health->reset = netcx_reporter_create(devlink, &netcx_health_reset_ops, device);
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

static void netcx_health_report_violation(struct netcx_health *health)
{
	mutex_lock(&health->report_lock);
	if (health->registered)
		devlink_health_report(health->verifier, health->device->fault.text, health->device);
	mutex_unlock(&health->report_lock);
}

void netcx_health_register(struct netcx_os_device *device)
{
	devlink_register(priv_to_devlink(device->health));
	netcx_health_set_registered(device->health, true);
	/* A violation may have occurred before registration, while reports were dropped. */
	if (netcx_health_is_halted(device))
		netcx_health_report_violation(device->health);
}

/*
 * The reporter recovers by itself, unless the user has switched that off. It does not (-ECANCELED)
 * within the grace period, which is the user's wish, nor after a hang that was not recovered; where
 * that is for a reset which failed, and was retried with success since, the reset is ours to do.
 */
BOOLEAN netcx_os_device_report_hang(struct netcx_os_device *device)
{
	struct netcx_health *health = device->health;
	bool is_ours = true;
	int err;

	if (!health)
		return FALSE;
	mutex_lock(&health->report_lock);
	if (health->registered) {
		err = devlink_health_report(health->reset,
					    "a reset is needed, the kernel's log says why", device);
		is_ours = err == -ECANCELED && health->is_failing;
	}
	mutex_unlock(&health->report_lock);
	return !is_ours;
}

void netcx_os_device_show_health(struct netcx_os_device *device, BOOLEAN healthy)
{
	struct netcx_health *health = device->health;

	if (!health)
		return;
	mutex_lock(&health->report_lock);
	health->is_failing = !healthy;
	if (health->registered)
		devlink_health_reporter_state_update(health->reset, healthy ?
						     DEVLINK_HEALTH_REPORTER_STATE_HEALTHY :
						     DEVLINK_HEALTH_REPORTER_STATE_ERROR);
	mutex_unlock(&health->report_lock);
}

static bool netcx_health_show_halt(struct netcx_os_device *device)
{
	if (!device->health)
		return false;
	netcx_health_report_violation(device->health);
	return true;
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

BOOLEAN netcx_os_device_report_hang(struct netcx_os_device *device)
{
	return FALSE;
}

void netcx_os_device_show_health(struct netcx_os_device *device, BOOLEAN healthy)
{
}

static bool netcx_health_show_halt(struct netcx_os_device *device)
{
	return false;
}

#endif

void netcx_os_device_report_halt(struct netcx_os_device *device)
{
	if (netcx_health_show_halt(device))
		dev_err(device->dev,
			"the adapter is stopped; devlink health recover %s/%s reporter verifier starts it again\n",
			device->dev->bus->name, dev_name(device->dev));
	else
		dev_err(device->dev, "the adapter is stopped until its driver is loaded again\n");
}
