/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Where preview clients of NetAdapterCx 2.0 find the adapter. */
#ifndef NETCX_PREVIEW_NETADAPTER_H
#define NETCX_PREVIEW_NETADAPTER_H

#include "../netadapter.h"

#endif /* NETCX_PREVIEW_NETADAPTER_H */
