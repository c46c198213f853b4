"""The rows of a table of assignments by who leads them and by when they are due: "mấy nhiệm vụ xong trong quý IV/2025".

Such a table has a row for each task, with a column for the body that leads, one for those that join, one for the time
(Nghị định 30/2020/NĐ-CP leaves its form open; these heads are what offices use).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.normalise import fold
from ingest.reading import reading
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, quote_passage
from retrieval.answer.library import Book, Library
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.assignment import names_doer, names_leader, names_partner, names_time
from retrieval.tokens import syllables
from retrieval.types import Hit, Passage

_TASKS = r"(?:nhiem vu|noi dung|cong viec|dau viec|hang muc|phan viec|viec|hoat dong)"
_ASKS = re.compile(
    rf"\b(?:nhung|cac|may|bao nhieu) (?:\d+ )?{_TASKS}\b|\b{_TASKS} (?:nao|gi)\b"
    r"|\b(?:which|how many|what) (?:of the )?(?:\d+ )?(?:\w+ )?(?:tasks?|activities|items|assignments)\b"
    r"|\bof the (?:\d+ )?(?:tasks|activities|items)\b.{0,60}\bhow many\b"
)
_COUNTS = re.compile(r"\b(?:may|bao nhieu) (?:\d+ )?(?:nhiem|cong|dau|hang|phan|viec|hoat)|\bhow many\b")
_OF_TABLE = re.compile(r"\b(?:phu luc|bang|bieu|danh muc|annex|appendix|table)\b")
_NOT_BY = re.compile(
    r"\bkhong (?:do|phai do|thuoc|giao cho)\b|\bngoai (?:ra )?(?:cac |nhung )?(?:viec|nhiem vu)\b|\b(?:not|n['’]t) (?:led|assigned|given|handled)\b"
)
_ASKS_JOINS = re.compile(r"\b(?:phoi hop|tham gia|coordinat\w+|support\w*|joins?)\b")
_ASKS_LEADS = re.compile(r"\b(?:chu tri|phu trach|dau moi|leads?|led|in charge|responsible)\b")
_DUE = re.compile(
    r"\b(?:xong|hoan thanh|ket thuc|den han|thoi han|thuc hien trong|trong|due|done|finish\w*|complet\w+|by|in)\b"
)
_QUARTER = re.compile(
    r"\bqu[yi] (?P<first>iv|i{1,3}|[1-4])(?:\s*(?:-|–|,|va|den)\s*(?:quy )?(?P<last>iv|i{1,3}|[1-4])\b)?(?:[ /.,-]*(?:nam )?(?P<year>20\d\d))?"
)
_QUARTER_EN = re.compile(
    r"\b(?:q(?P<short>[1-4])|(?P<word>first|second|third|fourth|last) quarter)(?: of)?[ /,-]*(?P<year>20\d\d)?"
)
_MONTH = re.compile(
    r"\bthang (?P<month>\d{1,2})(?:[ /.-]*(?:nam )?(?P<year>20\d\d))?|\b\d{1,2}/(?P<in_date>\d{1,2})/(?P<of>20\d\d)"
)
_FIGURES = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_BODY = re.compile(r"[;,\n]| và (?=[A-ZĐ])")
_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong)$")
# Words of the question that say nothing of what the tasks are about.
_OF_TASKS = frozenset(
    "duy nhat khong nhiem vu noi dung giao duoc cong viec dau hang muc phan hoat dong chu tri phoi hop phu trach phu luc bang bieu danh quy thang nam xong hoan thanh"
    " han tong so mot i ii iii iv dung do co cac".split()
)
_SUPPORT = 0.8
_LEAST_ROWS = 2
_HELD = 0.5
_MOST_LISTED = 12
_LONGEST = 200
"""Code points of a task that are shown."""

Moment = tuple[str, int, str]
"""("quarter" or "month", its number, its year or "")."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A row of a table: its passage and its cells by column, in order."""

    passage: Passage
    cells: dict[str, str]


