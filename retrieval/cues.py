"""What tells the kind of a question: the patterns of data/cues-vi.txt and data/cues-en.txt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from retrieval.question import Kind
    from retrieval.types import Language

_DEFINED = re.compile(r"(@[A-Z]+@) = (.+)")
_KIND = re.compile(r"\[([a-z]+)(\??)\]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern on the folded question that tells its kind; ``plain`` is false for a word or two that says little."""

    kind: Kind
    pattern: re.Pattern[str]
    plain: bool


@cache
def read_cues(language: Language) -> tuple[Cue, ...]:
    """The cues of a language in their order: the first that is found tells the kind."""
    text = (files("retrieval") / "data" / f"cues-{language}.txt").read_text(encoding="utf-8")
    defined: dict[str, str] = {}
    groups: list[tuple[str, bool, list[str]]] = []
    for line in text.splitlines():
        if not line or line.startswith("# "):
            continue
        if (named := _DEFINED.fullmatch(line)) is not None:
            defined[named[1]] = named[2]
        elif (kind := _KIND.fullmatch(line)) is not None:
            groups.append((kind[1], not kind[2], []))
        else:
            groups[-1][2].append(re.sub("@[A-Z]+@", lambda name: defined[name[0]], line))
    return tuple(Cue(cast("Kind", kind), re.compile("|".join(lines)), plain) for kind, plain, lines in groups)
