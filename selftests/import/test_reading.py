#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What `make import` reads and writes, without a compiler but g++'s own listing: test_reading.py [SUMMARY]

The file gets "PASSED FAILED SKIPPED".
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import summary  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
IMPORT = TOP / "hw" / "import"
FIXTURE = HERE / "fixture"
sys.path.insert(0, str(IMPORT))

import cxx  # noqa: E402
import driver as drivers  # noqa: E402
import files  # noqa: E402
import generate  # noqa: E402
import missing  # noqa: E402
import tree as trees  # noqa: E402
import wpp  # noqa: E402
from driver import Options  # noqa: E402
from files import Refused  # noqa: E402
from inf import Inf, PciId, Setting  # noqa: E402
from vcxproj import Condition, Project  # noqa: E402

INF = """\
[Version]
Class=Net
DriverVer=01/02/2023,4.5.6.7
[Manufacturer]
"Maker" = Models, NTamd64
[Models.NTamd64]
%Name% = Install, PCI\\VEN_1AF4&DEV_1000
[Install.NT]
AddReg = Values
[Values]
HKR, Ndi\\params\\*Speed, default, 0, "0"
[Strings]
Name = "Some card"
"""

PROJECT = """\
<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <PropertyGroup><ConfigurationType>Driver</ConfigurationType></PropertyGroup>
  <ItemGroup>{items}</ItemGroup>
</Project>
"""


