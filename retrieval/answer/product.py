"""What so many of something come to at a stated rate, by the units: "20 lít/người/ngày" is 700 lít for 5 người in 7 ngày.

The rate is the document's; of what there are how many, the question says, or the sentence with the rate itself:
"1.486 suất, mức 600.000 đồng/suất". What a rate is of and is not counted stays behind the result: "đồng/học sinh".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.forms import IN_UNITS
from retrieval.answer.grid_cells import in_figures
from retrieval.answer.library import Library, Sentence
from retrieval.answer.numerals import NUMBERS
from retrieval.answer.passages import fits_parts
from retrieval.answer.reader import Read
from retrieval.answer.terms import content
from retrieval.answer.wording import say
from retrieval.registers.sums import dong
from retrieval.types import Language

_ASKS = re.compile(r"\b(?:bao nhieu|may|how (?:much|many))\b(?: (?P<thing>[a-z]+))?")
# That it is of all there are, which the document counts.
_OF_ALL = re.compile(
    r"\b(?:het|ton|can|mat|tong(?: cong| so tien| so)?|tat ca|ca thay)\b.{0,40}\bbao nhieu\b"
    r"|\bbao nhieu (?:tien )?(?:tat ca|tong cong|ca thay)\b"
    r"|\b(?:total cost|in total|altogether|for every(?:one|body)|how much .{0,60}(?:total|cost|come to|add up))\b"
)
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_BEHIND = (
    r"cho|trong|được|và|từ|tối|nếu|đối|do|theo|để|là|thì|với|ở|tại|trên|một|mỗi|nhưng|không|khi|có|thuộc|hoặc|chi|trả"
)
_THING = rf"[^\W\d_]+(?:\s(?!(?:{_BEHIND})\b)[^\W\d_]+)?"
_RATE = re.compile(
    rf"(?<![\w/.,-])(?P<number>{_NUMBER})\s*(?P<unit>(?:(?:nghìn|ngàn|triệu|tỷ)\s)?đồng|[^\W\d_]+)"
    rf"(?P<of>\s(?!(?:{_BEHIND})\b)[^\W\d_]+)?(?P<each>(?:\s*(?:/|\b(?:một|mỗi)\b)\s*{_THING})+)",
    re.IGNORECASE,
)
# "Mỗi năm là 2,7 tỷ đồng", "mỗi hộ được hỗ trợ 40 triệu đồng".
_EACH_FIRST = re.compile(
    rf"\b(?:mỗi|hằng|hàng)\s(?P<each>{_THING})\s+(?:(?:là|được|hỗ trợ|khoảng|cấp|chi|phân bổ|dự kiến|đạt|nhận|thưởng)\s+){{0,3}}"
    rf"(?P<number>{_NUMBER})\s*(?P<unit>(?:(?:nghìn|ngàn|triệu|tỷ)\s)?đồng|[^\W\d_]+)(?!\s*/)",
    re.IGNORECASE,
)
_EACH = re.compile(rf"(?:/|\b(?:một|mỗi)\b)\s*({_THING})", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?<![\w/.,-])(?<!nam )(?<!thang )(?<!ngay )(?<!quy )(?<!du an )(?<!so )"
    rf"(?P<number>(?:{_NUMBER})\s*|(?:mot|{'|'.join(NUMBERS)}|ca|tron)\s+)(?P<thing>[a-z]+(?: [a-z]+)?)(?![\w/])"
)
# What is counted under either name.
_ALIKE = (
    frozenset(("nguoi", "khau", "nhan khau")),
    frozenset(("ho", "nha", "gia dinh", "ho dan", "ho gia")),
    frozenset(("hoc sinh", "em", "chau", "tre")),
)
# So many of the second are one of the first.
_LONGER = {("nam", "thang"): 12, ("nam", "quy"): 4, ("quy", "thang"): 3, ("tuan", "ngay"): 7}
_TIMES = frozenset(one for pair in _LONGER for one in pair)
_NO_YEAR = "nam hoc"  # nine months, or ten
_UNITS = frozenset(IN_UNITS.values()) | frozenset("ha ho nguoi kg tan ta lit km cay con m3 m2 bo cai suat can".split())
_MEANS_LITTLE = frozenset("tien duoc nhan tra dong het tong moi mot nam thang ngay nha em toi minh can phai".split())
_READ = 4  # sentences
_HELD = 0.1  # of what is asked besides what is counted, in a paragraph and the heading above it
_SUPPORT = 0.8
_ROUND = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class _Rate:
    """So much of a unit for each of some things, all as they are written; ``span`` is where it stands."""

    number: Decimal
    written: str
    unit: str
    things: tuple[str, ...]
    span: tuple[int, int]

    @property
    def is_money(self) -> bool:
        return "đồng" in self.unit


def answer_product(asked: Asked, read: Read, library: Library) -> Draft | None:
    """The product, with the statement that has the rate; None where no such is asked or stated."""
    said = fold(asked.text if asked.reading.language == "en" else asked.alone)
    asks = _ASKS.search(fold(asked.question.text)) or _ASKS.search(said)
    if asks is None or asked.reading.yes_no:
        return None
    of_all = _OF_ALL.search(fold(asked.question.text)) is not None
    told = _counts(said)
    counted = {word for _, thing in told for word in thing.split()} | _MEANS_LITTLE
    words = (word for word in content(asked.topic) if fold(word) not in counted and not word.isdigit())
    topic = asked.matter.over(tuple(words))
    found: list[tuple[float, Draft]] = []
    for at in list(read.order)[:_READ]:
        sentence = read.signs.sentences[at]
        rates = [rate for rate in _rates(sentence.text) if _is_asked(rate, asks.group("thing") or "")]
        worked = [one for rate in rates if (one := _worked_out(rate, sentence, told, of_all)) is not None]
        if len(worked) == 1 and fits_parts(asked, sentence):
            book = library.books[sentence.document]
            around = "\n".join((sentence.passage.reading, *sentence.passage.path[-1:]))
            held = topic.covered_by(book.bag(around)) if topic else 1.0 - len(found)
            closing = _in_words(*worked[0], asked.reading.language)
            draft = Draft(strategy="figures", lines=(line_of(sentence),), support=_SUPPORT, closing=closing)
            found.append((held, draft))
    found.sort(key=lambda pair: -pair[0])
    if not found or found[0][0] < _HELD or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1]


def _rates(text: str) -> list[_Rate]:
    found = []
    for match in _RATE.finditer(text):
        unit = " ".join(f"{match['unit']}{match['of'] or ''}".lower().split())
        number = Decimal(match["number"].replace(".", "").replace(",", "."))
        things = tuple(" ".join(one.split()) for one in _EACH.findall(match["each"]))
        if number and not fold(unit).startswith(("nam", "thang", "ngay", "quy")):
            found.append(_Rate(number, match["number"], unit, things, match.span()))
    for match in _EACH_FIRST.finditer(text):
        number = Decimal(match["number"].replace(".", "").replace(",", "."))
        thing, unit = " ".join(match["each"].split()), match["unit"].lower()
        if not any(rate.span[0] < match.end() and match.start() < rate.span[1] for rate in found):
            found.append(_Rate(number, match["number"], unit, (thing,), match.span()))
    return found


def _is_asked(rate: _Rate, thing: str) -> bool:
    """Whether a rate is of what is asked for: no money where "bao nhiêu lít" is, and not what it is for each of."""
    if any(thing and _same(thing, fold(one)) for one in rate.things):
        return False
    return thing not in _UNITS or thing in fold(rate.unit).split()


def _counts(said: str) -> list[tuple[Decimal, str]]:
    """The numbers of things that a folded text says, each with the thing."""
    found = []
    for match in _COUNTED.finditer(said):
        word, thing = match["number"].strip(), match["thing"]
        if word in ("ca", "tron") and not thing.startswith("nam"):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", word) or thing.startswith(_NO_YEAR) or thing in ("phan tram", "lan"):
            continue
        if word[0].isdigit():
            number = Decimal(word.replace(".", "").replace(",", "."))
        else:
            number = Decimal(NUMBERS.get(word, 1))
        found.append((number, thing))
    return found


def _worked_out(
    rate: _Rate, sentence: Sentence, told: Sequence[tuple[Decimal, str]], of_all: bool
) -> tuple[_Rate, dict[str, Decimal]] | None:
    """How many of each thing of a rate there are; None where it is said of none, or of one in several numbers."""
    beside = f"{sentence.text[: rate.span[0]]} ; {sentence.text[rate.span[1] :]}"
    stated = _counts(fold(beside))
    in_paragraph = _counts(fold(_RATE.sub(" ; ", sentence.passage.reading)))
    counts: dict[str, Decimal] = {}
    for thing in rate.things:
        named = _numbers_of(told, fold(thing))
        held = _numbers_of(stated, fold(thing))
        if len(named) > 1:
            return None
        if not named and of_all:
            # "200.000 đồng/người/tháng" says not for how many months; "15 kg/khẩu, 418 khẩu" says for how many.
            named = set() if fold(thing) in _TIMES else held or _numbers_of(in_paragraph, fold(thing))
            if len(named) > 1:
                return None
        elif named and named <= held and not of_all:
            return None  # a condition: "hộ từ 5 khẩu trở lên"
        if named:
            (counts[thing],) = named
    if not any(number != 1 for number in counts.values()):
        return None
    return rate, counts


def _numbers_of(counts: Sequence[tuple[Decimal, str]], thing: str) -> set[Decimal]:
    """How many of a thing are told, two năm as 24 tháng where no tháng are."""
    plainly = {number for number, said in counts if _same(said, thing)}
    times = {first: by for (first, second), by in _LONGER.items() if second == thing.split()[0]}
    longer = {number * times[said.split()[0]] for number, said in counts if said.split()[0] in times}
    return plainly or longer


def _same(said: str, thing: str) -> bool:
    """Whether a thing that is counted, with the word behind it, is one that a rate is for each of."""
    own, words = said.split(), thing.split()
    if len(words) > 1 and own[:2] == words[:2]:
        return True
    if len(words) == 1 and own[0] == words[0]:
        return True
    names = {said, own[0]}
    return any(thing in group and not names.isdisjoint(group) for group in _ALIKE)


def _in_words(rate: _Rate, counts: dict[str, Decimal], language: Language) -> str:
    total = rate.number
    for number in counts.values():
        total *= number
    of_each = "".join(f"/{thing}" for thing in rate.things)
    left = "".join(f"/{thing}" for thing in rate.things if thing not in counts)
    return say(
        language,
        "product" if rate.is_money else "product-of",
        count=" × ".join(f"{in_figures(number)} {thing}" for thing, number in counts.items()),
        each=f"{rate.written} {rate.unit}{of_each}",
        result=f"{_shown(total, rate.unit)}{left}",
    )


def _shown(total: Decimal, unit: str) -> str:
    """A result in the unit of the rate, in đồng where it is no round part of it."""
    size = Decimal(dong("1", unit) or 0) if "đồng" in unit else Decimal(0)
    if size > 1 and total != total.quantize(_ROUND):
        total, unit = total * size, "đồng"
    return f"{in_figures(total.normalize() + 0)} {unit}"
