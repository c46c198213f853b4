"""Where a question names documents: by place, number, issuing body and year, one after the other.

"kế hoạch 476 của UBND tỉnh Bắc Giang" is one mention of one document: what stands next to each other names it
together. "Kế hoạch 42 và kế hoạch của Ban Dân tộc Bắc Giang" are two, of different documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.normalise import fold, has_marks, key
from retrieval.answer.library import Book
from retrieval.answer.places import NAMED_PLACE, own_places
from retrieval.answer.terms import content
from retrieval.tokens import syllables
from retrieval.translate import MONTHS, glossary

_PLAN = r"(?:ke hoach|quyet dinh|van ban|nghi quyet|nghi dinh|thong tu|(?<!phap )luat|kh|qd|plans?|decisions?|documents?|papers?|decrees?|circulars?)"
# What may stand between the words that name one document together.
_JOINED = re.compile(
    rf"[\s(),]*(?:(?:cua|do|tai|o|tinh|huyen|thanh pho|tp\.?|thi xa|ubnd|uy ban nhan dan|so|ban hanh|ky|ra|hoi|vao|nam|ngay|thang|{_PLAN}|ve|of|by|from|in|the|for|'s|’s|issued"
    r"|province|provincial|district|city|people'?s committee|committee|[\d/]+(?:/?(?:kh|qd|nq)-\w+)?)[\s(),]*)*"
)
_PROMULGATES = re.compile(r"(?:(?:v/v|ve viec|ve) )?(?:ban hanh|phe duyet)(?: kem theo)? (?P<kind>ke hoach|de an)\b")
# What a plan carries out tells it: "kế hoạch thực hiện Quyết định 2152", "the plans under Decision 2152".
_CARRIED_OUT = re.compile(
    r"\b(?:thuc hien|thi hanh|trien khai|theo|cu the hoa|under|implement\w*|carr\w+ out)(?: (?:the|viec|cac))? (?:quyet dinh|nghi quyet|chi thi|chuong trinh|qd|nq|decision|resolution|directive)"
    r"(?: (?:so|no\.?))? 0*(\d{2,5})\b"
)
_COMMA = re.compile(r"\s*,\s*$")
_DISTRICT = re.compile(r"(?:huyen|thanh pho|tp\.?|thi xa|quan|district|city|town)\s*$")
_BELONGS = re.compile(r"\s*[,(]?\s*(?:thuoc |cua )?(?:tinh|province)\s*$")
# What says that a body is named as the one that issued a plan.
_ISSUES = re.compile(
    rf"\b{_PLAN}(?: so \S+|(?: nam)? \d{{4}})*(?: ban hanh)?(?: (?:cua|do|of|by|from|tu))?(?: the)?\s*$|\b(?:o|tai)\s*$"
)
_WHICH_OF = re.compile(rf"\b(?:which|what) {_PLAN} (?:of|by|from)(?: the)? $")
_AND = re.compile(r"\s*(?:va|voi|con|so voi|hay|hoac|and|or|with|than|versus|vs\.?|,)\s*(?:(?:cua|of|by) )?(?:the )?$")
_PLAN_AFTER = re.compile(r"(?:'s|’s)? (?:\w+ )?(?:plan|document|paper)\b")
# What a body says in its plan, and no task that another gives it: "the ethnic affairs committee promises", "… wants".
_SPEAKS = re.compile(
    r"(?:'s|’s)? (?:(?:also|itself|now|only|even|has|have|had|is|was) )*(?:wants?|wanted|intend(?:s|ed|ing)?|hopes?|hoped|hoping|aims?|aimed|aiming|expects?|expected|promis(?:e|es|ed|ing)"
    r"|refer(?:s|red|ring)?|mention(?:s|ed)?|talks?|talked|talking|speaks?|spoke|writes?|wrote|says|said|cites?|cited|quotes?|quoted|counts?|settles? for|foresees?|envisages?|announced?|announces)\b"
)
_SAID_BY = re.compile(f"(?:{_PLAN_AFTER.pattern}|{_SPEAKS.pattern})")
# "The Bac Giang board's plan": a body by its kind alone, where no other of the place that has a plan is of that kind.
_HEADS = {"ban": "board", "so": "department", "chi cuc": "sub-department", "phong": "division|office"}
# "The 2021 international cooperation plan".
_EARLY = re.compile(
    r"(?:'s|’s)? (?:(?!(?:does|do|did|is|are|was|were|the|a|how|what|which|who|in|to|under|for|by|will|according)\b)[a-z]+ ){0,4}(?:plan|document|paper)\b"
)
# Words that ask for each of the documents of a place.
_EACH = re.compile(
    rf"\b(?:(?:ca|giua) )?(?:hai|ba|cac|2|3) (?:{_PLAN}|ben|noi)\b|\bmoi (?:{_PLAN}|ben)\b|\b(?:both|two|each|either|three)(?: \w+){{0,4}} {_PLAN}\b"
)
_SEVERAL = 4
_SUBJECT = 90  # letters
_MOSTLY = 0.8
_TELLING_ONE = 2  # where only one has them
_TELLING = 3  # words of a title that tell it
_LEVELS = re.compile(
    rf"\b{_PLAN}(?: so \S+|(?: nam)? \d{{4}})*(?:(?: cua| do)? (?:ubnd|uy ban nhan dan))? (?P<level>tinh|huyen|thanh pho|tp\.?|thi xa) $"
)
_LEVELS_AFTER = re.compile(
    r"(?:'s|’s)?(?: \d{4})? (?P<level>provincial|province|district|municipal|city|town)(?:'s|’s)?"
    rf"(?: (?:\d{{4}}|government(?:'s|’s)?|authorit(?:y|ies)(?:'s|’s)?))*(?: (?:\w+ )?(?:plan|paper)\b|{_SPEAKS.pattern})"
)
_LEVELS_OF = re.compile(
    r"\b(?:government|authorities|people'?s committee|plan|paper) of (?:the )?(?P<level>province|district|city) of $"
)
_IS_OF = re.compile(
    rf"\b(?:{_PLAN}|government|authorities|according to|says)(?: \d{{4}})?(?: of| by| from)?(?: the)? $"
)
_OF_LEVEL = re.compile(r" (?P<level>province|district|city)\b(?!'s|’s| \w+ (?:department|division|office|committee)\b)")
_LEVEL_NAMES = {
    "provincial": "tinh",
    "province": "tinh",
    "district": "huyen",
    "city": "thanh pho",
    "municipal": "thanh pho",
}
_LEVEL_NAMES |= {"town": "thi xa", "tp": "thanh pho", "tp.": "thanh pho"}
_LEAST_INITIALS = 2
_COMMITTEE = frozenset(("uy ban nhan dan", "ubnd"))
_BLANK = r"(?:['’]s?)? "
_POSSESSIVE = re.compile(_BLANK)
_PLAN_BEFORE = re.compile(rf"\b{_PLAN}(?! von)(?: \w+)?(?:(?: \w+){{0,4}} nam| for| of| in)?\s*$")
_IN_TITLE = re.compile(r"(?<!đến )\bnăm\s+((?:19|20)\d{2})\b(?!\s*[-–])", re.IGNORECASE)
_LEVEL = re.compile(r"\s+(?:tinh|huyen|thanh pho|thi xa)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a question (``start`` to ``end``, code points) that name the ``documents``.

    ``subject`` where they say what these are about, ``years`` that they say besides, ``only_year`` where nothing else.
    """

    start: int
    end: int
    documents: frozenset[str]
    subject: bool = False
    years: tuple[str, ...] = ()
    only_year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """What a question names as one: a document, or all of a place; the mentions are in order."""

    documents: frozenset[str]
    mentions: tuple[Mention, ...]