class Folder(unittest.TestCase):
    """A folder for each test."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        # Nothing above it is a project's.
        self.folder = pathlib.Path(directory.name) / "driver"
        self.folder.mkdir()
        files.entries.cache_clear()

    def write(self, **contents):
        for name, content in contents.items():
            self.write_file(name.replace("__", "/").replace("_", ".", 1) if "." not in name else name, content)

    def write_file(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        files.entries.cache_clear()
        return path

    def project(self, items="", name="x.vcxproj", text=None):
        return self.write_file(name, text if text is not None else PROJECT.format(items=items))

    def driver(self, **options):
        return drivers.read(self.folder, Options(**options))

    def refused(self, **options):
        with self.assertRaises(Refused) as caught:
            self.driver(**options)
        message = str(caught.exception)
        self.assertNotIn("\n", message)
        return message

    def tree(self, driver):
        return trees.Tree(driver.sources, [TOP / "include" / "netcx", IMPORT / "include"])


# ---- setup files ----

class Setup(Folder):
    def inf(self, text=INF, encoding="utf-8", platform="x64"):
        return Inf(self.write_file("x.inf", text.replace("\n", "\r\n").encode(encoding)), platform)

    def test_all_encodings_give_the_same(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
            with self.subTest(encoding):
                inf = self.inf(encoding=encoding)
                self.assertEqual(inf.pci_ids(), [PciId(0x1af4, 0x1000)])
                self.assertEqual((inf.version, inf.description), ("4.5.6.7", "Some card"))
                self.assertEqual(inf.settings, [Setting("*Speed", "0")])

    def test_ids(self):
        for text, wanted in {
                "PCI\\VEN_10EC&DEV_8168&SUBSYS_012310EC&REV_0b": PciId(0x10ec, 0x8168, 0x10ec, 0x0123, 0x0b),
                "pci\\ven_10ec&dev_8168&rev_03": PciId(0x10ec, 0x8168, None, None, 3),
                "PCI\\VEN_10EC&DEV_8168&SUBSYS_012310EC": PciId(0x10ec, 0x8168, 0x10ec, 0x0123)}.items():
            inf = self.inf(INF.replace("PCI\\VEN_1AF4&DEV_1000", text))
            self.assertEqual(inf.pci_ids(), [wanted], text)
        self.assertEqual(str(PciId(0x10ec, 0x8168, 0x10ec, 0x123, 11)), "10ec:8168, subsystem 10ec:0123, revision 0b")
        self.assertEqual(self.inf(INF.replace("PCI\\VEN_1AF4&DEV_1000", "root\\card, PCI\\CC_0200")).hardware, ["root\\card"])

    def test_what_is_no_id_is_named(self):
        for text in ("PCI\\VEN_10EC&DEV_81", "PCI\\VEN_10EX&DEV_8168", "PCI\\8086"):
            with self.assertRaisesRegex(Refused, "is no PCI id"):
                self.inf(INF.replace("PCI\\VEN_1AF4&DEV_1000", text))

    def test_models_of_this_architecture(self):
        text = INF.replace("NTamd64\n", "NTx86, NTarm64.10.0...16299, NT$ARCH$.6.1\n", 1).replace(
            "[Models.NTamd64]", "[Models.NTx86]\n%Name%=Install,PCI\\VEN_0001&DEV_0001\n[Models.NTarm64.10.0...16299]\n"
            "%Name%=Install,PCI\\VEN_0002&DEV_0002\n[Models.NT$ARCH$.6.1]")
        self.assertEqual([entry.vendor for entry in self.inf(text).pci_ids()], [0x1af4])
        self.assertEqual([entry.vendor for entry in self.inf(text, platform="ARM64").pci_ids()], [2, 0x1af4])
        # A file for another architecture only says which devices there are all the same.
        self.assertEqual(self.inf(text.replace(", NTarm64.10.0...16299, NT$ARCH$.6.1", "")).pci_ids(), [PciId(1, 1)])

    def test_defaults(self):
        lines = ('HKR, Ndi\\params\\Kept, default, 0, "a;b ""c"""', 'HKR, NDI\\PARAMS\\kept\\enum, "0", 0, "no"',
                 'HKR, Ndi\\params\\Absent, default, 0, "1"', 'HKR, Ndi\\params\\Absent, Optional, 0, "1"',
                 'HKR, Ndi\\params\\Typed, Default, 0x00010001, 0x10', 'HKR, Ndi\\params\\None, type, 0, "int"',
                 'HKR,, Number, 0x00010001, 7', 'HKR,, Text, , %Name%', 'HKR,, Bytes, 1, 01,02', 'HKR,, Gone, 4, x',
                 'HKLM, Software, Other, 0, "x"', 'HKR, Ndi\\params\\Long, default, 0, \\', ' "over two lines"')
        inf = self.inf(INF.replace('HKR, Ndi\\params\\*Speed, default, 0, "0"', "\n".join(lines)))
        self.assertEqual({setting.name: setting.value for setting in inf.settings},
                         {"Kept": 'a;b "c"', "Typed": 16, "Number": 7, "Text": "Some card", "Long": "over two lines"})
        self.assertEqual(inf.notes, [])

    def test_a_default_outside_its_range_is_noted(self):
        text = INF.replace('default, 0, "0"', 'default, 0, "9"\nHKR, Ndi\\params\\*Speed, max, 0, "8"')
        self.assertIn("the default of *Speed is 9, outside its own range", self.inf(text).notes[0])

    def test_two_models_with_different_defaults(self):
        text = INF.replace("%Name% = Install, PCI\\VEN_1AF4&DEV_1000",
                           "%Name% = Install, PCI\\VEN_1AF4&DEV_1000\n%Name% = Other, PCI\\VEN_1AF4&DEV_1001") + """
[Other.NTamd64]
Needs = Install.NT
[Other]
AddReg = Unused
"""
        self.assertEqual(self.inf(text).notes, [])
        text = text.replace("Needs = Install.NT", 'AddReg = More\n[More]\nHKR, Ndi\\params\\*Speed, default, 0, "6"')
        inf = self.inf(text)
        self.assertEqual(inf.settings, [Setting("*Speed", "0")])
        self.assertIn('for [Other] it would be "6"', inf.notes[0])

    def test_substitution(self):
        text = INF.replace('%Name% = Install', '"%name% 100%%" = Install')
        self.assertEqual(self.inf(text).description, "Some card 100%")
        # The strings of a language stand in for what the general ones lack.
        text = INF.replace('Name = "Some card"', '') + '[Strings.0409]\nName = "A card"\n[Strings.0407]\nName = "Eine Karte"\n'
        self.assertEqual(self.inf(text).description, "A card")

    def test_no_version_in_an_inx(self):
        self.assertEqual(self.inf(INF.replace("01/02/2023,4.5.6.7", "; by StampInf")).version, "")

    def test_the_fixture(self):
        inf = Inf(FIXTURE / "Fixture.inf")
        self.assertEqual([entry.revision for entry in inf.pci_ids()], [0x7f, 0, None])
        self.assertEqual(inf.pci_ids()[2].subdevice, 0xa01f)
        self.assertEqual({setting.name: setting.value for setting in inf.settings},
                         {"LinkSpeedMbps": 2500, "*ReceiveBuffers": "128", "*TransmitBuffers": "64", "*FlowControl": "0"})


# ---- projects ----

