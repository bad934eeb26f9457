#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""That figures are read, subtracted, divided and written right, from logs that are written here.

    test_bench.py [SUMMARY]       the file gets "PASSED FAILED SKIPPED"
"""

import base64
import gzip
import json
import pathlib
import sys
import tempfile
import unittest
from xml.etree import ElementTree

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import summary  # noqa: E402

import alone  # noqa: E402
import counted  # noqa: E402
import functions  # noqa: E402
import nics  # noqa: E402
import picture  # noqa: E402
import results  # noqa: E402
import throughput  # noqa: E402
from results import Figures  # noqa: E402

KEYS = ["nic", "case", "metric", "unit", "intree", "netcx", "ratio", "intree_range", "netcx_range", "runs", "spread"]

GUEST = """\
some driver talks
bench window nic0 0x1000 0x1fff
bench window nic1 0x3000 0x3fff
bench run peer_sends 1 100 100 70000 1 2
bench run peer_sends 2 100 100 72000 1 2
bench run xdp_drop 1 100 100 121000 30 40
bench run xdp_drop 2 100 100 131000 32 40
bench note xdp_drop generic XDP
bench run txrx_burst1 1 100 100 700000 10 20
bench run tcp_bulk 1 1448000 1000 2896000 10 20
bench run tx_burst1 1 100 100 345000 0 0
bench cannot tx_burst1 the link went down
bench done
"""

TRACE = b"""\
memory_region_ops_write cpu 0 mr 0x55 addr 0x1018 value 0xb size 4 name 'nic-mmio'
memory_region_ops_write cpu 0 mr 0x55 addr 0x1fff value 0xb size 1 name 'nic-mmio'
memory_region_ops_read cpu 0 mr 0x55 addr 0x3000 value 0xb size 4 name 'nic-mmio'
memory_region_ops_write cpu 0 mr 0x66 addr 0x2000 value 0x0 size 4 name 'apic-msi'
memory_region_ops_write cpu 0 mr 0x55 addr 0x3ffc value 0xb size 4 name 'nic-mmio'
something else
"""

TRANSLATION = """\
[    3.1] netcx_translation: tx_60 412
[    3.2] netcx_translation: rx_60 cannot: work == BATCH
"""

THROUGHPUT = """\
bench rate e1000e tcp_send_1 500
bench rate netcx_e1000e tcp_send_1 550
bench rate e1000e tcp_send_1 400
bench rate netcx_e1000e tcp_send_1 560
bench rate e1000e tcp_send_1 510
bench rate netcx_e1000e tcp_send_1 530
bench cannot netcx_e1000e udp64_send iperf3: no route
bench rate e1000e udp64_send 30000
"""

SYMBOLS = """\
ffffffff81000000 T first
ffffffff81000100 t second
ffffffff81000180 D data
ffffffffc0000000 t third\t[module]
"""

EXECUTED = """\
----------------
IN: first
0xffffffff81000010:  90                       nop
0xffffffff81000011:  48 b8 00 00 00 00 00 00  movabsq  $0, %rax
0xffffffff81000019:  00 00
0xffffffff8100001b:  c3                       retq

Trace 0: 0x7f0000000100 [00000000/ffffffff81000010/0040c0b0/ff022200] first
----------------
IN: third
0xffffffffc0000000:  f3 a4                    rep movsb (%rsi), %es:(%rdi)

