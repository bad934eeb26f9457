/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Rules that a device breaks when it is told to, so that verifier mode can be seen to notice. */
#ifndef SIM_MISBEHAVIOUR_H
#define SIM_MISBEHAVIOUR_H

#include <ntddk.h>

namespace sim
{

/* Misbehaviour=0 is none. */
constexpr UINT32 misbehaviour_count = 1;

} /* namespace sim */

#endif /* SIM_MISBEHAVIOUR_H */