def parties(text: str, books: Sequence[Book], numbers: Mapping[str, str]) -> tuple[Party, ...]:
    """The documents that a question tells apart, in the order in which it names them; () where it does not.

    ``numbers`` are document numbers in lower case to ids.
    """
    folded = fold(text)
    named: dict[frozenset[str], list[Mention]] = {}
    for one in _of_one_subject(mentions(text, books, numbers)):
        if not one.only_year:
            named.setdefault(one.documents, []).append(one)
    found: list[Party] = []
    for documents, own in named.items():
        # "Kế hoạch của Ban Dân tộc Bắc Giang và kế hoạch của Bắc Giang": the second is the other one.
        inside = [others for others in named if others < documents]
        if inside and not any(
            _ISSUES.search(folded[: one.start]) or _LEVELS.search(folded[: one.start]) for one in own
        ):
            continue
        left = documents.difference(*inside)
        if left:
            found.append(Party(documents=left, mentions=tuple(own)))
    if len(found) == 1 and 1 < len(found[0].documents) <= _SEVERAL and _EACH.search(folded):
        return tuple(
            Party(documents=frozenset((book.info.id,)), mentions=())
            for book in books
            if book.info.id in found[0].documents
        )
    apart = all(not one.documents & other.documents for one in found for other in found if one is not other)
    return tuple(found) if len(found) > 1 and apart else ()


