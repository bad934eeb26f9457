/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Where clients of NetAdapterCx 1.3 and 1.4 find the iterators. */
#ifndef NETCX_PREVIEW_NETRINGITERATOR_H
#define NETCX_PREVIEW_NETRINGITERATOR_H

#include "../netringiterator.h"

#endif /* NETCX_PREVIEW_NETRINGITERATOR_H */
