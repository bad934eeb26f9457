/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What Linux users expect of a NIC driver and NetAdapterCx has no call for: interrupt moderation
 * (ethtool -c/-C, -Q), hardware statistics (ethtool -S), setting the MAC address (ip link set
 * address), removing and filtering VLAN tags (ethtool -K rxvlan, rx-vlan-filter): declared before
 * NetAdapterStart; and which interrupt is a queue's, said when the queue is created. All of it is
 * optional.
 */
#ifndef NETCX_ADAPTER_EXT_H
#define NETCX_ADAPTER_EXT_H

#include "netadapter.h"
#include "netcx_link_modes.h"
#include "netcx_statistics.h"

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
 * @Adapter: the adapter
 * @Moderation: the settings, within the declared maxima
 *
 * Context: process, may sleep; one call at a time; the device is in D0.
 * Return: an NTSTATUS; on failure the earlier settings stay in force.
 */
typedef NTSTATUS (*PFN_NETCX_SET_INTERRUPT_MODERATION)(
	NETADAPTER Adapter, const struct netcx_interrupt_moderation *Moderation);

/**
 * typedef PFN_NETCX_SET_QUEUE_INTERRUPT_MODERATION - puts one queue's settings into the hardware
 * @Adapter: the adapter
 * @QueueId: the number of the rx queue and the tx queue, whichever of them exist
 * @Moderation: the settings, within the declared maxima
 *
 * They hold until the next call for this queue or of PFN_NETCX_SET_INTERRUPT_MODERATION, which is
 * for all. Like that one it may come while there are no queues, and what it sets outlives D0 exit
 * and entry.
 *
 * Context: process, may sleep; one call at a time, of this and PFN_NETCX_SET_INTERRUPT_MODERATION;
 * the device is in D0.
 * Return: an NTSTATUS; on failure the earlier settings stay in force.
 */
typedef NTSTATUS (*PFN_NETCX_SET_QUEUE_INTERRUPT_MODERATION)(
	NETADAPTER Adapter, UINT32 QueueId, const struct netcx_interrupt_moderation *Moderation);

/**
 * struct netcx_interrupt_moderation_capabilities - what the hardware can do
 * @Size: sizeof this structure
 * @Initial: the settings in force until Set is called for the first time; what Set was given last
 *	outlives D0 exit and entry
 * @MaximumRxMicroseconds: largest RxMicroseconds that Set will be given
 * @MaximumTxMicroseconds: largest TxMicroseconds that Set will be given
 * @RxTxShared: the hardware has one timer for both; Set and SetQueue are only given equal values
 * @Set: see the type; must not be NULL
 * @SetQueue: see the type; NULL: the hardware moderates all queues alike. Adaptive moderation of
 *	more than one pair of queues needs it.
 */
struct netcx_interrupt_moderation_capabilities {
	UINT32 Size;
	struct netcx_interrupt_moderation Initial;
	UINT32 MaximumRxMicroseconds;
	UINT32 MaximumTxMicroseconds;
	BOOLEAN RxTxShared;
	PFN_NETCX_SET_INTERRUPT_MODERATION Set;
	PFN_NETCX_SET_QUEUE_INTERRUPT_MODERATION SetQueue;
};

/**
 * typedef PFN_NETCX_SET_LINK_LAYER_ADDRESS - makes the hardware receive for another address
 * @Adapter: the adapter
 * @Address: the new address
 *
 * Context: process, may sleep; one call at a time; the device is in D0.
 */
typedef void (*PFN_NETCX_SET_LINK_LAYER_ADDRESS)(NETADAPTER Adapter,
						 const NET_ADAPTER_LINK_LAYER_ADDRESS *Address);

/**
 * typedef PFN_NETCX_SET_UNICAST_ADDRESSES - makes the hardware receive for further addresses
 * @Adapter: the adapter
 * @Addresses: those beside its own; valid during the call
 * @Count: how many, up to MaximumAddresses; 0: none
 *
 * A whole state, not a change: frames for addresses that were and are in it must not be lost. They
 * are received with NetPacketFilterFlagDirected. What it was given last outlives D0 exit and entry.
 * Context: process, may sleep; one call at a time, and none while EvtSetReceiveFilter runs; the
 * device is in D0.
 */
typedef void (*PFN_NETCX_SET_UNICAST_ADDRESSES)(NETADAPTER Adapter,
						const NET_ADAPTER_LINK_LAYER_ADDRESS *Addresses,
						UINT32 Count);

/**
 * struct netcx_unicast_filter_capabilities - for how many addresses the hardware receives
 * @Size: sizeof this structure
 * @MaximumAddresses: beside the adapter's own; with more the adapter becomes promiscuous
 * @Set: see the type; must not be NULL
 */
struct netcx_unicast_filter_capabilities {
	UINT32 Size;
	UINT32 MaximumAddresses;
	PFN_NETCX_SET_UNICAST_ADDRESSES Set;
};

/**
 * typedef PFN_NETCX_IS_TRANSMIT_PAUSED - is transmission held by flow control?
 * @Adapter: the adapter
 *
 * Asked before a tx queue that finishes nothing is taken for one that hangs. TRUE: the link partner
 * has sent pause frames, so that it is no fault of the hardware; it is asked again a second later.
 * Context: up to DISPATCH_LEVEL, so it may not sleep, nor call any function of NetAdapterCx or WDF;
 * it may be called on several processors at once; the device is in D0.
 * Return: TRUE while transmission is held.
 */
typedef BOOLEAN (*PFN_NETCX_IS_TRANSMIT_PAUSED)(NETADAPTER Adapter);

