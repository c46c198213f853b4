"""All changes of the wording by name, and how a case is changed by one."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from evals.perturb import directions, keyboards, phrases, spelling
from evals.types import Case

Group = Literal["spelling", "wording", "direction"]
_Spelling = Callable[[str, Random], str]
_Direction = Callable[[Sequence[str], Sequence[str], Random], list[str] | None]

# Cases whose right answer is no fact of one subject stay right when the subject changes, or cannot be judged.
_NO_DIRECTION = frozenset({"unanswerable", "comparison", "false-premise", "ambiguous"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Perturbation:
    """A change of wording. Of ``group`` "direction" the answer must change or stop, of the others it stays."""

    name: str
    group: Group
    description: str


@dataclass(frozen=True, slots=True)
class _Entry:
    about: Perturbation
    change: _Spelling | None = None
    direct: _Direction | None = None
    vietnamese: bool = True


def _entry(name: str, group: Group, description: str, change: _Spelling, *, vietnamese: bool = True) -> _Entry:
    return _Entry(Perturbation(name=name, group=group, description=description), change, None, vietnamese)


def _direction(name: str, description: str, direct: _Direction) -> _Entry:
    return _Entry(Perturbation(name=name, group="direction", description=description), None, direct, False)


_ENTRIES = {
    entry.about.name: entry
    for entry in (
        _entry("no-marks", "spelling", "no diacritics", spelling.without_marks),
        _entry("half-marks", "spelling", "every other word without diacritics", spelling.half_marks),
        _entry("tone-placement", "spelling", "the other place of the tone (hòa, hoà)", spelling.other_tone_placement),
        _entry("nfd", "spelling", "decomposed letters (normalisation form D)", spelling.decomposed),
        _entry("upper-case", "spelling", "capitals", spelling.capitals, vietnamese=False),
        _entry("telex", "spelling", "keys of Telex left in the words", keyboards.telex_left),
        _entry("vni", "spelling", "keys of VNI left in the words", keyboards.vni_left),
        _entry("slips", "spelling", "two words with a slip of the finger", spelling.slipped, vietnamese=False),
        _entry("abbreviated", "wording", "names by their abbreviations", phrases.abbreviated),
        _entry("written-out", "wording", "abbreviations written out", phrases.written_out),
        _Entry(Perturbation(name="polite", group="wording", description="words of politeness around it")),
        _direction("other-place", "asked of a place that no document is of", directions.other_place),
        _direction("other-project", "asked of a Dự án that no programme has", directions.other_project),
        _direction("other-year", "asked of years that no document speaks of", directions.other_year),
    )
}
PERTURBATIONS: Mapping[str, Perturbation] = {name: entry.about for name, entry in _ENTRIES.items()}


def perturb(cases: Sequence[Case], names: Sequence[str], places: Sequence[str] = ()) -> tuple[Case, ...]:
    """Every case in every wording named, where the wording differs; by wording, then as the cases come.

    ``places`` are those that the documents are of. The same case and name give the same wording on every machine.
    Raises KeyError for a name that is no perturbation.
    """
    found = (_changed(case, _ENTRIES[name], places) for name in names for case in cases)
    return tuple(case for case in found if case is not None)


def _changed(case: Case, entry: _Entry, places: Sequence[str]) -> Case | None:
    name = entry.about.name
    random = Random(zlib.crc32(f"{case.id}~{name}".encode()))
    texts = [*case.history, case.question]
    if entry.direct is not None:
        if not case.answerable or case.kind in _NO_DIRECTION:
            return None
        changed = entry.direct(texts, places, random)
    elif entry.change is not None:
        if entry.vietnamese and case.language != "vi":
            return None
        changed = [entry.change(text, random) for text in texts]
    else:
        changed = [*case.history, phrases.politely(case.question, case.language, random)]
    if changed is None or changed == texts:
        return None
    return replace(
        case,
        id=f"{case.id}~{name}",
        question=changed[-1],
        history=tuple(changed[:-1]),
        perturbation=name,
        expect="changed" if entry.about.group == "direction" else "same",
    )
