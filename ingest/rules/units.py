"""Names of bodies and offices in headings and sentences."""

from __future__ import annotations

import re

from ingest.normalise import CAPITALS

# The words that names of bodies begin with (Nghị định 30/2020/NĐ-CP, Phụ lục II, mục V: tên cơ quan, tổ chức).
_HEADS = (
    r"Cấp ủy|Cấp uỷ|UBND|Ủy ban|Uỷ ban|UB\.?\s?MTTQ|MTTQ|Mặt trận|HĐND|Hội đồng|Sở|Ban|Phòng|Hội|Công an|Bộ|Văn phòng|VP|Trung tâm|"
    r"Liên hiệp|Liên minh|Liên đoàn|Chi cục|Cục|Tổng cục|Trường|Kho bạc|Ngân hàng|Báo|Đài|Tòa án|Toà án|Viện|Thanh tra|"
    r"Đoàn|Tỉnh đoàn|Huyện đoàn|Thành đoàn|Bảo hiểm|Tổ|Tỉnh ủy|Huyện ủy|Thành ủy|Thủ trưởng|Chủ tịch|Giám đốc|"
    r"Trưởng ban|Hiệp hội|Doanh nghiệp|Công ty|Quỹ|Thủ tướng|Chính phủ|Vụ|Hạt|Trạm|Bưu điện|Viễn thông|Điện lực|"
    r"Chi nhánh|Cơ quan|Đơn vị|Các"
)
_MANY = r"(?:sở|phòng|ban|ngành|cơ quan|đơn vị|địa phương|huyện|xã|phường|đoàn thể|tổ chức|hội|trường|chủ đầu tư|bộ|thành viên)"
_HEADING = re.compile(
    rf"^(?:(?:Đề nghị|Giao|Trách nhiệm (?:của )?|Nhiệm vụ (?:của )?)\s*:?\s*)?(?P<unit>(?:{_HEADS})\b.*)$", re.S
)
_TASK = re.compile(
    r"^(?:Các|Tổ|Đoàn)\b(?!\s+(?:chức chính|công tác|phòng|thanh niên|TNCS|đại biểu|luật sư|"
    + _MANY[3:-1]
    + r"|kiểm tra liên|ngành))",
    re.I,
)
_NOT_UNIT = re.compile(
    r"^(?:Ban hành|(?:Cơ quan|Đơn vị) (?:thường trực|đầu mối|chủ trì|nào)|Đơn vị tính|Bộ (?:chỉ số|tiêu chí|máy|phận)|Hội (?:nghị|thảo|thi|nhập)|Tổ chức(?! chính trị)|Báo cáo|Đoàn kết|"
    r"Phòng(?:,| chống| ngừa| cháy| hộ| học| trừ)|Viện (?:trợ|phí)|Trường (?:hợp|học|lớp)|Sở (?:hữu|thích)|Ban đầu|Báo (?:chí|động)|"
    r"Hội (?:chợ|họp)|Cục bộ|Quỹ (?:đất|thời gian|nhà)|Vụ (?:mùa|đông|xuân|hè|thu|việc)|Trạm bơm|Chính phủ (?:điện tử|số)|"
    r"Hội tụ|Trung tâm của|Bảo hiểm (?:y tế|xã hội) (?:toàn|cho))",
    re.I,
)
_LEADS = (
    r"chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|thực hiện|tham mưu|hướng dẫn|"
    r"tổ chức(?! chính trị| quốc tế| thành viên| hữu nghị| đoàn thể| xã hội)|tổng hợp|xây dựng|làm tốt|ban hành|"
    r"tăng cường|đẩy mạnh|chủ động|căn cứ|làm đầu mối|theo dõi|đôn đốc|thẩm định"
)
_SUBJECT = re.compile(
    rf"^(?:Đề nghị\s+|Giao\s+)?(?P<unit>(?:{_HEADS})\b[^.;:()]{{1,90}}?)\s*,?\s+"
    rf"(?=(?:là (?:cơ quan|đơn vị|đầu mối)|{_LEADS})\b)"
)
# What else a body does. Where its name goes on in small letters these may be part of it ("Ban chỉ đạo", "Tổ hỗ trợ"): so
# the name has to have a word in capitals behind its first, or to end with a level.
_DOES = (
    r"vận động|cung cấp|rà soát|nhận|mở|bố trí|cân đối|phân bổ|lồng ghép|kiểm tra|giám sát|tuyên truyền|quản lý|cấp|lập|đưa|hỗ trợ|"
    r"tiếp nhận|phổ biến|lắp đặt|lắp|ký|chi trả|đào tạo|bồi dưỡng|tập huấn|vận hành|lo|giúp|báo cáo|gửi|trình|thông báo|đăng|bảo đảm|"
    r"đảm bảo|huy động|duy trì|phê duyệt|quyết định|thành lập|kiện toàn|cử|phân công|chỉ đạo|xác định|cập nhật|niêm yết|tư vấn|khám|"
    r"khảo sát|đánh giá|công bố|giới thiệu|lựa chọn|chuẩn bị|nghiên cứu|đề xuất|thống kê|xác nhận|phụ trách|phát hiện|xử lý|dịch|"
    r"giải quyết|tạo điều kiện|triển khai|đăng ký|bàn giao|thí điểm|tổng kết|sơ kết|kết nối|cho vay|giải ngân|thanh toán|quyết toán|"
    r"kiểm soát|tham gia|nắm|phát động|trang bị|thường xuyên|kịp thời|khẩn trương|tiếp tục|trực tiếp"
)
_DOING = re.compile(
    rf"^(?:Đề nghị\s+|Giao\s+)?(?P<unit>(?:{_HEADS})\b(?:[^.;:()]{{0,60}}?\s(?:tỉnh|huyện|xã|phường|thị trấn|thành phố|thị xã)"
    rf"|(?:(?:\s[-–]|,)?\s+(?:và\s+)?[{CAPITALS}][\w&-]*(?:\s+(?!(?:{_DOES})\b)[a-zđà-ỹ]+){{0,3}}){{1,5}}))\s*,?\s+(?=(?:{_DOES})\b)"
)

