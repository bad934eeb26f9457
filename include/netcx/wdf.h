/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The part of WDF (the Windows Driver Framework) that NIC drivers use. */
#ifndef NETCX_WDF_H
#define NETCX_WDF_H

#include "wdf/wdftypes.h"
#include "wdf/wdfassert.h"
#include "wdf/wdfobject.h"
#include "wdf/wdfdriver.h"
#include "wdf/wdfresource.h"
#include "wdf/wdfdevice.h"
#include "wdf/wdfdeviceproperty.h"
#include "wdf/wdffdo.h"
#include "wdf/wdfpower.h"
#include "wdf/wdfsync.h"
#include "wdf/wdfmemory.h"
#include "wdf/wdfstring.h"
#include "wdf/wdfcollection.h"
#include "wdf/wdfinterrupt.h"
#include "wdf/wdfdmaenabler.h"
#include "wdf/wdfcommonbuffer.h"
#include "wdf/wdftimer.h"
#include "wdf/wdfworkitem.h"

#endif /* NETCX_WDF_H */
