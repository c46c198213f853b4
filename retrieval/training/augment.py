"""Queries as people type them: without marks, with abbreviations, and parts of a passage as queries for
the rest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.normalise import strip_marks
from retrieval.training.sources import Pair

_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+(?=[^\W\d_]|\d+\.|-)")

# What administrative plans abbreviate nearly always and the law texts never do.
COMMON_ABBREVIATIONS = {
    "ủy ban nhân dân": "UBND",
    "hội đồng nhân dân": "HĐND",
    "dân tộc thiểu số và miền núi": "DTTS&MN",
    "dân tộc thiểu số": "DTTS",
    "chương trình mục tiêu quốc gia": "CTMTQG",
    "mục tiêu quốc gia": "MTQG",
    "mặt trận tổ quốc": "MTTQ",
    "kinh tế - xã hội": "KT-XH",
    "kinh tế xã hội": "KTXH",
    "kế hoạch và đầu tư": "KH&ĐT",
    "tài chính - kế hoạch": "TC-KH",
    "lao động - thương binh và xã hội": "LĐTBXH",
    "lao động, thương binh và xã hội": "LĐ-TB&XH",
    "nông nghiệp và phát triển nông thôn": "NN&PTNT",
    "văn hóa, thể thao và du lịch": "VHTTDL",
    "văn hóa và thông tin": "VH&TT",
    "thông tin và truyền thông": "TT&TT",
    "tài nguyên và môi trường": "TN&MT",
    "giáo dục và đào tạo": "GD&ĐT",
    "khoa học và công nghệ": "KH&CN",
    "giao thông vận tải": "GTVT",
    "công nghệ thông tin": "CNTT",
    "ngân sách nhà nước": "NSNN",
    "ngân sách trung ương": "NSTW",
    "ngân sách địa phương": "NSĐP",
    "nông thôn mới": "NTM",
    "đặc biệt khó khăn": "ĐBKK",
    "trung học phổ thông": "THPT",
    "trung học cơ sở": "THCS",
    "bảo hiểm y tế": "BHYT",
    "bảo hiểm xã hội": "BHXH",
    "hợp tác xã": "HTX",
    "sản xuất kinh doanh": "SXKD",
    "an ninh quốc phòng": "ANQP",
    "phổ thông dân tộc nội trú": "PTDTNT",
    "cán bộ, công chức, viên chức": "CBCCVC",
}


@dataclass(frozen=True, slots=True)
class Abbreviator:
    """Replaces full words by their abbreviation, the longest first."""

    short: dict[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str]]) -> Abbreviator:
        """From (abbreviation, full words), with ``COMMON_ABBREVIATIONS`` on top."""
        short = {full: abbreviation for abbreviation, full in reversed(rows)} | COMMON_ABBREVIATIONS
        longest = sorted(short, key=len, reverse=True)
        return cls(short, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE))

    def __call__(self, text: str) -> str:
        """The text with every known phrase abbreviated."""
        return self.pattern.sub(lambda match: self.short[match.group().lower()], text)


def typed(query: str, abbreviate: Abbreviator, chance: random.Random) -> str:
    """The query as somebody might type it: abbreviated (1 in 4), without marks (1 in 5)."""
    if chance.random() < 0.25:
        query = abbreviate(query)
    return strip_marks(query) if chance.random() < 0.2 else query


def cloze(paragraph: str, chance: random.Random) -> Pair | None:
    """Inverse cloze: a part of a paragraph as the query for the rest; None where it is too short.

    A sentence where there are several, otherwise 3 to 10 words. The part stays in the passage 3 times in 10,
    so that equal words count too. Source: Lee, Chang, Toutanova, ACL 2019.
    """
    sentences = _SENTENCE_END.split(paragraph)
    if len(sentences) > 1 and chance.random() < 0.6:
        at = chance.randrange(len(sentences))
        query, rest = sentences[at], " ".join(sentences[:at] + sentences[at + 1 :])
    else:
        words = paragraph.split()
        if len(words) < 12:
            return None
        size = chance.randint(3, 10)
        at = chance.randrange(len(words) - size)
        query, rest = " ".join(words[at : at + size]), " ".join(words[:at] + words[at + size :])
    if len(query) < 12 or len(rest) < 30:
        return None
    return Pair(query[:300], paragraph if chance.random() < 0.3 else rest, "cloze")
