"""Places: those of Vietnam, and those that a document is of."""

from __future__ import annotations

import re
from functools import cache
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
    """The places that a document is of: by its place and date line, its issuing body and its title."""
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
    return tuple(dict.fromkeys(place for place in found if place))
