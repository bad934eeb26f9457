/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Source annotations (SAL) as Windows drivers write them. They describe parameters to Microsoft's
 * static analysers; here they expand to nothing.
 */
#ifndef NETCX_SAL_H
#define NETCX_SAL_H

/* One parameter: direction and optionality. */
#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_range_(low, high)
#define _Out_
#define _Out_opt_
#define _Out_range_(low, high)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_opt_result_maybenull_
#define _Outptr_result_bytebuffer_(bytes)
#define _Outptr_result_buffer_(count)
#define _Inout_
#define _Inout_opt_
#define _Inout_z_
#define _Reserved_
#define _Const_
#define _Null_
#define _Notnull_
#define _Maybenull_
#define _COM_Outptr_

/* One parameter that is a buffer: its length in elements or bytes. */
#define _In_reads_(count)
#define _In_reads_opt_(count)
#define _In_reads_z_(count)
#define _In_reads_bytes_(bytes)
#define _In_reads_bytes_opt_(bytes)
#define _In_reads_or_z_(count)
#define _Out_writes_(count)
#define _Out_writes_opt_(count)
#define _Out_writes_z_(count)
#define _Out_writes_all_(count)
#define _Out_writes_all_opt_(count)
#define _Out_writes_to_(count, written)
#define _Out_writes_to_opt_(count, written)
#define _Out_writes_bytes_(bytes)
#define _Out_writes_bytes_opt_(bytes)
#define _Out_writes_bytes_all_(bytes)
#define _Out_writes_bytes_to_(bytes, written)
#define _Out_writes_bytes_to_opt_(bytes, written)
#define _Inout_updates_(count)
#define _Inout_updates_opt_(count)
#define _Inout_updates_all_(count)
#define _Inout_updates_bytes_(bytes)
#define _Inout_updates_bytes_opt_(bytes)
#define _Inout_updates_bytes_all_(bytes)
#define _Inout_updates_to_(count, updated)
#define _Field_size_(count)
#define _Field_size_opt_(count)
#define _Field_size_bytes_(bytes)
#define _Field_size_bytes_opt_(bytes)
#define _Field_size_full_(count)
#define _Field_size_part_(count, valid)
#define _Field_range_(low, high)
#define _Field_z_
#define _Struct_size_bytes_(bytes)

/* Return values, and what holds before and after a call. */
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Ret_null_
#define _Ret_z_
#define _Ret_range_(low, high)
#define _Ret_writes_(count)
#define _Ret_writes_bytes_(bytes)
#define _Ret_writes_maybenull_(count)
#define _Ret_writes_bytes_maybenull_(bytes)
#define _Must_inspect_result_
#define _Check_return_
#define _Success_(condition)
#define _Pre_
#define _Post_
#define _Pre_satisfies_(condition)
#define _Post_satisfies_(condition)
#define _Pre_notnull_
#define _Post_invalid_
#define _Post_maybenull_
#define _Post_notnull_
#define _Post_ptr_invalid_
#define _Post_equal_to_(expression)
#define _Post_writable_byte_size_(bytes)
#define _Pre_writable_byte_size_(bytes)
#define _Pre_readable_byte_size_(bytes)
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _At_(target, annotations)
#define _When_(condition, annotations)
#define _On_failure_(annotations)
#define _Always_(annotations)
#define _Use_decl_annotations_
#define _Function_class_(name)
#define _Strict_type_match_
#define _Printf_format_string_
#define _Null_terminated_
#define _NullNull_terminated_
#define _Unreferenced_parameter_
#define _Points_to_data_
#define _Literal_
#define _Enum_is_bitflag_
#define _Analysis_assume_(condition)
#define _Analysis_noreturn_
#define _Benign_race_begin_
#define _Benign_race_end_
#define _No_competing_thread_
#define _No_competing_thread_begin_
#define _No_competing_thread_end_
#define _Flexible_array_member_
#define _Interlocked_
#define _Interlocked_operand_
#define _Callback_

/* Interrupt request levels. */
#define _IRQL_requires_(irql)
#define _IRQL_requires_max_(irql)
#define _IRQL_requires_min_(irql)
#define _IRQL_requires_same_
#define _IRQL_always_function_max_(irql)
#define _IRQL_always_function_min_(irql)
#define _IRQL_raises_(irql)
#define _IRQL_saves_
#define _IRQL_saves_global_(kind, param)
#define _IRQL_restores_
#define _IRQL_restores_global_(kind, param)
#define _IRQL_uses_cancel_
#define _IRQL_limited_to_(irql)

/* Locks. */
#define _Acquires_lock_(lock)
#define _Releases_lock_(lock)
#define _Acquires_exclusive_lock_(lock)
#define _Releases_exclusive_lock_(lock)
#define _Acquires_shared_lock_(lock)
#define _Releases_shared_lock_(lock)
#define _Requires_lock_held_(lock)
#define _Requires_lock_not_held_(lock)
#define _Requires_exclusive_lock_held_(lock)
#define _Requires_shared_lock_held_(lock)
#define _Requires_no_locks_held_
#define _Guarded_by_(lock)
#define _Interlocked_guarded_by_(lock)
#define _Write_guarded_by_(lock)
#define _Has_lock_kind_(kind)
#define _Create_lock_level_(level)
#define _Has_lock_level_(level)
#define _Lock_level_order_(first, second)

/* Kernel memory and dispatch annotations. */
#define __drv_allocatesMem(kind)
#define __drv_freesMem(kind)
#define __drv_aliasesMem
#define __drv_maxIRQL(irql)
#define __drv_minIRQL(irql)
#define __drv_requiresIRQL(irql)
#define __drv_sameIRQL
#define __drv_when(condition, annotations)
#define _Kernel_requires_resource_held_(kind)
#define _Kernel_requires_resource_not_held_(kind)
#define _Kernel_entry_
#define _Dispatch_type_(type)
#define _Analysis_mode_(mode)

#endif /* NETCX_SAL_H */
