# SPDX-License-Identifier: GPL-2.0-only
"""What the public headers declare: names, their kind and where."""

import dataclasses
import pathlib
import re

# Noise around declarations.
NOISE = re.compile(
    r"\b(EXTERN_C_START|EXTERN_C_END|EXTERN_C|NETCX_EXTENSION|NETCX_PACKED|NETCX_INT_ENUM|"
    r"NETCX_ALIGNED\(\w+\)|extern)\b")
WORD = re.compile(r"[A-Za-z_]\w*")


@dataclasses.dataclass
class Name:
    name: str
    kind: str  # function, inline, macro, type, callback, enumerator, constant, variable
    file: str
    line: int
    text: str  # the declaration, without comments


def without_comments(text):
    """Comments become blanks, and lines stay where they are."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group())
    return re.sub(r"/\*.*?\*/|//[^\n]*", blank, text, flags=re.S)


def without_strings(text):
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def split(code):
    """(line, statement) at file scope; a function's body ends its statement."""
    depth, start, line, begun = 0, 0, 1, 1
    parens = 0
    for at, char in enumerate(code):
        if char == "\n":
            line += 1
        if not code[start:at].strip():
            begun = line
        if char == "(":
            parens += 1
        elif char == ")":
            parens -= 1
        elif char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        ends = depth == 0 and parens == 0 and (
            char == ";" or (char == "}" and is_body(code[start:at])))
        if ends:
            yield begun, code[start:at + 1]
            start = at + 1


def is_body(text):
    head = text[:text.index("{")] if "{" in text else text
    return not re.match(r"\s*(typedef|struct|union|enum)\b[^()]*$", head)


def macros(path, code):
    directive = r"^[ \t]*#[ \t]*define[ \t]+(\w+)((?:[^\n]*\\\n)*[^\n]*)"
    for match in re.finditer(directive, code, re.M):
        line = code.count("\n", 0, match.start()) + 1
        yield Name(match.group(1), "macro", path, line, match.group(2))


def expanded(code, macro_name=r"NETCX_DEFINE_\w+"):
    """Uses of the file's own macros of such names, as what they define."""
    definition = rf"#define ({macro_name})\(([^)]*)\)((?:[^\n]*\\\n)*[^\n]*)"
    for macro, parameters, body in re.findall(definition, code):
        parameters = [parameter.strip() for parameter in parameters.split(",")]

        def expand(use, body=body, parameters=parameters):
            text = body.replace("\\\n", " ")
            values = [value.strip() for value in use.group(1).split(",")]
            for parameter, value in zip(parameters, values):
                text = re.sub(rf"\b{parameter}\b", value, text)
            return re.sub(r"\s*##\s*", "", text)

        code = re.sub(rf"^{macro}\(([^)]*)\);?$", expand, code, flags=re.M)
    return code


def enumerators(path, line, statement):
    for body, names in re.findall(r"\benum\b[^{;]*\{(.*?)\}([^;]*)", statement, re.S):
        for item in body.split(","):
            word = WORD.match(item.strip())
            if word:
                yield Name(word.group(), "enumerator", path, line, names)


def declared(path, line, statement):
    """The names of one statement."""
    yield from enumerators(path, line, statement)
    text = NOISE.sub(" ", statement)
    flat = re.sub(r"\s+", " ", text).strip()
    if flat.startswith("typedef"):
        tail = re.sub(r"\{.*\}", " {} ", flat, flags=re.S).rstrip(";")
        tail = re.sub(r"__attribute__\s*\(\(.*?\)\)", " ", tail)
        function = re.match(r"typedef .*?\b(\w+)\s*\(([^()]|\([^()]*\))*\)$", tail)
        pointer = re.match(r"typedef .*\(\s*\*\s*(\w+)\s*\)\s*\(", tail)
        if pointer:
            yield Name(pointer.group(1), "callback", path, line, flat)
        elif function:
            yield Name(function.group(1), "callback", path, line, flat)
        else:
            tail = tail.split("{}")[-1] if "{}" in tail else tail
            parts = tail.split(",")
            for part in parts:
                words = WORD.findall(part)
                if words:
                    yield Name(words[-1], "type", path, line, flat)
        return
    # C++'s own names.
    if re.match(r"(?:inline )?(?:namespace|void \*? ?operator)\b", flat):
        return
    tag = re.match(r"(?:template ?<[^{}]*> )?(?:struct|union|class) (\w+) \{", flat)
    if tag:
        yield Name(tag.group(1), "type", path, line, flat)
        return
    inline = re.match(r"(NETCX_INLINE|NETCX_ALWAYS_INLINE)\b", flat)
    variable = re.match(r"\w+ \**(?!netcx_)(\w+);$", flat)
    if variable:
        yield Name(variable.group(1), "variable", path, line, flat)
        return
    match = re.search(r"\b(\w+)\s*\(", flat)
    if not match or match.group(1).startswith("NETCX_STATIC_ASSERT"):
        return
    if match.group(1) in ("DECLARE_HANDLE", "DEFINE_GUID", "DEFINE_DEVPROPKEY"):
        kind = "type" if match.group(1) == "DECLARE_HANDLE" else "constant"
        yield Name(WORD.search(flat, match.end()).group(), kind, path, line, "")
    elif match.group(1) in ("DEFINE_ENUM_FLAG_OPERATORS", "__attribute__"):
        return
    else:
        yield Name(match.group(1), "inline" if inline else "function", path, line, flat)


def parse(path, name):
    code = without_comments(path.read_text())
    for macro in macros(name, code):
        yield macro
    code = expanded(code)
    # Continued lines of a directive go with it, and keep their number.
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*",
                  lambda match: "\n" * match.group().count("\n"), code, flags=re.M)
    code = re.sub(r'extern "C\+\+" \{', " ", without_strings(code))
    # One standard operator: "DEFINE_ENUM_FLAG_OPERATORS(type)" has no semicolon.
    code = re.sub(r"\bDEFINE_ENUM_FLAG_OPERATORS\(\w+\)", " ", code)
    code = NOISE.sub(lambda match: " " * len(match.group()), code)
    for line, statement in split(code):
        yield from declared(name, line, statement)


def public_names(top):
    """Name -> Name; what is declared twice (C and C++ forms) counts once."""
    names = {}
    root = pathlib.Path(top) / "include/netcx"
    for path in sorted(root.rglob("*.h")):
        for name in parse(path, str(path.relative_to(root))):
            names.setdefault(name.name, name)
    return names
