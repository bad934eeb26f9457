/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Where preview clients of NetAdapterCx 2.0 find all of it. */
#ifndef NETCX_PREVIEW_NETADAPTERCX_H
#define NETCX_PREVIEW_NETADAPTERCX_H

#include "../netadaptercx.h"

#endif /* NETCX_PREVIEW_NETADAPTERCX_H */
