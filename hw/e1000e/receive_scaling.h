/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive scaling: the hash, its key, and the table that turns it into a queue. What is set here
 * outlives resets of the device.
 */
#ifndef E1000E_RECEIVE_SCALING_H
#define E1000E_RECEIVE_SCALING_H

#include "hardware.h"
#include "limits.h"
#include <netadaptercx.h>

namespace e1000e
{

class ReceiveScaling
{
public:
	/* Context: process or DISPATCH_LEVEL; one call at a time. */

	/* To be called after every reset. */
	void program(const Hardware &hardware) const;

	/*
	 * The receiver must be off: the hardware takes another number of queues or another kind of
	 * hash only while it receives nothing.
	 */
	void enable(const Hardware &hardware, NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols);
	void disable(const Hardware &hardware);

	/* @bytes: as many as limits::hash_key_bytes. */
	void set_key(const Hardware &hardware, const UINT8 *bytes);

	/* False: there is no such entry or queue. Takes effect with program_table(). */
	bool set_entry(UINT32 index, UINT32 queue);
	void program_table(const Hardware &hardware) const;

private:
	void program_key(const Hardware &hardware) const;

	/* As in the registers MRQC, RSSRK, RETA. */
	UINT32 command;
	UINT32 key[limits::hash_key_bytes / sizeof(UINT32)];
	UINT32 table[limits::indirection_entries / sizeof(UINT32)];
};

} /* namespace e1000e */

#endif /* E1000E_RECEIVE_SCALING_H */
