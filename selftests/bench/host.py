# SPDX-License-Identifier: GPL-2.0-only
"""The test host, as the benchmarks use it."""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


class Host:
    def __init__(self, nic, kver, logs, limit, modules=None):
        """@modules: the folder of the drivers that are not in-tree, if it is not the usual one."""
        self.nic = nic
        self.modules = ["--modules", modules] if modules else []
        self.kver = kver
        self.logs = pathlib.Path(logs)
        shutil.rmtree(self.logs, ignore_errors=True)
        self.limit = limit
        self.boots = 0

    def boot(self, options, driver, peer_driver, env, command):
        """Runs a command of the guest; the directory of its logs and its exit status. What goes wrong stands in stderr too."""
        self.boots += 1
        log = self.logs / f"{self.boots}-{driver}-{peer_driver}"
        print(f"bench: {driver}, far end {peer_driver}: {command}", file=sys.stderr, flush=True)
        arguments = [HERE.parent / "host" / "run", "--kver", self.kver, "--nic", self.nic.model, "--driver", driver,
                     "--peer-driver", peer_driver, "--time", str(self.limit), "--log", log, "--quiet", *self.modules, *options]
        for name, value in env.items():
            arguments += ["--env", f"{name}={value}"]
        status = subprocess.run([*arguments, "--", command], stdout=sys.stderr).returncode
        log.mkdir(parents=True, exist_ok=True)
        (log / "output.log").touch()
        return log, status