def _of_one_subject(found: Sequence[Mention]) -> list[Mention]:
    """Where all that is asked is of one subject, the places and numbers with it: "với kế hoạch viện trợ, ở A và ở B …"."""
    subjects = {one.documents for one in found if one.subject}
    if len(subjects) != 1:
        return list(found)
    (own,) = subjects
    return [replace(one, documents=one.documents & own or one.documents) for one in found if not one.subject]


def mentions(text: str, books: Sequence[Book], numbers: Mapping[str, str]) -> list[Mention]:
    """All mentions in order, those that name one document together as one."""
    folded = fold(text)
    single = _in_order((*_places(text, folded, books), *_numbers(folded, books, numbers), *_signers(folded, books)))
    single = _in_order((*single, *_issuers(folded, books, single)))
    single = _in_order((*single, *_kinds(folded, books, single)))
    single = _in_order((*single, *_months(folded, books, single)))
    single = _in_order((*single, *_years(folded, books, single)))
    single = _in_order((*single, *_subjects(folded, books, single)))
    found: list[Mention] = []
    shared: frozenset[str] = frozenset()  # "kế hoạch năm 2021 của A và của B": the year is of both
    for one in single:
        before = found[-1] if found else None
        gap = folded[before.end : one.start] if before is not None else ""
        if before is not None and shared and _AND.fullmatch(gap):
            one = replace(one, documents=one.documents & shared or one.documents)
        if before is not None and _JOINED.fullmatch(gap):
            both = before.documents & one.documents
            district = _BELONGS.fullmatch(gap) is not None and _DISTRICT.search(folded[: before.start]) is not None
            if (both and not _COMMA.match(gap)) or district:
                if before.subject or before.only_year:
                    shared = before.documents
                found[-1] = Mention(
                    start=before.start,
                    end=one.end,
                    documents=both or before.documents,
                    subject=before.subject and one.subject,
                    years=(*before.years, *one.years),
                    only_year=before.only_year and one.only_year,
                )
                continue
        if not _AND.fullmatch(gap):
            shared = frozenset()
        found.append(one)
    return found


def _in_order(found: Iterable[Mention]) -> list[Mention]:
    """Mentions in order; of those that overlap the first and longest."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _places(text: str, folded: str, books: Sequence[Book]) -> Iterator[Mention]:
    of: dict[str, set[str]] = {}
    for book in books:
        for place in own_places(book):
            of.setdefault(place, set()).add(book.info.id)
    marked = has_marks(text)
    for place, documents in of.items():
        for match in re.finditer(rf"\b{re.escape(fold(place))}\b", folded):
            said = text[match.start() : match.end()]
            # Where a question has marks, Hòa Bình is no hoa binh.
            if not marked or key(said) == key(place) or not has_marks(said):
                own = _of_level(folded, match, books) & documents
                yield Mention(start=match.start(), end=match.end(), documents=frozenset(own or documents))


def _of_level(folded: str, place: re.Match[str], books: Sequence[Book]) -> set[str]:
    """The plans of People's Committees of the level that is named: "kế hoạch tỉnh …", "…'s provincial plan"."""
    before, end = folded[: place.start()], place.end()
    found = (
        _LEVELS.search(before)
        or _LEVELS_OF.search(before)
        or _LEVELS_AFTER.match(folded, end)
        or (_OF_LEVEL.match(folded, end) if _IS_OF.search(before) else None)
    )
    level = _LEVEL_NAMES.get(found.group("level"), found.group("level")) if found is not None else ""
    start = f"ubnd {level}"
    return {book.info.id for book in books if level and any(name.startswith(start) for name in issuer_names(book))}


