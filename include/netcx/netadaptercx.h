/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * NetAdapterCx, the whole of it but the extensions that a client asks for: net/checksum.h,
 * net/gso.h, net/virtualaddress.h and their like.
 */
#ifndef NETCX_NETADAPTERCX_H
#define NETCX_NETADAPTERCX_H

#include "ntddk.h"
#include "wdf.h"
#include "ifdef.h"
#include "ntddndis.h"
#include "xfilter.h"

#include "netadaptercxtypes.h"
#include "netadapterpacket.h"

#include "net/extension.h"
#include "net/fragment.h"
#include "net/packet.h"
#include "net/ring.h"
#include "net/ringcollection.h"

#include "netpacketqueue.h"
#include "nettxqueue.h"
#include "netrxqueue.h"
#include "netexecutioncontext.h"
#include "netmemory.h"
#include "netdevice.h"
#include "netadapter.h"
#include "netadaptertxdemux.h"
#include "netadapteroffload.h"
#include "netreceivescaling.h"
#include "netwakesource.h"
#include "netpoweroffload.h"
#include "netconfiguration.h"

#endif /* NETCX_NETADAPTERCX_H */
