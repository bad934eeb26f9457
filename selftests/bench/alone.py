# SPDX-License-Identifier: GPL-2.0-only
"""The parts "translation" and "iterators": what has no counterpart in an in-tree driver."""

import json
import os
import pathlib
import re
import subprocess
import sys

from results import Figures, result

HERE = pathlib.Path(__file__).resolve().parent


def parse_translation(text):
    """(path, figures) of each path, from the guest's kernel log."""
    found = []
    for path, value, reason in re.findall(r"netcx_translation: (\w+) (?:(\d+)|cannot: (.*))", text):
        found.append((path, Figures([int(value)]) if value else Figures(reason=reason)))
    return found


def translation(host):
    """selftests/bench/translation in a virtual machine whose nanoseconds are instructions."""
    build = subprocess.run([HERE / "translation" / "build.sh", host.kver], stdout=subprocess.PIPE, text=True)
    if build.returncode:
        found = [("translation", Figures(reason="netcx_translation.ko does not build"))]
    else:
        log, status = host.boot(["--icount", "--modules", build.stdout.strip()], host.nic.intree, host.nic.intree, {},
                                "modprobe netcx_translation && rmmod netcx_translation && dmesg | grep netcx_translation:")
        found = parse_translation((log / "output.log").read_text(errors="replace"))
        if status or not found:
            found = [("translation", Figures(reason=f"the guest ended with status {status}; see {log}"))]
    return [result("none", path, "translation alone", "instructions/packet", None, figures) for path, figures in found]


def parse_iterators(text):
    """Medians come from us, of the repetitions."""
    times = {}
    for entry in json.loads(text)["benchmarks"]:
        if entry["run_type"] == "iteration" and not entry.get("error_occurred"):
            times.setdefault(entry["name"].replace("/", "_"), []).append(entry["cpu_time"])
    return times


def iterators(directory, repetitions=9):
    """selftests/bench/iterator_bench.cpp here and now, built as a client driver is, but for user space."""
    program = directory / "iterator_bench"
    directory.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run([os.environ.get("CXX", "g++"), "-std=c++20", "-O2", "-fshort-wchar", "-Wall", "-Wextra", "-DNETCX_USER_SPACE",
                        "-I", HERE.parent.parent / "include", HERE / "iterator_bench.cpp", "-lbenchmark", "-o", program], check=True)
        output = subprocess.run([program, "--benchmark_format=json", f"--benchmark_repetitions={repetitions}",
                                 "--benchmark_min_time=0.05"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        times = parse_iterators(output.stdout)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"bench: iterators: {error}", file=sys.stderr)
        times = {"iterators": []}
    return [result("none", case, "ring walk in user space", "ns/packet", None, Figures(values)) for case, values in times.items()]