class Projects(Folder):
    def test_conditions(self):
        exists = "there".__eq__
        for text, wanted in {
                "'Release|x64'=='release|X64'": True, "'a' != 'a'": False, "'a'=='b' Or '1'=='1'": True,
                "'a'=='a' and ('b'=='c' or !false)": True, "Exists('there')": True, "!exists('away')": True,
                "HasTrailingSlash('a\\')": True, "true": True, "'2'>'1'": True, "'10.0' >= '6.1'": True}.items():
            self.assertEqual(Condition(text, exists).value(), wanted, text)
        for text in ("'a'==", "Unknown('x')", "'a'=='a' 'b'", ""):
            with self.assertRaises(ValueError):
                Condition(text, exists).value()

    def test_the_fixture(self):
        project = Project(FIXTURE / "Fixture.vcxproj")
        sources = project.sources()
        self.assertEqual([source.path.name for source in sources], ["Driver.c", "Device.cpp", "Queues.cpp"])
        self.assertEqual([source.language for source in sources], ["c", "c++", "c++"])
        self.assertEqual(sources[0].includes, [FIXTURE / "Inc"])
        self.assertIn('FIXTURE_NAME="fixture"', sources[1].defines)
        self.assertNotIn("NOT_ON_THIS_MACHINE=1", sources[1].defines)
        self.assertEqual((sources[0].precompiled, sources[1].precompiled), ("", "pch.h"))
        self.assertEqual([path.name for path in project.infs()], ["Fixture.inf"])
        self.assertIn("DBG=1", Project(FIXTURE / "Fixture.vcxproj", "Debug").sources()[0].defines)

    def test_files_by_pattern(self):
        for name in ("a.cpp", "b.CPP", "sub/c.cpp", "x64/made.cpp", "no.txt"):
            self.write_file(name, "")
        def names(items):
            return [source.path.relative_to(self.folder).as_posix() for source in Project(self.project(items)).sources()]

        self.assertEqual(names('<ClCompile Include="*.cpp" Exclude="A.cpp"/>'), ["b.CPP"])
        self.assertEqual(names('<ClCompile Include="**\\*.cpp"/><ClCompile Remove="b.cpp"/>'), ["a.cpp", "sub/c.cpp"])

    def test_metadata(self):
        self.write_file("a.c", "")
        self.write_file("inc/x.h", "")
        items = """</ItemGroup>
          <ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>ONE;%(PreprocessorDefinitions)</PreprocessorDefinitions>
            <LanguageStandard>stdcpp17</LanguageStandard></ClCompile></ItemDefinitionGroup>
          <PropertyGroup><Extra Condition="'$(Platform)'=='x64'">TWO=$(Configuration)</Extra></PropertyGroup>
          <ItemGroup><ClCompile Include="A.c"><CompileAs>CompileAsCpp</CompileAs>
            <AdditionalIncludeDirectories>INC;nowhere;$(Unset)\\x;C:\\abs</AdditionalIncludeDirectories>
            <PreprocessorDefinitions>$(Extra);QUOTED=\\"x y\\";%(PreprocessorDefinitions)</PreprocessorDefinitions></ClCompile>
          <ClCompile Update="a.c"><UndefinePreprocessorDefinitions>WINNT</UndefinePreprocessorDefinitions></ClCompile>"""
        source = Project(self.project(items)).sources()[0]
        self.assertEqual((source.language, source.standard), ("c++", "gnu++17"))
        self.assertEqual(source.includes, [self.folder / "inc"])
        self.assertEqual(source.defines[-3:], ["TWO=Release", 'QUOTED="x y"', "ONE"])
        self.assertNotIn("WINNT=1", source.defines)

    def test_imports(self):
        self.write_file("a.cpp", "")
        self.write_file("../Directory.Build.props", '<Project><PropertyGroup><Depth>up</Depth></PropertyGroup></Project>')
        self.write_file("props/more.props", """<Project><ItemDefinitionGroup><ClCompile>
            <PreprocessorDefinitions>MORE=$(Depth)</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>
            <Import Project="more.props"/></Project>""")
        self.write_file("bad.props", "<Project")
        project = Project(self.project("""</ItemGroup><Import Project="$(VCTargetsPath)\\Microsoft.Cpp.props"/>
            <Import Project="Props\\More.props" Condition="exists('props\\more.props')"/><Import Project="bad.props"/>
            <Choose><When Condition="'a'=='b'"><ItemGroup><ClCompile Include="none.cpp"/></ItemGroup></When>
            <Otherwise><ItemGroup><ClCompile Include="a.cpp"/></ItemGroup></Otherwise></Choose><ItemGroup>"""))
        self.assertEqual(project.sources()[0].defines[-1], "MORE=up")

    def test_libraries_are_part_of_the_driver(self):
        self.write_file("a.cpp", "")
        self.write_file("lib/b.cpp", "")
        self.project('<ClCompile Include="b.cpp"/>', "lib/lib.vcxproj",
                     PROJECT.format(items='<ClCompile Include="b.cpp"/>').replace(">Driver<", ">StaticLibrary<"))
        self.project('<ClCompile Include="a.cpp"/><ProjectReference Include="lib\\Lib.vcxproj"/>')
        self.write_file("x.inf", INF)
        self.assertEqual([source.path.name for source in self.driver().sources], ["a.cpp", "b.cpp"])


