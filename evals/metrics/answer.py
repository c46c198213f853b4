"""Whether an answer is right: the facts it must state, those it must not, and no dump of text."""

from __future__ import annotations

from evals.facts import missing, plain, states
from evals.types import Case

# An answer that quotes half the document contains every fact; a person would not call it one. Code points of the
# answer as shown. Lists, duties and several readings are long by nature.
LONGEST = 1_500
LONGEST_LIST = 6_000
_LONG_KINDS = frozenset(
    {"list", "reverse-role", "comparison", "ambiguous", "legal-basis", "follow-up", "table", "metadata"}
)


def longest(kind: str) -> int:
    """The most code points that an answer of a kind may have."""
    return LONGEST_LIST if kind in _LONG_KINDS else LONGEST


def missing_facts(case: Case, text: str) -> tuple[str, ...]:
    """The required facts, by their first spelling, that the reader of an answer does not see."""
    return missing(plain(text), case.required)


def found_forbidden(case: Case, text: str) -> tuple[str, ...]:
    """The forbidden facts that an answer states."""
    shown = plain(text)
    return tuple(fact for fact in case.forbidden if states(shown, (fact,)))


def is_right(case: Case, text: str, abstained: bool) -> bool:
    """Whether what was given is what the case expects.

    A case that nothing answers is right when refused; any other when answered with every fact, none forbidden, and
    no dump. Where the wording was changed so that the answer must change, the old answer is wrong and all else right.
    """
    if not case.answerable:
        return abstained
    if abstained:
        return case.expect == "changed"
    states_it = not missing_facts(case, text) and not found_forbidden(case, text)
    if case.expect == "changed":
        return not states_it
    return states_it and len(text) <= longest(case.kind)
