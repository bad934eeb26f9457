# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""What a driver's source wants and does not find: from the messages of gcc and g++ and from undefined symbols, by name.

    found = Missing(); found.read(messages); found.undefined(symbol, file); found.table()
"""

import re

# (what it is, expression); the name is the first group. The first that fits a message counts.
QUOTE = "['‘]"
END = "['’]"
NAME = rf"{QUOTE}(?:struct |union |enum |class )?(?:\(anonymous namespace\)::)?([\w:~]+)[^'’]*{END}"
KINDS = ("headers", "types", "functions, macros and constants", "members", "defined nowhere")
HEADER, TYPE, VALUE, MEMBER, SYMBOL = KINDS
MESSAGES = [
    (HEADER, re.compile(r"fatal error: (\S+): No such file or directory")),
    (MEMBER, re.compile(rf"error: .*{QUOTE}(?:const )?(?:struct |union |class )?([\w:]+)[^'’]*{END}(?: \{{aka .*?\}})? has no (?:non-static data )?member named {NAME}")),
    (TYPE, re.compile(rf"error: {NAME} does not name a type")),
    (TYPE, re.compile(rf"error: unknown type name {NAME}")),
    (TYPE, re.compile(rf"error: .*(?:incomplete type|storage size of) {NAME}")),
    (TYPE, re.compile(rf"error: {NAME} has incomplete type")),
    (TYPE, re.compile(rf"error: {NAME} has not been declared")),
    (VALUE, re.compile(rf"error: {NAME} was not declared in this scope")),
    (VALUE, re.compile(rf"error: {NAME} undeclared")),
    (VALUE, re.compile(rf"error: implicit declaration of function {NAME}")),
    (VALUE, re.compile(rf"error: there are no arguments to {NAME} that depend")),
    (VALUE, re.compile(rf"error: {NAME} is not a member of")),
]
PLACE = re.compile(r"^(\S[^:\n]*):(\d+)(?::\d+)?: (?:fatal )?error: ")
NO_NAME = {"exit", "Exit"}


class Missing:
    def __init__(self, rename=lambda path: path):
        """@rename: from a path of a message to what the driver's author calls the file."""
        self.rename = rename
        self.names = {kind: {} for kind in KINDS}
        self.others = {}  # file -> messages that name nothing that is missing

    def add(self, kind, name, file):
        # A name that is a type to one file and a value to another, for want of a declaration, is one name.
        for known in (TYPE, VALUE):
            if kind in (TYPE, VALUE) and name in self.names[known]:
                kind = known
        files = self.names[kind].setdefault(name, [])
        if file not in files:
            files.append(file)

    def read(self, messages):
        for line in messages.splitlines():
            place = PLACE.match(line)
            if not place:
                continue
            file = self.rename(place.group(1))
            for kind, expression in MESSAGES:
                match = expression.search(line)
                if match:
                    self.add(kind, "::".join(match.groups()) if kind is MEMBER else match.group(1), file)
                    break
            else:
                self.others.setdefault(file, []).append(line)

    def undefined(self, symbol, file):
        self.add(SYMBOL, symbol, self.rename(file))

    def count(self):
        return sum(len(names) for names in self.names.values())

    def found_any(self):
        return bool(self.count() or self.others)

    def table(self):
        """A line for each name, grouped, with the files that want it."""
        lines = []
        for kind in KINDS:
            names = self.names[kind]
            if not names:
                continue
            width = min(40, max(len(name) for name in names))
            lines.append(f"  {kind}:")
            lines += [f"    {name:{width}}  {', '.join(names[name])}" for name in sorted(names, key=str.lower)]
        if self.others:
            lines.append("  files with other errors:")
            lines += [f"    {file}  {len(messages)}" for file, messages in sorted(self.others.items())]
        return "\n".join(lines)


def errors(messages, most=200):
    """The compiler's errors with the lines that belong to them, each once, without its warnings."""
    blocks, block = [], None
    for line in messages.splitlines():
        if re.match(r"^  [A-Z]+ (\[M\])? *\S+$|^make", line):
            block = None
        elif re.match(r"^\S[^:\n]*:(?:\d+:)+ (?:fatal )?error: |^ERROR: ", line):
            block = [line]
            blocks.append(block)
        elif re.match(r"^\S", line):
            block = None
        elif block:
            block.append(line)
    kept = [line for block in dict.fromkeys(map(tuple, blocks)) for line in block]
    return kept[:most] + ([f"... {len(kept) - most} lines more"] if len(kept) > most else [])
