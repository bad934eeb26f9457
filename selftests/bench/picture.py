# SPDX-License-Identifier: GPL-2.0-only
"""bench.svg: a panel for each metric, a bar for each ratio, a line at 1."""

import subprocess

HIGHER_IS_BETTER = ("Mbit/s", "packets/s", "frames/s")
HEAD = """set terminal svg size {width},{height} font 'sans,11' background rgb 'white'
set output '{path}'
set multiplot layout {rows},{columns} title 'NetCx / in-tree driver'
set style fill solid 0.8 noborder
set boxwidth 0.7
set xtics rotate by -35 left nomirror
set ytics nomirror
set grid ytics
set border 3
set key off
"""
PANEL = """set title '{title}'
set yrange [0:{top:.3g}]
set xrange [-0.6:{right:.3g}]
set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lw 1.5 dt 2
plot '-' using 1:3:4:xtic(2) with boxes lc rgb variable, '' using 1:3:5 with labels offset 0,0.6
"""
BETTER, WORSE = 0x3B7DD8, 0xD8703B
COLUMNS = 2


def panels(results):
    """The ratios there are, by metric: {title: [(label, ratio, whether that is good)]}."""
    found = {}
    several = len({entry["nic"] for entry in results}) > 1
    for entry in results:
        if entry["ratio"] is None:
            continue
        faster = entry["unit"] in HIGHER_IS_BETTER
        title = entry["metric"] + (", more is better" if faster else ", less is better")
        label = f"{entry['nic']} {entry['case']}" if several else entry["case"]
        good = entry["ratio"] >= 1 if faster else entry["ratio"] <= 1
        found.setdefault(title, []).append((label, entry["ratio"], good))
    return found


def script(results, path):
    found = panels(results)
    columns = min(COLUMNS, len(found))
    rows = -(-len(found) // columns)
    text = HEAD.format(path=str(path).replace("'", "''"), width=520 * columns, height=300 * rows, rows=rows, columns=columns)
    for title, bars in found.items():
        text += PANEL.format(title=title, top=1.15 * max(1, *(ratio for _, ratio, _ in bars)), right=len(bars) - 0.4)
        data = "".join(f'{number} "{label}" {ratio:.5g} {BETTER if good else WORSE} {ratio:.2f}\n'
                       for number, (label, ratio, good) in enumerate(bars))
        text += (data + "e\n") * 2
    return text + "unset multiplot\n"


def draw(results, path):
    """Whether there was anything to draw."""
    if not panels(results):
        path.unlink(missing_ok=True)
        return False
    subprocess.run(["gnuplot"], input=script(results, path), text=True, check=True)
    return True
