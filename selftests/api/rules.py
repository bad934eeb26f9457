# SPDX-License-Identifier: GPL-2.0-only
"""The rules of verifier mode: each is looked at in module/core, and broken by a unit test."""

import re

import headers

LISTS = re.compile(r"#define NETCX_VERIFIER_(\w*)RULES\(RULE\)(.*?)(?<!\\)\n", re.S)
# "... must be 2 (NotPowerOfTwo)", or the name alone for a "(%s)".
NAMED = re.compile(r'(?:\(([A-Z]\w+)\)"|"([A-Z]\w+)")')
AT_THE_END = re.compile(r'\(((?:[A-Z][a-z0-9]*){2,})\)"')
ENUMERATOR = re.compile(r"\bnetcx_rule_(\w+)")


def declared(top):
    """The names of the rules of the rings, and those of calls."""
    text = (top / "include/netcx/netcx_verifier_rules.h").read_text()
    queue, calls = [], []
    for kind, body in LISTS.findall(text):
        names = re.findall(r"\bRULE\((\w+)", body)
        (calls if kind == "API_" else queue).extend(names)
    return queue, calls


def absent(top):
    """Rule -> why NetAdapterCx has it and this does not, of docs/api.md."""
    found = {}
    text = (top / "docs/api.md").read_text()
    table = re.search(r"\| absent rule \| why \|\n\|[-|]+\|\n((?:\|.*\n)+)", text)
    for row in table.group(1).splitlines() if table else []:
        names, why = [cell.strip() for cell in row.strip("|").split("|")]
        found.update((name, why) for name in re.findall(r"`(\w+)`", names))
    return found


def read(top, pattern):
    return "\n".join(headers.without_comments(path.read_text())
                     for path in sorted(top.glob(pattern)))


def examine(top):
    """How many rules there are, and what is wrong."""
    queue, calls = declared(top)
    core = read(top, "module/core/*.[ch]*")
    reported = set(ENUMERATOR.findall(core))
    named = {name for pair in NAMED.findall(core) for name in pair}
    tests = headers.without_strings(read(top, "selftests/unit/*_test.cpp"))
    broken = {word.removeprefix("netcx_rule_") for word in headers.WORD.findall(tests)}
    faults = []
    for name in queue + calls:
        if name not in (reported if name in queue else named):
            faults.append(f"rule {name}: nothing in module/core reports it")
        if name not in broken:
            faults.append(f"rule {name}: no unit test breaks it")
    # Such a line would pass verifier mode by.
    for name in sorted(set(AT_THE_END.findall(core)) - set(calls)):
        faults.append(f"module/core: a line ends with ({name}), which is no rule of calls")
    for name, why in absent(top).items():
        if name in queue + calls or not why:
            faults.append(f"docs/api.md: rule {name} is not absent, or nothing says why")
    if not queue or not calls or not absent(top):
        faults.append("the lists of rules are not where they were")
    return len(queue + calls), faults
