"""Numbers that a question says in figures or in words, and of what: "ba xã", "six communes"."""

from __future__ import annotations

import re

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            ("hai", "two", "both"), ("ba", "three"), ("bon", "four"), ("nam", "five"), ("sau", "six"), ("bay", "seven"),
            ("tam", "eight"), ("chin", "nine"), ("muoi", "ten"),
        ),
        2,
    )
    for word in words
}  # fmt: skip
_COUNT = re.compile(
    r"(?<![\w./,-])(?<!nam )(?<!thang )(?<!ngay )(?<!quy )(?<!du an )"
    rf"(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?P<thing>[a-z]{{2,}})(?!\w)"
)
_NO_THING = frozenset(
    "nam thang ngay quy gio tuan lan phan trieu ty dong nghin ngan years months days million billion per".split()
)


def counted_things(said: str) -> list[tuple[int, str]]:
    """The numbers of things that a folded text says, each with the first word of the thing: (3, "xa") of "ba xã"."""
    found = []
    for match in _COUNT.finditer(said):
        word = match.group("count")
        number = int(word) if word.isdigit() else NUMBERS[word]
        if number > 1 and match.group("thing") not in _NO_THING:
            found.append((number, match.group("thing")))
    return found
