# SPDX-License-Identifier: GPL-2.0-only
"""Runs the tests of a Python file as a part of make check wants it."""

import pathlib
import sys
import unittest


def main(verbosity):
    """Of the file that is run; the one that its first argument names gets "PASSED FAILED SKIPPED". Without a test that is a failure."""
    outcome = unittest.TextTestRunner(verbosity=verbosity).run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
    failed = len(outcome.failures) + len(outcome.errors)
    if len(sys.argv) > 1:
        pathlib.Path(sys.argv[1]).write_text(f"{outcome.testsRun - failed - len(outcome.skipped)} {failed} {len(outcome.skipped)}\n")
    sys.exit(1 if failed or not outcome.testsRun else 0)
