"""What a whole plan costs: its total, where only a table says so, and which of two plans has more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.normalise import fold, key
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of as line_of_sentence
from retrieval.answer.compose import escape
from retrieval.answer.draft import Draft, Line
from retrieval.answer.grid_cells import ENOUGH, in_figures, line_of, number_in, written
from retrieval.answer.grids import Grid, GridRow, Grids, years_of
from retrieval.answer.library import MONEY, Book, Library, Sentence
from retrieval.answer.money import answer_budget
from retrieval.answer.table_cells import SPREAD
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.registers.sums import AMOUNT, FUND, SOURCE, dong
from retrieval.registers.table_reader import names_total

# Words of a question for the money of a whole plan that say nothing of what for.
_OF_THE_WHOLE = frozenset(
    """
    tổng tất cả toàn bộ chung hết thảy cộng trọn gói kinh phí vốn tiền ngân sách dự toán nhu cầu chi cần tốn số mức đầu
    tư thực hiện triển khai kế hoạch đề án phương án chương trình dự kiến bao nhiêu mấy triệu tỷ đồng khoảng giai đoạn
    năm nguồn lực huy động bố trí hoạt động là của cho để việc này đó phí bằng vậy thì
    lo dành tiêu xài hết tính rót đổ các cả lẫn qua vụ chuyện khoản rồi roi
    """.split()
)
_COUNTED_YEARS = frozenset("2 3 4 5 6 hai ba bốn năm sáu".split())  # "dự toán 3 năm"
_ASKS_MONEY = re.compile(
    r"\b(?:kinh phi|von|tien|du toan|ngan sach|ton|trieu|ty|chi phi)\b"
    r"|\b(?:cost|budget|money|funds?|funding|expensive|dear|price tag)\w*\b"
)
_SAYS_TOTAL = re.compile(
    r"^(?:\W|\d)*tong (?:nhu cau|kinh phi|von|du toan|muc|so tien|chi phi|cong|ngan sach|nguon)\b"
    r"|\b(?:kinh phi|von|nhu cau|du toan)\b.{0,40}\bla \d"
)
_OF_MONEY = re.compile(r"\b(?:kinh phi|von|du toan|ngan sach|nhu cau|tai chinh|nguon luc)\b")


_COMPARES = re.compile(
    r"\b(?:hon|nhat|chenh|so voi|so sanh)\b"
    r"|\b(?:more|less|bigger|larger|smaller|higher|lower|dearer|cheaper|costlier|than|compare\w*)\b"
)
# "Which plan is bigger?", "kế hoạch nào lớn hơn": of a plan it is its money.
_BIGGER = re.compile(
    r"\b(?:ke hoach|de an|phuong an|goi|chuong trinh)\b(?: \w+){0,6} (?:lon|to) hon\b(?! ve)|\b(?:which|what) (?:plan|scheme|programme)\b(?: \w+){0,3} (?:bigger|larger|smaller)\b"
)
_HOW_MUCH_MORE = re.compile(r"\b(?:bao nhieu|may|how much|by how|difference)\b")
_WHOLE = re.compile(
    r"\b(?:tong|toan bo|ca (?:ke hoach|de an|phuong an|chuong trinh)|chung|ke hoach|de an|phuong an|goi)\b"
    r"|\b(?:overall|total|totals|whole|altogether|plan|plans|programme|scheme|in all)\b"
)
_REMARK = re.compile(r"\([^()]*\)")
_LESS = re.compile(r"\b(?:it|thap|nho|re)(?: \w+){0,4} hon\b|\b(?:less|smaller|lower|cheaper)\b")
_COMPARING = frozenset(
    "xa huyen tinh thanh pho thi hon nhieu it cao thap lon nho ben nao noi so sanh voi moi con va giua re dat hai cai tong chuong trinh goi to".split()
)


def answer_plan_total(asked: Asked, library: Library, grids: Grids) -> Draft | None:
    """What the one document in question costs, by its text or its table of money; None where it is not plain."""
    documents = asked.scope.documents if asked.scope.named else asked.question.documents
    if len(documents) != 1 or asked.carried or asked.reading.yes_no or asked.reading.parts or asked.reading.lookups:
        return None
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    book = library.books[documents[0]]
    if not _ASKS_MONEY.search(said) or FUND.search(asked.text) or SOURCE.search(asked.text):
        return None
    if beside_the_whole(asked, book):
        return None
    years = {*asked.reading.years} - {*asked.scope.years}
    told = _told(book, years)
    if told and (years <= _own_year(book) or all(years_of(one.text) >= years for one in told)):
        return _by_text(asked, library, told[0]) if len(told) == 1 else None
    found = [(grid, row, column) for grid in grids.of(book) for row, column in _total_of(grid, years)]
    values = {number_in(row, column) for _, row, column in found}
    if len(values) != 1:
        return None
    grid, row, column = found[0]
    line = line_of(grid, row, f"{row.name}: {written(grid, row, column)}")
    return Draft(strategy="figures", lines=(line,), support=ENOUGH, certain=True)


def _own_year(book: Book) -> set[str]:
    """The one year that a plan is for: that of its title, or of its date where the title names none."""
    titled = years_of(book.info.title)
    date = book.info.header.date
    dated = set(re.findall(r"20\d\d", date.value)) if date is not None and not titled else set()
    own = titled or dated
    return own if len(own) == 1 else set()


def total_asked(asked: Asked) -> str:
    """The question for what a whole plan costs, in the year that a comparison names; "" where it names several."""
    years = sorted({*asked.reading.years} - {*asked.scope.years})
    if len(years) > 1 and SPREAD.search(asked.question.text):
        years = []  # "ba năm 2024 - 2026": all years of the plans
    if len(years) > 1:
        return ""
    if asked.reading.language == "en":
        return f"What is the total budget{' of ' + years[0] if years else ''}?"
    return f"Tổng kinh phí thực hiện{' năm ' + years[0] if years else ''} là bao nhiêu?"


def asks_which_costs_more(asked: Asked, books: Sequence[Book]) -> bool:
    """Whether a question asks which of several plans costs more, as a whole; ``books`` are theirs."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    text = _REMARK.sub(" ", asked.text)  # "(chưa kể vốn vay)"
    funds = FUND.search(text) or SOURCE.search(text) or asked.reading.parts
    if (
        funds
        or not (_ASKS_MONEY.search(said) or _BIGGER.search(said))
        or not _COMPARES.search(said)
        or not _WHOLE.search(said)
    ):
        return False
    return not _common(asked, books)


