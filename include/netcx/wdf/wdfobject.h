/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Objects: context space, parents, references, deletion.
 *
 * Every object has a parent, in the end its driver; deleting an object deletes its children first.
 * Deletion runs EvtCleanupCallback at once (children before parents) and EvtDestroyCallback when
 * the last reference is gone, after which the context space is freed.
 *
 * Pages: "Introduction to Framework Objects", "Framework Object Context Space",
 * "WDF_OBJECT_ATTRIBUTES structure (wdfobject.h)".
 */
#ifndef NETCX_WDFOBJECT_H
#define NETCX_WDFOBJECT_H

#include "wdftypes.h"

/*
 * The object is being deleted: let go of what keeps others alive. Process context; on Windows it may
 * be DISPATCH_LEVEL.
 */
typedef void EVT_WDF_OBJECT_CONTEXT_CLEANUP(WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP *PFN_WDF_OBJECT_CONTEXT_CLEANUP;

/* The object is gone; all that is left is its context space. Context: as above. */
typedef void EVT_WDF_OBJECT_CONTEXT_DESTROY(WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY *PFN_WDF_OBJECT_CONTEXT_DESTROY;

/* The same, as written for a device. */
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP EVT_WDF_DEVICE_CONTEXT_CLEANUP;
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY EVT_WDF_DEVICE_CONTEXT_DESTROY;

typedef enum _WDF_EXECUTION_LEVEL NETCX_INT_ENUM {
	WdfExecutionLevelInvalid = 0,
	WdfExecutionLevelInheritFromParent,
	WdfExecutionLevelPassive,
	WdfExecutionLevelDispatch
} WDF_EXECUTION_LEVEL;

typedef enum _WDF_SYNCHRONIZATION_SCOPE NETCX_INT_ENUM {
	WdfSynchronizationScopeInvalid = 0,
	WdfSynchronizationScopeInheritFromParent,
	WdfSynchronizationScopeDevice,
	WdfSynchronizationScopeQueue,
	WdfSynchronizationScopeNone
} WDF_SYNCHRONIZATION_SCOPE;

struct _WDF_OBJECT_CONTEXT_TYPE_INFO;
typedef const struct _WDF_OBJECT_CONTEXT_TYPE_INFO *PCWDF_OBJECT_CONTEXT_TYPE_INFO;
typedef PCWDF_OBJECT_CONTEXT_TYPE_INFO (*PFN_GET_UNIQUE_CONTEXT_TYPE)(void);

/**
 * struct _WDF_OBJECT_CONTEXT_TYPE_INFO - identity of a context type
 * @Size: sizeof this structure
 * @ContextName: the C name of the type, for messages
 * @ContextSize: sizeof the type, in bytes
 * @UniqueType: itself; two contexts are of one type exactly when this is the same
 * @EvtDriverGetUniqueContextType: NULL; types shared between drivers do not exist here
 *
 * Written by WDF_DECLARE_CONTEXT_TYPE(), never by hand.
 */
typedef struct _WDF_OBJECT_CONTEXT_TYPE_INFO {
	ULONG Size;
	PCSTR ContextName;
	SIZE_T ContextSize;
	PCWDF_OBJECT_CONTEXT_TYPE_INFO UniqueType;
	PFN_GET_UNIQUE_CONTEXT_TYPE EvtDriverGetUniqueContextType;
} WDF_OBJECT_CONTEXT_TYPE_INFO, *PWDF_OBJECT_CONTEXT_TYPE_INFO;

/**
 * struct _WDF_OBJECT_ATTRIBUTES - what the creator of an object may choose
 * @Size: sizeof this structure
 * @EvtCleanupCallback: optional
 * @EvtDestroyCallback: optional
 * @ExecutionLevel: ignored, except by WdfTimerCreate(): each callback's type says where it runs
 * @SynchronizationScope: ignored: each callback's type says what it does not overlap with
 * @ParentObject: the parent, where a driver may choose it; else NULL
 * @ContextSizeOverride: bytes of context space, if more than the type's size; else 0
 * @ContextTypeInfo: type of the context space, or NULL for none; the space starts zeroed
 */
typedef struct _WDF_OBJECT_ATTRIBUTES {
	ULONG Size;
	PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback;
	PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback;
	WDF_EXECUTION_LEVEL ExecutionLevel;
	WDF_SYNCHRONIZATION_SCOPE SynchronizationScope;
	WDFOBJECT ParentObject;
	SIZE_T ContextSizeOverride;
	PCWDF_OBJECT_CONTEXT_TYPE_INFO ContextTypeInfo;
} WDF_OBJECT_ATTRIBUTES, *PWDF_OBJECT_ATTRIBUTES;

NETCX_STATIC_ASSERT(sizeof(WDF_OBJECT_ATTRIBUTES) == 56, "WDF_OBJECT_ATTRIBUTES size");
NETCX_STATIC_ASSERT(sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO) == 40, "context type information size");

/**
 * WDF_OBJECT_ATTRIBUTES_INIT() - no callbacks, no parent, no context space
 * @Attributes: is overwritten
 */
NETCX_INLINE void WDF_OBJECT_ATTRIBUTES_INIT(PWDF_OBJECT_ATTRIBUTES Attributes)
{
	RtlZeroMemory(Attributes, sizeof(*Attributes));
	Attributes->Size = sizeof(*Attributes);
	Attributes->ExecutionLevel = WdfExecutionLevelInheritFromParent;
	Attributes->SynchronizationScope = WdfSynchronizationScopeInheritFromParent;
}

EXTERN_C_START

/**
 * WdfObjectGetTypedContextWorker() - finds an object's context space
 * @Handle: any object
 * @TypeInfo: type of the context; use the accessor that WDF_DECLARE_CONTEXT_TYPE() makes
 *
 * Context: any.
 * Return: the context space, or NULL if the object has none of that type.
 */
PVOID WdfObjectGetTypedContextWorker(WDFOBJECT Handle, PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo);

/**
 * WdfObjectAllocateContext() - gives an object one more context space
 * @Handle: any object
 * @ContextAttributes: type, callbacks; ParentObject must be NULL
 * @Context: receives the address; may be NULL
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_OBJECT_NAME_COLLISION if the object has one of that type already,
 * *@Context then is that one; STATUS_INVALID_PARAMETER; STATUS_INSUFFICIENT_RESOURCES;
 * STATUS_DELETE_PENDING.
 */
NTSTATUS WdfObjectAllocateContext(WDFOBJECT Handle, PWDF_OBJECT_ATTRIBUTES ContextAttributes,
				  PVOID *Context);

/**
 * WdfObjectContextGetObject() - from a context space back to its object
 * @ContextPointer: what an accessor returned
 *
 * Context: any.
 * Return: the object.
 */
WDFOBJECT WdfObjectContextGetObject(PVOID ContextPointer);

/* Behind WdfObjectReference(): Tag, Line and File say who holds the reference. Context: any. */
void WdfObjectReferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, PCSTR File);