_DUTY = re.compile(rf"\W*(?:{_DOES}|{_LEADS})\b", re.I)

_LONGEST = 90  # letters of the name of a body


def unit_of_heading(title: str) -> str | None:
    """The body that a heading names ("Đề nghị MTTQ Việt Nam và …" too), or None where it names a matter."""
    match = _HEADING.match(title.strip())
    if match is None or subject_of(title) is not None:
        return None
    unit = match.group("unit").strip().rstrip(":.;, ")
    if _NOT_UNIT.match(unit) or (unit.startswith("Các") and re.match(rf"^Các\s+{_MANY}", unit) is None):
        return None
    if _TASK.match(unit) and re.match(rf"^Các\s+{_MANY}", unit) is None:
        return None
    return unit


def goes_on_with_duty(before: str, sentence: str) -> bool:
    """Whether a sentence says what the body of the one before it does too: "Sở Y tế chủ trì …; theo dõi …. Báo cáo …".

    >>> goes_on_with_duty("Sở Y tế chủ trì;", "định kỳ giao ban"), goes_on_with_duty("Sở Y tế chủ trì.", "Mỗi xã có một tổ")
    (True, False)
    """
    if before.rstrip().endswith(";") and sentence.lstrip()[:1].islower():
        return True
    return _DUTY.match(sentence) is not None


def unit_before_colon(sentence: str) -> str | None:
    """The body that a duty sentence names before a colon: "Công an tỉnh: hướng dẫn …"; None where that is no body.

    >>> unit_before_colon("Công an tỉnh: hướng dẫn bảo đảm an ninh mạng"), unit_before_colon("Ban hành văn bản: quy chế")
    ('Công an tỉnh', None)
    """
    named, colon, rest = sentence.strip().partition(":")
    if not colon or not rest.strip() or len(named) > _LONGEST or re.search(r"[;.\d]", named):
        return None
    return unit_of_heading(named)


def subject_of(sentence: str) -> str | None:
    """The body that a duty sentence begins with: "Sở Y tế chủ trì, phối hợp …".

    >>> subject_of("Phòng Dân tộc vận động người có uy tín"), subject_of("Ban chỉ đạo giảm nghèo"), subject_of("Quỹ hỗ trợ")
    ('Phòng Dân tộc', None, None)
    """
    match = _SUBJECT.match(sentence.strip()) or _DOING.match(sentence.strip())
    if match is None or _NOT_UNIT.match(match.group("unit")):
        return None
    if re.search(r"(?:^|\s)(?:và\s+)?(?:các|những|một số)$", match.group("unit")):
        return None  # "… và các tổ chức thành viên": the verb is a noun here
    return match.group("unit").strip().rstrip(", ")
