#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Runs g++ as lenient as Microsoft's compiler, and no more:

    cxx.py COMPILER ARGUMENT...

-fpermissive makes warnings of many errors; those that Microsoft's compiler has too are errors again.

A goto over an initialisation is one that g++ never takes, but in the form of a computed goto, "goto *&&label". That form leaves out the
destructors of what goes out of scope, so that it is only taken where no goto leaves the scope of an object that has one, which the
compiler's own listing of the function (GIMPLE) shows.
"""

import os
import re
import subprocess
import sys
import tempfile

JUMP = re.compile(r"error: jump to label")
# Names qualified once too often, addresses of values, and names in templates that are looked up late.
TAKEN = re.compile(r"extra qualification|taking address of|there are no arguments to|changes meaning|need .typename. before")
PERMITTED = re.compile(r"warning: (.*?) ?\[-fpermissive\]")


def run(command):
    done = subprocess.run(command, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}, check=False)
    return done.returncode, done.stderr.decode(errors="replace")


# ---- destructors that a computed goto would leave out ----

def blocks(lines):
    """Of each "try {...} finally {...}": (first and last line of the first block, text of the second)."""
    found, starts = [], {}
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        word = line.strip()
        if word == "try":
            starts[indent] = number
        elif word == "finally" and indent in starts:
            last = next(end for end in range(number + 2, len(lines)) if lines[end] == " " * (indent + 2) + "}")
            found.append((starts[indent], number, "\n".join(lines[number:last])))
    return found


def skipped(listing):
    """(function, label) of every computed goto that leaves the scope of an object with a destructor."""
    found = []
    for function in re.split(r"\n(?=\S[^\n]*\)\n\{)", listing):
        lines = function.split("\n")
        head = next((line for line in lines if line.strip()), "")
        ending = [(first, last) for first, last, cleanup in blocks(lines) if "::~" in cleanup]
        labels = {line.strip()[:-1]: number for number, line in enumerate(lines) if re.fullmatch(r"\s*[A-Za-z_]\w*:", line)}
        for number, line in enumerate(lines):
            match = re.fullmatch(r"\s*goto &(\w+);", line)
            target = labels.get(match.group(1)) if match else None
            if target is not None and any(first < number < last and not first < target < last for first, last in ending):
                found.append((re.sub(r"\s*\(.*", "", head), match.group(1)))
    return list(dict.fromkeys(found))


def run_with_computed_gotos(command):
    with tempfile.TemporaryDirectory() as directory:
        listing = f"{directory}/gimple"
        status, messages = run(command + ["-Dgoto=goto *&&", f"-fdump-tree-gimple={listing}"])
        if status:
            return status, messages
        with open(listing, encoding="utf-8", errors="replace") as file:
            for function, label in skipped(file.read()):
                messages += (f"{command[-1]}:1: error: {function}: 'goto {label}' leaves the scope of an object with a destructor, "
                             "and in this file another goto jumps over an initialisation: g++ cannot do both\n")
                status = 1
    return status, messages


def main():
    command = sys.argv[1:]
    status, messages = run(command)
    if status and JUMP.search(messages):
        status, messages = run_with_computed_gotos(command)
    lines = []
    for line in messages.splitlines():
        if PERMITTED.search(line) and not TAKEN.search(line):
            line = PERMITTED.sub(r"error: \1", line)
            status = status or 1
        lines.append(line)
    if lines:
        print(*lines, sep="\n", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
