"""What is told by its form: where a sum, a name, a telephone number is asked for, the evidence must have one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.normalise import CAPITALS, fold
from retrieval.answer.asked import Asked
from retrieval.answer.denial import pays_nothing
from retrieval.answer.draft import Draft, Line
from retrieval.answer.library import MONEY, with_units
from retrieval.answer.terms import bag, without_grammar
from retrieval.english import matter_of
from retrieval.tokens import BREAK, marked_syllables
from retrieval.translate import read_terms

_COUNTED_THINGS = (
    r"lượt|người|hộ|khẩu|cây|con|ha|tấn|tạ|kg|km|m|m2|m²|m3|lao động|học sinh|thôn|bản|xã|cán bộ|hội viên|đoàn viên|liều|suất|"
    r"bộ|cái|chiếc|máy|lớp|giờ|ngày|trẻ|phụ nữ|thanh niên|cuốn|tờ|tin|bài|văn bản|hồ sơ"
)
_SUM = re.compile(
    rf"{MONEY.pattern}|\d\s?%|\d{{1,3}}[.,]\d{{3}}\b(?!\s+(?:{_COUNTED_THINGS})\b)|\d\s(?:lần\s)?(?:tháng\s)?(?:mức\s)?lương\b",
    re.IGNORECASE,
)
# What can be told by its form: where it is asked for, the evidence must have something of the form.
_CITED_FORMS = tuple(
    (
        re.compile(
            rf"(?<!ke hoach )\b{vi}(?: (?:so|cua|do|nam)(?: \w+){{0,5}})? (?:so )?(?:nao|gi|may|bao nhieu)\b(?! (?:tien|nguoi|ho|xa|truong hop|vu|dong|can)\b)|\b(?:which|what) (?!(?:articles?|clauses?|points?|parts?|provisions?|sections?)\b)(?:\w+ ){{0,3}}{en}s?\b"
        ),
        # "QĐ" as a number has it: in the head of a column "TT" is another thing.
        re.compile(rf"\b{name}\b|(?<=\d/){short}\b|\b{short} (?:số )?\d", re.IGNORECASE),
    )
    for vi, en, name, short in (
        ("quyet dinh", "decision", "quyết định", "QĐ"),
        ("nghi quyet", "resolution", "nghị quyết", "NQ"),
        ("nghi dinh", "decree", "nghị định", "NĐ"),
        ("thong tu", "circular", "thông tư", "TT"),
        ("chi thi", "directive", "chỉ thị", "CT"),
    )
)
_PEOPLE = (
    re.compile(
        r"\b(?:bao nhieu|may) (?:nguoi|can bo|nhan vien|bien che|thanh vien|to vien)\b|\bhow many (?:people|staff|employees|officials)\b"
    ),
    re.compile(
        r"\d%?\s+(?:\([^)]{1,30}\)\s+)?(?:\w+\s+){0,3}(?:người|cán bộ|biên chế|đồng chí|lao động|thành viên|học viên)\b",
        re.IGNORECASE,
    ),
)
_PER_CENT = (
    re.compile(r"\b(?:bao nhieu|may) (?:phan tram|%)|\b(?:what|how many) per ?cent(?:age)?\b"),
    re.compile(r"\d\s?%|\d\s*phần trăm|\d/\d|\bmột nửa\b", re.IGNORECASE),
)
_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\bso dien thoai\b|\bdien thoai (?:lien he|so|nao|la gi|bao nhieu|cua (?:so|phong|ban|ubnd|uy ban|co quan|don vi|trung tam|van phong|tram|truong|chi cuc))\b|\bsdt\b|\bhotline\b|\bduong day nong\b|\bso (?:dt|may nong)\b|\bso may\b(?! moc)(?=.{0,30}lien he)|\b(?:phone|telephone)\b|\bfax\b"
        ),
        re.compile(
            r"(?<![\d.,])(?:\(?0|\+84|1[89]00)(?:[.\s()-]{0,2}\d){4,10}(?![\d,])|\d{3,4}[.\s-]?\d{3}[.\s-]?\d{3,4}"
        ),
    ),
    (
        re.compile(
            r"\b(?:bao nhieu|may) (?:tien|kinh phi|von|ngan sach|dong|ty|trieu)\b|\b(?:so )?(?:ty|trieu) dong\b.{0,80}\bbao nhieu\b|\b(?<!so )(?<!chat )(?<!khoi )(?<!san )luong (?:cua|thang|hang thang|cho|binh quan|trung binh|mot thang|moi thang)\b.{0,60}\bbao nhieu\b|\b(?:phu cap|tien luong|luong huu|tro cap|thu lao|muc luong|tien cong|hoc phi|muc (?:ho tro|chi|thu|phat|thuong|vay))\b.{0,50}\bbao nhieu\b|\b(?:(?<!kiem )(?<!dieu )(?<!thanh )(?<!tuan )tra|(?:bi |muc |tien )phat|(?:duoc |muc |tien )thuong|(?<!tham )(?<!quoc )(?<!tang )gia(?! (?:dinh|suc|cam|tri|lai|nhap|cong|han|tang)\b)|le phi|(?:tien |ngay |tra )cong|den bu|boi thuong|(?<!bao )ton|thu lao)\b(?: (?!nam\b|thang\b|ngay\b|lan\b|ty le\b)\w+){0,4} (?:het )?(?:bao nhieu|may)(?=\s*(?:$|[?,./;\n]|1\b|(?:mot|moi|vay|the|o|cho|roi|nhi|ha|khi|neu|so|xu|tram|nghin|ty|trieu)\b))|\bin (?:billions?|millions?) of (?:dong|vnd)\b|\bhow much (?:money|funding|capital)\b|\bhow much\b.{0,60}\b(?:cost|spent|paid|pay|allocated|budget|fee|fine|fined|bill|wage|salary|price)\b|\b(?:what|how (?:much|big|high)) (?:is|are|was|were|will be)? ?(?:the )?(?:\w+ ){0,3}(?:fee|fine|penalty|price|wage|salary|bill|prize|reward|compensation|money value)\b|^(?:\w+ )?fee\b"
            r"|\bho tro\b.{0,90} (?:moi|mot) (?:thang|nguoi|ho|lan|buoi|ngay) (?:la |duoc )?(?:bao nhieu|may)\W*$"
            r"|\bhow much (?:\w+ ){0,2}(?:revenue|income|turnover|profit|earnings)\b|\b(?:what|which) (?:\w+ ){0,3}(?:price|fee|fine|wage|salary|tariff)\b"
            r"|\b(?:doanh thu|loi nhuan|tong thu|tien lai)\b.{0,60}\b(?:bao nhieu|may)\b(?! (?:phan tram|%|lan|nguoi|ho))"
            r"|\btong (?:muc dau tu|chi phi|gia tri)\b|\b(?:total|investment|construction) costs?\b|\bhow many (?:billion|million)s?\b"
        ),
        _SUM,
    ),
    (
        re.compile(
            r"\bwhat (?:is|are|was|were|will be) the (?:total |overall |estimated |planned |construction |investment |whole |entire |annual )*(?:costs?|price|budget|funding|investment)\b|\b(?:kinh phi|chi phi|tong muc dau tu|tong von|so tien|gia tri)\b.{0,80}\b(?:la |het |can |khoang )?bao nhieu\b(?! (?:phan tram|%|nam|xa|ho|nguoi))"
        ),
        _SUM,
    ),
    _PER_CENT,
    (
        re.compile(
            r"\b(?:bao nhieu|may) tuoi\b|\btuoi (?:toi da|toi thieu|cao nhat|thap nhat)\b.{0,20}\bbao nhieu\b|\bwhat age\b|\bhow old\b"
        ),
        re.compile(r"\d\s*tuổi|tuổi(?: \w+){0,4} \d", re.IGNORECASE),
    ),
    (
        re.compile(r"\b(?:bao nhieu|may) (?:km|cay so|kilomet|ki ?lo ?met)\b|\bhow many (?:km|kilomet(?:re|er)s)\b"),
        re.compile(r"\d\s?(?:km|ki ?lô ?mét)\b", re.IGNORECASE),
    ),
    _PEOPLE,
    *_CITED_FORMS,
    (
        re.compile(r"\bnha thau\b|\btrung thau\b|\bcontractors?\b"),
        re.compile(r"nhà thầu|trúng thầu|đấu thầu|thi công", re.IGNORECASE),
    ),
    (
        re.compile(r"\b(?:nhung|cac|gom|la) (?:\w+ )?dan toc nao\b|\bwhich (?:ethnic groups?|peoples)\b"),
        re.compile(rf"\b(?:dân tộc|người|đồng bào)\s+[{CAPITALS}](?!TTS)\w+"),
    ),
    (
        re.compile(
            r"\b(?:muc |tien )luong\b.{0,40}\b(?:bao nhieu|the nao|may)\b|\bluong huu\b.{0,60}\bbao nhieu\b|\b(?:salary|salaries|wages?)\b"
        ),
        re.compile(r"\blương\b", re.IGNORECASE),
    ),
    (
        re.compile(
            r"\b(?:ai|nguoi nao|dong chi nao)\b.{0,30}\b(?:truong|pho) (?:ban|doan|tieu ban|to)\b|\bwho (?:heads|chairs|leads) the (?:\w+ ){0,3}(?:steering|working|organi[sz]ing)\b"
        ),
        re.compile(r"\b(?:trưởng|phó) (?:ban|đoàn|tiểu ban|tổ)\b|tổ trưởng|đứng đầu|\btrưởng\b", re.IGNORECASE),
    ),
    (
        re.compile(
            r"\b(?<!quoc )(?<!tham )(?<!danh )(?<!chuyen )gia (?:ve|ban|mua|mot|1|thue|ca|moi)\b.{0,110}\b(?:bao nhieu|the nao|may)\b|\bve (?:vao|tham quan|xem)\b.{0,60}\bbao nhieu\b|\b(?:ticket|unit|selling) price\b"
        ),
        _SUM,
    ),
    (re.compile(r"\bcong ty(?: \w+){0,4} nao\b|\bwhich compan(?:y|ies)\b"), re.compile(r"\bcông ty\b", re.IGNORECASE)),
    (re.compile(r"\bngan hang nao\b|\bwhich bank\b"), re.compile(r"\bngân hàng\b", re.IGNORECASE)),
    (re.compile(r"\bbenh vien nao\b|\bwhich hospital\b"), re.compile(r"\bbệnh viện\b", re.IGNORECASE)),
    (
        re.compile(r"(?<!thong )(?<!canh )(?<!du )\b(?:to )?bao,? (?:tap chi )?nao\b|\bwhich newspapers?\b"),
        re.compile(r"\bbáo [A-ZĐ]"),
    ),
    (
        # The address itself is asked for, and not what else is said of websites and mail.
        re.compile(
            r"\bdia chi (?:e-?mail|thu dien tu)\b|\b(?:e-?mail|thu dien tu)(?: \w+){0,4} (?:la gi|nao|gi|la bao nhieu)\b|\be-?mail address\b|\b(?:what|which) (?:is the )?e-?mail\b"
        ),
        re.compile(r"@"),
    ),
    (
        re.compile(r"\bdia chi (?:website|trang web|web)\b|\b(?:website|web) address\b"),
        re.compile(r"www\.|https?:|\.vn\b"),
    ),
    (
        re.compile(
            r"\b(?:website|trang web|web)(?: \w+){0,4} (?:nao|o dau)\b|\b(?:what|which) (?:is the )?web ?site\b|\b(?:at|on) (?:which|what) web ?site\b"
        ),
        re.compile(r"www\.|https?:|\.vn\b|\bcổng\b|\btrang thông tin\b", re.IGNORECASE),
    ),
    (
        re.compile(r"\bso tai khoan\b|\btai khoan (?:so|ngan hang|kho bac)\b|\b(?:bank )?account number\b"),
        re.compile(r"\d{6,}"),
    ),
    (
        re.compile(r"\bdia chi (?:cua|tru so|o dau|nao|lien he)\b|\b(?:street|postal|office) address\b"),
        re.compile(r"\bsố \d+|đường |phố "),
    ),
    (
        re.compile(
            r"\blai suat\b|\b(?:tra|chiu|dong) lai (?:suat )?(?:la )?(?:bao nhieu|may|the nao)\b|\b(?:mien|khong|giam) lai\b.{0,30}\bkhong\W*$|\binterest rates?\b"
        ),
        re.compile(r"\blãi\b", re.IGNORECASE),
    ),
    (
        # "Cấp bù 50% lãi suất" says not how much that is.
        re.compile(
            r"\blai suat(?: \w+){0,4} (?:bao nhieu|may)\b|\b(?:bao nhieu|may) (?:%|phan tram)? ?lai\b|\b(?:what|how high) (?:is|are|was) the (?:\w+ ){0,3}interest rates?\b|\bwhat interest rates?\b"
        ),
        re.compile(
            r"\blãi(?: suất)?\b(?:[^;.\d]{0,60})\d|\d\s?%\s?(?:/|một|mỗi)\s?(?:năm|tháng)|(?:không|miễn)(?: \w+){0,3} lãi|\blãi\b[^;.]{0,40}\bbằng\b",
            re.IGNORECASE,
        ),
    ),
)
_YEAR_ASKED = re.compile(
    r"\b(?:truoc|den|vao|tu|trong|het|ke tu|o|cua) nam nao\b(?! (?:cung|trong))|\b(?:by|in|from|since|until) (?:what|which) year\b"
)
_A_YEAR = re.compile(r"(?:19|20)\d\d")
# The same of what can be told otherwise too: "bao lâu" by what it lasts until.
_LOOSE_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(?:bao nhieu|may) (?:ngay|tuan|thang|gio|tieng|phut)\b(?! (?:nao|may))|\bhow many (?:working |calendar )?(?:days|weeks|months|hours|minutes)\b"
        ),
        re.compile(
            r"\d\s*(?:\([^)]{1,20}\)\s*)?(?:ngày|tuần|tháng|năm|quý)\b(?!\s+\d)|\d\s*(?:giờ|phút|h\d{2})\b|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:ngày|tuần|tháng|giờ|phút)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"\bngay (?:nao|may|bao nhieu)\b(?! (?:duoc|thi duoc)? ?(?:coi|xem|tinh|xac dinh) la)|\b(?:what|which) (?:date|day)\b"
        ),
        re.compile(
            r"ngày\s+\d|ngày\s+thứ\s|(?:đầu|cuối)\s+(?:tháng|năm|quý)|(?<![\d.,])\d{1,2}[/-]\d{1,2}(?!\d)|\d{1,2}\.\d{1,2}\.\d{4}|tháng\s+\d|quý|hằng (?:ngày|tháng|tuần)",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"\bbi (?:phat|xu ly|ky luat|xu phat|nhac nho|che tai)\b|\bche tai\b|\bxu phat\b|\b(?:penalt\w+|sanction\w*|punish\w*|fined)\b"
        ),
        re.compile(
            r"\bphạt\b|xử lý (?:nghiêm|trách nhiệm|vi phạm|kỷ luật|hình sự|hành chính|về|theo)|nghiêm cấm|kỷ luật|chế tài|thu hồi|kiểm điểm",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"\b(?:to|truong|nhom|doi) pho\b(?! (?:thong|bien|co|cap))|(?<!thanh )\bpho (?:to|truong|nhom) ?(?:truong)?\b|\b(?:deputy|vice) (?:head|leader|chair\w*)\b"
        ),
        re.compile(r"\bphó\b", re.IGNORECASE),
    ),
    (
        re.compile(
            r"\bby when\b|\bwhen (?:must|should|do|does|will) .{3,90}\b(?:submit\w*|finish\w*|complet\w*|done|due)\b|\b(?:xong|hoan thanh) (?:khi nao|luc nao|bao gio|chung nao)\b|\b(?:chung nao|bao gio|khi nao) (?:\w+ ){0,4}(?:xong|hoan thanh)\b"
            r"|\b(?:muon|cham) nhat (?:la )?(?:khi|luc|ngay|vao|bao gio|den|truoc)|\bhan (?:chot|cuoi)\b|\btruoc ngay (?:nao|may|bao nhieu)\b|\bby what date\b|\b(?:deadline|cut-?off)\b"
        ),
        re.compile(
            r"\d|\bquý\b|(?:hằng|hàng) (?:năm|tháng|tuần|ngày)|\b(?:ngay )?(?:sau|trước) khi\b|cuối năm|thường xuyên|định kỳ|Tết",
            re.IGNORECASE,
        ),
    ),
    (_YEAR_ASKED, _A_YEAR),
    (
        re.compile(r"\bquy (?:nao|may)\b|\b(?:which|what) quarter\b"),
        re.compile(r"\bqu[ýí]\b|\btháng\b|\d/\d|\bngày \d|\b(?:cả|hằng|hàng|trong) năm\b", re.IGNORECASE),
    ),
    (
        # How a sum is divided: one figure for all tells nothing of each.
        re.compile(
            r"\bchia (?:cho |theo |ra )?(?:tung|moi|cac)\b|\b(?:tung|moi) (?:xa|thon|huyen|cau|truong|diem|don vi|doi|lop|ban|phuong)\b.{0,60}\b(?:duoc )?(?:bao nhieu|may|ra sao)\b"
            r"|\b(?:will|does|do|would|did|for|to) each (?:[\w'’]+ ){0,4}?(?:commune|village|ward|school|bridge|district|town)\b"
        ),
        re.compile(
            r"\b(?:mỗi|từng|bình quân|các|01|một)\b|\d\s*(?:\w+\s*){0,2}/\s?[^\W\d]|\d[^.;]*\d[^.;]*\d", re.IGNORECASE
        ),
    ),
    (
        # "Được giao bằng văn bản nào", "theo quyết định số mấy": the document itself.
        re.compile(
            r"\b(?:bang|theo|tai|can cu|dua vao|trong) (?:van ban|quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|cong van)"
            r" (?:nao|gi|so (?:may|bao nhieu|nao))\b|\b(?:under|by|in) (?:which|what) (?:decision|resolution|decree|circular)\b"
        ),
        re.compile(
            r"\d+/(?:\d{4}/)?[A-ZĐ]|\bLuật\b"
            r"|\b(?:Nghị quyết|Quyết định|Nghị định|Thông tư|Chỉ thị|Công văn|Kết luận|Kế hoạch) (?:số|của|này|\d)"
        ),
    ),
    (
        re.compile(
            r"\b(?:lay|chi|bo tri|tra|cap|huy dong|cap phat) (?:o |tu |bang |trong )?(?:nguon(?: von| kinh phi| tien)?|quy|ngan sach) (?:nao|gi|dau)\b"
            r"|\b(?:tien|von|kinh phi)\b.{0,60}\b(?:lay|o|tu) (?:tu )?dau\b|\b(?:which|what) (?:funding |budget |funds? )?(?:source|budget|fund)s?\b|\bwho (?:funds|finances|pays for)\b"
        ),
        re.compile(
            r"\bngân sách\b|\bNS(?:TW|ĐP|NN|T|H|X)?\b|\bvốn\b|\bnguồn (?!gốc)|\bquỹ\b|\btài trợ\b|xã hội h[óo][áa]|\bODA\b|viện trợ|đóng góp"
            r"|\bkinh phí (?:của|từ|do|sự nghiệp|địa phương)\b|\btự\b|chi trả|\bvay\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:giu |nhung )?chuc (?:vu|danh) (?:gi|nao)\b"),
        re.compile(r"\b(?:trưởng|phó|chủ tịch|giám đốc|bí thư|lãnh đạo|chức danh|ủy viên)\b", re.IGNORECASE),
    ),
)


def has_form(asked: Asked, draft: Draft) -> bool:
    """Whether a statement has what is asked for by its form (a telephone number, an address), and fits the question."""
    return states_form(asked, draft) and fits(asked, draft)


def states_form(asked: Asked, draft: Draft) -> bool:
    """Whether a statement has the form of what is asked where that may be told otherwise too: a day, how long."""
    if draft.strategy == "figures":
        shown = "" if draft.opening or draft.closing else " ".join(f"{line.label} {line.text}" for line in draft.lines)
        return not shown or not _YEAR_ASKED.search(_asked_for(asked)) or re.search(r"(?:19|20)\d\d", shown) is not None
    return _states(asked, draft, _LOOSE_FORMS)


_OF_MONEY = re.compile(r"\b(?:kinh phi|von|du toan|ngan sach|nguon|trieu dong|ty dong|ns(?:tw|dp|nn|t|h|x)?)\b")


_OF_SHARES = re.compile(r"%|\b(?:ty le|ti le|phan tram)\b")


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a table that has a number of its own: "Nội dung: …; 2026: 420"."""
    return re.search(r"; [^;:]{1,80}: \d", line.text) is not None


