// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/extensions.h>

namespace common
{

NET_EXTENSION tx_extension(NETPACKETQUEUE queue, const Extension &which)
{
	NET_EXTENSION_QUERY query;
	NET_EXTENSION found;

	NET_EXTENSION_QUERY_INIT(&query, which.name, which.version, which.type);
	NetTxQueueGetExtension(queue, &query, &found);
	return found;
}

NET_EXTENSION rx_extension(NETPACKETQUEUE queue, const Extension &which)
{
	NET_EXTENSION_QUERY query;
	NET_EXTENSION found;

	NET_EXTENSION_QUERY_INIT(&query, which.name, which.version, which.type);
	NetRxQueueGetExtension(queue, &query, &found);
	return found;
}

UINT32 tx_extension_offset(NETPACKETQUEUE queue, const NET_RING *ring, const Extension &which)
{
	const NET_EXTENSION found = tx_extension(queue, which);

	if (!found.Enabled)
		return 0;
	return static_cast<UINT32>(static_cast<UINT8 *>(NetExtensionGetData(&found, 0)) -
				   static_cast<UINT8 *>(NetRingGetElementAtIndex(ring, 0)));
}

} /* namespace common */