_SHORT_NUMBER = re.compile(r"0*(?P<digits>\d+)\s*/\s*(?P<year>(?:19|20)\d{2})\s*/")


def _numbers(folded: str, books: Sequence[Book], numbers: Mapping[str, str]) -> Iterator[Mention]:
    known = {book.info.id for book in books}
    of: dict[str, set[str]] = {}
    for number, document in numbers.items():
        if document in known and (short := _SHORT_NUMBER.match(fold(number))):  # "Nghị định 32/2024"
            for one in _all(
                rf"(?<![\d/])0*{short['digits']}\s*/\s*{short['year']}\b(?!\s?/\s?\w)", folded, (document,)
            ):
                yield replace(one, years=(short["year"],))
        if document in known:
            full = r"\s*".join(map(re.escape, re.findall(r"\w+|\W", fold(number))))
            yield from _all(rf"(?<![\d/])0*{full}(?![\w/])", folded, (document,))
            of.setdefault(re.split(r"\D", number.lstrip("0"))[0], set()).add(document)
    for digits, documents in of.items():
        if digits:
            yield from _all(
                rf"\b{_PLAN}(?: mang)?(?: so| number| no\.?)? 0*{digits}\b(?!\s?[/%]\s?\w|[.,]\d)", folded, documents
            )
    for place in _places(folded, folded, books):  # "kế hoạch Bắc Giang 476"
        match = re.compile(r"\s+(?:so )?0*(\d+)\b(?!\s?[/%]\s?\w|[.,]\d)").match(folded, place.end)
        if match is not None and of.get(match.group(1), set()) & place.documents:
            yield Mention(start=match.start(1), end=match.end(), documents=frozenset(of[match.group(1)]))
    # "kế hoạch 476 và 42"
    for match in re.finditer(rf"\b{_PLAN}(?: so)? (\d+)\s*(?:,|va|voi|and|hay|or)\s*(?:so )?(\d+)\b", folded):
        if match.group(1) in of and match.group(2) in of:
            yield Mention(start=match.start(2), end=match.end(2), documents=frozenset(of[match.group(2)]))
    # "Kế hoạch nào ban hành sau: 617 hay 556?"
    for match in re.finditer(
        rf"\b{_PLAN}\b.{{0,90}}?(?<![\d/.,]\b)\b(\d+),? (?:hay|or|va|and|voi|vs) (?:so )?(\d+)\b(?![/.,%]?\d|%)", folded
    ):
        if match.group(1) in of and match.group(2) in of and match.group(1) != match.group(2):
            for group in (1, 2):
                own = frozenset(of[match.group(group)])
                yield Mention(start=match.start(group), end=match.end(group), documents=own)


def _all(pattern: str, folded: str, documents: Iterable[str]) -> Iterator[Mention]:
    for match in re.finditer(pattern, folded):
        yield Mention(start=match.start(), end=match.end(), documents=frozenset(documents))


def _signers(folded: str, books: Sequence[Book]) -> Iterator[Mention]:
    """Who signed a document: "kế hoạch do ông … ký"."""
    of: dict[str, set[str]] = {}
    for book in books:
        if book.info.header.signer is not None and " " in book.info.header.signer.value.strip():
            of.setdefault(fold(" ".join(book.info.header.signer.value.split())), set()).add(book.info.id)
    for name, documents in of.items():
        yield from _all(rf"\b{re.escape(name)}\b", folded, documents)


