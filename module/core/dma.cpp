// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* WDFDMAENABLER and WDFCOMMONBUFFER. */
#include "dma.h"

#include "device.h"

namespace netcx
{

class CommonBuffer final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::common_buffer;

	CommonBuffer() : Object(object_type) {}

	~CommonBuffer() override
	{
		if (memory)
			free_memory();
		/* The device may go with it. */
		if (enabler)
			enabler->release();
	}

	DmaEnabler *enabler = nullptr;
	SIZE_T length = 0;
	void *memory = nullptr;
	UINT64 logical = 0;

private:
	void free_memory()
	{
		/*
		 * A client that holds a reference can outlive the OS device. Then the memory cannot
		 * be freed; netcx_core_device_remove() logged that.
		 */
		const OsDevice os(enabler->device);

		if (os.get())
			netcx_os_dma_free(os.get(), length, memory, logical);
	}
};

/* Alignment that netcx_os_dma_alloc() guarantees. */
static constexpr ULONG page_mask = 0xfff;

/* Bits of a DMA address; 0 for a profile that is not supported. */
static UINT32 address_width(const WDF_DMA_ENABLER_CONFIG *config)
{
	switch (config->Profile) {
	case WdfDmaProfilePacket:
	case WdfDmaProfileScatterGather:
	case WdfDmaProfileScatterGatherDuplex:
		return config->AddressWidthOverride ? config->AddressWidthOverride : 32;
	case WdfDmaProfilePacket64:
	case WdfDmaProfileScatterGather64:
	case WdfDmaProfileScatterGather64Duplex:
		return config->AddressWidthOverride ? config->AddressWidthOverride : 64;
	default:
		return 0;
	}
}

static NTSTATUS check_enabler_config(const netcx_device *device,
				     const WDF_DMA_ENABLER_CONFIG *config)
{
	NTSTATUS status =
		check_size(device, "WDF_DMA_ENABLER_CONFIG", config->Size, sizeof(*config));

	if (!NT_SUCCESS(status))
		return status;
	if (config->Profile == WdfDmaProfileSystem || config->Profile == WdfDmaProfileSystemDuplex)
		return refuse(device, STATUS_NOT_SUPPORTED,
			      "WDF_DMA_ENABLER_CONFIG.Profile is a system profile, only bus "
			      "masters are supported");
	if (!address_width(config))
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "WDF_DMA_ENABLER_CONFIG.Profile is %d, must be %d to %d",
			      config->Profile, WdfDmaProfilePacket,
			      WdfDmaProfileScatterGather64Duplex);
	if (address_width(config) < 24 || address_width(config) > 64)
		return refuse(
			device, STATUS_INVALID_PARAMETER,
			"WDF_DMA_ENABLER_CONFIG.AddressWidthOverride is %u, must be 0 or 24 to 64",
			config->AddressWidthOverride);
	if (!config->MaximumLength)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "WDF_DMA_ENABLER_CONFIG.MaximumLength is 0, must be at least 1");
	return STATUS_SUCCESS;
}

static NTSTATUS allocate(CommonBuffer *buffer)
{
	const OsDevice os(buffer->enabler->device);

	if (!os.get())
		return STATUS_DELETE_PENDING;
	buffer->memory = netcx_os_dma_alloc(os.get(), buffer->length, &buffer->logical);
	return buffer->memory ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* 0 or an errno; also when the device is removed. */
static int set_mask(const netcx_device *device, UINT32 width)
{
	const OsDevice os(device);

	if (!os.get())
		return netcx_core_errno(STATUS_DELETE_PENDING);
	return netcx_os_dma_set_mask(os.get(), width == 64 ? MAXUINT64 : (1ULL << width) - 1);
}

static NTSTATUS create_common_buffer(const char *function, DmaEnabler *enabler, SIZE_T length,
				     ULONG alignment, const WDF_OBJECT_ATTRIBUTES *attributes,
				     WDFCOMMONBUFFER *handle)
{
	Object *parent = enabler;
	CommonBuffer *buffer = nullptr;
	NTSTATUS status;

	if (!handle)
		return refuse(enabler, STATUS_INVALID_PARAMETER,
			      "%s: CommonBuffer is NULL (ParameterCantBeNull)", function);
	if (!length)
		return refuse(enabler, STATUS_INVALID_PARAMETER,
			      "%s: Length is 0, must be at least 1", function);
	if (alignment > page_mask || (alignment & (alignment + 1)))
		return refuse(enabler, STATUS_INVALID_PARAMETER,
			      "%s: AlignmentRequirement is 0x%x, must be a power of two less one, "
			      "at most 0x%x",
			      function, alignment, page_mask);
	status = check_attributes(function, enabler, attributes, ParentRule::optional, &parent);
	if (NT_SUCCESS(status))
		status = create_object(function, attributes, parent, &buffer);
	if (!NT_SUCCESS(status))
		return status;

	enabler->reference();
	buffer->enabler = enabler;
	buffer->length = length;
	status = allocate(buffer);
	if (!NT_SUCCESS(status)) {
		buffer->release();
		return status == STATUS_DELETE_PENDING
			       ? refuse(enabler, status, "%s: the device is removed", function)
			       : refuse(enabler, status, "%s: no DMA memory of %zu bytes", function,
					length);
	}
	return publish_object(function, buffer, handle);
}

} // namespace netcx

