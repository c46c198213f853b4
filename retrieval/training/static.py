"""Train the shipped static model: ``python -m retrieval.training.static --data ../shared/data --out
FOLDER``.

About a quarter of an hour on one core. The folder is a sentence-transformers model; docs/models.md has the
recipe and scores.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from retrieval.training import bilingual, network, vocabulary
from retrieval.training.augment import Abbreviator, cloze, typed
from retrieval.training.bilingual import Lexicon
from retrieval.training.questions import ask
from retrieval.training.sources import GLOSSARY, Pair, Sources, load, read_lines, read_table

logger = logging.getLogger(__name__)

WEIGHTS = {
    "zalo-legal": 8,
    "alqac22": 8,
    "legal-synthetic": 4,
    "law-title": 1,
    "procedures": 1,
    "reading": 6,
    "wiki-section": 1,
    "en-vi-law": 6,
    "parallel-law-mt": 2,
    "parallel-tatoeba": 2,
    "parallel-ntrex128": 3,
    "glossary": 8,
}
"""How often a pair of a group is seen in each pass: the rare groups are the ones that look like questions."""

ENGLISH_COPIES = 2
"""How many times, at most, a Vietnamese query is seen in English too."""
ENGLISH = ("glossary", "en-vi-law", "parallel-law-mt", "parallel-tatoeba", "parallel-ntrex128")


@dataclass(frozen=True, slots=True)
class Typist:
    """Turns Vietnamese queries into what is typed: abbreviated, without marks, or in English."""

    abbreviate: Abbreviator
    lexicon: Lexicon

    def english(self, pair: Pair, chance: random.Random) -> Pair:
        """The pair with its query in English."""
        return Pair(self.lexicon.english(pair.query, chance), pair.positive, pair.group)

    def vietnamese(self, pair: Pair, chance: random.Random) -> Pair:
        """The pair with its query in Vietnamese as it may be typed."""
        return Pair(typed(pair.query, self.abbreviate, chance), pair.positive, pair.group)


def examples(sources: Sources, lines: Sequence[str], typist: Typist, *, clozes: int, seed: int) -> list[Pair]:
    """The pairs of one pass: weighted ones, ``clozes`` inverse-cloze pairs, and the questions by rule
    that as many paragraphs give.

    One made query in five is English. The order is that of the files, so that neighbours are of one
    document.
    """
    chance = random.Random(seed)
    pairs: list[Pair] = []
    for again in range(max(WEIGHTS.values())):
        for pair in (*sources.pairs, *sources.parallel, *read_glossary()):
            if again >= WEIGHTS[pair.group]:
                continue
            pairs.append(pair if pair.group in ENGLISH else typist.vietnamese(pair, chance))
            if pair.group not in ENGLISH and again < ENGLISH_COPIES:
                pairs.append(typist.english(pair, chance))
    made = [_cut(line) for line in _some(lines, clozes * 3 // 2, chance)]
    pairs += _typed(filter(None, (cloze(line, chance) for line in made)), clozes, typist, chance)
    asked = filter(None, (ask(_cut(line), chance) for line in _some(lines, clozes, chance)))
    pairs += _typed(asked, clozes, typist, chance)
    return pairs


def _some(lines: Sequence[str], size: int, chance: random.Random) -> list[str]:
    """A sample in the order of the file."""
    return [lines[at] for at in sorted(chance.sample(range(len(lines)), min(len(lines), size)))]


def _cut(line: str) -> str:
    return line[:1200]


def _typed(pairs: Iterable[Pair], limit: int, typist: Typist, chance: random.Random) -> Iterator[Pair]:
    for pair in islice(pairs, limit):
        yield typist.english(pair, chance) if chance.random() < 0.2 else typist.vietnamese(pair, chance)


def read_glossary() -> list[Pair]:
    """The English and Vietnamese terms that ship with this folder."""
    return [Pair(english, vietnamese, "glossary") for english, vietnamese in read_table(GLOSSARY)]


def learn_tokenizer(sources: Sources, lines: Sequence[str], *, size: int, words: int, seed: int) -> Tokenizer:
    """The tokenizer of a sample of the paragraphs, of the queries and, three times, of the English side."""
    english = [pair.query for pair in (*sources.pairs, *sources.parallel) if pair.group in ENGLISH]
    english += [pair.query for pair in read_glossary()]
    sample = random.Random(seed).sample(lines, len(lines) // 10 + 1)
    return vocabulary.build(
        [*sample, *english * 3, *(pair.query for pair in sources.pairs[::3])], size=size, words=words
    )


def learn(rounds: Sequence[Sequence[Pair]], tokenizer: Tokenizer, *, dimensions: int, seed: int) -> NDArray[np.float32]:
    """Token vectors of ``tokenizer`` from the pairs of each round."""
    numbers: dict[str, int] = {}
    passes = []
    for pairs in rounds:
        targets = np.array([numbers.setdefault(pair.positive, len(numbers)) for pair in pairs], dtype=np.int64)
        passes.append(network.Pass(network.Tokens.of([pair.query for pair in pairs], tokenizer), targets))
    passages = network.Tokens.of(list(numbers), tokenizer)
    logger.info("%s pairs, %d passages", [len(one.targets) for one in passes], len(numbers))
    return network.train(passes, passages, vocabulary=tokenizer.get_vocab_size(), dimensions=dimensions, seed=seed)


def save(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write a sentence-transformers model: eight-bit vectors with a scale for each token, and the
    tokenizer.

    The keys are those that ``StaticEmbedding`` reads from model2vec files; it multiplies them out to
    float32.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-8) / 127
    embeddings = np.rint(vectors / scales[:, None]).astype(np.int8)
    save_file({"embeddings": embeddings, "weights": scales.astype(np.float32)}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    config: dict[str, object] = {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the data, learn tokenizer and vectors, write the model."""
    parser = argparse.ArgumentParser(description="Train the static embedding model.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    parser.add_argument("--vocabulary", type=int, default=44_000)
    parser.add_argument("--words", type=int, default=16_000, help="tokens of several syllables, at most")
    parser.add_argument("--dimensions", type=int, default=512)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--clozes", type=int, default=250_000, help="inverse-cloze pairs of each pass")
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(1)

    sources = load(given.data)
    lines = read_lines(given.data / "text-vi.txt.gz")
    tokenizer = learn_tokenizer(sources, lines, size=given.vocabulary, words=given.words, seed=given.seed)
    logger.info("%d tokens", tokenizer.get_vocab_size())
    parallel = [*sources.parallel, *(pair for pair in sources.pairs if pair.group == "en-vi-law")]
    lexicon = bilingual.learn(parallel, read_glossary(), tokenizer)
    logger.info("%d Vietnamese tokens with a translation", len(lexicon.words))
    typist = Typist(Abbreviator.of(read_table(given.data / "abbreviations-vi.tsv")), lexicon)
    rounds = [
        examples(sources, lines, typist, clozes=given.clozes, seed=given.seed + number)
        for number in range(given.passes)
    ]
    vectors = learn(rounds, tokenizer, dimensions=given.dimensions, seed=given.seed)
    save(given.out, tokenizer, vectors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
