// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Threads of a client's own. A handle, a reference and the running thread itself each hold one
 * reference on the object; handle and object are the same address.
 */
#include "caller.h"
#include "driver.h"
#include "log.h"

#include <netcx/ntddk.h>

/* Begins with what KeWaitForSingleObject() waits for: it is set when the thread is over. */
struct _KTHREAD {
	DISPATCHER_HEADER header;
	UINT64 signature;
	LONG references;
	LONG increment;
	struct netcx_driver *driver;
	PKSTART_ROUTINE routine;
	PVOID context;
	/* What the OS half knows of it. */
	netcx::Caller caller;
};

struct _OBJECT_TYPE {
	const char *name;
};

namespace netcx
{

static constexpr UINT64 thread_signature = 0x4e43784b74687264;
static constexpr UCHAR thread_type = 6;

static struct _OBJECT_TYPE type_of_threads = {"thread"};
static POBJECT_TYPE pointer_to_type = &type_of_threads;

/* NULL, which is logged, if it is none. */
static PKTHREAD thread_of(const char *function, PVOID object)
{
	PKTHREAD thread = static_cast<PKTHREAD>(object);

	if (thread && !(reinterpret_cast<ULONG_PTR>(thread) & (alignof(struct _KTHREAD) - 1)) &&
	    thread->signature == thread_signature)
		return thread;
	refuse(nullptr, STATUS_INVALID_HANDLE, "%s was given %s, not a thread", function,
	       thread ? "something else" : "NULL");
	return nullptr;
}

static LONG release(PKTHREAD thread)
{
	const LONG left = __atomic_sub_fetch(&thread->references, 1, __ATOMIC_ACQ_REL);

	if (!left) {
		thread->signature = 0;
		netcx_os_free(thread);
	}
	return left;
}

/* The object of the thread that calls it; NULL: it is no client's. */
static PKTHREAD current_thread()
{
	const Caller *caller = current_caller();

	return caller ? static_cast<PKTHREAD>(caller->client_thread) : nullptr;
}

/* Its client may be gone when it is set, and its driver when there are no more threads. */
static void end_thread(PKTHREAD thread)
{
	struct netcx_driver *driver = thread->driver;

	__atomic_store_n(&thread->header.SignalState, 1, __ATOMIC_SEQ_CST);
	netcx_os_wake_sleepers(thread);
	__atomic_sub_fetch(&driver->threads, 1, __ATOMIC_SEQ_CST);
	netcx_os_wake_sleepers(driver);
	release(thread);
}

static void run_thread(void *context)
{
	PKTHREAD thread = static_cast<PKTHREAD>(static_cast<Caller *>(context)->client_thread);

	thread->caller.thread = netcx_os_current_thread();
	thread->routine(thread->context);
	end_thread(thread);
}

static NTSTATUS start_thread(const char *function, netcx_driver *driver, PKSTART_ROUTINE routine,
			     PVOID context, PHANDLE handle)
{
	PKTHREAD thread = static_cast<PKTHREAD>(netcx_os_zalloc(sizeof(*thread)));

	if (!thread)
		return refuse(nullptr, STATUS_INSUFFICIENT_RESOURCES, "%s: out of memory",
			      function);
	thread->header.Type = thread_type;
	thread->signature = thread_signature;
	thread->references = 2;
	thread->driver = driver;
	thread->routine = routine;
	thread->context = context;
	thread->caller.driver = driver;
	thread->caller.client_thread = thread;
	*handle = thread;
	__atomic_add_fetch(&driver->threads, 1, __ATOMIC_RELAXED);
	if (netcx_os_thread_create(driver->name, run_thread, &thread->caller)) {
		*handle = nullptr;
		__atomic_sub_fetch(&driver->threads, 1, __ATOMIC_RELAXED);
		netcx_os_free(thread);
		return refuse(nullptr, STATUS_INSUFFICIENT_RESOURCES,
			      "%s: the thread could not be started", function);
	}
	return STATUS_SUCCESS;
}

} // namespace netcx

using namespace netcx;

