"""The checker: what is wrong with suites, before anybody trusts a number that they give."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from evals.facts import missing, plain, states
from evals.types import Case, Evidence
from ingest.normalise import fold
from ingest.types import Span

FROZEN = "frozen.toml"
# What is worked out stands in no quote.
_WORKED_OUT = frozenset({"calculation"})
_SPLITS = ("dev", "test")
_LEAK = 0.5  # of a test question's evidence among what dev questions rest on
_SAME_WORDS = 95  # of 100, of the folded words in any order


def check(cases: Sequence[Case], texts: Mapping[str, str]) -> list[str]:
    """What is wrong with suites, one sentence a fault; ``texts`` are the documents' sources by id."""
    ids = Counter(case.id for case in cases)
    faults = [f"{one}: the id stands {count} times" for one, count in ids.items() if count > 1]
    for case in cases:
        faults.extend(f"{case.id}: {fault}" for fault in _faults(case, texts))
    return faults + repeated(cases) + leaks(cases, texts)


def _faults(case: Case, texts: Mapping[str, str]) -> list[str]:
    faults = []
    if case.answerable != bool(case.evidence):
        faults.append("answerable and evidence disagree")
    if case.answerable != bool(case.required):
        faults.append("answerable, yet nothing is required" if case.answerable else "unanswerable, yet facts required")
    if case.answerable == (case.kind == "unanswerable"):
        faults.append("answerable and kind disagree")
    if case.split not in _SPLITS:
        faults.append(f"{case.split!r} is no split")
    if case.language not in ("vi", "en"):
        faults.append(f"{case.language!r} is no language of the interface")
    if not case.reference.strip():
        faults.append("there is no reference answer")
    faults.extend(f"there is no document {one}" for one in (*case.documents, *case.restrict) if one not in texts)
    if unlisted := {one.document for one in case.evidence} - set(case.documents):
        faults.append(f"evidence from {', '.join(sorted(unlisted))}, which is not among its documents")
    for one in case.evidence:
        faults.extend(_quote_faults(one, texts))
    shown = plain("\n".join(part for one in case.evidence for part in (one.heading, one.quote, *one.also)))
    if case.kind not in _WORKED_OUT:
        faults.extend(f"no spelling of {fact!r} stands in the evidence" for fact in missing(shown, case.required))
    wanted = [plain(spelling) for fact in case.required for spelling in fact[:1]]
    faults.extend(
        f"{one!r} is forbidden and required" for one in case.forbidden if any(states(fact, (one,)) for fact in wanted)
    )
    return faults


def _quote_faults(evidence: Evidence, texts: Mapping[str, str]) -> list[str]:
    text = texts.get(evidence.document)
    if text is None:
        return [f"there is no document {evidence.document}"]
    faults = []
    if evidence.heading and evidence.heading not in text:
        faults.append(f"the heading {evidence.heading[:60]!r} does not stand in {evidence.document}")
    if evidence.quote not in text:
        faults.append(f"the quote {evidence.quote[:60]!r} does not stand in {evidence.document}")
    elif not places(evidence, text):
        faults.append(f"the heading {evidence.heading[:60]!r} does not stand above the quote")
    elif not evidence.heading and text.count(evidence.quote) > 1:
        faults.append(f"the quote {evidence.quote[:60]!r} stands {text.count(evidence.quote)} times: which one?")
    faults.extend(
        f"the equal quote {one[:60]!r} does not stand in {evidence.document}"
        for one in evidence.also
        if one not in text
    )
    return faults


def places(evidence: Evidence, text: str) -> tuple[Span, ...]:
    """Where the quote stands (after its heading, if it has one), then its equals; () where it does not."""
    after = text.find(evidence.heading) if evidence.heading else 0
    at = text.find(evidence.quote, after) if after >= 0 else -1
    if at < 0:
        return ()
    others = ((text.find(one), len(one)) for one in evidence.also)
    return (Span(at, at + len(evidence.quote)), *(Span(start, start + size) for start, size in others if start >= 0))


def repeated(cases: Sequence[Case]) -> list[str]:
    """Questions that stand twice, and test questions that stand in the dev part in nearly the same words."""
    seen: dict[tuple[str, ...], str] = {}
    faults = []
    for case in cases:
        asked = (plain(case.question), *map(plain, case.history), *case.restrict)
        if asked in seen:
            faults.append(f"{case.id}: the question of {seen[asked]} once more")
        seen[asked] = case.id
    parts: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if not case.history:
            parts[case.split].append(case)
    dev = [_words(case.question) for case in parts["dev"]]
    for case in parts["test"] if dev else ():
        near = process.extractOne(_words(case.question), dev, scorer=fuzz.token_sort_ratio, score_cutoff=_SAME_WORDS)
        if near is not None:
            faults.append(f"{case.id}: a leaked test question, nearly the words of {parts['dev'][near[2]].id}")
    return faults


def _words(question: str) -> str:
    return " ".join(re.findall(r"\w+", fold(question)))


def leaks(cases: Sequence[Case], texts: Mapping[str, str]) -> list[str]:
    """Test questions on facts that dev questions rest on: at least half of their evidence, counted in characters."""
    known: dict[str, list[Span]] = defaultdict(list)
    for case in cases:
        if case.split == "dev":
            for document, span in _spans(case, texts):
                known[document].append(span)
    faults = []
    for case in cases:
        if case.split == "test" and case.evidence and seen_share(_spans(case, texts), known) >= _LEAK:
            faults.append(f"{case.id}: a leaked test question, its evidence stands in the dev part")
    return faults


def seen_share(spans: Sequence[tuple[str, Span]], known: Mapping[str, Sequence[Span]]) -> float:
    """The share of the characters of ``spans`` that lie in spans known of their documents."""
    total = sum(len(span) for _, span in spans)
    seen = sum(
        len(
            {
                at
                for other in known.get(document, ())
                for at in range(max(span.start, other.start), min(span.end, other.end))
            }
        )
        for document, span in spans
    )
    return seen / total if total else 0.0


def _spans(case: Case, texts: Mapping[str, str]) -> list[tuple[str, Span]]:
    return [(one.document, span) for one in case.evidence for span in places(one, texts.get(one.document, ""))[:1]]


def check_frozen(folder: Path) -> list[str]:
    """The frozen suites of a folder that are not what they were: their SHA-256 stands in ``frozen.toml``."""
    path = folder / FROZEN
    if not path.exists():
        return []
    wanted = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = []
    for name, digest in wanted.items():
        suite = folder / name
        found = hashlib.sha256(suite.read_bytes()).hexdigest() if suite.exists() else "nothing"
        if found != digest:
            faults.append(f"{name} is frozen, and it was changed: {found[:12]} instead of {str(digest)[:12]}")
    return faults
