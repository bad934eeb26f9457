#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Where the instructions of a case go, by function of the guest's kernel (profile.sh calls this).

    functions.py plan CASE DRIVER         what to run: QEMU's model, the far end's driver, the names of the cases
    functions.py table CASE LOGS ROWS     the table

LOGS is the directory of a run of guest/instructions.sh under "--record exec,nochain,in_asm": QEMU's log has a line for every translation
block that is executed and, before the first one of a block, its instructions. The guest's output ends with its symbols.
"""

import base64
import bisect
import collections
import gzip
import pathlib
import re
import sys

import counted
import nics

INSTRUCTION = re.compile(r"0x[0-9a-f]+:  (?:[0-9a-f]{2} )+ +[a-z(]")
EXECUTED = re.compile(r"Trace \d+: (0x[0-9a-f]+) \[[0-9a-f]+/([0-9a-f]+)/")
NOT_EXECUTED = re.compile(r"Stopped execution of TB chain before (0x[0-9a-f]+) \[([0-9a-f]+)\]")
KERNEL = 0xFFFF800000000000
USER = "(user space)"


class Symbols:
    def __init__(self, lines):
        """Lines of /proc/kallsyms."""
        found = []
        for line in lines:
            words = line.split()
            if len(words) >= 3 and words[1] in "tTwW":
                found.append((int(words[0], 16), " ".join(words[2:])))
        found.sort()
        self.addresses = [address for address, _ in found]
        self.names = [name for _, name in found]

    def name(self, address):
        if address < KERNEL:
            return USER
        number = bisect.bisect_right(self.addresses, address) - 1
        return self.names[number] if number >= 0 else "(unknown)"


class Blocks:
    """QEMU's translation blocks, by where it keeps them; a later block may take the place of an earlier one."""

    def __init__(self):
        self.lengths = {}
        self.unknown = 0

    def count(self, lines):
        """Instructions by the address of their block. Logs of the same boot have to be read in order."""
        executed = collections.Counter()
        translated = 0
        for line in lines:
            if line[0] == "T":
                match = EXECUTED.match(line)
                if match:
                    block, address = match.groups()
                    if translated:
                        self.lengths[block] = translated
                        translated = 0
                    length = self.lengths.get(block, 0)
                    self.unknown += not length
                    executed[address] += length
            elif line[0] == "0":
                translated += bool(INSTRUCTION.match(line))
            elif line[0] == "I":
                translated = 0
            elif line[0] == "S":
                match = NOT_EXECUTED.match(line)
                if match:
                    executed[match[2]] -= self.lengths.get(match[1], 0)
        return executed


def by_function(executed, symbols):
    total = collections.Counter()
    for address, instructions in executed.items():
        total[symbols.name(int(address, 16))] += instructions
    return total


def symbols_of(text):
    """What profile.sh has the guest print after everything else."""
    packed = text.split("bench symbols\n", 1)[1].split("bench end", 1)[0]
    return Symbols(gzip.decompress(base64.b64decode(packed)).decode().splitlines())


def profile(directory, case, text):
    """Instructions per packet (or byte) by function, less what does not belong to the case, and what the guest itself measured."""
    measured = counted.parse_output(text)
    for name in filter(None, (case.base, case.name)):
        if name not in measured.runs:
            raise LookupError(f"{name}: {measured.reasons.get(name, 'no result')}")
    symbols = symbols_of(text)
    blocks = Blocks()
    total = collections.Counter()
    for name, sign in ((case.base, -1), (case.name, 1)):
        for suffix, more in ((".1.less", -1), (".1", 1)):
            path = directory / (name + suffix)
            if name and path.exists():
                run = measured.runs[name][0]
                with open(path, errors="replace") as lines:
                    for function, value in by_function(blocks.count(lines), symbols).items():
                        total[function] += sign * more * value / run.count
    return total, counted.instructions(measured, case).median, blocks.unknown


def table(total, measured, rows):
    whole = sum(total.values())
    lines = [f"{'instructions':>12} {'share':>6}  function"]
    for function, value in total.most_common(rows):
        lines.append(f"{value:12.2f} {value / whole:6.1%}  {function}")
    rest = whole - sum(value for _, value in total.most_common(rows))
    lines.append(f"{rest:12.2f} {rest / whole:6.1%}  (all others)")
    lines.append(f"{whole:12.2f}         in all; the guest measured {measured:.2f}")
    return "\n".join(lines)


def plan(case, driver):
    for nic in nics.NICS:
        if driver in (nic.intree, nic.netcx):
            return " ".join([nic.model, driver if case.peer == "same" else nic.intree, case.base, case.name])
    raise LookupError(f"no NIC has the driver '{driver}'")


def show(case, directory, rows):
    total, measured, unknown = profile(directory, case, (directory / "output.log").read_text(errors="replace"))
    if unknown:
        print(f"functions.py: {unknown} blocks of unknown length are not in it", file=sys.stderr)
    return table(total, measured, rows)


def main():
    try:
        what, name, *more = sys.argv[1:]
        case = next((case for case in counted.CASES if case.name == name), None)
        if not case:
            raise LookupError(f"no case '{name}'; there are {' '.join(case.name for case in counted.CASES)}")
        print(plan(case, *more) if what == "plan" else show(case, pathlib.Path(more[0]), int(more[1])))
    except LookupError as error:
        sys.exit(f"profile: {error}")


if __name__ == "__main__":
    main()
