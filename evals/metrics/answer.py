"""Whether an answer is right: the facts it must state, those it must not, and no dump of text."""

from __future__ import annotations

from evals.cases import plain
from evals.types import Case
from retrieval.types import Answer

# An answer that quotes half the document contains every fact; a person would not call it one. Code points of the
# answer as shown, by kind; lists, duties and comparisons are long by nature.
LONGEST = 1_500
_LONG_KINDS = frozenset(
    {"list", "reverse-role", "comparison", "ambiguous", "legal-basis", "follow-up", "table", "metadata"}
)
LONGEST_LIST = 6_000


def missing_facts(case: Case, answer: Answer) -> tuple[str, ...]:
    """The required facts of which no accepted spelling stands in the answer or in what it cites, by first spelling.

    A fact counts where the reader sees it: in the answer's text. A unit may stand in a citation's heading.
    """
    shown = plain(answer.text)
    return tuple(fact[0] for fact in case.required if not any(plain(spelling) in shown for spelling in fact))


def found_forbidden(case: Case, answer: Answer) -> tuple[str, ...]:
    """The forbidden facts that the answer states."""
    shown = plain(answer.text)
    return tuple(fact for fact in case.forbidden if plain(fact) in shown)


def is_right(case: Case, answer: Answer) -> bool:
    """A case that nothing answers is right when refused; any other when answered with every fact and none forbidden."""
    if not case.answerable:
        return answer.abstained
    if answer.abstained:
        return False
    bound = LONGEST_LIST if case.kind in _LONG_KINDS else LONGEST
    return not missing_facts(case, answer) and not found_forbidden(case, answer) and len(answer.text) <= bound
