"""How probably the answer that was chosen states what is asked: the last look before it is given.

``choose`` weighs answers against each other; most of them are of the thing that is asked about. Whether the best of
them says what is asked of it, a third small network judges by its signs and by what of the question it states
(``focus``). It was fitted on 12,900 questions on made-up plans, half of which nothing answers, and on the dev part
(``evals.doubting``). Below ``ReaderModel.enough`` the answer is a refusal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from retrieval.answer.asked import Asked
from retrieval.answer.constraints import lacks_what_is_named
from retrieval.answer.draft import Draft
from retrieval.answer.focus import signs_of_focus
from retrieval.answer.forms import fits, states_form
from retrieval.answer.library import Library
from retrieval.answer.reader import ReaderModel
from retrieval.answer.refuse import fails

TRUST = "trust"
"""The sign that is the logit of how probably an answer is right by those of the choice."""
_SURELY = 1e-4  # how near a probability comes to 0 or 1
# What made the answer, in groups that have enough of them.
_MADE_BY = {
    "read": ("read",),
    "figures": ("figures",),
    "sums": ("sums",),
    "a rule": ("cited", "list", "due", "headed", "part", "table"),
    "duties": ("duties", "duties-of", "plan-lead"),
    "parts": ("asks", "sides"),
}


def signs_of_doubt(asked: Asked, draft: Draft, chosen: Mapping[str, float], library: Library) -> dict[str, float]:
    """What speaks for and against giving an answer; ``chosen`` are its signs when it was chosen."""
    found = {f"chosen: {name}": value for name, value in chosen.items()}
    found |= {f"stated: {name}": value for name, value in signs_of_focus(asked, draft, library).items()}
    found[TRUST] = logit(draft.trust)
    found["lacks form"] = float(not states_form(asked, draft))
    found["another number, unit or body"] = float(not fits(asked, draft) or fails(asked, library, draft))
    found["another year, label or count"] = float(lacks_what_is_named(asked, library, draft))
    own = next((name for name, made in _MADE_BY.items() if draft.strategy in made), "another")
    if draft.strategy.startswith("header"):
        own = "a header"
    found |= {f"made by {name}": float(name == own) for name in (*_MADE_BY, "a header", "another")}
    return found


def probability(asked: Asked, draft: Draft, chosen: Mapping[str, float], library: Library, model: ReaderModel) -> float:
    """How probably an answer is right, for the reader to see."""
    signs = signs_of_doubt(asked, draft, chosen, library)
    return model.probability_given(signs, signs[TRUST])


def is_settled(draft: Draft) -> bool:
    """Whether an answer is not doubted: it shows what it was plainly worked out of, or how it was found says enough."""
    return draft.certain or (bool(draft.closing) and not draft.unsure)


def logit(probability: float) -> float:
    """The logit of a probability, of one that is certain a large one."""
    kept = min(1 - _SURELY, max(_SURELY, probability))
    return math.log(kept / (1 - kept))
