/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Threads of a driver's own, and the processors that they run on.
 *
 * A thread is over when its function returns. Its driver waits for that, KeWaitForSingleObject(),
 * before it is unloaded. Handles are for the functions here only.
 *
 * Processors have numbers from 0, and groups of 64; nodes are those of NUMA.
 *
 * Pages: "Device driver threads", "Processor groups" and the page of each function.
 */
#ifndef NETCX_THREAD_H
#define NETCX_THREAD_H

#include "netcx_event.h"
#include "ntdef.h"

typedef struct _KTHREAD *PKTHREAD, *PRKTHREAD;
typedef struct _KTHREAD *PETHREAD;

/* Names the type of threads for ObReferenceObjectByHandle(). */
typedef struct _OBJECT_TYPE *POBJECT_TYPE;
/* Not used for threads. */
typedef struct _OBJECT_ATTRIBUTES *POBJECT_ATTRIBUTES;
typedef struct _CLIENT_ID *PCLIENT_ID;
typedef struct _OBJECT_HANDLE_INFORMATION *POBJECT_HANDLE_INFORMATION;
typedef ULONG ACCESS_MASK, *PACCESS_MASK;

/* What a handle is good for; nobody looks. */
#define SYNCHRONIZE	  0x00100000
#define THREAD_ALL_ACCESS 0x001fffff

#define LOW_PRIORITY	      0
#define LOW_REALTIME_PRIORITY 16
#define HIGH_PRIORITY	      31
#define MAXIMUM_PRIORITY      32

/* Process context, may sleep. */
typedef void KSTART_ROUTINE(PVOID StartContext);
typedef KSTART_ROUTINE *PKSTART_ROUTINE;

/* A processor: its number in its group. */
typedef struct _PROCESSOR_NUMBER {
	USHORT Group;
	UCHAR Number;
	UCHAR Reserved;
} PROCESSOR_NUMBER, *PPROCESSOR_NUMBER;

/* Processors of one group: bit n of the mask is its processor n. */
typedef struct _GROUP_AFFINITY {
	KAFFINITY Mask;
	USHORT Group;
	USHORT Reserved[3];
} GROUP_AFFINITY, *PGROUP_AFFINITY;

NETCX_STATIC_ASSERT(sizeof(PROCESSOR_NUMBER) == 4, "PROCESSOR_NUMBER size");
NETCX_STATIC_ASSERT(sizeof(GROUP_AFFINITY) == 16, "GROUP_AFFINITY size");

#define AFFINITY_MASK(number)	((KAFFINITY)1 << (number))
#define ALL_PROCESSOR_GROUPS	0xffff
#define INVALID_PROCESSOR_INDEX 0xffffffff

EXTERN_C_START

extern POBJECT_TYPE *PsThreadType;

/**
 * PsCreateSystemThread() - starts a thread
 * @ThreadHandle: receives a handle, to be closed with ZwClose()
 * @DesiredAccess: ignored
 * @ObjectAttributes: ignored
 * @ProcessHandle: ignored: it is the kernel's
 * @ClientId: must be NULL
 * @StartRoutine: the thread's function
 * @StartContext: its argument
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER for NULL or a ClientId;
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS PsCreateSystemThread(PHANDLE ThreadHandle, ULONG DesiredAccess,
			      POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle,
			      PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine,
			      PVOID StartContext);

/**
 * PsTerminateSystemThread() - ends the thread that calls it
 * @ExitStatus: ignored
 *
 * Context: process, a thread of PsCreateSystemThread()'s.
 * Return: STATUS_INVALID_PARAMETER in any other thread; else it does not return.
 */
NTSTATUS PsTerminateSystemThread(NTSTATUS ExitStatus);

/**
 * ObReferenceObjectByHandle() - the thread of a handle
 * @Handle: PsCreateSystemThread()'s
 * @DesiredAccess: ignored
 * @ObjectType: \*PsThreadType or NULL
 * @AccessMode: ignored
 * @Object: receives a PKTHREAD, to be given back with ObDereferenceObject()
 * @HandleInformation: must be NULL
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE; STATUS_INVALID_PARAMETER.
 */
