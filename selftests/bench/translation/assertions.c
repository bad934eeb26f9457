// SPDX-License-Identifier: GPL-2.0-only
#include <linux/list.h>

struct netcx_translation_memory {
	struct list_head list;
	void *memory;
};

void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	struct netcx_translation_memory *entry = kzalloc(sizeof(*entry), gfp);

	if (!entry)
		return NULL;
	/* In its own piece: the rings want the alignment that kmalloc() gives to powers of two. */
	entry->memory = kzalloc(size, gfp);
	if (!entry->memory) {
		kfree(entry);
		return NULL;
	}
	list_add(&entry->list, &test->memory);
	return entry->memory;
}

void netcx_translation_free(struct kunit *test)
{
	struct netcx_translation_memory *entry, *next;

	list_for_each_entry_safe(entry, next, &test->memory, list) {
		kfree(entry->memory);
		kfree(entry);
	}
	INIT_LIST_HEAD(&test->memory);
}
