/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Framework objects: everything a client has a handle of. A handle is the address of its Object.
 *
 * Objects form a tree below the driver. The tree holds one reference on each object, and each object
 * one on its parent, so a parent outlives its children. Deleting takes an object and all below it
 * out of the tree, children first and the newest first, ends what it does (quiesce, dispose) and
 * calls its EvtCleanupCallback; the last reference that goes calls EvtDestroyCallback and frees it.
 *
 * The driver's tree lock protects the links, and is never held while a client is called.
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
	execution_context,
	execution_context_task,
	adapter,
	queue,
};

/* The name of the handle's C type, for the log. */
const char *object_type_name(ObjectType type);

/* Stands directly before each context space, which starts zeroed and aligned to 16 bytes. */
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

	/* Any context but an interrupt service routine; the rest is done where sleeping is allowed. */
	void release();

	UINT32 references() const { return __atomic_load_n(&references_, __ATOMIC_ACQUIRE); }

	/*
	 * Puts the object into the tree, where the client's callbacks count. Before that, release()
	 * undoes its creation. Fails if the parent is being deleted.
	 */
	NTSTATUS publish();

	/* Process context. Nothing happens if it is being deleted already. */
	void delete_object();

	/* Is WdfObjectDelete() the client's to call? */
	virtual bool client_may_delete() const { return true; }

	void *find_context(PCWDF_OBJECT_CONTEXT_TYPE_INFO type)
	{
		if (__builtin_expect(type && type == first_type_, 1))
			return first_space_;
		return find_more_contexts(type);
	}

	NTSTATUS allocate_context(const WDF_OBJECT_ATTRIBUTES *attributes, void **space);

	/* The driver and the device it belongs to; no device above and beside devices. */
	struct netcx_driver *driver = nullptr;
	struct netcx_device *device = nullptr;

protected:
	explicit Object(ObjectType type) : type_(type) {}

	/* Process context. Its deletion begins: its children are still there. */
	virtual void quiesce() {}

	/*
	 * Process context, the children have gone. From its return on, no callback of this object
	 * runs but those of its attributes; those who hold references may still use it.
	 */
	virtual void dispose() {}

	/* As release(), from within a callback that destroying the object waits for. */
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

	/* Under the tree lock. */
	bool deleting_ = false;
	Object *parent_ = nullptr;
	Object *first_child_ = nullptr;
	Object *next_sibling_ = nullptr;
	Object *previous_sibling_ = nullptr;
	Object *next_to_reap_ = nullptr;
	/* Only ever grows, so it is read without the lock. */
	ContextHeader *contexts_ = nullptr;
};

/* ---- handles ---- */

template <class Handle>
inline Handle to_handle(Object *object)
{
	return reinterpret_cast<Handle>(object);
}

/* NULL, after a line in the log, if @handle is not that of any object. */
Object *any_object(const void *handle, const char *function);

void log_bad_handle(const void *handle, ObjectType expected, const char *function);

/* As far as can be told: an object, which has not been freed. */
inline Object *object_of(const void *handle)
{
	Object *object = static_cast<Object *>(const_cast<void *>(handle));

	if (!object || (reinterpret_cast<ULONG_PTR>(object) & (alignof(Object) - 1)) ||
	    !object->is_alive())
		return nullptr;
	return object;
}

/* NULL, after a line in the log, if @handle is not that of a T. */
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
	/* ParentObject may say another than the default. */
	optional,
	/* There is no default. */
	required,
};

/*
 * Checks what a client says about an object to be created. *@parent is the default on entry, and who
 * it shall be on success; NULL as the default means the calling driver.
 */
NTSTATUS check_attributes(const char *function, const Object *about,
			  const WDF_OBJECT_ATTRIBUTES *attributes, ParentRule rule,
			  Object **parent);

/* The same for the one object without a parent. */
NTSTATUS check_root_attributes(const char *function, const WDF_OBJECT_ATTRIBUTES *attributes);

/* STATUS_INFO_LENGTH_MISMATCH, after a line in the log, unless @given is @expected. */
NTSTATUS check_size(const Object *about, const char *structure, ULONG given, SIZE_T expected);

inline SIZE_T context_bytes(const WDF_OBJECT_ATTRIBUTES *attributes)
{
	if (!attributes || !attributes->ContextTypeInfo)
		return 0;
	return attributes->ContextSizeOverride ? attributes->ContextSizeOverride
					       : attributes->ContextTypeInfo->ContextSize;
}

/* With attributes that were checked. The object is not in the tree yet. */
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

/* The usual end of a creating function. */
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
