// SPDX-License-Identifier: GPL-2.0-only
#include "inject.h"

struct netcx_kunit_inject netcx_kunit_inject;

void netcx_kunit_fail(enum netcx_kunit_fault fault, unsigned int passes, unsigned int failures)
{
	netcx_kunit_inject.passes[fault] = passes;
	netcx_kunit_inject.failures[fault] = failures;
}

bool netcx_kunit_fails(enum netcx_kunit_fault fault)
{
	if (!netcx_kunit_inject.failures[fault])
		return false;
	if (netcx_kunit_inject.passes[fault]) {
		netcx_kunit_inject.passes[fault]--;
		return false;
	}
	netcx_kunit_inject.failures[fault]--;
	return true;
}

void *netcx_kunit_kvcalloc(size_t n, size_t size, gfp_t flags)
{
	return netcx_kunit_fails(NETCX_KUNIT_KVCALLOC) ? NULL : kvcalloc(n, size, flags);
}

int netcx_kunit_linearize(struct sk_buff *skb)
{
	return netcx_kunit_fails(NETCX_KUNIT_LINEARIZE) ? -ENOMEM : skb_linearize(skb);
}

int netcx_kunit_put_padto(struct sk_buff *skb, unsigned int len)
{
	if (skb->len < len && netcx_kunit_fails(NETCX_KUNIT_PAD)) {
		kfree_skb(skb);
		return -ENOMEM;
	}
	return skb_put_padto(skb, len);
}

int netcx_kunit_cow_head(struct sk_buff *skb, unsigned int headroom)
{
	if (netcx_kunit_fails(NETCX_KUNIT_COW_HEAD))
		return -ENOMEM;
	if (netcx_kunit_inject.headers_move)
		return pskb_expand_head(skb, 0, 0, GFP_ATOMIC);
	return skb_cow_head(skb, headroom);
}

struct sk_buff *netcx_kunit_build_skb(void *data, unsigned int size)
{
	return netcx_kunit_fails(NETCX_KUNIT_BUILD_SKB) ? NULL : napi_build_skb(data, size);
}

struct sk_buff *netcx_kunit_napi_alloc_skb(struct napi_struct *napi, unsigned int length)
{
	return netcx_kunit_fails(NETCX_KUNIT_ALLOC_SKB) ? NULL : napi_alloc_skb(napi, length);
}

struct sk_buff *netcx_kunit_alloc_skb_with_frags(unsigned long head, unsigned long data, int order,
						 int *err, gfp_t flags)
{
	if (!netcx_kunit_fails(NETCX_KUNIT_ALLOC_SKB))
		return alloc_skb_with_frags(head, data, order, err, flags);
	*err = -ENOBUFS;
	return NULL;
}

int netcx_kunit_copy_bits(const struct sk_buff *skb, int offset, void *to, int length)
{
	return netcx_kunit_fails(NETCX_KUNIT_COPY_BITS) ? -EFAULT :
							  skb_copy_bits(skb, offset, to, length);
}

void *netcx_kunit_kmalloc(size_t size, gfp_t flags)
{
	void *memory = NULL;

	if (!netcx_kunit_fails(NETCX_KUNIT_KMALLOC))
		memory = kmalloc(size, flags);
	if (memory)
		netcx_kunit_inject.pieces++;
	return memory;
}

void netcx_kunit_kfree(const void *memory)
{
	if (memory)
		netcx_kunit_inject.pieces--;
	kfree(memory);
}

static dma_addr_t netcx_kunit_count_mapping(struct device *dev, dma_addr_t dma, int *mappings)
{
	if (!dma_mapping_error(dev, dma))
		(*mappings)++;
	return dma;
}

/* The test's device reaches all memory, at the address where it is. */
void *netcx_kunit_seen_by_device(dma_addr_t dma)
{
	return phys_to_virt(dma);
}

