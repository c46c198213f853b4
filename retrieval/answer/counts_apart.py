"""How many more of something one document lists than another: both counted, with what was counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise import fold
from retrieval.answer.counts import in_one_line
from retrieval.answer.draft import Draft
from retrieval.answer.wording import say
from retrieval.types import Language

_THING = r"(?P<thing>(?:linh vuc|nhom|muc tieu|nhiem vu|giai phap|noi dung|mang|du an|van ban|can cu|chi tieu|dau viec|muc|phan(?! tram))(?: \w+){0,8}?)"
_THING_EN = r"(?P<thing>(?:[\w-]+ ){0,3}?(?:groups|areas|parts|sections|projects|tasks|fields|sectors|objectives|targets|goals|solutions|documents|items)(?: [\w-]+){0,6}?)"
_MANY = r"(?:bao nhieu|may)"
_MORE = r"\b(?:(?:nhieu|it) hon|chenh|hon kem|lech|cach)\b"
_ASKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bso (?:luong )?{_THING}(?=\s+(?:ma|cua|o|tai|trong|duoc|do|theo|ben|giua)\b)[^?]*?{_MORE}[^?]*?\b{_MANY}\b",
        rf"{_MORE}[^?]*?\b{_MANY} {_THING}(?=\s*(?:[?,.]|$))",
        rf"\b(?:nhieu|it) {_THING} hon\b[^?]*?\b{_MANY}\b",
        rf"\bhow many (?:more|fewer|less) {_THING_EN}(?=\s+(?:does|do|are|is|did|has|have|there|in|than)\b)[^?]*?\bthan\b",
        rf"\bdifference\b[^?]*?\bnumber of {_THING_EN}(?=\s+(?:in|of|between|listed|that)\b)",
    )
)
# "lĩnh vực ưu tiên kêu gọi vốn": what is done about the things that are counted.
_DONE = re.compile(
    r"\s+(?:kêu gọi|thu hút|vận động|liệt kê|đưa ra|nêu|xác định|keu goi|thu hut|van dong|liet ke|for|to)\s.*$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"^(?:Có|There are) (\d+)\b")
_TWO = 2


def counted_of_both(text: str, language: Language) -> tuple[str, ...]:
    """Questions for the number of what two documents are compared by, the fullest first; () where none are.

    >>> counted_of_both("Số lĩnh vực ưu tiên mà tỉnh A nêu nhiều hơn tỉnh B bao nhiêu?", "vi")
    ('Có bao nhiêu lĩnh vực ưu tiên?',)
    """
    folded = fold(text)
    match = next((found for pattern in _ASKS if (found := pattern.search(folded)) is not None), None)
    if match is None or len(folded) != len(text):
        return ()
    thing = text[match.start("thing") : match.end("thing")]
    form = "How many {} are there?" if language == "en" else "Có bao nhiêu {}?"
    return tuple(dict.fromkeys(form.format(one) for one in (thing, _DONE.sub("", thing))))


def count_of(draft: Draft | None) -> int:
    """How many a draft says that there are, with each of them; 0 where it does not."""
    said = _COUNT.match(draft.opening) if draft is not None and not draft.abstained else None
    if draft is None or said is None or len({line.document for line in draft.lines}) > 1:
        return 0
    return int(said.group(1)) if int(said.group(1)) == len(draft.lines) else 0


def difference_of_counts(drafts: Sequence[Draft], language: Language) -> Draft | None:
    """Two counts with the difference of their numbers; None where one is no count."""
    counts = sorted((count_of(draft) for draft in drafts), reverse=True)
    if len(counts) != _TWO or not all(counts):
        return None
    high, low = counts
    return Draft(
        strategy="figures",
        lines=tuple(line for draft in drafts for line in in_one_line(draft).lines),
        support=min(draft.support for draft in drafts),
        closing=say(language, "difference", high=high, low=low, result=high - low),
    )
