# SPDX-License-Identifier: GPL-2.0-only
"""A figure for both drivers, and how figures are written."""

import json
import statistics


class Figures:
    """What one driver gave: one value a run; or, in "reason", why it gave none."""

    def __init__(self, values=(), reason=None, note=None):
        self.values = list(values)
        self.reason = reason if self.values else reason or "no result"
        self.note = note

    @property
    def median(self):
        return statistics.median(self.values) if self.values else None

    @property
    def range(self):
        return [min(self.values), max(self.values)] if self.values else None

    @property
    def spread(self):
        """From the least to the greatest, as a part of the median."""
        if not self.values or not self.median:
            return None
        return (max(self.values) - min(self.values)) / abs(self.median)


def rounded(value):
    """To five significant digits, which is more than any figure here is good for."""
    return None if value is None else float(f"{value:.5g}")


def result(nic, case, metric, unit, intree, netcx):
    """One object of bench.json. What could not be measured is null and has its reason in "note"; "intree" is None if nothing in the
    kernel compares."""
    alone = intree is None
    intree = intree or Figures()
    ratio = netcx.median / intree.median if netcx.values and intree.median else None
    spreads = [figures.spread for figures in (intree, netcx) if figures.spread is not None]
    notes = [f"{name}: {text}" for name, figures in (("in-tree", intree), ("netcx", netcx)) if not (alone and figures is intree)
             for text in dict.fromkeys((figures.reason, figures.note)) if text]
    return {
        "nic": nic, "case": case, "metric": metric, "unit": unit,
        "intree": rounded(intree.median), "netcx": rounded(netcx.median), "ratio": rounded(ratio),
        **{f"{name}_range": [rounded(value) for value in figures.range]
           for name, figures in (("intree", intree), ("netcx", netcx)) if figures.range},
        "runs": len(netcx.values) if alone else min(len(intree.values), len(netcx.values)), "spread": rounded(max(spreads, default=None)),
        **({"note": "; ".join(notes)} if notes else {}),
    }


def write_json(results, path):
    """One object a line: easy to compare, by people too."""
    with open(path, "w") as out:
        out.write("[\n" + ",\n".join("  " + json.dumps(entry) for entry in results) + "\n]\n")


def number(value):
    if value is None:
        return "-"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}"


def table(results):
    """For people: a block for each metric."""
    lines = []
    metric = None
    for entry in results:
        if (entry["metric"], entry["unit"]) != metric:
            metric = entry["metric"], entry["unit"]
            heading = f"{entry['metric']}, {entry['unit']}"
            lines += [""] * bool(lines) + [f"{heading:44} {'in-tree':>9} {'netcx':>9} {'ratio':>6} {'spread':>7}"]
        ratio = "-" if entry["ratio"] is None else f"{entry['ratio']:.2f}"
        spread = "-" if entry["spread"] is None else f"{entry['spread']:.1%}"
        lines.append(f"  {entry['nic']:8} {entry['case']:33} {number(entry['intree']):>9} {number(entry['netcx']):>9} "
                     f"{ratio:>6} {spread:>7}")
    notes = dict.fromkeys(f"{entry['nic']} {entry['case']}: {entry['note']}" for entry in results if "note" in entry)
    return "\n".join(lines + [""] * bool(notes) + list(notes))