static dma_addr_t netcx_kunit_map_copy(struct device *dev, const void *memory, size_t size,
				       enum dma_data_direction direction)
{
	void *copy = alloc_pages_exact(size, GFP_ATOMIC);
	dma_addr_t dma;

	if (!copy)
		return DMA_MAPPING_ERROR;
	memcpy(copy, memory, size);
	dma = dma_map_page(dev, virt_to_page(copy), 0, size, direction);
	if (dma_mapping_error(dev, dma))
		free_pages_exact(copy, size);
	return dma;
}

dma_addr_t netcx_kunit_map_page(struct device *dev, struct page *page, size_t offset, size_t size,
				enum dma_data_direction direction)
{
	dma_addr_t dma;

	if (netcx_kunit_fails(NETCX_KUNIT_DMA_MAP))
		return DMA_MAPPING_ERROR;
	if (netcx_kunit_inject.copies_mapped)
		dma = netcx_kunit_map_copy(dev, page_address(page) + offset, size, direction);
	else
		dma = dma_map_page(dev, page, offset, size, direction);
	return netcx_kunit_count_mapping(dev, dma, &netcx_kunit_inject.dma_page);
}

void netcx_kunit_unmap_page_attrs(struct device *dev, dma_addr_t dma, size_t size,
				  enum dma_data_direction direction, unsigned long attributes)
{
	netcx_kunit_inject.dma_page--;
	dma_unmap_page_attrs(dev, dma, size, direction, attributes);
	if (netcx_kunit_inject.copies_mapped)
		free_pages_exact(netcx_kunit_seen_by_device(dma), size);
}

void *netcx_kunit_alloc_coherent(struct device *dev, size_t size, dma_addr_t *dma, gfp_t flags)
{
	void *memory = NULL;

	if (!netcx_kunit_fails(NETCX_KUNIT_DMA_COHERENT))
		memory = dma_alloc_coherent(dev, size, dma, flags);
	if (memory)
		netcx_kunit_inject.dma_coherent++;
	return memory;
}

void netcx_kunit_free_coherent(struct device *dev, size_t size, void *memory, dma_addr_t dma)
{
	netcx_kunit_inject.dma_coherent--;
	dma_free_coherent(dev, size, memory, dma);
}

struct dma_pool *netcx_kunit_dma_pool_create(const char *name, struct device *dev, size_t size,
					     size_t align, size_t boundary)
{
	struct dma_pool *pool = NULL;

	if (!netcx_kunit_fails(NETCX_KUNIT_DMA_POOL_CREATE))
		pool = dma_pool_create(name, dev, size, align, boundary);
	if (pool)
		netcx_kunit_inject.dma_pools++;
	return pool;
}

void netcx_kunit_dma_pool_destroy(struct dma_pool *pool)
{
	if (pool)
		netcx_kunit_inject.dma_pools--;
	dma_pool_destroy(pool);
}

void *netcx_kunit_dma_pool_alloc(struct dma_pool *pool, gfp_t flags, dma_addr_t *dma)
{
	void *memory = NULL;

	if (!netcx_kunit_fails(NETCX_KUNIT_DMA_POOL_ALLOC))
		memory = dma_pool_alloc(pool, flags, dma);
	if (memory)
		netcx_kunit_inject.pieces++;
	return memory;
}

void netcx_kunit_dma_pool_free(struct dma_pool *pool, void *memory, dma_addr_t dma)
{
	netcx_kunit_inject.pieces--;
	dma_pool_free(pool, memory, dma);
}

void netcx_kunit_unmap_page(struct device *dev, dma_addr_t dma, size_t size,
			    enum dma_data_direction direction)
{
	netcx_kunit_inject.dma_page--;
	dma_unmap_page(dev, dma, size, direction);
}

/* Whom else a pool tells when it is freed. */
static void (*netcx_kunit_disconnect)(void *pool);

/* Called when a pool is freed, which is when its last page has come back. */
static void netcx_kunit_pool_freed(void *pool)
{
	netcx_kunit_inject.pools--;
	if (netcx_kunit_disconnect)
		netcx_kunit_disconnect(pool);
}

