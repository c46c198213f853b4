"""A question that wants something worked out, laid over one table: which rows, columns and years of it are meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.normalise import fold
from ingest.rules.programme import parts_in
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.forms import IN_UNITS
from retrieval.answer.grid_answer import named_rows
from retrieval.answer.grid_cells import ENOUGH, MONEY, lines_of, number_in
from retrieval.answer.grids import Grid, GridRow, years_of
from retrieval.answer.library import Sentence
from retrieval.answer.operands import calculations
from retrieval.answer.reader import Read
from retrieval.answer.table_cells import NO_THING, SPREAD, said_in
from retrieval.answer.terms import Topic
from retrieval.answer.wanted import Wanted, text_of, wanted
from retrieval.registers.table_reader import names_total
from retrieval.tokens import BREAK, marked_syllables

READ = 12
"""Sentences that were read first: their tables are looked at."""
TWO, FEW = 2, 3
SURE, HELD, LESS = 0.5, 0.4, 0.1
"""How much of what is asked a table has to hold: to be surely meant, to be meant, and where it was read first."""
NAMED = 0.6
"""How much of the head of a column a question has to have."""
AHEAD = 0.15
"""By how much the best column is before the next."""
BY_COLUMN = 0.05
"""What a row that is named counts more than a column."""
_WHOLLY = 0.85  # of the name of a row
_NAMES_SOME = 0.2  # of what is asked, in the name of a row
_SAYS_ROW = 0.4  # of the name of a row
_READ_ROWS, _FIRST = 2, 5  # rows of a table among the first sentences
_YEAR = re.compile(r"(?:(?<![\d/.-])|(?<=\b\d/)|(?<=\b\d\d/))20\d\d(?![\d/])")  # "tháng 10/2023"
_ADDED = re.compile(r"^(?:tổng cộng|tổng số|tổng|cộng)\b")
_PART_OF = re.compile(r"\btrong đó\b", re.IGNORECASE)
_OF_WHAT = re.compile(r"^(?:(?:cả|số|tiền|vốn|kinh phí|nguồn|phần|khoản|cho|của)\s+)+", re.IGNORECASE)
_LEAD = 2.0  # in score, of the first sentence
_THING = re.compile(r"\b(?:bao nhieu|may)(?: (?:tien|cai|chiec))? (?P<thing>[a-z]+)")
_OF_MONEY = re.compile(r"đồng|USD|\b(?:kinh phi|von|ngan sach|gia tri|du toan|ns(?:tw|dp|nn|t|h|x)?)\b", re.IGNORECASE)

NOW = re.compile(r"\b(?:hien|dang|current(?:ly)?|now|at present)\b")
"""That a question, or the head of a column, speaks of what there is, in its folded text."""
YEAR_BEFORE = re.compile(r"\bnam (?:truoc(?! (?:do|mat))|ngoai)\b|\b(?:year before|(?:previous|last|preceding) year)\b")
"""That a question speaks of the year before another, in its folded text."""
SHARE = re.compile(r"\b(?:ty le|ti le|phan tram|rate|share|per ?cent\w*)\b|%")
"""That a question asks for a share of a hundred, in its folded text."""

_COUNTS = re.compile(r"(?:tong )?so(?: luong)? (?P<thing>[a-z]+)")
"""What a column counts, by its folded head: "Số hộ đón khách" counts "ho"."""
_UNIT_SHOWN = 0.6
"""What it counts that a column is of the thing, or in the unit, that a question counts."""

_NO_THING = NO_THING | {"so", "duoc", "nua", "tat", "ca", "het", "them", "hon"}

_OF_GROUP = re.compile(r"(?:tong )?(?:cong )?")
_WORKING = frozenset(
    """
    cộng gộp lại tổng cả tất hết thảy chung dồn thêm hơn kém tăng giảm chênh lệch hụt so với nhiều ít còn chưa trừ ngoài
    bao nhiêu mấy chiếm phần trăm tỷ lệ nhất
    """.split()
)
"""Words that say what is to be done, and nothing of with what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableQuestion:
    """A question as it is laid over a table; of a span ``years`` are all, ``ends`` its first and its last."""

    asked: Asked
    wanted: Wanted
    topic: Topic
    said: str
    years: tuple[str, ...]
    ends: tuple[str, ...]
    read: tuple[Sentence, ...]
    scores: tuple[float, ...]

    @classmethod
    def of(cls, asked: Asked, read: Read) -> TableQuestion | None:
        """The question with the sentences that were read for it; None where it wants nothing worked out."""
        what = wanted(asked)
        topic = asked.matter.over(tuple(word for word in asked.topic if word not in _WORKING))
        if not what or not topic:
            return None
        return cls(
            asked=asked,
            wanted=what,
            topic=topic,
            said=text_of(asked),
            years=_years(asked),
            ends=_ends(asked),
            read=read.best[:READ],
            scores=tuple(float(read.scores[at]) for at in read.order[:READ]),
        )

    def least(self, grid: Grid) -> float:
        """How much of what is asked a table has to hold: less where its row is far before all sentences beside it."""
        own = {row.passage.index for row in grid.rows}
        inside = [one.document == grid.book.info.id and one.passage.index in own for one in self.read]
        beside = [score for score, is_own in zip(self.scores, inside, strict=True) if not is_own]
        plainly = bool(inside) and inside[0] and (not beside or self.scores[0] >= beside[0] + _LEAD)
        return LESS if plainly else HELD


