# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Files as Windows sees them: names in any letter case, backslashes, UTF-16 and byte order marks."""

import codecs
import functools
import os
import pathlib
import re


class Refused(Exception):
    """What was given cannot be imported; the message is the one line that says why."""


def plain(text):
    """A line that can be shown, or written as a comment: what is not printable ASCII as a question mark."""
    return re.sub(r"[^\x20-\x7e]", "?", str(text))


@functools.lru_cache(maxsize=None)
def entries(folder):
    """What is in a folder, by lower-case name. Of two names that differ in letter case only, the first."""
    found = {}
    try:
        for name in sorted(os.listdir(folder)):
            found.setdefault(name.lower(), name)
    except OSError:
        pass
    return found


def parts(path):
    """The components of a Windows path, or of one with slashes; None if it begins at a drive or a root."""
    path = path.strip().strip('"').replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return None
    return [part for part in path.split("/") if part not in ("", ".")]


def find(folder, path):
    """The file or folder that Windows would find below the folder under that path, as it is really spelled; None: there is none."""
    components = parts(path)
    if components is None:
        return None
    at = pathlib.Path(folder)
    for component in components:
        if component == "..":
            at = at.parent
            continue
        name = entries(str(at)).get(component.lower())
        if name is None:
            return None
        at = at / name
    return at


def pattern(path):
    """A file name pattern of MSBuild's, with *, ? and **, as a regular expression for paths with slashes, in any letter case."""
    wild = {"**": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*|\?)", path.replace("\\", "/").replace("./", ""))
    return re.compile("".join(wild.get(piece.rstrip("/"), re.escape(piece)) for piece in pieces) + r"\Z", re.I)


def walk(folder):
    """All files below a folder, in order, but those of version control and of builds by Visual Studio."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name.lower() not in ("x64", "arm64"))
        for name in sorted(names):
            yield pathlib.Path(at) / name


MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def encoding(data):
    """The encoding that a byte order mark names, and the length of the mark."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name, len(mark)
    # Without a mark, but every second byte is 0: what some editors leave.
    if len(data) > 3 and not data[1] and not data[3] and data[0] and data[2]:
        return "utf-16-le", 0
    return None, 0


def is_utf16(path):
    with open(path, "rb") as file:
        return (encoding(file.read(4))[0] or "").startswith("utf-16")


def read(path):
    """The text of a file, with \\n at the end of lines."""
    try:
        data = pathlib.Path(path).read_bytes()
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error
    name, length = encoding(data)
    data = data[length:]
    if name:
        text = data.decode(name, errors="replace")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
