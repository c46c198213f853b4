"""Places: those of Vietnam, and those that a document is of."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

from ingest.normalise import CAPITALS, fold
from retrieval.answer.library import Book

_PLACE_HEAD = re.compile(
    r"^(?:tp\.?|thành phố|tỉnh|huyện|thị xã|quận|xã|phường|thị trấn|ubnd|ủy ban nhân dân)\s+", re.I
)
NAMED_PLACE = re.compile(
    r"\b(?:[Tt]ỉnh|[Hh]uyện|[Tt]hành phố|TP\.?|[Tt]hị xã|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|tinh|huyen|thanh pho|thi xa|phuong)\s+"
    rf"((?:[{CAPITALS}]\w*)(?:\s+[{CAPITALS}]\w*){{0,3}})"
)
_OFTEN = 3
# Bodies of the State as a whole sign in Hà Nội, and are not of Hà Nội.
_CENTRAL = re.compile(
    r"^(?:chinh phu|thu tuong|quoc hoi|uy ban thuong vu|chu tich nuoc|bo |van phong chinh phu|lien bo|ban chap hanh|bo chinh tri|ban bi thu|uy ban dan toc$)"
)


@cache
def provinces() -> tuple[str, ...]:
    """The provinces and central cities of Vietnam, before and after 2025."""
    table = (files("retrieval") / "data" / "provinces.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in table.splitlines() if line.strip())


def place_name(value: str) -> str:
    """A place without the word for its kind: "TP. Bắc Kạn" is "Bắc Kạn"."""
    return _PLACE_HEAD.sub("", value).strip()


def own_places(book: Book) -> tuple[str, ...]:
    """The places that a document is of: by its place and date line, its issuing body and its title.

    Where none of them names one, as scraping or a poor scan leaves it, by the place that its text names most.
    """
    header = book.info.header
    central = header.issuer is not None and _CENTRAL.match(fold(header.issuer.value)) is not None
    found = [place_name(header.place.value)] if header.place is not None and not central else []
    for field in (header.issuer, header.title):
        if field is not None:
            found.extend(match.group(1) for match in NAMED_PLACE.finditer(field.value))
            if field.value.isupper():
                found.extend(
                    province
                    for province in provinces()
                    if re.search(rf"\b{re.escape(province.upper())}\b", field.value)
                )
    if not any(found) and not central:
        found = list(_named_most(book.text))
    return tuple(dict.fromkeys(place for place in found if place))


@lru_cache(maxsize=256)
def _named_most(text: str) -> tuple[str, ...]:
    """The place that a text names at least three times, and twice as often as any other; () where there is none."""
    named = Counter(match.group(1) for match in NAMED_PLACE.finditer(text)).most_common(2)
    if not named or named[0][1] < _OFTEN or (len(named) > 1 and named[1][1] * 2 > named[0][1]):
        return ()
    return (named[0][0],)
