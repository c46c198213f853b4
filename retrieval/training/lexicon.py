"""Learn the English-Vietnamese lexicon: ``python -m retrieval.training.lexicon --data ../shared/data --out FOLDER``.

Which Vietnamese words a sentence's English words stand for is learnt from parallel sentences by IBM Model 1 in both
directions (Brown et al., Computational Linguistics 19(2), 1993); a pair is kept by the geometric mean of both
probabilities, which neither frequent nor rare words win by themselves. The English words of the pairs, with how often
they stand there, are kept as well: a word that is none of them may be misspelt (``retrieval.english_spelling``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ingest.normalise import key
from retrieval.translate import LEXICON, WORDS, stem

_ENGLISH = re.compile(r"[a-z]+")
_LONGEST = 60  # words of a sentence: longer ones are aligned badly and slowly
_ROUNDS = 6
_SEEN = 3  # sentences that an English word must stand in
_LEAST = 0.12
_MOST = 2  # Vietnamese words of an English one
# Words that stand in every sentence align with anything.
_GRAMMAR = frozenset(
    "và của các là cho được trong có không với này những một để theo tại về đã đến từ khi do thì sẽ bị ra vào như cũng "
    "phải việc hoặc bằng nếu mà đó".split()
)


def sentences(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The stems and the segmented words of each pair that is not too long."""
    from pyvi import ViTokenizer

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            english = [stem(word) for word in _ENGLISH.findall(pair["en"].lower())]
            words = ViTokenizer.tokenize(key(pair["vi"])).split()
            vietnamese = [word.replace("_", " ") for word in words if word[0].isalpha()]
            if 0 < len(english) <= _LONGEST and 0 < len(vietnamese) <= _LONGEST:
                yield english, vietnamese


def model_one(
    source: Sequence[Sequence[int]], target: Sequence[Sequence[int]], size: int
) -> dict[tuple[int, int], float]:
    """p(target | source) of the pairs of word ids that stand in a sentence together; ``size`` source words."""
    rows, columns, places = [], [], []
    for number, (words, others) in enumerate(zip(source, target, strict=True)):
        for at, other in enumerate(others):
            for word in (*words, size):  # the last is no word: what has no counterpart comes of it
                rows.append(word)
                columns.append(other)
                places.append(number * _LONGEST + at)
    width = max(columns) + 1
    codes, pair = np.unique(np.array(rows, dtype=np.int64) * width + np.array(columns), return_inverse=True)
    _, place = np.unique(np.array(places), return_inverse=True)
    of = codes // width
    shares = np.ones(len(codes))
    for _ in range(_ROUNDS):
        weights = shares[pair]
        expected = weights / np.bincount(place, weights)[place]
        counts = np.bincount(pair, expected, minlength=len(codes))
        shares = counts / np.bincount(of, counts, minlength=size + 1)[of]
    return {(int(code // width), int(code % width)): float(share) for code, share in zip(codes, shares, strict=True)}


def learn(pairs: Sequence[tuple[list[str], list[str]]]) -> dict[str, list[str]]:
    """The best Vietnamese words of each English stem, the best first."""
    seen = Counter(word for english, _ in pairs for word in set(english))
    english = {word: number for number, word in enumerate(seen)}
    vietnamese = {word: n for n, word in enumerate(dict.fromkeys(word for _, words in pairs for word in words))}
    left = [[english[word] for word in words] for words, _ in pairs]
    right = [[vietnamese[word] for word in words] for _, words in pairs]
    forth, back = model_one(left, right, len(english)), model_one(right, left, len(vietnamese))
    names, others = list(english), list(vietnamese)
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, two), share in forth.items():
        if one == len(names) or seen[names[one]] < _SEEN or others[two] in _GRAMMAR:
            continue
        score = math.sqrt(share * back.get((two, one), 0.0))
        if score >= _LEAST:
            found[names[one]].append((score, others[two]))
    return {
        word: [term for score, term in sorted(terms, key=lambda one: (-one[0], one[1]))[:_MOST]]
        for word, terms in sorted(found.items())
    }


def words(path: Path) -> Counter[str]:
    """The English words of the pairs, in lower case, with how often they stand there."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return Counter(word for line in lines for word in _ENGLISH.findall(json.loads(line)["en"].lower()))


def run() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=LEXICON.parent)
    options = parser.parse_args()
    lexicon = learn(list(sentences(options.data / "parallel-en-vi.jsonl.gz")))
    lines = ["\t".join((word, *terms)) for word, terms in lexicon.items()]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / LEXICON.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    counted = sorted(words(options.data / "parallel-en-vi.jsonl.gz").items())
    (options.out / WORDS.name).write_text("".join(f"{word}\t{count}\n" for word, count in counted), encoding="utf-8")


if __name__ == "__main__":
    run()