def _states(asked: Asked, draft: Draft, forms: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]) -> bool:
    asks = _asked_for(asked)
    # What answers each of several things that are asked has been held to the form of that one.
    wanted = [form for cue, form in forms if cue.search(asks)] if draft.strategy != "asks" else []
    # What stands beside a rule's answer does not make it one.
    lines = tuple(replace(line, text=with_units(line.text)) for line in draft.lines)
    if draft.strategy == "figures" or any(map(_is_row, lines)):
        wanted = [form for form in wanted if form is not _PEOPLE[1]]  # whom a number in a table counts, its head says
    if any(_is_row(line) and _OF_MONEY.search(fold(" ".join((line.text, *line.quotes[0].path)))) for line in lines):
        wanted = [form for form in wanted if form is not _SUM]
    if any(_is_row(line) and _OF_SHARES.search(fold(" ".join((line.text, *line.quotes[0].path)))) for line in lines):
        wanted = [form for form in wanted if form is not _PER_CENT[1]]
    if (_SUM in wanted or _PER_CENT[1] in wanted) and draft.strategy == "read" and pays_nothing(asked, draft):
        wanted = [form for form in wanted if form not in (_SUM, _PER_CENT[1])]  # "không phải trả tiền" is how much, too
    if _A_YEAR in wanted and _below_a_year(lines):
        wanted = [form for form in wanted if form is not _A_YEAR]
    if wanted and len(lines) == 1 and _says_none(asks, lines[0]):
        return True  # "Điện thoại: chưa có" is what the telephone number is, too
    by_itself = draft.strategy.startswith("header")  # each line tells another thing of the document
    return all(
        form.search(draft.closing) is not None
        or (draft.strategy == "figures" and any(form.search(line.label) for line in lines))
        or (any(form.search(line.text) for line in lines) if by_itself else _told_of_it(asked, form, lines))
        for form in wanted
    )


