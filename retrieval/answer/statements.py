"""Whole statements: pieces that a semicolon cuts off from what they belong to are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.types import Span
from retrieval.answer.library import Book, Sentence

VERB = (
    r"(?:hướng dẫn|tổ chức|triển khai|thực hiện|tham mưu|xây dựng|rà soát|đề xuất|tổng hợp|kiểm tra|giám sát|theo dõi|đôn đốc|vận động|thẩm định|"
    r"tuyên truyền|lồng ghép|cân đối|bố trí|phân bổ|ban hành|chỉ đạo|đẩy mạnh|tăng cường|quản lý|nghiên cứu|lập|giúp|trong|để|khảo sát|huy động|"
    r"cung cấp|hỗ trợ|phân tích|đánh giá|báo cáo|đưa|trình|làm|tiếp tục|chủ động|bảo đảm|đảm bảo|thu hút|kêu gọi|mở|đào tạo|phổ biến|quan tâm|xác định|hoàn thiện|ưu tiên|nhằm|khi|phát triển|cập nhật|kịp thời|căn cứ|theo|kết nối|thống nhất|tìm kiếm|tham vấn|lựa chọn|tham gia|vận hành)"
)
"""Verbs that a duty begins with, and words that lead on to one."""
_BEGINS = re.compile(
    rf"(?:{VERB}|chủ trì|phối hợp|là |đồng thời|(?:hàng|hằng|mỗi) (?:năm|quý|tháng)|định kỳ|thường xuyên|chịu|có trách nhiệm|tạo|sử dụng|áp dụng|nâng cao|khuyến khích|chuyển|giao|giải quyết|chú trọng|tập trung|hình thành|mở rộng|duy trì|củng cố|nắm|xử lý|biểu dương|khen|thông tin|truyền thông|quy định|trước|đầu mối|thường trực|thanh tra|cấp|thành lập|phân công|bồi dưỡng|giám|thúc|cử|kiện toàn|khôi phục|bảo (?:vệ|tồn)|chia sẻ|công (?:bố|khai)|ứng dụng|phát (?:huy|động|hành|hiện)|sơ kết|tổng kết|ký|yêu cầu|đề nghị|gửi|nhân rộng|chấp|hạn chế|tích hợp|ngăn|tuyển|kịp|gắn|thiết lập|đổi mới|giới thiệu|tranh thủ|sàng lọc)\b",
    re.IGNORECASE,
)
"""How a duty of its own begins, in small letters behind a semicolon."""
# A figure of its own, no part of the one before it.
_AIM = re.compile(
    r"(?:trên|dưới|hơn|ít nhất|tối thiểu|khoảng|có|tỷ (?:lệ|số|suất)|tỉ lệ|tổng|số|diện tích|mức|giảm|tăng|nâng|phấn đấu|đạt|không)\b",
    re.IGNORECASE,
)
_MOST = 6  # pieces
_LETTERS = 900


def is_piece(before: str, after: str) -> bool:
    """Whether a sentence, as they are cut, is a piece of the one before it: behind a semicolon, in small letters."""
    return before.rstrip().endswith(";") and after.lstrip()[:1].islower()


def goes_on(before: str, after: str) -> bool:
    """Whether a piece says nothing by itself, for want of a verb.

    >>> goes_on("Lập kế hoạch phòng bệnh cho cây trồng;", "công tác phòng bệnh trên thủy sản;")
    True
    >>> goes_on("Lập kế hoạch phòng bệnh cho cây trồng;", "hướng dẫn nông dân;"), goes_on("Lập kế hoạch.", "công tác")
    (False, False)
    >>> goes_on("Tỷ lệ tham gia bảo hiểm đạt 99%;", "trên 95% phụ nữ được khám thai;")
    False
    """
    said = after.lstrip()
    return is_piece(before, after) and _BEGINS.match(said) is None and _AIM.match(said) is None


# "Có 234 cơ sở, trong đó: 199 đang hoạt động; 18 …; 17 …": what the number is made of.
_MADE_OF = re.compile(r"\b(?:trong đó|gồm|bao gồm|cụ thể|chia ra)\b[^;]*$", re.IGNORECASE)


# "Thay thế Quyết định số 30 …; Quyết định số 13 …": one sentence, however many it names.
_CITED = re.compile(
    r"(?:Quyết định|Nghị quyết|Nghị định|Kế hoạch|Chỉ thị|Thông tư|Công văn|Chương trình|Văn bản) (?:số )?\d"
)
_MARK = re.compile(r"^\W*\w{1,3}\)")
# "Gồm 4 chuyên đề: (1) …; (2) …": a list inside a sentence, from its first mark on.
_FIRST_OF_LIST = re.compile(r":\s*\(?(?:1|a|i)\)\s")
_NEXT_OF_LIST = re.compile(r"\s*(?:và\s+)?\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s")


def _belongs(pieces: Sequence[Sentence], after: str) -> bool:
    """Whether a sentence belongs to the pieces before it: goes on, closes a bracket, is a part of their number."""
    text = _MARK.sub("", " ".join(one.text for one in pieces))
    before = pieces[-1].text.rstrip()
    cited = before.endswith(";") and _CITED.match(after.lstrip()) is not None and _CITED.search(before) is not None
    listed = _FIRST_OF_LIST.search(pieces[0].text) is not None and _NEXT_OF_LIST.match(after) is not None
    part = before.endswith(";") and after.lstrip()[:1].isdigit() and _MADE_OF.search(pieces[0].text.rstrip(" ;"))
    return goes_on(before, after) or cited or listed or bool(part) or text.count("(") > text.count(")")


def whole(sentence: Sentence, book: Book) -> Sentence:
    """A sentence with the pieces around it without which it, or they, say nothing."""
    own = book.by_passage.get(sentence.passage.index, [])
    if sentence not in own or sentence.passage.kind in ("row", "heading"):
        return sentence
    first = last = own.index(sentence)
    while first > 0 and last - first < _MOST and goes_on(own[first - 1].text, own[first].text):
        first -= 1
    while last + 1 < len(own) and last - first < _MOST and _belongs(own[first : last + 1], own[last + 1].text):
        last += 1
    pieces = own[first : last + 1]
    text = " ".join(one.text for one in pieces)
    if len(pieces) == 1 or len(text) > _LETTERS:
        return sentence
    return replace(sentence, text=text, span=Span(pieces[0].span.start, pieces[-1].span.end))