def _issuers(folded: str, books: Sequence[Book], others: Sequence[Mention]) -> list[Mention]:
    """Bodies that are named as those that issued a plan: after "kế hoạch của", or joined to another mention by "and"."""
    of: dict[str, set[str]] = {}
    for book in books:
        for name in issuer_names(book):
            of.setdefault(name, set()).add(book.info.id)
    found: list[Mention] = list(_heads(folded, books))
    names = sorted(of, key=len, reverse=True)
    pattern = (
        re.compile(rf"\b(?:{'|'.join(re.escape(name).replace(chr(92) + ' ', _BLANK) for name in names)})\b")
        if names
        else None
    )
    for match in pattern.finditer(folded) if pattern is not None else ():
        before = folded[: match.start()]
        ends = [one.end for one in (*others, *found) if one.end <= match.start()]
        if _WHICH_OF.search(before):
            continue  # that is what is asked for
        after_one = bool(ends) and bool(found) and _AND.fullmatch(folded[max(ends) : match.start()]) is not None
        if _ISSUES.search(before) or _SAID_BY.match(folded, match.end()) or after_one:
            found.append(
                Mention(
                    start=match.start(), end=match.end(), documents=frozenset(of[_POSSESSIVE.sub(" ", match.group())])
                )
            )
    return found


_ENGLISH_KINDS = {
    "decree": "nghi dinh", "resolution": "nghi quyet", "decision": "quyet dinh", "report": "bao cao", "guideline": "huong dan",
    "guidelines": "huong dan", "guidance": "huong dan", "circular": "thong tu", "directive": "chi thi", "plan": "ke hoach",
    "programme": "chuong trinh", "scheme": "de an", "law": "luat",
}  # fmt: skip


def _kinds(folded: str, books: Sequence[Book], others: Sequence[Mention]) -> Iterator[Mention]:
    """Documents by what they are, where not all are so: "nghị định này", "bản báo cáo", "the 2024 decree".

    Not where a kind is named with a number, or asked for: those are cited ones. Nor where a place or a body that it
    stands beside has none of that kind: "kế hoạch của" a province that made a report means that one.
    """
    of: dict[str, set[str]] = {}
    for book in books:
        for name in _kinds_of(book):
            of.setdefault(name, set()).add(book.info.id)
    if len(of) < _TELLING_ONE:
        return
    english = "|".join(word for word, kind in _ENGLISH_KINDS.items() if any(name.startswith(kind) for name in of))
    kinds = sorted({name for name in of} | {" ".join(name.split()[:2]) for name in of}, key=len, reverse=True)
    pattern = re.compile(
        rf"(?:^(?:theo |trong |tai |o )?|\b(?:theo|trong|tai|o|cua|ban|vao|van ban) )(?P<kind>{'|'.join(map(re.escape, kinds))})\b(?= (?:nay|lien nganh|cua|ve|nam|do|thang|noi|quy dinh|cho|neu|co|ra|ky|duoc|mang|ban hanh)\b|,|\?|$)(?! (?:so )?(?:nao|gi|may|\d))"
        + (
            rf"|\b(?:(?:in|under|of) (?:the |this )?|the |this )(?:(?P<year>\d{{4}}) )?(?:\w+[ -]){{0,2}}(?P<english>{english})\b(?! (?:no|number|\d))"
            if english
            else ""
        )
    )
    for match in pattern.finditer(folded):
        spoken = match.groupdict()
        kind = spoken["kind"] or _ENGLISH_KINDS[spoken.get("english") or ""]
        own = frozenset(one for name, ids in of.items() if name.startswith(kind) for one in ids)
        if 0 < len(own) < len(books):
            group = "kind" if spoken["kind"] else "english"
            year = spoken.get("year") or ""
            dated = {book.info.id for book in books if (date := book.info.header.date) and date.value[:4] == year}
            said = year if own & dated else ""
            start = match.start("year") if said else match.start(group)
            beside = [one.documents & own for one in others if _beside(folded, one, start, match.end(group))]
            if beside and not any(beside):
                continue
            yield Mention(start=start, end=match.end(group), documents=own, years=(said,) if said else ())


def _kinds_of(book: Book) -> Iterator[str]:
    """What a document is, and what it promulgates: a decision "Ban hành Kế hoạch …" is called a plan too."""
    header = book.info.header
    if header.kind is not None:
        yield " ".join(syllables(header.kind.value))
    annexed = _PROMULGATES.match(fold(header.title.value)) if header.title is not None else None
    if annexed is not None:
        yield annexed.group("kind")


def _beside(folded: str, other: Mention, start: int, end: int) -> bool:
    """Whether another mention and the words from ``start`` to ``end`` name one thing: "kế hoạch của Đắk Nông"."""
    gap = folded[other.end : start] if other.end <= start else folded[end : other.start]
    return not _COMMA.match(gap) and _JOINED.fullmatch(gap) is not None


