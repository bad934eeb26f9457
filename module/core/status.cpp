// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* NTSTATUS values: their names, and the errno that says the same. */
#include "core.h"

namespace
{

struct Status {
	NTSTATUS value;
	int error;
	const char *name;
};

/* Linux's errno values, also in user space builds: they are what the up-calls return. */
enum Errno {
	error_not_found = 2,
	error_io = 5,
	error_no_such_device_or_address = 6,
	error_again = 11,
	error_no_memory = 12,
	error_access = 13,
	error_busy = 16,
	error_exists = 17,
	error_no_device = 19,
	error_invalid = 22,
	error_range = 34,
	error_no_data = 61,
	error_protocol = 71,
	error_overflow = 75,
	error_not_supported = 95,
	error_timed_out = 110,
	error_cancelled = 125,
};

#define NETCX_STATUS(name, error)  \
	{                          \
		name, error, #name \
	}

const Status statuses[] = {
	NETCX_STATUS(STATUS_SUCCESS, 0),
	NETCX_STATUS(STATUS_TIMEOUT, error_timed_out),
	NETCX_STATUS(STATUS_PENDING, error_again),
	NETCX_STATUS(STATUS_BUFFER_OVERFLOW, error_overflow),
	NETCX_STATUS(STATUS_NO_MORE_ENTRIES, error_no_data),
	NETCX_STATUS(STATUS_UNSUCCESSFUL, error_io),
	NETCX_STATUS(STATUS_NOT_IMPLEMENTED, error_not_supported),
	NETCX_STATUS(STATUS_INFO_LENGTH_MISMATCH, error_invalid),
	NETCX_STATUS(STATUS_INVALID_HANDLE, error_invalid),
	NETCX_STATUS(STATUS_INVALID_PARAMETER, error_invalid),
	NETCX_STATUS(STATUS_NO_SUCH_DEVICE, error_no_device),
	NETCX_STATUS(STATUS_INVALID_DEVICE_REQUEST, error_invalid),
	NETCX_STATUS(STATUS_MORE_PROCESSING_REQUIRED, error_again),
	NETCX_STATUS(STATUS_NO_MEMORY, error_no_memory),
	NETCX_STATUS(STATUS_ACCESS_DENIED, error_access),
	NETCX_STATUS(STATUS_BUFFER_TOO_SMALL, error_overflow),
	NETCX_STATUS(STATUS_OBJECT_TYPE_MISMATCH, error_invalid),
	NETCX_STATUS(STATUS_OBJECT_NAME_INVALID, error_invalid),
	NETCX_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, error_not_found),
	NETCX_STATUS(STATUS_OBJECT_NAME_COLLISION, error_exists),
	NETCX_STATUS(STATUS_DATA_ERROR, error_io),
	NETCX_STATUS(STATUS_CRC_ERROR, error_io),
	NETCX_STATUS(STATUS_DELETE_PENDING, error_no_device),
	NETCX_STATUS(STATUS_REVISION_MISMATCH, error_invalid),
	NETCX_STATUS(STATUS_RESOURCE_DATA_NOT_FOUND, error_not_found),
	NETCX_STATUS(STATUS_RESOURCE_TYPE_NOT_FOUND, error_not_found),
	NETCX_STATUS(STATUS_ARRAY_BOUNDS_EXCEEDED, error_range),
	NETCX_STATUS(STATUS_INTEGER_OVERFLOW, error_overflow),
	NETCX_STATUS(STATUS_INSUFFICIENT_RESOURCES, error_no_memory),
	NETCX_STATUS(STATUS_DEVICE_NOT_READY, error_busy),
	NETCX_STATUS(STATUS_IO_TIMEOUT, error_timed_out),
	NETCX_STATUS(STATUS_NOT_SUPPORTED, error_not_supported),
	NETCX_STATUS(STATUS_DEVICE_DOES_NOT_EXIST, error_no_device),
	NETCX_STATUS(STATUS_ADAPTER_HARDWARE_ERROR, error_io),
	NETCX_STATUS(STATUS_INTERNAL_ERROR, error_io),
	NETCX_STATUS(STATUS_INVALID_PARAMETER_1, error_invalid),
	NETCX_STATUS(STATUS_INVALID_PARAMETER_2, error_invalid),
	NETCX_STATUS(STATUS_INVALID_PARAMETER_3, error_invalid),
	NETCX_STATUS(STATUS_INVALID_PARAMETER_4, error_invalid),
	NETCX_STATUS(STATUS_CANCELLED, error_cancelled),
	NETCX_STATUS(STATUS_INVALID_ADDRESS, error_invalid),
	NETCX_STATUS(STATUS_DEVICE_CONFIGURATION_ERROR, error_invalid),
	NETCX_STATUS(STATUS_DEVICE_DATA_ERROR, error_io),
	NETCX_STATUS(STATUS_DEVICE_NOT_CONNECTED, error_no_device),
	NETCX_STATUS(STATUS_DEVICE_POWER_FAILURE, error_io),
	NETCX_STATUS(STATUS_INVALID_DEVICE_STATE, error_busy),
	NETCX_STATUS(STATUS_IO_DEVICE_ERROR, error_io),
	NETCX_STATUS(STATUS_DEVICE_PROTOCOL_ERROR, error_protocol),
	NETCX_STATUS(STATUS_INVALID_BUFFER_SIZE, error_invalid),
	NETCX_STATUS(STATUS_NOT_FOUND, error_not_found),
	NETCX_STATUS(STATUS_RETRY, error_again),
	NETCX_STATUS(STATUS_DEVICE_REMOVED, error_no_device),
	NETCX_STATUS(STATUS_DEVICE_BUSY, error_busy),
	NETCX_STATUS(STATUS_NDIS_CLOSING, error_no_device),
	NETCX_STATUS(STATUS_NDIS_BAD_VERSION, error_invalid),
	NETCX_STATUS(STATUS_NDIS_BAD_CHARACTERISTICS, error_invalid),
	NETCX_STATUS(STATUS_NDIS_ADAPTER_NOT_FOUND, error_no_device),
	NETCX_STATUS(STATUS_NDIS_OPEN_FAILED, error_io),
	NETCX_STATUS(STATUS_NDIS_DEVICE_FAILED, error_io),
	NETCX_STATUS(STATUS_NDIS_MULTICAST_FULL, error_no_memory),
	NETCX_STATUS(STATUS_NDIS_MULTICAST_EXISTS, error_exists),
	NETCX_STATUS(STATUS_NDIS_MULTICAST_NOT_FOUND, error_not_found),
	NETCX_STATUS(STATUS_NDIS_REQUEST_ABORTED, error_cancelled),
	NETCX_STATUS(STATUS_NDIS_RESET_IN_PROGRESS, error_busy),
	NETCX_STATUS(STATUS_NDIS_INVALID_PACKET, error_invalid),
	NETCX_STATUS(STATUS_NDIS_INVALID_DEVICE_REQUEST, error_invalid),
	NETCX_STATUS(STATUS_NDIS_ADAPTER_NOT_READY, error_busy),
	NETCX_STATUS(STATUS_NDIS_INVALID_LENGTH, error_invalid),
	NETCX_STATUS(STATUS_NDIS_INVALID_DATA, error_invalid),
	NETCX_STATUS(STATUS_NDIS_BUFFER_TOO_SHORT, error_overflow),
	NETCX_STATUS(STATUS_NDIS_INVALID_OID, error_invalid),
	NETCX_STATUS(STATUS_NDIS_ADAPTER_REMOVED, error_no_device),
	NETCX_STATUS(STATUS_NDIS_GROUP_ADDRESS_IN_USE, error_exists),
	NETCX_STATUS(STATUS_NDIS_FILE_NOT_FOUND, error_not_found),
	NETCX_STATUS(STATUS_NDIS_ERROR_READING_FILE, error_io),
	NETCX_STATUS(STATUS_NDIS_ALREADY_MAPPED, error_exists),
	NETCX_STATUS(STATUS_NDIS_MEDIA_DISCONNECTED, error_no_device),
	NETCX_STATUS(STATUS_NDIS_PAUSED, error_busy),
	NETCX_STATUS(STATUS_NDIS_INTERFACE_NOT_FOUND, error_not_found),
	NETCX_STATUS(STATUS_NDIS_UNSUPPORTED_REVISION, error_invalid),
	NETCX_STATUS(STATUS_NDIS_INVALID_PORT, error_invalid),
	NETCX_STATUS(STATUS_NDIS_INVALID_PORT_STATE, error_invalid),
	NETCX_STATUS(STATUS_NDIS_LOW_POWER_STATE, error_busy),
	NETCX_STATUS(STATUS_NDIS_REINIT_REQUIRED, error_again),
	NETCX_STATUS(STATUS_NDIS_NOT_SUPPORTED, error_not_supported),
	NETCX_STATUS(STATUS_REQUEST_NOT_ACCEPTED, error_again),
	NETCX_STATUS(STATUS_NDIS_UNSUPPORTED_MEDIA, error_not_supported),
	NETCX_STATUS(STATUS_NDIS_RESOURCE_CONFLICT, error_busy),
	NETCX_STATUS(STATUS_NDIS_INVALID_ADDRESS, error_no_such_device_or_address),
	NETCX_STATUS(STATUS_NDIS_PM_WOL_PATTERN_LIST_FULL, error_no_memory),
	NETCX_STATUS(STATUS_NDIS_PM_PROTOCOL_OFFLOAD_LIST_FULL, error_no_memory),
};

const Status *find_status(NTSTATUS value)
{
	for (const Status &status : statuses) {
		if (status.value == value)
			return &status;
	}
	return nullptr;
}

} // namespace

extern "C" {

int netcx_core_errno(NTSTATUS status)
{
	if (NT_SUCCESS(status))
		return 0;
	const Status *known = find_status(status);
	return -(known ? known->error : static_cast<int>(error_io));
}

const char *netcx_core_status_name(NTSTATUS status)
{
	const Status *known = find_status(status);

	return known ? known->name : "an unnamed NTSTATUS";
}

} // extern "C"
