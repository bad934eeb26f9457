// SPDX-License-Identifier: GPL-2.0-only OR MIT
// The driver of the 82574L against a simulated one: good, broken, and gone.

#include <cerrno>
#include <vector>

#include <netcx/net/checksum.h>
#include <netcx/net/logicaladdress.h>
#include <netcx/netadaptercx.h>

#include "driver_fixture.h"
#include "e1000e_nic.h"

extern "C" DRIVER_INITIALIZE DriverEntry;

namespace
{

using namespace unit;
using namespace e1000e;

constexpr UINT32 ring_size = 32;
constexpr UINT64 buffers = 0x900000000;

class E1000e : public DriverFixture
{
protected:
	E1000e() : DriverFixture("netcx_e1000e", DriverEntry)
	{
		hardware.bars.push_back(nic);
		hardware.vectors = 5;
	}

	~E1000e() override { finish(); }

	int up()
	{
		const int error = start();

		if (error)
			return error;
		interface()->ring_size = ring_size;
		return interface()->open();
	}

	void advance(netcx_queue *queue)
	{
		const fake::Os::Atomic atomic;

		queue->advance(queue->handle);
	}

	/* ---- the OS's side of a receive queue ---- */

	netcx_queue *rx() { return interface()->rx[0]; }

	netcx_queue *tx() { return interface()->tx[0]; }

	static UINT64 &logical(netcx_queue *queue, UINT32 index)
	{
		UINT8 *element =
			static_cast<UINT8 *>(NetRingGetElementAtIndex(queue->fragments, index));

		return reinterpret_cast<NET_FRAGMENT_LOGICAL_ADDRESS *>(
			       element + queue->layout.fragment_logical_address)
			->LogicalAddress;
	}

	/* Gives the queue all that it may own. */
	void refill()
	{
		for (UINT32 i = 0; i < ring_size; i++) {
			NetRingGetFragmentAtIndex(rx()->fragments, i)->Capacity =
				limits::rx_buffer_bytes;
			logical(rx(), i) = buffers + i * limits::rx_buffer_bytes;
		}
		rx()->fragments->EndIndex =
			NetRingAdvanceIndex(rx()->fragments, rx()->fragments->BeginIndex, -1);
		rx()->packets->EndIndex =
			NetRingAdvanceIndex(rx()->packets, rx()->packets->BeginIndex, -1);
		advance(rx());
	}

	/* ---- the hardware's side ---- */

	template <class Descriptor>
	Descriptor *ring(Register low, Register high)
	{
		const UINT64 address = static_cast<UINT64>(nic->get(high)) << 32 | nic->get(low);

		return static_cast<Descriptor *>(hardware.dma(address, sizeof(Descriptor)));
	}

	RxDescriptor *rx_ring() { return ring<RxDescriptor>(rdbal::reg(0), rdbah::reg(0)); }

	TxDescriptor *tx_ring() { return ring<TxDescriptor>(tdbal::reg(0), tdbah::reg(0)); }

	/* Fills the next buffer. */
	void receive(UINT32 status, UINT32 length)
	{
		rx_ring()[head].result = static_cast<UINT64>(length) << 32 | status;
		head = (head + 1) % ring_size;
	}

	NET_PACKET *packet(UINT32 index) { return NetRingGetPacketAtIndex(rx()->packets, index); }

