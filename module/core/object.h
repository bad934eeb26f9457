/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Framework objects: everything a client has a handle of. A handle is the address of its Object.
 *
 * Objects form a tree below the driver. The tree holds one reference on each object, and each
 * object one on its parent, so a parent's memory outlives its children.
 *
 * Deletion, delete_object(), is for an object and everything below it. For each of them: it is
 * marked as being deleted and leaves the tree, quiesce() is called; its children are deleted, the
 * newest first; dispose() is called, after which none of its own callbacks runs; then its
 * EvtCleanupCallbacks; then the tree's reference is dropped. Whoever drops the last reference calls
 * the EvtDestroyCallbacks and frees the object.
 *
 * The links are protected by netcx_driver::tree_lock, which is never held while a client is called.
 */
#ifndef NETCX_CORE_OBJECT_H
#define NETCX_CORE_OBJECT_H

#include "log.h"
#include "os.h"

#include <netcx/wdf.h>

struct netcx_driver;
struct netcx_device;

namespace netcx
{

enum class ObjectType : UINT32 {
	driver,
	device,
	resource_list,
	interrupt,
	dma_enabler,
	common_buffer,
	spin_lock,
	wait_lock,
	timer,
	work_item,
	memory,
	string,
	collection,
	configuration,
	memory_collection,
	execution_context,
	execution_context_task,
	adapter,
	queue,
};

/* The name of the handle's C type, "WDFTIMER", for the log. */
const char *object_type_name(ObjectType type);

/* Header directly before each context space, which is zeroed at first and aligned to 16 bytes. */
struct alignas(16) ContextHeader {
	UINT64 signature;
	Object *object;
	ContextHeader *next;
	PCWDF_OBJECT_CONTEXT_TYPE_INFO type;
	PFN_WDF_OBJECT_CONTEXT_CLEANUP cleanup;
	PFN_WDF_OBJECT_CONTEXT_DESTROY destroy;

	static constexpr UINT64 valid = 0x4e43784e74787463;

	void *space() { return this + 1; }
};

class Object
{
public:
	struct Room {
		SIZE_T bytes;
	};

	static void *operator new(SIZE_T size, Room room) noexcept
	{
		return netcx_os_zalloc(size + room.bytes);
	}

	static void operator delete(void *memory) { netcx_os_free(memory); }

	static void operator delete(void *memory, Room) { netcx_os_free(memory); }

	Object(const Object &) = delete;
	Object &operator=(const Object &) = delete;
	virtual ~Object() = default;

	bool is_alive() const { return signature_ == signature; }

	ObjectType type() const { return type_; }

	Object *parent() const { return parent_; }

	/* Any context. */
	void reference() { __atomic_fetch_add(&references_, 1, __ATOMIC_RELAXED); }

	/*
	 * Any context but an ISR. If this was the last reference and the caller may not sleep, the
	 * object is destroyed by the driver's reaper work.
	 */
	void release();

	UINT32 references() const { return __atomic_load_n(&references_, __ATOMIC_ACQUIRE); }

	/*
	 * Last step of creation: links the object into the tree. From here on its cleanup and
	 * destroy callbacks are called; before that, release() just frees it. Fails with
	 * STATUS_DELETE_PENDING if the parent is being deleted.
	 */
	NTSTATUS publish();

	/* Process context. Does nothing if the object is being deleted already. */
	void delete_object();

	/* May the client call WdfObjectDelete() for it? */
	virtual bool client_may_delete() const { return true; }

	void *find_context(PCWDF_OBJECT_CONTEXT_TYPE_INFO type)
	{
		if (__builtin_expect(type && type == first_type_, 1))
			return first_space_;
		return find_more_contexts(type);
	}

	NTSTATUS allocate_context(const WDF_OBJECT_ATTRIBUTES *attributes, void **space);

	/*
	 * The driver and the device it belongs to; device is NULL for what is not below a device.
	 */
	struct netcx_driver *driver = nullptr;
	struct netcx_device *device = nullptr;

protected:
	explicit Object(ObjectType type) : type_(type) {}

	/* Beginning of deletion, before the children are deleted. Process context. */
	virtual void quiesce() {}

	/*
	 * End of deletion, after the children were deleted. Process context. Waits for callbacks of
	 * this object; when it has returned, only those of its WDF_OBJECT_ATTRIBUTES can still
	 * come. The memory stays valid for whoever holds a reference.
	 */
	virtual void dispose() {}

	/*
	 * As release(), but the object is always destroyed by the reaper: for the end of a callback
	 * that the destructor waits for.
	 */
	void release_later();

private:
	template <class T>
	friend NTSTATUS create_object(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes,
				      Object *parent, T **object);
	friend void reap(void *context);

