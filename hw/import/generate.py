# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""What the import writes beside the driver's own source: linux_module.c and Kbuild."""

import os
import re
import shlex

import files
import tree as trees
from files import Refused

MODULE = """\
// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* What Linux wants to know about the module. Written by hw/import from {origin}. */
#include <linux/module.h>
#include <linux/pci.h>

#include <netcx_client.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT driver_object, PUNICODE_STRING registry_path);
{tables}
static struct netcx_client netcx_{name}_client = {{
	.name = "netcx_{name}",
	.version = {version},
	.driver_entry = DriverEntry,
{members}	.owner = THIS_MODULE,
}};
module_netcx_client(netcx_{name}_client);

MODULE_DESCRIPTION({description});
MODULE_VERSION({version});
MODULE_LICENSE({license});
MODULE_IMPORT_NS(NETCX_SYMBOL_NAMESPACE);
"""

KBUILD = """\
# SPDX-License-Identifier: GPL-2.0-only OR MIT
# Written by hw/import from {origin}: what is compiled, and with which flags.
netcx-top := {top}
import-tree := $(src)
import-name := {name}
import-c := {c}
import-cxx := {cxx}
import-includes := {includes}
{flags}
include $(netcx-top)/hw/import/Kbuild.rules
"""


def c_string(text):
    """A C literal; what is not printable ASCII as octal bytes of UTF-8."""
    out = ""
    for byte in str(text).encode():
        char = chr(byte)
        out += f"\\{char}" if char in '"\\' else char if 0x20 <= byte < 0x7f and char != "?" else f"\\{byte:03o}"
    return f'"{out}"'


def comment(text):
    return files.plain(text).replace("*/", "* /")


def id_table(name, ids):
    lines = []
    for entry in ids:
        fields = f".vendor = {entry.vendor:#06x}, .device = {entry.device:#06x}"
        sub = (f"{entry.subvendor:#06x}", f"{entry.subdevice:#06x}") if entry.subdevice is not None else ("PCI_ANY_ID", "PCI_ANY_ID")
        fields += f",\n\t  .subvendor = {sub[0]}, .subdevice = {sub[1]}"
        if entry.revision is not None:
            fields += f",\n\t  .driver_data = NETCX_PCI_REVISION({entry.revision:#04x})"
        lines.append(f"\t{{ {fields} }}," + (f" /* {comment(entry.description)} */" if entry.description else ""))
    body = "\n".join(lines)
    return (f"\nstatic const struct pci_device_id netcx_{name}_ids[] = {{\n{body}\n\t{{}}\n}};\n"
            f"MODULE_DEVICE_TABLE(pci, netcx_{name}_ids);\n")


def defaults_table(name, settings):
    lines = []
    for setting in settings:
        value = f".number = {setting.value}U" if isinstance(setting.value, int) else f".string = {c_string(setting.value)}"
        lines.append(f"\t{{ .name = {c_string(setting.name)}, {value} }},")
    body = "\n".join(lines)
    return f"\nstatic const struct netcx_configuration_default netcx_{name}_defaults[] = {{\n{body}\n\t{{}}\n}};\n"


def linux_module(driver):
    tables = members = ""
    if driver.ids:
        tables += id_table(driver.name, driver.ids)
        members += f"\t.id_table = netcx_{driver.name}_ids,\n"
    if driver.settings:
        tables += defaults_table(driver.name, driver.settings)
        members += f"\t.configuration_defaults = netcx_{driver.name}_defaults,\n"
    return MODULE.format(origin=comment(driver.origin), name=driver.name, tables=tables, members=members,
                         version=c_string(driver.version or "0"), description=c_string(driver.description), license=c_string(driver.license))


def for_make(word):
    """A word of a command line, as make hands it to the shell. No word has a line break in it, which would begin a line of make's own."""
    if not word.isprintable():
        raise Refused(f"{files.plain(word)}: a define or a forced include with a character that is not printable")
    return re.sub(r"(\\*)#", r"\1\1\\#", shlex.quote(word).replace("$", "$$"))


def kbuild(driver, tree, top):
    def placed(language):
        return " ".join(tree.place(source.path) for source in driver.sources if source.language == language)

    def folder(path):
        at = tree.place(path) if path != tree.root else trees.SOURCE
        return f"-I$(import-tree)/{at}"

    flags = []
    for source in driver.sources:
        words = [f"-std={source.standard}"] + [for_make(f"-D{define}") for define in source.defines]
        words += [folder(path) for path in source.includes]
        for name in source.forced:
            path = tree.forced(source, name)
            words += ["-include", f"$(import-tree)/{tree.place(path)}" if path else for_make(name)]
        flags.append(f"import-flags-{tree.place(source.path)} := {' '.join(words)}")
    return KBUILD.format(origin=comment(driver.origin), top=top, name=driver.name, c=placed("c"), cxx=placed("c++"),
                         includes=f"-I$(import-tree)/{trees.ALIAS}", flags="\n".join(flags))


def write(folder, contents):
    """Makes the folder hold these files and no others of an earlier import. What has not changed is not touched, so that make compiles
    again only what it has to."""
    listing = folder / ".import"
    before = listing.read_text().split("\n") if listing.is_file() else []
    folder.mkdir(parents=True, exist_ok=True)
    for name in set(before) - set(contents):
        path = folder / name
        if name and os.path.lexists(path):
            path.unlink()
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, trees.Link):
            if os.path.islink(path) and os.readlink(path) == str(content.to):
                continue
            if os.path.lexists(path):
                path.unlink()
            path.symlink_to(content.to)
        elif os.path.islink(path) or not path.is_file() or path.read_text() != content:
            if os.path.lexists(path):
                path.unlink()
            path.write_text(content)
    listing.write_text("\n".join(sorted(contents)))
