# SPDX-License-Identifier: GPL-2.0-only
"""The parts "instructions" and "mmio": boots, and what the guest and QEMU said."""

import re
from typing import NamedTuple

from results import Figures, result


class Case(NamedTuple):
    name: str
    per: str = "packet"  # or "byte"
    # The driver of the far end: "same", as under test, or "intree", which sends; then its part is not counted: what the case "base" costs
    # is taken off.
    peer: str = "same"
    base: str = ""


CASES = [
    Case("tx_burst1"),
    Case("tx_burst32"),
    Case("txrx_burst1"),
    Case("txrx_burst32"),
    Case("tcp_bulk", per="byte"),
    Case("udp64"),
    Case("xdp_drop", peer="intree", base="peer_sends"),
    Case("xdp_tx", peer="intree", base="peer_sends"),
    Case("afxdp_rx", peer="intree", base="peer_sends"),
]

ACCESS = re.compile(rb"memory_region_ops_(read|write) .* addr 0x([0-9a-f]+) ")
# Data of the second serial port, by which the guest speaks with the host.
CONTROL_PORT = 0x2F8
RECORDED = "trace:memory_region_ops_read,trace:memory_region_ops_write"


class Run:
    """One run of a case in the guest."""

    def __init__(self, count, packets, instructions, *interrupts):
        self.count = count  # of what the case is "per"
        self.packets = packets
        self.instructions = instructions
        # By NIC: the one under test, the far end.
        self.interrupts = interrupts
        self.reads = self.writes = ()


class Measured:
    """What one boot gave: runs, or a reason for none, by name of the case."""

    def __init__(self):
        self.runs = {}
        self.reasons = {}
        self.notes = {}
        self.windows = []
        self.complete = False


def parse_output(text):
    """What guest/instructions.sh printed."""
    measured = Measured()
    for line in text.splitlines():
        words = line.split()
        if words[:1] != ["bench"]:
            continue
        kind, values = words[1], words[2:]
        if kind == "window":
            measured.windows.append((int(values[1], 16), int(values[2], 16)))
        elif kind == "run":
            measured.runs.setdefault(values[0], []).append(Run(*map(int, values[2:7])))
        elif kind == "cannot":
            measured.runs.pop(values[0], None)
            measured.reasons[values[0]] = " ".join(values[1:])
        elif kind == "note":
            measured.notes[values[0]] = " ".join(values[1:])
        elif kind == "done":
            measured.complete = True
    return measured


def count_accesses(lines, windows):
    """Reads, and writes, of each NIC's registers, from QEMU's trace: after the guest has read that recording has begun, and before it
    asks for its end. While it waits for the host it is idle, virtual time runs ahead, and timers do what is not part of the run."""
    count = {b"read": [0] * len(windows), b"write": [0] * len(windows)}
    for line in lines:
        access = ACCESS.match(line)
        if not access:
            continue
        kind, address = access[1], int(access[2], 16)
        if address == CONTROL_PORT:
            if kind == b"write":
                break
            count = {b"read": [0] * len(windows), b"write": [0] * len(windows)}
        for number, (first, last) in enumerate(windows):
            count[kind][number] += first <= address <= last
    return count[b"read"], count[b"write"]


def read_recorded(path, windows):
    if not path.exists():
        return [0] * len(windows), [0] * len(windows)
    with open(path, "rb") as lines:
        counts = count_accesses(lines, windows)
    path.unlink()
    return counts


def add_accesses(measured, directory):
    for name, runs in measured.runs.items():
        for number, run in enumerate(runs, 1):
            more = read_recorded(directory / f"{name}.{number}", measured.windows)
            less = read_recorded(directory / f"{name}.{number}.less", measured.windows)
            run.reads, run.writes = ([a - b for a, b in zip(*both)] for both in zip(more, less))


def measure(host, driver, peer_driver, names, runs, record):
    """Boots until every case has an answer: one that ends the guest is not tried again."""
    total = Measured()
    names = list(names)
    while names:
        log, status = host.boot(["--icount"] + (["--record", RECORDED] if record else []), driver, peer_driver,
                                {"RUNS": runs, "RECORD": "mmio" if record else ""}, "/bench/instructions.sh " + " ".join(names))
        measured = parse_output((log / "output.log").read_text(errors="replace"))
        if record:
            add_accesses(measured, log)
        left = [name for name in names if name not in measured.reasons and len(measured.runs.get(name, [])) < runs]
        if left and not measured.complete:
            # One case has ended the guest, unless it has not come to any.
            for name in left[:1] if measured.windows else left:
                measured.runs.pop(name, None)
                measured.reasons[name] = f"the guest ended with status {status}; see {log}"
        elif status:
            # The figures are there, but not those of a sane kernel.
            for name in measured.runs:
                measured.notes[name] = f"the guest ended with status {status}; see {log}"
        total.runs.update(measured.runs)
        total.reasons.update(measured.reasons)
        total.notes.update(measured.notes)
        names = [name for name in names if name not in total.runs and name not in total.reasons]
    return total


def instructions(measured, case):
    """Of each run, less what the far end's sending costs."""
    base = 0
    if case.base:
        if case.base not in measured.runs:
            return Figures(reason=f"{case.base}: {measured.reasons.get(case.base)}")
        base = Figures([run.instructions / run.count for run in measured.runs[case.base]]).median
    return Figures([run.instructions / run.count - base for run in measured.runs.get(case.name, [])],
                   measured.reasons.get(case.name), measured.notes.get(case.name))


def per_packets(measured, case, field):
    """Of each run: of both NICs, unless the far end only sends for the case."""
    nics = 1 if case.peer == "intree" else 2
    return Figures([sum(getattr(run, field)[:nics]) * 1000 / run.packets for run in measured.runs.get(case.name, [])],
                   measured.reasons.get(case.name), measured.notes.get(case.name))


def bench(host, nic, cases, runs, parts):
    """Results of the two parts, as far as they are among "parts"."""
    answers = {}
    for peer in dict.fromkeys(case.peer for case in cases):
        names = dict.fromkeys(name for case in cases if case.peer == peer for name in (case.base, case.name) if name)
        for driver in (nic.intree, nic.netcx):
            answers[peer, driver] = measure(host, driver, driver if peer == "same" else nic.intree, names, runs,
                                            "mmio" in parts)

    def compare(case, metric, unit, figures, *what):
        return result(nic.name, case.name, metric, unit,
                      *(figures(answers[case.peer, driver], case, *what) for driver in (nic.intree, nic.netcx)))

    results = []
    if "instructions" in parts:
        results += [compare(case, "instructions", f"instructions/{case.per}", instructions) for case in cases]
    if "mmio" in parts:
        for metric, field in (("MMIO reads", "reads"), ("MMIO writes", "writes"), ("interrupts", "interrupts")):
            results += [compare(case, metric, "per 1000 packets", per_packets, field) for case in cases]
    return results
