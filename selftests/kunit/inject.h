/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Faults on demand. module/linux is compiled with this file included first, so what it calls here
 * can fail when a test wants it to, and what it maps and allocates is counted.
 */
#ifndef NETCX_KUNIT_INJECT_H
#define NETCX_KUNIT_INJECT_H

#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/xdp.h>
#include <net/xdp_sock_drv.h>

#include "../../module/linux/os/compat.h"

enum netcx_kunit_fault {
	NETCX_KUNIT_KVCALLOC,
	NETCX_KUNIT_LINEARIZE,
	NETCX_KUNIT_PAD,
	NETCX_KUNIT_COW_HEAD,
	NETCX_KUNIT_DMA_MAP,
	NETCX_KUNIT_DMA_COHERENT,
	NETCX_KUNIT_DMA_POOL_CREATE,
	NETCX_KUNIT_DMA_POOL_ALLOC,
	NETCX_KUNIT_POOL_CREATE,
	NETCX_KUNIT_POOL_PAGE,
	/* Pages that smaller ones can replace; they fail too where the next page does. */
	NETCX_KUNIT_LARGE_PAGE,
	NETCX_KUNIT_FRAG,
	NETCX_KUNIT_BUILD_SKB,
	NETCX_KUNIT_ALLOC_SKB,
	NETCX_KUNIT_COPY_BITS,
	NETCX_KUNIT_KMALLOC,
	NETCX_KUNIT_MEM_MODEL,
	NETCX_KUNIT_QUEUE_CREATE,
	NETCX_KUNIT_FAULTS,
};

struct netcx_kunit_inject {
	/* Calls that still succeed, and how many fail after them. */
	unsigned int passes[NETCX_KUNIT_FAULTS];
	unsigned int failures[NETCX_KUNIT_FAULTS];
	/* Who writes to headers finds them shared, gets new ones, and the old ones are freed. */
	bool headers_move;

	/* As with swiotlb, the device sees a copy of what is mapped, made when it is. */
	bool copies_mapped;

	/* What an AF_XDP socket has to send, of 100 bytes each, and what of it was completed. */
	unsigned int descriptors;
	unsigned int descriptors_completed;

	/* DMA mappings made by the translator itself that it has not undone. */
	int dma_page;
	/* Coherent DMA memory not freed yet. */
	int dma_coherent;
	/* page_pools not freed yet: one with pages outside stays. */
	int pools;
	/* Pages taken from pools. */
	unsigned int pages;
	/* Attempts to get a page that smaller ones can replace. */
	unsigned int large_attempts;
	/* Pieces of memory from kmalloc() or a DMA pool not freed yet. */
	int pieces;
	/* DMA pools not destroyed yet. */
	int dma_pools;
	/* Page fragments that frames were copied to, not freed yet. */
	int frags;
};

extern struct netcx_kunit_inject netcx_kunit_inject;

/* After @passes more calls, @failures calls fail. */
void netcx_kunit_fail(enum netcx_kunit_fault fault, unsigned int passes, unsigned int failures);
/* One more call: does it fail? */
bool netcx_kunit_fails(enum netcx_kunit_fault fault);

/* What the device finds at an address that it was given. */
void *netcx_kunit_seen_by_device(dma_addr_t dma);

void *netcx_kunit_kvcalloc(size_t n, size_t size, gfp_t flags);
int netcx_kunit_linearize(struct sk_buff *skb);
int netcx_kunit_put_padto(struct sk_buff *skb, unsigned int len);
int netcx_kunit_cow_head(struct sk_buff *skb, unsigned int headroom);
struct sk_buff *netcx_kunit_build_skb(void *data, unsigned int size);
struct sk_buff *netcx_kunit_napi_alloc_skb(struct napi_struct *napi, unsigned int length);
struct sk_buff *netcx_kunit_alloc_skb_with_frags(unsigned long head, unsigned long data, int order,
						 int *err, gfp_t flags);
int netcx_kunit_copy_bits(const struct sk_buff *skb, int offset, void *to, int length);
void *netcx_kunit_kmalloc(size_t size, gfp_t flags);
void netcx_kunit_kfree(const void *memory);
dma_addr_t netcx_kunit_map_page(struct device *dev, struct page *page, size_t offset, size_t size,
				enum dma_data_direction direction);