# ---- which driver ----

class Choice(Folder):
    def test_without_a_project(self):
        self.write_file("src/a.c", '#include "H.h"\n')
        self.write_file("inc/h.h", "")
        self.write_file("My Card.inf", INF)
        driver = self.driver()
        self.assertEqual((driver.name, driver.description), ("driver", "Some card"))
        self.assertIn("source/inc/H.h", self.tree(driver).files)

    def test_names(self):
        self.write_file("a.c", "")
        self.write_file("x.inf", INF)
        self.project("""<ClCompile Include="a.c"/></ItemGroup><PropertyGroup><TargetName>NetCx_My-Card</TargetName></PropertyGroup>
            <ItemGroup>""")
        self.assertEqual(self.driver().name, "my_card")
        self.assertEqual(self.driver(name="Other").name, "other")
        self.assertIn("a name of letters and digits", self.refused(name="!"))

    def test_more_ids(self):
        self.write_file("a.c", "")
        self.write_file("x.inf", INF)
        self.assertEqual(self.driver(ids="8086:10c9, 1af4:1000").ids, [PciId(0x1af4, 0x1000), PciId(0x8086, 0x10c9)])
        self.assertIn("IDS=8086", self.refused(ids="8086"))

    def test_what_cannot_be_imported_is_said_in_a_line(self):
        nowhere = drivers.read
        with self.assertRaisesRegex(Refused, "no such folder"):
            nowhere(self.folder / "away", Options())
        self.assertIn("no C or C++ source", self.refused())
        self.write_file("a.cpp", "")
        self.assertIn("no .inf or .inx", self.refused())
        self.write_file("x.inf", "text")
        self.assertIn("no section [Version]", self.refused())
        self.write_file("x.inf", INF.replace("PCI\\VEN_1AF4&DEV_1000", "ACPI\\VEN_X, USB\\VID_1"))
        self.assertIn("only ids of ACPI, USB", self.refused())
        self.write_file("x.inf", INF.replace(", PCI\\VEN_1AF4&DEV_1000", ""))
        self.assertIn("no hardware id", self.refused())
        self.write_file("x.inf", INF)
        self.assertIn("LICENSE=Mine", self.refused(license="Mine"))
        self.write_file("y.inx", INF)
        self.assertIn("several setup files: say which with INF= (x.inf, y.inx)", self.refused())
        self.assertEqual(self.driver(inf="Y.inx").inf.path.name, "y.inx")
        self.assertIn("INF=z.inf: no such", self.refused(inf="z.inf"))
        self.project(text="<Project")
        self.assertIn("not the XML of a project", self.refused(inf="x.inf"))
        self.project(text="<Other/>")
        self.assertIn("its outermost element is Other", self.refused(inf="x.inf"))
        self.project('<ClCompile Include="gone.cpp"/>')
        self.assertIn("its source gone.cpp is not there", self.refused(inf="x.inf"))
        self.project('<ClCompile Include="a.cpp"/>')
        self.project('<ClCompile Include="a.cpp"/>', "other.vcxproj")
        self.assertIn("several projects: say which with PROJECT= (other.vcxproj, x.vcxproj)", self.refused(inf="x.inf"))
        self.assertEqual(self.driver(inf="x.inf", project="X.vcxproj").origin, "x.vcxproj")
        # Of one that makes a driver and one that does not there is no question.
        self.project(text=PROJECT.format(items="").replace(">Driver<", ">Application<"), name="other.vcxproj")
        self.assertEqual(self.driver(inf="x.inf").origin, "x.vcxproj")

    def test_the_command_leaves_nothing_and_ends_with_2(self):
        self.write_file("a.cpp", "")
        out = self.folder.parent / "out"
        kdir = self.folder.parent / "kdir"
        command = [str(IMPORT / "netcx-import"), "--out", str(out), str(self.folder)]
        for arguments, says in ((["--kdir", str(kdir)], "no kernel's headers there"), ([], "no .inf or .inx")):
            done = subprocess.run(command + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (2, "", 1), done.stderr)
            self.assertIn(says, done.stderr)
            self.assertFalse(out.exists())
            header = kdir / "include/generated/utsrelease.h"
            header.parent.mkdir(parents=True, exist_ok=True)
            header.write_text('#define UTS_RELEASE "1.0"\n')
            command += ["--kdir", str(kdir)]
        self.write_file("x.inf", INF)
        done = subprocess.run(command + ["--name", "e1000e"], stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("a driver of this tree's own", done.stderr)
        for option in ("--out", "--top", "--kdir"):
            done = subprocess.run(command + [option, f"{out} of mine"], stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1), done.stderr)
            self.assertIn("no path with a space in it", done.stderr)
        self.project('<ClCompile Include="a.cpp"><ForcedIncludeFiles>a&#10;all: ; false</ForcedIncludeFiles></ClCompile>')
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1), done.stderr)
        self.assertIn("not printable", done.stderr)
        self.assertFalse(out.exists())


