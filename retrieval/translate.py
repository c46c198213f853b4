"""English questions in the documents' words: by tables that a user can edit, then by a learnt lexicon."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Literal

from ingest.normalise import has_marks, key
from retrieval.bodies import body_at
from retrieval.tokens import STOP_ENGLISH

# Numbers of documents ("511/KH-UBND") and dates are one word; "non-poor" and "and/or" are two.
_WORD = re.compile(r"\d[\w.,/&-]*\w%?|\d%?|[A-ZĐ]{2,}(?:[-/&][A-ZĐ]{2,})+|[^\W_]+(?:['’&][^\W_]+)*%?")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)")
SYLLABLE = re.compile(r"(?:ngh?|[cgknpt]h|qu|gi|tr|[bcdghklmnrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?")
"""A syllable of Vietnamese without its marks."""
_LONGEST = 8
_UNITS = frozenset({"city", "province", "district", "town", "commune", "ward", "provincial"})
_LEARNT = 2
LEXICON = Path(__file__).with_name("models") / "planqa-lexicon" / "lexicon.tsv"
WORDS = LEXICON.with_name("words.tsv")
"""English words in small letters with how often they stand in the text that the lexicon was learnt from."""

Source = Literal["body", "glossary", "lexicon", "name", "number", "unknown"]
Choose = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words of an English question with what they may be in Vietnamese, the likeliest first.

    A name, a number and an unknown word stand for themselves. ``source`` is what knew the words, ``at`` the place of
    the first of them.
    """

    english: str
    vietnamese: tuple[str, ...]
    source: Source
    at: int