	static constexpr UINT32 signature = 0x4e43784f;

	void init(void *header, const WDF_OBJECT_ATTRIBUTES *attributes, Object *parent);
	void *find_more_contexts(PCWDF_OBJECT_CONTEXT_TYPE_INFO type) const;
	bool begin_delete();
	void finish_delete();
	Object *destroy();
	void destroy_later();

	UINT32 signature_ = signature;
	ObjectType type_;
	PCWDF_OBJECT_CONTEXT_TYPE_INFO first_type_ = nullptr;
	void *first_space_ = nullptr;
	UINT32 references_ = 1;
	bool published_ = false;

	/* Under tree_lock. */
	bool deleting_ = false;
	Object *parent_ = nullptr;
	Object *first_child_ = nullptr;
	Object *next_sibling_ = nullptr;
	Object *previous_sibling_ = nullptr;
	Object *next_to_reap_ = nullptr;
	/* Written under tree_lock. Entries are only added, so readers need no lock. */
	ContextHeader *contexts_ = nullptr;
};

/* ---- handles ---- */

template <class Handle>
inline Handle to_handle(Object *object)
{
	return reinterpret_cast<Handle>(object);
}

/* NULL, which is logged, if @handle is not an object's. */
Object *any_object(const void *handle, const char *function);

void log_bad_handle(const void *handle, ObjectType expected, const char *function);

/* NULL if @handle is not aligned, or what it points to lacks an object's signature. No log. */
inline Object *object_of(const void *handle)
{
	Object *object = static_cast<Object *>(const_cast<void *>(handle));

	if (!object || (reinterpret_cast<ULONG_PTR>(object) & (alignof(Object) - 1)) ||
	    !object->is_alive())
		return nullptr;
	return object;
}

/* NULL, which is logged, if @handle is not that of a T. */
template <class T>
inline T *from_handle(const void *handle, const char *function)
{
	Object *object = object_of(handle);

	if (__builtin_expect(!object || object->type() != T::object_type, 0)) {
		log_bad_handle(handle, T::object_type, function);
		return nullptr;
	}
	return static_cast<T *>(object);
}

/* ---- creation ---- */

enum class ParentRule {
	/* ParentObject must be NULL. */
	fixed,
	/* ParentObject may be set; NULL means the default parent. */
	optional,
	/* ParentObject must be set. */
	required,
};

/*
 * Checks the attributes for an object to be created. *@parent is the default parent on entry, NULL
 * for the calling driver, and the parent to use on success.
 */
NTSTATUS check_attributes(const char *function, const Object *about,
			  const WDF_OBJECT_ATTRIBUTES *attributes, ParentRule rule,
			  Object **parent);

/* The same for the WDFDRIVER, which has no parent. */
NTSTATUS check_root_attributes(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes);

/* STATUS_INFO_LENGTH_MISMATCH, which is logged, unless @given is @expected. */
NTSTATUS check_size(const Object *about, const char *structure, ULONG given, SIZE_T expected);

inline SIZE_T context_bytes(const WDF_OBJECT_ATTRIBUTES *attributes)
{
	if (!attributes || !attributes->ContextTypeInfo)
		return 0;
	return attributes->ContextSizeOverride ? attributes->ContextSizeOverride
					       : attributes->ContextTypeInfo->ContextSize;
}

/*
 * @attributes were checked by check_attributes(). The object is not in the tree before publish().
 */
template <class T>
NTSTATUS create_object(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes,
		       Object *parent, T **object)
{
	constexpr SIZE_T unit = alignof(ContextHeader);
	constexpr SIZE_T offset = (sizeof(T) + unit - 1) / unit * unit;
	const SIZE_T room = offset - sizeof(T) + sizeof(ContextHeader) + context_bytes(attributes);

	T *made = new (Object::Room{room}) T();

	*object = made;
	if (!made)
		return refuse(parent, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory", function);
	made->init(reinterpret_cast<UINT8 *>(made) + offset, attributes, parent);
	return STATUS_SUCCESS;
}

/* Publishes @object and stores its handle; on failure releases @object. */
template <class T, class Handle>
NTSTATUS publish_object(const char *function, T *object, Handle *handle)
{
	NTSTATUS status = object->publish();

	if (!NT_SUCCESS(status)) {
		refuse(object, status, "%s: the parent is being deleted", function);
		object->release();
		return status;
	}
	if (handle)
		*handle = to_handle<Handle>(object);
	return STATUS_SUCCESS;
}

} // namespace netcx

#endif /* NETCX_CORE_OBJECT_H */
