"""What is asked of a table: a cell, the row with the most, which of two rows has more, the rows of one kind.

The question is laid over each table of the documents in question: which rows does it name, which column, and what is
to be done with them. Nothing is answered unless rows, column and what stands above the table have most of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.normalise import fold
from ingest.rules.programme import parts_in
from retrieval.answer.asked import Asked
from retrieval.answer.compose import escape
from retrieval.answer.draft import Draft, Line, quote_passage
from retrieval.answer.grid_cells import (
    COVERED,
    ENOUGH,
    MONEY,
    difference,
    heads_of,
    least,
    line_of,
    lines_of,
    names_of,
    no_tasks,
    number_in,
    of_money,
    said_of_rows,
    share_held,
    written,
)
from retrieval.answer.grid_years import (
    COUNTED,
    DONE,
    LEAST,
    MOST,
    TWO,
    best_year,
    of_all,
    of_source,
    of_sums,
    of_years,
)
from retrieval.answer.grids import Grid, GridRow, Grids, years_of
from retrieval.answer.library import Library
from retrieval.answer.table_cells import NO_THING, bare_name, said_in, says
from retrieval.answer.terms import Topic, content
from retrieval.answer.wording import say
from retrieval.assignment import names_doer
from retrieval.registers.table_reader import names_total
from retrieval.types import Hit

_WHICH = re.compile(r"\b(?:nao|dau|gi|ai|which|what|who)\b")
_MORE = re.compile(r"\b(?:nhieu|cao|lon|dong)\b(?: \w+){0,6}? hon\b|\b(?:more|higher|larger|bigger|greater)\b")
_LESS = re.compile(r"\b(?:it|thap|nho)\b(?: \w+){0,6}? hon\b|\b(?:less|lower|smaller|fewer)\b")
_APART = re.compile(
    r"\b(?:hon|kem|tang|giam|chenh(?: lech)?)\b(?: \w+){0,6} (?:bao nhieu|may)\b|\bdifference\b"
    r"|\b(?:tang hay giam|giam hay tang|tang giam|thay doi)\b"
    r"|\bhow (?:much|many) (?:\w+ ){0,2}(?:more|less|fewer|higher|lower)\b"
)
_WHICH_YEAR = re.compile(r"\bnam nao\b|\b(?:which|what) year\b")
_HOW_MANY = re.compile(r"\b(?:bao nhieu|may|so tien|how (?:many|much)|what (?:share|rate|percentage|number))\b")
_LISTED = re.compile(r"\b(?:nhung|cac|liet ke|ke ten|gom|which|list|name)\b")
_ALL = re.compile(r"\b(?:tong|tat ca|ca thay|toan bo|total|in all|altogether)\b")
_SHARE = re.compile(r"\b(?:ty le|ti le|phan tram|rate|share|per ?cent\w*)\b|%")
# What says little of a column: years, brackets, that it is of money or of people.
_GENERIC = re.compile(
    r"\b(?:năm )?20\d\d\b|\([^)]*\)|\b(?:ngân sách|kinh phí|nguồn vốn|vốn|nguồn|dân tộc|số)\b", re.IGNORECASE
)
_OF_GROUP = re.compile(r"^(?:(?:cac|nhung) )?(?:xa|huyen|thon|ban|phuong|du an|nhiem vu|noi dung|don vi)?\s*(?=\w+ \w)")
_LEADS = re.compile(r"\b(?:chu tri|phoi hop|thuc hien|phu trach|thoi gian|hoan thanh|thoi han|ghi chu)\b")
_BESIDE = 0.25  # by which less will do of what is asked besides the name of a row
_OF_NUMBERS = ("budget", "target", "open", "count", "list")
_OF_PART = 0.15  # the same where a part of the programme is named
_NAMED = 0.75  # of the name of a column, in the question
_CLOSE = 0.6  # of the name of a row
_ALIKE = 0.02  # columns that are as good
_TOTAL = 0.3  # what a column of totals counts where all is asked for
_CLEAR = 0.1  # by which the best is ahead of another
_HITS = 20  # whose documents are asked where none is named
_FIRST = 15  # rows that are listed
_FEW = 3
_PLAINLY = 0.95  # of what is asked, in the name of a group that the question has word for word


def answer_grid(asked: Asked, library: Library, grids: Grids, hits: Sequence[Hit]) -> Draft | None:
    """What a table says to a question; None where none does plainly.

    Where no document is named, those that were found first are asked: a library may have thousands of tables.
    """
    if asked.scope.unknown or asked.carried or asked.reading.yes_no or asked.reading.lookups:
        return None
    topic = asked.matter.over(tuple(word for word in asked.topic if word not in DONE))
    if not content(asked.topic) or not topic:
        return None
    found: list[tuple[float, Draft]] = []
    near = dict.fromkeys(hit.passage.document for hit in hits[:_HITS])
    for book in library.scoped(asked.scope.documents if asked.scope.named else tuple(near)):
        own = [pair for grid in grids.of(book) for pair in _answers(asked, topic, grid)]
        if own:
            found.append(max(own, key=lambda pair: pair[0]))
    if not found:
        return None
    most, best = max(found, key=lambda pair: pair[0])
    # Several documents may say it as well, where the question does not tell which is meant.
    if best.opening or best.closing:
        return best
    also = [one for worth, one in found if worth >= most - _CLEAR and not (one.opening or one.closing)]
    return replace(best, lines=tuple(line for one in also for line in one.lines))


def _answers(asked: Asked, topic: Topic, grid: Grid) -> Iterator[tuple[float, Draft]]:
    """What a table may be asked, with how much of the question it holds."""
    said = fold(asked.question.text) if asked.reading.language == "en" else fold(asked.alone)
    rows = named_rows(asked, grid)
    which, apart = _WHICH.search(said) is not None, _APART.search(said) is not None
    most = MOST.search(said) is not None or LEAST.search(said) is not None
    if most and len(rows) <= 1 and _WHICH_YEAR.search(said):
        yield from best_year(asked, topic, grid, rows, said)
    elif which and most and not rows:
        yield from _extreme(asked, topic, grid, said)
    if len(rows) == TWO and (apart or (which and (_MORE.search(said) or _LESS.search(said)))):
        yield from _of_two(asked, topic, grid, rows, said)
    elif len(rows) <= 1 and apart:
        yield from of_years(asked, topic, grid, rows)
    elif len(rows) == 1 and _HOW_MANY.search(said) and asked.reading.kind in _OF_NUMBERS:
        yield from _numbers(asked, topic, grid, rows[0], said)
    elif len(rows) == 1 and which:
        yield from _words(asked, topic, grid, rows[0])
    elif not rows and asked.reading.kind == "budget" and _HOW_MANY.search(said) and of_sums(said):
        yield from of_source(asked, topic, grid)
        yield from of_all(asked, topic, grid)
    elif not rows and asked.reading.kind in ("target", "count") and asked.reading.years and _HOW_MANY.search(said):
        yield from of_all(asked, topic, grid)
    if (which and _LISTED.search(said) and not most) or asked.reading.kind in ("list", "count"):
        yield from _of_kind(asked, topic, grid, said)


def named_rows(asked: Asked, grid: Grid) -> tuple[GridRow, ...]:
    """The rows that a question names: word for word or by the part of the programme, else by most of their words."""
    parts = asked.reading.parts
    if parts:
        found = [row for row in grid.rows if parts_in(row.name)[:1] and parts_in(row.name)[0] in parts]
        return tuple(found)
    text = said_of_rows(asked)
    literal = [
        row
        for row in grid.rows
        if not row.total
        and any(says(text, one) for one in names_of(row))
        and not set(bare_name(row.name).split()) <= asked.scope.words  # the place of the plan itself
    ]
    # "Châu Thành" stands in "Châu Thành A": the longer name is meant.
    literal = [
        row for row in literal if not any(other is not row and fold(row.name) in fold(other.name) for other in literal)
    ]
    if literal:
        return tuple(row for row in literal if not any(_begins_in(row, other, text) for other in literal))
    said = said_in(asked, grid.book)
    close: list[tuple[float, GridRow]] = []
    for row in grid.rows:
        own = asked.matter.over(grid.book.words(row.name))
        if not row.total and own and (share := own.covered_by(said)) >= _CLOSE:
            close.append((share * asked.matter.covered_by(grid.book.bag(row.name)), row))
    close.sort(key=lambda pair: -pair[0])
    if close and (len(close) == 1 or close[0][0] > close[1][0] + _CLEAR):
        return (close[0][1],)
    return ()


def _begins_in(row: GridRow, other: GridRow, text: str) -> bool:
    """Whether the name of a row stands only where that of another has begun: "Quảng Hòa" in "Hà Quảng hòa giải"."""
    if other is row:
        return False
    folded = fold(text)
    own, before = (re.compile(rf"\b{re.escape(bare_name(one.name))}\b") for one in (row, other))
    spans = [found.span() for found in before.finditer(folded)]
    starts = [found.start() for found in own.finditer(folded)]
    return bool(starts) and all(any(start < at < end for start, end in spans) for at in starts)


def _column(asked: Asked, topic: Topic, grid: Grid, row: GridRow | None = None) -> list[str]:
    """The columns of numbers that a question may mean, best first, all as good as the best."""
    book = grid.book
    said = said_in(asked, book)
    share = _SHARE.search(fold(asked.question.text)) is not None
    years = {*asked.reading.years, *asked.scope.years}
    asks_year = {*asked.reading.years} - {*asked.scope.years}
    dated = {year for name in grid.numeric for year in years_of(name)}
    if asks_year and dated and not asks_year & dated:
        return []
    scored: list[tuple[float, str]] = []
    for name in grid.numeric:
        if (row is not None and name not in row.cells) or not of_money(asked, grid, name, row):
            continue
        named = years_of(name)
        if named and years and not named & (asks_year or years):
            continue
        if any(grid.is_share(one, row) for one in grid.numeric) and grid.is_share(name, row) != share:
            continue
        bare = _GENERIC.sub(" ", name)
        if named and not re.search(r"\w", bare):
            scored.append((0.2 if named & years else 0.0, name))  # "Năm 2025" says nothing but its year
            continue
        own = asked.matter.over(book.words(bare if re.search(r"\w", bare) else name))
        if names_total(name.strip()):
            scored.append((_TOTAL if _ALL.search(fold(asked.question.text)) else 0.0, name))
            continue
        asks = own.covered_by(said) if own else 1.0
        score = topic.covered_by(book.bag(name)) - 0.8 * (1 - asks) + (0.2 if named & years else 0.0)
        scored.append((score, name))
    literal = [name for _, name in scored if not names_total(name.strip()) and says(asked.text, name)]
    if row is not None and len(literal) == 1:
        return literal
    scored.sort(key=lambda pair: -pair[0])
    return [name for score, name in scored if score >= scored[0][0] - _ALIKE and score > -_CLEAR]


def _extreme(asked: Asked, topic: Topic, grid: Grid, said: str) -> Iterator[tuple[float, Draft]]:
    """The row with the most or the least in a column."""
    names = heads_of(grid)
    if names and not any(word in said for word in names):
        return  # "Dự án nào" is no row of "Xã"
    columns = _column(asked, topic, grid)
    if len(columns) != 1:
        return
    (column,) = columns
    held = share_held(asked, topic, grid, column)
    filled = [row for row in grid.rows if not row.total and number_in(row, column) is not None]
    if held < COVERED or len(filled) < 2:
        return
    values = [number_in(row, column) or Decimal(0) for row in filled]
    wanted = (min if LEAST.search(said) and not MOST.search(said) else max)(values)
    best = [row for row, value in zip(filled, values, strict=True) if value == wanted]
    key = "first-least" if LEAST.search(said) and not MOST.search(said) else "first-most"
    shown = ", ".join(escape(row.name) for row in best)
    opening = say(asked.reading.language, key, part=shown, sum=written(grid, best[0], column))
    yield held, Draft(strategy="figures", lines=lines_of(grid, best, column), support=ENOUGH, opening=opening)


def _of_two(
    asked: Asked, topic: Topic, grid: Grid, rows: Sequence[GridRow], said: str
) -> Iterator[tuple[float, Draft]]:
    """Which of two rows has more in a column, or how much more."""
    columns = [name for name in _column(asked, topic, grid) if all(name in row.cells for row in rows)]
    if len(columns) != 1:
        return
    (column,) = columns
    numbers = [number_in(row, column) for row in rows]
    held = share_held(asked, topic, grid, column, *(row.name for row in rows))
    if held < COVERED or numbers[0] is None or numbers[1] is None:
        return
    language = asked.reading.language
    first, second = sorted(zip(numbers, rows, strict=True), key=lambda pair: -(pair[0] or Decimal(0)))
    if first[0] == second[0]:
        closing = say(language, "as-much", sum=written(grid, first[1], column))
    elif _APART.search(said):
        closing = difference(asked, grid, (first[1], column), (second[1], column))
    else:
        less = _LESS.search(said) is not None and _MORE.search(said) is None
        one, other = (second, first) if less else (first, second)
        closing = say(
            language,
            "which-less" if less else "which-more",
            part=escape(one[1].name),
            sum=written(grid, one[1], column),
            other=f"{escape(other[1].name)}: {written(grid, other[1], column)}",
        )
    yield held, Draft(strategy="figures", lines=lines_of(grid, rows, column), support=ENOUGH, closing=closing)


def _numbers(asked: Asked, topic: Topic, grid: Grid, row: GridRow, said: str) -> Iterator[tuple[float, Draft]]:
    """The number of one row in the column that is asked for, or in two or three."""
    columns = _column(asked, topic, grid, row)
    if not columns or len(columns) > _FEW:
        return
    held = share_held(asked, topic, grid, row.name, row.group, *columns)
    # What is asked besides the name of the row.
    in_name = re.findall(r"\w+", fold(row.name))
    rest = topic.over(tuple(word for word in content(asked.topic) if fold(word) not in in_name))
    beside = share_held(asked, rest, grid, row.group, *columns) if rest else 1.0
    plainly = len(columns) == 1 and says(asked.text, columns[0])
    counted = _counted(said, grid, row, columns)
    of_money_only = not counted and all("đồng" in grid.unit(one, row) for one in columns)
    fits = (plainly and not of_money_only) or (beside >= _beside(asked, row) and counted)
    if held >= least(asked, row) and fits:
        yield held, Draft(strategy="figures", lines=lines_of(grid, (row,), *columns), support=ENOUGH)


def _beside(asked: Asked, row: GridRow) -> float:
    """How much of what is asked besides the name of a row its columns have to hold: little, where a part is named."""
    return _OF_PART if asked.reading.parts else least(asked, row) - _BESIDE


def _counted(said: str, grid: Grid, row: GridRow, columns: Sequence[str]) -> bool:
    """Whether a number is of the thing that is counted: "bao nhiêu hộ" wants a column, a unit or a table of "hộ"."""
    counted, asked_money = COUNTED.search(said), MONEY.search(said)
    if counted is None or counted.group("thing") in NO_THING:
        return True
    if asked_money is None and all("đồng" in grid.unit(one, row) for one in columns):
        return False  # "bao nhiêu người" is no sum of money for them
    texts = (*columns, *grid.above, row.name, row.group, *(grid.unit(one, row) for one in columns))
    return re.search(rf"\b{counted.group('thing')}\b", fold("\n".join(texts))) is not None


def _words(asked: Asked, topic: Topic, grid: Grid, row: GridRow) -> Iterator[tuple[float, Draft]]:
    """The cell of words of one row, in the column that is asked for."""
    book = grid.book
    said = said_in(asked, book)
    scored = []
    for name in grid.textual:
        own = asked.matter.over(book.words(re.sub(r"\([^)]*\)", " ", name)))
        if name in row.cells and own and own.covered_by(said) >= _NAMED and not _LEADS.search(fold(name)):
            scored.append((topic.covered_by(book.bag(name)), name))
    if not scored:
        return
    _, column = max(scored)
    held = share_held(asked, topic, grid, row.name, row.group, column)
    if held >= least(asked, row):
        yield held, Draft(strategy="figures", lines=lines_of(grid, (row,), column), support=ENOUGH)


def _of_kind(asked: Asked, topic: Topic, grid: Grid, said: str) -> Iterator[tuple[float, Draft]]:
    """The rows of one group, or with one thing in a column of words, where that is named in the question."""
    heads = heads_of(grid)
    # Who does something, or by when, is not told by the rows that have the same words in a column.
    other = no_tasks(said, grid) or asked.reading.kind in ("lead", "coordinate", "deadline")
    for text, rows in () if other else _kinds(grid):
        held = share_held(asked, topic, grid, text)
        asks_rows = any(head in said for head in heads) or held >= COVERED
        if not _literally(said, text) or not asks_rows or held < COVERED or not 0 < len(rows) <= _FIRST:
            continue
        opening = say(asked.reading.language, "count", count=len(rows), what=f" ({escape(text)})")
        in_full = _HOW_MANY.search(said) is not None
        lines = tuple(line_of(grid, row, row.name) if in_full else _name_of(grid, row) for row in rows)
        certain = held >= _PLAINLY
        yield held, Draft(strategy="figures", lines=lines, support=ENOUGH, opening=opening, certain=certain)


def _literally(said: str, text: str) -> bool:
    """Whether a question has the name of a group word for word: "khu vực III" of "Các xã khu vực III"."""
    plain = _OF_GROUP.sub("", fold(re.sub(r"\([^)]*\)", " ", text)).strip())
    numbered = r"(?!,? (?:va |hoac )?[ivx]+\b)"  # "khu vực I, II" is no "khu vực I"
    return len(plain.split()) > 1 and re.search(rf"\b{re.escape(plain)}\b{numbered}", said) is not None


def _kinds(grid: Grid) -> Iterator[tuple[str, list[GridRow]]]:
    """The groups of a table, and what several rows have in a column of words: a name with the rows."""
    groups = dict.fromkeys(row.group for row in grid.rows if row.group)
    for group in groups:
        yield group, [row for row in grid.rows if row.group == group and not row.total]
    for column in grid.textual:
        if names_doer(column) or _LEADS.search(fold(column)):
            continue
        values: dict[str, list[GridRow]] = {}
        for row in grid.rows:
            if column in row.cells:
                values.setdefault(fold(row.cells[column].text), []).append(row)
        for rows in values.values():
            text = rows[0].cells[column].text
            yield (text if len(text.split()) > 1 else f"{column.split()[-1]} {text}"), rows


def _name_of(grid: Grid, row: GridRow) -> Line:
    """The name of a row alone, which cites all of it."""
    return Line(document=grid.book.info.id, text=row.cells[grid.names].text, quotes=(quote_passage(row.passage),))
