"""What the documents say, prepared for answering: sentences, duties, sums of money, names of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Protocol

from ingest.chunk import section_label, section_path
from ingest.normalise import CAPITALS, AlignedText, fold, has_marks
from ingest.reading import reading
from ingest.rules.numbering import mark_of
from ingest.rules.programme import Part, part_of_path, parts_in
from ingest.rules.references import references
from ingest.rules.units import goes_on_with_duty, subject_of, unit_before_colon, unit_of_heading
from ingest.sentences import sentence_ranges
from ingest.types import Section, Span
from retrieval.answer.terms import Topic, Weights, bag, content
from retrieval.assignment import names_leader, names_partner
from retrieval.spelling import Speller
from retrieval.tokens import abbreviations, defined_abbreviations, marked_syllables, syllables
from retrieval.types import DocumentInfo, Passage

# "Phòng Kế hoạch - Tuyên truyền"
_JOINED_NAME = re.compile(
    rf"\b(?:[Pp]hòng|Sở|Ban|Hội|Trung tâm)\s+([{CAPITALS}]\w+\s+\w+)\s+[-–]\s+([{CAPITALS}]\w+\s+\w+)"
)
_SHORTEST, _LONGEST = 3, 5  # syllables of what is written in short by its initials
_CLEARLY = 2  # times, and as often as any other
_ENUMERATED = re.compile(r"\b[a-zà-ỹđ]+(?:, [a-zà-ỹđ]+){1,4}\b")
DONG = r"đồng(?!\w| (?:chí|bào|thời|bộ|đội|ý|hành|nghiệp|phục|đều))"
"""The unit, and no "đồng chí", "đồng thời"."""
MONEY = re.compile(
    r"\d{1,3}(?:[.,]\d{3})*(?:[.,]\d+)?\s*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)(?:\s+(?:đồng|USD)(?!\w)|(?!\s+(?!cho|để|từ|và|là|trong|năm|đến|vốn|kinh|ngân|do|với|mỗi|một|hằng|hàng|theo|ở|tại|của|so|thì|hoặc|nhưng|được|gồm|giai|tiền|trên|trở|không|nữa|này|đó|nêu|bằng|cũng|đã|sẽ|phải|lên|xuống|cùng|tương|chưa|đối|khi|nếu|vào|qua|như|thực|chia|bố|phân)[^\W\d_]))|"
    rf"{DONG}"
    r"|USD\b|đ\b|VNĐ\b)",
    re.I,
)
_UNIT_ABOVE = re.compile(r"\(([^()\d]{1,20})\):\s*(\d[\d.,]*)(?=\s*(?:;|$))")


_UNIT_COLUMN = re.compile(r"(?:^|; )(?:Đơn vị(?: tính)?|ĐVT|Đvt): ([^;\d]{1,20})(?=;)")
# "Chỉ tiêu: Tỷ lệ hộ nghèo (%); Năm 2024: 12": the unit stands in what the row is called.
_UNIT_OF_ROW = re.compile(r"(?:^|; )[^:;]+: [^:;]*\(([%‰]|[^\W\d_]{1,7}(?:[ /][^\W\d_]{1,7}|[²³23])?)\)(?=;)")
_BARE_NUMBER = re.compile(r"(?<=: )(\d[\d.,]*)(?=\s*(?:;|$))")


def with_units(text: str) -> str:
    """A row's text with its units behind the numbers, from the names of columns or from a column of units.

    "Diện tích (ha): 55" is 55 ha, "Đơn vị: vụ; Năm 2024: 430" 430 vụ, "Tỷ lệ hộ nghèo (%); Năm 2024: 12" 12 %.

    >>> with_units("Chỉ tiêu: Tỷ lệ hộ nghèo (%); Năm 2024: 12; Năm 2025: 9")
    'Chỉ tiêu: Tỷ lệ hộ nghèo (%); Năm 2024: 12 %; Năm 2025: 9 %'
    """
    unit = _UNIT_COLUMN.search(text) or _UNIT_OF_ROW.search(text)
    if unit is not None:
        measure = unit.group(1).strip()
        text = _BARE_NUMBER.sub(lambda found: f"{found.group()} {measure}", text)
    return _UNIT_ABOVE.sub(r"(\1): \2 \1", text) if "):" in text else text


_ROLES = (
    "chu tri",
    "dau moi",
    "thuong truc",
    "tham dinh",
    "phoi hop",
    "tham muu",
    "huong dan",
    "giam sat",
    "kiem tra",
)
_LEADS = re.compile(
    r"(?<!duoc giao )(?<!phan cong )(?<!co quan )(?<!don vi )(?<!phong )\bchu tri\b(?! du an)|^(?:giao )?.{0,60}\bchu tri\b"
)


class Source(Protocol):
    """Where the documents are kept: the index."""

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents."""

    def source(self, document_id: str) -> str:
        """The text that offsets count in."""

    def outline(self, document_id: str) -> tuple[Section, ...]:
        """The sections in order."""

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a passage, where it stands, and its folded syllables; ``above`` are those of the headings."""

    passage: Passage
    text: str
    span: Span
    words: tuple[str, ...]
    above: tuple[str, ...]
    part: Part
    bag: frozenset[str]
    above_bag: frozenset[str]

    @property
    def document(self) -> str:
        """The id of the document it stands in."""
        return self.passage.document


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a body does: ``roles`` are folded role words, ``parts`` the programme parts that the sentence names."""

    unit: str
    sentence: Sentence
    roles: frozenset[str]
    parts: tuple[Part, ...]
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sentence that states money, and the programme parts it is for."""

    sentence: Sentence
    amounts: tuple[str, ...]
    parts: tuple[Part, ...]


_CELL = re.compile(r"[\t|]")
_LONG_CELL, _SENTENCES = 200, 3
_NAME_OF_ROW = re.compile(r"[^\W\d_][^\n\t/;.]{2,60}")


def _tells_much(text: str) -> bool:
    """Whether a cell of a row is a text of several sentences: then each of them is an answer of its own."""
    cells = [cell for cell in _CELL.split(text) if len(cell) > _LONG_CELL]
    return any(len(sentence_ranges(cell)) >= _SENTENCES for cell in cells)


def _name_of_row(text: str) -> str:
    """What a row of a table is about: the beginning of its first cell that has words."""
    found = _NAME_OF_ROW.search(text)
    return found.group().strip() if found is not None else ""


_CHARTER = re.compile(
    r"\b(?:chức năng|nhiệm vụ)\b.{0,80}?\bcủa\s+(?P<body>(?:Sở|Ban|Phòng|Văn phòng|Chi cục|Cục|Trung tâm|Bộ|Thanh tra)\s.{2,90})$"
)
_OF_CHARTER = re.compile(r"(?:vi tri|chuc nang|nhiem vu|quyen han)\b")


class Book:
    """One document, read for answering. Everything is made when it is first asked for."""

    def __init__(self, info: DocumentInfo, text: str, outline: Sequence[Section], passages: Sequence[Passage]) -> None:
        self.info = info
        self.text = text
        self.outline = tuple(outline)
        self.passages = tuple(passages)
        self.abbreviations = defined_abbreviations(text)
        self._counts: dict[str, int] = {}
        self._sections: dict[int, frozenset[str]] = {}
        self._paths: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._bags: dict[tuple[tuple[str, ...], str], frozenset[str]] = {}

    def words(self, text: str) -> tuple[str, ...]:
        """The folded syllables of a text of this document."""
        return tuple(syllables(text, self.abbreviations))

    def bag(self, text: str) -> frozenset[str]:
        """What a text of this document holds, for ``Topic.covered_by``."""
        return bag(marked_syllables(text, self.abbreviations))

    @cached_property
    def enumerations(self) -> frozenset[tuple[str, str]]:
        """Folded words that the document sets side by side with a comma more than once: "nông, lâm nghiệp"."""
        found: Counter[tuple[str, str]] = Counter()
        for match in _ENUMERATED.finditer(self.text):
            found.update(combinations(fold(match.group()).split(", "), 2))
        return frozenset(pair for pair, count in found.items() if count > 1)

    def _path_words(self, path: tuple[str, ...]) -> tuple[str, ...]:
        if path not in self._paths:
            self._paths[path] = self.words("\n".join(path))
        return self._paths[path]

    def _path_bag(self, passage: Passage) -> frozenset[str]:
        lead = self.passages[passage.lead].reading if passage.lead is not None else ""
        place = (passage.path, lead)
        if place not in self._bags:
            self._bags[place] = self.bag("\n".join((*passage.path, lead)))
        return self._bags[place]

    @cached_property
    def subject(self) -> tuple[Part, ...]:
        """The parts of the programme that the document as a whole is about, by its title."""
        title = self.info.header.title
        return parts_in(title.value) if title is not None else ()

    @cached_property
    def title_bag(self) -> frozenset[str]:
        """The syllables of title, issuing body and place."""
        header = self.info.header
        fields = (header.title, header.issuer, header.place)
        return self.bag("\n".join(field.value for field in fields if field is not None))

    @cached_property
    def carries_out(self) -> frozenset[str]:
        """The numbers, without their signs, of the documents that its title and its legal bases cite."""
        own = (one for one in self.passages if one.kind in ("title", "basis"))
        cited = (one.number for passage in own for one in references(AlignedText.of(passage.reading)))
        return frozenset(re.split(r"\D", number.lstrip("0"))[0] for number in cited if number)

    def read(self, passage: Passage) -> AlignedText:
        """The passage's reading text, aligned with the source."""
        return reading(self.text, passage.span, passage.skipped)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of paragraphs, items, rows, bases and headings, in reading order."""
        return tuple(one for passage in self.passages if passage.kind != "list" for one in self._sentences(passage))

    @cached_property
    def places(self) -> dict[Span, int]:
        """Where in ``sentences`` each sentence stands, by its span."""
        return {sentence.span: at for at, sentence in enumerate(self.sentences)}

    @cached_property
    def table_rows(self) -> dict[Span, Passage]:
        """The rows of its tables, by their place."""
        return {passage.span: passage for passage in self.passages if passage.kind == "row"}

    @cached_property
    def by_passage(self) -> dict[int, list[Sentence]]:
        """The sentences of each passage, by the passage's index."""
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.passage.index, []).append(sentence)
        return found

    def _sentences(self, passage: Passage) -> Iterable[Sentence]:
        above = self._path_words(passage.path)
        part = part_of_path(passage.path)
        if passage.lead is not None:
            above = (*above, *self.words(self.passages[passage.lead].reading))
        above_bag = self._path_bag(passage)
        if passage.kind == "row" and not _tells_much(self.read(passage).text):
            words = self.words(passage.reading)
            yield Sentence(
                passage=passage,
                text=passage.reading,
                span=passage.span,
                words=words,
                above=above,
                part=part,
                bag=self.bag(passage.reading),
                above_bag=above_bag,
            )
            return
        aligned = self.read(passage)
        name = _name_of_row(aligned.text) if passage.kind == "row" else ""
        for start, end in sentence_ranges(aligned.text):
            text = aligned.text[start:end]
            if name and start > 0:
                text = f"{name}: {text}"
            words = self.words(text)
            yield Sentence(
                passage=passage,
                text=text,
                span=aligned.span(start, end),
                words=words,
                above=above,
                part=part,
                bag=self.bag(text),
                above_bag=above_bag,
            )

    @cached_property
    def units(self) -> tuple[tuple[str, Section], ...]:
        """Bodies that a heading names, or that are the subject of a numbered paragraph, with their sections."""
        first: dict[int, Passage] = {}
        for passage in self.passages:
            first.setdefault(passage.section, passage)
        found: list[tuple[str, Section]] = []
        for section in self.outline:
            unit = unit_of_heading(section.title) or subject_of(section.title)
            if unit is None and not section.title and section.index in first:
                unit = subject_of(_without_mark(first[section.index].reading))
            if unit is not None:
                found.append((unit, section))
        outer = {self.outline[section.parent].index for _, section in found if section.parent is not None}
        return tuple((unit, section) for unit, section in found if section.index not in outer)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What each body does: by the headings of duties, by table columns, and by the subject of a sentence."""
        owner = {section.index: unit for unit, section in self.units}
        found: list[Duty] = []
        before: Sentence | None = None
        doing: str | None = None  # the body of the sentence before
        listed = False  # whether all duties of that body are listed behind its name: "Công an tỉnh: hướng dẫn …"
        for sentence in self.sentences:
            passage = sentence.passage
            if passage.kind == "row":
                found.extend(self._row_duties(sentence))
                continue
            if passage.kind not in ("paragraph", "item", "heading") or passage.section < 0:
                continue  # opening and closing words say who issues, not who does what
            named = subject_of(_without_mark(sentence.text)) or unit_before_colon(_without_mark(sentence.text))
            inside = before is not None and before.passage.index == passage.index
            if named is not None:
                listed = f"{named}:" in sentence.text
            elif before is not None and inside and (listed or goes_on_with_duty(before.text, sentence.text)):
                named = doing
            before, doing = sentence, named
            unit = self._owner(passage.section, owner) if passage.kind != "heading" else None
            if unit is None and named is None:
                continue
            found.append(self._duty(unit if named is None else named, sentence))
        return tuple(found)

    def _owner(self, section: int, owner: dict[int, str]) -> str | None:
        """The body whose duties a section lists, by a heading above it, or by the title of the document as a whole."""
        at: int | None = section if section >= 0 else None
        while at is not None:
            if at in owner:
                return owner[at]
            if self.chartered and _OF_CHARTER.match(fold(self.outline[at].title)):
                return self.chartered
            at = self.outline[at].parent
        return None

    @cached_property
    def chartered(self) -> str:
        """The body whose functions and duties the document lays down as a whole, by its title; "" for other documents.

        "Quyết định quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Y tế" names it once, above all duties.
        """
        title = self.info.header.title
        found = _CHARTER.search(" ".join(title.value.split())) if title is not None else None
        return found.group("body").strip(" .;,") if found is not None else ""

    def _duty(self, unit: str | None, sentence: Sentence) -> Duty:
        folded = fold(sentence.text)
        roles = frozenset(role for role in _ROLES if role in folded)
        leads = _LEADS.search(folded) is not None
        named = parts_in(sentence.text)
        parts = tuple(part.within(sentence.part) for part in named)
        return Duty(unit=unit or "", sentence=sentence, roles=roles, parts=parts, leads=leads)

    def _row_duties(self, sentence: Sentence) -> Iterable[Duty]:
        parts = parts_in(sentence.text) or ((sentence.part,) if sentence.part != Part() else ())
        for name, cell in sentence.passage.cells:
            value = reading(self.text, cell).text
            if names_partner(name):
                yield Duty(unit=value, sentence=sentence, roles=frozenset({"phoi hop"}), parts=parts, leads=False)
            elif names_leader(name) and len(value) < 120:
                yield Duty(unit=value, sentence=sentence, roles=frozenset({"chu tri"}), parts=parts, leads=True)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Sentences that state money."""
        found = []
        for sentence in self.sentences:
            amounts = tuple(match.group() for match in MONEY.finditer(sentence.text))
            if amounts and sentence.passage.kind in ("paragraph", "item", "row", "heading"):
                named = parts_in(sentence.text)
                parts = tuple(part.within(sentence.part) for part in named) or (sentence.part,)
                found.append(Sum(sentence=sentence, amounts=amounts, parts=parts))
        return tuple(found)

    @cached_property
    def headings(self) -> tuple[frozenset[str], ...]:
        """The syllables of each section's heading, by its index."""
        return tuple(self.bag(section.title) for section in self.outline)

    def section_bag(self, section: int) -> frozenset[str]:
        """The syllables of all that stands in a part, its subsections too; of nothing before the first."""
        if section < 0:
            return frozenset()
        if section not in self._sections:
            span = self.outline[section].span
            self._sections[section] = self.bag(self.text[span.start : span.end])
        return self._sections[section]

    @cached_property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The headings down to each section, by its index."""
        return tuple(section_path(self.outline, section.index) for section in self.outline)

    @cached_property
    def section_parts(self) -> tuple[tuple[Part, Part], ...]:
        """For each section the programme part that its own heading names, and that it lies in."""
        return tuple(
            (part_of_path((section_label(section),)), part_of_path(self.paths[section.index]))
            for section in self.outline
        )

    @cached_property
    def parts(self) -> frozenset[Part]:
        """Every programme part that the document names, in headings or text."""
        found: set[Part] = set()
        for sentence in self.sentences:
            found.update(part.within(sentence.part) for part in parts_in(sentence.text))
        for section in self.outline:
            label = section_label(section)
            found.update(parts_in(label.split(":", 1)[0]))
        return frozenset(found)

    @cached_property
    def folded(self) -> str:
        """The folded syllables of the whole text, for looking up names."""
        return " ".join(self.words(self.text))

    def count(self, name: str) -> int:
        """How often the syllables of a name stand in the document, whatever their marks."""
        if name not in self._counts:
            self._counts[name] = f" {self.folded} ".count(f" {' '.join(syllables(name))} ")
        return self._counts[name]

    @cached_property
    def plain(self) -> str:
        """The text without marks in small letters, letter by letter as long as the text."""
        folded = fold(self.text)
        return folded if len(folded) == len(self.text) else "".join(fold(letter)[:1] or " " for letter in self.text)

    def heading_of(self, passage: Passage) -> str:
        """The nearest heading that says what the passage is about."""
        return passage.path[-1] if passage.path else ""


def _without_mark(text: str) -> str:
    mark = mark_of(text)
    return text[mark.length :] if mark is not None else text


class Library:
    """All documents of an index. ``spelling`` puts a misspelt question right, and marks into one typed without."""

    def __init__(self, source: Source, spelling: Speller) -> None:
        self.spelling = spelling
        self.books = {
            info.id: Book(info, source.source(info.id), source.outline(info.id), source.passages(info.id))
            for info in source.documents()
        }
        self._topics: dict[str, tuple[Topic, ...]] = {}
        self.weights = Weights(
            sentence.above_bag | sentence.bag for book in self.books.values() for sentence in book.sentences
        )

    @cached_property
    def _initials(self) -> dict[str, str]:
        """The initials of every body that a heading names, with the body: "PTCKH" is Phòng Tài chính - Kế hoạch."""
        found: dict[str, str] = {}
        for book in self.books.values():
            for unit, _ in book.units:
                words = [word for word in syllables(unit) if word.isalpha()]
                for kept in (words, [word for word in words if word != "va"]):
                    if 2 < len(kept) < 8:
                        found.setdefault("".join(word[0] for word in kept), unit)
        return found

    @cached_property
    def _joined(self) -> dict[str, str]:
        """Names of two pairs of syllables, by their initials: "kh-tt" is "Kế hoạch - Tuyên truyền"; none of two names."""
        found: dict[str, set[str]] = {}
        for book in self.books.values():
            for match in _JOINED_NAME.finditer(book.text):
                pairs = [" ".join(one.split()) for one in match.groups()]
                short = "-".join("".join(fold(word)[0] for word in pair.split()) for pair in pairs)
                found.setdefault(short, set()).add(" - ".join(pairs))
        return {short: next(iter(names)) for short, names in found.items() if len({fold(one) for one in names}) == 1}

    def _phrase(self, short: str) -> str:
        """What titles and headings call so by its initials, where no document writes it in short; "" for several."""
        found = self._phrases.get(fold(short), Counter[str]()).most_common(2)
        written = any(short in book.text for book in self.books.values())
        if written or not found or (len(found) > 1 and found[0][1] < _CLEARLY * found[1][1]):
            return ""
        return found[0][0] if found[0][1] >= _CLEARLY else ""

    @cached_property
    def _phrases(self) -> dict[str, Counter[str]]:
        """The runs of three to five syllables of titles and headings, by their initials."""
        found: dict[str, Counter[str]] = {}
        for book in self.books.values():
            for title in (book.info.title, *(section.title for section in book.outline)):
                words = [word if word.isalpha() else "" for word in marked_syllables(title)]
                for length in range(_SHORTEST, _LONGEST + 1):
                    for start in range(len(words) - length + 1):
                        run = words[start : start + length]
                        if all(run) and len(content(run)) == length:
                            initials = "".join(fold(word)[0] for word in run)
                            found.setdefault(initials, Counter())[" ".join(run)] += 1
        return found

    def headings_in(self, book: Book, said: frozenset[str]) -> list[float]:
        """For each section of a document how much of its heading a question holds, 0..1; ``said`` is its bag."""
        return [topic.covered_once(said) for topic in self._headings(book)]

    def _headings(self, book: Book) -> tuple[Topic, ...]:
        if book.info.id not in self._topics:
            self._topics[book.info.id] = tuple(
                Topic(marked_syllables(section.title), self.weights) for section in book.outline
            )
        return self._topics[book.info.id]

    def spell_out(self, text: str) -> str:
        """The question with the initials of bodies written out, where they are no abbreviation known already."""

        def full(match: re.Match[str]) -> str:
            short = fold(match.group())
            if short in abbreviations():
                return match.group()
            named = self._initials.get(short) or self._joined.get(short)
            return named or self._phrase(match.group()) or match.group()

        return re.sub(r"\b[A-ZĐ][A-ZĐ&-]{2,7}\b", full, text)

    def likeliest(self, words: Sequence[str], documents: Sequence[str]) -> str:
        """Of several names of one thing that which stands most often in some documents, of equals the first."""
        books = self.scoped(documents)
        return max(words, key=lambda name: sum(book.count(name) for book in books)) if len(words) > 1 else words[0]

    def as_written(self, name: str) -> str:
        """A name typed without marks as documents write it most often, or what of it they have; else the name itself."""
        words = name.split()
        if has_marks(name):
            return name
        for length in range(len(words), 0, -1):
            found = self._written(" ".join(words[:length])) if length > 1 or len(words) == 1 else ""
            if found:
                return " ".join((found, *words[length:]))
        return name

    def _written(self, name: str) -> str:
        pattern = re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")
        found = Counter(
            book.text[match.start() : match.end()]
            for book in self.books.values()
            for match in pattern.finditer(book.plain)
            if book.text[match.start()].isupper()
        )
        return max(found, key=lambda form: found[form], default="")

    def scoped(self, documents: Sequence[str]) -> list[Book]:
        """The books with these ids, or all where there are none."""
        return [self.books[one] for one in documents] if documents else list(self.books.values())
