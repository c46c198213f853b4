"""Whether a statement denies or limits what a question takes for granted: "Không di dời trong dịp Tết"."""

from __future__ import annotations

import re

from retrieval.answer.asked import Asked
from retrieval.answer.draft import Draft
from retrieval.answer.terms import bag
from retrieval.tokens import marked_syllables

DENIES = re.compile(
    r"\b(?:không(?! (?:ngừng|gian|khí|chỉ|những|dàn trải|thể thiếu))|chưa|chẳng"
    r"|chỉ(?! (?:đạo|tiêu|thị|số|dẫn|huy|định))|trừ|ngoại trừ)\b",
    re.IGNORECASE,
)
"""What denies or limits."""
CLAUSES = re.compile(r"[;:()]|,\s(?!\d)|\.\s")
"""Where one clause of a statement ends."""
_HELD = 0.3  # of what is asked, in the clause that denies
_NOTHING = re.compile(
    r"\b(?:không|chưa)(?: phải| được| còn| có)?(?: \w+){0,2}"
    r" (?:trả|nộp|đóng|thu|góp|hỗ trợ|chi|huy động|cấp|bố trí|mất|tốn|đối ứng|bồi thường|đền bù|áp dụng|phát sinh)\b|\bmiễn(?: phí| thu| cước| đóng)?\b",
    re.IGNORECASE,
)
_ITS_MATTER = 0.35  # of what is asked, in a statement that nothing is paid


def pays_nothing(asked: Asked, draft: Draft) -> bool:
    """Whether a statement on what is asked says that nothing is paid for it: "không phải trả tiền", "không hỗ trợ"."""
    return any(
        _NOTHING.search(line.text) is not None
        and asked.matter.covered_by(bag(marked_syllables(line.text))) >= _ITS_MATTER
        for line in draft.lines
    )


def denies(asked: Asked, draft: Draft) -> bool:
    """Whether the clause of a statement that holds most of what is asked denies or limits it."""
    clauses = [clause for line in draft.lines for clause in CLAUSES.split(line.text)]
    held = [asked.matter.covered_by(bag(marked_syllables(clause))) for clause in clauses]
    most = max(held, default=0.0)
    return most >= _HELD and any(
        share == most and DENIES.search(clause) is not None for share, clause in zip(held, clauses, strict=True)
    )


# What is plainly not done: "Không hỗ trợ …", "… không thuộc trách nhiệm của …"; no "không quá", "chưa kể".
_NOT_AT_ALL = re.compile(
    r"\bkhông (?:được )?(?:hỗ trợ|chi trả|chi|bố trí|cấp|xét|tổ chức|thuộc (?:trách nhiệm|thẩm quyền|phạm vi|nhiệm vụ)|giao|thu|yêu cầu"
    r"|bắt buộc|cho phép|sử dụng|đầu tư|thành lập|tuyển|phải nộp|có công trình)\b",
    re.IGNORECASE,
)
_OF_IT = 0.7  # of what is asked, in the clause that says so, by syllables and by whole words


def flatly_denies(asked: Asked, draft: Draft) -> bool:
    """Whether a clause that holds nearly all that is asked says that it is not done at all.

    That answers "how much?", "when?" and "who?", though no sum, day or body is told.
    """
    for clause in (clause for line in draft.lines for clause in CLAUSES.split(line.text)):
        if _NOT_AT_ALL.search(clause):
            own = bag(marked_syllables(clause))
            if min(asked.matter.covered_by(own), asked.matter.words_held_by(own)) >= _OF_IT:
                return True
    return False
