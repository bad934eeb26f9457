/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Up-calls: what the OS half asks of the OS-neutral half. All of it in process context, and one at a
 * time per device (the OS half serialises), except where noted. Functions that return int return 0
 * or a negative errno and have logged why.
 */
#ifndef NETCX_CORE_CORE_H
#define NETCX_CORE_CORE_H

#include "os.h"
#include "queue.h"
#include <netcx/netadaptercx.h>
#include <netcx/netcx_adapter_ext.h>
#include <netcx/netcx_client.h>

EXTERN_C_START

struct netcx_driver;
struct netcx_device;
struct netcx_device_state;

/* What the stack may turn on and off while the adapter runs, and what it is set to. */
struct netcx_offloads {
	UINT8 tx_checksum_ipv4;
	UINT8 tx_checksum_tcp;
	UINT8 tx_checksum_udp;
	UINT8 rx_checksum_ipv4;
	UINT8 rx_checksum_tcp;
	UINT8 rx_checksum_udp;
	UINT8 lso_ipv4;
	UINT8 lso_ipv6;
	UINT8 uso_ipv4;
	UINT8 uso_ipv6;
	UINT8 vlan_stripping;
	UINT8 tcp_rsc_ipv4;
	UINT8 tcp_rsc_ipv6;
	UINT8 udp_rsc;
	UINT8 rsc_timestamp;
	/* Of adapters with the 2.0 form of checksum offload: either direction. Not to be asked for. */
	UINT8 checksum_ipv4;
	UINT8 checksum_tcp;
	UINT8 checksum_udp;
};

/*
 * An adapter as both halves see it. Capabilities are complete when netcx_os_adapter_register is
 * called and constant from then on; link, mtu and the addresses change as os.h says.
 */
struct netcx_adapter {
	NETADAPTER handle;
	struct netcx_os_device *os_device;
	/* The OS half's network interface, published with release; callbacks of the client may read it. */
	void *os;
	const char *client_name;
	const char *client_version;

	NET_ADAPTER_TX_CAPABILITIES tx;
	NET_ADAPTER_RX_CAPABILITIES rx;
	/* Copies that tx.DmaCapabilities and rx.DmaCapabilities point to, where there are any. */
	NET_ADAPTER_DMA_CAPABILITIES tx_dma;
	NET_ADAPTER_DMA_CAPABILITIES rx_dma;
	NET_ADAPTER_LINK_LAYER_CAPABILITIES link_layer;
	/* See netcx_core_adapter_link(). */
	NET_ADAPTER_LINK_STATE link;
	/* Size 0: the client has not said; see netcx_core_adapter_link_modes(). */
	struct netcx_link_modes link_modes;
	UINT32 mtu;
	NET_ADAPTER_LINK_LAYER_ADDRESS permanent_address;
	NET_ADAPTER_LINK_LAYER_ADDRESS current_address;
	/* EvtSetReceiveFilter is NULL without filter, and with the 2.0 form, which is in the next two. */
	NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES receive_filter;
	NET_ADAPTER_PACKET_FILTER_CAPABILITIES packet_filter;
	NET_ADAPTER_MULTICAST_CAPABILITIES multicast;

	NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES tx_checksum;
	NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES rx_checksum;
	NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES gso;
	NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES rsc;
	/* As declared in the 2.0 form; tx_checksum, rx_checksum and gso say the same then. */
	NET_ADAPTER_OFFLOAD_CHECKSUM_CAPABILITIES checksum;
	NET_ADAPTER_OFFLOAD_LSO_CAPABILITIES lso;
	NET_ADAPTER_OFFLOAD_IEEE8021Q_TAG_CAPABILITIES ieee8021q;
	NET_ADAPTER_RECEIVE_SCALING_CAPABILITIES receive_scaling;
	/* How many priorities have tx queues of their own: netadaptertxdemux.h; 0: queues have none. */
	UINT8 tx_priorities;
	/* The OS half's: so many queues, one after the other, have the same. */
	UINT32 tx_queues_per_priority;
	/* The OS half's: rx queues created from now on have the hash extension, if the client hashes. */
	UINT8 receive_hash;
	/* The OS half's: queues created from now on are verified. */
	UINT8 verified;
	/* Set by netcx_core_receive_scaling_enable and _disable. */
	UINT8 receive_scaling_enabled;
	/* Set by netcx_core_adapter_set_offloads. */
	struct netcx_offloads offloads;
	/*
	 * By the client, for a while: the OS half must ask for none of them. TRUE or FALSE, but of a
	 * width that every machine has atomic operations of.
	 */
	UINT32 offloads_paused;

