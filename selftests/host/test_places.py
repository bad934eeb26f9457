#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""That the modules can be built wherever the checkout is and whoever builds them.

    test_places.py [SUMMARY]      the file gets "PASSED FAILED SKIPPED"

Builds the modules once, for Debian's 6.1 kernel, in the most awkward of all places.
"""

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
# What is not built, which may be much.
SOURCES = ("Kbuild", "Makefile", "hw", "include", "module", "selftests")


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    return done.returncode, done.stdout


def environment(**more):
    """That of somebody who types make: without what a make above this has told its own."""
    return {name: value for name, value in os.environ.items()
            if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "NETCX_OUT", "O", "KDIR")} | more


class Places(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # Everybody may look into it.
        self.folder = pathlib.Path(folder.name)
        self.folder.chmod(0o755)
        self.checkout = self.folder / "a checkout of mine"
        self.checkout.mkdir()
        for name in SOURCES:
            source = TOP / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, self.checkout / name)

    def test_a_path_with_spaces_a_source_that_cannot_be_written_and_an_ordinary_user(self):
        status, kdir = run(HERE / "kernel.sh", "6.1", "kdir")
        self.assertEqual(status, 0, kdir)
        out = self.folder / "out"
        out.mkdir()
        user = []
        if os.getuid() == 0:
            shutil.chown(out, "nobody", "nogroup")
            user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        else:
            run("chmod", "-R", "a-w", self.checkout)
            self.addCleanup(run, "chmod", "-R", "u+w", self.checkout)
        before = sorted(self.checkout.rglob("*"))
        status, text = run(*user, HERE / "inside", "--for", "6.1", "make", "-C", self.checkout, f"O={out}", f"KDIR={kdir.strip()}",
                           env=environment(HOME="/nonexistent"))
        self.assertEqual(status, 0, text)
        self.assertEqual(sorted(path.name for path in out.glob("*/netcx*.ko")), ["netcx.ko", "netcx_e1000e.ko", "netcx_sim.ko"], text)
        self.assertEqual(sorted(self.checkout.rglob("*")), before)

    def test_a_path_with_spaces_has_its_out_folder_in_the_cache(self):
        cache = self.folder / "cache"
        status, text = run("make", "-C", self.checkout, "layers", env=environment(NETCX_CACHE=str(cache)))
        self.assertEqual(status, 0, text)
        out = (self.checkout / "out").resolve()
        self.assertEqual(out.parent, cache.resolve())
        self.assertEqual((out / "checkout").resolve(), self.checkout.resolve())
        status, text = run("make", "-n", "-C", self.checkout, "import", "DRIVER=x", env=environment(NETCX_CACHE=str(cache)))
        self.assertEqual(status, 0, text)
        self.assertIn(f"--top {out}/checkout --out {out} ", text)
        status, text = run("make", "-C", self.checkout, "clean", env=environment(NETCX_CACHE=str(cache)))
        self.assertEqual(status, 0, text)
        self.assertFalse(out.exists() or (self.checkout / "out").is_symlink())

    def test_a_folder_to_build_in_with_spaces_is_refused(self):
        status, text = run("make", "-C", self.checkout, "layers", f"O={self.folder}/an out of mine", env=environment())
        self.assertNotEqual(status, 0)
        self.assertIn("space in its path", text)
        for name in ("KDIR", "DESTDIR", "PREFIX", "LIBDIR"):
            status, text = run("make", "-C", self.checkout, "layers", f"O={self.folder}/out", f"{name}=/some where", env=environment())
            self.assertNotEqual(status, 0)
            self.assertIn(f"there is a space in {name}='/some where'", text)


if __name__ == "__main__":
    summary.main(verbosity=2)
