// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Facts: 82574 datasheet, NVM "Initialization Control Word 2", "Manageability Register
 * Descriptions".
 */
#include "management.h"
#include <intel/nvm.h>

namespace e1000e::management
{

namespace
{
namespace control_2
{
constexpr UINT32 word = 0x0f;
/* 0: none. */
using Mode = Field<13, 2>;
} /* namespace control_2 */
} /* namespace */

bool is_enabled(const Hardware &hardware)
{
	UINT16 word;

	return !NT_SUCCESS(intel::nvm::read_word(hardware, control_2::word, &word)) ||
	       control_2::Mode::get(word);
}

void keep_vlans(const Hardware &hardware, intel::ReceiveFilter *filter)
{
	const UINT32 valid = mfval::Vlans::get(hardware.read(mfval::reg));

	filter->forget_firmware_vlans();
	for (UINT32 i = 0; i < mavtv::count; i++) {
		if (valid & bit(i))
			filter->keep_firmware_vlan(
				mavtv::VlanId::get(hardware.read(mavtv::reg(i))));
	}
}

} /* namespace e1000e::management */
