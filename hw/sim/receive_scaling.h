/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Receive scaling (RSS): the Toeplitz hash of a frame, and the queue that it selects. */
#ifndef SIM_RECEIVE_SCALING_H
#define SIM_RECEIVE_SCALING_H

#include "headers.h"
#include "limits.h"

namespace sim
{

struct Hash {
	UINT32 value;
	/* NET_PACKET_HASH_PROTOCOL_TYPE; 0 if the frame was not hashed. */
	UINT32 type;
};

class ReceiveScaling
{
public:
	void enable(UINT32 protocols) { enabled = protocols; }
	void disable() { enabled = 0; }
	void set_key(const UINT8 *key);
	void set_entry(UINT32 index, UINT32 queue) { entries[index] = queue; }

	Hash hash(const UINT8 *frame, const Headers &headers) const;
	/* Frames that are not hashed go to queue 0. */
	UINT32 queue(const Hash &hash) const
	{
		return hash.type ? entries[hash.value % limits::indirection_entries] : 0;
	}

private:
	UINT32 toeplitz(const UINT8 *input, UINT32 length) const;

	/* NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE; 0: disabled. */
	UINT32 enabled;
	UINT8 secret[limits::hash_key_bytes];
	UINT32 entries[limits::indirection_entries];
};

} /* namespace sim */

#endif /* SIM_RECEIVE_SCALING_H */
