"""Rules on a page to tables: which lines cross, and which cells they enclose.

Works on drawn lines of a PDF and on dark runs of a scanned picture alike. Rules that touch make one table;
every crossing makes rows and columns; where the rule between two places is missing, they are one merged
cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; the origin is at the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: ``place`` is its y if it runs across, else its x; ``start`` and ``end`` the other
    axis.
    """

    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the cells of each row, None where a merged cell that begins elsewhere covers the
    place.
    """

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]

    def cell_at(self, x: float, y: float) -> Box | None:
        """The cell under a point."""
        return next((cell for row in self.rows for cell in row if cell is not None and cell.holds(x, y)), None)


# A table of more places than this is a drawing (a map, squared paper).
_PLACES_LIMIT = 20_000
_RULES_LIMIT = 5_000
# A single row of so many columns is a table's last one, which a page break cut off.
_ALONE = 3


def find_grids(across: Sequence[Rule], down: Sequence[Rule], *, slack: float) -> list[Grid]:
    """The tables of at least two rows and two columns, or of one row and three columns, from top to bottom.

    Rules up to ``slack`` apart are one rule, or touch. Sides may be open: a table needs no rule at its edge.
    """
    across, down = _joined(across, slack), _joined(down, slack)
    if len(across) > _RULES_LIMIT or len(down) > _RULES_LIMIT:
        return []
    grids = [_grid(*group, slack) for group in _groups(across, down, slack)]
    found = [grid for grid in grids if grid is not None]
    return sorted(found, key=lambda grid: (grid.box.top, grid.box.left))


def _joined(rules: Sequence[Rule], slack: float) -> list[Rule]:
    """Rules in nearly one place moved to it, and those that meet end to end made one."""
    placed: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.place):
        if group and rule.place - group[-1].place > slack:
            placed.extend(_merged(group, slack))
            group = []
        group.append(rule)
    return [*placed, *(_merged(group, slack) if group else ())]


def _merged(group: Sequence[Rule], slack: float) -> list[Rule]:
    place = sum(rule.place for rule in group) / len(group)
    merged: list[Rule] = []
    for rule in sorted(group, key=lambda rule: rule.start):
        if merged and rule.start - merged[-1].end <= slack:
            merged[-1] = Rule(place, merged[-1].start, max(merged[-1].end, rule.end))
        else:
            merged.append(Rule(place, rule.start, rule.end))
    return merged


def _groups(across: Sequence[Rule], down: Sequence[Rule], slack: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    waiting = list(range(len(down)))
    unseen = set(range(len(across)))
    while unseen:
        rows, columns = [unseen.pop()], []
        at = 0
        while at < len(rows):
            touched = [number for number in waiting if _touch(across[rows[at]], down[number], slack)]
            waiting = [number for number in waiting if number not in touched]
            columns.extend(touched)
            for number in touched:
                met = [row for row in unseen if _touch(across[row], down[number], slack)]
                unseen.difference_update(met)
                rows.extend(met)
            at += 1
        groups.append(([across[row] for row in rows], [down[number] for number in columns]))
    return groups


def _touch(across: Rule, down: Rule, slack: float) -> bool:
    return (
        across.start - slack <= down.place <= across.end + slack
        and down.start - slack <= across.place <= down.end + slack
    )


def _grid(across: Sequence[Rule], down: Sequence[Rule], slack: float) -> Grid | None:
    ys = _places(across, down, slack)
    xs = _places(down, across, slack)
    high, wide = len(ys) - 1, len(xs) - 1
    if wide < 2 or high * wide > _PLACES_LIMIT:
        return None
    if high < 2 and wide < _ALONE:
        return None
    owner = _owners(across, down, ys, xs, slack)
    reach: dict[int, tuple[int, int]] = {}  # the last row and column of each cell
    for at, first in enumerate(owner):
        row, column = reach.get(first, (0, 0))
        reach[first] = (max(row, at // wide), max(column, at % wide))
    rows = tuple(
        tuple(
            Box(xs[column], ys[row], xs[reach[place][1] + 1], ys[reach[place][0] + 1])
            if owner[place := row * wide + column] == place
            else None
            for column in range(wide)
        )
        for row in range(high)
    )
    if len(reach) < 3:  # a box with a rule in it
        return None
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), rows)


def _places(rules: Sequence[Rule], crossing: Sequence[Rule], slack: float) -> list[float]:
    """Where rules of one direction lie, and where those that cross them end: the open sides."""
    places = sorted({rule.place for rule in rules})
    if crossing:
        first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
        if not places or first < places[0] - slack:
            places.insert(0, first)
        if last > places[-1] + slack:
            places.append(last)
    return places


def _owners(
    across: Sequence[Rule], down: Sequence[Rule], ys: Sequence[float], xs: Sequence[float], slack: float
) -> list[int]:
    """For each place, row by row, the first place of the cell that it belongs to."""
    high, wide = len(ys) - 1, len(xs) - 1
    owner = list(range(high * wide))

    def first(place: int) -> int:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    def unite(one: int, other: int) -> None:
        low, top = sorted((first(one), first(other)))
        owner[top] = low

    for row in range(high):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(wide - 1):
            if not _ruled(down, xs[column + 1], middle):
                unite(row * wide + column, row * wide + column + 1)
    for column in range(wide):
        middle = (xs[column] + xs[column + 1]) / 2
        for row in range(high - 1):
            if not _ruled(across, ys[row + 1], middle):
                unite(row * wide + column, (row + 1) * wide + column)
    return [first(place) for place in range(high * wide)]


def _ruled(rules: Sequence[Rule], place: float, middle: float) -> bool:
    return any(rule.place == place and rule.start <= middle <= rule.end for rule in rules)