struct page_pool *netcx_kunit_pool_create(const struct page_pool_params *params)
{
	struct page_pool *pool;

	if (netcx_kunit_fails(NETCX_KUNIT_POOL_CREATE))
		return ERR_PTR(-ENOMEM);
	pool = page_pool_create(params);
	if (IS_ERR(pool))
		return pool;
	pool->disconnect = netcx_kunit_pool_freed;
	netcx_kunit_inject.pools++;
	return pool;
}

/* The page's replacement will fail, too. */
static bool netcx_kunit_next_page_fails(void)
{
	return netcx_kunit_inject.failures[NETCX_KUNIT_POOL_PAGE] &&
	       !netcx_kunit_inject.passes[NETCX_KUNIT_POOL_PAGE];
}

static bool netcx_kunit_large_page_fails(void)
{
	netcx_kunit_inject.large_attempts++;
	return netcx_kunit_fails(NETCX_KUNIT_LARGE_PAGE) || netcx_kunit_next_page_fails();
}

struct page *netcx_kunit_pool_page(struct page_pool *pool, gfp_t gfp)
{
	struct page *page = NULL;

	/* Nobody spends reserves on what can be replaced. */
	if ((gfp & __GFP_NOMEMALLOC) && netcx_kunit_large_page_fails())
		return NULL;
	if (!netcx_kunit_fails(NETCX_KUNIT_POOL_PAGE))
		page = page_pool_alloc_pages(pool, gfp);
	if (page)
		netcx_kunit_inject.pages++;
	return page;
}

struct page *netcx_kunit_alloc_pages_node(int node, gfp_t gfp, unsigned int order)
{
	return netcx_kunit_large_page_fails() ? NULL : alloc_pages_node(node, gfp, order);
}

void *netcx_kunit_frag(unsigned int size)
{
	void *memory = netcx_kunit_fails(NETCX_KUNIT_FRAG) ? NULL : napi_alloc_frag(size);

	if (memory)
		netcx_kunit_inject.frags++;
	return memory;
}

void netcx_kunit_return_buff(struct xdp_buff *xdp)
{
	netcx_kunit_inject.frags--;
	if (xdp_buff_has_frags(xdp))
		netcx_kunit_inject.frags -= xdp_get_shared_info_from_buff(xdp)->nr_frags;
	xdp_return_buff(xdp);
}

int netcx_kunit_reg_mem_model(struct xdp_rxq_info *rxq, enum xdp_mem_type type, void *allocator)
{
	struct page_pool *pool = allocator;
	int err;

	if (netcx_kunit_fails(NETCX_KUNIT_MEM_MODEL))
		return -ENOMEM;
	err = xdp_rxq_info_reg_mem_model(rxq, type, allocator);
	if (!err && type == MEM_TYPE_PAGE_POOL) {
		netcx_kunit_disconnect = pool->disconnect;
		pool->disconnect = netcx_kunit_pool_freed;
	}
	return err;
}

u32 netcx_kunit_xsk_take(struct xsk_buff_pool *pool, u32 most)
{
	const u32 count = min(most, netcx_kunit_inject.descriptors);
	u32 i;

	for (i = 0; i < count; i++)
		pool->tx_descs[i] = (struct xdp_desc) { .len = 100 };
	netcx_kunit_inject.descriptors -= count;
	return count;
}

void netcx_kunit_xsk_completed(struct xsk_buff_pool *pool, u32 count)
{
	netcx_kunit_inject.descriptors_completed += count;
}

/* The tests' client looks at none of it. */
dma_addr_t netcx_kunit_xsk_dma(struct xsk_buff_pool *pool, u64 address)
{
	return address;
}

void *netcx_kunit_xsk_data(struct xsk_buff_pool *pool, u64 address)
{
	return page_address(ZERO_PAGE(0));
}
