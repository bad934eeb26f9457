/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Small questions that the checks of capabilities ask. */
#ifndef NETCX_CORE_CAPABILITIES_H
#define NETCX_CORE_CAPABILITIES_H

#include <netcx/ntdef.h>

namespace netcx
{

constexpr bool is_power_of_two(SIZE_T value)
{
	return value && !(value & (value - 1));
}

/* Is every bit of @flags one of @known? */
template <class Flags>
constexpr bool only_known(Flags flags, UINT32 known)
{
	return !(static_cast<UINT32>(flags) & ~known);
}

template <class Flags>
constexpr bool has(Flags flags, Flags one)
{
	return (static_cast<UINT32>(flags) & static_cast<UINT32>(one)) != 0;
}

} // namespace netcx

#endif /* NETCX_CORE_CAPABILITIES_H */