	/* What it can wake the machine for, and answer meanwhile. */
	NET_ADAPTER_WAKE_BITMAP_CAPABILITIES wake_bitmap;
	NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES wake_magic_packet;
	NET_ADAPTER_WAKE_EAPOL_PACKET_CAPABILITIES wake_eapol_packet;
	NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES wake_packet_filter;
	NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES wake_media_change;
	NET_ADAPTER_POWER_OFFLOAD_ARP_CAPABILITIES power_arp;
	NET_ADAPTER_POWER_OFFLOAD_NS_CAPABILITIES power_ns;

	struct netcx_interrupt_moderation_capabilities moderation_caps;
	/* What was last set for all queues. */
	struct netcx_interrupt_moderation moderation;
	struct netcx_statistics_config statistics;
	PFN_NETCX_SET_LINK_LAYER_ADDRESS set_address;
	PFN_NETCX_IS_TRANSMIT_PAUSED is_transmit_paused;
	struct netcx_unicast_filter_capabilities unicast_filter;
	struct netcx_vlan_capabilities vlan;
};

/* ---- driver: one per registered client ---- */

/*
 * Whether a client that was built for the ABI @abi, of netcx @version, can be registered: 0 or
 * -ENOEXEC. Nothing but its name may be used before.
 */
int netcx_core_check_abi(const char *name, unsigned int abi, const char *version);

/* Calls DriverEntry. @defaults: what every configuration begins with, see netcx_client.h, or NULL. */
int netcx_core_driver_create(const char *name, const char *version, PDRIVER_INITIALIZE entry,
			     const struct netcx_configuration_default *defaults,
			     struct netcx_driver **driver);
void netcx_core_driver_destroy(struct netcx_driver *driver);

/* ---- device: one per bound PCI function ---- */

/* EvtDriverDeviceAdd. On success there is a WDFDEVICE; interrupts wanted so far can be asked for. */
int netcx_core_device_add(struct netcx_driver *driver, struct netcx_os_device *os,
			  struct netcx_device **device);
/* How many interrupts the client created in DeviceAdd; 0: it will look at the resources. */
UINT32 netcx_core_device_interrupts(const struct netcx_device *device);
/* EvtDevicePrepareHardware, D0 entry, then the network interfaces of started adapters appear. */
int netcx_core_device_start(struct netcx_device *device);
/*
 * The device is gone from the bus; to be called before netcx_core_device_stop, so that the client
 * does not wait for its hardware. The client is told if the device was started and has not been
 * stopped, whether or not its hardware is prepared.
 */
void netcx_core_device_surprise_removal(struct netcx_device *device);
/* The network interfaces go, then D0 exit, EvtDeviceReleaseHardware. After a failed start: no-op. */
void netcx_core_device_stop(struct netcx_device *device);
/* Deletes the WDFDEVICE and everything below it. */
void netcx_core_device_remove(struct netcx_device *device);

/*
 * For a reset: queues down, interrupts off, EvtDeviceD0Exit, EvtDeviceReleaseHardware; and back, from
 * EvtDevicePrepareHardware on. The adapters' interfaces stay. If the way back fails, everything is
 * undone and it can be tried again.
 */
void netcx_core_device_power_down(struct netcx_device *device);
int netcx_core_device_power_up(struct netcx_device *device);
/* While it is out of D0, for long or for good: its interfaces show that they have no link. */
void netcx_core_device_show_lost(struct netcx_device *device);

/*
 * For the machine's sleep: EvtDeviceD0Exit. Armed to wake the machine, if an adapter has something to
 * wake for and the client does not object. The hardware stays prepared, so that
 * netcx_core_device_power_up() is EvtDeviceD0Entry alone.
 */
void netcx_core_device_sleep(struct netcx_device *device);
/*
 * The machine has woken up, @woke: by this device. The client hears of it when the device is back in
 * D0, which may take more than one try.
 */
void netcx_core_device_machine_woke(struct netcx_device *device, BOOLEAN woke);
/* Between sleep and power_up: is it armed? */
BOOLEAN netcx_core_device_is_armed(const struct netcx_device *device);
/* May the user choose what to wake for? */
BOOLEAN netcx_core_device_wake_is_users(const struct netcx_device *device);

