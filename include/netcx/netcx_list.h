/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Doubly linked lists: a LIST_ENTRY in each element, and one that is the list's head. Nothing is
 * locked or checked; CONTAINING_RECORD() gets from an entry to its element. Context: any.
 *
 * Page: "Singly and Doubly Linked Lists".
 */
#ifndef NETCX_LIST_H
#define NETCX_LIST_H

#include "ntdef.h"

typedef struct _LIST_ENTRY {
	struct _LIST_ENTRY *Flink;
	struct _LIST_ENTRY *Blink;
} LIST_ENTRY, *PLIST_ENTRY;

/* Initialises the head of an empty list. */
NETCX_INLINE void InitializeListHead(PLIST_ENTRY ListHead)
{
	ListHead->Flink = ListHead;
	ListHead->Blink = ListHead;
}

NETCX_INLINE BOOLEAN IsListEmpty(const LIST_ENTRY *ListHead)
{
	return ListHead->Flink == ListHead;
}

/* Inserts an entry as the first. */
NETCX_INLINE void InsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry)
{
	Entry->Flink = ListHead->Flink;
	Entry->Blink = ListHead;
	ListHead->Flink->Blink = Entry;
	ListHead->Flink = Entry;
}

/* Inserts an entry as the last. */
NETCX_INLINE void InsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry)
{
	InsertHeadList(ListHead->Blink, Entry);
}

/* Removes an entry from its list. Return: TRUE if the list is empty now. */
NETCX_INLINE BOOLEAN RemoveEntryList(PLIST_ENTRY Entry)
{
	Entry->Blink->Flink = Entry->Flink;
	Entry->Flink->Blink = Entry->Blink;
	return Entry->Flink == Entry->Blink;
}

/* Remove and return the first or last entry. Of an empty list they return its head. */
NETCX_INLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY ListHead)
{
	PLIST_ENTRY Entry = ListHead->Flink;

	RemoveEntryList(Entry);
	return Entry;
}

NETCX_INLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY ListHead)
{
	PLIST_ENTRY Entry = ListHead->Blink;

	RemoveEntryList(Entry);
	return Entry;
}

#endif /* NETCX_LIST_H */
