// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for copies of small received packets: pieces of page_pool's pages, which come back without
 * going through the kernel's page allocator, which may have to clear them. A page is given as many
 * references as it can have pieces when it is taken, so that taking a piece touches nothing shared.
 */
#include "../netdev/netdev_priv.h"
#include "../os/compat.h"
#include "channel.h"
#include "rx_copy.h"
#include "rx_queue.h"

/* More than a page's pieces. */
#define NETCX_RX_COPY_REFERENCES \
	((long)(PAGE_SIZE / SKB_DATA_ALIGN(sizeof(struct skb_shared_info))))

/* Pieces there is memory for before pages are allocated: so many packets wait somewhere. */
static unsigned int netcx_rx_copy_pages(u32 elements)
{
	return max(elements / 4, 16u);
}

int netcx_rx_copy_open(struct netcx_rx_queue *rx, u32 elements)
{
	struct page_pool_params params = {
#ifdef PP_FLAG_PAGE_FRAG
		.flags = PP_FLAG_PAGE_FRAG,
#endif
		.pool_size = netcx_rx_copy_pages(elements),
		.nid = dev_to_node(rx->netdev->dev.parent),
	};
	struct page_pool *pool;

	netcx_page_pool_set_owner(&params, &rx->channel->napi, rx->netdev);
	pool = page_pool_create(&params);
	if (IS_ERR(pool))
		return PTR_ERR(pool);
	rx->copies = (struct netcx_rx_copies){ .pool = pool };
	WRITE_ONCE(rx->copybreak, rx->channel->nd->rx_copybreak);
	return 0;
}

/* What of the page was not taken is given back; its pieces may live on. */
static void netcx_rx_copy_put_page(struct netcx_rx_copies *copies, bool napi)
{
	struct page *page = copies->page;

	if (page && !page_pool_unref_page(page, NETCX_RX_COPY_REFERENCES - copies->pieces))
		page_pool_put_unrefed_page(copies->pool, page, -1, napi);
	copies->page = NULL;
	copies->left = 0;
}

bool netcx_rx_copy_next_page(struct netcx_rx_copies *copies)
{
	struct page *page;

	netcx_rx_copy_put_page(copies, true);
	page = page_pool_alloc_pages(copies->pool, GFP_ATOMIC | __GFP_NOWARN);
	if (unlikely(!page))
		return false;
	page_pool_fragment_page(page, NETCX_RX_COPY_REFERENCES);
	copies->page = page;
	copies->next = page_address(page);
	copies->left = PAGE_SIZE;
	copies->pieces = 0;
	return true;
}

void netcx_rx_copy_close(struct netcx_rx_queue *rx)
{
	netcx_rx_copy_put_page(&rx->copies, false);
	page_pool_destroy(rx->copies.pool);
	rx->copies.pool = NULL;
}