def _years(asked: Asked) -> tuple[str, ...]:
    """The years that a question names, all of a span, but for one that only says which document is meant."""
    text = asked.question.text
    named = [str(year) for first, last in SPREAD.findall(text) for year in range(int(first), int(last) + 1)]
    named += _YEAR.findall(text)
    found = tuple(sorted(dict.fromkeys(named)))
    return found if len(found) > 1 else tuple(year for year in found if year not in asked.scope.years) or found


def _ends(asked: Asked) -> tuple[str, ...]:
    """The years that a question names, of a span its first and its last; "năm trước" is the one before."""
    years = tuple(sorted(dict.fromkeys(_YEAR.findall(asked.question.text))))
    if len(years) == 1 and YEAR_BEFORE.search(
        fold(asked.alone if asked.reading.language == "vi" else asked.question.text)
    ):
        return str(int(years[0]) - 1), years[0]
    return years


def rows_named(question: TableQuestion, grid: Grid) -> tuple[GridRow, ...]:
    """The rows that a question names: of those added up all whose name it has; none that is but a subject."""
    asked, book = question.asked, grid.book
    said = said_in(asked, book)
    if question.wanted.sums:
        whole = [
            row
            for row in grid.rows
            if not row.total and (own := asked.matter.over(book.words(row.name))) and own.covered_by(said) >= _WHOLLY
        ]
        if len(whole) > 1 and len({row.name for row in whole}) == len(whole):
            return _of_the_table(grid, whole)
        added = _rows_of_operands(question, grid)
        if added:
            return added
    named = named_rows(asked, grid)
    return _of_the_table(grid, [row for row in named if not _in_title(question, grid, row)])


def _of_the_table(grid: Grid, rows: Sequence[GridRow]) -> tuple[GridRow, ...]:
    """Rows without those that only look like what the rows are: the village "Ban" in a column "Bản"."""
    head = fold(grid.names).strip()
    return tuple(row for row in rows if fold(row.name).strip() != head)


def _in_title(question: TableQuestion, grid: Grid, row: GridRow) -> bool:
    """Whether the document's own title has all words of the name of a row: it is then the subject, and no row."""
    own = question.asked.matter.over(grid.book.words(row.name))
    return own.covered_by(grid.book.title_bag) >= _WHOLLY


def _rows_of_operands(question: TableQuestion, grid: Grid) -> tuple[GridRow, ...]:
    """The row of each thing that a question adds up, "khí sinh học và điện mặt trời"; () where one has none, or two."""
    asked, book = question.asked, grid.book
    if asked.reading.language == "en" or asked.reading.parts:
        return ()
    for reading in calculations(asked.alone):
        if reading.operation != "sum" or len(reading.operands) < TWO:
            continue
        found: list[GridRow] = []
        for phrase in reading.operands:
            own = asked.matter.over(tuple(marked_syllables(_OF_WHAT.sub("", phrase))))
            rows = [row for row in grid.rows if not row.total and own and own.covered_by(book.bag(row.name)) >= _WHOLLY]
            begin = [row for row in rows if fold(row.name).startswith((fold(phrase), fold(_OF_WHAT.sub("", phrase))))]
            rows = begin if len(begin) == 1 else rows
            if len(rows) == 1 and rows[0] not in found:
                found.extend(rows)
        if len(found) == len(reading.operands):
            return tuple(found)
    return ()