def _below_a_year(lines: Sequence[Line]) -> bool:
    """Whether the heading right above a statement says its year: "Mục tiêu đến năm 2030"."""
    return any(_A_YEAR.search(quote.path[-1]) for line in lines[:1] for quote in line.quotes[:1] if quote.path)


_NONE_YET = re.compile(r"(?:chưa có|không có|chưa|không|chưa (?:cấp|xác định|bố trí|rõ)|-|—)\.?", re.IGNORECASE)


def _says_none(asks: str, line: Line) -> bool:
    """Whether a row says that there is none yet of what is asked: its cell is "chưa có", under a head that is named."""
    for cell in _CELL.finditer(line.text):
        words = [word for word in fold(cell.group("name")).split() if word.isalpha()]
        said = sum(re.search(rf"\b{word}\b", asks) is not None for word in words)
        if words and said >= _A_NAME * len(words) and _NONE_YET.fullmatch(cell.group("value").strip()):
            return "có" in cell.group("value") or "chưa" in cell.group("value").lower()
    return False


def fits(asked: Asked, draft: Draft, *, strictly: bool = True) -> bool:
    """Whether a statement is of what is asked: a sum or an address where one is, of the part and not the whole, the most.

    Whether its unit is that of the question counts only ``strictly``: a table may say it elsewhere.
    """
    asks = _asked_for(asked)
    lines = (with_units(line.text) for line in (*draft.lines, *draft.more))
    said = [*lines, draft.closing]
    return (
        _states(asked, draft, _FORMS)
        and _as_often(asks, said)
        and (not strictly or _in_unit(asks, said))
        and _is_most(asks, draft)
        and _of_the_whole(asked, draft)
        and _of_one_place(asked, asks, draft)
        and _counted(asked, asks, draft)
        and _names_units(asks, draft)
        and _names_places(asked, asks, draft)
        and _names_body(asked, draft)
        and _named(asks, draft)
        and not _left_blank(asked, draft)
        and _in_points(asks, draft)
    )


