// SPDX-License-Identifier: GPL-2.0-only OR MIT
#define RING_API	  ring_api_cpp
#define RING_API_LANGUAGE "C++"
#include "ring_api_table.h"