using namespace netcx;

extern "C" {

NTSTATUS WdfDmaEnablerCreate(WDFDEVICE Device, PWDF_DMA_ENABLER_CONFIG Config,
			     PWDF_OBJECT_ATTRIBUTES Attributes, WDFDMAENABLER *DmaEnablerHandle)
{
	static const char function[] = "WdfDmaEnablerCreate";
	netcx_device *device = from_handle<netcx_device>(Device, function);
	Object *parent = device;
	DmaEnabler *enabler = nullptr;
	NTSTATUS status;
	UINT32 width;
	int error;

	if (!device)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(device, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Config || !DmaEnablerHandle)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "%s: %s is NULL (ParameterCantBeNull)", function,
			      Config ? "DmaEnablerHandle" : "Config");
	status = check_enabler_config(device, Config);
	if (NT_SUCCESS(status))
		status = check_attributes(function, device, Attributes, ParentRule::optional,
					  &parent);
	if (!NT_SUCCESS(status))
		return status;
	if (parent != device)
		return refuse(device, STATUS_INVALID_PARAMETER,
			      "%s: WDF_OBJECT_ATTRIBUTES.ParentObject must be NULL or the device",
			      function);

	status = create_object(function, Attributes, parent, &enabler);
	if (!NT_SUCCESS(status))
		return status;
	enabler->config = *Config;
	width = address_width(Config);
	error = set_mask(device, width);
	if (error) {
		enabler->release();
		return refuse(
			device, STATUS_NOT_SUPPORTED,
			"%s: this machine cannot serve a device with addresses of %u bits (%d)",
			function, width, error);
	}
	return publish_object(function, enabler, DmaEnablerHandle);
}

NTSTATUS WdfCommonBufferCreate(WDFDMAENABLER DmaEnablerHandle, SIZE_T Length,
			       PWDF_OBJECT_ATTRIBUTES Attributes, WDFCOMMONBUFFER *Handle)
{
	static const char function[] = "WdfCommonBufferCreate";
	DmaEnabler *enabler = from_handle<DmaEnabler>(DmaEnablerHandle, function);

	if (!enabler)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(enabler, function))
		return STATUS_INVALID_DEVICE_STATE;
	return create_common_buffer(function, enabler, Length, enabler->device->alignment,
				    Attributes, Handle);
}

NTSTATUS WdfCommonBufferCreateWithConfig(WDFDMAENABLER DmaEnablerHandle, SIZE_T Length,
					 PWDF_COMMON_BUFFER_CONFIG Config,
					 PWDF_OBJECT_ATTRIBUTES Attributes, WDFCOMMONBUFFER *Handle)
{
	static const char function[] = "WdfCommonBufferCreateWithConfig";
	DmaEnabler *enabler = from_handle<DmaEnabler>(DmaEnablerHandle, function);
	NTSTATUS status;

	if (!enabler)
		return STATUS_INVALID_HANDLE;
	if (refuse_atomic(enabler, function))
		return STATUS_INVALID_DEVICE_STATE;
	if (!Config)
		return refuse(enabler, STATUS_INVALID_PARAMETER,
			      "%s: Config is NULL (ParameterCantBeNull)", function);
	status = check_size(enabler, "WDF_COMMON_BUFFER_CONFIG", Config->Size, sizeof(*Config));
	if (!NT_SUCCESS(status))
		return status;
	return create_common_buffer(function, enabler, Length, Config->AlignmentRequirement,
				    Attributes, Handle);
}

PVOID WdfCommonBufferGetAlignedVirtualAddress(WDFCOMMONBUFFER Handle)
{
	CommonBuffer *buffer =
		from_handle<CommonBuffer>(Handle, "WdfCommonBufferGetAlignedVirtualAddress");

	return buffer ? buffer->memory : nullptr;
}

PHYSICAL_ADDRESS WdfCommonBufferGetAlignedLogicalAddress(WDFCOMMONBUFFER Handle)
{
	CommonBuffer *buffer =
		from_handle<CommonBuffer>(Handle, "WdfCommonBufferGetAlignedLogicalAddress");
	PHYSICAL_ADDRESS address = {};

	if (buffer)
		address.QuadPart = static_cast<LONGLONG>(buffer->logical);
	return address;
}

SIZE_T WdfCommonBufferGetLength(WDFCOMMONBUFFER Handle)
{
	CommonBuffer *buffer = from_handle<CommonBuffer>(Handle, "WdfCommonBufferGetLength");

	return buffer ? buffer->length : 0;
}

} // extern "C"