def _asked_for(asked: Asked) -> str:
    asks = fold(asked.question.text)
    if asked.reading.language == "vi" and not asked.carried:
        asks = f"{asks}\n{fold(asked.alone)}"  # with its abbreviations written out
    return asks


_BODY_SAID = re.compile(
    r"\b(?:[Ss]ở|[Pp]hòng|[Bb]an|[Bb]ộ|[Hh]ội|[ỦỦU][ỷy] ban|ủy ban|UBND|UBMTTQ|MTTQ|HĐND|[Mm]ặt trận|[Cc]ông an|[Tt]rung tâm|[Vv]ăn phòng|[Cc]hi cục|[Cc]ục|[Tt]ổ|[Ll]iên hiệp|[Ll]iên minh|[Đđ]oàn|[Tt]ỉnh đoàn"
    r"|[Cc]ơ quan|[Đđ]ơn vị|[Cc]hủ tịch|[Tt]rưởng|[Gg]iám đốc|[Dd]oanh nghiệp|[Nn]hà nước|[Cc]hính (?:phủ|quyền)|[Tt]hủ tướng|[Hh]ội đồng|[Vv]iện|[Tt]rường|[Nn]hà thầu|[Cc]ông ty|[Hh]ợp tác xã|[Cc]hủ đầu tư|[Đđ]ịa phương|[Nn]gành|[Cc]ấp ủy|[Cc]án bộ|[Nn]gười)\b"
)


