"""The pairs that the small transformers are trained on: drawn from all sources, worded as they may be typed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

from retrieval.training import bilingual
from retrieval.training.augment import Abbreviator, cloze
from retrieval.training.questions import ask
from retrieval.training.sources import Pair, Sources, read_table
from retrieval.training.static import ENGLISH, Typist, read_glossary

SHARES = {
    "zalo-legal": 12,
    "alqac22": 5,
    "legal-synthetic": 6,
    "law-title": 24,
    "procedures": 4,
    "reading": 8,
    "wiki-section": 8,
    "en-vi-law": 6,
    "parallel-law-mt": 6,
    "parallel-tatoeba": 2,
    "parallel-ntrex128": 2,
    "glossary": 3,
    "cloze": 6,
    "rule": 9,
}
"""How often a kind of pair is drawn, in parts of their sum."""
ENGLISH_SHARE = 0.2
"""Of the queries that are Vietnamese, those asked word by word in English."""
_PATIENCE = 10_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A training pair as it stands in the data, and with its query as it may be typed."""

    origin: Pair
    worded: Pair


@dataclass(slots=True)
class Drawer:
    """Draws training pairs by ``SHARES``, as the static recipe words them."""

    sources: Sources
    lines: Sequence[str]
    typist: Typist
    chance: random.Random
    _groups: dict[str, list[Pair]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the pairs by group."""
        for pair in (*self.sources.pairs, *self.sources.parallel, *read_glossary()):
            self._groups.setdefault(pair.group, []).append(pair)

    def draw(self, count: int) -> list[Drawn]:
        """``count`` pairs; those of a group come in a new order each time it is used up.

        Raises ValueError where the paragraphs are all too short to make pairs of.
        """
        kinds = [kind for kind in SHARES if kind in self._groups or kind in ("cloze", "rule")]
        wanted = self.chance.choices(kinds, [SHARES[kind] for kind in kinds], k=count)
        streams = {kind: self._stream(kind) for kind in kinds}
        return [Drawn(pair, self._worded(pair)) for pair in (next(streams[kind]) for kind in wanted)]

    def _stream(self, kind: str) -> Iterator[Pair]:
        make = {"cloze": cloze, "rule": ask}.get(kind)
        missed = 0
        while make is not None:
            made = make(self.chance.choice(self.lines)[:1200], self.chance)
            missed = 0 if made is not None else missed + 1
            if made is not None:
                yield made
            elif missed == _PATIENCE:
                raise ValueError(f"no paragraph gives a pair of the kind {kind}")
        while True:
            yield from self.chance.sample(self._groups[kind], len(self._groups[kind]))

    def _worded(self, pair: Pair) -> Pair:
        if pair.group in ENGLISH:
            return pair
        if self.chance.random() < ENGLISH_SHARE:
            return self.typist.english(pair, self.chance)
        return self.typist.vietnamese(pair, self.chance)


def typist_of(data: Path, sources: Sources, tokenizer: Tokenizer) -> Typist:
    """The typist of the static recipe."""
    parallel = [*sources.parallel, *(pair for pair in sources.pairs if pair.group == "en-vi-law")]
    lexicon = bilingual.learn(parallel, read_glossary(), tokenizer)
    return Typist(Abbreviator.of(read_table(data / "abbreviations-vi.tsv")), lexicon)