# ---- the tree of links ----

class Links(Folder):
    def setUp(self):
        super().setUp()
        self.write_file("x.inf", INF)

    def contents(self, **options):
        return {name: content for name, content in self.tree(self.driver(**options)).files.items() if not isinstance(content, trees.Link)}

    def test_names_in_other_case_and_with_backslashes(self):
        self.write_file("a.cpp", '#include "PCH.h"\n  #  include "sub\\b.h"\n#include <NET\\ring.h>\n#include <ntddk.h>\n// #include "no.h"\n')
        self.write_file("pch.h", "#include <WDF.h>\n")
        self.write_file("Sub/B.h", '#include "..\\pch.h"\n#include "C.h"\n')
        self.write_file("Sub/C.h", "")
        self.project('<ClCompile Include="a.cpp"/>')
        self.assertEqual(self.contents(), {
            "source/PCH.h": '#include "pch.h"\n', "source/sub\\b.h": '#include "Sub/B.h"\n', "alias/NET\\ring.h": "#include <net/ring.h>\n",
            "alias/WDF.h": "#include <wdf.h>\n", "source/Sub/..\\pch.h": '#include "../pch.h"\n'})

    def test_headers_of_who_includes(self):
        """Microsoft's compiler looks in the folders of all files that led to an include."""
        self.write_file("src/a.cpp", '#include "..\\inc\\a.h"\n')
        self.write_file("src/local.h", "")
        self.write_file("inc/a.h", '#include "local.h"\n')
        self.project('<ClCompile Include="src\\a.cpp"/>')
        self.assertEqual(self.contents()["source/inc/local.h"], '#include "../src/local.h"\n')

    def test_a_precompiled_header_is_found_by_its_name(self):
        self.write_file("pch.h", "")
        self.write_file("pch.cpp", '#include "pch.h"\n')
        self.write_file("sub/a.cpp", '#include "pch.h"\n')
        items = "".join(f'<ClCompile Include="{name}"><PrecompiledHeader>Use</PrecompiledHeader>'
                        '<PrecompiledHeaderFile>pch.h</PrecompiledHeaderFile></ClCompile>' for name in ("pch.cpp", "sub\\a.cpp"))
        self.project(items)
        self.assertEqual(self.contents(), {"source/sub/pch.h": '#include "../pch.h"\n'})

    def test_sources_elsewhere_and_names_with_spaces(self):
        self.write_file("My Code/a b.cpp", '#include "my header.h"\n')
        self.write_file("My Code/my header.h", "")
        self.write_file("proj/x.vcxproj", PROJECT.format(items='<ClCompile Include="..\\My Code\\A b.cpp"/>'))
        tree = self.tree(self.driver(inf="x.inf"))
        self.assertEqual(tree.files["source/a_b.cpp"], trees.Link(self.folder / "My Code" / "a b.cpp"))
        self.assertEqual(tree.files["source/my header.h"], '#include "my_header.h"\n')

    def test_forced_includes_and_utf16(self):
        self.write_file("a.cpp", "")
        self.write_file("inc/force.h", "\ufeff#define X\r\n".encode("utf-16-le"))
        self.project('<ClCompile Include="a.cpp"><AdditionalIncludeDirectories>inc</AdditionalIncludeDirectories>'
                     '<ForcedIncludeFiles>Force.h</ForcedIncludeFiles></ClCompile>')
        driver = self.driver()
        tree = self.tree(driver)
        self.assertEqual(tree.files["source/inc/force.h"], "#define X\n")
        self.assertIn("-include $(import-tree)/source/inc/force.h", generate.kbuild(driver, tree, TOP))

    def test_an_alignment_before_a_structure(self):
        self.write_file("a.cpp", "__declspec(align(32))\nstruct S { int x; };\nDECLSPEC_ALIGN(8) struct S s;\n"
                        "typedef DECLSPEC_CACHEALIGN struct _T : S\n{ } T;\n")
        self.project('<ClCompile Include="a.cpp"/>')
        self.assertEqual(self.contents()["source/a.cpp"], "struct __declspec(align(32))\n S { int x; };\nDECLSPEC_ALIGN(8) struct S s;\n"
                         "typedef struct DECLSPEC_CACHEALIGN  _T : S\n{ } T;\n")

    def test_commas_before_arguments_that_are_empty(self):
        text = """#define A(x, ...) f(x, __VA_ARGS__)
#define B(...) do { \\
    g(1, \\
        __VA_ARGS__); \\
} while (0)
#define C(x, ...) h(x, ##__VA_ARGS__)
"""
        self.assertEqual(trees.adapted(text).split("\n"), [
            "#define A(x, ...) f(x __VA_OPT__(,) __VA_ARGS__)", "#define B(...) do { \\", "    g(1 __VA_OPT__(,) \\", "        __VA_ARGS__); \\",
            "} while (0)", "#define C(x, ...) h(x, ##__VA_ARGS__)", ""])
        self.assertEqual(trees.adapted("f(x, __VA_ARGS__)"), "f(x, __VA_ARGS__)")

    def test_nothing_is_written_outside_of_the_tree(self):
        self.write_file("a.cpp", '#include <../../../../x/evil.tmh>\n#include "../../../evil.tmh"\n#include <../../StdInt.h>\n'
                        '#include <../../netcx/WDF.h>\n#include <../near.tmh>\n#include <../../include/netcx/NTDDK.h>\n')
        self.project('<ClCompile Include="a.cpp"/>')
        self.assertEqual(self.contents(), {"near.tmh": '#include "tmh.h"\n'})

    def test_headers_that_nobody_has(self):
        self.write_file("a.cpp", '#include <StdInt.h>\n#include "Nowhere.h"\n#include <stdarg.h>\n')
        self.project('<ClCompile Include="a.cpp"/>')
        self.assertEqual(self.contents(), {"alias/StdInt.h": "#include <stdint.h>\n"})

    def test_what_is_written_and_what_goes_again(self):
        out = self.folder.parent / "out"
        generate.write(out, {"a": "one", "sub/b": trees.Link(self.folder), "c": "x"})
        before = (out / "a").stat().st_mtime_ns
        generate.write(out, {"a": "one", "c": trees.Link(self.folder)})
        self.assertEqual((out / "a").stat().st_mtime_ns, before)
        self.assertTrue((out / "c").is_symlink())
        self.assertFalse(os.path.lexists(out / "sub/b"))


