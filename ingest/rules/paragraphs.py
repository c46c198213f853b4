"""Lines to paragraphs: hard-wrapped lines and sentences that a page break cut are joined, page furniture is set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.lines import Line
from ingest.rules.kinds import is_kind
from ingest.rules.numbering import Mark, mark_of
from ingest.rules.tables import Table
from ingest.rules.text import ends, hangs, is_structural, is_upper, starts_lower
from ingest.types import Span

# A heading is seldom longer; longer numbered paragraphs are prose (150 characters are about two printed lines).
HEADING_LENGTH = 150
# Shorter unfinished text is a heading or a list item without punctuation, not the first half of a cut sentence.
_CUT_LENGTH = 40
_RUNNING_REPEATS = 3
# Share of lines that go on in small letters, above which a text is wrapped by hand.
_WRAPPED = 0.2
# A line of this share of the usual width is full.
_FULL = 0.75
# Share of the lines that go on though they are not full: 0.03 to 0.13 in printed pages, 0.23 to 0.77 in scraped ones.
_RAGGED = 0.18
_BARE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]$")
# Who issues stands below the title of a decision, in capitals as the title is.
_OFFICE = re.compile(r"(?:[ỦU][ỶY]? BAN|UBND|HỘI ĐỒNG|HĐND|CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|GIÁM ĐỐC|CHÍNH PHỦ)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One or more lines that read on. ``gap`` is that of its first line, ``skipped`` the furniture inside it."""

    span: Span
    text: str
    loud: bool
    gap: int
    skipped: tuple[Span, ...] = ()
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the lines of a text are set: whether wrapped by hand, blank lines between paragraphs, usual full width.

    ``ragged`` lines are wrapped at no constant width, as the source of a web page is: a short line tells nothing.
    """

    wrapped: bool
    spaced: bool
    ragged: bool
    width: int
    pairs: frozenset[tuple[str, str]] = frozenset()

    def reads_on(self, before: str, after: str) -> bool:
        """Whether a name, or a line of the text, has these two words side by side: "Mặt trận" / "Tổ quốc"."""
        pair = (before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0])
        return pair in _PAIRS or pair in self.pairs


def layout_of(lines: Sequence[Line]) -> Layout:
    """Judge a text by its lines: ``wrapped`` where many unfinished lines go on in small letters on the next one."""
    lengths = sorted(len(line.text) for line in lines if not line.is_markup)
    if not lengths:
        return Layout(wrapped=False, spaced=True, ragged=False, width=80)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    follows = [(one, two) for one, two in pairwise(lines) if two.gap == 1]
    cut = [len(one.text) for one, two in follows if not ends(one.text) and starts_lower(two.text)]
    gaps = sum(line.gap > 1 for line in lines)
    ragged = sum(length < _FULL * width for length in cut) > _RAGGED * len(cut)
    return Layout(
        wrapped=len(cut) > _WRAPPED * len(lines),
        spaced=gaps > 0.1 * len(lines),
        ragged=ragged,
        width=width,
        pairs=frozenset(pair for line in lines for pair in pairwise(line.text.split())) if ragged else frozenset(),
    )


def furniture_of(lines: Sequence[Line], edges: frozenset[int] = frozenset()) -> frozenset[int]:
    """Indexes of lines that are page furniture: page numbers, rules, and running headers.

    ``edges`` are the lines that stand first or last on a page, where the source has pages: a line there that comes
    back on most pages is a running header. Without pages, only a repeated line that cuts a sentence is one.
    """
    found = {at for at, line in enumerate(lines) if line.is_markup}
    for at, line in enumerate(lines):
        if line.is_page_number and (at in edges or line.gap > 1) and _alone(lines, at):
            found.add(at)
    repeated = Counter(_shape(line.text) for line in lines if len(line.text) < 120)
    for at, line in enumerate(lines):
        if at in found or repeated[_shape(line.text)] < _RUNNING_REPEATS or mark_of(line.text) is not None:
            continue
        before = lines[at - 1] if at else None
        if at in edges or (
            before is not None
            and line.gap > 1
            and not ends(before.text)
            and at + 1 < len(lines)
            and lines[at + 1].gap > 1
            and starts_lower(lines[at + 1].text)
            and not starts_lower(line.text)
        ):
            found.add(at)
    return frozenset(found)


def _alone(lines: Sequence[Line], at: int) -> bool:
    return at + 1 == len(lines) or lines[at + 1].gap > 1


def _shape(text: str) -> str:
    return "".join("0" if letter.isdigit() else letter for letter in text.lower())


def join_lines(
    text: str, lines: Sequence[Line], tables: Sequence[Table], furniture: frozenset[int], body_from: int
) -> list[Paragraph]:
    """The paragraphs outside tables, in order.

    Lines before ``body_from`` (letterhead and title) are joined only within their own group. Furniture that lies
    between two halves of a sentence is ``skipped`` inside the paragraph; other furniture is left to the caller.
    """
    in_table = {at for table in tables for at in range(table.first, table.last)}
    layout = layout_of([line for at, line in enumerate(lines) if at not in furniture and at not in in_table])
    paragraphs: list[Paragraph] = []
    group: list[int] = []
    skipped: list[int] = []  # furniture since the last line of the group
    inside: list[int] = []  # furniture that turned out to lie inside the group
    for at, line in enumerate(lines):
        if at in in_table:
            _close(lines, group, inside, paragraphs)
            skipped.clear()
            continue
        if at in furniture:
            skipped.append(at)
            continue
        if group and _goes_on(lines, group, line, bool(skipped), layout, at >= body_from):
            inside.extend(skipped)
        else:
            _close(lines, group, inside, paragraphs)
        skipped.clear()
        group.append(at)
    _close(lines, group, inside, paragraphs)
    return paragraphs


def _close(lines: Sequence[Line], group: list[int], inside: list[int], paragraphs: list[Paragraph]) -> None:
    if not group:
        return
    first, last = lines[group[0]], lines[group[-1]]
    words = " ".join(lines[at].text for at in group)
    paragraphs.append(
        Paragraph(
            span=Span(first.span.start, last.span.end),
            text=words,
            loud=all(lines[at].loud for at in group),
            gap=first.gap,
            skipped=tuple(lines[at].span for at in inside),
            mark=mark_of(words),
        )
    )
    group.clear()
    inside.clear()


def _goes_on(
    lines: Sequence[Line], group: Sequence[int], line: Line, over_furniture: bool, layout: Layout, in_body: bool
) -> bool:
    """Whether ``line`` goes on the paragraph made of ``group``."""
    before = lines[group[-1]]
    mark = mark_of(line.text)
    lead = _lead(lines, group)
    so_far = 0
    for at in group:
        so_far += len(lines[at].text) + 1
        if so_far > 2 * HEADING_LENGTH:
            break  # longer than any limit below
    if line.gap == 1 and not over_furniture:
        if not in_body:
            if _cut_in_head(before.text, line.text):
                return True
            layout = replace(layout, ragged=False)
        return _wraps(before, line, mark, lead, so_far, layout)
    return in_body and _was_cut(before, line, mark, lead, so_far, lines[group[0]])


def _lead(lines: Sequence[Line], group: Sequence[int]) -> Mark | None:
    """The mark of the paragraph, where its number may stand alone on the first line."""
    first = lines[group[0]].text
    if len(group) > 1 and _BARE_NUMBER.match(first):
        return mark_of(f"{first} {lines[group[1]].text}")
    return mark_of(first)


def _cut_in_head(before: str, line: str) -> bool:
    """Whether a narrow column cut here: "ỦY" / "BAN NHÂN DÂN", "Số:" / "12/KH-UBND", "Hồ Chí" / "Minh, ngày 5 …"."""
    if re.match(r"\w+(?: \w+)?, ngày\b", line) and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){0,4}", before):
        return not is_upper(before)
    return re.fullmatch(r"Số\s*:?|[^\W\d_]{1,6}", before) is not None


def _wraps(before: Line, line: Line, mark: Mark | None, lead: Mark | None, so_far: int, layout: Layout) -> bool:
    """The next line without a blank line between."""
    finished = ends(before.text)
    if mark is not None:
        # "… kinh tế" / "- xã hội": a hyphen at the start of a wrapped line is no bullet.
        rest = line.text[mark.length :]
        return layout.wrapped and not finished and starts_lower(rest) and not before.loud and mark.kind == "bullet"
    if (lead is not None and lead.opens_section and so_far <= lead.length + 2) or _BARE_NUMBER.match(before.text):
        return not is_structural(line.text)  # the number stands alone on its line: "Điều 1." / "Phê duyệt …"
    if _BARE_NUMBER.match(line.text):
        return False
    loud = is_upper(line.text) if re.search(r"[^\W\d_]", line.text) else is_upper(before.text)
    if not loud and _hangs(before.text, line.text, layout):
        return True
    if line.text.startswith("(") and not finished and not is_upper(before.text) and not _ATTACHED.match(line.text):
        return True
    if _RESTS_ON.match(line.text) or (lead is not None and lead.opens_section and _DUTY.match(line.text)):
        return False  # a line of its own, below a title or a heading that has no full stop
    if is_structural(line.text) and (finished or loud or len(before.text) < 0.7 * layout.width):
        return False
    if is_upper(before.text) != loud and (not loud or finished):
        return False
    if starts_lower(line.text):
        return True
    if layout.wrapped and layout.spaced:
        return before.loud == line.loud or not finished or so_far > HEADING_LENGTH
    if layout.wrapped and layout.ragged:
        return _wraps_raggedly(before, line, lead, so_far, layout)
    if finished:
        return False
    if lead is not None and lead.opens_section and so_far < HEADING_LENGTH and len(before.text) < _FULL * layout.width:
        return False  # a short heading, and the text below it
    return len(before.text) >= _FULL * layout.width


def _hangs(before: str, line: str, layout: Layout) -> bool:
    """Whether the text above cannot end where its line does."""
    return hangs(before) or (before.endswith(",") and layout.wrapped) or (before.endswith("năm") and line[:1].isdigit())


def _wraps_raggedly(before: Line, line: Line, lead: Mark | None, so_far: int, layout: Layout) -> bool:
    """The same where the length of a line tells nothing and nothing stands between paragraphs."""
    if ends(before.text):
        return lead is not None and lead.kind == "bullet" and before.text.endswith(":")  # its points have marks
    section = lead is not None and lead.opens_section and so_far < HEADING_LENGTH
    if is_upper(before.text):
        if section or hangs(before.text):
            return True  # "II. MỤC" / "TIÊU"
        return not (is_kind(before.text) or is_kind(line.text) or _OFFICE.match(line.text))
    one_word = lead is not None and " " not in before.text[lead.length :]  # "Điều 3. Chánh" / "Văn phòng …"
    return not section or one_word or layout.reads_on(before.text, line.text)


# "(Kèm theo Quyết định số …)" stands on a line of its own below the name of an annex.
_ATTACHED = re.compile(r"\(\s*(?:Ban hành k|K)èm theo\b", re.I)
# Names of bodies that have a capital inside: a heading that is cut there goes on.
_NAMES = (
    "Ủy ban Mặt trận Tổ quốc", "Bộ Chỉ huy Bộ đội Biên phòng", "Bộ Chỉ huy Quân sự", "Bộ Tư lệnh", "Đoàn Thanh niên Cộng sản",
    "Hội Liên hiệp Phụ nữ", "Liên minh Hợp tác xã", "Hiệp hội Doanh nghiệp", "Chánh Văn phòng Ủy ban", "Trưởng Ban",
    "Kho bạc Nhà nước", "Ngân hàng Nhà nước", "Ngân hàng Chính sách", "Bảo hiểm Xã hội", "Đài Phát thanh", "Trưởng Phòng",
    "Ban Quản lý", "Ban Chỉ đạo", "Văn phòng Điều phối", "Hội Cựu chiến binh", "Hội Nông dân", "Giám đốc Sở", "Chi cục",
)  # fmt: skip
_PAIRS = frozenset(pair for name in _NAMES for pair in pairwise(name.split()))
# What a document rests on begins a line of its own.
_RESTS_ON = re.compile(
    r"(?:Căn cứ|Thực hiện|Xét|Thi hành|Theo)\s+(?:Bộ luật|Luật|Nghị|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Giấy mời|Công văn"
    r"|Chương trình|Tờ trình|Văn bản|Kết luận|đề nghị)\b|Kính gửi\s*:"
)


# Sentences that give a duty begin with these words; inside a heading they would be in small letters.
_DUTY = re.compile(
    r"(?:Chủ trì|Phối hợp|Tham mưu|Hướng dẫn|Tổ chức (?!hữu|quốc|chính trị|y tế)|Căn cứ|Là (?:cơ quan|đơn vị)|Chịu trách nhiệm|Thực hiện|Tiếp tục|"
    r"Xây dựng|Đẩy mạnh|Tăng cường|Triển khai|Phấn đấu|Rà soát|Theo dõi|Đôn đốc|Nâng cao|Bảo đảm|Đảm bảo)\b"
)


def _was_cut(before: Line, line: Line, mark: Mark | None, lead: Mark | None, so_far: int, first: Line) -> bool:
    """The next line after blank lines or a page number: whether a page break cut the sentence."""
    if lead is not None and lead.opens_section and so_far <= lead.length + 2 and mark is None:
        return True  # the number stands alone on its line: "V." / "KINH PHÍ THỰC HIỆN"
    if mark is not None or ends(before.text) or is_upper(before.text) or is_structural(line.text):
        return False
    if is_upper(line.text) and " " in line.text:
        return False  # capitals do not go on a sentence in small letters
    if _RESTS_ON.match(line.text):
        return False
    if starts_lower(line.text):
        return True
    if first.loud or line.loud or line.text[:1] in "([" or so_far < _CUT_LENGTH:
        return False
    if before.text.endswith(("-", "–")) or line.text[:1].isdigit():
        return before.text.endswith(("-", "–", "năm", "số", "ngày", "tháng", "/"))
    heading = lead is not None and lead.kind != "bullet" and so_far < HEADING_LENGTH
    return not heading and not before.text.endswith(",")
