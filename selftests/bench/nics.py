# SPDX-License-Identifier: GPL-2.0-only
"""The NICs that are measured. One more is one line more, once it has a client in hw/."""

from typing import NamedTuple


class Nic(NamedTuple):
    name: str  # as in the results
    model: str  # QEMU's
    intree: str  # the kernel's own driver
    netcx: str  # ours


NICS = [
    Nic(name="82574L", model="e1000e", intree="e1000e", netcx="netcx_e1000e"),
]


def find(name):
    for nic in NICS:
        if nic.name == name:
            return nic
    raise LookupError(f"no NIC '{name}'; there are {', '.join(nic.name for nic in NICS)}")
