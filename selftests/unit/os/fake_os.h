/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The OS under module/core, in user space. It is deterministic: nothing runs by itself. DPCs,
 * timers, work and threads run when the test says so (run_pending(), pass_time()) or where the OS
 * would wait for them, one at a time: a thread, until it sleeps. Time is a number. Everything that
 * can fail can be made to fail; everything that is handed out is counted; what an operating system
 * would choke on (a lock taken twice, sleeping in an interrupt) is noted as a violation.
 */
#ifndef FAKE_OS_H
#define FAKE_OS_H

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "module/core/core.h"
#include "module/core/verifier.h"

namespace fake
{

struct LogLine {
	netcx_os_log_level level;
	/* The name of the device, or empty. */
	std::string device;
	std::string text;
};

/* A byte's physical address is its address and this. */
constexpr UINT64 physical_base = 0x1000000000000;

/* The time of day, since 1970, when nothing has happened yet. */
constexpr UINT64 started_at_ns = 1700000000ULL * 1000000000;

/* When something happens that does not. */
constexpr UINT64 never = ~0ULL;

/* Something that can be asked to run once. */
struct Task {
	std::function<void()> function;
	const char *kind;
	/* DPCs and timers must not sleep. */
	bool atomic;
	/* A number that grows from request to request; 0: nobody asks. */
	UINT64 queued = 0;
	bool running = false;
	/* For timers and workers: when. */
	UINT64 due_ns = 0;
	/* A worker, which takes mutexes: it goes on when nobody else holds one. */
	bool takes_mutexes = false;
};

class Os
{
public:
	static Os &get();

	/*
	 * Back to the beginning; what is still handed out is forgotten, so look at live() before.
	 */
	void reset();

	/* ---- fault injection ---- */

	/* The @nth thing from now on that can fail, fails; 0: none. */
	void fail_nth(UINT64 nth);
	/* How many things that can fail have been tried since fail_nth(). */
	UINT64 attempts() const { return attempts_; }
	/* For the implementation: shall this one fail? */
	bool injected_failure();

	/* ---- accounts ---- */

	void handed_out(const void *what, const char *kind);
	/* False, and a violation, if it was not handed out. */
	bool taken_back(const void *what, const char *kind);
	SIZE_T live() const { return live_.size(); }
	/* "memory: 2, timer: 1" */
	std::string live_kinds() const;

	/* ---- log ---- */

	std::vector<LogLine> log;
	/* How many lines contain @text; the empty text is in all of them. */
	SIZE_T lines_with(const std::string &text) const;
	/* How many are errors. */
	SIZE_T errors() const;
	std::string whole_log() const;

	/* ---- what verifier mode reported ---- */

	struct BrokenCall {
		netcx_os_device *device;
		netcx_verifier_rule rule;
		std::string text;
	};
	std::vector<netcx_violation> broken_rules;
	std::vector<BrokenCall> broken_calls;

	/* ---- violations ---- */

	std::vector<std::string> violations;
	void violation(const std::string &what);
	/* A violation unless sleeping is allowed. */
	void must_sleep(const char *function);
	/* A violation if the caller holds a mutex: it calls what takes locks of its own. */
	void must_hold_no_mutex(const char *function);

	/* ---- what runs when ---- */

	bool may_sleep() const;
	void enter_atomic();
	void leave_atomic();
	/* Makes what happens in its life an interrupt, or a softirq. */
	class Atomic
	{
	public:
		Atomic() { Os::get().enter_atomic(); }
		~Atomic() { Os::get().leave_atomic(); }
	};

	bool in_interrupt() const;
	void enter_interrupt();
	void leave_interrupt();

	/*
	 * Runs DPCs and work, first come first served, and timers that are due, until all is done.
	 */
	void run_pending();
	/* Before a thread sleeps: what it tells others, whom it lets go on. */
	std::function<void()> falling_asleep;
	/* What another processor does when a timer has expired and its function not yet begun. */
	std::function<void()> timer_expired;
	/* What another processor does when the time is next asked for; once. */
	std::function<void()> time_asked;
	/* What the user does with an interface that can be seen, but is still being registered. */
	std::function<void()> interface_shown;
	void pass_time(UINT64 microseconds);
	/*
	 * Of somebody who sleeps until then: what comes next is run, or time goes on to it. False:
	 * there is nothing.
	 */
	bool sleep_on(UINT64 end_ns);
	UINT64 now_ns() const { return now_ns_; }

	/* For which node of NUMA contiguous memory was last wanted. */
	int contiguous_node = -1;

	/* How many there are, on which one everybody runs, and which are a node's, in its group. */
	UINT32 processors = 4;
	UINT32 processor = 0;
	struct Node {
		UINT32 group;
		UINT64 mask;
	};
	std::map<UINT32, Node> nodes = {{0, {0, 0xf}}};

	/* For the implementation. */
	UINT64 next_request() { return ++requests_; }
	void add(Task *task);
	void remove(Task *task);
	void run(Task *task);

private:
	bool run_one();
	bool can_run(const Task *task) const;

