// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Facts: 82574 datasheet, "Non-Volatile Memory Map", EERD, RAL, RAH. */
#include <intel/nvm.h>
#include <common/log.h>

namespace intel::nvm
{

namespace
{
constexpr UINT32 read_interval_us = 5;
constexpr UINT32 read_tries = 20000;

/* Words 0 to 3fh add up to this. */
constexpr UINT32 checksum_words = 0x40;
constexpr UINT16 checksum_sum = 0xbaba;
/* Right after power-up, and with ASPM on, single reads may go wrong. */
constexpr UINT32 check_tries = 3;
} /* namespace */

NTSTATUS read_word(const Mac &mac, UINT32 index, UINT16 *word)
{
	mac.write(eerd::reg, eerd::Address::of(index) | eerd::start);
	/* A word takes some 40 us: spinning is cheaper than sleeping. */
	for (UINT32 tries = read_tries; tries; tries--) {
		const UINT32 value = mac.read(eerd::reg);

		if (value == all_ones)
			return STATUS_DEVICE_NOT_CONNECTED;
		if (value & eerd::done) {
			*word = static_cast<UINT16>(eerd::Data::get(value));
			return STATUS_SUCCESS;
		}
		KeStallExecutionProcessor(read_interval_us);
	}
	return STATUS_IO_TIMEOUT;
}

namespace
{

/* False: it cannot be read, which is logged. */
bool add_up(const Mac &mac, UINT16 *sum)
{
	*sum = 0;
	for (UINT32 i = 0; i < checksum_words; i++) {
		UINT16 word;
		const NTSTATUS status = read_word(mac, i, &word);

		if (!NT_SUCCESS(status)) {
			LOG_WARNING("reading NVM word %#x failed with %#x", i,
				    static_cast<unsigned int>(status));
			return false;
		}
		*sum = static_cast<UINT16>(*sum + word);
	}
	return true;
}

} /* namespace */

void check(const Mac &mac)
{
	UINT16 sum = 0;

	for (UINT32 tries = check_tries; tries; tries--) {
		if (!add_up(mac, &sum) || sum == checksum_sum)
			return;
	}
	LOG_WARNING("the NVM's checksum is wrong (%#x instead of %#x): check its contents", sum,
		    checksum_sum);
}

NTSTATUS read_mac_address(const Mac &mac, common::MacAddress *address)
{
	const UINT32 low = mac.read(ral::reg(0));
	const UINT32 high = mac.read(rah::reg(0));

	address->bytes[0] = static_cast<UINT8>(Field<0, 8>::get(low));
	address->bytes[1] = static_cast<UINT8>(Field<8, 8>::get(low));
	address->bytes[2] = static_cast<UINT8>(Field<16, 8>::get(low));
	address->bytes[3] = static_cast<UINT8>(Field<24, 8>::get(low));
	address->bytes[4] = static_cast<UINT8>(Field<0, 8>::get(high));
	address->bytes[5] = static_cast<UINT8>(Field<8, 8>::get(high));

	if (!address->is_unicast()) {
		LOG_ERROR("the NVM holds %02x:%02x:%02x:%02x:%02x:%02x, which is no MAC address",
			  address->bytes[0], address->bytes[1], address->bytes[2],
			  address->bytes[3], address->bytes[4], address->bytes[5]);
		return STATUS_DEVICE_DATA_ERROR;
	}
	return STATUS_SUCCESS;
}

} /* namespace intel::nvm */
