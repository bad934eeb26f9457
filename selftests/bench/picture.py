# SPDX-License-Identifier: GPL-2.0-only
"""bench.svg: a panel for each metric, a row for each case: our figure as a part of the in-tree driver's, and both in numbers.

Left is better everywhere, so that one look tells where ours is ahead: blue, and orange where it is behind. Grey is what the runs
themselves differ by.
"""

import math
from html import escape

from results import number

HIGHER_IS_BETTER = ("Mbit/s", "packets/s", "frames/s")
WORDS = {
    "instructions/packet": "guest instructions per packet", "instructions/byte": "guest instructions per byte",
    "per 1000 packets": "per 1000 packets", "Mbit/s": "megabits per second", "packets/s": "packets per second",
    "frames/s": "frames per second", "ns/packet": "nanoseconds per packet",
}
AHEAD, BEHIND, EVEN, INK, FAINT, BAND = "#2166ac", "#d6604d", "#737373", "#222222", "#8a8a8a", "#dedede"
FONT = 13
# Of a letter, on the safe side: the fonts of viewers differ.
LETTER = 0.62 * FONT
MARGIN, ROW, HEAD, GAP, AXIS = 24, 26, 50, 22, 430
# Where the numbers end, right of the axis.
INTREE, NETCX, RATIO = 90, 170, 240
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 5, 10, 20, 50, 100)


def comparison(entry):
    """How long ours takes, or how much less it carries, as a part of the in-tree driver's: (ratio, from, to, in-tree's from, to), below
    1 is better; None without both figures."""
    if not entry["ratio"]:
        return None
    faster = entry["unit"] in HIGHER_IS_BETTER
    intree = entry["intree"]

    def part(value):
        if faster:
            return intree / value if value else None
        return value / intree

    values = [entry["ratio"] if not faster else 1 / entry["ratio"]]
    values += sorted(part(value) or values[0] for value in entry.get("netcx_range", [entry["netcx"]] * 2))
    values += sorted(part(value) or 1 for value in entry.get("intree_range", [intree] * 2))
    return values


def verdict(entry):
    """"ahead", "behind", or "even" if the medians differ by no more than the runs of one driver do."""
    compared = comparison(entry)
    if compared is None:
        return None
    ratio, low, high, intree_low, intree_high = compared
    if intree_low <= ratio <= intree_high or low <= 1 <= high:
        return "even"
    return "ahead" if ratio < 1 else "behind"


COLOURS = {"ahead": AHEAD, "behind": BEHIND, "even": EVEN}


def panels(results):
    """Entries by (metric, unit), in the order in which they come."""
    found = {}
    for entry in results:
        found.setdefault((entry["metric"], entry["unit"]), []).append(entry)
    return found


def label(entry, several):
    return f"{entry['nic']} {entry['case']}" if several and entry["nic"] != "none" else entry["case"]


class Drawing:
    def __init__(self):
        self.parts = []

    def text(self, x, y, words, colour=INK, anchor="start", size=FONT, weight="normal"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" font-size="{size}" '
                          f'font-weight="{weight}">{escape(words)}</text>')

    def line(self, x1, y1, x2, y2, colour, width=1.0, dashes=""):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"' +
                          (f' stroke-dasharray="{dashes}"' if dashes else "") + "/>")

    def box(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}" fill="{colour}"/>')

    def dot(self, x, y, colour):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')

    def svg(self, width, height):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" '
                'font-family="sans-serif">\n<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(self.parts) + "\n</svg>\n")


class Scale:
    """Ratios on a logarithmic axis, the same for all panels: half and double are as far from 1."""

    def __init__(self, left, values):
        self.left = left
        self.low, self.high = min([0.8, *values]) / 1.1, max([1.25, *values]) * 1.1

    def x(self, ratio):
        ratio = min(max(ratio, self.low), self.high)
        return self.left + AXIS * math.log(ratio / self.low) / math.log(self.high / self.low)

    def ticks(self):
        """Those that have room."""
        shown = [1]
        for tick in sorted(TICKS, key=lambda tick: abs(math.log(tick))):
            if self.low <= tick <= self.high and all(abs(self.x(tick) - self.x(other)) > 34 for other in shown):
                shown.append(tick)
        return shown


