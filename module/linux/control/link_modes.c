// SPDX-License-Identifier: GPL-2.0-only
/*
 * What ethtool shows of the link: speed and duplex, which NetAdapterCx knows, and the modes that
 * the hardware, its advertisement and its partner have, which a client may say besides.
 */
#include <linux/bitops.h>
#include <linux/ethtool.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
#include "link_modes.h"

struct netcx_link_mode {
	u64 bit;
	enum ethtool_link_mode_bit_indices mode;
};

static const struct netcx_link_mode netcx_link_mode_table[] = {
	{ NETCX_LINK_MODE_10_HALF, ETHTOOL_LINK_MODE_10baseT_Half_BIT },
	{ NETCX_LINK_MODE_10_FULL, ETHTOOL_LINK_MODE_10baseT_Full_BIT },
	{ NETCX_LINK_MODE_100_HALF, ETHTOOL_LINK_MODE_100baseT_Half_BIT },
	{ NETCX_LINK_MODE_100_FULL, ETHTOOL_LINK_MODE_100baseT_Full_BIT },
	{ NETCX_LINK_MODE_1000_HALF, ETHTOOL_LINK_MODE_1000baseT_Half_BIT },
	{ NETCX_LINK_MODE_1000_FULL, ETHTOOL_LINK_MODE_1000baseT_Full_BIT },
	{ NETCX_LINK_MODE_2500_FULL, ETHTOOL_LINK_MODE_2500baseT_Full_BIT },
	{ NETCX_LINK_MODE_5000_FULL, ETHTOOL_LINK_MODE_5000baseT_Full_BIT },
	{ NETCX_LINK_MODE_10000_FULL, ETHTOOL_LINK_MODE_10000baseT_Full_BIT },
	{ NETCX_LINK_MODE_1000_X_FULL, ETHTOOL_LINK_MODE_1000baseX_Full_BIT },
	{ NETCX_LINK_MODE_10000_SR_FULL, ETHTOOL_LINK_MODE_10000baseSR_Full_BIT },
	{ NETCX_LINK_MODE_10000_LR_FULL, ETHTOOL_LINK_MODE_10000baseLR_Full_BIT },
	{ NETCX_LINK_MODE_AUTONEG, ETHTOOL_LINK_MODE_Autoneg_BIT },
	{ NETCX_LINK_MODE_PAUSE, ETHTOOL_LINK_MODE_Pause_BIT },
	{ NETCX_LINK_MODE_ASYM_PAUSE, ETHTOOL_LINK_MODE_Asym_Pause_BIT },
};

struct netcx_port_name {
	u8 port;
	/* The same as a mode; 0: there is none. */
	enum ethtool_link_mode_bit_indices mode;
};

static const struct netcx_port_name netcx_ports[netcx_port_end] = {
	[netcx_port_other] = { PORT_OTHER },
	[netcx_port_twisted_pair] = { PORT_TP, ETHTOOL_LINK_MODE_TP_BIT },
	[netcx_port_fibre] = { PORT_FIBRE, ETHTOOL_LINK_MODE_FIBRE_BIT },
	[netcx_port_direct_attach] = { PORT_DA },
	[netcx_port_none] = { PORT_NONE },
};

static void netcx_link_modes_show(unsigned long *shown, u64 modes)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(netcx_link_mode_table); i++)
		if (modes & netcx_link_mode_table[i].bit)
			__set_bit(netcx_link_mode_table[i].mode, shown);
}

/* The client's link modes; without them only autonegotiation, from NetAdapterSetLinkState(). */
static void netcx_show_modes(struct netcx_netdev *nd, struct ethtool_link_ksettings *cmd)
{
	const u64 negotiates = READ_ONCE(nd->negotiates) ? NETCX_LINK_MODE_AUTONEG : 0;
	const struct netcx_port_name *port;
	struct netcx_link_modes modes;

	netcx_core_adapter_link_modes(nd->adapter, &modes);
	if (!modes.Size) {
		modes.Supported = negotiates;
		modes.Advertised = negotiates;
	}
	port = &netcx_ports[modes.Port];
	cmd->base.port = port->port;
	cmd->base.autoneg = modes.Advertised & NETCX_LINK_MODE_AUTONEG ? AUTONEG_ENABLE :
								       AUTONEG_DISABLE;
	netcx_link_modes_show(cmd->link_modes.supported, modes.Supported);
	netcx_link_modes_show(cmd->link_modes.advertising, modes.Advertised);
	if (netif_carrier_ok(nd->netdev))
		netcx_link_modes_show(cmd->link_modes.lp_advertising, modes.Partner);
	if (port->mode) {
		__set_bit(port->mode, cmd->link_modes.supported);
		__set_bit(port->mode, cmd->link_modes.advertising);
	}
}

int netcx_get_link_ksettings(struct net_device *netdev, struct ethtool_link_ksettings *cmd)
{
	struct netcx_netdev *nd = netdev_priv(netdev);
	NET_ADAPTER_LINK_STATE link;

	netcx_core_adapter_link(nd->adapter, &link);
	ethtool_link_ksettings_zero_link_mode(cmd, supported);
	ethtool_link_ksettings_zero_link_mode(cmd, advertising);
	ethtool_link_ksettings_zero_link_mode(cmd, lp_advertising);
	cmd->base.speed = SPEED_UNKNOWN;
	cmd->base.duplex = DUPLEX_UNKNOWN;
	netcx_show_modes(nd, cmd);
	if (!netif_carrier_ok(netdev))
		return 0;

	if (link.TxLinkSpeed != NET_ADAPTER_LINK_SPEED_UNKNOWN)
		cmd->base.speed = div_u64(link.TxLinkSpeed, 1000000);
	if (link.MediaDuplexState == MediaDuplexStateFull)
		cmd->base.duplex = DUPLEX_FULL;
	else if (link.MediaDuplexState == MediaDuplexStateHalf)
		cmd->base.duplex = DUPLEX_HALF;
	return 0;
}