/*
 * Behind WdfObjectDereference(). Where sleeping is not allowed, EvtDestroyCallback runs later.
 * Context: any but an interrupt service routine.
 */
void WdfObjectDereferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, PCSTR File);

/**
 * WdfObjectDelete() - deletes an object and its children
 * @Object: an object the driver created and may delete: not a driver, device, queue or interrupt,
 *	which netcx.ko deletes
 *
 * Context: process. Elsewhere nothing happens but a line in the log.
 */
void WdfObjectDelete(WDFOBJECT Object);

EXTERN_C_END

#define WdfObjectReference(handle) WdfObjectReferenceActual(handle, NULL, __LINE__, __FILE__)
#define WdfObjectReferenceWithTag(handle, tag) \
	WdfObjectReferenceActual(handle, tag, __LINE__, __FILE__)
#define WdfObjectDereference(handle) WdfObjectDereferenceActual(handle, NULL, __LINE__, __FILE__)
#define WdfObjectDereferenceWithTag(handle, tag) \
	WdfObjectDereferenceActual(handle, tag, __LINE__, __FILE__)

#define WDF_TYPE_NAME_TO_TYPE_INFO(type) _WDF_##type##_TYPE_INFO
#define WDF_GET_CONTEXT_TYPE_INFO(type)	 (&WDF_TYPE_NAME_TO_TYPE_INFO(type))

/*
 * WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(type, accessor): makes "type *accessor(WDFOBJECT)". It stands
 * at file scope, usually in a header; a semicolon may follow. All files of a module share one type
 * information: it is defined in each and weak, so that the linker keeps one; hidden, since no other
 * module has a business with it. Modules that use the same name do not meet.
 */
#define WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(type, accessor)                               \
	EXTERN_C_START                                                                   \
	extern const WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(type)       \
		__attribute__((__weak__, __visibility__("hidden")));                     \
	const WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(type) = {          \
		sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO), #type, sizeof(type),               \
		WDF_GET_CONTEXT_TYPE_INFO(type), NULL};                                  \
	EXTERN_C_END                                                                     \
	NETCX_ALWAYS_INLINE __attribute__((__unused__)) type *accessor(WDFOBJECT Handle) \
	{                                                                                \
		return WdfObjectGetTypedContext(Handle, type);                           \
	}

/* The accessor is called WdfObjectGet_<type>. */
#define WDF_DECLARE_CONTEXT_TYPE(type) WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(type, WdfObjectGet_##type)

#define WdfObjectGetTypedContext(handle, type)                       \
	((type *)WdfObjectGetTypedContextWorker((WDFOBJECT)(handle), \
						WDF_GET_CONTEXT_TYPE_INFO(type)))

#define WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(attributes, type) \
	((void)((attributes)->ContextTypeInfo = WDF_GET_CONTEXT_TYPE_INFO(type)))

#define WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(attributes, type) \
	(WDF_OBJECT_ATTRIBUTES_INIT(attributes),                  \
	 WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(attributes, type))

#endif /* NETCX_WDFOBJECT_H */
