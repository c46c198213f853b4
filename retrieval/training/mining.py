"""Hard negatives: passages that BM25 or the static model ranks high for a question and that do not answer
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from ingest.normalise import fold, key
from retrieval.embed import Encoder
from retrieval.training.sources import PAIR_FILES, Pair, is_held_out, read_rows

DEPTH = 30
KEPT = 12
NEAR = 8
_BLOCK = 64
_MANY = 512
TWIN = 0.97
"""A passage this near to the right one, by the static model, tells the same: it is no negative."""
_ALIKE = 0.92
"""The same among titles and headings, where no list of right answers says what else tells the same."""
_SURE = 0.98
"""A passage that scores nearly as the right one does may be a second answer (Moreira et al., 2024)."""
_WORD = re.compile(r"\w+")

READING = ("reading", "wiki-section")
WORLDS = {group: (group,) for group in ("zalo-legal", "alqac22", "legal-synthetic", "reading", "procedures")}
"""Where the wrong passages of a question come from: passages of its own group only. A cross-encoder that saw
wrong ones of other groups learnt to tell the groups apart by their form, whatever the question.
"""


def texts_of(data: Path, groups: Sequence[str]) -> list[str]:
    """All passages of some groups, each once."""
    return list(dict.fromkeys(row["positive"] for group in groups for row in read_rows(data / PAIR_FILES[group])))


def answers_of(data: Path) -> dict[tuple[str, str], str]:
    """The answer inside the passage, of the reading questions."""
    rows = read_rows(data / PAIR_FILES["reading"])
    return {(row["query"], row["positive"]): row["answer"] for row in rows if row.get("answer")}


class Ranker:
    """Passages of one kind, ranked by BM25 over folded syllables and by a static model, half and half."""

    def __init__(self, passages: Sequence[str], encoder: Encoder) -> None:
        """Index the passages."""
        self.passages = list(passages)
        self._encoder = encoder
        self.vectors = encoder.encode_passages(self.passages)
        self._bm25 = bm25s.BM25()
        self._bm25.index([_WORD.findall(fold(text)) for text in self.passages], show_progress=False)

    def scores(self, questions: Sequence[str]) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """For each question the fused and the static scores of all passages, as ``dev.report`` fuses them."""
        known = self._bm25.vocab_dict
        for start in range(0, len(questions), _BLOCK):
            block = questions[start : start + _BLOCK]
            # One product of matrices for a block: one of a vector for each question waits for memory, and with
            # several threads on a busy machine for the other thread.
            dense_rows = self._encoder.encode_questions(block) @ self.vectors.T
            for question, dense in zip(block, dense_rows, strict=True):
                words = [word for word in _WORD.findall(fold(question)) if word in known]
                lexical = np.asarray(self._bm25.get_scores(words)) if words else np.zeros_like(dense)
                fused = 0.5 * dense / max(float(dense.max()), 1e-6) + 0.5 * lexical / max(float(lexical.max()), 1e-6)
                yield fused.astype(np.float32), dense

    def top(self, scores: NDArray[np.float32], count: int) -> list[int]:
        """The numbers of the best passages, the best first."""
        count = min(count, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        return [int(at) for at in best[np.argsort(-scores[best], kind="stable")]]


def mine(
    pairs: Sequence[Pair], ranker: Ranker, answers: Mapping[tuple[str, str], str], *, depth: int = DEPTH
) -> dict[Pair, tuple[str, ...]]:
    """The wrong passages of each pair, the hardest first; an empty tuple where nothing is left.

    Left out: every passage known to answer the same question, near copies of the right one, passages that
    hold the answer's words, and those that the static model scores as high as the right one.
    """
    numbers = {text: at for at, text in enumerate(ranker.passages)}
    keys: dict[int, str] = {}
    right: dict[str, set[str]] = {}
    for pair in pairs:
        right.setdefault(key(pair.query), set()).add(pair.positive)
    found: dict[Pair, tuple[str, ...]] = {}
    for pair, (fused, dense) in zip(pairs, ranker.scores([pair.query for pair in pairs]), strict=True):
        own = numbers[pair.positive]
        answer = key(answers.get((pair.query, pair.positive), ""))
        wrong = []
        for at in ranker.top(fused, depth):
            text = ranker.passages[at]
            twin = float(ranker.vectors[at] @ ranker.vectors[own]) > TWIN
            # Without a known answer only the score can tell that a passage may be a second one.
            sure = bool(answer) or dense[at] < _SURE * dense[own]
            if at == own or text in right[key(pair.query)] or twin or not sure:
                continue
            if answer and answer in keys.setdefault(at, key(text)):
                continue
            wrong.append(text)
        found[pair] = tuple(wrong[:KEPT])
    return found


def mine_all(pairs: Sequence[Pair], data: Path, encoder: Encoder) -> dict[Pair, tuple[str, ...]]:
    """``mine`` for training pairs of several groups, each in its world; pairs of other groups get none.

    Held-out passages are no wrong passages either: a model that learns to turn them down is judged unfairly.
    """
    answers = answers_of(data)
    found: dict[Pair, tuple[str, ...]] = {}
    for world in dict.fromkeys(WORLDS.values()):
        mined = [pair for pair in dict.fromkeys(pairs) if WORLDS.get(pair.group) == world]
        if mined:
            own = {pair.positive for pair in mined}
            texts = [text for text in texts_of(data, world) if text in own or not is_held_out(text)]
            found |= mine(mined, Ranker(texts, encoder), answers)
    return found


def neighbours(
    pairs: Sequence[Pair],
    encoder: Encoder,
    *,
    among: int = 3 * NEAR,
    most: int = NEAR,
    alike: float = _ALIKE,
    sure: float | None = _SURE,
) -> dict[Pair, tuple[str, ...]]:
    """For pairs of one group the passages of the others that the static model puts nearest to the query, the nearest
    first, at most ``most`` of the first ``among``.

    For titles and headings, of which there are too many to rank all articles by words too. Left out are other answers
    to the same question, copies of the right passage, nearer to it than ``alike``, and what scores more than ``sure``
    of what it does (None: however much).
    """
    texts = list(dict.fromkeys(pair.positive for pair in pairs))
    if not texts:
        return {}
    numbers = {text: at for at, text in enumerate(texts)}
    right: dict[str, set[int]] = {}
    for pair in pairs:
        right.setdefault(key(pair.query), set()).add(numbers[pair.positive])
    vectors = encoder.encode_passages(texts)
    among = min(among, len(texts))
    found: dict[Pair, tuple[str, ...]] = {}
    for start in range(0, len(pairs), _MANY):
        part = pairs[start : start + _MANY]
        rows = encoder.encode_questions([pair.query for pair in part]) @ vectors.T
        tops = np.argpartition(-rows, among - 1, axis=1)[:, :among]
        for pair, scores, top in zip(part, rows, tops, strict=True):
            own = numbers[pair.positive]
            best = top[np.argsort(-scores[top], kind="stable")]
            wrong = [
                texts[at]
                for at, near in zip(best.tolist(), vectors[best] @ vectors[own], strict=True)
                if at not in right[key(pair.query)]
                and near < alike
                and (sure is None or scores[at] < sure * scores[own])
            ]
            found[pair] = tuple(wrong[:most])
    return found
