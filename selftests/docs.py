#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Checks what README.md and docs/*.md refer to: docs.py [TREE]

    links      each relative link leads to a file, and its anchor to a heading of that file
    pages      README.md links every page of docs
    files      each path below a folder of the tree that a page names exists; "*" stands for a part of a name, and a path with
               a placeholder, "<nic>", is not looked at
    functions  each function netcx_...() that a page names is in include or module
    commands   each goal of "make" is one of the Makefile; with "-C" and an absolute path it is not ours
    length     README.md has at most 150 lines

Prints a line for each fault and fails if there is one.
"""

import pathlib
import re
import shlex
import sys

README_LINES = 150
FOLDERS = "hw|include|module|selftests|docs|[.]ci"
PATH = re.compile(rf"(?<![\w/.<>$-])(?:{FOLDERS})/[\w./*<>-]*")
FUNCTION = re.compile(r"\b(netcx_\w+)\(\)")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"(`+)(.+?)\1")
# A command begins a line or span of code, or follows another command.
MAKE = re.compile(r"(?:^|&&|;|\|)\s*make(\s[^;|&#<]*)?(?=$|[;|&#<])")


def paragraphs(text):
    """Prose and code: pairs of (line number, line, is code). A line of code goes on after a backslash."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        first, line = number, lines[number]
        is_code = line.startswith("    ") and not line.lstrip().startswith(("- ", "| "))
        while is_code and line.endswith("\\") and number + 1 < len(lines):
            number += 1
            line = line[:-1] + lines[number]
        yield first + 1, line, is_code
        number += 1


def anchors(text):
    """The names that GitHub gives to headings."""
    for line in text.splitlines():
        if re.match(r"#{1,6} ", line):
            title = line.lstrip("#").strip().lower()
            yield re.sub(r"[^\w -]", "", title).replace(" ", "-")


def goals_of(makefile):
    """What .PHONY and the rules of a Makefile name."""
    text = re.sub(r"^define .*?^endef$", "", makefile.read_text(), flags=re.M | re.S)
    names = re.findall(r"^\.PHONY:(.*)$|^([a-z][\w -]*):(?!=)", text, re.M)
    return {goal for pair in names for line in pair for goal in line.split()}


class Tree:
    def __init__(self, top):
        self.top = top
        self.pages = [top / "README.md", *sorted((top / "docs").glob("*.md"))]
        self.sources = "".join(file.read_text() for folder in ("include", "module")
                               for file in (top / folder).rglob("*.[ch]*"))
        self.faults = []

    def fault(self, page, line, text):
        self.faults.append(f"{page.relative_to(self.top)}:{line}: {text}")

    def check_links(self, page, number, line):
        for target in LINK.findall(CODE.sub("", line)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            file = (page.parent / name).resolve() if name else page
            if not file.exists():
                self.fault(page, number, f"the link to {target} leads nowhere")
            elif anchor and anchor not in anchors(file.read_text()):
                self.fault(page, number, f"{name or page.name} has no heading #{anchor}")

    def check_paths(self, page, number, code):
        for path in PATH.findall(code):
            path = path.rstrip(".-")
            if "<" not in path and not any(self.top.glob(path.rstrip("/"))):
                self.fault(page, number, f"there is no {path}")

    def check_functions(self, page, number, code):
        for name in FUNCTION.findall(code):
            if not re.search(rf"\b{name}\(", self.sources):
                self.fault(page, number, f"there is no function {name}()")

    def check_commands(self, page, number, code):
        for match in MAKE.finditer(code.strip()):
            try:
                words = shlex.split(match.group(1) or "")
            except ValueError:
                continue
            folder = self.top
            if "-C" in words:
                at = words.index("-C")
                folder = self.top / words[at + 1]
                if not folder.is_relative_to(self.top):
                    continue
                del words[at:at + 2]
            goals = goals_of(folder / "Makefile")
            for word in words:
                if "=" not in word and not word.startswith("-") and word not in goals:
                    self.fault(page, number, f"make {word}: {folder.relative_to(self.top) / 'Makefile'} has no such goal")

    def check(self):
        readme = self.pages[0].read_text()
        if len(readme.splitlines()) > README_LINES:
            self.fault(self.pages[0], README_LINES + 1, f"more than {README_LINES} lines; the rest belongs into docs")
        for page in self.pages[1:]:
            if f"(docs/{page.name})" not in readme:
                self.fault(page, 1, "README.md does not link this page")
        for page in self.pages:
            for number, line, is_code in paragraphs(page.read_text()):
                if not is_code:
                    self.check_links(page, number, line)
                for code in [line] if is_code else [span for _, span in CODE.findall(line)]:
                    self.check_paths(page, number, code)
                    self.check_functions(page, number, code)
                    self.check_commands(page, number, code)
        return self.faults


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent).resolve()
    faults = Tree(top).check()
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
