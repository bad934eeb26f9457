/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Structures from here to poppack.h are aligned to 8 bytes at most. It may be included many times.
 */
#pragma pack(push, 8)
