"""The end of a document: Nơi nhận, and who signs (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7 to II.9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.normalise import CAPITALS
from ingest.reading import reading
from ingest.rules.paragraphs import Paragraph
from ingest.rules.text import is_upper
from ingest.types import BlockKind, Field, Span

_RECIPIENTS = re.compile(r"^N[ơƠ][iI]\s+nh[ậẬ]n\s*:?", re.I)
POSITION = re.compile(
    r"^(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T)\s?[./]|CHỦ\s+TỊCH|PHÓ\s|TRƯỞNG\s|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH\s|THỦ TƯỚNG|"
    r"CỤC TRƯỞNG|HIỆU TRƯỞNG|BÍ THƯ|TỔNG\s+(?:GIÁM ĐỐC|CỤC|BÍ THƯ|THƯ KÝ|THANH TRA|KIỂM TOÁN|BIÊN TẬP))"
)
# One capital may be a word of a name ("Y Thanh Hà Niê Kđăm"), with an apostrophe behind it or not ("K’ Brêm", "H'Yim").
NAME_WORD = rf"(?:[{CAPITALS}](?:['’][{CAPITALS}]?)?[a-zđà-ỹ]*)"
_NAME = re.compile(rf"^(?:\(?(?:Đã ký|đã ký)\)?\s*)?(?P<name>{NAME_WORD}(?:\s+{NAME_WORD}){{1,5}}(?<=[a-zđà-ỹ]))$")
SIGNED = re.compile(r"\(?đã ký\)?", re.IGNORECASE)
"""What stands for the signature itself."""
_REACH = 25  # lines of recipients and signature that may follow each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Recipients and signer, and the kinds of the paragraphs (by index) that hold them."""

    recipients: tuple[Field, ...]
    signer: Field | None
    position: Field | None
    kinds: dict[int, BlockKind]


def read_closing(text: str, paragraphs: Sequence[Paragraph], start: int) -> Closing:
    """Read every "Nơi nhận" and signature after the paragraph ``start``; the first signer counts as the document's."""
    kinds: dict[int, BlockKind] = {}
    recipients: list[Field] = []
    position: list[Paragraph] = []
    signer: Field | None = None
    signed: Field | None = None
    at = start
    while at < len(paragraphs):
        one = paragraphs[at]
        opens = _RECIPIENTS.match(one.text) is not None
        if not opens and not (POSITION.match(one.text) and is_upper(one.text) and len(one.text) < 120):
            at += 1
            continue
        stop = at
        lines: list[Paragraph] = []
        if opens:
            stop = _recipients(paragraphs, at, kinds, lines)
            if len(kinds) == stop - at:  # the first list of recipients is the document's
                named = [one for number, one in enumerate(paragraphs[at:stop], at) if kinds[number] == "recipients"]
                recipients = [_field(text, one, drop_mark=True) for one in named[1:]]
        while stop < len(paragraphs) and len(lines) < 6 and is_upper(paragraphs[stop].text):
            if not (lines or POSITION.match(paragraphs[stop].text) or opens):
                break
            lines.append(paragraphs[stop])
            kinds[stop] = "signature"
            stop += 1
        if lines:
            position = position or lines
            while stop < len(paragraphs) and stop < at + _REACH and len(paragraphs[stop].text) < 60:
                name = _NAME.match(paragraphs[stop].text)
                if name is not None or not paragraphs[stop].text[:1].isalpha():
                    kinds[stop] = "signature"
                if name is not None:
                    signed = _field(text, paragraphs[stop])
                    stop += 1
                    break
                if paragraphs[stop].mark is not None or is_upper(paragraphs[stop].text):
                    break
                stop += 1
            signer = signer if signer is not None else signed
        at = max(stop, at + 1)
    return Closing(recipients=tuple(recipients), signer=signer, position=_position(text, position), kinds=kinds)


def _recipients(paragraphs: Sequence[Paragraph], at: int, kinds: dict[int, BlockKind], lines: list[Paragraph]) -> int:
    """Read the list that opens at ``at``, and ``lines`` of a position that stand between; the index after it."""
    kinds[at] = "recipients"
    stop = at + 1
    while stop < len(paragraphs):
        if SIGNED.fullmatch(paragraphs[stop].text):
            kinds[stop] = "signature"
        elif _is_recipient(paragraphs[stop], stop - at):
            kinds[stop] = "recipients"
        elif is_upper(paragraphs[stop].text) and stop + 1 < len(paragraphs) and _bullet(paragraphs[stop + 1]):
            kinds[stop] = "signature"  # the two columns by turns
            lines.append(paragraphs[stop])
        else:
            break
        stop += 1
    return stop


def _is_recipient(paragraph: Paragraph, distance: int) -> bool:
    if distance > _REACH or (is_upper(paragraph.text) and POSITION.match(paragraph.text)):
        return False
    if _bullet(paragraph):
        return True
    # A recipient's second line, or a brace with its note.
    return (paragraph.gap == 1 and not is_upper(paragraph.text)) or not paragraph.text[:1].isalnum()


def _bullet(paragraph: Paragraph) -> bool:
    return paragraph.mark is not None and paragraph.mark.kind == "bullet"


def _position(text: str, lines: Sequence[Paragraph]) -> Field | None:
    if not lines:
        return None
    words = [reading(text, one.span, one.skipped) for one in lines]
    span = Span(words[0].span(0, 1).start, words[-1].span(0, len(words[-1].text)).end)
    return Field(value=" ".join(one.text for one in words), span=span)


def _field(text: str, paragraph: Paragraph, *, drop_mark: bool = False) -> Field:
    words = reading(text, paragraph.span, paragraph.skipped)
    start = paragraph.mark.length if drop_mark and paragraph.mark is not None else 0
    words = words.cut(min(start, max(0, len(words.text) - 1)), len(words.text)).strip()
    end = len(words.text.rstrip(" ;.,")) or len(words.text)
    return Field(value=words.text[:end], span=words.span(0, end))
