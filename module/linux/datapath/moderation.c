// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt moderation, as control/coalesce.c sets it and dim.c adapts it. The client is told while
 * the device is in D0, and told again when it comes back to it.
 */
#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "channel.h"
#include "moderation.h"

void netcx_moderation_init(struct netcx_netdev *nd)
{
	unsigned int i;

	mutex_init(&nd->moderation_lock);
	nd->moderation = nd->adapter->moderation_caps.Initial;
	for (i = 0; i < nd->num_channels; i++)
		nd->channels[i].moderation = nd->moderation;
}

bool netcx_moderation_is_per_channel(const struct netcx_netdev *nd)
{
	return nd->adapter->moderation_caps.SetQueue;
}

bool netcx_moderation_may_adapt(const struct netcx_netdev *nd)
{
	return netcx_moderation_is_per_channel(nd) || max(nd->num_tx, nd->num_rx) == 1;
}

int netcx_moderation_set(struct netcx_channel *channel,
			 const struct netcx_interrupt_moderation *moderation)
{
	struct netcx_netdev *nd = channel->nd;
	int err = 0;

	if (nd->datapath && netcx_moderation_is_per_channel(nd))
		err = netcx_core_adapter_set_queue_moderation(nd->adapter, channel - nd->channels,
							      moderation);
	else if (nd->datapath)
		err = netcx_core_adapter_set_moderation(nd->adapter, moderation);
	if (!err)
		channel->moderation = *moderation;
	return err;
}

int netcx_moderation_set_all(struct netcx_netdev *nd,
			     const struct netcx_interrupt_moderation *moderation)
{
	unsigned int i;
	int err = 0;

	mutex_lock(&nd->moderation_lock);
	if (nd->datapath)
		err = netcx_core_adapter_set_moderation(nd->adapter, moderation);
	for (i = 0; !err && i < nd->num_channels; i++)
		nd->channels[i].moderation = *moderation;
	mutex_unlock(&nd->moderation_lock);
	return err;
}

void netcx_moderation_restore(struct netcx_netdev *nd)
{
	unsigned int i;

	if (!nd->adapter->moderation_caps.Set)
		return;
	mutex_lock(&nd->moderation_lock);
	netcx_core_adapter_set_moderation(nd->adapter, &nd->moderation);
	if (netcx_moderation_is_per_channel(nd))
		for (i = 0; i < nd->num_channels; i++)
			netcx_moderation_set(&nd->channels[i], &nd->channels[i].moderation);
	mutex_unlock(&nd->moderation_lock);
}

/* A client that refuses has said so in the log; the old value is no worse than before. */
void netcx_moderation_adapt(struct netcx_channel *channel, u8 directions, u32 microseconds)
{
	struct netcx_netdev *nd = channel->nd;
	const struct netcx_interrupt_moderation_capabilities *caps = &nd->adapter->moderation_caps;
	struct netcx_interrupt_moderation moderation;

	mutex_lock(&nd->moderation_lock);
	moderation = channel->moderation;
	if (directions & NETCX_ADAPTIVE_RX)
		moderation.RxMicroseconds = min(microseconds, caps->MaximumRxMicroseconds);
	if (directions & NETCX_ADAPTIVE_TX)
		moderation.TxMicroseconds = min(microseconds, caps->MaximumTxMicroseconds);
	if (caps->RxTxShared) {
		moderation.RxMicroseconds = min(moderation.RxMicroseconds,
						moderation.TxMicroseconds);
		moderation.TxMicroseconds = moderation.RxMicroseconds;
	}
	if (memcmp(&moderation, &channel->moderation, sizeof(moderation)))
		netcx_moderation_set(channel, &moderation);
	mutex_unlock(&nd->moderation_lock);
}
