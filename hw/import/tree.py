# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The folder that is built: links to the project's files, and headers that forward to what a source calls by another name.

    Tree(sources, system).files     path in the tree -> Link, or text

The files are as they are but for a few things, see adapted(). Windows finds "..\\Common\\Foo.h" in any letter case. So every #include of the sources, and of the headers that they include, is looked up as
Microsoft's compiler would, and where the file would not be found by the name that is written there, a file of that very name is put there
that includes the right one. A .tmh, which the trace preprocessor would make, includes tmh.h.
"""

import dataclasses
import os
import pathlib
import re

import files

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.M)
HEADERS = (".h", ".hpp", ".hxx", ".hh", ".inl", ".inc", ".ipp", ".tpp", "")
# Headers of C's that the compiler has, or its library.
COMPILER = {f"{name}.h" for name in ("assert", "ctype", "errno", "float", "inttypes", "iso646", "limits", "math", "stdarg", "stdbool", "stddef",
                                     "stdint", "stdio", "stdlib", "string", "time", "wchar", "emmintrin", "immintrin", "xmmintrin")}
SOURCE, ALIAS, TMH = "source", "alias", "tmh.h"


# An alignment before the word struct is the structure's to Microsoft's compiler, and nobody's to gcc.
ALIGNED = re.compile(r"((?:__declspec\s*\(\s*align\s*\([^()]*\)\s*\)|DECLSPEC_ALIGN\s*\([^()]*\)|DECLSPEC_CACHEALIGN)\s*)"
                     r"((?:struct|union|class)\b)(?=\s*\w*\s*(?::[^{};()]*)?\{)")
# Before arguments that are empty its preprocessor takes the comma away.
VARIADIC = re.compile(r"^[ \t]*#[ \t]*define[ \t]+\w+\([^()\n]*\.\.\.[ \t]*\)(?:[^\n]*\\\n)*[^\n]*", re.M)
COMMA = re.compile(r",([ \t]*(?:\\\n[ \t]*)?)(?=__VA_ARGS__)")


def adapted(text):
    """The text with the same lines, as gcc reads it the way Microsoft's compiler does."""
    text = ALIGNED.sub(r"\2 \1", text)
    return VARIADIC.sub(lambda match: COMMA.sub(r" __VA_OPT__(,)\1", match.group()), text)


@dataclasses.dataclass(frozen=True)
class Link:
    to: pathlib.Path


def includes_of(text):
    """The names in #include lines: pairs of (name, whether in quotes)."""
    return [(quoted or angled, bool(quoted)) for quoted, angled in INCLUDE.findall(text)]


