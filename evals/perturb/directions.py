"""Questions about something else: another place, another Dự án, another year. The old answer must not come back.

What is asked about afterwards is in no document: places that none of them is of, numbers beyond those of the
programmes, years beyond every date in them. So refusing is right, and stating the old facts is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from ingest.normalise import key

# Provinces in the north, the centre and the south that a reader may mean as well.
_ELSEWHERE = (
    "Cao Bằng",
    "Hà Giang",
    "Yên Bái",
    "Quảng Bình",
    "Phú Yên",
    "Đắk Nông",
    "Bình Phước",
    "Trà Vinh",
    "An Giang",
)
_PROJECT = re.compile(
    r"\b(?P<name>(?:tiểu )?dự án(?: thành phần)?(?: số)?|(?:sub-?)?project(?: no\.?)?|TDA|DA) ?(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.,-])(?P<first>20\d\d)(?:(?P<dash> ?[-–] ?)(?P<last>20\d\d))?(?![\d/.,]*\d|/)")


def other_place(texts: Sequence[str], places: Sequence[str], random: Random) -> list[str] | None:
    """The texts about a place that no document is of; None where they name none of ``places``."""
    named = [place for place in places if any(_pattern(place).search(key(text)) for text in texts)]
    if not named or any(len(key(text)) != len(text) for text in texts):
        return None
    elsewhere = random.choice([place for place in _ELSEWHERE if place not in places])
    changed = []
    for text in texts:
        for place in named:
            for match in reversed(list(_pattern(place).finditer(key(text)))):
                text = text[: match.start()] + elsewhere + text[match.end() :]
        changed.append(text)
    return changed


def other_project(texts: Sequence[str], places: Sequence[str], random: Random) -> list[str] | None:
    """The texts about a Dự án whose number no programme has; None where they name none."""
    if not any(_PROJECT.search(text) for text in texts):
        return None
    shift = random.randrange(11, 20)
    return [_PROJECT.sub(lambda found: f"{found['name']} {int(found['number']) + shift}", text) for text in texts]


def other_year(texts: Sequence[str], places: Sequence[str], random: Random) -> list[str] | None:
    """The texts about years that no document speaks of; None where they name none, as in a date or a number."""
    if not any(_YEAR.search(text) for text in texts):
        return None
    shift = random.randrange(26, 30)

    def later(found: re.Match[str]) -> str:
        last = f"{found['dash']}{int(found['last']) + shift}" if found["last"] else ""
        return f"{int(found['first']) + shift}{last}"

    return [_YEAR.sub(later, text) for text in texts]


def _pattern(place: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(key(place))}(?!\w)")
