// SPDX-License-Identifier: GPL-2.0-only
#include "programs.h"

#include "../../module/linux/datapath/xdp.h"
#include "../../module/linux/datapath/xdp_tx.h"

void netcx_kunit_attach(struct netcx_kunit_interface *interface, netcx_kunit_program program,
			bool frags)
{
	struct bpf_prog *prog = kunit_kzalloc(interface->test, sizeof(*prog), GFP_KERNEL);
	struct bpf_prog_aux *aux = kunit_kzalloc(interface->test, sizeof(*aux), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(interface->test, prog);
	KUNIT_ASSERT_NOT_NULL(interface->test, aux);
	prog->type = BPF_PROG_TYPE_XDP;
	prog->bpf_func = (void *)program;
	prog->aux = aux;
	aux->xdp_has_frags = frags;
	interface->nd->xdp_prog = prog;
}

struct xdp_frame *netcx_kunit_frame(struct netcx_kunit_interface *interface, u32 length, u32 frags,
				    u32 frag_length)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct skb_shared_info *shinfo;
	struct xdp_frame *frame;
	u32 i;

	KUNIT_ASSERT_NOT_NULL(interface->test, page);
	frame = page_address(page);
	*frame = (struct xdp_frame){
		.data = page_address(page) + XDP_PACKET_HEADROOM,
		.len = length,
		.headroom = XDP_PACKET_HEADROOM - sizeof(*frame),
		.frame_sz = PAGE_SIZE,
		.mem.type = MEM_TYPE_PAGE_ORDER0,
	};
	netcx_kunit_fill(frame->data, 0, length);
	if (!frags)
		return frame;

	shinfo = xdp_get_shared_info_from_frame(frame);
	for (i = 0; i < frags; i++) {
		page = alloc_page(GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(interface->test, page);
		netcx_kunit_fill(page_address(page), length + i * frag_length, frag_length);
		skb_frag_fill_page_desc(&shinfo->frags[i], page, 0, frag_length);
	}
	shinfo->nr_frags = frags;
	shinfo->xdp_frags_size = frags * frag_length;
	frame->flags = XDP_FLAGS_HAS_FRAGS;
	return frame;
}

int netcx_kunit_xdp_xmit(struct netcx_kunit_interface *interface, struct xdp_frame **frames, int n)
{
	int sent, i;

	local_bh_disable();
	sent = netcx_xdp_xmit(interface->netdev, n, frames, XDP_XMIT_FLUSH);
	for (i = max(sent, 0); i < n; i++)
		xdp_return_frame_rx_napi(frames[i]);
	local_bh_enable();
	return sent;
}

bool netcx_kunit_tx_matches(struct netcx_kunit_interface *interface, u32 n, u32 offset, u32 length)
{
	const struct netcx_queue *q = &interface->tx_queue;
	const NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(q->fragments, n);
	const NET_FRAGMENT_VIRTUAL_ADDRESS *virtual =
		netcx_extension((void *)fragment, q->layout.fragment_virtual_address);

	return fragment->ValidLength == length && !fragment->Offset &&
	       netcx_kunit_matches(virtual->VirtualAddress, offset, length);
}