def _names_body(asked: Asked, draft: Draft) -> bool:
    """Whether anybody is named where it is asked who leads or does something."""
    if asked.reading.kind not in ("lead", "coordinate") or draft.strategy != "read":
        return True
    return any(_BODY_SAID.search(f"{line.label}\n{line.text}") for line in (*draft.lines, *draft.more))


_UNITS_NAMED = re.compile(
    r"\b(xa|ban|thon|phuong|huyen|thi tran|to)(?:, \w+)*(?: (?:nao|nay|do|ay|tren))? (?:ten (?:la )?gi|cu the la (?:nhung )?(?:xa|ban|thon) nao)\b"
    r"|\bten (?:cua |tung |cac |nhung )*(xa|ban|thon|phuong|huyen|thi tran|to)\b"
)


def _names_units(asks: str, draft: Draft) -> bool:
    """Whether the villages, communes, districts whose names are asked for are named: "68 thôn, bản" names none."""
    units = [one or other for one, other in _UNITS_NAMED.findall(asks)]
    texts = [" ".join(line.text.split()) for line in (*draft.lines, *draft.more)]
    if not units or draft.strategy in _WORKED_OUT:
        return True
    named = [match for text in texts for match in _NAMED_UNIT.findall(text)]
    return any(fold(unit) in units for unit in named)


_NAMED_POST = r"\bnames? of (?:the |its |their )?(?:[\w'’-]+ ){0,5}?(?:secretary|chair\w*|head|director|leader|officer|principal|president|deputy|person)\b"
_PLACES_ASKED = re.compile(
    r"\b(?:nhung|cac) (?:tinh|huyen|xa|phuong|thi xa|thi tran|thanh pho)(?:, \w+| thanh pho)? nao\b"
    r"|\bdanh sach (?:\w+ ){0,2}(?:xa|phuong|thon|huyen)\b.{0,80}\bnhung (?:noi|xa|phuong|dau|don vi)(?: nao)?\b"
    r"|\b(?:den|toi|sang|di) (?:tinh|huyen|xa|nuoc|quoc gia|dia phuong) nao\b"
    r"|\bwhich (?:\w+ )?(?:provinces|districts|communes|wards|towns|cities|villages)\b"
)
_CAPITALS = re.compile(rf"(?<![.:;!?-] )(?<!^)\b[{CAPITALS}][\w’']*(?:\s[{CAPITALS}][\w’']*)*")


def _names_places(asked: Asked, asks: str, draft: Draft) -> bool:
    """Whether any place is named where it is asked which they are: "các tỉnh có mô hình" names none."""
    if draft.strategy != "read" or not _PLACES_ASKED.search(asks) or any(map(_is_row, draft.lines)):
        return True
    known = f"{asks} {fold(asked.text)} {' '.join(map(fold, asked.scope.names))}"
    texts = (line.text for line in (*draft.lines, *draft.more))
    return any(
        fold(name) not in known and not _BODY_SAID.match(name) for text in texts for name in _CAPITALS.findall(text)
    )


