#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A Windows driver's project folder becomes a module that carries traffic: test_building.py [SUMMARY]

The fixture is imported for Debian's 6.1 by `make import` and run on the test host, on both of QEMU's e1000e; then a driver that wants what is
not there. The file gets "PASSED FAILED SKIPPED".
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import summary  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
FIXTURE = HERE / "fixture"
OUT = pathlib.Path(os.environ.get("NETCX_OUT") or TOP / "out")
KVER = "6.1"

# In the virtual machine: figures as lines "name value", then traffic, then the driver that is for another revision of the NIC.
GUEST = r"""
set -eu
. ./lib.sh
device=/sys/class/net/nic0/device
echo "figure driver $(basename "$(readlink -f $device/driver)")"
echo "figure speed $(cat /sys/class/net/nic0/speed)"
echo "figure rings $(ethtool -g nic0 | sed -n '/^Current/,$p' | sed -n 's/^\(RX\|TX\):[[:space:]]*//p' | xargs)"
echo "figure version $(modinfo -F version netcx_fixture)"
./run_all.sh ping.sh load_unload.sh
address=$(basename "$(readlink -f $device)")
rmmod netcx_fixture
echo > /sys/bus/pci/devices/$address/driver_override
modprobe netcx_newer
[ ! -e /sys/bus/pci/devices/$address/driver ] && echo "figure newer unbound"
rmmod netcx_newer
modprobe netcx_fixture
echo "figure by_id $(basename "$(readlink -f /sys/bus/pci/devices/$address/driver)")"
"""


def release():
    return subprocess.run([TOP / "selftests/host/kernel.sh", KVER, "release"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def make_import(folder, **variables):
    """Status and output of make."""
    command = ["make", "--no-print-directory", "-C", str(TOP), "import", f"DRIVER={folder}", f"KVER={KVER}"]
    done = subprocess.run(command + [f"{name}={value}" for name, value in variables.items()], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def built(name):
    return OUT / "import" / name / release() / f"netcx_{name}.ko"


def modinfo(module, field):
    done = subprocess.run(["modinfo", "-F", field, str(module)], stdout=subprocess.PIPE, text=True, check=True,
                          env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"})
    return done.stdout.split("\n")[:-1]


def fingerprint(folder):
    """Names, contents and times of everything in a folder."""
    return [(str(path), path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
            for path in sorted(folder.rglob("*"))]


class Building(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = pathlib.Path(directory.name) / "Fixture Driver"
        shutil.copytree(FIXTURE, self.folder)

    def edit(self, name, before, after):
        path = self.folder / name
        data = path.read_bytes()
        self.assertIn(before.encode(), data)
        path.write_bytes(data.replace(before.encode(), after.encode()))

    def test_the_fixture_carries_traffic(self):
        before = fingerprint(self.folder)
        status, output = make_import(self.folder)
        self.assertEqual(status, 0, output)
        self.assertEqual(fingerprint(self.folder), before)
        module = built("fixture")
        self.assertEqual(set(modinfo(module, "alias")), {"pci:v00008086d000010D3sv*sd*bc*sc*i*", "pci:v00008086d000010D3sv00008086sd0000A01Fbc*sc*i*"})
        self.assertEqual(modinfo(module, "version"), ["1.2.34.5"])
        self.assertEqual(modinfo(module, "description"), ["Fixture Ethernet Controller (82574L)"])
        self.assertEqual(modinfo(module, "depends"), ["netcx"])

        # The same for another revision, which is not on the test host.
        self.edit("Fixture.inf", "REV_00", "REV_7E")
        self.edit("Fixture.inf", "SUBSYS_A01F8086", "SUBSYS_12345678")
        status, output = make_import(self.folder, NAME="newer")
        self.assertEqual(status, 0, output)
        self.run_guest([module, module.with_name("netcx.ko"), built("newer")])

    def run_guest(self, modules):
        with tempfile.TemporaryDirectory() as directory:
            for module in modules:
                shutil.copy(module, directory)
            done = subprocess.run(
                [TOP / "selftests/host/run", "--kver", KVER, "--time", "3600", "--driver", "netcx_fixture", "--modules", directory,
                 "--env", "SHORT=4", "--log", str(OUT / "import" / "guest"), "--", GUEST],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        figures = dict(line.split(" ", 2)[1:] for line in done.stdout.replace("\r", "").split("\n") if line.startswith("figure "))
        # The last three are from the .inf.
        self.assertEqual(figures, {"driver": "netcx_fixture", "newer": "unbound", "by_id": "netcx_fixture", "speed": "2500",
                                   "rings": "128 64", "version": "1.2.34.5"})

    def test_what_is_missing_is_named_before_the_errors(self):
        self.edit("Device/Queues.cpp", '#include "queues.tmh"',
                  '#include "queues.tmh"\n#include <NotThere.h>\nNOT_A_TYPE x; int y = NotAFunction();')
        self.edit("Device/Device.cpp", "ResetHardware(context);\r\n    return StartAdapter",
                  "NotAFunction();\r\n    return StartAdapter")
        status, output = make_import(self.folder, NAME="broken")
        self.assertNotEqual(status, 0)
        table, _, errors = output.partition("the compiler's errors:")
        self.assertIn("it wants 3 names that are not there", table)
        self.assertRegex(table, r"headers:\n +NotThere\.h +Device/Queues\.cpp\n")
        self.assertRegex(table, r"types:\n +NOT_A_TYPE +Device/Queues\.cpp\n")
        self.assertRegex(table, r"constants:\n +NotAFunction +(Device/Queues\.cpp, Device/Device\.cpp|Device/Device\.cpp, Device/Queues\.cpp)\n")
        self.assertIn("Device/Device.cpp", errors)
        self.assertFalse(built("broken").exists())

        # Declared, and still nowhere defined.
        self.edit("Device/Queues.cpp", '#include <NotThere.h>\nNOT_A_TYPE x; int y = NotAFunction();', "")
        self.edit("Inc/Pch.h", '#include "Hardware.h"', '#include "Hardware.h"\r\nEXTERN_C void NotAFunction(void);')
        status, output = make_import(self.folder, NAME="broken")
        self.assertNotEqual(status, 0)
        self.assertRegex(output, r"defined nowhere:\n +NotAFunction +Device/Device\.cpp\n")
        self.assertFalse(built("broken").exists())

    def test_what_cannot_be_read(self):
        status, output = make_import(self.folder / "nowhere")
        self.assertEqual(status, 2)
        self.assertIn("no such folder", output)


if __name__ == "__main__":
    summary.main(verbosity=2)