def _common(asked: Asked, books: Sequence[Book]) -> set[str]:
    """What is asked besides the money of the whole that no title of the plans has."""
    words = [set(beside_the_whole(asked, book)) for book in books]
    remarks = set(re.findall(r"\w+", " ".join(_REMARK.findall(key(asked.text)))))  # "(chưa kể vốn vay)"
    common = set.intersection(*words) if words else set()
    return {word for word in common - remarks if fold(word) not in _COMPARING}


def which_costs_more(asked: Asked, named: Sequence[tuple[str, Draft]]) -> Draft | None:
    """The totals of plans, by their names, and which is the larger, or the smaller; None where one has no plain sum."""
    language = asked.reading.language
    lines = [(name, draft.lines[0]) for name, draft in named]
    sums = [(name, found) for name, line in lines if (found := sum_in(line)) is not None]
    if len(sums) < len(named) or len({money[0].endswith("USD") for _, money in sums}) > 1:
        return None
    less = _LESS.search(fold(asked.question.text)) is not None
    ordered = sorted(sums, key=lambda pair: Decimal(pair[1][0].split()[0]), reverse=not less)
    (first, (value, shown)), (second, (other, others)) = ordered[:2]
    if value == other:
        closing = say(language, "as-much", sum=shown)
    else:
        key = "which-less" if less else "which-more"
        closing = say(language, key, part=escape(first), sum=shown, other=f"{escape(second)}: {others}")
        if _HOW_MUCH_MORE.search(fold(asked.question.text)):
            closing = f"{closing} {_difference(asked, shown, others)}".strip()
    told = tuple(line for _, line in lines)
    return Draft(strategy="sides", lines=told, support=ENOUGH, closing=closing, certain=True)


