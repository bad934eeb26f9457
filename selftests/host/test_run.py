#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""That the test host does not let anything pass that did not: crashes, complaints, tests that did not run.

    test_run.py [SUMMARY]         the file gets "PASSED FAILED SKIPPED"

Boots Debian's 6.1 kernel four times with the in-tree driver, and twice with ours as the README does.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import summary  # noqa: E402

from complaints import Scanner  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
# A guest that does what it should is gone long before; else it sleeps for as long.
LONG = 300


class Guest(unittest.TestCase):
    def boot(self, command, *options):
        """(status, standard output, standard error, seconds)"""
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as log:
            done = subprocess.run([HERE / "run", "--kver", "6.1", "--driver", "e1000e", "--log", log, "--time", str(2 * LONG), *options,
                                   "--", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return done.returncode, done.stdout, done.stderr, time.monotonic() - start

    def test_a_crash_ends_the_run_with_its_trace_first(self):
        status, output, errors, seconds = self.boot(f"echo begun; echo c >/proc/sysrq-trigger; sleep {LONG}; echo ended")
        self.assertEqual(status, 1, errors)
        first, *trace = errors.splitlines()
        self.assertIn("kernel complaint", first)
        self.assertIn("Kernel panic - not syncing: sysrq triggered crash", trace[0])
        self.assertIn("Call Trace:", errors)
        self.assertIn("sysrq_handle_crash", errors)
        self.assertIn("the kernel complained", errors.splitlines()[-1])
        self.assertEqual(output.split(), ["begun"])
        self.assertLess(seconds, LONG)

    def test_a_warning_ends_the_run_while_the_command_hangs(self):
        status, output, errors, seconds = self.boot(
            "echo netcx selftest: some_test >/dev/kmsg; echo WARNING: CPU: 0 PID: 1 at some.c:1 something+0x1/0x2 >/dev/kmsg; "
            f"echo Call Trace: >/dev/kmsg; sleep {LONG}; echo ended")
        self.assertEqual(status, 1, errors)
        first, *trace = errors.splitlines()
        self.assertIn("kernel complaint during some_test", first)
        self.assertIn("WARNING: CPU: 0", trace[0])
        self.assertIn("Call Trace:", trace[1])
        self.assertNotIn("ended", output)
        self.assertLess(seconds, LONG)

    def test_what_is_expected_does_not_end_it_and_the_status_is_the_commands(self):
        status, output, errors, _ = self.boot(
            "for line in 'selftest: expect verifier' 'verifier: a rule was broken' 'selftest: expect nothing'; do "
            "echo netcx $line >/dev/kmsg; done; sleep 3; echo ended; exit 3")
        self.assertEqual((status, output.split()), (3, ["ended"]), errors)
        self.assertNotIn("kernel complaint", errors)

    def test_the_time_limit(self):
        status, _, errors, _ = self.boot(f"sleep {2 * LONG}", "--time", "60")
        self.assertEqual(status, 124, errors)


class Commands(unittest.TestCase):
    """What somebody new types first."""

    def make(self, *arguments, **options):
        done = subprocess.run(["make", "--no-print-directory", "-C", HERE.parent.parent, "KVER=6.1", *arguments], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, **options)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    # A processor of the host that was away for long makes TCP send again what was not lost; a wire that changes the order, hundreds.
    def test_demo_sends_both_ways_and_next_to_nothing_twice(self):
        text = self.make("demo")
        self.assertIn("driver: netcx_e1000e", text)
        retransmits = re.findall(r"[KMG]bits/sec +(\d+) +sender", text)
        self.assertEqual(len(retransmits), 2, text)
        self.assertLess(sum(map(int, retransmits)), 20, text)

    def test_shell_runs_a_script(self):
        self.assertIn("tx_timeouts: 0", self.make("shell", input="ethtool -S nic0 && ip netns exec peer true"))


class Complaints(unittest.TestCase):
    def scan(self, *lines):
        scanner = Scanner("log")
        return scanner, [text for line in lines for text in scanner.line(line)]

    def test_a_trace_is_shown_once(self):
        scanner, shown = self.scan("all is well", "BUG: unable to handle page fault", "Oops: 0002", "Call Trace:", " a_function+0x1/0x2")
        self.assertEqual(scanner.found, 2)
        self.assertEqual([line.strip() for line in shown], [
            "log:2: kernel complaint", "BUG: unable to handle page fault", "Oops: 0002", "Call Trace:", "a_function+0x1/0x2"])

    def test_only_what_is_expected_is_allowed(self):
        allowed, other = "NETDEV WATCHDOG: nic0", "WARNING: CPU: 0 PID: 1 at kernel/softirq.c:1"
        mark = "netcx selftest: expect "
        self.assertEqual(self.scan(mark + "watchdog", allowed, mark + "nothing")[0].found, 0)
        self.assertEqual(self.scan(mark + "watchdog", other)[0].found, 1)
        self.assertEqual(self.scan(mark + "watchdog", mark + "nothing", allowed)[0].found, 1)
        self.assertEqual(self.scan(mark + "anything", allowed)[0].found, 1)


class RunAll(unittest.TestCase):
    """kselftests/run_all.sh, here and with scripts of its own."""

    def run_all(self, **scripts):
        """(status, last line)"""
        with tempfile.TemporaryDirectory() as name:
            directory = pathlib.Path(name)
            for file in ("run_all.sh", "settings"):
                shutil.copy(HERE.parent / "kselftests" / file, directory)
            for script, text in scripts.items():
                (directory / f"{script}.sh").write_text("#!/bin/bash\n" + text)
                (directory / f"{script}.sh").chmod(0o755)
            done = subprocess.run([directory / "run_all.sh", *(f"{script}.sh" for script in scripts)], stdout=subprocess.PIPE, text=True)
        return done.returncode, done.stdout.splitlines()[-1]

    def test_counts(self):
        self.assertEqual(self.run_all(a="echo 1..3; echo ok 1 x; echo ok 2 y '# SKIP no z'; echo not ok 3 z; exit 1", b="echo 1..1; echo ok 1 x"),
                         (1, "# netcx selftests: passed 2 failed 1 skipped 1"))

    def test_nothing_but_skipped_is_not_passed(self):
        self.assertEqual(self.run_all(a="echo '1..0 # SKIP no NIC'; exit 4"), (4, "# netcx selftests: passed 0 failed 0 skipped 1"))

    def test_a_script_that_breaks_off_fails(self):
        for end in ("exit 0", "exit 1", "kill -9 $$"):
            self.assertEqual(self.run_all(a="echo 1..2; echo ok 1 x; " + end), (1, "# netcx selftests: passed 1 failed 1 skipped 0"))

    def test_a_script_without_a_plan_fails(self):
        self.assertEqual(self.run_all(a="exit 0"), (1, "# netcx selftests: passed 0 failed 1 skipped 0"))

    def test_a_script_that_is_not_there_fails(self):
        with tempfile.TemporaryDirectory() as name:
            for file in ("run_all.sh", "settings"):
                shutil.copy(HERE.parent / "kselftests" / file, name)
            done = subprocess.run([f"{name}/run_all.sh", "gone.sh"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (1, "# netcx selftests: passed 0 failed 1 skipped 0"))


class Check(unittest.TestCase):
    """selftests/check.sh, over a Makefile that builds nothing."""

    MAKEFILE = """
layers:
	@echo all is well
check-docs:
	@echo README.md:3: leads nowhere; false
"""
    PARTS = "layers check 1 1 x\ndocs check 1 1 y\nunit all 10 60 z\nimport all 3 10 z\n"

    def check(self, *parts, out="", files=()):
        """Status and lines. The @files are there before; with @out it is all built there."""
        with tempfile.TemporaryDirectory() as name:
            top = pathlib.Path(name)
            (top / "selftests").mkdir()
            shutil.copy(HERE.parent / "check.sh", top / "selftests")
            (top / "selftests" / "parts").write_text(self.PARTS)
            (top / "Makefile").write_text(self.MAKEFILE)
            for path, text in dict(files).items():
                (top / path).parent.mkdir(parents=True, exist_ok=True)
                (top / path).write_text(text)
                (top / path).chmod(0o755)
            done = subprocess.run([top / "selftests" / "check.sh", *parts], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                  env=os.environ | {"NETCX_OUT": out})
            self.assertEqual((top / "out").exists(), not out and done.returncode != 2)
        return done.returncode, done.stdout.splitlines()

    def test_what_failed_is_named_with_its_log(self):
        status, lines = self.check()
        self.assertEqual(status, 1)
        self.assertEqual(lines[-1], "1 passed, 1 failed, 0 skipped")
        at = lines.index("==== docs failed; its log is out/docs/output.log")
        self.assertIn("    README.md:3: leads nowhere", lines[at + 1:])
        self.assertFalse([line for line in lines if line.startswith("==== layers failed")])

    def test_a_part_that_gives_no_result_fails(self):
        status, lines = self.check("layers", "unit")
        self.assertEqual(status, 1)
        self.assertEqual(lines[-1], "1 passed, 1 failed, 0 skipped")

    def test_progress(self):
        lines = self.check("docs", "layers", "unit")[1]
        self.assertEqual([line for line in lines if line.startswith("==== ")][:3], [
            "==== docs (0 of 3 parts and 0 of about 12 tests done; 0 min gone, about 2 left)",
            "==== layers (1 of 3 parts and 1 of about 12 tests done; 0 min gone, about 2 left)",
            "==== unit (2 of 3 parts and 2 of about 12 tests done; 0 min gone, about 1 left)"])

    def test_built_elsewhere(self):
        with tempfile.TemporaryDirectory() as out:
            status, lines = self.check("docs", out=out)
            self.assertIn(f"==== docs failed; its log is {out}/docs/output.log", lines)
            self.assertIn("README.md:3", pathlib.Path(out, "docs", "output.log").read_text())

    def test_a_test_that_is_killed_does_not_pass_by_an_older_result(self):
        nothing = "#!/bin/sh\n"
        status, lines = self.check("import", files={
            "selftests/host/packages.sh": nothing, "selftests/host/kernel.sh": nothing, "out/import/reading.summary": "5 0 0\n",
            "selftests/import/test_reading.py": nothing + "kill -9 $$\n", "selftests/import/test_building.py": nothing + 'echo 1 0 0 >"$1"\n'})
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed, 0 skipped"), lines)

    def test_a_part_that_there_is_not(self):
        status, lines = self.check("nonsense")
        self.assertEqual(status, 2)
        self.assertIn("no part 'nonsense'; there are: layers docs unit import", lines[0])


class Summary(unittest.TestCase):
    """kselftests.sh, with a "run" that says what a guest would."""

    def kselftests(self, output, status):
        with tempfile.TemporaryDirectory() as name:
            host = pathlib.Path(name) / "selftests" / "host"
            host.mkdir(parents=True)
            shutil.copy(HERE / "kselftests.sh", host)
            (host / "run").write_text("#!/bin/bash\nwhile [ $1 != --log ]; do shift; done; mkdir -p $2\n"
                                      f"cat <<'END' >$2/output.log\n{output}\nEND\nexit {status}\n")
            (host / "run").chmod(0o755)
            done = subprocess.run([host / "kselftests.sh", "--summary", f"{name}/summary", "--sim", "6.1"],
                                  stdout=subprocess.PIPE, text=True, env=os.environ | {"NETCX_OUT": ""})
            return done.returncode, pathlib.Path(name, "summary").read_text().strip(), done.stdout

    def test_all_passed(self):
        self.assertEqual(self.kselftests("# netcx selftests: passed 5 failed 0 skipped 1", 0)[:2], (0, "5 0 1"))

    def test_a_guest_that_dies_says_what_did_not_run(self):
        status, summary, text = self.kselftests(
            "# netcx selftests: to run: a.sh b.sh c.sh\n# selftests: netcx: a.sh\nok 1 x\n# selftests: netcx: b.sh\nok 1 y # SKIP no z\nok 2 z", 1)
        self.assertEqual((status, summary), (1, "2 1 1"))
        self.assertIn("ended with status 1 in b.sh; not run: c.sh", text)

    def test_a_complaint_after_the_last_test_fails(self):
        self.assertEqual(self.kselftests("# netcx selftests: passed 5 failed 0 skipped 1", 1)[:2], (1, "5 1 1"))

    def test_nothing_but_skipped_is_no_success(self):
        self.assertEqual(self.kselftests("# netcx selftests: passed 0 failed 0 skipped 1", 4)[:2], (1, "0 1 1"))


if __name__ == "__main__":
    summary.main(verbosity=2)