# ---- what is generated ----

class Generated(unittest.TestCase):
    def test_strings(self):
        self.assertEqual(generate.c_string('a "b" \\ ??/ é'), '"a \\"b\\" \\\\ \\077\\077/ \\303\\251"')

    def test_words_of_commands(self):
        self.assertEqual(generate.for_make('-DX="$(y) #1"'), "'-DX=\"$$(y) \\#1\"'")
        for word in ("-DX=a\nall: ; touch /tmp/x", "-DX=a\rb", "-DX=\u2028", "-DX=\x1b", "-DX=a\tb"):
            with self.assertRaisesRegex(Refused, r"-DX=.*\?.*: a define or a forced include"):
                generate.for_make(word)

    def test_words_of_commands_reach_the_compiler(self):
        with tempfile.TemporaryDirectory() as directory:
            for word in ("a b", "a'b", 'a"b', "a#b", "a\\#b", "a\\\\#b", "a\\", "$(shell false)$x`x`;&|", "\u00e9"):
                path = pathlib.Path(directory, "Makefile")
                path.write_text(f"word := {generate.for_make(word)}\nall:\n\t@printf %s $(word)\n")
                done = subprocess.run(["make", "-s", "-C", directory], stdout=subprocess.PIPE, text=True, check=True)
                self.assertEqual(done.stdout, word)

    def test_comments(self):
        self.assertEqual(generate.comment("a*/b\nc\x1b\u00e9"), "a* /b?c??")

    def test_the_fixture(self):
        driver = drivers.read(FIXTURE, Options())
        text = generate.linux_module(driver)
        self.assertIn('{ .name = "LinkSpeedMbps", .number = 2500U },', text)
        self.assertIn('.driver_data = NETCX_PCI_REVISION(0x7f)', text)
        self.assertIn('.subvendor = 0x8086, .subdevice = 0xa01f }', text)
        self.assertIn('MODULE_VERSION("1.2.34.5");', text)
        self.assertIn('MODULE_DESCRIPTION("Fixture Ethernet Controller (82574L)");', text)

    def test_a_driver_without_hardware(self):
        driver = drivers.Driver(folder=FIXTURE, name="x", description="x")
        text = generate.linux_module(driver)
        self.assertNotIn("id_table", text)
        self.assertNotIn("configuration_defaults", text)


