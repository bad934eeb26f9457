/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a link can be, which NET_ADAPTER_LINK_STATE does not say: the modes that the hardware has,
 * those that it advertises to its partner, and the partner's. For "ethtool NIC".
 */
#ifndef NETCX_LINK_MODES_H
#define NETCX_LINK_MODES_H

#include "netadapter.h"

/**
 * enum netcx_port - what the link's medium is joined to
 * @netcx_port_other: none of the others
 * @netcx_port_twisted_pair: copper, a socket for RJ-45
 * @netcx_port_fibre: optical
 * @netcx_port_direct_attach: a cable that is part of its module
 * @netcx_port_none: a backplane, or nothing that one could touch
 * @netcx_port_end: how many there are; not one of them
 */
enum netcx_port {
	netcx_port_other,
	netcx_port_twisted_pair,
	netcx_port_fibre,
	netcx_port_direct_attach,
	netcx_port_none,
	netcx_port_end
};

/* Sets of link modes: bits of a UINT64. */
#define NETCX_LINK_MODE_10_HALF	  (1ULL << 0)
#define NETCX_LINK_MODE_10_FULL	  (1ULL << 1)
#define NETCX_LINK_MODE_100_HALF  (1ULL << 2)
#define NETCX_LINK_MODE_100_FULL  (1ULL << 3)
#define NETCX_LINK_MODE_1000_HALF (1ULL << 4)
#define NETCX_LINK_MODE_1000_FULL (1ULL << 5)
#define NETCX_LINK_MODE_2500_FULL (1ULL << 6)
#define NETCX_LINK_MODE_5000_FULL (1ULL << 7)
/* On copper. */
#define NETCX_LINK_MODE_10000_FULL (1ULL << 8)
/* Optical. */
#define NETCX_LINK_MODE_1000_X_FULL   (1ULL << 9)
#define NETCX_LINK_MODE_10000_SR_FULL (1ULL << 10)
#define NETCX_LINK_MODE_10000_LR_FULL (1ULL << 11)
/* No mode, but how one is agreed on: negotiation, and pause frames in one or both directions. */
#define NETCX_LINK_MODE_AUTONEG	   (1ULL << 12)
#define NETCX_LINK_MODE_PAUSE	   (1ULL << 13)
#define NETCX_LINK_MODE_ASYM_PAUSE (1ULL << 14)

#define NETCX_LINK_MODE_ALL ((1ULL << 15) - 1)

/**
 * struct netcx_link_modes - what a link can be
 * @Size: sizeof this structure
 * @Port: see the type
 * @Supported: what the hardware can do
 * @Advertised: what of it the partner is told; 0: nothing is negotiated
 * @Partner: what the partner has told; 0: nothing, or there is no link
 */
struct netcx_link_modes {
	UINT32 Size;
	enum netcx_port Port;
	UINT64 Supported;
	UINT64 Advertised;
	UINT64 Partner;
};

EXTERN_C_START

/**
 * netcx_adapter_set_link_modes() - says what the link can be
 * @Adapter: the adapter, started or not
 * @Modes: copied; replaces what was said before
 *
 * To be called before the adapter is started, and again when something has changed, usually together
 * with NetAdapterSetLinkState().
 * Context: up to DISPATCH_LEVEL.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER for a NULL Modes, or for a port or modes that are not there.
 */
NTSTATUS netcx_adapter_set_link_modes(NETADAPTER Adapter, const struct netcx_link_modes *Modes);

EXTERN_C_END

#endif /* NETCX_LINK_MODES_H */