	std::shared_ptr<E1000eNic> nic = std::make_shared<E1000eNic>();
	UINT32 head = 0;
};

constexpr UINT32 last = rx_result::done | rx_result::end_of_packet;

/* ---- life ---- */

TEST_F(E1000e, StartsItsEnginesWithTheLastQueueAndGivesDmaUpWithTheLast)
{
	ASSERT_EQ(start(), 0);
	EXPECT_FALSE(nic->does_dma());
	EXPECT_TRUE(nic->get(ctrl_ext::reg) & ctrl_ext::driver_loaded);
	interface()->ring_size = ring_size;
	ASSERT_EQ(interface()->open(), 0);
	EXPECT_TRUE(nic->does_dma());
	EXPECT_EQ(nic->get(rdlen::reg(0)), ring_size * sizeof(RxDescriptor));

	const UINT32 resets = nic->resets;
	interface()->close();
	EXPECT_FALSE(nic->does_dma());
	EXPECT_TRUE(nic->get(ctrl::reg) & ctrl::gio_master_disable);
	ASSERT_EQ(interface()->open(), 0);
	EXPECT_EQ(nic->resets, resets + 1);
	EXPECT_TRUE(nic->does_dma());
	finish();
	EXPECT_FALSE(nic->does_dma());
	EXPECT_EQ(nic->unmasked, 0u);
	EXPECT_FALSE(nic->get(ctrl_ext::reg) & ctrl_ext::driver_loaded);
	EXPECT_EQ(os.log.size(), 0u) << os.whole_log();
}

TEST_F(E1000e, ReportsTheLinkAndItsLoss)
{
	ASSERT_EQ(up(), 0);
	os.run_pending();
	EXPECT_EQ(interface()->adapter->link.MediaConnectState, MediaConnectStateConnected);
	EXPECT_EQ(interface()->adapter->link.TxLinkSpeed, 1000000000u);
	EXPECT_EQ(interface()->adapter->link.SupportedPauseFunctions,
		  NetAdapterPauseFunctionTypeSendAndReceive);
	nic->link = false;
	nic->causes = cause::link_change | cause::other;
	EXPECT_TRUE(hardware.raise(4));
	os.run_pending();
	EXPECT_EQ(interface()->adapter->link.MediaConnectState, MediaConnectStateDisconnected);
}

TEST_F(E1000e, EveryFailureOnTheWayUpIsUndone)
{
	for (UINT64 nth = 1;; nth++) {
		ASSERT_LT(nth, 500u);
		os.log.clear();
		os.fail_nth(nth);
		const int error = up();
		const bool all = os.attempts() < nth;
		os.fail_nth(0);
		EXPECT_EQ(error == 0, all) << nth << "\n" << os.whole_log();
		EXPECT_EQ(os.errors() == 0, all) << nth;
		finish();
		ASSERT_EQ(os.live(), 0u) << nth << ": " << os.live_kinds();
		EXPECT_FALSE(nic->does_dma()) << nth;
		if (all)
			break;
	}
}

/* ---- broken devices ---- */

TEST_F(E1000e, ThatHasLeftTheBusIsNotStarted)
{
	nic->gone = true;
	EXPECT_EQ(start(), -ENODEV);
	EXPECT_EQ(os.lines_with("does not answer"), 1u);
}

TEST_F(E1000e, ThatLeavesTheBusIsLetGo)
{
	ASSERT_EQ(up(), 0);
	refill();
	nic->gone = true;
	/* Lines and messages that came before it went. */
	hardware.raise(0);
	hardware.raise(4);
	os.run_pending();
	advance(rx());
	EXPECT_EQ(rx()->packets->BeginIndex, 0u);
	EXPECT_EQ(interface()->adapter->link.MediaConnectState, MediaConnectStateDisconnected);

	std::vector<UINT64> values(interface()->adapter->statistics.Count, 0);
	netcx_core_adapter_read_statistics(interface()->adapter, values.data());
	for (const UINT64 value : values)
		EXPECT_EQ(value, 0u);

	const UINT64 before = os.now_ns();
	nic->reads = 0;
	netcx_core_device_surprise_removal(device);
	finish();
	EXPECT_LT(os.now_ns() - before, 100u * 1000 * 1000);
	EXPECT_LT(nic->reads, 1000u);
}

TEST_F(E1000e, ThatLeftTheBusWhileClosedIsNamedWhenItIsOpened)
{
	ASSERT_EQ(up(), 0);
	interface()->close();
	nic->gone = true;
	interface()->open();
	EXPECT_EQ(os.lines_with("does not answer"), 1u) << os.whole_log();
	interface()->close();
}

TEST_F(E1000e, ThatDoesNotComeBackFromItsResetDoesNoDma)
{
	ASSERT_EQ(up(), 0);
	interface()->close();
	nic->never_back_from_reset = true;
	interface()->open();
	EXPECT_EQ(os.lines_with("the interface is dead"), 1u) << os.whole_log();
	EXPECT_FALSE(nic->does_dma());
	interface()->close();
	nic->never_back_from_reset = false;
	interface()->open();
	EXPECT_TRUE(nic->does_dma());
}

TEST_F(E1000e, ASharedInterruptOfOneThatIsGoneIsNotOurs)
{
	hardware.vectors = 1;
	hardware.messages = false;
	ASSERT_EQ(up(), 0);
	nic->causes = cause::rx_timer;
	EXPECT_FALSE(hardware.raise(0)) << "another device's";
	nic->unmasked |= cause::rx_timer;
	nic->causes = cause::rx_timer;
	EXPECT_TRUE(hardware.raise(0));
	nic->gone = true;
	EXPECT_FALSE(hardware.raise(0));
}

TEST_F(E1000e, BrokenPartsAreNamed)
{
	const struct {
		bool E1000eNic::*fault;
		int error;
		const char *line;
	} cases[] = {
		{&E1000eNic::never_back_from_reset, -ETIMEDOUT, "did not come back from reset"},
		{&E1000eNic::phy_is_dead, -EIO, "does not answer (MDIC"},
		{&E1000eNic::firmware_keeps_mdio, -EIO, "firmware"},
		{&E1000eNic::nvm_is_dead, 0, "reading NVM word 0 failed"},
		{&E1000eNic::dma_never_stops, 0, "PCIe requests are still pending"},
	};

	for (const auto &one : cases) {
		os.log.clear();
		(*nic).*one.fault = true;
		EXPECT_EQ(start(), one.error) << one.line << "\n" << os.whole_log();
		EXPECT_GE(os.lines_with(one.line), 1u) << os.whole_log();
		finish();
		(*nic).*one.fault = false;
		EXPECT_EQ(os.live(), 0u) << one.line << ": " << os.live_kinds();
	}
}

TEST_F(E1000e, ADamagedNvmIsSaidAndOneWithoutAnAddressRefused)
{
	nic->nvm[3] = 1;
	EXPECT_EQ(start(), 0);
	EXPECT_EQ(os.lines_with("checksum is wrong (0xbabb instead of 0xbaba)"), 1u)
		<< os.whole_log();
	finish();
	nic->address = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	EXPECT_EQ(start(), -EIO);
	EXPECT_EQ(os.lines_with("is no MAC address"), 1u);
}

/* ---- receiving ---- */

TEST_F(E1000e, ReceivesAFrameWithWhatTheHardwareFound)
{
	ASSERT_EQ(up(), 0);
	refill();
	EXPECT_EQ(nic->get(rdt::reg(0)), ring_size - 1);
	EXPECT_EQ(rx_ring()[5].address, buffers + 5 * limits::rx_buffer_bytes);
	receive(last | rx_result::ip_checksum | rx_result::tcp_checksum |
			rx_result::layer4_checksum_error,
		60);
	advance(rx());
	EXPECT_EQ(rx()->packets->BeginIndex, 1u);
	EXPECT_EQ(rx()->fragments->BeginIndex, 1u);
	EXPECT_FALSE(packet(0)->Ignore);
	EXPECT_EQ(packet(0)->FragmentIndex, 0u);
	EXPECT_EQ(packet(0)->FragmentCount, 1u);
	EXPECT_EQ(NetRingGetFragmentAtIndex(rx()->fragments, 0)->ValidLength, 60u);

	const auto *found = static_cast<NET_PACKET_CHECKSUM *>(
		NetPacketGetExtension(packet(0), rx()->layout.packet_checksum));
	EXPECT_EQ(found->Layer3, NetPacketRxChecksumEvaluationValid);
	EXPECT_EQ(found->Layer4, NetPacketRxChecksumEvaluationInvalid);
}

TEST_F(E1000e, AFrameOfSeveralBuffersComesWhole)
{
	ASSERT_EQ(up(), 0);
	refill();
	receive(rx_result::done, 2048);
	receive(rx_result::done, 2048);
	advance(rx());
	EXPECT_EQ(rx()->packets->BeginIndex, 0u);
	receive(last, 100);
	/* With nothing but the CRC in its last buffer. */
	receive(rx_result::done, 2048);
	receive(last, 0);
	advance(rx());
	EXPECT_EQ(rx()->packets->BeginIndex, 2u);
	EXPECT_EQ(rx()->fragments->BeginIndex, 5u);
	EXPECT_EQ(packet(0)->FragmentCount, 3u);
	EXPECT_EQ(NetRingGetFragmentAtIndex(rx()->fragments, 2)->ValidLength, 100u);
	EXPECT_EQ(packet(1)->FragmentIndex, 3u);
	EXPECT_EQ(packet(1)->FragmentCount, 1u);
	EXPECT_FALSE(packet(1)->Ignore);
}

TEST_F(E1000e, GarbageInDescriptorsCostsAFrameEach)
{
	ASSERT_EQ(up(), 0);
	refill();
	receive(last, 0);
	receive(last, limits::rx_buffer_bytes + 1);
	receive(~0U, 0xffff);
	receive(last | rx_result::frame_error, 64);
	receive(rx_result::done, limits::rx_buffer_bytes + 1);
	receive(last, 64);
	receive(last, 64);
	advance(rx());
	EXPECT_EQ(rx()->packets->BeginIndex, 6u);
	EXPECT_EQ(rx()->fragments->BeginIndex, 7u);
	for (UINT32 i = 0; i < 5; i++)
		EXPECT_TRUE(packet(i)->Ignore) << i;
	EXPECT_FALSE(packet(5)->Ignore);
	EXPECT_EQ(packet(5)->FragmentIndex, 6u);
}

TEST_F(E1000e, TheRestOfAFrameTooLongIsNoFrame)
{
	ASSERT_EQ(up(), 0);
	refill();
	for (UINT32 i = 0; i < limits::rx_buffers_per_frame + 2; i++)
		receive(rx_result::done, limits::rx_buffer_bytes);
	advance(rx());
	receive(last, 100);
	receive(last, 64);
	advance(rx());
	EXPECT_EQ(rx()->fragments->BeginIndex, limits::rx_buffers_per_frame + 4);

	UINT32 good = 0;
	for (UINT32 i = 0; i != rx()->packets->BeginIndex; i++) {
		if (packet(i)->Ignore)
			continue;
		good++;
		EXPECT_EQ(packet(i)->FragmentIndex, limits::rx_buffers_per_frame + 3);
	}
	EXPECT_EQ(good, 1u);
}

TEST_F(E1000e, ADeviceThatClaimsEverythingAtOnceGetsNoMoreThanItsBuffers)
{
	ASSERT_EQ(up(), 0);
	refill();
	for (UINT32 i = 0; i < ring_size; i++)
		receive(last, 64);
	advance(rx());
	EXPECT_EQ(rx()->packets->BeginIndex, ring_size - 1);
	EXPECT_EQ(rx()->fragments->BeginIndex, ring_size - 1);
}

/* ---- sending ---- */

TEST_F(E1000e, SendsAndHandsBackWhatTheHardwareHasSent)
{
	ASSERT_EQ(up(), 0);
	NET_PACKET *one = NetRingGetPacketAtIndex(tx()->packets, 0);
	NET_FRAGMENT *fragment = NetRingGetFragmentAtIndex(tx()->fragments, 0);

	logical(tx(), 0) = buffers;
	fragment->ValidLength = 5000;
	one->FragmentCount = 1;
	/* Nothing to send, only to be returned. */
	NetRingGetPacketAtIndex(tx()->packets, 1)->Ignore = 1;
	tx()->fragments->EndIndex = 1;
	tx()->packets->EndIndex = 2;
	advance(tx());

	const TxDescriptor *sent = tx_ring();
	EXPECT_EQ(nic->get(tdt::reg(0)), 2u);
	EXPECT_EQ(tx_command::Length::get(sent[0].data.command), 4096u);
	EXPECT_FALSE(sent[0].data.command & tx_command::end_of_packet);
	EXPECT_EQ(sent[1].data.address, buffers + 4096);
	EXPECT_EQ(tx_command::Length::get(sent[1].data.command), 904u);
	EXPECT_TRUE(sent[1].data.command & tx_command::end_of_packet);
	EXPECT_TRUE(sent[1].data.command & tx_command::report_status);

	advance(tx());
	EXPECT_EQ(tx()->packets->BeginIndex, 0u);
	tx_ring()[1].data.status |= tx_status::done;
	advance(tx());
	EXPECT_EQ(tx()->packets->BeginIndex, 2u);
	EXPECT_EQ(tx()->fragments->BeginIndex, 1u);
}

TEST_F(E1000e, ADeviceThatNeverSendsGivesEverythingBackWhenItsQueueIsCancelled)
{
	ASSERT_EQ(up(), 0);
	logical(tx(), 0) = buffers;
	NetRingGetFragmentAtIndex(tx()->fragments, 0)->ValidLength = 60;
	NetRingGetPacketAtIndex(tx()->packets, 0)->FragmentCount = 1;
	tx()->fragments->EndIndex = 1;
	tx()->packets->EndIndex = 1;
	advance(tx());
	nic->dma_never_stops = true;
	netcx_core_queue_cancel(tx());
	netcx_core_queue_cancel(interface()->tx[1]);
	netcx_core_queue_cancel(rx());
	advance(tx());
	EXPECT_FALSE(netcx_core_queue_drained(tx())) << "the device may still read it";
	nic->dma_never_stops = false;
	advance(tx());
	EXPECT_TRUE(netcx_core_queue_drained(tx()));
	for (netcx_queue *queue : {tx(), interface()->tx[1], rx()}) {
		advance(queue);
		netcx_core_queue_stop(queue);
		netcx_core_queue_start(queue);
	}
}

} // namespace
