/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Receive scaling (RSS): hash, key and indirection table. The settings are kept here, so that they
 * can be programmed again after a reset of the device.
 */
#ifndef INTEL_RECEIVE_SCALING_H
#define INTEL_RECEIVE_SCALING_H

#include <intel/mac.h>
#include <netadaptercx.h>

namespace intel
{

class ReceiveScaling
{
public:
	/* Context: process or DISPATCH_LEVEL; one call at a time. */

	/* Writes all settings to the hardware; to be called after every reset. */
	void program(const Mac &mac) const;

	/*
	 * The receiver must be off: MRQC must not be changed while frames are received.
	 */
	void enable(const Mac &mac, NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols);
	void disable(const Mac &mac);

	/* @bytes: rssrk::bytes of them. */
	void set_key(const Mac &mac, const UINT8 *bytes);

	/* False if there is no such entry or queue. Takes effect with program_table(). */
	bool set_entry(const Mac &mac, UINT32 index, UINT32 queue);
	void program_table(const Mac &mac) const;

private:
	void program_key(const Mac &mac) const;

	/* The values of the registers MRQC, RSSRK and RETA. */
	UINT32 command;
	UINT32 key[rssrk::bytes / sizeof(UINT32)];
	UINT32 table[reta::entries / sizeof(UINT32)];
};

} /* namespace intel */

#endif /* INTEL_RECEIVE_SCALING_H */