def row_read(question: TableQuestion, grid: Grid) -> tuple[GridRow, ...]:
    """The row of this table, of those that were read first, whose name has most of what is asked about."""
    by_passage = {row.passage.index: row for row in grid.rows if not row.total and not _in_title(question, grid, row)}
    said = said_in(question.asked, grid.book)
    if plainly := row_read_first(question, grid):
        return plainly
    scored: list[tuple[float, int, GridRow]] = []
    for rank, sentence in enumerate(question.read):
        row = by_passage.get(sentence.passage.index) if sentence.document == grid.book.info.id else None
        if row is not None:
            share = question.topic.covered_by(grid.book.bag(row.name))
            own = question.asked.matter.over(grid.book.words(row.name))
            if share >= _NAMES_SOME:
                scored.append((share + (own.covered_by(said) if own else 0.0) / 2, -rank, row))
    return (max(scored, key=lambda one: one[:2])[2],) if scored else ()


def says_row(question: TableQuestion, grid: Grid, row: GridRow) -> bool:
    """Whether a question has enough of the name of a row to mean it, and not the whole table that it stands in.

    What the heads of columns have says nothing for a row: "Điểm hỗ trợ số" beside "Ngân sách tỉnh hỗ trợ".
    """
    heads = {fold(word) for name in grid.numeric for word in grid.book.words(name)}
    own = question.asked.matter.over(tuple(word for word in grid.book.words(row.name) if fold(word) not in heads))
    return bool(own) and own.covered_by(said_in(question.asked, grid.book)) >= _SAYS_ROW


def row_read_first(question: TableQuestion, grid: Grid) -> tuple[GridRow, ...]:
    """The row of this table that is far before all other sentences that were read; () where there is none."""
    if not question.read or question.read[0].document != grid.book.info.id:
        return ()
    if len(question.scores) > 1 and question.scores[0] < question.scores[1] + _LEAD:
        return ()
    return tuple(row for row in grid.rows if row.passage.index == question.read[0].passage.index and not row.total)


def is_read(question: TableQuestion, grid: Grid) -> bool:
    """Whether several of the sentences that were read first are rows of a table."""
    own = {row.passage.index for row in grid.rows}
    first = question.read[:_FIRST]
    return sum(one.document == grid.book.info.id and one.passage.index in own for one in first) >= _READ_ROWS


def says_words(question: TableQuestion, text: str) -> bool:
    """Whether a question has these words, and not only as the name of the place whose plan is meant."""
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(text)))
    if not plain or set(plain.split()) <= question.asked.scope.words:
        return False
    texts = (question.said, fold(question.asked.text)) if question.asked.reading.language == "en" else (question.said,)
    return any(f" {plain} " in f" {' '.join(re.findall(r'[a-z0-9]+', text))} " for text in texts)