def _heads(folded: str, books: Sequence[Book]) -> Iterator[Mention]:
    """Bodies that English names by their kind alone, behind their place: "the Bac Giang board's plan"."""
    for book in books:
        kinds = [
            english for head, english in _HEADS.items() if any(n.startswith(f"{head} ") for n in issuer_names(book))
        ]
        for kind in kinds:
            places = "|".join(re.escape(fold(place)) for place in own_places(book))
            for match in re.finditer(rf"\b(?:{places})(?:'s|’s)? (?:{kind})\b", folded):
                if _SAID_BY.match(folded, match.end()):
                    start = match.end() - len(match.group().split()[-1])
                    yield Mention(start=start, end=match.end(), documents=frozenset((book.info.id,)))


def _years(folded: str, books: Sequence[Book], others: Sequence[Mention]) -> Iterator[Mention]:
    """Years of plans: "kế hoạch năm 2023", "Bắc Giang 2021", "the 2023 plan"."""
    of: dict[str, set[str]] = {}
    for book in books:
        header = book.info.header
        years = {header.date.value[:4]} if header.date is not None else set()
        title = header.title.value if header.title is not None else ""
        for year in years | set(_IN_TITLE.findall(title)):
            of.setdefault(year, set()).add(book.info.id)
    ends = {one.end for one in others}
    for match in re.finditer(r"(?<![\d/.-])(?:(?:19|20)\d{2})\b(?!\s*[-–/]\s*\d)", folded):
        if match.group() not in of:
            continue
        before = folded[: match.start()]
        after_place = any(
            folded[end : match.start()].strip(" (,") in ("", "nam") for end in ends if end <= match.start()
        )
        titled = _titled(before, books) & of[match.group()]
        if titled or _PLAN_BEFORE.search(before) or _EARLY.match(folded, match.end()) or after_place:
            documents = frozenset(titled or of[match.group()])
            yield Mention(
                start=match.start(), end=match.end(), documents=documents, years=(match.group(),), only_year=True
            )


# "Kế hoạch tháng 10/2023", "the October 2023 plan": the month of a plan's date says which it is.
_MONTH = re.compile(
    r"(?<![\d/.-])(?:(?:ngay )?\d{1,2}(?:\s*[/.-]\s*| thang ))?(?:thang )?(?P<month>0?[1-9]|1[0-2])\s*(?:[/.-]|,? nam)\s*(?P<year>(?:19|20)\d{2})\b(?!\s*[-–/]\s*\d)"
    rf"|\b(?:\d{{1,2}} )?(?P<name>{'|'.join(MONTHS)}),? (?P<of>(?:19|20)\d{{2}})\b"
)
_DATED = r"(?:(?:ra|ky|hoi|vao|ngay|thang|ban hanh|lap|lam|from|of|dated|issued|in)\s+)*"
_PLAN_DATED = re.compile(rf"\b{_PLAN}(?: so \S+)?(?: nay)? {_DATED}$")


def _months(folded: str, books: Sequence[Book], others: Sequence[Mention]) -> Iterator[Mention]:
    """Months in which plans were issued, beside a plan or who issued it."""
    of: dict[tuple[int, str], set[str]] = {}
    for book in books:
        date = book.info.header.date.value if book.info.header.date is not None else ""
        if len(date) >= len("2023-10"):
            of.setdefault((int(date[5:7]), date[:4]), set()).add(book.info.id)
    ends = {one.end for one in others}
    for match in _MONTH.finditer(folded):
        name = match.group("name")
        month = MONTHS.index(name) + 1 if name else int(match.group("month"))
        year = match.group("of") or match.group("year")
        own = of.get((month, year))
        before = folded[: match.start()]
        after_other = any(re.fullmatch(rf"[ (,]*{_DATED}", folded[end : match.start()]) for end in ends)
        if own and (_PLAN_DATED.search(before) or _EARLY.match(folded, match.end()) or after_other):
            documents = frozenset(own)
            yield Mention(start=match.start(), end=match.end(), documents=documents, years=(year,), only_year=True)


_TITLED = re.compile(rf"\b{_PLAN}((?: \w+){{2,10}}) (?:nam )?$")


