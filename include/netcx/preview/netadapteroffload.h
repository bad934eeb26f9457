/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Where preview clients of NetAdapterCx 2.0 find LSO and checksum offload. */
#ifndef NETCX_PREVIEW_NETADAPTEROFFLOAD_H
#define NETCX_PREVIEW_NETADAPTEROFFLOAD_H

#include "../netadapteroffload.h"

#endif /* NETCX_PREVIEW_NETADAPTEROFFLOAD_H */
