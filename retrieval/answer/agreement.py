"""Whether the total that a document states in words is that of its table, and by how much they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.library import Library
from retrieval.answer.told_cell import written_cell
from retrieval.answer.wording import say
from retrieval.answer.worked import line_of_row, money, value_of
from retrieval.registers.totals import stated_twice
from retrieval.registers.types import Row

# "Phần lời", "phần thuyết minh" against "bảng", "biểu", and that they are set against each other.
_IN_WORDS = re.compile(
    r"\bphan (?:loi|chu|thuyet minh|van|tren|viet)\b"
    r"|\b(?:trong|o|tai|bang) (?:loi|loi van|thuyet minh|van ban|cau chu)\b"
    r"|\btong (?:du toan|kinh phi|muc|so|von|nhu cau)\b.{0,80}\b(?:so voi|voi|va) (?:\w+ ){0,6}(?:bang|bieu)\b"
    r"|\b(?:in the |the )?(?:text|wording|narrative|body|prose|sentence|paragraph)\b"
)
_IN_TABLE = re.compile(r"\b(?:bang|bieu|dong tong)\b|\b(?:table|total row)s?\b")
_COMPARED = re.compile(
    r"\b(?:chenh|lech|khac|giong|khop|bang nhau|trung|thong nhat|mau thuan|vua)\b"
    r"|\b(?:differ\w*|match\w*|agree\w*|same|equal\w*|gap|consisten\w*|discrepanc\w*|apart|contradict\w*)\b"
)


def answer_agreement(asked: Asked, library: Library, rows: Sequence[Row]) -> Draft | None:
    """Both totals and their difference; None where that is not asked, or not one such pair is plainly meant."""
    asks = fold(asked.question.text)
    if not (_IN_WORDS.search(asks) and _IN_TABLE.search(asks) and _COMPARED.search(asks)):
        return None
    pairs = [pair for book in library.scoped(asked.scope.documents) for pair in stated_twice(rows, book)]
    wanted = [year for year in asked.reading.years if year not in asked.scope.years]
    of_year = [pair for pair in pairs if pair[0].value("period") in wanted]
    pairs = of_year or pairs
    if len({pair[1].span for pair in pairs}) != 1:
        return None
    said, tabled = pairs[0]
    first, second = value_of(said), value_of(tabled)
    if first is None or second is None:
        return None
    return Draft(
        strategy="agreement",
        lines=(line_of_row(said, library), line_of_row(tabled, library)),
        support=1.0,
        closing=_said(asked, (_shown(said), _shown(tabled)), abs(first - second)),
        certain=True,
    )


def _shown(row: Row) -> str:
    """A sum as it is written there, with the unit that stands above a table."""
    amount = row.get("amount")
    return amount.text if amount is not None and not amount.text[-1].isdigit() else written_cell(row)


def _said(asked: Asked, shown: tuple[str, str], difference: Decimal) -> str:
    language = asked.reading.language
    if not difference:
        return say(language, "totals-agree", sum=shown[0])
    return say(language, "totals-differ", stated=shown[0], tabled=shown[1], difference=money(difference))
