# SPDX-License-Identifier: GPL-2.0-only
"""What a run of the kselftests says, and the page that is made of several: for `make conform`.

    tests(output)             [Test] of the TAP of ./run_all.sh
    broken(console, driver)   {rule: its first report} of the kernel's log, in verifier mode
    comparison(found)         lines of the page, of how fast it is
    page(driver, runs, ...)   the page
"""

import dataclasses
import re

PASS, FAIL, ABSENT = "pass", "fail", "does not offer"


@dataclasses.dataclass
class Test:
    script: str
    name: str
    result: str
    text: str = ""  # why it failed, or what is not offered


@dataclasses.dataclass
class Run:
    """One way in which all tests were run."""
    name: str
    tests: list
    rules: dict
    status: int = 0


def tests(output):
    """The lines "# ..." before "not ok" are why."""
    found, script, why, whole = [], "", [], ""
    for line in output.replace("\r", "").split("\n"):
        begin = re.match(r"# selftests: netcx: (\S+)", line)
        if begin:
            script, why = begin.group(1), []
            continue
        whole = re.match(r"1\.\.0 # SKIP ?(.*)", line)
        if whole:
            found.append(Test(script, "(all)", ABSENT, whole.group(1)))
            continue
        outcome = re.match(r"(not )?ok \d+ (\S+)(?: # SKIP ?(.*))?", line)
        if outcome:
            failed, name, skipped = outcome.groups()
            if failed:
                found.append(Test(script, name, FAIL, "; ".join(why[-3:])))
            else:
                found.append(Test(script, name, PASS if skipped is None else ABSENT, skipped or ""))
            why = []
        elif line.startswith("# ") and script and not line.startswith("# Totals"):
            # A script that ended early says so after its tests.
            ended = re.match(r"# (\S+\.sh) (ended after its time limit|ended with status|did not run the) ?(.*)", line)
            if ended:
                found.append(Test(script, "(the script)", FAIL, line[2:]))
            why.append(line[2:])
    return found


RULE = re.compile(r"netcx verifier: (\S+) broke (\w+) in (.*)")
CALL = re.compile(r"(\S+ \S+: .*)\((\w+)\)$")


def broken(console, driver, known=()):
    """Of the rings by the verifier's reports, of calls by the names that lines of the driver's end with; @known are those names."""
    found = {}
    for line in console.replace("\r", "").split("\n"):
        line = re.sub(r"^\[ *[\d.]+\] ", "", line)
        report = RULE.search(line)
        if report and report.group(1) == driver:
            found.setdefault(report.group(2), f"in {report.group(3)}")
            continue
        call = CALL.match(line)
        if call and call.group(2) in known and driver in line:
            found.setdefault(call.group(2), re.sub(rf"^{driver} \S+: ", "", call.group(1)).strip())
    return found


def cell(text):
    return text.replace("|", "\\|")


def figure(value):
    return "-" if value is None else f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def comparison(found):
    """Of results as bench.json has them; None: there is no driver to compare with."""
    lines = ["", "## Beside the in-tree driver", ""]
    if found is None:
        return lines + ["The test host has no in-tree driver of this NIC."]
    lines += ["Medians, on the emulated NIC. Instructions are the guest's, the stack's included, and repeatable: a ratio below 1 is better. Throughput is",
              "real time on a machine that may do other things: above 1 is better, if the spread is small.", "",
              "| case | unit | in-tree | this driver | ratio | spread |", "|---|---|---|---|---|---|"]
    for entry in found:
        ratio = "-" if entry["ratio"] is None else f"{entry['ratio']:.2f}"
        spread = "-" if entry["spread"] is None else f"{entry['spread']:.1%}"
        lines.append(f"| {entry['case']} | {entry['unit']} | {figure(entry['intree'])} | {figure(entry['netcx'])} | {ratio} | {spread} |")
    notes = dict.fromkeys(f"{entry['case']}: {entry['note']}" for entry in found if "note" in entry)
    return lines + [line for note in notes for line in ("", note)]


def page(driver, what, runs, compared=()):
    """@compared: lines of comparison()."""
    lines = [f"# {driver}", "", what, ""]
    lines += ["| | " + " | ".join(run.name for run in runs) + " |", "|---|" + "---|" * len(runs)]
    for result in (PASS, FAIL, ABSENT):
        lines.append(f"| {result} | " + " | ".join(str(sum(test.result == result for test in run.tests)) for run in runs) + " |")
    lines.append("| rules broken | " + " | ".join(str(len(run.rules)) for run in runs) + " |")
    for run in runs:
        if run.status:
            lines += ["", f"{run.name}: the run ended with status {run.status}: what is missing below did not run."]
    rules = {rule: (run.name, report) for run in reversed(runs) for rule, report in run.rules.items()}
    lines += ["", "## Rules that the driver breaks", ""]
    if rules:
        lines += ["Each with its first report. What a rule is about: docs/verifier.md and include/netcx/netcx_verifier_rules.h.", "",
                  "| rule | report | with |", "|---|---|---|"]
        lines += [f"| `{rule}` | {cell(report)} | {name} |" for rule, (name, report) in sorted(rules.items())]
    else:
        lines.append("None was seen.")
    lines += ["", "## Tests", "", "| test | " + " | ".join(run.name for run in runs) + " | |", "|---|" + "---|" * (len(runs) + 1)]
    names = list(dict.fromkeys((test.script, test.name) for run in runs for test in run.tests))
    for script, name in names:
        outcomes = [next((test for test in run.tests if (test.script, test.name) == (script, name)), None) for run in runs]
        text = next((test.text for test in outcomes if test and test.text), "")
        results = " | ".join(test.result if test else "did not run" for test in outcomes)
        lines.append(f"| {script} {name} | {results} | {cell(text)} |")
    return "\n".join([*lines, *compared]) + "\n"
