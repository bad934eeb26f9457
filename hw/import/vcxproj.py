# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Visual Studio projects, as far as they say how a driver is compiled: Project(path, configuration, platform).

What MSBuild does is followed in its three passes: properties, with imported files in their place; what all items of a kind have
(ItemDefinitionGroup); items. Imported are files of the project's own and the nearest Directory.Build.props; what comes with Visual Studio
and the WDK is not there, and properties that are set nowhere are empty.
"""

import dataclasses
import os
import pathlib
import re
from xml.etree import ElementTree

import files
from files import Refused

# Kinds of items that are looked at, and metadata that are lists to which "%(Name)" adds.
KINDS = ("ClCompile", "Inf", "ProjectReference", "MASM")
C_EXTENSIONS = (".c",)
CXX_EXTENSIONS = (".cpp", ".cxx", ".cc", ".c++")
STANDARDS = {"stdcpp14": "gnu++14", "stdcpp17": "gnu++17", "stdcpp20": "gnu++20", "stdcpplatest": "gnu++20", "stdcpp23": "gnu++20"}
C_STANDARDS = {"stdc11": "gnu11", "stdc17": "gnu17"}


@dataclasses.dataclass
class Source:
    """A file that is compiled, and how."""
    path: pathlib.Path
    language: str = "c"  # "c" or "c++"
    standard: str = ""
    includes: list = dataclasses.field(default_factory=list)
    defines: list = dataclasses.field(default_factory=list)
    forced: list = dataclasses.field(default_factory=list)
    # The header that is precompiled: found by this name wherever it is.
    precompiled: str = ""


def language_of(path):
    """"c", "c++" or None, by the file's name."""
    suffix = pathlib.PurePath(path).suffix.lower()
    return "c" if suffix in C_EXTENSIONS else "c++" if suffix in CXX_EXTENSIONS else None


def defaults_for(language):
    """The version of the language that Microsoft's compiler takes if it is not told."""
    return "gnu11" if language == "c" else "gnu++14"


# ---- conditions ----

class Condition:
    """What stands in Condition="...", by recursive descent: or, and, !, comparisons, Exists(), HasTrailingSlash()."""

    TOKEN = re.compile(r"\s*('[^']*'|==|!=|<=|>=|<|>|\(|\)|!|,|[^\s'()=!<>,]+)")

    def __init__(self, text, exists):
        self.tokens = self.TOKEN.findall(text)
        self.exists = exists

    def peek(self):
        return self.tokens[0] if self.tokens else ""

    def take(self, token=None):
        if not self.tokens or (token and self.tokens[0] != token):
            raise ValueError
        return self.tokens.pop(0)

    def value(self):
        result = self.either()
        if self.tokens:
            raise ValueError
        return result

    def either(self):
        result = self.both()
        while self.peek().lower() == "or":
            self.take()
            result = self.both() or result
        return result

    def both(self):
        result = self.single()
        while self.peek().lower() == "and":
            self.take()
            result = self.single() and result
        return result

    def single(self):
        if self.peek() == "!":
            self.take()
            return not self.single()
        if self.peek() == "(":
            self.take()
            result = self.either()
            self.take(")")
            return result
        left = self.take()
        if self.peek() == "(":
            return self.call(left)
        if self.peek() in ("==", "!=", "<", ">", "<=", ">="):
            return self.compare(left.strip("'"), self.take(), self.take().strip("'"))
        return left.strip("'").lower() in ("true", "on", "yes")

    def call(self, name):
        self.take("(")
        argument = self.take().strip("'")
        self.take(")")
        if name.lower() == "exists":
            return self.exists(argument)
        if name.lower() == "hastrailingslash":
            return argument[-1:] in ("/", "\\")
        raise ValueError

    @staticmethod
    def compare(left, operator, right):
        if operator in ("==", "!="):
            return (left.lower() == right.lower()) == (operator == "==")
        left, right = float(left), float(right)
        return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[operator]


# ---- a project ----