	UINT64 fail_in_ = 0;
	UINT64 attempts_ = 0;
	UINT64 now_ns_ = 0;
	UINT64 requests_ = 0;
	std::map<const void *, const char *> live_;
	std::vector<Task *> tasks_;
};

/* A range of device registers. The default remembers what is written. */
class Registers
{
public:
	explicit Registers(SIZE_T size) : memory_(size) {}
	virtual ~Registers() = default;

	/* @width is 1, 2, 4 or 8 bytes. */
	virtual UINT64 read(UINT64 offset, unsigned int width);
	virtual void write(UINT64 offset, unsigned int width, UINT64 value);

	SIZE_T size() const { return memory_.size(); }

private:
	std::vector<UINT8> memory_;
};

} // namespace fake

/* A device on the fake bus. */
struct netcx_os_device {
	std::string name = "fake0";
	std::vector<std::shared_ptr<fake::Registers>> bars;
	UINT32 vectors = 1;
	/* MSI-X, rather than a line. */
	bool messages = true;
	/* Its configuration space, and where it is; empty: it is not on PCI. */
	std::vector<UINT8> config_space;
	netcx_os_pci_location location = {2, 3, 1};
	/* Addresses above are out of the machine's reach. */
	UINT64 reachable = ~0ULL;

	/* Its configuration: "name" or "sub/name". */
	std::map<std::string, UINT32> numbers;
	std::map<std::string, std::vector<std::string>> strings;
	std::map<std::string, std::vector<UINT8>> bytes;

	/* Of an adapter without a device: what module/core has in its place. */
	struct netcx_device *lightweight = nullptr;

	/* NULL: the test drives module/core without one. */
	struct netcx_device_state *state = nullptr;
	/* Does its bus find it? */
	bool present = true;
	/* What the user does about a hang that is shown. */
	enum class Hangs { nobody_looks, recovered, left_to_the_user };
	Hangs hangs = Hangs::nobody_looks;

	/* What became of it. */
	bool failed = false;
	UINT32 resets_requested = 0;
	UINT32 resets_counted = 0;
	UINT32 hangs_reported = 0;
	UINT32 halts_reported = 0;
	UINT32 faults_forgotten = 0;
	UINT32 power_ons = 0;
	bool verified = false;
	/* What was shown of it, in order. */
	std::vector<bool> health;
	UINT32 wakeups = 0;
	UINT64 dma_mask = 0;

	/* An interrupt. True: somebody said it was his. */
	bool raise(UINT32 vector);
	bool is_connected(UINT32 vector) const;
	/* What the device sees at an address that it was given; NULL: not there, or in pieces. */
	void *dma(UINT64 logical, SIZE_T length) const;

	struct DmaMemory {
		UINT8 *memory;
		SIZE_T length;
		/* As what an skb has; else its pages are anywhere, as behind an IOMMU. */
		bool contiguous;
	};
	std::map<UINT32, netcx_os_irq *> irqs;
	std::map<UINT64, DmaMemory> dma_memory;
};

namespace fake
{

/*
 * The lock that the real stack takes around what it asks of an interface, rtnl_mutex. A mutex that
 * is taken once inside it and once around it is a violation: two threads may wait for each other.
 */
class StackLock
{
public:
	StackLock();
	~StackLock();
	StackLock(const StackLock &) = delete;
	StackLock &operator=(const StackLock &) = delete;
};

/* Where a BAR lies on the fake bus. */
UINT64 bar_address(const netcx_os_device *device, SIZE_T bar);

/*
 * The network interface of an adapter, as far as module/core sees it: it opens and closes queues in
 * the order in which the real one does.
 */
class Interface
{
public:
	explicit Interface(netcx_adapter *adapter);
	~Interface();

	/* NULL if the adapter has none. */
	static Interface *of(const netcx_adapter *adapter);
	/* All there are, in the order of registration. */
	static std::vector<Interface *> all();

	int open();
	void close();
	bool is_open() const { return open_; }

	int datapath_up();
	void datapath_down();
	/* Only then is the client called about its hardware. */
	bool has_datapath() const { return datapath_; }
	/* Up without a link, until the datapath is. */
	bool lost = false;

	netcx_adapter *adapter;
	std::vector<netcx_queue *> tx;
	std::vector<netcx_queue *> rx;
	UINT32 ring_size = 8;
	/* At most as many as the adapter has. */
	UINT32 tx_queues = 4;
	UINT32 rx_queues = 1;
	/* When the queues are created and not started. */
	std::function<void()> queues_created;
	/* When they are drained, and what came back is still in their rings. */
	std::function<void()> queues_drained;
	/* When they are stopped. */
	std::function<void()> queues_stopped;
	/* How often each was called. */
	UINT32 link_changes = 0;
	UINT32 mtu_changes = 0;
	UINT32 address_changes = 0;
	std::map<const netcx_queue *, UINT32> notifications;

private:
	int create_queue(netcx_queue_type type, UINT32 id);
	int queues_up();
	void queues_down();
	void destroy_queues();
	void drain(netcx_queue *queue);
	void hand_back(netcx_queue *queue);

	bool open_ = false;
	bool datapath_ = true;
	bool running_ = false;
};

} // namespace fake

#endif /* FAKE_OS_H */
