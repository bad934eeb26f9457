#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""That a command in the test host's root is as it would be outside, and that kernels have their names.

    test_inside.py [SUMMARY]      the file gets "PASSED FAILED SKIPPED"

Makes the root if it is not there yet.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import summary  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent


def run(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, **options)


class Inside(unittest.TestCase):
    def inside(self, *command, **options):
        return run(HERE / "inside", *command, **options)

    def test_it_is_debian_13_with_its_backports(self):
        done = self.inside("sh", "-c", ". /etc/os-release; echo $VERSION_CODENAME; cat /etc/apt/sources.list")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.split()[0], "trixie")
        self.assertIn("trixie-backports", done.stdout)

    def test_status_arguments_input_and_environment_are_the_commands(self):
        done = self.inside("bash", "-c", 'cat; echo "$A_VARIABLE" "$#" "$1" "$2"; exit 7', "bash", "one of 'two'", "$two", input="input\n",
                           env=os.environ | {"A_VARIABLE": "its value"})
        self.assertEqual((done.returncode, done.stdout), (7, "input\nits value 2 one of 'two' $two\n"), done.stderr)

    def test_a_command_that_is_not_there(self):
        self.assertEqual(self.inside("no-such-command").returncode, 127)

    def test_a_signal_reaches_the_command(self):
        with subprocess.Popen([HERE / "inside", "bash", "-c", "trap 'echo caught; exit 3' TERM; echo ready; while :; do sleep 0.1; done"],
                              stdout=subprocess.PIPE, text=True) as process:
            self.assertEqual(process.stdout.readline(), "ready\n")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.stdout.read(), "caught\n")
            self.assertEqual(process.wait(), 3)

    def test_folders_are_at_their_own_paths_and_no_mount_is_left(self):
        before = pathlib.Path("/proc/self/mountinfo").read_text().count("\n")
        with tempfile.TemporaryDirectory(dir="/var/tmp") as name, tempfile.NamedTemporaryFile() as shared:
            folder = pathlib.Path(name, "with a space")
            folder.mkdir()
            done = self.inside("--bind", folder, "bash", "-c", 'test -x "$1/selftests/host/inside" && test -e "$2" && echo from inside >"$3/file"',
                               "bash", TOP, shared.name, folder)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((folder / "file").read_text(), "from inside\n")
            self.assertEqual(self.inside("pwd", cwd=folder).stdout, f"{folder}\n")
        self.assertEqual(pathlib.Path("/proc/self/mountinfo").read_text().count("\n"), before)

    def test_who_is_inside_stays_there(self):
        done = self.inside(HERE / "inside", "--for", "7.3", "sh", "-c", "cat /etc/netcx-root")
        self.assertIn("NetCx", done.stdout, done.stderr)
        self.assertEqual(self.inside(HERE / "inside", "--needed", "7.3").returncode, 1)

    def test_two_that_want_the_root_at_once(self):
        start = time.monotonic()
        processes = [subprocess.Popen([HERE / "root.sh"], stdout=subprocess.PIPE, text=True) for _ in range(2)]
        paths = {process.communicate()[0] for process in processes}
        self.assertEqual(len(paths), 1)
        self.assertLess(time.monotonic() - start, 600)

    def test_where_it_is_needed(self):
        here = dict(line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line)
        bookworm = here.get("VERSION_CODENAME") == "bookworm" and here["ID"] == "debian"
        environment = {name: value for name, value in os.environ.items() if name != "NETCX_ROOT"}
        for kver in ("tools", "6.1", "6.12", "debug"):
            self.assertEqual(self.inside("--needed", kver, env=environment).returncode, 1 if bookworm else 0, kver)
            self.assertEqual(self.inside("--needed", kver, env=environment | {"NETCX_ROOT": "always"}).returncode, 0, kver)
        for kver in ("7.2", "7.3", "6.1-rt", "6.12-cloud", "6.12-arm64", "debug-7.3", "debug-rt"):
            self.assertEqual(self.inside("--needed", kver, env=environment).returncode, 0, kver)


class Names(unittest.TestCase):
    # Shaped as Debian's archive has them.
    ARCHIVE = ("6.1.0-57-amd64 6.1.0-57-cloud-amd64 6.1.0-57-rt-amd64 6.1.0-9-amd64 6.1.0-57-common 6.12-amd64 6.12.99+deb13-amd64 "
               "6.12.118+deb13-amd64 6.12.118+deb13-rt-amd64 6.12.118+deb12-amd64 6.12.118+deb13-common-rt 7.3.4+deb13-amd64 "
               "7.3.12+deb13-amd64 7.3.13+deb13-rt-amd64 7.3.12+deb13-rt-amd64 7.3.12+deb13-cloud-amd64 7.3.11+deb13-arm64 "
               "7.3.13+deb13-rt-arm64 7.3.12+deb13-common")

    def bash(self, script, *arguments):
        return run("bash", "-c", f"here={HERE}; . $here/kver.sh; . $here/archive_kernel.sh; {script}", "test", *arguments)

    def test_parts_of_a_name(self):
        for kver, parts in {"6.1": "debian 6.1 - amd64", "6.12-rt": "debian 6.12 rt amd64", "7.3-cloud-arm64": "debian 7.3 cloud arm64",
                            "7.2-riscv64": "debian 7.2 - riscv64", "debug": "debug 6.1 - amd64", "debug-7.3": "debug 7.3 - amd64",
                            "debug-rt": "debug 7.3 rt amd64"}.items():
            done = self.bash('parse_kver "$1" && echo $kind $series ${flavour:--} $arch', kver)
            self.assertEqual(done.stdout.strip(), parts, done.stderr)

    def test_names_of_no_kernel_are_refused_in_one_line(self):
        for kver in ("6", "6.11", "7.3-", "7.3-fast", "7.3-arm64-rt", "debug-6.12", "-rt", "7.3-rt-cloud"):
            done = self.bash('parse_kver "$1"', kver)
            self.assertNotEqual(done.returncode, 0, kver)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn(f"KVER={kver}:", done.stderr)

    def test_the_newest_of_exactly_that_kernel(self):
        archive = "apt-cache() { printf 'linux-headers-%s\\n' " + self.ARCHIVE + "; }; "
        for kver, release in {"6.1": "6.1.0-57-amd64", "6.1-rt": "6.1.0-57-rt-amd64", "6.1-cloud": "6.1.0-57-cloud-amd64",
                              "6.12": "6.12.118+deb13-amd64", "6.12-rt": "6.12.118+deb13-rt-amd64", "7.3": "7.3.12+deb13-amd64",
                              "7.3-rt": "7.3.13+deb13-rt-amd64", "7.3-arm64": "7.3.11+deb13-arm64", "7.3-cloud-arm64": "", "7.2": ""}.items():
            done = self.bash(archive + 'parse_kver "$1" && newest_release', kver)
            self.assertEqual((done.returncode, done.stdout.strip()), (0, release), done.stderr)


if __name__ == "__main__":
    summary.main(verbosity=2)