def compared_panel(drawing, top, entries, scale, several):
    left = scale.left
    faster = entries[0]["unit"] in HIGHER_IS_BETTER
    bottom = top + ROW * len(entries)
    one, right = scale.x(1), left + AXIS
    drawing.text(one - 8, top - 6, "◀ ours is better", AHEAD, "end", FONT - 1)
    drawing.text(one + 8, top - 6, "worse ▶", BEHIND, "start", FONT - 1)
    for words, column in (("in-tree", INTREE), ("netcx", NETCX), ("ratio", RATIO)):
        drawing.text(right + column, top - 6, words, FAINT, "end", FONT - 1)
    for tick in scale.ticks():
        drawing.line(scale.x(tick), top, scale.x(tick), bottom, BAND)
        drawing.text(scale.x(tick), bottom + 14, f"{1 / tick if faster else tick:.3g}", FAINT, "middle", FONT - 2)
    for row, entry in enumerate(entries):
        middle = top + ROW * (row + 0.5)
        drawing.text(left - 14, middle + 4, label(entry, several), anchor="end")
        for value, column in ((entry["intree"], INTREE), (entry["netcx"], NETCX)):
            drawing.text(right + column, middle + 4, number(value), anchor="end")
        compared = comparison(entry)
        if not compared:
            drawing.text(one - 8, middle + 4, entry.get("note", ""), FAINT, "end", FONT - 1)
            continue
        ratio, low, high, intree_low, intree_high = compared
        colour = COLOURS[verdict(entry)]
        drawing.box(scale.x(intree_low), middle - 8, scale.x(intree_high) - scale.x(intree_low), 16, BAND)
        drawing.line(one, middle, scale.x(ratio), middle, colour, 1.0, "2 2")
        drawing.line(scale.x(low), middle, scale.x(high), middle, colour, 2.5)
        drawing.dot(scale.x(ratio), middle, colour)
        drawing.text(right + RATIO, middle + 4, f"{entry['ratio']:.2f}", colour, "end", weight="bold")
    drawing.line(one, top, one, bottom, INK, 1.5)
    return bottom + 20


def alone_panel(drawing, top, entries, scale, several):
    """What nothing in the kernel compares with: bars."""
    left = scale.left
    most = max([entry["netcx"] for entry in entries if entry["netcx"]], default=1)
    for row, entry in enumerate(entries):
        middle = top + ROW * (row + 0.5)
        drawing.text(left - 14, middle + 4, label(entry, several), anchor="end")
        if entry["netcx"] is None:
            drawing.text(left, middle + 4, entry.get("note") or "no figure", FAINT, size=FONT - 1)
            continue
        length = AXIS * entry["netcx"] / most
        drawing.box(left, middle - 7, length, 14, EVEN)
        drawing.text(left + length + 8, middle + 4, number(entry["netcx"]))
    return top + ROW * len(entries)


def picture(results):
    found = panels(results)
    several = len({entry["nic"] for entry in results} - {"none"}) > 1
    longest = max(len(label(entry, several)) for entry in results)
    left = MARGIN + max(120, longest * LETTER) + 14
    compared = [values for values in map(comparison, results) if values]
    scale = Scale(left, [value for values in compared for value in values])
    drawing = Drawing()
    drawing.text(MARGIN, 34, "NetCx for Linux and the in-tree driver on the same NIC", size=18, weight="bold")
    counts = [verdict(entry) for entry in results]
    x = MARGIN
    for name in ("ahead", "even", "behind"):
        words = f"{counts.count(name)} {name}"
        drawing.dot(x + 5, 52, COLOURS[name])
        drawing.text(x + 16, 56, words, COLOURS[name], weight="bold")
        x += 16 + len(words) * LETTER + 20
    drawing.text(x, 56, "dot: medians; line: least to greatest of our runs; grey: of the in-tree driver's", FAINT, size=FONT - 1)
    top = 74
    for (metric, unit), entries in found.items():
        alone = all(entry["ratio"] is None and "intree_range" not in entry for entry in entries)
        better = "more" if unit in HIGHER_IS_BETTER else "less"
        words = WORDS.get(unit, unit)
        heading = words if metric in words else f"{metric} {words}" if words.startswith("per ") else f"{metric}: {words}"
        drawing.text(MARGIN, top + 20, f"{heading[0].upper()}{heading[1:]}, {better} is better", size=FONT + 1, weight="bold")
        top = (alone_panel if alone else compared_panel)(drawing, top + HEAD, entries, scale, several) + GAP
    return drawing.svg(left + AXIS + RATIO + MARGIN, top)


def draw(results, path):
    """Whether there was anything to draw."""
    if not results:
        path.unlink(missing_ok=True)
        return False
    path.write_text(picture(results), encoding="utf-8")
    return True
