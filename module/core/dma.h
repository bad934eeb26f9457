/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* WDFDMAENABLER, which an adapter's capabilities name. */
#ifndef NETCX_CORE_DMA_H
#define NETCX_CORE_DMA_H

#include "object.h"

namespace netcx
{

class DmaEnabler final : public Object
{
public:
	static constexpr ObjectType object_type = ObjectType::dma_enabler;

	DmaEnabler() : Object(object_type) {}

	WDF_DMA_ENABLER_CONFIG config = {};
};

} // namespace netcx

#endif /* NETCX_CORE_DMA_H */
