/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What Linux users expect of a NIC driver and NetAdapterCx has no call for: interrupt moderation
 * (ethtool -c/-C), hardware statistics (ethtool -S), setting the MAC address (ip link set address).
 * All of it is optional, all of it is declared before NetAdapterStart.
 */
#ifndef NETCX_ADAPTER_EXT_H
#define NETCX_ADAPTER_EXT_H

#include "netadapter.h"

/**
 * struct netcx_interrupt_moderation - how long an interrupt may be held back
 * @RxMicroseconds: for received packets; 0 means no delay
 * @TxMicroseconds: for completed transmissions; 0 means no delay
 */
struct netcx_interrupt_moderation {
	UINT32 RxMicroseconds;
	UINT32 TxMicroseconds;
};

/**
 * typedef PFN_NETCX_SET_INTERRUPT_MODERATION - puts new settings into the hardware
 *
 * Context: process, may sleep; one call at a time; the device is in D0.
 * Return: an NTSTATUS; on failure the earlier settings stay in force.
 */
typedef NTSTATUS (*PFN_NETCX_SET_INTERRUPT_MODERATION)(
	NETADAPTER Adapter, const struct netcx_interrupt_moderation *Moderation);

/**
 * struct netcx_interrupt_moderation_capabilities - what the hardware can do
 * @Size: sizeof this structure
 * @Initial: the settings in force until Set is called for the first time; what Set was given last
 *	outlives D0 exit and entry
 * @MaximumRxMicroseconds: largest RxMicroseconds that Set will be given
 * @MaximumTxMicroseconds: largest TxMicroseconds that Set will be given
 * @RxTxShared: the hardware has one timer for both; Set is only given equal values
 * @Set: see the type; must not be NULL
 */
struct netcx_interrupt_moderation_capabilities {
	UINT32 Size;
	struct netcx_interrupt_moderation Initial;
	UINT32 MaximumRxMicroseconds;
	UINT32 MaximumTxMicroseconds;
	BOOLEAN RxTxShared;
	PFN_NETCX_SET_INTERRUPT_MODERATION Set;
};

/**
 * typedef PFN_NETCX_READ_STATISTICS - reads the hardware's counters
 *
 * Fills as many values as there are names. Values only grow while the adapter exists.
 * Context: process, may sleep; one call at a time; the device is in D0.
 */
typedef void (*PFN_NETCX_READ_STATISTICS)(NETADAPTER Adapter, UINT64 *Values);

/**
 * struct netcx_statistics_config - hardware counters for ethtool -S
 * @Size: sizeof this structure
 * @Names: a name per counter, at most 31 characters each; must live as long as the adapter
 * @Count: how many
 * @Read: see the type; must not be NULL
 */
struct netcx_statistics_config {
	UINT32 Size;
	const char *const *Names;
	UINT32 Count;
	PFN_NETCX_READ_STATISTICS Read;
};

/**
 * typedef PFN_NETCX_SET_LINK_LAYER_ADDRESS - makes the hardware receive for another address
 *
 * Context: process, may sleep; one call at a time; the device is in D0.
 */
typedef void (*PFN_NETCX_SET_LINK_LAYER_ADDRESS)(NETADAPTER Adapter,
						 const NET_ADAPTER_LINK_LAYER_ADDRESS *Address);

EXTERN_C_START

/**
 * netcx_adapter_set_interrupt_moderation() - offers ethtool -c/-C
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER for a missing Set or Initial beyond a maximum;
 * STATUS_INVALID_DEVICE_STATE for a started adapter.
 */
NTSTATUS netcx_adapter_set_interrupt_moderation(
	NETADAPTER Adapter, const struct netcx_interrupt_moderation_capabilities *Capabilities);

/**
 * netcx_adapter_set_statistics() - offers hardware counters
 * @Adapter: an adapter that is not started
 * @Config: copied; the names are not
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER for a missing Read, Names or Count, or a name too long;
 * STATUS_INVALID_DEVICE_STATE for a started adapter.
 */
NTSTATUS netcx_adapter_set_statistics(NETADAPTER Adapter,
				      const struct netcx_statistics_config *Config);

/**
 * netcx_adapter_set_address_callback() - lets the user change the MAC address
 * @Adapter: an adapter that is not started
 * @Set: called with each new address, after which the adapter's current address is that one
 *
 * After every D0 entry the client itself programs the address it was last given.
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER for a NULL Set;
 * STATUS_INVALID_DEVICE_STATE for a started adapter.
 */
NTSTATUS netcx_adapter_set_address_callback(NETADAPTER Adapter,
					    PFN_NETCX_SET_LINK_LAYER_ADDRESS Set);

EXTERN_C_END

#endif /* NETCX_ADAPTER_EXT_H */