@cache
def glossary() -> Mapping[str, tuple[str, ...]]:
    """English phrase in lower case to its Vietnamese terms, from data/glossary.tsv."""
    table = (files("retrieval") / "data" / "glossary.tsv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        english, vietnamese = line.split("\t")[:2]
        found.setdefault(_POSSESSIVE.sub("", english.strip().lower()), []).append(vietnamese.strip())
    return {english: tuple(terms) for english, terms in found.items()}


def english_of(name: str) -> str:
    """What a name begins with in English ("Sở Tài chính tỉnh"), "" where the glossary does not know it.

    >>> english_of("Sở Tài chính")
    'Department of Finance'
    """
    words = key(name).split()
    known = _names()
    for length in range(len(words), 1, -1):
        english = known.get(" ".join(words[:length]))
        if english is not None:
            return english
    return ""


@cache
def _names() -> Mapping[str, str]:
    """Vietnamese name to its first English one, as data/glossary.tsv writes them; of names with capitals alone."""
    found: dict[str, str] = {}
    for line in (files("retrieval") / "data" / "glossary.tsv").read_text(encoding="utf-8").splitlines():
        english, _, vietnamese = line.partition("\t")
        name = vietnamese.split("\t")[0].strip()
        if not line.startswith("#") and name[:1].isupper() and english[:1].isupper():
            found.setdefault(key(name), english.strip())
    return found


@cache
def _phrases() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """The glossary by phrases without hyphens, and by the stems of their words, which catch every inflection."""
    exact: dict[str, list[str]] = {}
    stemmed: dict[str, list[str]] = {}
    for english, terms in glossary().items():
        words = [word.lower() for word in _WORD.findall(english)]
        exact.setdefault(" ".join(words), []).extend(terms)
        stemmed.setdefault(" ".join(map(stem, words)), []).extend(terms)
    return (
        {phrase: tuple(dict.fromkeys(terms)) for phrase, terms in exact.items()},
        {phrase: tuple(dict.fromkeys(terms)) for phrase, terms in stemmed.items()},
    )


@cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """English stem to the Vietnamese words that it was learnt to stand for, the likeliest first."""
    rows = (line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {word: tuple(terms) for word, *terms in rows}


def translate(text: str, choose: Choose | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Vietnamese terms of an English question, and the content words that have none.

    ``choose`` picks one of the words that one may stand for; without it the likeliest is taken. Vietnamese words, names
    and numbers in it stay as they are.
    """
    terms = read_terms(text)
    chosen = [
        term.vietnamese[0] if choose is None or len(term.vietnamese) == 1 else choose(term.vietnamese) for term in terms
    ]
    return tuple(chosen), tuple(term.english for term in terms if term.source == "unknown")


def read_terms(text: str) -> tuple[Term, ...]:
    """The words of an English question that carry matter, in Vietnamese order where a name stands before its body.

    >>> [term.vietnamese[0] for term in read_terms("Does Kien Giang's finance department report by 5 November?")]
    ['Sở Tài chính', 'Kien Giang', 'báo cáo', '05 tháng 11']
    """
    words = _WORD.findall(_amounts(_dates(_POSSESSIVE.sub("", _AT_LEVEL.sub(r"the \1-level ", text)))))
    starts = _starts(text, words)
    lower = [word.lower() for word in words]
    found: list[Term] = []
    at = 0
    while at < len(words):
        term, length = _term(words, lower, starts, at)
        if term is not None:
            found.append(term)
        at += length
    return tuple(_in_order(found))


# "At district level, the ethnic affairs office …": the office of the district.
_AT_LEVEL = re.compile(r"\b(?:at|on) (?:the )?(district|provincial|commune|city)[ -]level,? the ", re.IGNORECASE)


def _term(words: Sequence[str], lower: Sequence[str], starts: frozenset[int], at: int) -> tuple[Term | None, int]:
    """The term at a place, None for words that say nothing, and how many words it takes."""
    numbered = _part(lower, at)
    if numbered is not None:
        return numbered
    if (length := _quoted_length(words, lower, at)) > 1:
        return _made(words, at, length, (" ".join(words[at : at + length]),), "glossary"), length
    body = body_at(lower, at)
    if body is not None:
        return _made(lower, at, body.length, body.names, "body"), body.length
    composed = _composed(words, lower, at)
    if composed is not None:
        return composed, len(composed.english.split())
    if (length := _name_length(words, lower, starts, at)) > 0:
        # "Bac Kan city": the name says it.
        said = length + (at + length < len(words) and lower[at + length] in _UNITS)
        return _made(words, at, length, (" ".join(words[at : at + length]),), "name"), said
    exact, stemmed = _phrases()
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        part = lower[at : at + length]
        if length == 1 and part[0] in STOP_ENGLISH:
            break
        phrase = " ".join(part)
        terms = exact.get(phrase) or exact.get(_singular(phrase)) or stemmed.get(" ".join(map(stem, part)))
        if terms is not None:
            return _made(lower, at, length, terms, "glossary"), length
    word = words[at]
    if lower[at] in STOP_ENGLISH:
        return None, 1
    if any(letter.isdigit() for letter in word):
        return _made(words, at, 1, _number(word), "number"), 1
    if word.isupper() or has_marks(word) or not word.isascii():
        return _made(words, at, 1, (word,), "name"), 1
    found = _learnt(lower[at])
    if found is not None:
        return _made(lower, at, 1, *found), 1
    if lower[at].endswith("ly"):
        return None, 1  # "expressly": how, not what
    return _made(lower, at, 1, (word,), "unknown"), 1


def _learnt(word: str) -> tuple[tuple[str, ...], Source] | None:
    """What a word that the glossary has not may be: "weakest" by that, other words by the lexicon."""
    exact, stemmed = _phrases()
    learnt = lexicon().get(stem(word))
    if (learnt is None or word.endswith("est")) and (base := _positive(word)):
        terms = exact.get(base) or stemmed.get(stem(base))
        if terms is not None:
            return terms, "glossary"
    return (learnt[:_LEARNT], "lexicon") if learnt is not None else None


def _positive(word: str) -> str:
    """The plain form of "weakest", "bigger" and "drier", where it may be one; "" for any other word.

    >>> [_positive(word) for word in ("weakest", "bigger", "driest", "larger", "water")]
    ['weak', 'big', 'dry', 'large', 'wat']
    """
    match = re.fullmatch(r"([a-z]{2,})(?:er|est)", word)
    if match is None:
        return ""
    base = match.group(1)
    if base.endswith("i"):
        return f"{base[:-1]}y"
    doubled = re.fullmatch(r"(.*[aeiou]([bdgmnpt]))\2", base)
    if doubled is not None:
        return doubled.group(1)
    return f"{base}e" if f"{base}e" in _phrases()[0] else base


def _quoted_length(words: Sequence[str], lower: Sequence[str], at: int) -> int:
    """How many words from here on are a Vietnamese term in small letters: "vốn đối ứng", "cho không"."""
    length = 0
    while at + length < len(words) and words[at + length].islower() and _is_vietnamese(words, lower, at + length):
        length += 1
    return length


def _is_vietnamese(words: Sequence[str], lower: Sequence[str], at: int) -> bool:
    """Whether a word has marks, or is a syllable that no English table knows beside one that has."""
    if has_marks(words[at]):
        return True
    plain = SYLLABLE.fullmatch(lower[at]) is not None and lower[at] not in STOP_ENGLISH
    beside = any(has_marks(word) and word.islower() for word in (*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]))
    return plain and beside and stem(lower[at]) not in lexicon() and not _known(lower, at)


_ROOMS = {"division": "Phòng", "office": "Phòng", "section": "Phòng", "department": "Sở", "board": "Ban"}
_JOINED = (" - ", " và ")


def _composed(words: Sequence[str], lower: Sequence[str], at: int) -> Term | None:
    """The name in capitals of a body that no table has, out of its two fields: "Planning and Propaganda Division"."""
    if len(words) < at + 4 or lower[at + 1] != "and" or not (words[at][:1] + words[at + 2][:1]).isupper():
        return None
    exact, _ = _phrases()
    head = _ROOMS.get(lower[at + 3])
    fields = product(exact.get(lower[at], ()), _JOINED, exact.get(lower[at + 2], ()))
    names = tuple(f"{head} {one[:1].upper()}{one[1:]}{join}{two[:1].upper()}{two[1:]}" for one, join, two in fields)
    return _made(lower, at, 4, names, "body") if head is not None and names else None


_PARTS = {
    "project": "dự án",
    "subproject": "tiểu dự án",
    "sub project": "tiểu dự án",
    "component": "dự án",
    "content": "nội dung",
}


_SMALL_NUMBERS = {
    word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_TIMES = {"month": "tháng", "year": "năm", "quarter": "quý", "day": "ngày", "week": "tuần"}


def _part(lower: Sequence[str], at: int) -> tuple[Term, int] | None:
    """What a number stands with: "sub-project no. 2", "number 2152", "six months"."""
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if lower[at] in ("number", "no", "numbered") and after.isdigit():
        return _made(lower, at, 2, (f"số {after}",), "number"), 2
    if lower[at] in _SMALL_NUMBERS and after.removesuffix("s") in _TIMES:
        spelt = f"{_SMALL_NUMBERS[lower[at]]} {_TIMES[after.removesuffix('s')]}"
        return _made(lower, at, 2, (spelt,), "number"), 2
    for length in (2, 1):
        name = _PARTS.get(" ".join(lower[at : at + length]).removesuffix("s"))
        number = at + length + (lower[at + length : at + length + 1] in (["no"], ["number"]))
        if name is not None and number < len(lower) and lower[number].isdigit():
            size = number + 1 - at
            return _made(lower, at, size, (f"{name} {lower[number]}",), "number"), size
    return None


def _made(words: Sequence[str], at: int, length: int, vietnamese: tuple[str, ...], source: Source) -> Term:
    return Term(english=" ".join(words[at : at + length]), vietnamese=vietnamese, source=source, at=at)


def _name_length(words: Sequence[str], lower: Sequence[str], starts: frozenset[int], at: int) -> int:
    """How many words from here on are a name: capitals that no table knows; small ones with marks go on with it."""
    length = 0
    while at + length < len(words) and _may_be_name(words[at + length]):
        # "Then" and "An" are syllables of names where another capital follows.
        goes_on = lower[at + length] in STOP_ENGLISH and _capital(words, at + length + 1)
        # "Long" of "Tà Long" is a syllable of the name that has marks before it.
        goes_on = goes_on or (
            length > 0 and has_marks(words[at + length - 1]) and SYLLABLE.fullmatch(lower[at + length]) is not None
        )
        if _known(lower, at + length) and not goes_on:
            break
        length += 1
    if length and at in starts and not has_marks(words[at]):
        first = lower[at]
        if first in STOP_ENGLISH or (length == 1 and stem(first) in lexicon()):
            return 0
    if length == 1 and lower[at] in STOP_ENGLISH:
        return 0
    while length and at + length < len(words) and _goes_on(lower, words[at + length], at + length):
        length += 1
    return length


def _goes_on(lower: Sequence[str], word: str, at: int) -> bool:
    """Whether a small word belongs to the name before it: "Phòng Dân tộc", "Hoi Lien hiep Phu nu"."""
    if _may_be_name(word):
        return not _known(lower, at)
    if not word.islower():
        return False
    return has_marks(word) or (
        SYLLABLE.fullmatch(word) is not None and stem(word) not in lexicon() and not _known(lower, at)
    )


def _capital(words: Sequence[str], at: int) -> bool:
    return at < len(words) and _may_be_name(words[at])


def _may_be_name(word: str) -> bool:
    return word[:1].isupper() and (len(word) == 1 or not word.isupper())


def _known(lower: Sequence[str], at: int) -> bool:
    """Whether a table has words that start here."""
    exact, stemmed = _phrases()
    if body_at(lower, at) is not None or lower[at] in _UNITS:
        return True
    for length in range(min(_LONGEST, len(lower) - at), 0, -1):
        phrase = " ".join(lower[at : at + length])
        if length == 1 and phrase in STOP_ENGLISH:
            return True
        if phrase in exact or _singular(phrase) in exact or " ".join(map(stem, lower[at : at + length])) in stemmed:
            return True
    return False


def _starts(text: str, words: Sequence[str]) -> frozenset[int]:
    """The places of words that open a sentence, whose capital says nothing."""
    opening = {match.group(1) for match in re.finditer(r"(?:^|[.?!:;]\s+|[\"“(]\s*)([^\W_]+)", text)}
    return frozenset(at for at, word in enumerate(words) if word in opening)


def _in_order(terms: Sequence[Term]) -> list[Term]:
    """The terms with a name after the body or the plan that it stands before: "Kien Giang's finance department"."""
    found = list(terms)
    for at in range(len(found) - 1):
        if found[at].source == "name" and found[at + 1].source == "body":
            found[at], found[at + 1] = found[at + 1], found[at]
    return found


MONTHS = tuple("january february march april may june july august september october november december".split())
"""The English names of the months, in lower case."""
_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d{2}))?"
_DATES = (
    re.compile(rf"\b(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}\b{_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b{_YEAR}"),
)
_TH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")


def _dates(text: str) -> str:
    """Dates of English as "05/11/2021" or "05/11"; ordinals lose their ending.

    >>> _dates("by the 5th of November, or on March 4, 2021, the 15th")
    'by 05/11, or on 04/03/2021, the 15'
    """

    def written(match: re.Match[str]) -> str:
        month = 1 + MONTHS.index(match.group("month").lower())
        year = f"/{match.group('year')}" if match.group("year") else ""
        return f"{int(match.group('day')):02}/{month:02}{year}"

    for pattern in _DATES:
        text = pattern.sub(written, text)
    return _TH.sub(r"\1", text)


_SCALE = {"thousand": "nghìn", "million": "triệu", "billion": "tỷ", "bn": "tỷ"}
_AMOUNT = re.compile(
    r"\b(?:VND\s*)?(?P<number>\d[\d.,]*)\s*(?P<scale>thousand|million|billion|bn)\b"
    r"(?:\s*(?:of\s+)?(?:VND|VNĐ|dongs?|đồng|Vietnamese dongs?))?",
    re.IGNORECASE,
)


def _amounts(text: str) -> str:
    """Amounts and quarters as documents write them.

    >>> _amounts("7,011 million dong and 13.5 billion VND")
    '7.011 triệu đồng and 13,5 tỷ đồng'
    >>> _amounts("1,000 days, 2.5% and section 3.10")
    '1.000 days, 2,5% and section 3.10'
    """

    def written(match: re.Match[str]) -> str:
        number = match.group("number").translate(str.maketrans(".,", ",."))
        return f"{number} {_SCALE[match.group('scale').lower()]} đồng"

    text = _QUARTER.sub(lambda found: f"quý {_ROMAN[int(found.group(1)) - 1]}", _AMOUNT.sub(written, text))
    return _DECIMALS.sub(r"\1,\2", _THOUSANDS.sub(lambda found: found.group().replace(",", "."), text))


_QUARTER = re.compile(r"\bQ([1-4])\b")
_ROMAN = ("I", "II", "III", "IV")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]*\d)")
_DECIMALS = re.compile(r"(?<![\d.,])(\d+)\.(\d+)(?=\s*(?:%|per ?cent\b|times\b|percentage points?\b))")


def _number(word: str) -> tuple[str, ...]:
    """A number with the other ways in which documents write it: a date with the word "tháng"."""
    date = re.fullmatch(r"(\d{2})/(\d{2})(/\d{4})?", word)
    if date is None:
        return (word,)
    day, month, year = date.groups()
    spelt = f"{day} tháng {month}" + (f" năm {year[1:]}" if year else "")
    return (spelt, word)


_BRITISH = re.compile(r"(\w{3}[^aeiou\W]?)is(?=(?:e|es|ed|ing|ation|ations)$)")


def stem(word: str) -> str:
    """A word without its endings of number and tense, and without a final "e": no dictionary form.

    >>> [stem(word) for word in ("approve", "approves", "approved", "approving", "cities", "city")]
    ['approv', 'approv', 'approv', 'approv', 'cit', 'cit']
    >>> stem("organisations") == stem("organization")
    True
    """
    word = (
        _BRITISH.sub(r"\1iz", word)
        .replace("programme", "program")
        .replace("labour", "labor")
        .replace("centre", "center")
    )
    for ending in ("ies", "ing", "ied", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2 and not (ending == "s" and word.endswith("ss")):
            return word[: -len(ending)]
    return word


def _singular(phrase: str) -> str:
    if phrase.endswith("ies"):
        return phrase[:-3] + "y"
    if phrase.endswith("s") and not phrase.endswith("ss"):
        return phrase[:-1]
    return re.sub(r"(?:ing|ed)$", "", phrase)