# "Do Phó Chủ tịch nào làm Trưởng ban": which of several, by name.
_WHICH_POST = r"\bdo (?:mot )?(?:pho )?(?:chu tich|giam doc|truong ban|bi thu|truong phong) nao\b"
_WHAT_NAME = re.compile(
    rf"{_NAMED_POST}|{_WHICH_POST}|"
    r"\bten (?:la |goi )?(?:gi|ai)\b|\bho (?:va )?ten\b|\bten (?:nhung |cac )?(?:ai|nguoi nao)\b|\bwhat (?:is|are|was|were) (?:his|her|their|the) (?:full )?names?\b|\bwhat is .{3,60} called\b"
)
_NAME = re.compile(rf"[{CAPITALS}][\w’']*(?:[ -][{CAPITALS}][\w’']*)+|[“\"«][^”\"»]{{2,}}[”\"»]")


_WHOSE = re.compile(
    rf"{_NAMED_POST}|{_WHICH_POST}|"
    r"\bho (?:va )?ten\b|\bten (?:cua )?(?:ong|ba|dong chi|nguoi|pho|truong)\b|\b(?:full|personal) names?\b"
)
# What names of bodies and posts begin with, folded.
_NO_PERSON = frozenset(
    "ban bo so phong hoi ubnd hdnd mttq uy mat pho chu truong giam doan lien trung van cong dai to ke nghi quyet viet nha tinh"
    " huyen xa phuong thi thanh chi cuc kho ngan tong vien bao quy chuong du tieu".split()
)


# "Ai đang là Chủ tịch UBND tỉnh?": who holds a post, which no other post answers.
_HOLDS_POST = re.compile(
    r"\bai (?:dang |hien |hien dang |hien nay )?(?:la|giu chuc|giu chuc vu) (?:dong chi |ong |ba )?(?:pho )?(?:chu tich|bi thu|giam doc|truong phong|chanh van phong|hieu truong)\b"
    r"|\bwho is (?:currently |now )?the (?:current |present )?(?:[\w'’]+ )?(?:chairman|chairperson|chair|secretary|director|president|principal) of\b"
)


def _named(asks: str, draft: Draft) -> bool:
    """Whether anything is called by a name that the question does not give, where its name is asked for."""
    holds = _HOLDS_POST.search(asks) is not None
    if draft.strategy not in ("read", "duties", "duties-of") or not (holds or _WHAT_NAME.search(asks)):
        return True
    said = " ".join(line.text for line in (*draft.lines, *draft.more))
    names = [fold(name) for name in _NAME.findall(said)]
    if holds or _WHOSE.search(asks):
        names = [name for name in names if name.split()[0] not in _NO_PERSON]
    return any(name not in asks for name in names)


_CELL = re.compile(r"(?:^|; )(?P<name>[^:;]{1,80}): (?P<value>[^;]*)(?=;|$)")
_NOTHING = re.compile(r"\s*(?:…|\.{2,}|[-–—]+|x)?\s*")
_ASKS_CELL = re.compile(r"\b(?:bao nhieu|may|khi nao|bao gio|luc nao|ngay nao|how many|how much|when)\b")
_A_NAME = 0.6  # of the words of a column, in a question that asks what stands below it


def _left_blank(asked: Asked, draft: Draft) -> bool:
    """Whether a row of a table leaves blank what is asked: its cell is blank, or the year that is asked has no cell."""
    asks = _asked_for(asked)
    if draft.strategy != "read" or not draft.lines or not _ASKS_CELL.search(asks):
        return False
    cells = [(fold(cell.group("name")), cell.group("value")) for cell in _CELL.finditer(draft.lines[0].text)]
    for name, value in cells:
        words = [word for word in name.split() if word.isalpha()]
        due = asked.reading.kind == "deadline" and _TIME_COLUMN.match(name) is not None
        said = sum(re.search(rf"\b{word}\b", asks) is not None for word in words)
        if words and _NOTHING.fullmatch(value) and (due or said >= _A_NAME * len(words)):
            return True
    columns = {year for name, _ in cells for year in re.findall(r"20\d\d", name)}
    wanted = set(asked.reading.years)
    of_year = [value for name, value in cells if wanted & set(re.findall(r"20\d\d", name))]
    if of_year and all(map(_NOTHING.fullmatch, of_year)):
        return True
    dated = sum(re.search(r"20\d\d", name) is not None for name, _ in cells)
    return len(wanted) == 1 and dated > 1 and not wanted & columns and not _speaks_of(draft.lines[0].text, wanted)


_TIME_COLUMN = re.compile(r"(?:thoi gian|thoi han|hoan thanh|tien do|han|ngay)\b")


def _speaks_of(text: str, years: set[str]) -> bool:
    """Whether a row speaks of one of the years in what its cells say, or of a period that holds it."""
    spans = re.findall(r"(20\d\d)\s*[-–]\s*(20\d\d)", text)
    return any(year in text or any(first <= year <= last for first, last in spans) for year in years)


_NAMED_UNIT = re.compile(rf"\b([Xx]ã|[Bb]ản|[Tt]hôn|[Pp]hường|[Hh]uyện|[Tt]hị trấn|[Tt]ổ)s?:?\s+(?=[{CAPITALS}])")
_POINTS = re.compile(r"\bdiem (?:phan tram|%)|\bpercentage points?\b")


def _in_points(asks: str, draft: Draft) -> bool:
    """Whether a rise in percentage points was worked out, or is said: one rate by itself is none."""
    if not _POINTS.search(asks) or draft.strategy in (*_WORKED_OUT, "rise"):
        return True
    return any(re.search(r"điểm (?:phần trăm|%)", line.text) for line in (*draft.lines, *draft.more))


# "Trong 468 triệu đồng …, Dự án 5 được bao nhiêu?", "Of the 2.7 billion a year, how much …?": a part of a figure.
_PART_OF = re.compile(
    r"\btrong (?:so |tong |tong so )?(?P<whole>\d[\d.,]*)(?! (?:nam|thang|ngay)\b)\s(?P<thing>.{2,90}?)(?:,| thi|(?= rieng\b)|(?= phan\b))\s(?P<part>.{3,120}?)\b(?:bao nhieu|may)\b"
    r"|\bof (?:the |those |these )?(?P<whole_en>\d[\d.,]*)\s(?P<thing_en>.{2,90}?),\s(?P<part_en>.{0,30}how (?:much|many)\b.{3,120})"
)
_CLAUSES = re.compile(r"[;:()]|,\s(?!\d)")
_ITS_OWN = 0.5  # of what names the part, in a clause with a figure