def column_meant(question: TableQuestion, grid: Grid, rows: Sequence[GridRow]) -> str | None:
    """The one column of numbers that all rows have and that the question means; None where several may be.

    Without rows it is one of which the most or the least is asked for, which may be a share.
    """
    said = said_in(question.asked, grid.book)
    thing = _thing(question)
    scored: list[tuple[float, str]] = []
    names = [name for name in grid.numeric if all(number_in(row, name) is not None for row in rows)]
    years = set(question.years)
    money = MONEY.search(question.said) is not None
    now = NOW.search(question.said) is not None
    asks_share = SHARE.search(question.said) is not None
    first = rows[0] if rows else grid.rows[0]
    if years and any(years_of(name) == years and _COUNTS.match(fold(name)) is None for name in names):
        names = [name for name in names if years_of(name)]  # what has no year is not of the one that is asked about
    for name in names:
        own_years = years_of(name)
        if own_years and years and not own_years & years:
            continue
        is_share = grid.is_share(name, first)
        if is_share and not question.wanted.extreme:
            continue
        if not is_share and question.wanted.extreme and asks_share:
            continue
        unit = grid.unit(name, first)
        total = names_total(name.strip())
        if total and years and any(years_of(one) & years for one in names):
            continue
        counts = _COUNTS.match(fold(re.sub(r"\([^)]*\)", " ", name)).strip())
        if _is_ordinal(grid, name) or (
            thing and counts is not None and counts.group("thing") != thing and len(names) > 1
        ):
            continue  # "Cấp: 1, 2, 3" counts nothing; "Số hộ" is no answer to "bao nhiêu ha"
        known = unit or re.search(r"[^\W\d_]", without_year(name))
        topic = bare_head(question, name)
        plainly = len(topic.words) > 1 and topic.covered_by(said) >= _WHOLLY
        if known and not total and not plainly and money != is_of_money(grid, name, first) and len(names) > 1:
            continue
        score = (topic.covered_by(said) if topic and not total else 0.3) + (0.3 if own_years & years else 0.0)
        if thing and _is_of(thing, name, unit):
            score += _UNIT_SHOWN
        if now and NOW.search(fold(name)):
            score += 0.5
        scored.append((score, name))
    scored.sort(key=lambda pair: -pair[0])
    alike = [name for score, name in scored if score > scored[0][0] - AHEAD] if scored else []
    if len(alike) > 1 and (one := _most_told(question, grid, alike) or _sum_of_years(question, grid, alike, names)):
        return one
    if len(alike) != 1:
        # Where a question tells no source or kind from another, all of them together are meant.
        sums = [name for name in names if names_total(name.strip())]
        return sums[0] if len(sums) == 1 and money and not question.wanted.extreme else None
    only = len(names) == 1 or (money and len(scored) == 1 and is_of_money(grid, scored[0][1], first))
    return scored[0][1] if scored[0][0] > 0 or only else None


