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
 *
 * Where the client wants its buffers aligned, each lies so in its page: pieces are multiples of the
 * alignment, and the first one begins behind the page's start if NETCX_RX_HEADROOM is none.
 */
#include <linux/gfp.h>
#include <linux/mm.h>

#include "../../core/core.h"
#include "../netdev/netdev_priv.h"
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
	carving->step = carving->page_step;
	if (unlikely(carving->per_single && !PageHead(page))) {
		carving->left = carving->per_single;
		carving->step = carving->single_step;
	}
	page_pool_fragment_page(page, carving->left);
	carving->page = page;
	carving->offset = carving->first;
	return true;
}

/* What a buffer needs, and where it may lie. */
struct netcx_rx_piece {
	u32 size;
	u32 alignment;		/* of a piece: at least a cache line */
	u32 first;		/* bytes of a page before its first piece */
};

static struct netcx_rx_piece netcx_rx_piece(const struct netcx_rx_queue *rx)
{
	const size_t wanted = rx->channel->nd->adapter->rx.FragmentBufferAlignment;

	return (struct netcx_rx_piece){
		.size = SKB_DATA_ALIGN(NETCX_RX_HEADROOM + rx->buffer_size) +
			SKB_DATA_ALIGN(sizeof(struct skb_shared_info)),
		.alignment = max_t(size_t, wanted, SMP_CACHE_BYTES),
		.first = wanted > NETCX_RX_HEADROOM ? wanted - NETCX_RX_HEADROOM : 0,
	};
}

/* From one piece to the next. */
static u32 netcx_rx_step(const struct netcx_rx_piece *piece, size_t page_size, u32 pieces)
{
	const u32 room = page_size - piece->first;

	/* Nothing comes behind an only one that would have to be aligned. */
	return ALIGN_DOWN(room / pieces, pieces > 1 ? piece->alignment : SMP_CACHE_BYTES);
}

static u32 netcx_rx_pieces(const struct netcx_rx_piece *piece, unsigned int order)
{
	const size_t page_size = PAGE_SIZE << order;
	u32 pieces;

	if (piece->first >= page_size)
		return 0;
	pieces = (page_size - piece->first) / piece->size;
	while (pieces && netcx_rx_step(piece, page_size, pieces) < piece->size)
		pieces--;
	return pieces;
}

/*
 * Of what order are pages that are cut into pieces? A pair of them, where it has many more than
 * twice as many as one: with pages of 4 KiB and buffers of 2 KiB that is three instead of two. For
 * the 49th of pages of 64 KiB it is not worth the larger allocation.
 */
static unsigned int netcx_rx_page_order(const struct netcx_rx_piece *piece)
{
	unsigned int order = 0;
	u32 two;

	while (!netcx_rx_pieces(piece, order))
		order++;
	if (order || !NETCX_RX_TAKES_PAIRS)
		return order;
	two = 2 * netcx_rx_pieces(piece, 0);
	return netcx_rx_pieces(piece, 1) > two + two / 8 ? 1 : 0;
}

/*
 * What each piece takes of its page beyond @truesize: with its share of what alignment costs at the
 * page's start and end.
 */
static u32 netcx_rx_extra(size_t page_size, u32 pieces, u32 truesize)
{
	return ALIGN_DOWN(page_size / pieces, SMP_CACHE_BYTES) - truesize;
}

int netcx_rx_carving_open(struct netcx_rx_queue *rx, u32 elements)
{
	const struct netcx_rx_piece piece = netcx_rx_piece(rx);
	const unsigned int order = netcx_rx_page_order(&piece);
	const u32 per_page = netcx_rx_pieces(&piece, order);
	const u32 per_single = order ? netcx_rx_pieces(&piece, 0) : 0;
	struct page_pool_params params = {
#ifdef PP_FLAG_PAGE_FRAG
		.flags = per_page > 1 ? PP_FLAG_PAGE_FRAG : 0,
#endif
		.order = order,
		.pool_size = DIV_ROUND_UP(elements, per_page),
		.nid = dev_to_node(rx->netdev->dev.parent),
	};
	struct netcx_rx_carving *carving = &rx->carving;
	struct page_pool *pool;

	netcx_page_pool_set_owner(&params, &rx->channel->napi, rx->netdev);
	pool = page_pool_create(&params);
	if (IS_ERR(pool))
		return PTR_ERR(pool);
	rx->pool = pool;
	*carving = (struct netcx_rx_carving){
		.first = piece.first,
		.per_page = per_page,
		.page_step = netcx_rx_step(&piece, PAGE_SIZE << order, per_page),
		.per_single = per_single,
	};
	rx->truesize = carving->page_step;
	carving->extra = netcx_rx_extra(PAGE_SIZE << order, per_page, rx->truesize);
	carving->single_extra = carving->extra;
	if (per_single) {
		carving->single_step = netcx_rx_step(&piece, PAGE_SIZE, per_single);
		carving->single_extra = netcx_rx_extra(PAGE_SIZE, per_single, rx->truesize);
	}
	return 0;
}

void netcx_rx_carving_put_rest(struct netcx_rx_queue *rx)
{
	for (; rx->carving.left; rx->carving.left--)
		page_pool_put_full_page(rx->pool, rx->carving.page, false);
}
