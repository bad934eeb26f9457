#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The coverage table of the public API: each name of include/netcx, where it is declared, where it is
implemented, and a test that uses it.

    coverage.py [--table FILE] [--summary FILE] [TREE]

Fails, and says which, if a function is not implemented or not exported, something is exported that is
not declared, or a name is used by no test. A type counts as used if a test names it, or names a
function, a structure, a callback or an enumerator that is declared with it; a function, if it is what
a macro stands for that a test names. The same for the rules of verifier mode, see rules.py.
"""

import argparse
import pathlib
import re
import sys

sys.dont_write_bytecode = True

import headers  # noqa: E402
import rules  # noqa: E402

TESTS = ("selftests/unit", "selftests/kunit")

# Not part of the API: how the headers are written.
PRIVATE = re.compile(r"NETCX_|_|netcx_user_")
PRIVATE_FILES = {
    # Annotations for Microsoft's analysers, which expand to nothing.
    "sal.h",
}

# What the compiler calls as well, and every kernel has.
KERNELS_OWN = {"memcpy", "memmove", "memset", "memcmp"}


def is_public(name):
    return not PRIVATE.match(name.name) and name.file not in PRIVATE_FILES


def used_words(top):
    """Word -> the first test that has it, comments and strings aside."""
    words = {}
    for folder in TESTS:
        for path in sorted((top / folder).rglob("*")):
            if path.suffix not in (".c", ".cpp", ".h"):
                continue
            code = headers.without_strings(headers.without_comments(path.read_text()))
            code = headers.expanded(code, r"\w+_TESTS")
            for word in set(headers.WORD.findall(code)):
                words.setdefault(word, str(path.relative_to(top)))
    # Every kselftest loads these.
    for path in sorted(top.glob("hw/*/linux_module.c")):
        for word in headers.WORD.findall(headers.without_comments(path.read_text())):
            words.setdefault(word, f"selftests/kselftests, {path.relative_to(top)}")
    return words


def implementations(top):
    """Function -> file:line of its definition in module/core."""
    found = {}
    for path in sorted((top / "module/core").glob("*.cpp")):
        text = path.read_text()
        for match in re.finditer(r"^(?:[\w:*<>]+[ *]+)*(\w+)\(", text, re.M):
            rest = text[match.end():]
            brace, semicolon = rest.find("{"), rest.find(";")
            if brace >= 0 and (semicolon < 0 or brace < semicolon):
                line = text.count("\n", 0, match.start()) + 1
                found.setdefault(match.group(1), f"{path.relative_to(top)}:{line}")
        for match in re.finditer(r"^NETCX_\w+\((\w+),", text, re.M):
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(match.group(1), f"{path.relative_to(top)}:{line}")
    # Clients are registered by their C file.
    for path in sorted((top / "module/linux").glob("*/*.c")):
        text = path.read_text()
        for match in re.finditer(r"^(?:\w+[ *]+)+(netcx_client_\w+)\(", text, re.M):
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(match.group(1), f"{path.relative_to(top)}:{line}")
    return found


def exported(top):
    text = (top / "module/linux/os/exports.c").read_text()
    return set(re.findall(r"^NETCX_EXPORT\((\w+)\)", text, re.M))


def spread(names, used):
    """Types that come with what a test uses, in turns until no more do."""
    tests = {name: used[name] for name in names if name in used}
    types = {name for name, entry in names.items() if entry.kind in ("type", "callback")}
    grown = True
    while grown:
        grown = False
        for name, entry in names.items():
            if name not in tests or not entry.text:
                continue
            for word in headers.WORD.findall(entry.text):
                behind = entry.kind == "macro" and word in names
                if (word in types or behind) and word not in tests:
                    tests[word] = f"{tests[name].split(' (')[0]} (by {name})"
                    grown = True
        # A pointer to a type, and the type: one declaration.
        for name in types:
            for other in ("P" + name, re.sub(r"^EVT_", "PFN_", name)):
                if other in types and (name in tests) != (other in tests):
                    have, lack = (name, other) if name in tests else (other, name)
                    tests[lack] = f"{tests[have].split(' (')[0]} (by {have})"
                    grown = True
    return tests


def examine(top):
    """The rows of the table, and what is wrong."""
    names = {n: e for n, e in headers.public_names(top).items() if is_public(e)}
    made, exports = implementations(top), exported(top)
    tests = spread(names, used_words(top))
    rows, faults = [], []
    for name, entry in sorted(names.items(), key=lambda item: (item[1].file, item[1].line)):
        where = "header"
        if name in KERNELS_OWN:
            where = "kernel"
        elif entry.kind == "function":
            where = made.get(name, "-")
            if name not in made:
                faults.append(f"{entry.file}:{entry.line}: {name} is not implemented")
            elif name not in exports:
                faults.append(f"{entry.file}:{entry.line}: {name} is not exported")
        test = tests.get(name, "-")
        if name not in tests:
            faults.append(f"{entry.file}:{entry.line}: {name} ({entry.kind}) has no test")
        rows.append((name, entry.kind, f"{entry.file}:{entry.line}", where, test))
    for name in sorted(exports - names.keys()):
        faults.append(f"exports.c: {name} is exported and not declared")
    return rows, faults


def write_table(path, rows):
    lines = ["| name | kind | declared | implemented | test |", "|---|---|---|---|---|"]
    lines += [f"| `{row[0]}` | " + " | ".join(row[1:]) + " |" for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", type=pathlib.Path)
    parser.add_argument("--summary", type=pathlib.Path)
    default = pathlib.Path(__file__).resolve().parents[2]
    parser.add_argument("tree", nargs="?", type=pathlib.Path, default=default)
    options = parser.parse_args()

    rows, faults = examine(options.tree)
    rule_count, broken_rules = rules.examine(options.tree)
    faults += broken_rules
    if options.table:
        write_table(options.table, rows)
    for fault in faults:
        print(f"api: {fault}", file=sys.stderr)
    print(f"api: {len(rows)} names, {rule_count} rules, {len(faults)} faults")
    if options.summary:
        options.summary.write_text(f"{len(rows) + rule_count - len(faults)} {len(faults)} 0\n")
    return 1 if faults or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