def _is_ordinal(grid: Grid, name: str) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3."""
    told = [number for row in grid.rows if (number := number_in(row, name)) is not None]
    return len(told) > TWO and told == [Decimal(at) for at in range(1, len(told) + 1)]


def _most_told(question: TableQuestion, grid: Grid, alike: Sequence[str]) -> str | None:
    """The head that has all words of the others and more that the question says: "Hộ chưa có điện" beside "Số hộ"."""
    said = said_in(question.asked, grid.book)
    heads = {name: bare_head(question, name) for name in alike}
    for name, head in heads.items():
        words = _telling(head)
        if head.covered_by(said) >= _WHOLLY and all(
            _telling(other) < words for one, other in heads.items() if one != name
        ):
            return name
    return None


def _telling(head: Topic) -> set[str]:
    return {fold(word) for word in head.words if word != BREAK} - {"so", "tong"}


def _sum_of_years(question: TableQuestion, grid: Grid, alike: Sequence[str], names: Sequence[str]) -> str | None:
    """The column that adds up those of several years which a question does not tell apart: "Cộng trồng mới"."""
    heads = {without_year(name).strip().lower() for name in alike}
    if len(heads) != 1 or not all(years_of(name) for name in alike) or question.years:
        return None
    (head,) = heads
    sums = [name for name in names if name not in alike and _ADDED.sub("", name.lower()).strip() == head]
    return sums[0] if len(sums) == 1 and sums[0].lower().strip() != head else None


def is_of_money(grid: Grid, name: str, row: GridRow) -> bool:
    """Whether a column holds sums of money, by its unit or its head."""
    return _OF_MONEY.search(f"{grid.unit(name, row)} {fold(name)}") is not None


def _thing(question: TableQuestion) -> str:
    """What is counted, folded: "bao nhiêu hộ" counts "ho"; "" where it is no thing."""
    asked = question.asked
    for match in _THING.finditer(fold(asked.text) if asked.reading.language == "en" else question.said):
        words = [match.group("thing")]
        if words and words[0] not in _NO_THING:
            return IN_UNITS.get(words[0], words[0])
    return ""


def _is_of(thing: str, name: str, unit: str) -> bool:
    """Whether a column is of a thing, folded: it counts it, or has it as its unit or elsewhere in its head."""
    head = fold(re.sub(r"\([^)]*\)", " ", name)).strip()
    in_brackets = fold(" ".join(re.findall(r"\(([^)/]*)", name)))  # "đồng/ha" is in đồng
    one = re.compile(rf"\b{thing}\b")
    counts = _COUNTS.match(head)
    if counts is not None:
        return counts.group("thing") == thing or one.search(f"{in_brackets} {fold(unit)}") is not None
    return one.search(f"{head} {in_brackets} {fold(unit)}") is not None


def of_years(question: TableQuestion, grid: Grid, row: GridRow, years: Sequence[str]) -> tuple[str, ...]:
    """The column of each year; () where a year has none, or several that the question does not tell apart."""
    said = said_in(question.asked, grid.book)
    found: list[str] = []
    dated = {
        year: [name for name in grid.numeric if years_of(name) == {year} and number_in(row, name) is not None]
        for year in years
    }
    # "2025 | 2026 | Số hộ đến 2026": of the last year that which there is of the others too.
    heads = [{without_year(name).strip().lower() for name in own} for own in dated.values()]
    common = set.intersection(*heads) if len(heads) > 1 else set[str]()
    for year in years:
        own = dated[year]
        if len(own) > 1 and len(common) == 1:
            own = [name for name in own if without_year(name).strip().lower() in common]
        if len(own) > 1:
            scored = sorted(((bare_head(question, name).covered_by(said), name) for name in own), reverse=True)
            own = [scored[0][1]] if scored[0][0] - scored[1][0] >= AHEAD else []
        if len(own) != 1:
            return ()
        found.append(own[0])
    return tuple(found)


def of_so_many_years(question: TableQuestion, grid: Grid, row: GridRow) -> tuple[str, ...]:
    """The columns of years, of one head, where there are as many as the question takes together."""
    heads: dict[str, list[str]] = {}
    for name in grid.numeric:
        if len(years_of(name)) == 1 and number_in(row, name) is not None:
            heads.setdefault(without_year(name).strip().lower(), []).append(name)
    said = said_in(question.asked, grid.book)
    fitting = [names for names in heads.values() if len(names) == question.wanted.years]
    scored = sorted(((bare_head(question, names[0]).covered_by(said), names) for names in fitting), reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
        return ()
    return tuple(scored[0][1])


def without_year(name: str) -> str:
    """The name of a column without its year, its day and what stands in brackets."""
    return re.sub(
        r"\b(?:(?:tính )?đến (?:hết )?)?(?:ngày )?(?:\d{1,2}/)*(?:năm )?20\d\d\b|\([^)]*\)",
        " ",
        name,
        flags=re.IGNORECASE,
    )


def bare_head(question: TableQuestion, name: str) -> Topic:
    """What the head of a column says besides its year, and that it is a part: "Trong đó: dứa"."""
    return question.asked.matter.over(tuple(marked_syllables(_PART_OF.sub(" ", without_year(name)))))


def total_row(grid: Grid, question: TableQuestion | None = None) -> GridRow | None:
    """The one row of totals, or that of the group that a question names: "Cộng Dự án 9"; None where it is not plain."""
    totals = [row for row in grid.rows if row.total]
    if question is not None and len(totals) > 1:
        meant = [row for row in totals if _names_group(question, row)]
        if len(meant) == 1:
            return meant[0]
    whole = [row for row in totals if names_total(row.name)] if len(totals) > 1 else totals
    return whole[0] if len(whole) == 1 else None


def _names_group(question: TableQuestion, row: GridRow) -> bool:
    """Whether a question names the group that a row sums up, by its part of the programme or word for word."""
    parts = parts_in(row.name)
    if parts:
        return parts == parts_in(question.asked.alone)
    return says_words(question, _OF_GROUP.sub("", fold(row.name).strip("* ")))


def drafted(grid: Grid, rows: Sequence[GridRow], columns: Sequence[str], closing: str) -> Draft:
    """Rows with their cells of these columns, and what they come to; of many rows only their names and these cells."""
    lines = lines_of(grid, rows, *columns)
    if len(rows) > FEW:  # each as short as can be: it cites all of its row
        lines = tuple(replace(line, text=line.label, label="") for line in lines)
    return Draft(strategy="figures", lines=lines, support=ENOUGH, closing=closing)
