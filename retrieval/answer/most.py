"""Which Dự án gets the most, or the least, added up by Dự án; and the largest sum by itself, with what it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft, Line, Quote
from retrieval.answer.library import Library
from retrieval.answer.wording import say
from retrieval.answer.worked import line_of_row
from retrieval.registers.types import Row

_MOST = re.compile(r"\b(?:lon nhat|nhieu nhat|cao nhat|most|largest|biggest|highest)\b")
_LEAST = re.compile(r"\b(?:it nhat|thap nhat|nho nhat|least|smallest|lowest)\b")
_WHICH = re.compile(
    r"\b(?:du an|tieu du an|tda|da|chuong trinh thanh phan) nao\b|\bwhich (?:sub-?)?projects?\b|\bwhat project\b"
)
_MONEY = re.compile(r"\b(?:von|tien|kinh phi|ngan sach|money|funding|funds?|budget|capital|allocation)\b")
# "Khoản vốn lớn nhất thuộc nội dung nào": one sum, and what it is for.
_WHICH_SUM = re.compile(
    r"\b(?:khoan|muc|so) (?:von|tien|kinh phi|chi)\b.{0,40}\bnhat\b|\bnhat\b.{0,40}\b(?:khoan|muc) (?:von|tien|kinh phi|chi) nao\b"
    r"|\bkhoan nao (?:lon|nhieu|cao|nho|it|thap) nhat\b"
    r"|\b(?:largest|biggest|highest|smallest|lowest) (?:single )?(?:sum|amount|allocation|item|budget line)\b"
)
_ENOUGH = 2


def answer_most(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """The Dự án of one document with the largest or smallest sum, and the sums that it is made of; None otherwise."""
    english = asked.reading.language == "en"
    said = fold(asked.question.text) if english else " ".join(asked.words)
    wanted = [name for name, cue in (("most", _MOST), ("least", _LEAST)) if cue.search(said)]
    if wanted and _WHICH_SUM.search(said) and not _WHICH.search(said):
        return _one_sum(asked, library, rows, wanted)
    if not wanted or not _WHICH.search(said) or not _MONEY.search(said):
        return None
    documents = asked.scope.documents if asked.scope.named else tuple(library.books)
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        if row.kind == "budgets" and row.document in documents and row.value("amount").isdigit():
            project = re.search(r"Dự án \d+$", row.value("part"))
            if project is not None:
                found.setdefault(row.document, {}).setdefault(project.group(), []).append(row)
    lines: list[Line] = []
    openings: list[str] = []
    for document, projects in found.items():
        if len(projects) < _ENOUGH:
            continue
        firsts = {name: _firsts(own) for name, own in projects.items()}
        sums = {name: sum(int(row.value("amount")) for row in own) for name, own in firsts.items()}
        book = library.books[document]
        for extreme in wanted:
            name = (max if extreme == "most" else min)(sums, key=lambda one: sums[one])
            openings.append(say(asked.reading.language, extreme, part=name, sum=_shown(sums[name])))
            lines.extend(
                Line(
                    document=document,
                    label=row.value("part"),
                    text=" ".join(book.text[row.span.start : row.span.end].replace("*", "").split()),
                    quotes=(Quote(document=document, span=row.span, path=row.path, page=row.page),),
                )
                for row in firsts[name]
            )
    if not lines:
        return None
    return Draft(strategy="most", lines=tuple(lines), support=0.8, opening=" ".join(openings))


def _one_sum(asked: Asked, library: Library, rows: Sequence[Row], wanted: Sequence[str]) -> Draft | None:
    """The largest or the smallest of the sums that one plan gives to its parts, or both; None where it has no two."""
    documents = asked.scope.documents
    if not asked.scope.named or len(documents) != 1 or asked.reading.parts:
        return None
    own = _firsts(
        [
            row
            for row in rows
            if row.kind == "budgets"
            and row.document in documents
            and row.value("part")
            and row.value("amount").isdigit()
        ]
    )
    lines: list[Line] = []
    openings: list[str] = []
    for extreme in wanted if len(own) >= _ENOUGH else ():
        row = (max if extreme == "most" else min)(own, key=lambda one: int(one.value("amount")))
        if sum(one.value("amount") == row.value("amount") for one in own) > 1:
            return None
        shown = _shown(int(row.value("amount")))
        openings.append(say(asked.reading.language, f"first-{extreme}", part=row.value("part"), sum=shown))
        lines.append(line_of_row(row, library))
    return Draft(strategy="most", lines=tuple(lines), support=0.8, opening=" ".join(openings)) if lines else None


# "Kế hoạch gắn số tiền với những dự án nào": all parts that have a sum.
_WITH_SUMS = re.compile(
    r"\b(?:nhung|cac) (?:du an|tieu du an|tda) nao\b.{0,50}\b(?:so tien|kinh phi|von|tien)\b"
    r"|\b(?:so tien|kinh phi|von|tien)\b.{0,40}\b(?:nhung|cac) (?:du an|tieu du an|tda) nao\b"
    r"|\bwhich (?:sub-?)?projects\b.{0,60}\b(?:money|funds?|funding|sums?|amounts?|budget|allocated|figures?)\b"
)
_SAYS_SO = re.compile(
    r"\b(?:ghi|neu|gan|co|duoc|cho|phan bo|bo tri|have|has|get|gets|given|receive|attach\w*|state[sd]?|allocated)\b"
)


def answer_with_sums(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """The parts of one plan that have a sum, each with it; None where that is not asked, or of some kind only."""
    said = fold(asked.question.text if asked.reading.language == "en" else asked.alone)
    plain = asked.scope.named and len(asked.scope.documents) == 1 and not asked.reading.parts and not asked.carried
    if not plain or not _WITH_SUMS.search(said) or not _SAYS_SO.search(said):
        return None
    if _MOST.search(said) or _LEAST.search(said) or asked.reading.yes_no:
        return None
    own = [
        row
        for row in rows
        if row.kind == "budgets" and row.document in asked.scope.documents and row.value("part") and row.get("amount")
    ]
    lines = tuple(line_of_row(row, library) for row in _firsts(own))
    return Draft(strategy="sums", lines=lines, support=0.8, certain=True) if len(lines) >= _ENOUGH else None


def _firsts(rows: Sequence[Row]) -> list[Row]:
    """The first sum of each sentence: those behind it say what it is made of."""
    found: dict[object, Row] = {}
    for row in rows:
        found.setdefault(row.span, row)
    return list(found.values())


def _shown(dong: int) -> str:
    """An amount as documents write it: whole millions, otherwise đồng."""
    millions, rest = divmod(dong, 10**6)
    number, unit = (millions, "triệu đồng") if rest == 0 else (dong, "đồng")
    return f"{number:,}".replace(",", ".") + f" {unit}"
