"""The same question in other words: abbreviations both ways, and words of politeness around it."""

from __future__ import annotations

import re
from random import Random

# Made for testing, apart from the table that the search reads: a test that shared it would prove nothing of it.
_ABBREVIATIONS = (
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Mặt trận Tổ quốc", "MTTQ"),
    ("dân tộc thiểu số", "DTTS"),
    ("Kế hoạch và Đầu tư", "KH&ĐT"),
    ("Kế hoạch - Đầu tư", "KH-ĐT"),
    ("Tài chính - Kế hoạch", "TC-KH"),
    ("Chương trình mục tiêu quốc gia", "CTMTQG"),
    ("kinh tế - xã hội", "KT-XH"),
    ("đặc biệt khó khăn", "ĐBKK"),
    ("Giáo dục và Đào tạo", "GD&ĐT"),
    ("Lao động - Thương binh và Xã hội", "LĐ-TB&XH"),
    ("Nông nghiệp và Phát triển nông thôn", "NN&PTNT"),
    ("Tài nguyên và Môi trường", "TN&MT"),
    ("Văn hóa, Thể thao và Du lịch", "VHTT&DL"),
    ("Thông tin và Truyền thông", "TT&TT"),
    ("Liên hiệp Phụ nữ", "LHPN"),
    ("ngân sách nhà nước", "NSNN"),
    ("ngân sách trung ương", "NSTW"),
    ("nông thôn mới", "NTM"),
    ("bảo hiểm y tế", "BHYT"),
    ("bảo hiểm xã hội", "BHXH"),
)
# The document kind in "476/KH-UBND" is no abbreviation of a word of the question: a number stays as it is.
_SHORT = tuple(
    (re.compile(rf"(?<![\w/&-]){re.escape(short)}(?![\w/&-])"), full) for full, short in reversed(_ABBREVIATIONS)
)
_FULL = tuple(
    (re.compile(rf"\b{re.escape(full).replace(chr(92) + ' ', ' +')}\b", re.IGNORECASE), short)
    for full, short in sorted(_ABBREVIATIONS, key=lambda pair: -len(pair[0]))
)

_BEFORE = {
    "vi": ("Xin chào, cho em hỏi ", "Dạ anh chị cho em hỏi chút ạ: ", "Nhờ bạn tra giúp tôi với, ", "Làm ơn cho biết "),
    "en": ("Hello, could you please tell me: ", "Sorry to bother you, ", "Hi, I am new here. ", "If I may ask, "),
}
_AFTER = {
    "vi": (" Em cảm ơn ạ.", " Mong sớm nhận được hồi âm, xin cảm ơn.", " Cảm ơn nhiều nhé!", ""),
    "en": (" Thank you very much.", " Many thanks in advance!", " Thanks a lot, have a nice day.", ""),
}


def abbreviated(text: str, random: Random) -> str:
    """Every name that has a common abbreviation, by it."""
    for pattern, short in _FULL:
        text = pattern.sub(short, text)
    return text


def written_out(text: str, random: Random) -> str:
    """Every common abbreviation written out; numbers of documents stay."""
    for pattern, full in _SHORT:
        text = pattern.sub(full, text)
    return text


def politely(text: str, language: str, random: Random) -> str:
    """The question between words of politeness."""
    before, after = random.choice(_BEFORE[language]), random.choice(_AFTER[language])
    return f"{before}{text}{after}"
