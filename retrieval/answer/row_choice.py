"""Which row of a table answers: the one whose own words are asked for.

All rows below "Tỷ lệ hộ dùng nước sạch (%)" in a plan for clean water hold those words of a question, so that the signs
of a sentence hardly tell them apart, and a judge prefers now one, now another. What only some rows say does: the words
of their cells that neither the heads of the columns nor the headings and the title hold already, a number behind the
name of its column ("tháng 4" is the row with 4 in the column "Tháng"), and one in a range ("tổ 14": "Tổ 12 đến tổ 16").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.normalise import fold
from ingest.reading import reading
from retrieval.answer.asked import Asked
from retrieval.answer.bounds import within
from retrieval.answer.library import Library, Sentence
from retrieval.registers.table_reader import PLAIN

_BEHIND = 3.0  # in score: a row so far behind the best of its table is not meant
_FAR_BEHIND = 8.0  # unless its name has a range in which a number of the question is
_DIGITS = 4
_NUMBERED = 0.5  # of the question's words: what such a number counts
_MORE = 0.05  # of the question's words: by so much at least its own words hold more

Floats = NDArray[np.float32]


class RowChoice:
    """Puts the row of a table first that is asked for; the words of a row are kept."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: dict[tuple[str, int], tuple[frozenset[str], frozenset[str]]] = {}

    def reordered(self, asked: Asked, sentences: Sequence[Sentence], scores: Floats, fits: NDArray[np.bool_]) -> Floats:
        """The scores, (n,) float32, in which the row of a table that is asked for has changed places with the best.

        Only rows that ``fits`` marks, (n,), and of tables whose best comes close to the best sentence.
        """
        tables: dict[tuple[str, int], list[int]] = {}
        ranked = sorted(map(int, np.flatnonzero(fits)), key=lambda at: -scores[at])
        near = [at for at in ranked if scores[at] >= scores[ranked[0]] - _FAR_BEHIND]
        for at in near:
            if sentences[at].passage.kind == "row":
                tables.setdefault((sentences[at].document, sentences[at].passage.section), []).append(at)
        found = scores.copy()
        for rows in tables.values():
            close = [
                at
                for at in rows
                if scores[at] >= scores[rows[0]] - _BEHIND
                or (scores[at] >= scores[rows[0]] - _FAR_BEHIND and self._is_within(asked, sentences[at]))
            ]
            if len(close) < 2:
                continue
            own = {at: self._own_words_asked(asked, sentences[at]) for at in close}
            best = max(close, key=lambda at: (round(own[at], 3), scores[at]))
            if own[best] > own[rows[0]] + _MORE:
                found[best], found[rows[0]] = scores[rows[0]], scores[best]
        return found

    def _own_words_asked(self, asked: Asked, row: Sentence) -> float:
        """How much more of the question's words a row holds than what stands above it, 0..1."""
        own, above = self._words(row)
        title = self._library.books[row.document].title_bag
        words = asked.matter.words_held_by(own, above, title) - asked.matter.words_held_by(above, title)
        numbered = self._is_numbered_so(asked, row) or self._is_within(asked, row)
        return words + (_NUMBERED if numbered else 0.0)

    def _is_within(self, asked: Asked, row: Sentence) -> bool:
        """Whether what the row is called, its first cell of words, has a range which a number of the question is in."""
        text = self._library.books[row.document].text
        cells = (text[span.start : span.end] for _, span in row.passage.cells)
        named = next((cell for cell in cells if re.search(r"[^\W\d_]{2}", cell)), "")
        return within(f"{asked.text} ; {asked.question.text}", named)

    def _is_numbered_so(self, asked: Asked, row: Sentence) -> bool:
        """Whether the question says a number of the row behind the name of its column: "đợt 2", "năm 2023"."""
        text, asks = self._library.books[row.document].text, fold(asked.text)
        cells = ((name, text[span.start : span.end].strip(" *").lstrip("0")) for name, span in row.passage.cells)
        return any(
            name.isalpha()
            and number.isdigit()
            and len(number) <= _DIGITS
            and re.search(rf"\b{fold(name)} 0?{number}\b", asks) is not None
            for name, number in cells
        )

    def _words(self, row: Sentence) -> tuple[frozenset[str], frozenset[str]]:
        """What the cells of a row hold that are no numbers, and what its columns and headings do."""
        passage = row.passage
        key = row.document, passage.index
        if key not in self._kept:
            book = self._library.books[row.document]
            cells = [reading(book.text, span).text.strip() for _, span in passage.cells]
            own = book.bag("\n".join(cell for cell in cells if PLAIN.fullmatch(cell) is None))
            above = book.bag("\n".join((*(name for name, _ in passage.cells), *passage.path)))
            self._kept[key] = own, above
        return self._kept[key]
