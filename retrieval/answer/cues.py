"""What the words of a question say about the sentence or the part of a plan that answers it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.question import Kind

# The parts of a plan where an answer of a kind stands, by their headings, folded.
PARTS: Mapping[Kind, re.Pattern[str]] = {
    "budget": re.compile(r"\b(?:kinh phi|von|nguon luc|ngan sach|du toan|nguon)\b"),
    "deadline": re.compile(r"\b(?:thoi gian|thoi han|tien do|lo trinh|bao cao)\b"),
    "target": re.compile(r"\b(?:muc tieu|chi tieu)\b"),
    **dict.fromkeys(("lead", "coordinate", "duties"), re.compile(r"\b(?:to chuc thuc hien|phan cong|trach nhiem)\b")),
}
# Words for the same role.
ROLES = (
    ("thuong truc", "dau moi"),
    ("chu tri",),
    ("tham dinh",),
    ("phoi hop",),
    ("huong dan",),
    ("giam sat", "kiem tra"),
    ("tham muu",),
    ("tong hop",),
)
# What a sentence says that answers a question put in certain words, both folded.
SAID: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"\b(?:thay the|thay cho|het hieu luc|bai bo|khong con hieu luc|bi thay)\b"),
        re.compile(r"\b(?:thay the|bai bo|het hieu luc)\b"),
    ),
    (
        re.compile(
            r"\b(?:ai|nguoi nao|dong chi nao|chuc danh nao) (?:\w+ ){0,3}(?:dung dau|lam truong|truong|cam dau|chi huy)\b"
        ),
        re.compile(r"\b(?:to truong|truong (?:ban|doan|tieu ban|nhom)|lam truong)\b"),
    ),
    (
        re.compile(r"\b(?:vi sao|tai sao|ly do|nguyen nhan|why|reasons?)\b"),
        re.compile(r"\b(?:nguyen nhan|ly do|la do|chu yeu do)\b"),
    ),
    (
        re.compile(r"\btam nhin\b|\bnhin (?:xa|toi|den)\b"),
        re.compile(r"\btam nhin\b"),
    ),
)