void netcx_kunit_unmap_page_attrs(struct device *dev, dma_addr_t dma, size_t size,
				  enum dma_data_direction direction, unsigned long attributes);
void *netcx_kunit_alloc_coherent(struct device *dev, size_t size, dma_addr_t *dma, gfp_t flags);
void netcx_kunit_free_coherent(struct device *dev, size_t size, void *memory, dma_addr_t dma);
struct dma_pool *netcx_kunit_dma_pool_create(const char *name, struct device *dev, size_t size,
					     size_t align, size_t boundary);
void netcx_kunit_dma_pool_destroy(struct dma_pool *pool);
void *netcx_kunit_dma_pool_alloc(struct dma_pool *pool, gfp_t flags, dma_addr_t *dma);
void netcx_kunit_dma_pool_free(struct dma_pool *pool, void *memory, dma_addr_t dma);
void netcx_kunit_unmap_page(struct device *dev, dma_addr_t dma, size_t size,
			    enum dma_data_direction direction);
struct page_pool *netcx_kunit_pool_create(const struct page_pool_params *params);
struct page *netcx_kunit_pool_page(struct page_pool *pool, gfp_t gfp);
struct page *netcx_kunit_alloc_pages_node(int node, gfp_t gfp, unsigned int order);
void *netcx_kunit_frag(unsigned int size);
void netcx_kunit_return_buff(struct xdp_buff *xdp);
int netcx_kunit_reg_mem_model(struct xdp_rxq_info *rxq, enum xdp_mem_type type, void *allocator);
u32 netcx_kunit_xsk_take(struct xsk_buff_pool *pool, u32 most);
void netcx_kunit_xsk_completed(struct xsk_buff_pool *pool, u32 count);
dma_addr_t netcx_kunit_xsk_dma(struct xsk_buff_pool *pool, u64 address);
void *netcx_kunit_xsk_data(struct xsk_buff_pool *pool, u64 address);

#ifdef NETCX_KUNIT_INJECT
#undef kvcalloc
#define kvcalloc netcx_kunit_kvcalloc
#define skb_linearize netcx_kunit_linearize
#undef skb_put_padto
#define skb_put_padto netcx_kunit_put_padto
#define skb_cow_head netcx_kunit_cow_head
#define napi_build_skb netcx_kunit_build_skb
#undef napi_alloc_skb
#define napi_alloc_skb netcx_kunit_napi_alloc_skb
#define alloc_skb_with_frags netcx_kunit_alloc_skb_with_frags
#define skb_copy_bits netcx_kunit_copy_bits
#undef kmalloc
#define kmalloc netcx_kunit_kmalloc
#define kfree netcx_kunit_kfree
#undef dma_map_page
#define dma_map_page netcx_kunit_map_page
#define dma_unmap_page_attrs netcx_kunit_unmap_page_attrs
#define dma_alloc_coherent netcx_kunit_alloc_coherent
#define dma_free_coherent netcx_kunit_free_coherent
#define dma_pool_create netcx_kunit_dma_pool_create
#define dma_pool_destroy netcx_kunit_dma_pool_destroy
#define dma_pool_alloc netcx_kunit_dma_pool_alloc
#define dma_pool_free netcx_kunit_dma_pool_free
#undef dma_unmap_page
#define dma_unmap_page netcx_kunit_unmap_page
#undef page_pool_create
#define page_pool_create netcx_kunit_pool_create
#define page_pool_alloc_pages netcx_kunit_pool_page
#undef alloc_pages_node
#define alloc_pages_node netcx_kunit_alloc_pages_node
#define napi_alloc_frag netcx_kunit_frag
#define xdp_return_buff netcx_kunit_return_buff
#define xsk_tx_peek_release_desc_batch netcx_kunit_xsk_take
#define xsk_tx_completed netcx_kunit_xsk_completed
#define xsk_buff_raw_get_dma netcx_kunit_xsk_dma
#define xsk_buff_raw_get_data netcx_kunit_xsk_data
#define xdp_rxq_info_reg_mem_model netcx_kunit_reg_mem_model
#endif

#endif /* NETCX_KUNIT_INJECT_H */
