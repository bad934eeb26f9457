#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""That runs are read right, from logs that are written here: test_conform.py [SUMMARY]

The file gets "PASSED FAILED SKIPPED".
"""

import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import summary  # noqa: E402

import compare  # noqa: E402
import outcomes  # noqa: E402
from outcomes import ABSENT, FAIL, PASS, Run, Test  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent.parent

OUTPUT = """\
# netcx selftests: to run: ping.sh
# selftests: netcx: ping.sh
TAP version 13
1..3
ok 1 ping_v4 # 1 s
# 100% loss
# ping.sh:12: failed: ping
not ok 2 ping_v6
ok 3 big # SKIP MTU of 1500 only
# Totals: pass:1 fail:1 xfail:0 xpass:0 skip:1 error:0
# ping.sh took 46 s; 1 of 2 done
# selftests: netcx: xdp.sh
TAP version 13
1..0 # SKIP no native XDP
# selftests: netcx: stuck.sh
TAP version 13
1..2
ok 1 one # 0 s
# stuck.sh ended after its time limit of 300 s
# netcx selftests: passed 2 failed 2 skipped 2
"""

CONSOLE = """\
[   12.100000] netcx verifier: netcx_x broke InvalidRingBeginIndex in EvtPacketQueueAdvance of rx queue 0: it moved BeginIndex; packet 7
[   12.200000] packet ring: Begin 0 -> 8
[   13.100000] netcx verifier: netcx_x broke InvalidRingBeginIndex in EvtPacketQueueCancel of tx queue 0: it moved BeginIndex
[   13.200000] netcx verifier: netcx_sim broke QueueNotDrained in EvtPacketQueueCancel of tx queue 0: it still owns
[   14.100000] netcx_x 0000:01:00.0: netcx_x: NetConfigurationClose was given NULL (ParameterCantBeNull)
[   14.200000] netcx_x 0000:01:00.0: netcx_x: something else (or not)
"""


class Conform(unittest.TestCase):
    def test_tap(self):
        self.assertEqual(outcomes.tests(OUTPUT), [
            Test("ping.sh", "ping_v4", PASS), Test("ping.sh", "ping_v6", FAIL, "100% loss; ping.sh:12: failed: ping"),
            Test("ping.sh", "big", ABSENT, "MTU of 1500 only"), Test("xdp.sh", "(all)", ABSENT, "no native XDP"),
            Test("stuck.sh", "one", PASS), Test("stuck.sh", "(the script)", FAIL, "stuck.sh ended after its time limit of 300 s")])
        self.assertEqual(outcomes.tests("nothing came up\n"), [])

    def test_rules(self):
        found = outcomes.broken(CONSOLE, "netcx_x", {"ParameterCantBeNull"})
        self.assertEqual(sorted(found), ["InvalidRingBeginIndex", "ParameterCantBeNull"])
        self.assertIn("EvtPacketQueueAdvance of rx queue 0", found["InvalidRingBeginIndex"])
        self.assertEqual(found["ParameterCantBeNull"], "netcx_x: NetConfigurationClose was given NULL")

    def test_page(self):
        runs = [Run("plain", outcomes.tests(OUTPUT), {}), Run("verifier mode", [Test("ping.sh", "ping_v4", FAIL, "a|b")], {"Rule": "in it"}, 124)]
        text = outcomes.page("netcx_x", "About it.", runs)
        self.assertIn("| pass | 2 | 0 |", text)
        self.assertIn("| fail | 2 | 1 |", text)
        self.assertIn("| does not offer | 2 | 0 |", text)
        self.assertIn("| `Rule` | in it | verifier mode |", text)
        self.assertIn("verifier mode: the run ended with status 124", text)
        self.assertIn("| ping.sh ping_v4 | pass | fail | a\\|b |", text)
        self.assertIn("| xdp.sh (all) | does not offer | did not run | no native XDP |", text)
        self.assertIn("None was seen.", outcomes.page("netcx_x", "", runs[:1]))

    def test_comparison(self):
        found = [{"case": "tx_burst1", "unit": "instructions/packet", "intree": 3000.0, "netcx": 2400.0, "ratio": 0.8, "spread": 0.004},
                 {"case": "udp64_send", "unit": "packets/s", "intree": 5.123, "netcx": None, "ratio": None, "spread": None, "note": "no link"}]
        text = outcomes.page("netcx_x", "", [], outcomes.comparison(found))
        self.assertIn("| tx_burst1 | instructions/packet | 3000 | 2400 | 0.80 | 0.4% |", text)
        self.assertIn("| udp64_send | packets/s | 5.12 | - | - | - |\n\nudp64_send: no link\n", text)
        self.assertIn("no in-tree driver", "\n".join(outcomes.comparison(None)))
        self.assertIsNone(compare.compare("netcx_x", "rtl8139", "6.1", pathlib.Path("none"), pathlib.Path("none"), 1))

    def test_every_rule_is_explained(self):
        # Lines that begin with it: comments have it elsewhere.
        rules = re.findall(r"^\s+RULE\((\w+)[,)]", (TOP / "include/netcx/netcx_verifier_rules.h").read_text(), re.M)
        page = (TOP / "docs/windows-drivers.md").read_text()
        rows = re.findall(r"^\| (0x[0-9a-f]{2}|) \| `(\w+)` \| (.+) \|$", page, re.M)
        self.assertGreater(len(rules), 80)
        self.assertEqual(sorted(rule for _, rule, _ in rows), sorted(rules))
        subcodes = [subcode for subcode, _, _ in rows if subcode]
        self.assertEqual(subcodes, sorted(set(subcodes)))


if __name__ == "__main__":
    summary.main(verbosity=1)
