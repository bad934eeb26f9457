// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: "RSS Hashing Functions", "RSS Hashing Types" of the Windows driver documentation. */
#include "receive_scaling.h"

#include <netreceivescaling.h>
#include <net/packethash.h>

namespace sim
{

void ReceiveScaling::set_key(const UINT8 *key)
{
	RtlCopyMemory(secret, key, sizeof(secret));
}

UINT32 ReceiveScaling::toeplitz(const UINT8 *input, UINT32 length) const
{
	UINT32 window = read_be32(secret);
	UINT32 result = 0;

	for (UINT32 i = 0; i < length; i++) {
		for (UINT32 bit = 0; bit < 8; bit++) {
			if (input[i] & 0x80 >> bit)
				result ^= window;
			window = window << 1 | (secret[i + 4] >> (7 - bit) & 1);
		}
	}
	return result;
}

Hash ReceiveScaling::hash(const UINT8 *frame, const Headers &headers) const
{
	const UINT8 *ip = frame + headers.layer2_bytes;
	UINT8 input[2 * 16 + 2 * 2];
	UINT32 length, type;

	if (headers.is_ipv4() && enabled & NetAdapterReceiveScalingProtocolTypeIPv4) {
		type = NetPacketHashProtocolTypeIPv4;
		length = 2 * 4;
		RtlCopyMemory(input, ip + 12, length);
	} else if (headers.is_ipv6() && enabled & NetAdapterReceiveScalingProtocolTypeIPv6) {
		type = NetPacketHashProtocolTypeIPv6;
		length = 2 * 16;
		RtlCopyMemory(input, ip + 8, length);
	} else {
		return {};
	}
	if ((headers.is_tcp() && enabled & NetAdapterReceiveScalingProtocolTypeTcp) ||
	    (headers.is_udp() && enabled & NetAdapterReceiveScalingProtocolTypeUdp)) {
		type |= headers.is_tcp() ? NetPacketHashProtocolTypeTcp
					 : NetPacketHashProtocolTypeUdp;
		RtlCopyMemory(input + length, frame + headers.layer4_start(), 4);
		length += 4;
	}
	return {toeplitz(input, length), type};
}

} /* namespace sim */