def answer_assigned(asked: Asked, library: Library, hits: Sequence[Hit]) -> Draft | None:
    """The tasks of a table that a body leads, or that are due in a quarter, a month, a year; None for other questions."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    if not _ASKS.search(said) or asked.carried:
        return None
    near = dict.fromkeys(hit.passage.document for hit in hits)
    for book in library.scoped(asked.scope.documents if asked.scope.named else tuple(near)):
        found = [tasks for table in _tables(book) if (tasks := _meant(asked, said, book, table))]
        if len(found) == 1:
            return _draft(asked, found[0])
    return None


def _draft(asked: Asked, tasks: Sequence[_Task]) -> Draft:
    language = asked.reading.language
    opening = say(language, "count", count=len(tasks), what=say(language, "of-tasks"))
    lines = tuple(
        Line(
            document=task.passage.document,
            text=_shortened(_name(task) or task.passage.reading),
            quotes=(quote_passage(task.passage),),
        )
        for task in tasks[:_MOST_LISTED]
    )
    return Draft(strategy="figures", lines=lines, support=_SUPPORT, opening=opening, certain=True)


def _shortened(text: str) -> str:
    """The first words of a task, whole ones; the row that is cited has all."""
    return text.rstrip(" .;") if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _tables(book: Book) -> list[list[_Task]]:
    """The rows of a document by the heads of their columns: groups of one table have a title each, and the same heads."""
    found: dict[tuple[str, ...], list[_Task]] = {}
    for passage in book.table_rows.values():
        cells = {name: " ".join(reading(book.text, span).text.split()) for name, span in passage.cells}
        if cells and not any(_TOTAL.match(fold(text)) for text in cells.values()):
            found.setdefault(tuple(cells), []).append(_Task(passage, cells))
    return [tasks for tasks in found.values() if len(tasks) >= _LEAST_ROWS]


def _name(task: _Task) -> str:
    """What a task is called: its first cell of words that is neither a body nor a time."""
    words = (
        text
        for name, text in task.cells.items()
        if not (names_doer(name) or names_time(name)) and len(text.split()) > 1
    )
    return next(words, "")


def _meant(asked: Asked, said: str, book: Book, tasks: Sequence[_Task]) -> list[_Task]:
    """The tasks that have what is asked; [] where the table is no such one, or something else is asked as well."""
    heads = tuple(tasks[0].cells)
    times = [name for name in heads if names_time(name)]
    joins = [name for name in heads if names_partner(name)]
    leads = [name for name in heads if names_leader(name)]
    if not (leads or times):
        return []
    own = joins if _ASKS_JOINS.search(said) and not _ASKS_LEADS.search(said) else leads
    bodies = {piece for task in tasks for name in own for piece in _pieces(task, name)}
    named = {piece for piece in bodies if _names(asked, book, piece)}
    whens, year = _moments(said), _year(asked, said)
    due = bool(times) and (bool(whens) or bool(year))
    by_body = bool(named) and (_COUNTS.search(said) is not None or _OF_TABLE.search(said) is not None or due)
    if not (due or by_body) or not _holds_the_rest(asked, book, tasks, named):
        return []
    others = bool(named) and _NOT_BY.search(said) is not None
    return [
        task
        for task in tasks
        if (not named or others != any(piece in named for name in own for piece in _pieces(task, name)))
        and (not due or any(_is_due(task.cells[name], whens, year) for name in times))
    ]


def _pieces(task: _Task, column: str) -> list[str]:
    return [piece for piece in (one.strip(" .") for one in _BODY.split(task.cells[column])) if len(piece) > 1]


def _names(asked: Asked, book: Book, body: str) -> bool:
    """Whether a question names a body of a cell, by its full name or by its abbreviation."""
    question = f"{asked.question.text if asked.reading.language == 'vi' else ''} ; {asked.text}"
    texts = (" ".join(syllables(question)), " ".join(book.words(question)))
    whole = " ".join(syllables(body))
    names = (whole, " ".join(book.words(body)), re.sub(r"^(\w+ \w+ \w+.*?) thuoc .*$", r"\1", whole))
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None for name in names if name for text in texts
    )


def _holds_the_rest(asked: Asked, book: Book, tasks: Sequence[_Task], named: set[str]) -> bool:
    """Whether what is asked besides the body and the time is what the table is about, and no narrower thing."""
    known = _OF_TASKS | {word for body in named for word in (*syllables(body), *book.words(body))}
    rest = tuple(word for word in content(asked.topic) if fold(word) not in known and not word.isdigit())
    above = book.bag("\n".join(dict.fromkeys(heading for task in tasks for heading in task.passage.path)))
    return not rest or asked.matter.over(rest).covered_by(book.title_bag, above) >= _HELD


def _moments(said: str) -> list[Moment]:
    found: list[Moment] = []
    for match in _QUARTER.finditer(said):
        first = _number(match.group("first"))
        last = _number(match.group("last")) if match.group("last") else first
        found += [("quarter", quarter, match.group("year") or "") for quarter in range(first, last + 1)]
    for match in _QUARTER_EN.finditer(said):
        found.append(("quarter", _number(match.group("short") or match.group("word")), match.group("year") or ""))
    for match in _MONTH.finditer(said):
        month = match.group("month") or match.group("in_date")
        found.append(("month", int(month), match.group("year") or match.group("of") or ""))
    return found


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _FIGURES[word]


def _year(asked: Asked, said: str) -> str:
    """The one year in which tasks are due, "" where it says which document is meant, or none or several are named."""
    years = [year for year in asked.reading.years if year not in asked.scope.years]
    return years[0] if len(years) == 1 and _DUE.search(said) else ""


def _is_due(text: str, whens: Sequence[Moment], year: str) -> bool:
    told = fold(text)
    if not whens:
        return re.search(rf"(?<!\d){year}(?!\d)", told) is not None
    return any(_same(asked, own) for asked in whens for own in _moments(told))


def _same(asked: Moment, told: Moment) -> bool:
    (kind, number, year), (other, its, of) = asked, told
    if kind == "quarter" and other == "month":
        other, its = "quarter", (its + 2) // 3
    return kind == other and number == its and (not year or not of or year == of)
