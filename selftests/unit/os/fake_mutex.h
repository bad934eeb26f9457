/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What may come between a test of a flag and the lock that protects it. */
#ifndef FAKE_MUTEX_H
#define FAKE_MUTEX_H

#include <functional>

namespace fake
{

/* What another processor does before the next mutex is taken. */
extern std::function<void()> taking_mutex;

} // namespace fake

#endif /* FAKE_MUTEX_H */
