/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The driver, which has the wires between its devices. */
#ifndef SIM_DRIVER_H
#define SIM_DRIVER_H

#include "wire.h"

namespace sim
{

struct Driver {
	Wires wires;
};

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Driver, driver_context);

} /* namespace sim */

#endif /* SIM_DRIVER_H */
