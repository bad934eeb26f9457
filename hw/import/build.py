# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Builds netcx.ko and an imported driver for a kernel, and says what a driver that does not build lacks."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import missing as missings


def make(arguments, log=None, **environment):
    """make's exit status; its output goes to the log, or is shown if it fails."""
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "O")}
    done = subprocess.run(["make", "--no-print-directory", f"-j{os.cpu_count()}", *arguments], env={**env, "LC_ALL": "C", **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = done.stdout.decode(errors="replace")
    if log:
        log.write_text(output)
    elif done.returncode:
        print("\n".join(output.splitlines()[-20:]), file=sys.stderr)
    return done.returncode, output


def symbols(objects):
    """Of each object: (defined, undefined) symbols, as the linker knows them."""
    found = {}
    for path in objects:
        done = subprocess.run(["nm", "--format=posix", str(path)], stdout=subprocess.PIPE, text=True, check=True)
        lines = [line.split()[:2] for line in done.stdout.splitlines()]
        found[path] = ({name for name, kind in lines if kind not in "Uwv"}, {name for name, kind in lines if kind == "U"})
    return found


def exported(*tables):
    """What the kernel and netcx.ko export: the second column of Module.symvers."""
    return {line.split("\t")[1] for table in tables if table.is_file() for line in table.read_text().splitlines() if "\t" in line}


def demangled(name):
    done = subprocess.run(["c++filt", name], stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout.strip() or name


class Build:
    def __init__(self, driver, tree, folder, kdir, top, out):
        self.driver, self.tree, self.folder, self.kdir, self.top, self.out = driver, tree, folder, pathlib.Path(kdir), top, out
        self.log = folder / "build.log"
        self.netcx = out / folder.name
        self.real = {place: path for path, place in tree.places.items()}
        self.missing = missings.Missing(self.called)

    def called(self, path):
        """What the driver's author calls a file of the tree."""
        path = os.path.normpath(path)
        if path.startswith(f"{self.folder}/"):
            path = path[len(str(self.folder)) + 1:]
        path = re.sub(r"\.o$", "", path)
        real = self.real.get(path)
        return os.path.relpath(real, self.driver.folder) if real else path.replace(f"{self.top}/", "")

    def compile(self, flags=""):
        return make(["-k", "-C", str(self.kdir), f"M={self.folder}", f"KBUILD_EXTRA_SYMBOLS={self.netcx / 'Module.symvers'}",
                     f"NETCX_IMPORT_FLAGS={flags}", "modules"], self.log)

    def find_missing(self, output):
        """All names: where a header is missing, the compiler looks no further, so an empty one takes its place and it looks again."""
        self.missing.read(output)
        placeholders = self.folder / "placeholders"
        shutil.rmtree(placeholders, ignore_errors=True)
        while True:
            headers = [name for name in self.missing.names[missings.HEADER] if not (placeholders / name).exists()]
            headers = [name for name in headers if not os.path.isabs(name) and ".." not in pathlib.PurePath(name).parts]
            if not headers:
                return
            for name in headers:
                path = placeholders / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("")
            log = self.log
            self.log = self.folder / "placeholders.log"
            _, output = self.compile(f"-idirafter {placeholders}")
            self.log = log
            self.missing.read(output)

    def find_undefined(self):
        """Symbols that no object, and no module it may use, defines: only known when everything has compiled."""
        objects = [self.folder / f"{self.tree.place(source.path)}.o" for source in self.driver.sources]
        if self.missing.found_any() or not all(path.is_file() for path in objects):
            return
        found = symbols(objects + [self.folder / "linux_module.o"])
        known = exported(self.kdir / "Module.symvers", self.netcx / "Module.symvers").union(*(defined for defined, _ in found.values()))
        # These are the linker's and the module loader's.
        known |= {"__this_module", "_GLOBAL_OFFSET_TABLE_"}
        for path, (_, wanted) in found.items():
            for name in sorted(wanted - known):
                self.missing.undefined(demangled(name), str(path))

    def report(self, output):
        if self.missing.count():
            print(f"netcx_{self.driver.name} does not build: it wants {self.missing.count()} names that are not there", file=sys.stderr)
        else:
            print(f"netcx_{self.driver.name} does not build", file=sys.stderr)
        table = self.missing.table()
        if table:
            print(table, file=sys.stderr)
        text = re.sub(re.escape(str(self.folder)) + r"/(source/[^\s:]+)", lambda match: self.called(match.group(1)), output)
        lines = missings.errors(text)
        if lines:
            print("\nthe compiler's errors:", *lines, sep="\n", file=sys.stderr)
        print(f"all of its output: {self.log}", file=sys.stderr)

    def run(self):
        module = self.folder / f"netcx_{self.driver.name}.ko"
        link = self.folder / "netcx.ko"
        for path in (module, link):
            if os.path.lexists(path):
                path.unlink()
        status, _ = make(["-C", str(self.top), "modules-only", f"KDIR={self.kdir}"], NETCX_OUT=str(self.out))
        if status:
            print("netcx-import: netcx.ko does not build", file=sys.stderr)
            return 1
        status, output = self.compile()
        if status or not module.is_file():
            self.find_missing(output)
            self.find_undefined()
            self.report(output)
            return 1
        # Both in one folder, for the test host and for insmod.
        link.symlink_to(self.netcx / "netcx.ko")
        print(f"built {os.path.relpath(module)}")
        return 0


def build(driver, tree, folder, kdir, top, out):
    return Build(driver, tree, folder, kdir, top, out).run()
