/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Random numbers that nobody can guess. Page: "BCryptGenRandom function (bcrypt.h)". */
#ifndef NETCX_BCRYPT_H
#define NETCX_BCRYPT_H

#include "ntdef.h"

typedef PVOID BCRYPT_ALG_HANDLE;

#define BCRYPT_USE_SYSTEM_PREFERRED_RNG 0x00000002

EXTERN_C_START

/**
 * BCryptGenRandom() - random bytes
 * @hAlgorithm: NULL: there is no other generator than the system's
 * @pbBuffer: receives them
 * @cbBuffer: how many
 * @dwFlags: BCRYPT_USE_SYSTEM_PREFERRED_RNG
 *
 * Context: process or softirq.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE for another generator; STATUS_INVALID_PARAMETER for
 * NULL or other flags.
 */
NTSTATUS BCryptGenRandom(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
			 ULONG dwFlags);

EXTERN_C_END

#endif /* NETCX_BCRYPT_H */
