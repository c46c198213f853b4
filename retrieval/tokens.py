"""Tokens: segmented Vietnamese words, and folded syllables, with numbers and abbreviations taken care of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ingest.normalise import CAPITALS, fold, key, one_y

BREAK = "|"
"""Stands where words were left out, so that their neighbours make no pair."""
_TOKEN = re.compile(r"[^\W_]+(?:[./&-][^\W_]+)*%?|\|")
_DEFINED = re.compile(
    r"((?:[^\s()]{1,30}\s+){1,12})\((?:sau đây (?:gọi|viết) tắt là\s*|viết tắt là\s*|gọi tắt là\s*)?([A-ZĐ][A-ZĐ&-]{1,9})\)"
)
# English words that carry no matter.
_ENGLISH = """
the of in to for a an is are was were be by on at and or what which who whose when where how does do did much many
please tell me about this that it its their from with as will under should have has been any there give can could would
according must i you we us s he she they them whether if not no so than then also
come comes came coming from get gets got getting give gives take takes taken go goes gone hv
pls plz plse thx thanks r u y hw wat w versus vs until till regarding regarded mention mentions without every everybody
somebody thing things further beforehand inside hit hits hitting doesnt dont isnt arent wasnt cant
put puts set sets let lets out over up next other others another each one ones both still together into onto want wants hope hopes
intend intends mean means meant named called listed mentioned stated said kind kinds type types sort sorts exactly actually
else more again overall only just own between among through during within per via
may might shall cannot did been being had having ought supposed expected going able intend intended aims aiming seeks
these those here such very too rather instead since while because though although besides about across upon per how
everything anything something someone anyone everyone ever yet already once given judging dealing having let
isn't aren't doesn't don't didn't won't wasn't weren't hasn't haven't can't couldn't shouldn't wouldn't what's who's where's when's how's that's there's it's
i'd i'm i've we'd we're we've they're you're let's
ago always anybody anymore anywhere apart away but couldn don done especially her hers herself him himself his however itself lots
maybe my myself oh ok otherwise our ours pretty probably quite really say says seem seems simply some sometimes sorry sure
themselves truly unless wouldn yes your yours definitely honestly seriously
"""
STOP_ENGLISH = frozenset(_ENGLISH.split())
# pyvi breaks "2152/QĐ-TTg", "18/12/2020" and "7.011": they are kept out of its way.
_KEPT = re.compile(r"\d[\d.,/-]*(?:[/-]?[A-Za-zĐđ][\wĐđ&-]*)?%?|[A-Za-zĐđ]+(?:[&/-][A-Za-zĐđ]+)+")
_WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)*")


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Folded abbreviation to the folded syllables it stands for, from data/abbreviations.tsv."""
    table = (files("retrieval") / "data" / "abbreviations.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {fold(short): tuple(fold(full).split()) for short, full in rows}


@cache
def synonyms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Groups of words of one meaning, each word by its syllables, from data/synonyms.tsv."""
    table = (files("retrieval") / "data" / "synonyms.tsv").read_text(encoding="utf-8")
    lines = (line for line in table.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(tuple(key(word).split()) for word in line.split("\t") if word.strip()) for line in lines)


# "Ghi chú: NST: ngân sách tỉnh; TB là muối trải bạt": what the heads of a table are short for.
_LEGEND = re.compile(
    r"^[\W_]*(?:ghi chú|chú thích|chú giải|(?:các )?(?:từ|chữ) viết tắt|viết tắt|ký hiệu)\b.{3,400}$",
    re.IGNORECASE | re.MULTILINE,
)
_EXPLAINED = re.compile(r"(?<![\w/-])([A-ZĐ][A-ZĐ&]{1,7})\s*(?::|=|là)\s*([^;,.()|\d]{4,60})")


def defined_abbreviations(text: str) -> dict[str, tuple[str, ...]]:
    """Abbreviations that a text defines itself, "hộ kinh doanh (HKD)" or in a legend; the initials must agree."""
    found: dict[str, tuple[str, ...]] = {}
    for match in _DEFINED.finditer(text):
        letters = re.sub(r"[^a-z]", "", fold(match.group(2)))
        words = [word for word in re.findall(r"[a-z]+", fold(match.group(1)))]
        tail = words[-len(letters) :]
        if len(letters) > 1 and "".join(word[0] for word in tail) == letters:
            found[fold(match.group(2))] = tuple(tail)
    for line in _LEGEND.finditer(text):
        for match in _EXPLAINED.finditer(line.group()):
            letters = re.sub(r"[^a-z]", "", fold(match.group(1)))
            words = re.findall(r"[a-z]+", fold(match.group(2)))
            initials = iter(word[0] for word in words)
            if len(words) > 1 and all(letter in initials for letter in letters):
                found.setdefault(fold(match.group(1)), tuple(words))
    return found


def marked_syllables(text: str, extra: Mapping[str, tuple[str, ...]] | None = None) -> list[str]:
    """The syllables of a text in lower case with their marks, abbreviations written out.

    Numbers, dates and document numbers are one token each. ``extra`` are abbreviations that a document defines itself,
    folded, with their folded syllables.
    """
    known = _spelt_out()
    found: list[str] = []
    for token in _TOKEN.findall(one_y(key(text))):
        full = known.get(token) or _extra(token, extra)
        if full is not None:
            found.extend(full.split())
        elif token.isalpha() or token == BREAK or any(letter.isdigit() for letter in token):
            found.append(token)
        else:
            for piece in re.split(r"[./&-]", token):
                if piece:
                    found.extend((known.get(piece) or _extra(piece, extra) or piece).split())
    return found


def _extra(token: str, extra: Mapping[str, tuple[str, ...]] | None) -> str | None:
    full = extra.get(fold(token)) if extra else None
    return " ".join(full) if full is not None else None


def syllables(text: str, extra: Mapping[str, tuple[str, ...]] | None = None) -> list[str]:
    """The same without marks."""
    return [fold(token) for token in marked_syllables(text, extra)]


@cache
def _chat_words() -> Mapping[str, str]:
    """What is typed on a telephone, in small letters, to what it stands for, from data/chat.tsv."""
    table = (files("retrieval") / "data" / "chat.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in table.splitlines() if "\t" in line)


@cache
def _chat() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/&-])(?:{'|'.join(map(re.escape, _chat_words()))})(?![\w/&-])")


@cache
def _spelt_out() -> Mapping[str, str]:
    """Lower-case abbreviation to its full words, with marks."""
    table = (files("retrieval") / "data" / "abbreviations.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {key(short): key(full) for short, full in rows}


_SHORT = re.compile(r"(?<![\w/&-])[A-ZĐ][A-ZĐ&]{1,9}(?![\w/&-])")

# "Giá nhiêu?" asks as "bao nhiêu" does, "mấy tr" counts millions, "h.phú lương" is a district, "t8/2023" a month.
_TYPED = (
    (re.compile(r"(?<!bao )(?<!\w)(?:nhiêu+|nhiu+)(?!\w)", re.IGNORECASE), "bao nhiêu"),
    (re.compile(r"(?<!\w)(bao nhi[eê]u|m[aấ]y|\d[\d.,]*)\s?tr(?![\w.])", re.IGNORECASE), r"\1 triệu"),
    (re.compile(r"(?<![\w.])h\.\s?(?=[^\W\d_]{2})"), "huyện "),
    (re.compile(r"(?<!\w)đk(?=\s*(?:ạ|z|vậy|nhỉ|nha|ha|hả)?\s*(?:\?|$))"), "đúng không"),
    (re.compile(r"(?<!\w)đk(?= (?:gì|thế nào|ntn|như|ra sao|là)(?!\w))"), "điều kiện"),
    (re.compile(r"(?<![\w/(])b/c(?![\w/)])"), "báo cáo"),
    (re.compile(r"(?<![\w/])[tT](?=\d{1,2}/20\d\d\b)"), "tháng "),
)
_WARD = re.compile(rf"(?<=UBND )P\.\s?(?=[{CAPITALS}])")  # "UBND P. Yên Bái"
_DIVISION = re.compile(rf"\bP\.\s?(?=[{CAPITALS}])")  # "P. TC-KH"
_DOTTED = re.compile(rf"\b(TP|TX|TT|Tp)\.\s?(?=[{CAPITALS}])")


def spell_out(text: str) -> str:
    """A text with its abbreviations in capitals written out; numbers of documents stay.

    >>> spell_out("QĐ nào của TTCP, theo KH 476/KH-UBND?")
    'quyết định nào của thủ tướng chính phủ, theo kế hoạch 476/KH-UBND?'
    >>> spell_out("Vốn là bn trđ?")
    'Vốn là bao nhiêu triệu đồng?'
    >>> spell_out("TP.HCM")
    'thành phố hồ chí minh'
    >>> spell_out("giá nhiêu 1 ng, tổng mấy tr?")
    'giá bao nhiêu 1 người, tổng mấy triệu?'
    """
    text = _DIVISION.sub("Phòng ", _WARD.sub("phường ", text))
    text = _chat().sub(lambda short: _chat_words()[short.group()], _DOTTED.sub(r"\1 ", text))
    for pattern, meant in _TYPED:
        text = pattern.sub(meant, text)
    return _SHORT.sub(lambda short: _spelt_out().get(key(short.group()), short.group()), text)


def words(text: str) -> list[str]:
    """The words of a text in lower case, segmented, and the syllables of words of several syllables.

    Abbreviations are written out; numbers, dates and document numbers are one token each. The syllables are given
    too, as the segmenter cuts a question and a passage differently at times.
    """
    found: list[str] = []
    at = 0
    plain = one_y(key(text))
    for match in _KEPT.finditer(plain):
        found.extend(_segmented(plain[at : match.start()]))
        full = _spelt_out().get(match.group())
        if full is not None:
            found.extend(_segmented(full))
        else:
            found.append(match.group().strip(".,/-"))
        at = match.end()
    found.extend(_segmented(plain[at:]))
    return [token for token in found if token]


def segmented(text: str) -> list[str]:
    """The words of a text, the syllables of each joined by "_"."""
    from pyvi import ViTokenizer  # imported late: its model takes a second to load

    return _WORD.findall(ViTokenizer.tokenize(text)) if text.strip() else []


def _segmented(text: str) -> list[str]:
    known = _spelt_out()
    written = re.sub(r"[^\W\d_]+", lambda word: known.get(word.group(), word.group()), text)
    found: list[str] = []
    for word in segmented(written):
        if "_" in word:
            found.extend((word, *word.split("_")))
        else:
            found.append(word)
    return found
