"""What the columns of a table of assignment are for, by their heads: who leads, who joins, by when.

Nghị định 30/2020/NĐ-CP leaves the form of such tables open; these heads are what offices use.
"""

from __future__ import annotations

import re

from ingest.normalise import fold, key

_WHO = r"(?:don vi|co quan|bo phan|ben|nguoi|ai|luc luong|can bo|to chuc|phong)"
_JOIN = re.compile(
    rf"(?<!noi dung )phoi hop|\bcung (?:lam|thuc hien|tham gia)\b|\b{_WHO} (?:tham gia|ho tro|giup)\b(?! viec)"
    r"|^(?:tham gia|ho tro|giup)$"
)
_LEAD = re.compile(
    rf"chu tri|phu trach|trach nhiem|dau moi|(?:thuc hien|lam) chinh|\b{_WHO} (?:thuc hien|lam(?! viec))\b"
)
_OF_NUMBERS = re.compile(r"(?:tổng )?(?:số|tỷ lệ|tỉ lệ|mức|kinh phí|ngày)\b")  # "Số người tham gia"
_OWNER = re.compile(r"^(?:(?:co quan|don vi) )?(?:chu dau tu|chu quan|quan ly|van hanh|theo doi)\b")
_TASK = re.compile(r"\b(?:noi dung|nhiem vu|cong viec|hoat dong|viec|giai phap|hang muc|ten)\b")
_WORK = re.compile(r"\b(?:cong trinh|du an|mo hinh|de tai|san pham|su kien|lop|hoi thi|goi thau|buoc)\b")
_TIME = re.compile(r"\b(?:thoi gian|thoi han|thoi diem|han hoan thanh|hoan thanh|tien do|khi nao)\b|^han\b(?! che)")


def names_partner(head: str) -> bool:
    """Whether a column names who takes part: "Đơn vị phối hợp", "Cùng làm", "Bộ phận hỗ trợ".

    >>> [names_partner(head) for head in ("Phối hợp", "Đơn vị cùng làm", "Hỗ trợ (triệu đồng)", "Nội dung phối hợp")]
    [True, True, False, False]
    """
    return _JOIN.search(fold(head)) is not None and not _OF_NUMBERS.match(key(head))


def names_leader(head: str) -> bool:
    """Whether a column names who leads: "Cơ quan chủ trì", "Đơn vị chịu trách nhiệm", "Ai làm".

    >>> [names_leader(head) for head in ("Chủ trì", "Ai làm", "Cơ quan phối hợp", "Nội dung thực hiện")]
    [True, True, False, False]
    """
    leading = _LEAD.search(fold(head)) is not None and not _OF_NUMBERS.match(key(head))
    return leading and not names_partner(head)


def names_doer(head: str) -> bool:
    """Whether a column names who has to do with what the row is about: leads, joins, builds, runs ("Chủ đầu tư")."""
    return names_leader(head) or names_partner(head) or _OWNER.search(fold(head)) is not None


def names_time(head: str) -> bool:
    """Whether a column says by when: "Thời hạn hoàn thành", "Tiến độ"."""
    return _TIME.search(fold(head)) is not None


def names_task(head: str) -> bool:
    """Whether a column says what is to be done: "Nội dung công việc", "Hạng mục"."""
    return _TASK.search(fold(head)) is not None and not names_doer(head)


def names_work(head: str) -> bool:
    """Whether a column names something that a body may have to do with: a task, a work ("Công trình"), an event.

    >>> [names_work(head) for head in ("Nhiệm vụ", "Công trình", "Xã")]
    [True, True, False]
    """
    return names_task(head) or (_WORK.search(fold(head)) is not None and not names_doer(head))