# ---- trace functions ----

class Traces(unittest.TestCase):
    def functions(self, text, *settings):
        return {function.name: function for function in wpp.functions([text], settings)}

    def test_declarations(self):
        found = self.functions("""
            // begin_wpp config
            // USEPREFIX (TraceA, "%!FUNC! ");
            // FUNC TraceA(LEVEL, FLAGS, MSG, ...);
            // FUNC TraceB{LEVEL=ERR,FLAG=ALL}(STATUS, MSG, ...);
            // Bare{LEVEL=X}(FLAGS, MSG, ...);
            // CUSTOM_TYPE(foo, ItemEnum(bar));
            // end_wpp
            FUNC NotInABlock(MSG, ...);
            """, "TraceD(LEVEL,FLAGS,MSG,...)", "-func:TraceE(MSG,...) -scan:trace.h")
        self.assertEqual(sorted(found), ["Bare", "DoTraceMessage", "TraceA", "TraceB", "TraceD", "TraceE"])
        self.assertEqual(found["TraceB"].fixed, [("LEVEL", "ERR"), ("FLAG", "ALL")])
        self.assertIn("WPP_LEVEL_FLAG_STATUS_PRE(ERR, ALL, wpp_1) ((void)sizeof((0, wpp_1, wpp_2, ##__VA_ARGS__, 0)))",
                      found["TraceB"].macro())

    def test_a_macro_is_of_one_line(self):
        found = self.functions("begin_wpp config\nFUNC Trace{LEVEL=A\n#error\n}(MSG, ...);\nend_wpp")
        self.assertIn("WPP_LEVEL_PRE(A #error)", found["Trace"].macro())

    def test_they_are_compiled_and_do_nothing(self):
        """In C and C++: arguments are looked at and not evaluated, and the macros around the trace are done."""
        source = """
            #define WPP_S_PRE(s) { int e = (s); if (e) {
            #define WPP_S_POST(s) ; return e; } }
            int called; struct bits { int b : 3; };
            %s
            static int f(void) { called = 1; return 0; }
            static int g(struct bits *x) {
                Trace(LEVEL_NOBODY_HAS, FLAG_NOBODY_HAS, "%%!FUNC!", f(), x->b);
                Trace(0, 0, "alone");
                if (x) Trace(1, 2, "x"); else Trace(1, 2, "y");
                ReturnIf(x->b);
                return 7;
            }
            int main(void) { struct bits x = { 2 }; int r = g(&x); x.b = 0; return called || r != 2 || g(&x) != 7; }
            """
        found = wpp.functions(["begin_wpp config\nFUNC Trace(LEVEL, FLAGS, MSG, ...);\nFUNC ReturnIf(S);\nend_wpp"])
        macros = "\n".join(function.macro() for function in found)
        for compiler, language in (("gcc", "c"), ("g++", "c++")):
            with self.subTest(language), tempfile.TemporaryDirectory() as directory:
                binary = f"{directory}/a"
                subprocess.run([compiler, "-x", language, "-", "-o", binary], input=source % macros, text=True, check=True)
                self.assertEqual(subprocess.run([binary], check=False).returncode, 0)
                wrong = source.replace("x->b);\n                Trace(0", "y->b);\n                Trace(0")
                done = subprocess.run([compiler, "-x", language, "-", "-o", binary], input=wrong % macros, text=True, check=False,
                                      stderr=subprocess.PIPE)
                self.assertNotEqual(done.returncode, 0)


# ---- the compiler ----