/* Before a reset: the client stores what there is to know. */
void netcx_core_device_collect_reset_diagnostics(struct netcx_device *device);
/* How many bytes are stored; as many as fit are in @buffer. 0: nothing was, or never a reset. */
SIZE_T netcx_core_device_reset_diagnostics(struct netcx_device *device, UINT8 *buffer, SIZE_T size);

/* ---- the device's state, see device_state.h: the only caller of what is above from start on ---- */

enum netcx_device_state_name {
	NETCX_DEVICE_NEW,
	NETCX_DEVICE_ON,
	NETCX_DEVICE_RETRY,
	NETCX_DEVICE_HELD,
	NETCX_DEVICE_ASLEEP,
	NETCX_DEVICE_HALTED,
	NETCX_DEVICE_GONE,
	NETCX_DEVICE_OFF,
	NETCX_DEVICE_ENDED,
};

enum netcx_device_event {
	NETCX_DEVICE_START,
	/* The driver is unbound, whatever the state. */
	NETCX_DEVICE_STOP,
	/* The machine goes down. @flag: it can be woken then. */
	NETCX_DEVICE_SHUTDOWN,
	/* A hang, or the client asks for it. */
	NETCX_DEVICE_RESET,
	/* The user wants a reset, or the next try now. */
	NETCX_DEVICE_RECOVER,
	/* The time for the next try has come, or the bus takes too long; the state's own. */
	NETCX_DEVICE_TIMER,
	/* The bus is about to reset the function or to recover from an error; and has done so. */
	NETCX_DEVICE_BUS_DOWN,
	NETCX_DEVICE_BUS_UP,
	NETCX_DEVICE_BUS_LOST,
	/* The machine is about to sleep; and has woken up. @flag: by this device. */
	NETCX_DEVICE_SUSPEND,
	NETCX_DEVICE_RESUME,
	/* Verifier mode found a broken rule; and the user wants the device back. */
	NETCX_DEVICE_HALT,
	NETCX_DEVICE_UNHALT,
	/* @flag: verifier mode is to be on, or off. */
	NETCX_DEVICE_VERIFY,
};

/* Before EvtDriverDeviceAdd, and after the device is removed. NULL: out of memory. */
struct netcx_device_state *netcx_core_state_create(struct netcx_os_device *os);
void netcx_core_state_destroy(struct netcx_device_state *state);
/* The first event. */
int netcx_core_state_start(struct netcx_device_state *state, struct netcx_device *device);
/* All others, but RESET and HALT. 0, or the errno of what failed, -EBUSY for what is refused. */
int netcx_core_state_event(struct netcx_device_state *state, enum netcx_device_event event,
			   BOOLEAN flag);
/* RESET or HALT, soon, by the state's worker. Any context. FALSE: it is too early or too late. */
BOOLEAN netcx_core_state_request(struct netcx_device_state *state, enum netcx_device_event event);
/* Any context; it may be another one a moment later. */
enum netcx_device_state_name netcx_core_state_name(const struct netcx_device_state *state);
/* For the user: "working". */
const char *netcx_core_state_text(enum netcx_device_state_name name);
/* How often in a row the hardware did not come up. Any context. */
UINT32 netcx_core_state_failures(const struct netcx_device_state *state);

/* ---- adapter ---- */

/* A packet to wake for: where bit n of @mask is set, byte n must be as in @pattern. */
struct netcx_wake_pattern {
	const UINT8 *pattern;
	UINT32 pattern_size;
	const UINT8 *mask;
	UINT32 mask_size;
};

/* What to wake for. */
struct netcx_wake {
	UINT8 magic_packet;
	UINT8 packet_filter;
	UINT8 eapol_packet;
	UINT8 media_connect;
	UINT8 media_disconnect;
	UINT32 pattern_count;
	const struct netcx_wake_pattern *patterns;
};

/* So many addresses of each kind are kept for an adapter, even if it takes more. */
#define NETCX_CORE_POWER_OFFLOADS 8

/* All it is to wake for from now on; fails, and changes nothing, if it cannot. */
int netcx_core_adapter_set_wake(struct netcx_adapter *adapter, const struct netcx_wake *wake);
/*
 * The addresses to answer for while the machine sleeps: of @count the first
 * NETCX_CORE_POWER_OFFLOADS are read. Return: how many of them the adapter takes, the first ones;
 * that it does not take all is logged.
 */
UINT32 netcx_core_adapter_set_arp_offload(struct netcx_adapter *adapter,
					  const NET_IPV4_ADDRESS *addresses, UINT32 count);
UINT32 netcx_core_adapter_set_ns_offload(struct netcx_adapter *adapter,
					 const NET_IPV6_ADDRESS *addresses, UINT32 count);

