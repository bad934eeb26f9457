// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "e1000e_nic.h"

namespace unit
{

using namespace e1000e;

/* The space of BAR 0. */
static constexpr SIZE_T bar_bytes = 128 * 1024;
static constexpr UINT16 nvm_sum = 0xbaba;

E1000eNic::E1000eNic() : Registers(bar_bytes)
{
	nvm[0] = 0x1b00;
	nvm[1] = 0x0121;
	nvm[2] = 0x0302;
	nvm[0x3f] = static_cast<UINT16>(nvm_sum - nvm[0] - nvm[1] - nvm[2]);
	/* Identifier; link partner: everything, with pause; negotiation complete. */
	phy[2] = 0x0141;
	phy[5] = 0x45e1;
	phy[1] = 0x796d;
	reset();
	resets = 0;
}

UINT32 E1000eNic::get(Register reg) const
{
	const auto found = registers_.find(reg.offset);

	return found == registers_.end() ? 0 : found->second;
}

bool E1000eNic::does_dma() const
{
	return !(get(ctrl::reg) & ctrl::gio_master_disable) &&
	       ((get(rctl::reg) & rctl::enable) || (get(tctl::reg) & tctl::enable));
}

void E1000eNic::reset()
{
	registers_.clear();
	resets++;
	causes = 0;
	unmasked = 0;
	registers_[eecd::reg.offset] = never_back_from_reset ? 0 : eecd::auto_read_done;
	registers_[ral::reg(0).offset] = static_cast<UINT32>(address[0] | address[1] << 8 |
							     address[2] << 16 | address[3] << 24);
	registers_[rah::reg(0).offset] =
		static_cast<UINT32>(address[4] | address[5] << 8) | rah::valid;
}

void E1000eNic::transact_mdio(UINT32 command)
{
	const UINT32 reg = mdic::Address::get(command);

	if (phy_is_dead)
		return;
	/* A PHY's reset is over at once. */
	if (command & mdic::op_write)
		phy[reg] = static_cast<UINT16>(mdic::Data::get(command) & (reg ? 0xffff : 0x7fff));
	registers_[mdic::reg.offset] =
		(command & ~mdic::Data::mask) | mdic::Data::of(phy[reg]) | mdic::ready;
}

UINT64 E1000eNic::read(UINT64 offset, unsigned int)
{
	reads++;
	if (gone)
		return all_ones;
	if (offset == status::reg.offset)
		return (link ? status::link_up | status::full_duplex | status::Speed::of(2) : 0) |
		       (get(ctrl::reg) & ctrl::gio_master_disable && !dma_never_stops
				? 0
				: status::gio_master_enable);
	if (offset == icr::reg.offset) {
		const UINT32 value = causes | (causes & unmasked ? cause::asserted : 0);

		causes = 0;
		return value;
	}
	return get({static_cast<UINT32>(offset)});
}

void E1000eNic::write(UINT64 offset, unsigned int, UINT64 wide)
{
	const UINT32 value = static_cast<UINT32>(wide);

	if (gone)
		return;
	if (offset == ctrl::reg.offset && (value & ctrl::reset))
		return reset();
	if (offset == icr::reg.offset) {
		causes &= ~value;
		return;
	}
	if (offset == ims::reg.offset) {
		unmasked |= value;
		return;
	}
	if (offset == imc::reg.offset) {
		unmasked &= ~value;
		return;
	}
	if (offset == extcnf_ctrl::reg.offset && firmware_keeps_mdio) {
		registers_[offset] = value & ~extcnf_ctrl::mdio_software_ownership;
		return;
	}
	registers_[offset] = value;
	if (offset == mdic::reg.offset)
		transact_mdio(value);
	if (offset == eerd::reg.offset && !nvm_is_dead)
		registers_[offset] =
			eerd::done | eerd::Data::of(nvm[eerd::Address::get(value) % nvm.size()]);
}

} // namespace unit
