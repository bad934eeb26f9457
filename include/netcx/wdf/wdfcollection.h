/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Collections: ordered lists of objects. A collection holds a reference on each of them. It has no
 * lock: the driver serialises its calls for one collection.
 *
 * Page: "Framework Object Collections".
 */
#ifndef NETCX_WDFCOLLECTION_H
#define NETCX_WDFCOLLECTION_H

#include "wdfobject.h"

EXTERN_C_START

/**
 * WdfCollectionCreate() - makes an empty one
 * @CollectionAttributes: ParentObject may be set, else the driver is the parent; may be NULL
 * @Collection: receives the handle
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfCollectionCreate(PWDF_OBJECT_ATTRIBUTES CollectionAttributes,
			     WDFCOLLECTION *Collection);

/**
 * WdfCollectionAdd() - adds an object at the end; the same one may be in it several times
 * @Collection: the collection
 * @Object: any object
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE; STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WdfCollectionAdd(WDFCOLLECTION Collection, WDFOBJECT Object);

/* Remove the first occurrence of an object, or the item with an index. Context: process. */
void WdfCollectionRemove(WDFCOLLECTION Collection, WDFOBJECT Object);
void WdfCollectionRemoveItem(WDFCOLLECTION Collection, ULONG Index);

/* The number of items; the item with an index, the first, the last, or NULL. Context: process. */
ULONG WdfCollectionGetCount(WDFCOLLECTION Collection);
WDFOBJECT WdfCollectionGetItem(WDFCOLLECTION Collection, ULONG Index);
WDFOBJECT WdfCollectionGetFirstItem(WDFCOLLECTION Collection);
WDFOBJECT WdfCollectionGetLastItem(WDFCOLLECTION Collection);

EXTERN_C_END

#endif /* NETCX_WDFCOLLECTION_H */