def _of_the_whole(asked: Asked, draft: Draft) -> bool:
    """Whether a figure that is a part of another, which a question names, is given, and not only the whole."""
    said = asked.question.text if asked.reading.language == "en" else asked.alone
    match = _PART_OF.search(fold(said))
    if match is None or draft.strategy in _WORKED_OUT or len(fold(said)) != len(said):
        return True
    english = match.group("whole_en") is not None
    whole = match.group("whole_en" if english else "whole").rstrip(".,")
    named = said[slice(*match.span("part_en" if english else "part"))]
    words = [word for word in marked_syllables(without_grammar(named)) if word != BREAK]
    if english:
        words = [
            word
            for term in matter_of(read_terms(named), ("budget", "target"))
            for word in marked_syllables(term.vietnamese[0])
        ]
    topic = asked.matter.over(tuple(words))
    for line in (*draft.lines, *draft.more):
        for clause in _CLAUSES.split(line.text):
            figures = {number for number in re.findall(r"\d[\d.,]*\d|\d", clause)} - {whole}
            if figures and topic.covered_by(bag(marked_syllables(clause))) >= _ITS_OWN:
                return True
    return not topic


_WORKED_OUT = ("figures", "sides", "asks", "most", "whether", "corrected")
_COUNT = re.compile(r"\b(?:bao nhieu|may)\b(?! (?:phan tram|%))|\bhow many\b")
_LISTED = rf"[{CAPITALS}]\w*(?:\s[{CAPITALS}]\w*)*"


def _of_one_place(asked: Asked, asks: str, draft: Draft) -> bool:
    """Whether a count for one place is given for it: not one for several places in which it stands among others."""
    if draft.strategy != "read" or not asked.scope.places or not _COUNT.search(asks):
        return True
    texts = [line.text for line in (*draft.lines, *draft.more)]
    for place in asked.scope.places:
        among = re.compile(
            rf"(?P<before>{_LISTED})(?:,\s|\svà\s){re.escape(place)}\b|\b{re.escape(place)}(?:,\s|\svà\s)(?P<after>{_LISTED})"
        )
        own = [text for text in texts if place in text]
        others = [found["before"] or found["after"] for text in own for found in among.finditer(text)]
        # "Ba xã A, B, C được bao nhiêu?": all that share it are asked about.
        if own and all(among.search(text) for text in own) and not all(fold(other) in asks for other in others):
            return False
    return True


