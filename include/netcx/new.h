/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Objects at a place of one's own, new (place) T, and the tag of a new that returns NULL. A driver
 * that has objects elsewhere brings operator new and delete itself. In user space these are the C++
 * library's.
 */
#ifndef NETCX_NEW_H
#define NETCX_NEW_H

#if defined(__cplusplus) && !defined(NETCX_USER_SPACE)

inline void *operator new(__SIZE_TYPE__, void *place) noexcept
{
	return place;
}

inline void *operator new[](__SIZE_TYPE__, void *place) noexcept
{
	return place;
}

inline void operator delete(void *, void *) noexcept
{
}

inline void operator delete[](void *, void *) noexcept
{
}

namespace std
{
struct nothrow_t {
	explicit nothrow_t() = default;
};

inline constexpr nothrow_t nothrow{};
} // namespace std
#endif

#endif /* NETCX_NEW_H */
