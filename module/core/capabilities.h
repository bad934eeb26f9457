/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Helpers for checking capabilities. */
#ifndef NETCX_CORE_CAPABILITIES_H
#define NETCX_CORE_CAPABILITIES_H

#include <netcx/ntdef.h>

namespace netcx
{

constexpr bool is_power_of_two(SIZE_T value)
{
	return value && !(value & (value - 1));
}

/* True if @flags has no bit that is not in @known. */
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
