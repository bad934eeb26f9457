// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* WDFCOLLECTION. */
#include "object.h"

namespace netcx
{

class Collection final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::collection;

	Collection() : Object(object_type) {}

	~Collection() override { netcx_os_free(items_); }

	NTSTATUS add(Object *object);
	void remove(ULONG index);

	ULONG count() const { return count_; }

	/* NULL if @index is out of range. */
	Object *item(ULONG index) const { return index < count_ ? items_[index] : nullptr; }

protected:
	void dispose() override
	{
		while (count_)
			remove(count_ - 1);
	}

private:
	Object **items_ = nullptr;
	ULONG count_ = 0;
	ULONG room_ = 0;
};

NTSTATUS Collection::add(Object *object)
{
	if (count_ == room_) {
		const ULONG room = room_ ? 2 * room_ : 8;
		Object **items = static_cast<Object **>(netcx_os_zalloc(room * sizeof(*items)));

		if (!items)
			return refuse(this, STATUS_INSUFFICIENT_RESOURCES,
				      "WdfCollectionAdd: no memory for %u objects", room);
		if (count_)
			RtlCopyMemory(items, items_, count_ * sizeof(*items));
		netcx_os_free(items_);
		items_ = items;
		room_ = room;
	}
	object->reference();
	items_[count_++] = object;
	return STATUS_SUCCESS;
}

void Collection::remove(ULONG index)
{
	Object *object = items_[index];

	count_--;
	RtlMoveMemory(items_ + index, items_ + index + 1, (count_ - index) * sizeof(*items_));
	object->release();
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfCollectionCreate(PWDF_OBJECT_ATTRIBUTES CollectionAttributes, WDFCOLLECTION *Handle)
{
	static const char function[] = "WdfCollectionCreate";
	Collection *collection = nullptr;
	Object *parent = nullptr;
	NTSTATUS status;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Handle)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: Collection is NULL (ParameterCantBeNull)", function);
	status = check_attributes(function, nullptr, CollectionAttributes, ParentRule::optional,
				  &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, CollectionAttributes, parent, &collection);
	return NT_SUCCESS(status) ? publish_object(function, collection, Handle) : status;
}

NTSTATUS WdfCollectionAdd(WDFCOLLECTION Handle, WDFOBJECT Item)
{
	static const char function[] = "WdfCollectionAdd";
	Collection *collection = from_handle<Collection>(Handle, function);
	Object *object = collection ? any_object(Item, function) : nullptr;

	if (!object)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(collection, function))
		return STATUS_INVALID_DEVICE_STATE;
	return collection->add(object);
}

void WdfCollectionRemove(WDFCOLLECTION Handle, WDFOBJECT Item)
{
	Collection *collection = from_handle<Collection>(Handle, "WdfCollectionRemove");

	for (ULONG i = 0; collection && i < collection->count(); i++) {
		if (collection->item(i) == Item) {
			collection->remove(i);
			return;
		}
	}
	if (collection)
		refuse(collection, STATUS_NOT_FOUND, "WdfCollectionRemove: it is not in it");
}

void WdfCollectionRemoveItem(WDFCOLLECTION Handle, ULONG Index)
{
	Collection *collection = from_handle<Collection>(Handle, "WdfCollectionRemoveItem");

	if (!collection)
		return;
	if (collection->item(Index))
		collection->remove(Index);
	else
		refuse(collection, STATUS_INVALID_PARAMETER,
		       "WdfCollectionRemoveItem: Index is %u, must be below %u", Index,
		       collection->count());
}

ULONG WdfCollectionGetCount(WDFCOLLECTION Handle)
{
	const Collection *collection = from_handle<Collection>(Handle, "WdfCollectionGetCount");

	return collection ? collection->count() : 0;
}

WDFOBJECT WdfCollectionGetItem(WDFCOLLECTION Handle, ULONG Index)
{
	const Collection *collection = from_handle<Collection>(Handle, "WdfCollectionGetItem");

	return collection ? collection->item(Index) : nullptr;
}

WDFOBJECT WdfCollectionGetFirstItem(WDFCOLLECTION Handle)
{
	const Collection *collection = from_handle<Collection>(Handle, "WdfCollectionGetFirstItem");

	return collection ? collection->item(0) : nullptr;
}

WDFOBJECT WdfCollectionGetLastItem(WDFCOLLECTION Handle)
{
	const Collection *collection = from_handle<Collection>(Handle, "WdfCollectionGetLastItem");

	return collection ? collection->item(collection->count() - 1) : nullptr;
}

} // extern "C"