Trace 0: 0x7f0000000200 [00000000/ffffffffc0000000/0040c0b0/ff022200] third
Trace 0: 0x7f0000000100 [00000000/ffffffff81000010/0040c0b0/ff022200] first
Stopped execution of TB chain before 0x7f0000000100 [ffffffff81000010] first
Trace 0: 0x7f0000000200 [00000000/ffffffffc0000000/0040c0b0/ff022200] third
"""


def case(name):
    return next(case for case in counted.CASES if case.name == name)


class Guest(unittest.TestCase):
    def setUp(self):
        self.measured = counted.parse_output(GUEST)

    def test_runs_windows_and_the_end(self):
        self.assertTrue(self.measured.complete)
        self.assertEqual(self.measured.windows, [(0x1000, 0x1FFF), (0x3000, 0x3FFF)])
        self.assertEqual([run.instructions for run in self.measured.runs["peer_sends"]], [70000, 72000])

    def test_a_case_that_broke_off_has_no_figure(self):
        figures = counted.instructions(self.measured, case("tx_burst1"))
        self.assertEqual((figures.values, figures.reason), ([], "the link went down"))

    def test_a_case_nobody_ran_has_no_figure(self):
        self.assertEqual(counted.instructions(self.measured, case("udp64")).reason, "no result")

    def test_the_senders_part_is_taken_off(self):
        figures = counted.instructions(self.measured, case("xdp_drop"))
        self.assertEqual(figures.values, [1210 - 710, 1310 - 710])
        self.assertEqual((figures.median, figures.note), (550, "generic XDP"))

    def test_without_the_senders_part_there_is_no_figure(self):
        del self.measured.runs["peer_sends"]
        self.measured.reasons["peer_sends"] = "no pktgen"
        figures = counted.instructions(self.measured, case("xdp_drop"))
        self.assertEqual((figures.values, figures.reason), ([], "peer_sends: no pktgen"))

    def test_bytes_and_packets(self):
        self.assertEqual(counted.instructions(self.measured, case("tcp_bulk")).values, [2.0])
        self.assertEqual(counted.per_packets(self.measured, case("tcp_bulk"), "interrupts").values, [30.0])

    def test_interrupts_of_both_nics_or_of_the_receiver(self):
        self.assertEqual(counted.per_packets(self.measured, case("txrx_burst1"), "interrupts").values, [300.0])
        self.assertEqual(counted.per_packets(self.measured, case("xdp_drop"), "interrupts").values, [300.0, 320.0])

    def test_accesses_by_nic(self):
        self.assertEqual(counted.count_accesses(TRACE.splitlines(), self.measured.windows), ([0, 1], [2, 1]))

    def test_accesses_while_the_host_is_spoken_with_do_not_count(self):
        begun = b"memory_region_ops_read cpu 0 mr 0x77 addr 0x2f8 value 0x6f size 1 name 'serial'\n"
        ends = begun.replace(b"ops_read", b"ops_write")
        status = begun.replace(b"0x2f8", b"0x2fd")
        trace = TRACE + begun * 3 + status + TRACE * 2 + ends + TRACE
        self.assertEqual(counted.count_accesses(trace.splitlines(), self.measured.windows), ([0, 2], [4, 2]))

    def test_recorded_files_are_subtracted_and_removed(self):
        with tempfile.TemporaryDirectory() as name:
            directory = pathlib.Path(name)
            (directory / "tcp_bulk.1").write_bytes(TRACE * 3)
            (directory / "tcp_bulk.1.less").write_bytes(TRACE)
            counted.add_accesses(self.measured, directory)
            self.assertEqual(list(directory.iterdir()), [])
        self.assertEqual(counted.per_packets(self.measured, case("tcp_bulk"), "writes").values, [6.0])
        self.assertEqual(counted.per_packets(self.measured, case("tcp_bulk"), "reads").values, [2.0])


class Boots(unittest.TestCase):
    """A host that hands out outputs in turn."""

    class Host:
        def __init__(self, directory, *outputs):
            self.directory = directory
            self.outputs = list(outputs)
            self.commands = []

        def boot(self, options, driver, peer_driver, env, command):
            self.commands.append(command)
            text, status = self.outputs.pop(0)
            (self.directory / "output.log").write_text(text)
            return self.directory, status

    def measure(self, names, *outputs):
        with tempfile.TemporaryDirectory() as name:
            host = self.Host(pathlib.Path(name), *outputs)
            return counted.measure(host, "a", "b", names, 2, False), host.commands

    def test_the_case_that_ended_the_guest_is_left_out(self):
        measured, commands = self.measure(
            ["x", "y", "z"],
            ("bench window nic0 0x0 0x1\nbench run x 1 1 1 5 0 0\nbench run x 2 1 1 5 0 0\nbench run y 1 1 1 6 0 0\n", 124),
            ("bench window nic0 0x0 0x1\nbench run z 1 1 1 7 0 0\nbench run z 2 1 1 7 0 0\nbench done\n", 0))
        self.assertEqual(commands, ["/bench/instructions.sh x y z", "/bench/instructions.sh z"])
        self.assertEqual(sorted(measured.runs), ["x", "z"])
        self.assertIn("status 124", measured.reasons["y"])

    def test_a_guest_that_does_not_begin_is_not_booted_again(self):
        measured, commands = self.measure(["x", "y"], ("", 125))
        self.assertEqual((len(commands), sorted(measured.reasons)), (1, ["x", "y"]))

    def test_a_complaining_kernel_is_told_of(self):
        measured, _ = self.measure(["x"], ("bench window nic0 0x0 0x1\nbench run x 1 1 1 5 0 0\nbench run x 2 1 1 5 0 0\nbench done\n", 1))
        self.assertIn("status 1", measured.notes["x"])


class Results(unittest.TestCase):
    def test_ratio_is_of_the_medians_and_spread_the_greater_one(self):
        entry = results.result("n", "c", "m", "u", Figures([100, 200, 110]), Figures([55, 50, 60]))
        self.assertEqual(list(entry), KEYS)
        self.assertEqual((entry["intree"], entry["netcx"], entry["ratio"], entry["runs"]), (110, 55, 0.5, 3))
        self.assertAlmostEqual(entry["spread"], 100 / 110, places=4)

    def test_what_is_missing_is_null_and_says_why(self):
        entry = results.result("n", "c", "m", "u", Figures([100]), Figures(reason="no XDP"))
        self.assertEqual((entry["netcx"], entry["ratio"], entry["runs"], entry["note"]), (None, None, 0, "netcx: no XDP"))

    def test_nothing_divides_by_zero(self):
        entry = results.result("n", "c", "m", "u", Figures([0]), Figures([0]))
        self.assertEqual((entry["intree"], entry["netcx"], entry["ratio"], entry["spread"]), (0, 0, None, None))

    def test_without_a_counterpart(self):
        entry = results.result("n", "c", "m", "u", None, Figures([3, 3]))
        self.assertEqual((entry["intree"], entry["netcx"], entry["ratio"], entry["runs"]), (None, 3, None, 2))
        self.assertNotIn("note", entry)

    def test_json_and_table(self):
        entries = [results.result("n", "c", "m", "u", Figures([4]), Figures([2])),
                   results.result("n", "d", "m", "u", Figures([4]), Figures(reason='a "quoted" reason'))]
        with tempfile.TemporaryDirectory() as name:
            path = pathlib.Path(name) / "bench.json"
            results.write_json(entries, path)
            self.assertEqual(json.loads(path.read_text()), entries)
            results.write_json([], path)
            self.assertEqual(json.loads(path.read_text()), [])
        table = results.table(entries)
        self.assertRegex(table, r"c +4 +2 +0\.50")
        self.assertRegex(table, r"d +4 +- +-")
        self.assertIn("netcx: a \"quoted\" reason", table)


class Picture(unittest.TestCase):
    """Every name in it as it is, every figure that there is, and which of them are good."""

    NAMES = ("tx_burst1", "xdp_drop", "udp64_a<b>_c", "tcp_send_1", "rx_3_fragments")

    def setUp(self):
        burst, drop, odd, send, alone_ = self.NAMES
        self.entries = [
            results.result("n", burst, "instructions", "instructions/packet", Figures([100, 102]), Figures([80, 81])),
            results.result("n", drop, "instructions", "instructions/packet", Figures([100]), Figures([150])),
            results.result("n", odd, "instructions", "instructions/packet", Figures([100]), Figures(reason="no XDP & no socket")),
            results.result("n", send, "throughput", "Mbit/s", Figures([400, 500]), Figures([800, 900])),
            results.result("none", alone_, "translation alone", "instructions/packet", None, Figures([300])),
        ]

    def texts(self, entries):
        return [element.text for element in ElementTree.fromstring(picture.picture(entries)).iter("{http://www.w3.org/2000/svg}text")]

    def test_every_case_is_named_in_full_and_in_one_piece(self):
        texts = self.texts(self.entries)
        for name in self.NAMES:
            self.assertEqual(texts.count(name), 1)
        # Half of a name would be a text of its own, smaller and lower.
        self.assertNotIn("tspan", picture.picture(self.entries))
        self.assertNotIn("baseline-shift", picture.picture(self.entries))

    def test_figures_of_both_ratio_and_reasons(self):
        texts = self.texts(self.entries)
        for text in ("101", "80.5", "0.80", "1.50", "450", "850", "1.89", "300", "netcx: no XDP & no socket"):
            self.assertIn(text, texts)

    def test_units_are_words(self):
        texts = " ".join(self.texts(self.entries))
        self.assertIn("Guest instructions per packet, less is better", texts)
        self.assertIn("Throughput: megabits per second, more is better", texts)

    def test_ahead_is_on_the_left_whichever_way_is_better(self):
        self.assertEqual([picture.verdict(entry) for entry in self.entries], ["ahead", "behind", None, "ahead", None])
        self.assertLess(picture.comparison(self.entries[3])[0], 1)

    def test_what_the_runs_differ_by_is_no_verdict(self):
        entry = results.result("n", "c", "throughput", "Mbit/s", Figures([400, 600]), Figures([520]))
        self.assertEqual(picture.verdict(entry), "even")

    def test_the_numbers_of_ahead_and_behind(self):
        texts = self.texts(self.entries)
        for text in ("2 ahead", "0 even", "1 behind"):
            self.assertIn(text, texts)

    def test_nics_are_named_where_there_are_several(self):
        again = [entry | {"nic": "other"} for entry in self.entries[:1]]
        self.assertIn("other tx_burst1", self.texts(self.entries + again))

    def test_all_that_can_be_measured_has_words_for_its_unit(self):
        for unit in [*(f"instructions/{case.per}" for case in counted.CASES), "per 1000 packets", "Mbit/s", "packets/s", "ns/packet"]:
            self.assertIn(unit, picture.WORDS)

    def test_nothing_measured_is_no_picture(self):
        with tempfile.TemporaryDirectory() as name:
            path = pathlib.Path(name) / "bench.svg"
            self.assertTrue(picture.draw(self.entries, path))
            self.assertFalse(picture.draw([], path))
            self.assertFalse(path.exists())


class Others(unittest.TestCase):
    def test_throughput(self):
        rates, reasons = throughput.parse_output(THROUGHPUT)
        self.assertEqual(rates["e1000e", "tcp_send_1"], [500, 400, 510])
        self.assertEqual(reasons["netcx_e1000e", "udp64_send"], "iperf3: no route")

    def test_throughput_results(self):
        with tempfile.TemporaryDirectory() as name:
            host = Boots.Host(pathlib.Path(name), (THROUGHPUT, 0))
            tcp, udp = throughput.bench(host, nics.Nic("n", "m", "e1000e", "netcx_e1000e"), ["tcp_send_1", "udp64_send"], 3)
        self.assertEqual((tcp["ratio"], tcp["runs"], tcp["unit"]), (1.1, 3, "Mbit/s"))
        self.assertEqual((udp["netcx"], udp["ratio"], udp["note"]), (None, None, "netcx: iperf3: no route"))

    def test_translation(self):
        (tx, tx_figures), (rx, rx_figures) = alone.parse_translation(TRANSLATION)
        self.assertEqual((tx, tx_figures.values, rx, rx_figures.reason), ("tx_60", [412], "rx_60", "work == BATCH"))

    def test_iterators(self):
        entry = {"name": "walk/4", "run_type": "iteration", "cpu_time": 2.5}
        text = json.dumps({"benchmarks": [entry, entry | {"cpu_time": 3.5}, entry | {"run_type": "aggregate"},
                                          entry | {"name": "bad", "error_occurred": True}]})
        self.assertEqual(alone.parse_iterators(text), {"walk_4": [2.5, 3.5]})

    def test_iterators_are_built_and_timed(self):
        with tempfile.TemporaryDirectory() as name:
            entries = alone.iterators(pathlib.Path(name), repetitions=1)
        self.assertGreater(len(entries), 2)
        for entry in entries:
            self.assertIsNotNone(entry["netcx"], entry)

    def test_every_nic_is_found(self):
        for nic in nics.NICS:
            self.assertEqual(nics.find(nic.name), nic)
        self.assertRaises(LookupError, nics.find, "nothing")

    def test_cases_are_well_formed(self):
        names = [case.name for case in counted.CASES] + list(throughput.CASES)
        self.assertEqual(len(names), len(set(names)))
        for entry in counted.CASES:
            self.assertIn(entry.per, ("packet", "byte"))
            self.assertEqual(entry.peer == "intree", bool(entry.base))

    def test_the_guest_has_every_case(self):
        script = (pathlib.Path(__file__).parent / "guest" / "instructions.sh").read_text()
        for entry in counted.CASES:
            for name in filter(None, (entry.name, entry.base)):
                self.assertIn(f"case_{name}() ", script)


class Profile(unittest.TestCase):
    def test_instructions_by_function(self):
        blocks = functions.Blocks()
        symbols = functions.Symbols(SYMBOLS.splitlines())
        found = functions.by_function(blocks.count(EXECUTED.splitlines(keepends=True)), symbols)
        # The first block has three instructions and was entered twice, but left before it began the second time.
        self.assertEqual(dict(found), {"first": 3, "third [module]": 2})
        self.assertEqual(blocks.unknown, 0)

    def test_blocks_are_remembered_and_unknown_ones_counted(self):
        blocks = functions.Blocks()
        blocks.count(EXECUTED.splitlines(keepends=True))
        again = ["Trace 0: 0x7f0000000100 [00000000/ffffffff81000010/0/0] first\n", "Trace 0: 0x99 [0/ffffffff81000100/0/0] second\n"]
        self.assertEqual(blocks.count(again), {"ffffffff81000010": 3, "ffffffff81000100": 0})
        self.assertEqual(blocks.unknown, 1)

    def test_a_whole_profile(self):
        packed = base64.encodebytes(gzip.compress(SYMBOLS.encode())).decode()
        text = f"bench run tx_burst1 1 2 2 10 0 0\nbench done\nbench symbols\n{packed}bench end\n"
        with tempfile.TemporaryDirectory() as name:
            directory = pathlib.Path(name)
            (directory / "tx_burst1.1").write_text(EXECUTED)
            total, measured, unknown = functions.profile(directory, case("tx_burst1"), text)
        self.assertEqual((dict(total), measured, unknown), ({"first": 1.5, "third [module]": 1.0}, 5.0, 0))
        self.assertIn("60.0%  first", functions.table(total, measured, 1))
        self.assertIn("40.0%  (all others)", functions.table(total, measured, 1))


if __name__ == "__main__":
    summary.main(verbosity=1)