/* Caller is in the process context that may open and close the interface (Linux: under rtnl). */
int netcx_core_adapter_set_receive_filter(struct netcx_adapter *adapter,
					  NET_PACKET_FILTER_FLAGS filter,
					  const NET_ADAPTER_LINK_LAYER_ADDRESS *multicast,
					  UINT32 multicast_count);
/* At most as many as it can; nothing happens for a client that has no such filter. */
void netcx_core_adapter_set_unicast_addresses(struct netcx_adapter *adapter,
					      const NET_ADAPTER_LINK_LAYER_ADDRESS *addresses,
					      UINT32 count);
/* Tells the client what is on from now on; offloads not offered are not asked for. */
void netcx_core_adapter_set_offloads(struct netcx_adapter *adapter,
				     const struct netcx_offloads *offloads);
/* The set is filled in whatever Enabled says. */
int netcx_core_adapter_set_vlan_filter(struct netcx_adapter *adapter,
				       const struct netcx_vlan_filter *filter);
int netcx_core_adapter_set_moderation(struct netcx_adapter *adapter,
				      const struct netcx_interrupt_moderation *moderation);
/* Of the queues of one number; adapter->moderation stays as it is. */
int netcx_core_adapter_set_queue_moderation(struct netcx_adapter *adapter, UINT32 queue,
					    const struct netcx_interrupt_moderation *moderation);
void netcx_core_adapter_read_statistics(struct netcx_adapter *adapter, UINT64 *values);
/* What the client said last, all of it at once. Any context but interrupts. */
void netcx_core_adapter_link(struct netcx_adapter *adapter, NET_ADAPTER_LINK_STATE *link);
void netcx_core_adapter_link_modes(struct netcx_adapter *adapter, struct netcx_link_modes *modes);
/* Is transmission held by flow control, as far as the client knows? In D0; process or softirq. */
BOOLEAN netcx_core_adapter_is_transmit_paused(const struct netcx_adapter *adapter);
int netcx_core_adapter_set_address(struct netcx_adapter *adapter,
				   const NET_ADAPTER_LINK_LAYER_ADDRESS *address);

/* ---- receive scaling: for adapters that have it, while rx queues exist ---- */

int netcx_core_receive_scaling_enable(struct netcx_adapter *adapter,
				      NET_ADAPTER_RECEIVE_SCALING_HASH_TYPE hash,
				      NET_ADAPTER_RECEIVE_SCALING_PROTOCOL_TYPE protocols);
/* Nothing happens if it is not enabled. */
void netcx_core_receive_scaling_disable(struct netcx_adapter *adapter);
/* @key: of NDIS_RSS_HASH_SECRET_KEY_MAX_SIZE_REVISION_1 bytes. */
int netcx_core_receive_scaling_set_key(struct netcx_adapter *adapter, const UINT8 *key);
/*
 * The caller fills in PacketQueue and Index, this function Status: what became of each entry. Fails
 * if one of them did.
 */
int netcx_core_receive_scaling_set_entries(struct netcx_adapter *adapter,
					   NET_ADAPTER_RECEIVE_SCALING_INDIRECTION_ENTRY *entries,
					   UINT32 count);

/* ---- queues ---- */

/*
 * Allocates the rings, lays out the extensions, and calls the client's create callback. Both element
 * counts are powers of two, 2 to 32768. The queue is stopped.
 */
int netcx_core_queue_create(struct netcx_adapter *adapter, enum netcx_queue_type type, UINT32 id,
			    UINT32 packets, UINT32 fragments, struct netcx_queue **queue);
void netcx_core_queue_destroy(struct netcx_queue *queue);
/* Zeroes the indices and all elements, calls EvtStart. */
void netcx_core_queue_start(struct netcx_queue *queue);
/* Calls EvtCancel once. From here on EndIndex stays; the OS half goes on calling Advance until drained. */
void netcx_core_queue_cancel(struct netcx_queue *queue);
/* Has the client given everything back? */
BOOLEAN netcx_core_queue_drained(const struct netcx_queue *queue);
/* Calls EvtStop. */
void netcx_core_queue_stop(struct netcx_queue *queue);

/* ---- status codes ---- */

int netcx_core_errno(NTSTATUS status);
/* "STATUS_INVALID_PARAMETER", or "an unnamed NTSTATUS". */
const char *netcx_core_status_name(NTSTATUS status);

EXTERN_C_END

#endif /* NETCX_CORE_CORE_H */