class Lenience(unittest.TestCase):
    def compile(self, text, standard="gnu++14"):
        with tempfile.TemporaryDirectory() as directory:
            source = f"{directory}/a.cpp"
            pathlib.Path(source).write_text(text)
            command = [str(IMPORT / "cxx.py"), "g++", f"-std={standard}", "-fpermissive", "-fms-extensions", "-fno-exceptions",
                       "-fshort-wchar", "-include", str(IMPORT / "include" / "microsoft_compiler.h"), "-c", "-o", f"{directory}/a.o", source]
            done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
            return done.returncode, done.stderr

    def accepted(self, text):
        status, messages = self.compile(text)
        self.assertEqual(status, 0, messages)

    def refused(self, text, says):
        status, messages = self.compile(text)
        self.assertNotEqual(status, 0)
        self.assertRegex(messages, says)

    def test_gotos_over_initialisations(self):
        self.accepted("int f(); int g() { int r = 0; if (f()) goto Exit; int x = f(); r = x;\nExit: return r; }")

    def test_not_out_of_an_objects_scope(self):
        text = """struct Lock { ~Lock(); }; int f();
            int leaves() { { Lock lock; if (f()) goto Exit; f(); }\nExit: return 0; }
            int stays() { Lock lock; if (f()) goto Exit; f();\nExit: return 0; }"""
        self.accepted(text)
        over = "int over() { if (f()) goto Exit; int x = f(); f();\nExit: return 0; }"
        self.refused(text + over, r"leaves: 'goto Exit' leaves the scope of an object with a destructor")
        self.accepted(text.replace("int leaves() { {", "int leaves() {").replace("f(); }\nExit", "f();\nExit") + over)

    def test_what_microsofts_compiler_takes(self):
        self.accepted("struct S { void S::m(); }; struct P { int x; }; P f(); P *g() { return &f(); }")
        self.accepted("bool f(bool b) { b++; return b; }")
        self.accepted("__declspec(noinline) int f(); __forceinline int g() { return f(); } typedef struct __declspec(align(64)) _S { char c; } S; "
                      "static_assert(sizeof(S) == 64, \"\"); unsigned __int64 x = 0x100000000; __declspec(code_seg(\"PAGE\")) int h();")
        self.accepted("__pragma(pack(push, 1)) struct A { char c; int i; }; __pragma(pack(pop)) static_assert(sizeof(A) == 5, \"\");"
                      "#define TRACE __noop\nvoid f(int a) { TRACE(\"x\", a); __noop; }".replace("#define", "\n#define"))

    def test_what_it_does_not_take(self):
        self.refused("int *f(void *p) { return p; }", "error: invalid conversion")
        self.refused("void f(unsigned *p); void g() { unsigned long x; f(&x); }", "error: ")
        self.refused("void f() { nobody(); }", "was not declared")


# ---- what is missing ----

MESSAGES = """\
  CC [M]  /out/source/a.o
/out/source/a.cpp:3:10: fatal error: wdmguid.h: No such file or directory
    3 | #include <wdmguid.h>
      |          ^~~~~~~~~~~
compilation terminated.
/out/source/b.cpp: In function 'int f()':
/out/source/b.cpp:7:2: error: 'DbgPrint' was not declared in this scope; did you mean 'DbgPrintEx'?
/out/source/b.cpp:9:2: error: 'DbgPrint' was not declared in this scope
/out/source/c.c:9:2: error: implicit declaration of function ‘DbgPrint’ [-Werror=implicit-function-declaration]
/out/source/h.h:2:1: error: 'PINTERFACE' does not name a type
/out/source/c.c:3:1: error: unknown type name ‘PINTERFACE’
/out/source/c.c:4:1: error: 'PAGE_SIZE' undeclared (first use in this function)
/out/source/b.cpp:10:5: error: 'NET_DRIVER' {aka 'struct _NET_DRIVER'} has no member named 'Newer'
/out/source/b.cpp:11:5: error: expected ';' before '}' token
/out/source/b.cpp:12:5: warning: unused variable 'x'
/out/source/b.cpp:11:5: error: expected ';' before '}' token
"""


class Names(unittest.TestCase):
    def test_names_are_grouped(self):
        found = missing.Missing(lambda path: path.replace("/out/source/", ""))
        found.read(MESSAGES)
        found.undefined("RtlRandomEx", "/out/source/b.cpp")
        self.assertEqual(found.count(), 6)
        self.assertEqual(found.table().split("\n"), [
            "  headers:", "    wdmguid.h  a.cpp",
            "  types:", "    PINTERFACE  h.h, c.c",
            "  functions, macros and constants:", "    DbgPrint   b.cpp, c.c", "    PAGE_SIZE  c.c",
            "  members:", "    NET_DRIVER::Newer  b.cpp",
            "  defined nowhere:", "    RtlRandomEx  b.cpp",
            "  files with other errors:", "    b.cpp  2"])

    def test_errors_come_with_their_lines_and_once(self):
        lines = missing.errors(MESSAGES)
        self.assertEqual(lines[1], "    3 | #include <wdmguid.h>")
        self.assertEqual(sum("expected ';'" in line for line in lines), 1)
        self.assertFalse([line for line in lines if "warning" in line or "CC" in line])
        self.assertEqual(missing.errors(MESSAGES, 2)[2], f"... {len(lines) - 2} lines more")


if __name__ == "__main__":
    summary.main(verbosity=1)
