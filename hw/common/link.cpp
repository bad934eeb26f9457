// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <common/link.h>

namespace common
{

void report_link(NETADAPTER adapter, const Link &link)
{
	NET_ADAPTER_LINK_STATE state;

	if (!link.up) {
		NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(&state);
		NetAdapterSetLinkState(adapter, &state);
		return;
	}

	const UINT32 pause = (link.tx_pause ? NetAdapterPauseFunctionTypeSendOnly : 0) |
			     (link.rx_pause ? NetAdapterPauseFunctionTypeReceiveOnly : 0);
	const UINT32 negotiated =
		link.negotiated ? NetAdapterAutoNegotiationFlagXmitLinkSpeedAutoNegotiated |
					  NetAdapterAutoNegotiationFlagRcvLinkSpeedautoNegotiated |
					  NetAdapterAutoNegotiationFlagDuplexAutoNegotiated |
					  NetAdapterAutoNegotiationFlagPauseFunctionsAutoNegotiated
				: NetAdapterAutoNegotiationFlagNone;

	NET_ADAPTER_LINK_STATE_INIT(&state, link.bits_per_second, MediaConnectStateConnected,
				    link.full_duplex ? MediaDuplexStateFull : MediaDuplexStateHalf,
				    static_cast<NET_ADAPTER_PAUSE_FUNCTION_TYPE>(pause),
				    static_cast<NET_ADAPTER_AUTO_NEGOTIATION_FLAGS>(negotiated));
	NetAdapterSetLinkState(adapter, &state);
}

} /* namespace common */
