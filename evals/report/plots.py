"""The pictures of a report, as SVG that stands inside a page: text as text, the same bytes for the same numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evals.types import Point, Row, Run

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Told apart by people who do not tell red from green, and dark enough on white and light enough on black.
COLOURS = ("#2b7bba", "#d1791a", "#3d9a6b", "#a3559b")
_GREY = "#808a94"
_WIDTH = 6.2
_SETTINGS: dict[Any, Any] = {  # the names that matplotlib knows
    "svg.hashsalt": "planqa",  # ids are hashes with a salt that is random otherwise
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _GREY,
    "axes.edgecolor": _GREY,
    "axes.labelcolor": _GREY,
    "xtick.color": _GREY,
    "ytick.color": _GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}


def by_group(rows: Sequence[Row], measure: str, label: str) -> str:
    """One bar for each row with its 95 % interval, the best on top."""
    import matplotlib as mpl

    found = sorted((row for row in rows if measure in row.values), key=lambda row: row.values[measure])
    with mpl.rc_context(_SETTINGS):
        figure, axes = _figure(0.8 + 0.3 * len(found))
        for at, row in enumerate(found):
            value = row.values[measure]
            low, high = row.intervals.get(measure, (value, value))
            axes.barh(at, value, color=COLOURS[0], height=0.6)
            axes.plot([low, high], [at, at], color=_GREY, linewidth=2)
        axes.set_yticks(range(len(found)), [f"{row.name} ({row.cases})" for row in found])
        axes.set_xlim(min(0.0, *(row.values[measure] for row in found)) if found else 0.0, 1.0)
        axes.set_xlabel(label)
        axes.grid(axis="x", alpha=0.25)
        return _svg(figure)


def risk_coverage(
    runs: Sequence[Run], axes: tuple[str, str] = ("share of questions answered", "share of answers that are wrong")
) -> str:
    """The share of questions answered against the share of the answers that are wrong, surest first."""
    return _curves({run.system: run.risk_coverage for run in runs}, axes, diagonal=False)


def reliability(runs: Sequence[Run], axes: tuple[str, str] = ("confidence", "share that was right")) -> str:
    """Confidence against the share that was right; the diagonal is a confidence that means what it says."""
    return _curves({run.system: run.reliability for run in runs}, axes, diagonal=True)


def _curves(curves: Mapping[str, Sequence[Point]], labels: tuple[str, str], *, diagonal: bool) -> str:
    import matplotlib as mpl

    with mpl.rc_context(_SETTINGS):
        figure, axes = _figure(3.6)
        if diagonal:
            axes.plot([0, 1], [0, 1], color=_GREY, linestyle=":", linewidth=1)
        for number, (name, points) in enumerate(curves.items()):
            colour = COLOURS[number % len(COLOURS)]
            xs, ys = [point.x for point in points], [point.y for point in points]
            axes.plot(xs, ys, color=colour, linewidth=1.6, label=name, marker="o", markersize=3)
            if diagonal:
                most = max((point.count for point in points), default=1)
                axes.scatter(xs, ys, s=[160 * point.count / most for point in points], color=colour, alpha=0.3)
        axes.set_xlim(0, 1.02)
        axes.set_ylim(-0.02, 1.02)
        axes.set_xlabel(labels[0])
        axes.set_ylabel(labels[1])
        axes.grid(alpha=0.25)
        axes.legend(loc="upper left")
        return _svg(figure)


def _figure(height: float) -> tuple[Figure, Axes]:
    # Not pyplot: that keeps figures in a global list, and looks for a screen.
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    FigureCanvasSVG(figure)
    return figure, figure.subplots()


def _svg(figure: Figure) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    whole = text.getvalue()
    return whole[whole.index("<svg") :]
