# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Windows' trace preprocessor (WPP): what becomes of the trace functions that a project declares in its comments.

WPP reads the sources for calls of functions that blocks like this one declare,

    // begin_wpp config
    // FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
    // FUNC ReturnIfError{LEVEL=TRACE_LEVEL_ERROR}(FLAGS, STATUS, MSG, ...);
    // end_wpp

and writes a header file.tmh for each. There are no trace sessions here, so that every .tmh is the same header, in which the functions are
macros that evaluate nothing; arguments are compiled as in sizeof(). What the project's own WPP_..._PRE and _POST macros do around the trace,
returning from the function for instance, is done.
"""

import re

BLOCK = re.compile(r"begin_wpp\s+config(.*?)end_wpp", re.S)
FUNCTION = re.compile(r"^[\s/*]*(FUNC\s+)?([A-Za-z_]\w*)\s*(?:\{([^}]*)\})?\s*\(([^()]*)\)\s*;?", re.M)
DIRECTIVES = {"USEPREFIX", "USESUFFIX", "NOPREFIX", "NOSUFFIX", "CUSTOM_TYPE", "ENABLE_FLAGS", "UNICODE", "NOPRINTF"}
# Without any of these it is no function but a directive.
SPECIAL = {"MSG", "FLAGS", "LEVEL", "EXP", "...", "FLAG"}

HEADER = """\
/*
 * What each .tmh is here: the project's trace functions, which do nothing. Written by hw/import from the project's
 * WPP configuration.
 */
#ifndef NETCX_IMPORT_TMH
#define NETCX_IMPORT_TMH

#include <evntrace.h>
#include <WppRecorder.h>

"""


class Function:
    def __init__(self, name, fixed, parameters):
        self.name = name
        self.fixed = fixed            # [(name, value)] of the braces
        self.parameters = parameters  # names, "..." the last if there are more

    @property
    def variadic(self):
        return bool(self.parameters) and self.parameters[-1] == "..."

    def macro(self):
        """Its definition, with those of the macros around it that the project has not."""
        named = self.parameters[:-1] if self.variadic else self.parameters
        arguments = [f"wpp_{number}" for number in range(1, len(named) + 1)]
        values = dict(self.fixed)
        values.update(zip(named, arguments))
        # Which macros stand around it says the list of its parameters, those of the braces first.
        around = [name for name, _ in self.fixed] + [name for name in named if name != "MSG"]
        # Names of flags are no identifiers: WPP makes some of them.
        checked = [argument for name, argument in zip(named, arguments) if not re.search("FLAG|LEVEL", name)]
        # The last is none of the arguments: sizeof() takes no bit-field.
        check = ", ".join(["0"] + checked) + (", ##__VA_ARGS__" if self.variadic else "") + ", 0"
        text = ""
        before = after = ""
        if around:
            signature = "WPP_" + "_".join(around)
            given = ", ".join(values[name] for name in around)
            for end in ("PRE", "POST"):
                text += f"#ifndef {signature}_{end}\n#define {signature}_{end}(...)\n#endif\n"
            before, after = f"{signature}_PRE({given}) ", f" {signature}_POST({given})"
        parameters = ", ".join(arguments + (["..."] if self.variadic else []))
        return text + f"#undef {self.name}\n#define {self.name}({parameters}) \\\n\t{before}((void)sizeof(({check}))){after}\n"


def declared(match):
    """A Function of what FUNCTION found, or None."""
    keyword, name, braces, listed = match.groups()
    parameters = [parameter.strip() for parameter in listed.split(",") if parameter.strip()]
    if not keyword and (name.upper() in DIRECTIVES or name.startswith(("DEFINE_", "CUSTOM_")) or not SPECIAL & set(parameters)):
        return None
    if not all(parameter == "..." or re.fullmatch(r"[A-Za-z_]\w*", parameter) for parameter in parameters):
        return None
    fixed = [tuple(" ".join(part.split()) for part in pair.split("=", 1)) for pair in (braces or "").split(",") if "=" in pair]
    return Function(name, fixed, parameters)


def functions(texts, settings=()):
    """The trace functions that the texts of sources declare, and a project's settings: "TraceEvents(LEVEL,FLAGS,MSG,...)"."""
    found = {"DoTraceMessage": Function("DoTraceMessage", [], ["FLAGS", "MSG", "..."])}
    matches = [match for text in texts for block in BLOCK.findall(text) for match in FUNCTION.finditer(block)]
    for setting in settings:
        for part in re.split(r"\s*;\s*|\s+-|^-", setting):
            matches += filter(None, [FUNCTION.match("FUNC " + re.sub(r"^func:", "", part.strip()))])
    for match in matches:
        function = declared(match)
        if function:
            found[function.name] = function
    return list(found.values())


def header(found):
    return HEADER + "\n".join(function.macro() for function in found) + "\n#endif\n"