/* Of 32 bits each: one bit per VLAN. */
#define NETCX_VLAN_WORDS (4096 / 32)

/**
 * struct netcx_vlan_filter - which tagged frames to receive
 * @Enabled: FALSE: those of all VLANs
 * @Members: with @Enabled those of the VLANs in this set; VLAN n is bit n % 32 of word n / 32.
 *	VLAN 0, which is no VLAN but only a priority, is always in it.
 *
 * Frames without a tag are received whatever it says.
 */
struct netcx_vlan_filter {
	BOOLEAN Enabled;
	UINT32 Members[NETCX_VLAN_WORDS];
};

/**
 * typedef PFN_NETCX_SET_VLAN_FILTER - makes the hardware filter tagged frames
 * @Adapter: the adapter
 * @Filter: which to receive
 *
 * A whole state, not a change. Before the first call the hardware lets all VLANs in; what it was
 * given last outlives D0 exit and entry.
 * Context: process, may sleep; one call at a time, and none while EvtSetReceiveFilter runs; the
 * device is in D0.
 */
typedef void (*PFN_NETCX_SET_VLAN_FILTER)(NETADAPTER Adapter,
					  const struct netcx_vlan_filter *Filter);

/**
 * typedef PFN_NETCX_SET_VLAN_STRIPPING - makes hardware take tags out of received frames, or not
 * @Adapter: the adapter
 * @Enabled: TRUE: the tag goes to the 802.1Q extension
 *
 * Called before the adapter's first queue is created. What it was given last outlives D0 exit and
 * entry. Packets received before the call may still come as they were.
 * Context: process, may sleep; one call at a time; the device is in D0.
 */
typedef void (*PFN_NETCX_SET_VLAN_STRIPPING)(NETADAPTER Adapter, BOOLEAN Enabled);

/**
 * struct netcx_vlan_capabilities - what the hardware does for VLANs beyond inserting tags
 * @Size: sizeof this structure
 * @SetStripping: see the type; NULL if the hardware leaves tags where they are. Rx queues have the
 *	802.1Q extension with it, and the tag goes there with netcx_ieee8021q_set().
 * @InsertionNeedsStripping: one switch for both: tags are inserted on transmit only while
 *	stripping is on. There are no queues while SetStripping is called then.
 * @DropEligible: on transmit, the DEI bit of a tag is inserted, too; see netcx_ieee8021q_tci().
 *	FALSE: packets with the bit come with the tag in their bytes
 * @SetFilter: see the type; NULL if the hardware has no such filter
 */
struct netcx_vlan_capabilities {
	UINT32 Size;
	PFN_NETCX_SET_VLAN_STRIPPING SetStripping;
	BOOLEAN InsertionNeedsStripping;
	BOOLEAN DropEligible;
	PFN_NETCX_SET_VLAN_FILTER SetFilter;
};

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
 * @Config: copied; what it points to is not
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER for a missing Read, Names or Count, a name too long, a meaning of a
 * counter or a range that is not there, or ranges that are not in ascending order;
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

/**
 * netcx_adapter_set_unicast_filter() - several addresses without promiscuous mode
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * For virtual interfaces with addresses of their own above the adapter's: macvlan, for instance.
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER for a missing Set or MaximumAddresses;
 * STATUS_INVALID_DEVICE_STATE for a started adapter.
 */
NTSTATUS
netcx_adapter_set_unicast_filter(NETADAPTER Adapter,
				 const struct netcx_unicast_filter_capabilities *Capabilities);

/**
 * netcx_adapter_set_transmit_paused_callback() - tells flow control from a hang
 * @Adapter: an adapter that is not started
 * @IsPaused: see the type
 *
 * Without it a tx queue that finishes nothing for five seconds has its adapter reset, whatever the
 * reason.
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_PARAMETER for a NULL IsPaused;
 * STATUS_INVALID_DEVICE_STATE for a started adapter.
 */
NTSTATUS netcx_adapter_set_transmit_paused_callback(NETADAPTER Adapter,
						    PFN_NETCX_IS_TRANSMIT_PAUSED IsPaused);

/**
 * netcx_queue_set_interrupt() - says which interrupt notifies a queue
 * @Queue: a queue that is not started; usually in the callback that creates it
 * @Interrupt: the interrupt of the same device that notifies this queue, and no queue of another
 *	number
 *
 * So the interrupt comes to the processor that uses the queue, as long as the user does not choose
 * another. Without this call the system chooses.
 *
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INVALID_HANDLE; STATUS_INVALID_PARAMETER for an interrupt of
 * another device; STATUS_INVALID_DEVICE_STATE for a started queue.
 */
NTSTATUS netcx_queue_set_interrupt(NETPACKETQUEUE Queue, WDFINTERRUPT Interrupt);

/**
 * netcx_adapter_set_vlan_capabilities() - offers stripping and filtering of VLAN tags
 * @Adapter: an adapter that is not started
 * @Capabilities: copied
 *
 * Inserting tags is NetAdapterOffloadSetIeee8021qTagCapabilities()' matter.
 * Context: process.
 * Return: STATUS_SUCCESS; STATUS_INFO_LENGTH_MISMATCH for a wrong Size;
 * STATUS_INVALID_PARAMETER when there is nothing in it, or InsertionNeedsStripping without
 * SetStripping; STATUS_INVALID_DEVICE_STATE for a started adapter.
 */
NTSTATUS netcx_adapter_set_vlan_capabilities(NETADAPTER Adapter,
					     const struct netcx_vlan_capabilities *Capabilities);

EXTERN_C_END

#endif /* NETCX_ADAPTER_EXT_H */
