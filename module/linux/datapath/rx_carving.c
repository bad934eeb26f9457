// SPDX-License-Identifier: GPL-2.0-only
/*
 * Receive buffers as pieces of page_pool's pages: NETCX_RX_HEADROOM bytes, the buffer the client
 * sees, room for skb_shared_info. A page has as many references as pieces from when it is taken, so
 * the last one back returns it to the pool.
 *
 * Where a pair of pages holds more pieces than two single ones, a pair is what is asked for first.
 * It is a wish: with fragmented memory there are single pages only, and these do as well. The pool
 * then holds pages of both orders, which it does not care about: it looks at its order only when it
 * asks the page allocator. A single page's piece is larger than a pair's, never smaller, so that
 * rx->truesize bytes of it can be used in either case; what an skb is charged with is all it takes.
 */
#include <linux/gfp.h>
#include <linux/mm.h>

#include "../os/compat.h"
#include "channel.h"
#include "rx_carving.h"
#include "rx_queue.h"

/* So many single pages are taken before a larger one is tried again. */
#define NETCX_RX_SINGLES	256

/*
 * For pages that single ones can replace: neither reserves nor reclaim, not even in the background,
 * are to be spent on them.
 */
#define NETCX_RX_GFP_LARGE	(__GFP_NOWARN | __GFP_NORETRY | __GFP_NOMEMALLOC)
#define NETCX_RX_GFP		(GFP_ATOMIC | __GFP_NOWARN)

/* Are there larger pages again? */
static bool netcx_rx_has_large_pages(const struct page_pool *pool)
{
	struct page *page = alloc_pages_node(pool->p.nid, NETCX_RX_GFP_LARGE | __GFP_COMP,
					     pool->p.order);

	if (!page)
		return false;
	__free_pages(page, pool->p.order);
	return true;
}

/*
 * Lends the pool another order for one call. Nobody else allocates from it, and page_pool reads its
 * order only where it calls the page allocator, for order 0 in bulk, so that some singles more wait
 * in the pool; where it maps pages for DMA, which it does not do here; and where it cuts pages
 * itself, which it does not either. A page that leaves it is freed by put_page(), by its own order.
 *
 * A second pool for single pages would do without. But the buffers of both would be in one ring, so
 * every one that goes back would have to be asked for its pool, and the rxq of XDP, which names one
 * pool, would be wrong for the other's. Where a pool has no such order, see probe.sh, there are
 * single pages only.
 */
#ifdef NETCX_HAVE_PAGE_POOL_ORDER
#define NETCX_RX_TAKES_PAIRS	true

static struct page *netcx_rx_single_page(struct page_pool *pool)
{
	const unsigned int order = pool->p.order;
	struct page *page;

	pool->p.order = 0;
	page = page_pool_alloc_pages(pool, NETCX_RX_GFP);
	pool->p.order = order;
	return page;
}
#else
#define NETCX_RX_TAKES_PAIRS	false

static struct page *netcx_rx_single_page(struct page_pool *pool)
{
	return NULL;
}
#endif

/* Removes a page from the pool: with an extra reference page_pool does not recycle it. */
static void netcx_rx_release_page(struct page_pool *pool, struct page *page)
{
	page_pool_fragment_page(page, 1);
	get_page(page);
	page_pool_put_full_page(pool, page, true);
	put_page(page);
}

/* A page of the pool's order, or a single one while there are no others. */
static struct page *netcx_rx_page(struct netcx_rx_queue *rx)
{
	struct netcx_rx_carving *carving = &rx->carving;
	struct page_pool *pool = rx->pool;
	struct page *page;

	if (!carving->per_single)
		return page_pool_alloc_pages(pool, NETCX_RX_GFP);

	if (unlikely(carving->singles) && !--carving->singles && !netcx_rx_has_large_pages(pool))
		carving->singles = NETCX_RX_SINGLES;
	if (unlikely(carving->singles))
		return netcx_rx_single_page(pool);

	page = page_pool_alloc_pages(pool, NETCX_RX_GFP_LARGE);
	if (unlikely(page && !PageHead(page))) {
		/*
		 * A recycled order-0 page. It is released, and another asked for once, so that the
		 * pool goes back to pairs.
		 */
		netcx_rx_release_page(pool, page);
		page = page_pool_alloc_pages(pool, NETCX_RX_GFP_LARGE);
	}
	if (likely(page))
		return page;
	carving->singles = NETCX_RX_SINGLES;
	return netcx_rx_single_page(pool);
}

bool netcx_rx_carving_next_page(struct netcx_rx_queue *rx)
{
	struct netcx_rx_carving *carving = &rx->carving;
	struct page *page = netcx_rx_page(rx);

	if (unlikely(!page))
		return false;
	carving->left = carving->per_page;
	carving->step = rx->truesize;
	if (unlikely(carving->per_single && !PageHead(page))) {
		carving->left = carving->per_single;
		carving->step += carving->single_extra;
	}
	page_pool_fragment_page(page, carving->left);
	carving->page = page;
	carving->offset = 0;
	return true;
}

/*
 * Of what order are pages that are cut into pieces of @size? A pair of them, where it has many more
 * than twice as many as one: with pages of 4 KiB and buffers of 2 KiB that is three instead of two.
 * For the 49th of pages of 64 KiB it is not worth the larger allocation.
 */
static unsigned int netcx_rx_page_order(u32 size)
{
	const unsigned int order = get_order(size);
	const u32 two = 2 * (PAGE_SIZE / size);

	if (order || !NETCX_RX_TAKES_PAIRS)
		return order;
	return 2 * PAGE_SIZE / size > two + two / 8 ? 1 : 0;
}

/* All of a page is accounted for by its pieces. */
static u32 netcx_rx_truesize(size_t page_size, u32 pieces)
{
	return ALIGN_DOWN(page_size / pieces, SMP_CACHE_BYTES);
}

int netcx_rx_carving_open(struct netcx_rx_queue *rx, u32 elements)
{
	const u32 size = SKB_DATA_ALIGN(NETCX_RX_HEADROOM + rx->buffer_size) +
			 SKB_DATA_ALIGN(sizeof(struct skb_shared_info));
	const unsigned int order = netcx_rx_page_order(size);
	const u32 per_page = (PAGE_SIZE << order) / size;
	const u32 per_single = order ? PAGE_SIZE / size : 0;
	struct page_pool_params params = {
#ifdef PP_FLAG_PAGE_FRAG
		.flags = per_page > 1 ? PP_FLAG_PAGE_FRAG : 0,
#endif
		.order = order,
		.pool_size = DIV_ROUND_UP(elements, per_page),
		.nid = dev_to_node(rx->netdev->dev.parent),
	};
	struct page_pool *pool;

	netcx_page_pool_set_owner(&params, &rx->channel->napi, rx->netdev);
	pool = page_pool_create(&params);
	if (IS_ERR(pool))
		return PTR_ERR(pool);
	rx->pool = pool;
	rx->truesize = netcx_rx_truesize(PAGE_SIZE << order, per_page);
	rx->carving = (struct netcx_rx_carving){
		.per_page = per_page,
		.per_single = per_single,
	};
	if (per_single)
		rx->carving.single_extra = netcx_rx_truesize(PAGE_SIZE, per_single) - rx->truesize;
	return 0;
}

void netcx_rx_carving_put_rest(struct netcx_rx_queue *rx)
{
	for (; rx->carving.left; rx->carving.left--)
		page_pool_put_full_page(rx->pool, rx->carving.page, false);
}