extern "C" {

POBJECT_TYPE *PsThreadType = &pointer_to_type;

NTSTATUS PsCreateSystemThread(PHANDLE ThreadHandle, ULONG, POBJECT_ATTRIBUTES, HANDLE,
			      PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine, PVOID StartContext)
{
	static const char function[] = "PsCreateSystemThread";
	const Caller *caller;

	if (refuse_atomic(nullptr, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!ThreadHandle || !StartRoutine)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      ThreadHandle ? "StartRoutine" : "ThreadHandle");
	if (ClientId)
		return refuse(nullptr, STATUS_INVALID_PARAMETER, "%s: ClientId must be NULL",
			      function);
	caller = current_caller();
	if (!caller || !caller->driver)
		return refuse(nullptr, STATUS_INVALID_DEVICE_STATE,
			      "%s must be called in a callback, or in a thread, of a driver's",
			      function);
	return start_thread(function, caller->driver, StartRoutine, StartContext, ThreadHandle);
}

NTSTATUS PsTerminateSystemThread(NTSTATUS)
{
	PKTHREAD thread = current_thread();

	if (!thread)
		return refuse(nullptr, STATUS_INVALID_PARAMETER,
			      "PsTerminateSystemThread was called in a thread that is none of "
			      "PsCreateSystemThread's");
	end_thread(thread);
	netcx_os_thread_exit();
	return STATUS_SUCCESS;
}

NTSTATUS ObReferenceObjectByHandle(HANDLE Handle, ACCESS_MASK, POBJECT_TYPE ObjectType,
				   KPROCESSOR_MODE, PVOID *Object,
				   POBJECT_HANDLE_INFORMATION HandleInformation)
{
	static const char function[] = "ObReferenceObjectByHandle";
	PKTHREAD thread;

	if (!Object || HandleInformation || (ObjectType && ObjectType != &type_of_threads))
		return refuse(nullptr, STATUS_INVALID_PARAMETER, "%s: %s", function,
			      !Object		  ? "Object is NULL (ParameterCantBeNull)"
			      : HandleInformation ? "HandleInformation must be NULL"
						  : "ObjectType must be *PsThreadType or NULL");
	*Object = nullptr;
	thread = thread_of(function, Handle);
	if (!thread)
		return STATUS_INVALID_HANDLE;
	__atomic_add_fetch(&thread->references, 1, __ATOMIC_RELAXED);
	*Object = thread;
	return STATUS_SUCCESS;
}

LONG_PTR ObfReferenceObject(PVOID Object)
{
	PKTHREAD thread = thread_of("ObfReferenceObject", Object);

	return thread ? __atomic_add_fetch(&thread->references, 1, __ATOMIC_RELAXED) : 0;
}

LONG_PTR ObfDereferenceObject(PVOID Object)
{
	PKTHREAD thread = thread_of("ObfDereferenceObject", Object);

	return thread ? release(thread) : 0;
}

NTSTATUS ZwClose(HANDLE Handle)
{
	PKTHREAD thread = thread_of("ZwClose", Handle);

	if (!thread)
		return STATUS_INVALID_HANDLE;
	release(thread);
	return STATUS_SUCCESS;
}

PKTHREAD KeGetCurrentThread(void)
{
	PKTHREAD thread = current_thread();

	return thread ? thread : static_cast<PKTHREAD>(netcx_os_current_thread());
}

LONG KeSetBasePriorityThread(PKTHREAD Thread, LONG Increment)
{
	PKTHREAD thread = thread_of("KeSetBasePriorityThread", Thread);

	return thread ? __atomic_exchange_n(&thread->increment, Increment, __ATOMIC_RELAXED) : 0;
}

void KeSetSystemGroupAffinityThread(PGROUP_AFFINITY Affinity, PGROUP_AFFINITY PreviousAffinity)
{
	static const char function[] = "KeSetSystemGroupAffinityThread";

	if (PreviousAffinity)
		RtlZeroMemory(PreviousAffinity, sizeof(*PreviousAffinity));
	if (!Affinity) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: Affinity is NULL (ParameterCantBeNull)", function);
		return;
	}
	if (refuse_atomic(nullptr, function) || !current_thread())
		return;
	if (PreviousAffinity) {
		PreviousAffinity->Mask = netcx_os_thread_processors(&PreviousAffinity->Group);
	}
	if (Affinity->Mask)
		netcx_os_thread_set_processors(Affinity->Group, Affinity->Mask);
}

void KeRevertToUserGroupAffinityThread(PGROUP_AFFINITY PreviousAffinity)
{
	static const char function[] = "KeRevertToUserGroupAffinityThread";

	if (!PreviousAffinity) {
		refuse(nullptr, STATUS_INVALID_PARAMETER,
		       "%s: PreviousAffinity is NULL (ParameterCantBeNull)", function);
		return;
	}
	if (!refuse_atomic(nullptr, function) && current_thread())
		netcx_os_thread_set_processors(PreviousAffinity->Group, PreviousAffinity->Mask);
}

} // extern "C"
