# SPDX-License-Identifier: GPL-2.0-only
"""How fast a driver is, beside the in-tree driver of the same NIC, by what measures ours (selftests/bench): for `make conform`."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))

import counted  # noqa: E402
import throughput  # noqa: E402
from host import Host  # noqa: E402
from nics import Nic  # noqa: E402

# QEMU's model of a NIC, and the driver of it that the test host has.
INTREE = {"e1000e": "e1000e", "igb": "igb"}

COUNTED = [case for case in counted.CASES if case.name in ("tx_burst1", "tx_burst32", "txrx_burst32", "tcp_bulk")]
TIMED = ["tcp_send_1", "tcp_receive_1", "udp64_send", "udp64_receive"]
RUNS = 3


def compare(module, model, kver, modules, logs, limit):
    """Results as in bench.json; None: there is nothing to compare with."""
    if model not in INTREE:
        return None
    nic = Nic(name=model, model=model, intree=INTREE[model], netcx=module)
    host = Host(nic, kver, logs, limit, modules)
    return throughput.bench(host, nic, TIMED, RUNS) + counted.bench(host, nic, COUNTED, RUNS, ["instructions"])