def local_name(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse(path):
    try:
        # The parser decodes the file itself, from its byte order mark or its first line.
        return ElementTree.fromstring(pathlib.Path(path).read_bytes().lstrip())
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused(f"{path}: not the XML of a project: {error}") from error
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error


class Project:
    def __init__(self, path, configuration="Release", platform="x64"):
        self.path = pathlib.Path(os.path.abspath(path))
        self.folder = self.path.parent
        self.properties = {}
        self.definitions = {}
        self.items = {kind: [] for kind in KINDS}
        self.reading = []
        for name, value in self.well_known(configuration, platform).items():
            self.set(name, value)
        # The configuration is the caller's choice, whatever default the project has.
        self.fixed = {"configuration", "platform"}
        groups = []
        props = self.above("Directory.Build.props")
        if props:
            self.read(props, groups)
        root = parse(self.path)
        if local_name(root) != "Project":
            raise Refused(f"{self.path}: not a project: its outermost element is {local_name(root)}")
        self.walk(root, self.path, groups)
        for group, base in groups:
            if local_name(group) == "ItemDefinitionGroup":
                self.define(group, base)
        for group, base in groups:
            if local_name(group) == "ItemGroup":
                self.add_items(group, base)

    # ---- properties ----

    def well_known(self, configuration, platform):
        solution = self.above("*.sln")
        folder = f"{self.folder}/"
        return {
            "Configuration": configuration, "Platform": platform, "PlatformTarget": platform, "PlatformShortName": platform,
            "MSBuildProjectName": self.path.stem, "ProjectName": self.path.stem, "TargetName": self.path.stem,
            "MSBuildProjectDirectory": str(self.folder), "MSBuildProjectFullPath": str(self.path), "ProjectPath": str(self.path),
            "MSBuildProjectFile": self.path.name, "MSBuildProjectExtension": ".vcxproj", "ProjectFileName": self.path.name,
            "ProjectDir": folder, "SolutionDir": f"{solution.parent}/" if solution else folder, "OS": "Windows_NT",
        }

    def above(self, name):
        """The nearest file of that name in the project's folder or above."""
        for folder in (self.folder, *self.folder.parents):
            for found in sorted(folder.glob(name)) if "*" in name else filter(None, [files.find(folder, name)]):
                return found
        return None

    def set(self, name, value):
        self.properties[name.lower()] = value

    def get(self, name):
        return self.properties.get(name.lower(), "")

    def expand(self, text, base=None):
        """Properties in their place. Functions of properties, "$([...]::...)", are empty."""
        def replace(match):
            name = match.group(1)
            if base and name.lower() in ("msbuildthisfiledirectory", "msbuildthisfilefullpath"):
                return f"{base.parent}/" if name.lower().endswith("directory") else str(base)
            return self.get(name)

        text = re.sub(r"\$\(([\w.-]+)\)", replace, text or "")
        while True:
            shorter = re.sub(r"\$\((?:[^()]|\([^()]*\))*\)", "", text)
            if shorter == text:
                return text.strip()
            text = shorter

    def locate(self, text, base=None):
        """A path of the project's, which begins at its folder or, within imported files' $(MSBuildThisFileDirectory), anywhere."""
        text = text.strip().strip('"')
        if not text:
            return None
        if text.startswith("/"):
            return files.find("/", text[1:])
        return files.find(base.parent if base else self.folder, text)

    def holds(self, element, base):
        text = element.get("Condition")
        if text is None or not text.strip():
            return True
        try:
            return Condition(self.expand(text, base), lambda path: self.locate(path, base) is not None).value()
        except ValueError:
            return False

    # ---- first pass ----

    def read(self, path, groups):
        """An imported file. What is no project's XML is not the driver's fault, and left out."""
        if path in self.reading or not path.is_file():
            return
        self.reading.append(path)
        try:
            root = parse(path)
        except Refused:
            return
        self.walk(root, path, groups)

    def walk(self, parent, base, groups):
        for element in parent:
            if not self.holds(element, base):
                continue
            name = local_name(element)
            if name == "PropertyGroup":
                for child in element:
                    if local_name(child).lower() not in self.fixed and self.holds(child, base):
                        self.set(local_name(child), self.expand(child.text, base))
            elif name == "Import":
                path = self.locate(self.expand(element.get("Project"), base), base)
                if path:
                    self.read(path, groups)
            elif name == "ImportGroup":
                self.walk(element, base, groups)
            elif name == "Choose":
                self.choose(element, base, groups)
            elif name in ("ItemDefinitionGroup", "ItemGroup"):
                groups.append((element, base))

    def choose(self, element, base, groups):
        for branch in element:
            if local_name(branch) == "Otherwise" or (local_name(branch) == "When" and self.holds(branch, base)):
                self.walk(branch, base, groups)
                return

    # ---- items ----

    def metadata(self, element, base, before):
        """What an item has, from what it had before and the children of its element."""
        after = dict(before)
        pairs = [(name, text) for name, text in element.attrib.items()
                 if name not in ("Include", "Exclude", "Remove", "Update", "Condition", "Label")]
        pairs += [(local_name(child), child.text) for child in element if self.holds(child, base)]
        for name, text in pairs:
            text = self.expand(text, base)
            after[name.lower()] = re.sub(r"%\((?:\w+\.)?(\w+)\)", lambda match: after.get(match.group(1).lower(), ""), text)
        return after

    def define(self, group, base):
        for element in group:
            kind = local_name(element)
            if kind in KINDS and self.holds(element, base):
                self.definitions[kind] = self.metadata(element, base, self.definitions.get(kind, {}))

    def matches(self, text, base):
        """The files that Include="..." or its siblings name, in order."""
        found = []
        for part in self.expand(text, base).split(";"):
            part = part.strip()
            if not part or "@(" in part or "%(" in part:
                continue
            if "*" not in part and "?" not in part:
                found.append((part, self.locate(part)))
                continue
            expression = files.pattern(part)
            start = self.folder
            while part.startswith(("..\\", "../")):
                start, part = start.parent, part[3:]
                expression = files.pattern(part)
            found += [(str(path), path) for path in files.walk(start) if expression.match(path.relative_to(start).as_posix())]
        return found

    def add_items(self, group, base):
        for element in group:
            kind = local_name(element)
            if kind not in KINDS or not self.holds(element, base):
                continue
            if element.get("Remove"):
                gone = {path for _, path in self.matches(element.get("Remove"), base)}
                self.items[kind] = [item for item in self.items[kind] if item[1] not in gone]
            elif element.get("Update"):
                which = {path for _, path in self.matches(element.get("Update"), base)}
                self.items[kind] = [(text, path, self.metadata(element, base, had) if path in which else had)
                                    for text, path, had in self.items[kind]]
            else:
                excluded = {path for _, path in self.matches(element.get("Exclude"), base)}
                for text, path in self.matches(element.get("Include"), base):
                    if path is None or path not in excluded:
                        had = self.definitions.get(kind, {})
                        self.items[kind].append((text, path, self.metadata(element, base, had)))

    # ---- what is asked for ----

    def kind(self):
        """"driver", "library" or "other": a program, a driver of user mode, a package."""
        what = self.get("ConfigurationType").lower()
        if self.get("DriverType").upper() == "UMDF":
            return "other"
        if what == "staticlibrary":
            return "library"
        if what == "driver" or (not what and self.get("DriverType").upper() in ("KMDF", "WDM")):
            return "driver"
        return "other"

    def target(self):
        return self.get("TargetName") or self.path.stem

    def debug(self):
        return self.get("UseDebugLibraries").lower() == "true"

    def folders(self, text):
        found = []
        for part in text.split(";"):
            folder = self.locate(part)
            if folder and folder.is_dir() and folder not in found:
                found.append(folder)
        return found

    @staticmethod
    def words(text):
        return [word.strip() for word in text.split(";") if word.strip()]

    def toolchain_defines(self):
        """What the WDK's own property sheets define."""
        defines = ["_KERNEL_MODE=1", "WIN32=100", "WINNT=1", "_WIN32_WINNT=0x0A00", "WINVER=0x0A00", "NTDDI_VERSION=0x0A00000C"]
        if self.debug():
            defines.append("DBG=1")
        for name in ("KMDF_VERSION_MAJOR", "KMDF_VERSION_MINOR", "NETADAPTER_VERSION_MAJOR", "NETADAPTER_VERSION_MINOR"):
            if re.fullmatch(r"\d+", self.get(name)):
                defines.append(f"{name}={self.get(name)}")
        return defines

    def source(self, path, had):
        language = language_of(path)
        as_what = had.get("compileas", "").lower()
        if as_what in ("compileasc", "compileascpp"):
            language = "c" if as_what == "compileasc" else "c++"
        if not language:
            raise Refused(f"{self.path}: {path.name} is neither C nor C++ by its name")
        standard = STANDARDS.get(had.get("languagestandard", "").lower()) if language == "c++" else \
            C_STANDARDS.get(had.get("languagestandard_c", "").lower())
        use = had.get("precompiledheader", "").lower()
        undefined = set(self.words(had.get("undefinepreprocessordefinitions", "")))
        words = self.words(had.get("preprocessordefinitions", "").replace('\\"', '"'))
        defines = [define for define in self.toolchain_defines() + words
                   if define.partition("=")[0] not in undefined]
        return Source(path=path, language=language, standard=standard or defaults_for(language), defines=defines,
                      includes=self.folders(had.get("additionalincludedirectories", "") + ";" + self.get("IncludePath")),
                      forced=self.words(had.get("forcedincludefiles", "")),
                      precompiled=had.get("precompiledheaderfile", "") if use in ("use", "create") else "")

    def sources(self):
        found = []
        for text, path, had in self.items["ClCompile"]:
            if had.get("excludedfrombuild", "").lower() == "true":
                continue
            if path is None or not path.is_file():
                raise Refused(f"{self.path}: its source {text} is not there")
            found.append(self.source(path, had))
        return found

    def libraries(self):
        """The static libraries of the driver's that it links."""
        found = []
        for _, path, _ in self.items["ProjectReference"]:
            if path and path.suffix.lower() == ".vcxproj":
                found.append(Project(path, self.get("Configuration"), self.get("Platform")))
        return [project for project in found if project.kind() == "library"]

    def infs(self):
        return [path for _, path, _ in self.items["Inf"] if path and path.is_file()]

    def version(self):
        """The version that is stamped into an .inx, "" if it is the time of day."""
        stamps = [had.get("timestamp", "") for _, _, had in self.items["Inf"]] + [self.definitions.get("Inf", {}).get("timestamp", "")]
        return next((stamp for stamp in stamps if re.fullmatch(r"\d+(\.\d+)*", stamp)), "")

    def trace_settings(self):
        """Options of the trace preprocessor (WPP), of the project and of its files."""
        options = [self.definitions.get("ClCompile", {})] + [had for _, _, had in self.items["ClCompile"]]
        names = ("wpptracefunction", "wppadditionaloptions")
        return sorted({had[name] for had in options for name in names if had.get(name)})

    def assembly(self):
        return [path.name for _, path, _ in self.items["MASM"] if path]
