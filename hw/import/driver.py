# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A driver as it is going to be built: read(folder, options), from its project, or without one from all its sources, and its setup file."""

import dataclasses
import pathlib
import re

import files
import vcxproj
from files import Refused
from inf import Inf, PciId

LICENSES = ("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL")


@dataclasses.dataclass
class Options:
    name: str = ""
    project: str = ""
    inf: str = ""
    ids: str = ""
    configuration: str = "Release"
    platform: str = "x64"
    license: str = "GPL"


@dataclasses.dataclass
class Driver:
    folder: pathlib.Path
    name: str = ""
    origin: str = ""
    sources: list = dataclasses.field(default_factory=list)
    ids: list = dataclasses.field(default_factory=list)
    settings: list = dataclasses.field(default_factory=list)
    version: str = ""
    description: str = ""
    license: str = "GPL"
    trace_settings: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)
    inf: object = None


def below(folder, path):
    """A path as it is called within the folder, if it is in it."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return str(path)


# ---- which project, which setup file ----

def choose(folder, kind, given, candidates, option):
    """One of several files: the one that is given, or the only one there is."""
    if given:
        for path in (files.find(folder, given), pathlib.Path(given)):
            if path and path.is_file():
                return path.absolute()
        raise Refused(f"{option}={given}: no such {kind} in {folder}")
    if len(candidates) > 1:
        names = ", ".join(below(folder, path) for path in candidates)
        raise Refused(f"{folder} has several {kind}s: say which with {option}= ({names})")
    return candidates[0] if candidates else None


def find_project(folder, options):
    """The project of the driver: of several the only one that makes a driver of kernel mode."""
    found = [path for path in files.walk(folder) if path.suffix.lower() == ".vcxproj"]
    if len(found) > 1 and not options.project:
        projects = {path: vcxproj.Project(path, options.configuration, options.platform) for path in found}
        found = [path for path in found if projects[path].kind() == "driver"] or found
    path = choose(folder, "project", options.project, found, "PROJECT")
    return vcxproj.Project(path, options.configuration, options.platform) if path else None


def find_inf(folder, project, options):
    of_project = project.infs() if project else []
    near = [path for path in files.walk(project.folder if project else folder) if path.suffix.lower() in (".inf", ".inx")]
    everywhere = [path for path in files.walk(folder) if path.suffix.lower() in (".inf", ".inx")]
    path = choose(folder, "setup file", options.inf, list(dict.fromkeys(of_project or near or everywhere)), "INF")
    if not path:
        raise Refused(f"{folder}: no .inf or .inx, which would say which PCI devices the driver is for")
    return Inf(path, options.platform)


def all_sources(folder):
    """Without a project: every C and C++ file, with every folder that has a header to be found in."""
    paths = [path for path in files.walk(folder) if vcxproj.language_of(path)]
    folders = sorted({path.parent for path in files.walk(folder) if path.suffix.lower() in (".h", ".hpp")})
    defines = ["_KERNEL_MODE=1", "WIN32=100", "WINNT=1", "_WIN32_WINNT=0x0A00", "WINVER=0x0A00", "NTDDI_VERSION=0x0A00000C"]
    return [vcxproj.Source(path=path, language=vcxproj.language_of(path), includes=[folder, *folders], defines=defines,
                           standard=vcxproj.defaults_for(vcxproj.language_of(path))) for path in paths]


# ---- names and ids ----

def module_name(text):
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return re.sub(r"^netcx_", "", name)


def more_ids(text):
    """"8086:10c9 8086:1533": those that the user adds."""
    found = []
    for word in re.split(r"[\s,]+", text.strip()) if text.strip() else ():
        match = re.fullmatch(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", word)
        if not match:
            raise Refused(f"IDS={word}: a PCI id is VENDOR:DEVICE, four hexadecimal digits each")
        found.append(PciId(int(match.group(1), 16), int(match.group(2), 16)))
    return found


def take_hardware(driver, inf, options):
    driver.ids = list(dict.fromkeys(inf.pci_ids() + more_ids(options.ids)))
    if driver.ids or inf.roots():
        return
    buses = ", ".join(sorted(inf.others))
    what = f"only ids of {buses}" if buses else "no hardware id"
    raise Refused(f"{inf.path}: {what}; a driver for Linux' netcx.ko needs a PCI id, PCI\\VEN_xxxx&DEV_xxxx")


def read(folder, options):
    given = pathlib.Path(folder)
    if given.suffix.lower() == ".vcxproj" and given.is_file():
        options = dataclasses.replace(options, project=given.name)
        given = given.parent
    if not given.is_dir():
        raise Refused(f"DRIVER={folder}: no such folder")
    if options.license not in LICENSES:
        raise Refused(f"LICENSE={options.license}: netcx.ko is for modules under one of: {', '.join(LICENSES)}")
    given = given.absolute()
    project = find_project(given, options)
    if project:
        libraries = project.libraries()
        sources = [source for part in (project, *libraries) for source in part.sources()]
    else:
        libraries = []
        sources = all_sources(given)
    if not sources:
        raise Refused(f"{project.path if project else given}: no C or C++ source in it")
    inf = find_inf(given, project, options)
    driver = Driver(folder=given, sources=list({source.path: source for source in sources}.values()), inf=inf, license=options.license)
    take_hardware(driver, inf, options)
    driver.name = module_name(options.name or (project.target() if project else given.name))
    if not driver.name:
        raise Refused(f"NAME={options.name}: a name of letters and digits is needed")
    driver.origin = below(given, project.path) if project else given.name
    driver.settings = inf.settings
    driver.version = inf.version or (project.version() if project else "")
    driver.description = inf.description or driver.name
    driver.trace_settings = [setting for part in ((project, *libraries) if project else ()) for setting in part.trace_settings()]
    driver.notes = list(inf.notes)
    for part in (project, *libraries) if project else ():
        driver.notes += [f"{name} is left out: it is written for Microsoft's assembler" for name in part.assembly()]
    return driver
