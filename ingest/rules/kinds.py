"""The kinds of administrative documents, by the name in capitals that stands above a document's title."""

from __future__ import annotations

import re

from ingest.rules.misread import nearest
from ingest.rules.text import is_upper

# Phụ lục III of the decree: the kinds of administrative documents, and the kinds above them.
KINDS = (
    "KẾ HOẠCH", "QUYẾT ĐỊNH", "NGHỊ QUYẾT", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO", "HƯỚNG DẪN",
    "CHƯƠNG TRÌNH", "CHƯƠNG TRÌNH HÀNH ĐỘNG", "PHƯƠNG ÁN", "ĐỀ ÁN", "DỰ ÁN", "BÁO CÁO", "BIÊN BẢN", "TỜ TRÌNH",
    "CÔNG VĂN", "CÔNG ĐIỆN", "NGHỊ ĐỊNH", "THÔNG TƯ", "THÔNG TƯ LIÊN TỊCH", "LUẬT", "PHÁP LỆNH", "KẾT LUẬN",
    "HƯỚNG DẪN LIÊN NGÀNH", "ĐIỀU LỆ", "NỘI QUY", "CHIẾN LƯỢC", "QUY HOẠCH",
)  # fmt: skip
_LONGEST = 2 * max(map(len, KINDS))  # a name may be spaced out: "K Ế  H O Ạ C H"

# The short names that the decree gives them in the number of a document ("Số: 12/KH-UBND").
_SYMBOLS = {
    "KH": "Kế hoạch", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CT": "Chỉ thị", "QC": "Quy chế", "TB": "Thông báo",
    "HD": "Hướng dẫn", "CTr": "Chương trình", "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo",
    "BB": "Biên bản", "TTr": "Tờ trình", "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "KL": "Kết luận",
}  # fmt: skip
_SYMBOL = re.compile(rf"(?<=[/\d-])(?P<symbol>{'|'.join(sorted(_SYMBOLS, key=len, reverse=True))})(?=-)")


def kind_named(text: str) -> str | None:
    """The kind of document whose name in capitals is all that the paragraph has, or None.

    A scan may have lost its marks or a letter: "NGHỊ QUYÉT", "KẾ HOẠCN".

    >>> kind_named("KẾ HOẠCH:"), kind_named("E HOẠCH"), kind_named("Kế hoạch")
    ('Kế hoạch', 'Kế hoạch', None)
    """
    if len(text) > _LONGEST or not is_upper(text):
        return None
    found = nearest(text, KINDS)
    return found.capitalize() if found is not None else None


def is_kind(text: str) -> bool:
    """Whether the paragraph is nothing but the name of a kind of document, in capitals."""
    return kind_named(text) is not None


def kind_of_number(number: str) -> tuple[str, int, int] | None:
    """The kind that the number of a document tells, and where it tells it, or None.

    >>> kind_of_number("1924/KH-UBND"), kind_of_number("45/UBND-KT")
    (('Kế hoạch', 5, 7), None)
    """
    found = _SYMBOL.search(number)
    return (_SYMBOLS[found.group()], *found.span()) if found is not None else None