NO_THING = (
    "tien|kinh phi|von|phan tram|trieu|ty|dong|nam|lan|gio|lau|moc|cai|chiec|la|thi|va|o|do|toi|den|vao|trong|cho|theo|hang|moi|"
    "nhu|de|tu|so|cua|khi|tai|duoc|neu|ra|len|xuong|mot"
)
"""What may follow "bao nhiêu" and is nothing that is counted, a pattern on folded text."""
_HOW_MANY_OF = re.compile(rf"\bbao nhieu (?!(?:{NO_THING})\b)[a-z]+|\bhow many\b")
# "Mấy lớp?", but not "khu vực mấy", nor "mấy xã nào?", where it says that there are several; unmarked it is a machine.
_SEVERAL_OF = re.compile(
    r"(?<!khu vực )(?<!thứ )(?<!số )(?<!án )(?<!ngày )(?<!tháng )(?<!năm )(?<!quý )(?<!lần )\bmấy (?!(?:thứ|của|trong|thì|là|ở|tại|hằng|hàng|nữa|cái|việc|điều|vậy|ạ|nhé)\b)"
)
_OTHER_WORD = re.compile(r"\b(?:nào|gì|ai|đâu|bao nhiêu|sao|bao giờ|bao lâu)\b")
_NUMERAL = re.compile(r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s", re.IGNORECASE)


_NUMBER_OF = re.compile(r"\bso (?:luong )?(?:[a-z]+ ){1,8}?(?:la )?bao nhieu\b")


def _counted(asked: Asked, asks: str, draft: Draft) -> bool:
    """Whether a statement has any number at all where a count is asked for."""
    said = asked.alone.lower()
    several = _SEVERAL_OF.search(said) and not _OTHER_WORD.search(said) and not asked.reading.yes_no
    counts = _HOW_MANY_OF.search(asks) or several
    if draft.strategy == "sides" and (counts or _NUMBER_OF.search(asks)):
        numbered = {line.document for line in draft.lines if _NUMERAL.search(line.text)}
        return numbered == {line.document for line in draft.lines}
    if draft.strategy not in ("read", "duties", "duties-of") or not counts:
        return True
    return any(_NUMERAL.search(line.text) for line in (*draft.lines, *draft.more))


def _told_of_it(asked: Asked, form: re.Pattern[str], lines: Sequence[Line]) -> bool:
    """Whether a line has the form that speaks of what is asked as much as the others: not any date, any sum.

    The date of a document that is cited is none of what is asked.
    """
    if not lines:
        return False
    about = [asked.matter.covered_by(held_by(line)) for line in lines]
    asks = f"{fold(asked.question.text)}\n{fold(asked.alone)}"
    due = asked.reading.kind == "deadline" and not _ASKS_DATED.search(asks)
    texts = [_CITED_DATE.sub(" ", line.text) if due else line.text for line in lines]
    own = [share for share, text in zip(about, texts, strict=True) if form.search(text)]
    if (
        due
        and len(lines) == 1
        and own
        and not _CELLS.search(lines[0].text)
        and _of_another_clause(asked, form, texts[0])
    ):
        return False
    return bool(own) and max(own) >= _AS_MUCH * max(about)


_CELLS = re.compile(r"(?:^|; )[^;:]{1,60}: [^;]*; [^;:]{1,60}: ")


def _of_another_clause(asked: Asked, form: re.Pattern[str], text: str) -> bool:
    """Whether the one day of a statement ends a clause on another matter: "… trước ngày 30/11; riêng xã A bố trí đất …"."""
    clauses = text.split(";")
    about = [asked.matter.covered_by(bag(marked_syllables(clause))) for clause in clauses]
    ends = [
        share
        for share, clause in zip(about, clauses, strict=True)
        if (found := list(form.finditer(clause))) and len(clause.rstrip(" .")) - found[-1].end() <= _AT_THE_END
    ]
    dated = sum(form.search(clause) is not None for clause in clauses)
    return len(clauses) > 1 and len(ends) == dated == 1 and ends[0] < _AS_MUCH * max(about)


def held_by(line: Line) -> frozenset[str]:
    """What a statement holds, with its label and its headings, for ``Topic.covered_by``."""
    path = (heading for quote in line.quotes for heading in quote.path)
    return bag(marked_syllables("\n".join((line.label, line.text, *path))))


_CITED_DATE = re.compile(r"(?<=[-/]\w)[\w&/-]*\s+ngày\s+\d{1,2}(?:\s+tháng\s+|[/.-])\d{1,2}(?:\s+năm\s+|[/.-])\d{4}")
# The date of a document is asked for with it: "theo quyết định nào, ngày nào".
_ASKS_DATED = re.compile(
    r"\b(?:quyet dinh|nghi quyet|ke hoach|van ban|chi thi|thong tu|nghi dinh|to trinh|ttr|cong van|thong bao|ket luan|bao cao)\b(?: \S+){0,6} (?:nao|gi|may|bao nhieu)(?: (?:cua|do) \S+(?: \S+){0,3}?)?,? (?:(?:va|cung) )?(?:(?:ky|ban hanh|ra) )?(?:nhung )?ngay\b"
    r"|\b(?:ky|ban hanh) (?:vao )?(?:nhung )?ngay (?:nao|may)\b"
    r"|\b(?:quyet dinh|nghi quyet|van ban|chi thi|thong tu|nghi dinh) nao\b.{0,120}, (?:va )?ngay (?:nao|may|bao nhieu)\b"
)
_AS_MUCH = 0.6
_AT_THE_END = 25  # code points behind a day that ends its clause: "tháng 11 hằng năm"
_MOST_ASKED = re.compile(
    r"\b(?:nao|gi|ai)\b.{0,60}\b(?:nhieu|it|cao|thap|lon|nho|som|muon|dai|ngan|dong)\b.{0,40}\bnhat\b|\b(?:which|what|who)\b.{0,60}\b(?:most|least|largest|smallest|highest|lowest|biggest|earliest|latest|longest|fewest)\b"
)


def _is_most(asks: str, draft: Draft) -> bool:
    """Whether what is asked to be the most of something is said, or was worked out, to be so."""
    if draft.strategy != "read" or not _MOST_ASKED.search(asks):
        return True
    return any(re.search(r"\bnhat\b|\btoi (?:da|thieu)\b", fold(line.text)) for line in draft.lines)


# How often something is done or reported, folded: a yearly report is no answer to one for a quarter.
_OFTEN: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (
        re.compile(
            rf"\b(?:bao cao|so ket|tong ket|hop|giao ban)\b(?: (?:dinh ky|hang|hoat dong|tien do|ket qua))* {vi}\b|\b{en} (?:\w+ )?(?:reports?|meetings?|reviews?)\b"
        ),
        re.compile(answer),
    )
    for vi, en, answer in (
        (
            "(?:theo |hang |moi )?quy(?! (?:dinh|mo|che|trinh|hoach|luat))",
            "quarterly",
            r"\bquy\b(?! dinh)|\b(?:3|03|ba) thang",
        ),
        (
            "(?:hang|moi) thang",
            "monthly",
            r"\b(?:hang|moi) thang\b|\bbao cao thang\b|\bthang\b(?! \d)",
        ),
        ("(?:hang|moi) tuan", "weekly", r"\btuan\b"),
        ("(?:6|06|sau) thang", "(?:half-yearly|six-monthly|biannual|semi-annual|mid-year)", r"\b(?:6|06|sau) thang\b"),
        ("(?:9|09|chin) thang", "nine-month", r"\b(?:9|09|chin) thang\b"),
    )
)


_UNIT_ASKED = re.compile(
    r"\b(?:bao nhieu|may|how many) (hecta|hec ta|ha|km|kilomet|met|m2|m3|mw|kw|kwh|tan|kg|tuoi|lop|phong hoc|giuong|diem(?! truong| dan| du lich| phan| ky)|hectares?|tons?|tonnes?|years old|megawatts?)\b"
)
IN_UNITS = {
    "hecta": "ha", "hec": "ha", "hec ta": "ha", "hectare": "ha", "hectares": "ha", "kilomet": "km", "met": "m", "ton": "tan", "tons": "tan", "tonne": "tan", "tonnes": "tan",
    "years old": "tuoi", "mega": "mw", "megawatt": "mw", "megawatts": "mw",
}  # fmt: skip


def units_asked(asked: Asked) -> set[str]:
    """The units of measure that a question counts in, folded: {"ha"} of "bao nhiêu héc-ta rừng"."""
    return {IN_UNITS.get(unit, unit) for unit in _UNIT_ASKED.findall(_asked_for(asked))}


def _in_unit(asks: str, said: Sequence[str]) -> bool:
    """Whether a number in the unit that is asked for is stated: "bao nhiêu MW" is no number of works."""
    units = {IN_UNITS.get(unit, unit) for unit in _UNIT_ASKED.findall(asks)}
    stated = [rf"\d\s?{unit}\b|\b{unit}(?: [a-z]+){{0,3}} \d" for unit in units]
    return all(any(re.search(pattern, fold(one)) for one in said) for pattern in stated)


def _as_often(asks: str, said: Sequence[str]) -> bool:
    wanted = [answer for cue, answer in _OFTEN if cue.search(asks)]
    return all(any(answer.search(fold(one)) for one in said) for answer in wanted)