def _difference(asked: Asked, one: str, other: str) -> str:
    """How far two sums are apart that are written in one unit, as it is reckoned; "" for any others."""
    found = [AMOUNT.search(text) for text in (one, other)]
    if any(match is None for match in found):
        return ""
    numbers = [match.group("number") for match in found if match is not None]
    units = {match.group("unit") for match in found if match is not None}
    if len(units) != 1:
        return ""
    pairs = sorted(((Decimal(text.replace(".", "").replace(",", ".")), text) for text in numbers), reverse=True)
    result = f"{in_figures(pairs[0][0] - pairs[1][0])} {units.pop()}"
    return say(asked.reading.language, "difference", high=pairs[0][1], low=pairs[1][1], result=result)


def sum_in(line: Line) -> tuple[str, str] | None:
    """The first sum of a line in đồng, and as it is written; that of its label where it is a cell of a table."""
    for text in (line.label, line.text):
        found = AMOUNT.search(text)
        if found is not None and (value := dong(found.group("number"), found.group("unit"))):
            return value, " ".join(found.group().split())
    return None


def _by_text(asked: Asked, library: Library, told: Sentence) -> Draft:
    """The sentence that says what the whole costs, with what it is made of where that is told as well."""
    of_sums = answer_budget(asked, library)
    if of_sums is not None and any(told.span in quote.span for quote in of_sums.lines[0].quotes):
        return replace(of_sums, certain=True)
    return Draft(strategy="sums", lines=(line_of_sentence(told),), support=ENOUGH, certain=True)


def beside_the_whole(asked: Asked, book: Book) -> list[str]:
    """What is asked besides the money of the whole: "kinh phí cho nước sạch"."""
    return [
        word
        for word in content(asked.topic)
        if word not in _OF_THE_WHOLE
        and word not in _COUNTED_YEARS
        and not asked.matter.over((word,)).covered_by(book.title_bag)
    ]


def _told(book: Book, years: set[str]) -> list[Sentence]:
    """The sentences of the text that say what the whole costs, or the one year that its title names or that is asked."""
    own = years_of(book.info.title)
    return [
        sentence
        for sentence in book.sentences
        if sentence.passage.kind != "row"
        and (money := MONEY.search(sentence.text)) is not None
        and _SAYS_TOTAL.search(fold(_with_heading(sentence)))
        and (not (said := years_of(sentence.text[: money.start()])) or said in (own, years))
    ]


def _with_heading(sentence: Sentence) -> str:
    """A sentence that begins with its number, behind the heading that says of what: "1. Tổng kinh phí: 2.240 triệu"."""
    path = sentence.passage.path
    return f"{path[-1]}: {sentence.text}" if path and sentence.text[:1].isdigit() else sentence.text


def _total_of(grid: Grid, years: set[str]) -> list[tuple[GridRow, str]]:
    """The row of totals of a table of money with its column of totals, or with that of the year that is asked for."""
    totals = [row for row in grid.rows if row.total]
    if len(totals) != 1 or not _OF_MONEY.search(fold("\n".join((*grid.above, *grid.columns)))):
        return []
    (row,) = totals
    columns = [name for name in grid.numeric if number_in(row, name) is not None and "đồng" in grid.unit(name, row)]
    if years:
        chosen = [name for name in columns if years_of(name) == years]
    else:
        chosen = [name for name in columns if names_total(name.strip())] or columns
    return [(row, chosen[0])] if len(chosen) == 1 else []
