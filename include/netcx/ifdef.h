/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Link state enumerations. Pages: "NET_IF_MEDIA_CONNECT_STATE enumeration (ifdef.h)",
 * "NET_IF_MEDIA_DUPLEX_STATE enumeration (ifdef.h)".
 */
#ifndef NETCX_IFDEF_H
#define NETCX_IFDEF_H

#include "ntddk.h"

typedef enum _NET_IF_MEDIA_CONNECT_STATE NETCX_INT_ENUM {
	MediaConnectStateUnknown = 0,
	MediaConnectStateConnected = 1,
	MediaConnectStateDisconnected = 2
} NET_IF_MEDIA_CONNECT_STATE,
	*PNET_IF_MEDIA_CONNECT_STATE;

typedef enum _NET_IF_MEDIA_DUPLEX_STATE NETCX_INT_ENUM {
	MediaDuplexStateUnknown = 0,
	MediaDuplexStateHalf = 1,
	MediaDuplexStateFull = 2
} NET_IF_MEDIA_DUPLEX_STATE,
	*PNET_IF_MEDIA_DUPLEX_STATE;

#endif /* NETCX_IFDEF_H */
