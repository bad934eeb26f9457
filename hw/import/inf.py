# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""What the setup file of a Windows driver (.inf, .inx) says about the driver: Inf(path).

    hardware     the devices it is for: PCI functions, and names of devices that are made without hardware (ROOT\\...)
    settings     values that the driver's configuration begins with
    version      of DriverVer, "" where the build would have stamped it
    description  of the first device

Sections are followed as Windows does: [Manufacturer] to the sections of models, those to the sections that install a model, those to the
sections of registry values, each in the form with the most decorations that fits.
"""

import dataclasses
import re

import files
from files import Refused

HEX4, HEX8 = "[0-9A-F]{4}", "[0-9A-F]{8}"
PCI_ID = re.compile(rf"PCI\\VEN_({HEX4})&DEV_({HEX4})(?:&SUBSYS_({HEX8}))?(?:&REV_([0-9A-F]{{2}}))?(?:&CC_[0-9A-F]{{4,6}})?\Z", re.I)
# Any device of a class: such ids stand beside those of devices, for what they are compatible with.
PCI_CLASS = re.compile(rf"PCI\\(?:VEN_{HEX4}&)?(?:CC_[0-9A-F]{{4,6}}|VEN_{HEX4})\Z", re.I)
ARCHITECTURES = {"x64": ("amd64", "$arch$", ""), "ARM64": ("arm64", "$arch$", "")}

# How registry values are said to be, and to what they are written: the low bits of AddReg's flags.
TYPE_MASK, DWORD, STRINGS = 0x00030001, 0x00010001, (0x00000000, 0x00020000)
NO_VALUE = 0x0000201C  # deletes, or writes a key only


@dataclasses.dataclass(frozen=True)
class PciId:
    vendor: int
    device: int
    subvendor: int = None
    subdevice: int = None
    revision: int = None
    description: str = dataclasses.field(default="", compare=False)

    def __str__(self):
        text = f"{self.vendor:04x}:{self.device:04x}"
        if self.subdevice is not None:
            text += f", subsystem {self.subvendor:04x}:{self.subdevice:04x}"
        return text + (f", revision {self.revision:02x}" if self.revision is not None else "")


@dataclasses.dataclass
class Setting:
    """A value that the configuration begins with: a string or a number."""
    name: str
    value: object


# ---- lines ----

def without_comment(line):
    """The line up to a semicolon outside quotes."""
    quoted = False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            return line[:at].strip()
    return line.strip()


def logical_lines(text):
    """Lines without comments, those that end with a backslash joined with the next: pairs of (number, line)."""
    joined, begun = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        line = without_comment(line)
        begun = begun if joined else number
        if line.endswith("\\") and line.count('"') % 2 == 0:
            joined += line[:-1] + " "
            continue
        if joined + line:
            yield begun, (joined + line).strip()
        joined = ""
    if joined.strip():
        yield begun, joined.strip()


def split(text, separator, most=None):
    """Splits outside quotes; quotes are taken off, and two of them within are one."""
    fields, field, quoted, at = [], "", False, 0
    while at < len(text):
        char = text[at]
        if char == '"' and quoted and text[at + 1:at + 2] == '"':
            field += '""'
            at += 1
        elif char == '"':
            quoted = not quoted
            field += char
        elif char == separator and not quoted and (most is None or len(fields) < most):
            fields.append(field)
            field = ""
        else:
            field += char
        at += 1
    return [unquoted(part) for part in fields + [field]]


def unquoted(text):
    text = text.strip()
    # Quotes may stand around a part of it only.
    return re.sub(r'"((?:[^"]|"")*)"?', lambda match: match.group(1).replace('""', '"'), text)


class Section:
    def __init__(self, name):
        self.name = name
        self.lines = []  # (number, key or "", [values])

    def values(self, key):
        """All values of a key, in order."""
        return [value for _, name, values in self.lines if name.lower() == key.lower() for value in values if value]


class Inf:
    def __init__(self, path, platform="x64"):
        self.path = path
        self.architectures = ARCHITECTURES[platform]
        self.sections = {}
        self.strings = {}
        self.read(files.read(path))
        if "version" not in self.sections:
            raise Refused(f"{path}: not a setup file: it has no section [Version]")
        self.others = set()  # buses that it has ids of, besides
        self.installs = []
        self.hardware = self.find_hardware()
        self.settings, self.notes = [], []
        self.find_settings()

    # ---- reading ----

    def read(self, text):
        raw, current = {}, None
        for number, line in logical_lines(text):
            match = re.match(r"\[\s*(.*?)\s*\]", line)
            if match:
                current = raw.setdefault(match.group(1).strip('"').lower(), (match.group(1), []))
            elif current:
                current[1].append((number, line))
        # Those of a language, English first, stand in for what the general ones lack.
        names = [name for name in raw if re.fullmatch(r"strings(\.[0-9a-f]{4})?", name)]
        for name in sorted(names, key=lambda name: (name == "strings", name == "strings.0409", name)):
            for _, line in raw[name][1]:
                key, _, value = line.partition("=")
                self.strings[key.strip().strip('"').lower()] = split(value, "\0")[0]
        for name, (spelled, lines) in raw.items():
            section = self.sections.setdefault(name, Section(spelled))
            for number, line in lines:
                section.lines.append((number, *self.parse(line)))

    def parse(self, line):
        pair = split_raw(line, "=")
        if len(pair) == 2:
            key, line = self.substitute(unquoted(pair[0])), pair[1]
        else:
            key = ""
        return key, [self.substitute(value) for value in split(line, ",")]

    def substitute(self, text):
        """%name% in their place; %% is a percent sign."""
        def replace(match):
            if not match.group(1):
                return "%"
            return self.strings.get(match.group(1).strip().lower(), match.group())
        return re.sub(r"%([^%]*)%", replace, text)

    def section(self, name):
        return self.sections.get(name.lower())

    def first(self, key):
        """A value of [Version]."""
        return next(iter(self.sections["version"].values(key)), "")

    # ---- devices ----

    def fits(self, decoration):
        """"NTamd64.10.0...16299": whether it is for this architecture."""
        match = re.match(r"nt(\$arch\$|[a-z]+\d*|)(\..*)?\Z", decoration.strip().lower())
        return bool(match) and match.group(1) in self.architectures

    def models(self):
        """The sections that list models, for this architecture if there is a choice."""
        manufacturers = self.section("manufacturer")
        for _, _, values in manufacturers.lines if manufacturers else ():
            name, decorations = values[0], [value for value in values[1:] if value]
            chosen = [decoration for decoration in decorations if self.fits(decoration)] or decorations
            found = [self.section(f"{name}.{decoration}") for decoration in chosen] + [self.section(name)]
            yield from dict.fromkeys(filter(None, found))

    def find_hardware(self):
        found = []
        for section in self.models():
            for _, description, values in section.lines:
                ids = [value for value in values[1:] if value]
                if not ids:
                    continue
                if values[0].lower() not in [name.lower() for name in self.installs]:
                    self.installs.append(values[0])
                for text in ids:
                    device = self.device(text, description)
                    if device and device not in found:
                        found.append(device)
        return found

    def device(self, text, description):
        """A PciId, or the name of a device without hardware."""
        bus = text.partition("\\")[0].upper()
        match = PCI_ID.match(text.strip())
        if match:
            vendor, device, subsystem, revision = match.groups()
            # Windows writes the subsystem's own number first, then its vendor.
            sub = (int(subsystem[4:], 16), int(subsystem[:4], 16)) if subsystem else (None, None)
            return PciId(int(vendor, 16), int(device, 16), *sub, int(revision, 16) if revision else None, description)
        if bus == "ROOT":
            return text
        if bus == "PCI" and not PCI_CLASS.match(text.strip()):
            raise Refused(f"{self.path}: {text} is no PCI id: PCI\\VEN_xxxx&DEV_xxxx[&SUBSYS_xxxxxxxx][&REV_xx]")
        self.others.add("PCI classes" if bus == "PCI" else bus)
        return None

    def pci_ids(self):
        return [device for device in self.hardware if isinstance(device, PciId)]

    def roots(self):
        return [device for device in self.hardware if isinstance(device, str)]

    @property
    def description(self):
        for section in self.models():
            for _, description, values in section.lines:
                if len(values) > 1 and description:
                    return description
        return ""

    @property
    def version(self):
        values = self.section("version").values("DriverVer")
        match = re.search(r"\d+(\.\d+)*\Z", values[1]) if len(values) > 1 else None
        return match.group() if match else ""

    @property
    def is_net(self):
        return self.first("Class").lower() == "net" or self.first("ClassGuid").lower() == "{4d36e972-e325-11ce-bfc1-08002be10318}"

    # ---- settings ----

    def install_section(self, name):
        """The form of it with the most decorations that fits."""
        suffixes = [f".nt{architecture}" for architecture in self.architectures if architecture] + [".nt", ""]
        return next(filter(None, (self.section(name + suffix) for suffix in suffixes)), None)

    def registry_values(self, install):
        """What AddReg of a model's section, and of those that it needs, writes: (number, subkey, name, flags, [values])."""
        waiting, done = [self.install_section(install)], []
        while waiting:
            section = waiting.pop(0)
            if section is None or section in done:
                continue
            done.append(section)
            waiting += [self.section(name) for name in section.values("Needs")]
            for name in section.values("AddReg"):
                for number, _, values in self.section(name).lines if self.section(name) else ():
                    values += [""] * (4 - len(values))
                    if values[0].upper() == "HKR":
                        yield number, values[1], values[2], flags_of(values[3]), values[4:]

    def find_settings(self):
        if not self.installs:
            return
        settings, origins = {}, {}
        for install in self.installs:
            keywords = {}
            for number, subkey, name, flags, values in self.registry_values(install):
                if flags is None or flags & NO_VALUE:
                    continue
                path = re.split(r"[\\/]+", subkey.strip("\\/"))
                if not path[0] and name:
                    self.add(settings, origins, install, name, value_of(flags, values))
                elif len(path) == 3 and path[0].lower() == "ndi" and path[1].lower() == "params":
                    spelled, had = keywords.setdefault(path[2].lower(), (path[2], {}))
                    had[name.lower()] = (number, value_of(flags, values))
            for spelled, had in keywords.values():
                self.add(settings, origins, install, spelled, self.default_of(spelled, had))
        self.settings = [Setting(name, value) for name, value in settings.values()]

    def add(self, settings, origins, install, name, value):
        """Adds a value; of two models that begin with different ones the first has it."""
        if value is None:
            return
        known = settings.setdefault(name.lower(), (name, value))
        first = origins.setdefault(name.lower(), install)
        if known[1] != value and first != install:
            self.notes.append(f'{name} begins with "{known[1]}", as [{first}] says; for [{install}] it would be "{value}"')

    def default_of(self, name, had):
        """The default of a keyword; None if it has none, or begins as "Not Present" because it is optional."""
        value = had.get("default", (0, None))[1]
        if value is None or str(had.get("optional", (0, "0"))[1]) == "1":
            return None
        number = to_number(value)
        low, high = (to_number(had[end][1]) if end in had else None for end in ("min", "max"))
        if number is not None and ((low is not None and number < low) or (high is not None and number > high)):
            self.notes.append(f'line {had["default"][0]}: the default of {name} is {value}, outside its own range')
        return value


def split_raw(line, separator):
    """Key and the rest of a line, at the first separator outside quotes; or only the line."""
    quoted = False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == separator and not quoted:
            return [line[:at], line[at + 1:]]
    return [line]


def flags_of(text):
    try:
        return int(text, 0) if text else 0
    except ValueError:
        return None


def to_number(value):
    try:
        return int(str(value), 0)
    except ValueError:
        return int(value) if re.fullmatch(r"\d+", str(value)) else None


def value_of(flags, values):
    """A string or a number; None for what is neither."""
    if flags & TYPE_MASK == DWORD:
        number = to_number(values[0]) if values else None
        return number & 0xffffffff if number is not None else None
    return (values[0] if values else "") if flags & TYPE_MASK in STRINGS else None
