// SPDX-License-Identifier: GPL-2.0-only
/*
 * Down-calls for memory: of any size; in any context; contiguous; and where it is.
 */
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "../../core/core.h"
#include "../../core/os.h"
#include "memory.h"

/*
 * Rounded up, since kmalloc() aligns to a cache line only sizes that are a power of two. From a
 * page on kvzalloc() aligns to pages.
 */
static size_t netcx_aligned_size(SIZE_T size)
{
	return size < PAGE_SIZE ? roundup_pow_of_two(max_t(size_t, size, L1_CACHE_BYTES)) : size;
}

void *netcx_os_zalloc(SIZE_T size)
{
	return kvzalloc(netcx_aligned_size(size), GFP_KERNEL);
}

void netcx_os_free(void *memory)
{
	kvfree(memory);
}

/* vfree() may sleep: what is freed where that is not allowed waits here. */
static LLIST_HEAD(netcx_freed);

static void netcx_free_work(struct work_struct *work)
{
	struct llist_node *memory, *next;

	llist_for_each_safe(memory, next, llist_del_all(&netcx_freed))
		vfree(memory);
}

static DECLARE_WORK(netcx_freed_work, netcx_free_work);

void netcx_memory_exit(void)
{
	flush_work(&netcx_freed_work);
}

void *netcx_os_pool_alloc(SIZE_T size)
{
	/* The size may be a client's mistake, which the caller says. */
	if (netcx_os_may_sleep())
		return kvzalloc(netcx_aligned_size(size), GFP_KERNEL | __GFP_NOWARN);
	return kzalloc(netcx_aligned_size(size), GFP_ATOMIC | __GFP_NOWARN);
}

void netcx_os_pool_free(void *memory)
{
	if (netcx_os_may_sleep() || !is_vmalloc_addr(memory)) {
		kvfree(memory);
		return;
	}
	if (llist_add(memory, &netcx_freed))
		schedule_work(&netcx_freed_work);
}

/* The zone whose memory is within the device's reach; what it gives is checked all the same. */
static gfp_t netcx_zone(UINT64 highest)
{
	if (IS_ENABLED(CONFIG_ZONE_DMA) && highest < DMA_BIT_MASK(32))
		return highest < DMA_BIT_MASK(31) ? GFP_DMA : GFP_DMA32;
	if (IS_ENABLED(CONFIG_ZONE_DMA32) && highest < DMA_BIT_MASK(64))
		return GFP_DMA32;
	return 0;
}

void *netcx_os_contiguous_alloc(SIZE_T size, UINT64 lowest, UINT64 highest, int node)
{
	const unsigned int order = get_order(size);
	struct page *page;
	phys_addr_t first;

	page = alloc_pages_node(node < 0 || node >= MAX_NUMNODES || !node_online(node) ?
				NUMA_NO_NODE : node,
				GFP_KERNEL | __GFP_ZERO | __GFP_COMP | __GFP_NOWARN |
				netcx_zone(highest), order);
	if (!page)
		return NULL;
	first = page_to_phys(page);
	if (first >= lowest && first + size - 1 <= highest)
		return page_address(page);
	__free_pages(page, order);
	return NULL;
}

void netcx_os_contiguous_free(void *memory)
{
	struct page *page = virt_to_page(memory);

	__free_pages(page, compound_order(page));
}

UINT64 netcx_os_physical_address(const void *address)
{
	if (virt_addr_valid(address))
		return virt_to_phys((void *)address);
	return page_to_phys(vmalloc_to_page(address)) + offset_in_page(address);
}