NTSTATUS ObReferenceObjectByHandle(HANDLE Handle, ACCESS_MASK DesiredAccess,
				   POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
				   PVOID *Object, POBJECT_HANDLE_INFORMATION HandleInformation);

/**
 * ObfReferenceObject() - one more reference on a thread
 * @Object: a thread
 *
 * Context: process.
 * Return: how many there are then.
 */
LONG_PTR ObfReferenceObject(PVOID Object);

/**
 * ObfDereferenceObject() - one reference less
 * @Object: a thread that is referenced
 *
 * Context: process.
 * Return: how many are left.
 */
LONG_PTR ObfDereferenceObject(PVOID Object);

#define ObReferenceObject   ObfReferenceObject
#define ObDereferenceObject ObfDereferenceObject

/**
 * ZwClose() - closes a handle
 * @Handle: PsCreateSystemThread()'s
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE.
 */
NTSTATUS ZwClose(HANDLE Handle);

/**
 * KeGetCurrentThread() - the thread that calls it
 *
 * Context: process; elsewhere it is that of whoever was interrupted.
 * Return: of a thread of PsCreateSystemThread()'s its object; else a name for the thread, which is
 * good for nothing but a comparison.
 */
PKTHREAD KeGetCurrentThread(void);

/**
 * KeSetBasePriorityThread() - how urgent a thread is; nothing comes of it here
 * @Thread: ObReferenceObjectByHandle()'s
 * @Increment: is remembered
 *
 * Context: any.
 * Return: what was remembered before, 0 at first.
 */
LONG KeSetBasePriorityThread(PKTHREAD Thread, LONG Increment);

/**
 * KeSetSystemGroupAffinityThread() - on which processors the calling thread may run
 * @Affinity: those of a group; nothing is changed if there is none of them
 * @PreviousAffinity: receives those it could run on before, of the group of the first; may be NULL
 *
 * Context: process, a thread of PsCreateSystemThread()'s; others stay where they are.
 */
void KeSetSystemGroupAffinityThread(PGROUP_AFFINITY Affinity, PGROUP_AFFINITY PreviousAffinity);

/**
 * KeRevertToUserGroupAffinityThread() - undoes KeSetSystemGroupAffinityThread()
 * @PreviousAffinity: what that stored; a mask of 0 is of a thread that may run anywhere
 *
 * Context: as KeSetSystemGroupAffinityThread().
 */
void KeRevertToUserGroupAffinityThread(PGROUP_AFFINITY PreviousAffinity);

/**
 * KeQueryActiveProcessorCountEx() - how many processors there are
 * @GroupNumber: in that group, or ALL_PROCESSOR_GROUPS
 *
 * Context: any.
 * Return: so many; 0 for a group that there is not.
 */
ULONG KeQueryActiveProcessorCountEx(USHORT GroupNumber);

/**
 * KeGetCurrentProcessorNumberEx() - where this runs, at the moment
 * @ProcNumber: receives the number in its group; may be NULL
 *
 * Context: any.
 * Return: the number among all.
 */
ULONG KeGetCurrentProcessorNumberEx(PPROCESSOR_NUMBER ProcNumber);

/**
 * KeGetProcessorNumberFromIndex() - a processor's group, and number in it
 * @ProcIndex: its number among all
 * @ProcNumber: receives them
 *
 * Context: any.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER if there is no such processor.
 */
NTSTATUS KeGetProcessorNumberFromIndex(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber);

/**
 * KeGetProcessorIndexFromNumber() - its number among all
 * @ProcNumber: a processor's group, and number in it
 *
 * Context: any.
 * Return: the number; INVALID_PROCESSOR_INDEX if there is no such processor.
 */
ULONG KeGetProcessorIndexFromNumber(PPROCESSOR_NUMBER ProcNumber);

/**
 * KeQueryNodeActiveAffinity() - the processors of a node
 * @NodeNumber: which
 * @Affinity: receives them, of the group of the first one; a mask of 0 if there is no such node;
 * may
 *	be NULL
 * @Count: receives how many they are; may be NULL
 *
 * Context: any.
 */
void KeQueryNodeActiveAffinity(USHORT NodeNumber, PGROUP_AFFINITY Affinity, PUSHORT Count);

EXTERN_C_END

#endif /* NETCX_THREAD_H */