class Tree:
    def __init__(self, sources, system):
        """@system: folders of headers that are not the driver's, include/netcx first."""
        self.sources = sources
        self.system = system
        self.files = {}
        self.texts = {}         # what was read
        self.places = {}        # real path -> path in the tree
        self.names = {}         # real folder -> {name: name in the tree}
        self.traced = False
        real = self.reach()
        folders = {path.parent for path in real} | {folder for source in sources for folder in source.includes}
        self.root = pathlib.Path(os.path.commonpath([str(folder) for folder in folders]))
        for path in sorted(real):
            self.add(path)
        for folder in sorted(folders):
            for name in files.entries(str(folder)).values():
                path = folder / name
                if path.suffix.lower() in HEADERS[:-1] and path.is_file():
                    self.add(path)
        for path, spelled, quoted, target, base in self.found:
            self.forward(path, spelled, quoted, target, base)

    # ---- what is included, as Windows finds it ----

    def text(self, path):
        if path not in self.texts:
            self.texts[path] = files.read(path)
        return self.texts[path]

    def reach(self):
        """Every file of the project's that is compiled or included. Fills self.found with what each includes."""
        self.found, real, done = [], set(), set()
        waiting = [(source.path, source, ()) for source in self.sources]
        for source in self.sources:
            waiting += [(path, source, ()) for path in filter(None, (self.forced(source, name) for name in source.forced))]
        while waiting:
            path, source, above = waiting.pop(0)
            key = (path, tuple(source.includes))
            real.add(path)
            if key in done:
                continue
            done.add(key)
            for spelled, quoted in includes_of(self.text(path)):
                base, target = self.look_up(path, spelled, quoted, source, above)
                self.found.append((path, spelled, quoted, target, base))
                if isinstance(target, pathlib.Path):
                    waiting.append((target, source, (path.parent, *above)))
        return real

    def forced(self, source, name):
        """A header that is included before a source."""
        return next(filter(None, (self.file(folder, name) for folder in (source.path.parent, *source.includes))), None)

    @staticmethod
    def file(folder, name):
        path = files.find(folder, name)
        return path if path and path.is_file() else None

    def look_up(self, path, spelled, quoted, source, above):
        """(folder it is found from, real path); (None, name) of a header of the system's or a .tmh; (None, None)."""
        if spelled.lower().endswith(".tmh"):
            self.traced = True
            return None, TMH
        if quoted:
            for folder in dict.fromkeys((path.parent, *above)):
                found = self.file(folder, spelled)
                if found:
                    return folder, found
        for folder in source.includes:
            found = self.file(folder, spelled)
            if found:
                return folder, found
        for folder in self.system:
            found = self.file(folder, spelled)
            if found:
                return None, found.relative_to(folder).as_posix()
        # A precompiled header is found by its name alone, since the compiler never opens it.
        if source.precompiled and spelled.lower() == source.precompiled.lower():
            for other in self.sources:
                found = self.file(other.path.parent, spelled)
                if found:
                    return other.path.parent, found
        return None, None

    # ---- places ----

    def name_in(self, folder, name):
        """A file's or folder's name, without what make would stumble over."""
        names = self.names.setdefault(folder, {})
        if name not in names:
            plain = re.sub(r"[^A-Za-z0-9._+-]", "_", name)
            while plain in names.values():
                plain = f"_{plain}"
            names[name] = plain
        return names[name]

    def place(self, path):
        """Where a file or folder of the project's is in the tree."""
        if path not in self.places:
            at, folder = SOURCE, self.root
            for name in path.relative_to(self.root).parts:
                at = f"{at}/{self.name_in(folder, name)}"
                folder = folder / name
            self.places[path] = at
        return self.places[path]

    def add(self, path):
        """A link, or where the compiler would read it otherwise a copy, with the same lines."""
        text = self.text(path)
        fitting = adapted(text)
        self.files[self.place(path)] = fitting if fitting != text or files.is_utf16(path) else Link(path)

    # ---- forwarding ----

    def forward(self, path, spelled, quoted, target, base):
        folder = os.path.dirname(self.place(path))
        if target == TMH:
            self.put(os.path.normpath(f"{folder}/{spelled}") if quoted else f"{ALIAS}/{spelled}", TMH)
        elif target is None:
            plain = spelled.lower()
            if plain in COMPILER and plain != spelled:
                self.put(f"{ALIAS}/{spelled}", f"<{plain}>")
        elif isinstance(target, str):
            if spelled != target:
                self.put(f"{ALIAS}/{spelled}", f"<{target}>")
        else:
            # Found from a folder where the compiler does not look: of the files that include this one, or by its name alone.
            away = base != path.parent and base not in self.folders_of(path)
            at = os.path.normpath(f"{folder if away else self.place(base) if base != self.root else SOURCE}/{spelled}")
            if at != self.place(target):
                self.put(at, self.place(target))

    def folders_of(self, path):
        """The include folders of every source: who includes a header may be any of them."""
        return {folder for source in self.sources for folder in source.includes}

    def put(self, at, target):
        """A file that includes the target, which is in the tree, or a <header>; none where that would not be in the tree."""
        at = os.path.normpath(at)
        if at in self.files or at.split("/")[0] == ".." or os.path.isabs(at):
            return
        name = target if target.startswith("<") else f'"{os.path.relpath(target, os.path.dirname(at) or ".")}"'
        self.files[at] = f"#include {name}\n"