def _titled(before: str, books: Sequence[Book]) -> set[str]:
    """The documents whose titles have most words behind "kế hoạch" at the end of a text: "kế hoạch hợp tác quốc tế 2021"."""
    match = _TITLED.search(before)
    if match is None or len(content(match.group(1).split())) < _TELLING_ONE:
        return set()
    said = set(match.group(1).split())
    titles = {book.info.id: book.info.header.title for book in books}
    return {
        one
        for one, title in titles.items()
        if title is not None and len(said & _title_words(title.value)) >= _MOSTLY * len(said)
    }


def _subjects(folded: str, books: Sequence[Book], others: Sequence[Mention]) -> Iterator[Mention]:
    """What a plan is about, in words of its title, or by what it carries out: "kế hoạch vận động viện trợ"."""
    titles = {
        book.info.id: _title_words(book.info.header.title.value) for book in books if book.info.header.title is not None
    }
    for match in _CARRIED_OUT.finditer(folded):
        own = frozenset(book.info.id for book in books if match.group(1) in book.carries_out)
        if own and len(own) < len(books):
            yield Mention(start=match.start(), end=match.end(), documents=own, subject=True)
    for match in re.finditer(
        rf"\b{_PLAN}(?: (?:ve|thuc hien|trien khai))*(?= (?!cua|o|tai|so|nam|nay|do|tinh|huyen|of|by|from|for)\b)",
        folded,
    ):
        rest = list(re.finditer(r"\w+", folded[: match.end() + _SUBJECT]))
        words = [one for one in rest if one.start() >= match.end()]
        best: dict[str, int] = {}
        for document, title in titles.items():
            best[document] = next((at for at, one in enumerate(words) if one.group() not in title), len(words))
        longest = max(best.values(), default=0)
        said = [one.group() for one in words[:longest]]
        end = words[longest - 1].end() if longest else 0
        free = not any(one.start < end and match.start() < one.end for one in others)
        if len(content(said)) >= _TELLING_ONE and free:
            chosen = frozenset(
                document
                for document, title in titles.items()
                if len(title.intersection(said)) >= _MOSTLY * len(set(said))
            )
            chosen = _of_kind(match.group(), chosen, books)
            if len(chosen) == 1 or (len(content(said)) >= _TELLING and len(chosen) < len(books)):
                yield Mention(start=match.start(), end=end, documents=chosen, subject=True)


_LEGAL = ("quyet dinh", "nghi quyet", "nghi dinh", "thong tu", "luat")


def _of_kind(named: str, chosen: frozenset[str], books: Sequence[Book]) -> frozenset[str]:
    """Of documents told by their subject those of the kind that is named: "quyết định công nhận …" is no circular."""
    kind = next((one for one in _LEGAL if named.startswith(one)), "")
    kinds = {book.info.id: book.info.header.kind for book in books}
    return frozenset(
        one
        for one in chosen
        if not kind or ((own := kinds[one]) is not None and " ".join(syllables(own.value)).startswith(kind))
    )


def issuer_names(book: Book) -> tuple[str, ...]:
    """What a document's issuing body is called, folded, without its place: "uy ban nhan dan tinh", "ubnd tinh"."""
    issuer = book.info.header.issuer
    return _names(issuer.value) if issuer is not None else ()


@lru_cache(maxsize=1000)
def _names(issuer: str) -> tuple[str, ...]:
    name = " ".join(syllables(NAMED_PLACE.sub(lambda found: found.group().removesuffix(found.group(1)), issuer)))
    core = _LEVEL.sub("", name)
    names = {core} if core not in _COMMITTEE else {name}
    names |= {one.replace("uy ban nhan dan", "ubnd") for one in names}
    names |= {one.replace("ubnd", "uy ban nhan dan") for one in names}
    names |= {
        english
        for english, vietnamese in glossary().items()
        if " ".join(syllables(vietnamese[0])) in (core, name) and " " in english
    }
    initials = "".join(word[0] for word in core.split())
    return tuple(sorted((names | {initials} if len(initials) > _LEAST_INITIALS else names) - _COMMITTEE))


@lru_cache(maxsize=1000)
def _title_words(title: str) -> frozenset[str]:
    return frozenset(syllables(title))
