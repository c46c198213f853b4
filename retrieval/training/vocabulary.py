"""The tokenizer of the static model: syllables, frequent Vietnamese words of several syllables, English,
no marks.

A static model adds up its tokens, so whatever a token does not hold is lost: "dân tộc" must not be the sum
of "dân" and "tộc". BPE gives the syllables and pieces; words of several syllables are found by how much more
often their syllables meet than by chance (word2phrase: Mikolov et al., NIPS 2013); a unigram model cuts a
text into the likeliest pieces of both. Everything is in ``tokenizer.json``, so a plain
``SentenceTransformer(folder)`` sees the same tokens.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from ingest.normalise import key, strip_marks

_TONES = {"a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "y": "ỳýỷỹỵ"}
_LETTER = "[a-zà-ỹđ]"
_SYLLABLE = re.compile(rf"{_LETTER}+")
_JOINT = re.compile(rf"{_LETTER}+(?: {_LETTER}+)+")
_UNKNOWN = "[UNK]"
_DISCOUNT = 20
_ODDS = 4.0
"""A pair of syllables is a word where it is seen this many times as often as by chance."""


def normalizer() -> normalizers.Normalizer:
    """The same form as ``ingest.normalise.key``: NFC, lower case, one tone placement; invisible letters
    dropped.
    """
    rules: list[normalizers.Normalizer] = [
        normalizers.NFC(),
        normalizers.Replace(Regex("[\u200b\u200c\u200d\u2060\ufeff\u00ad]"), ""),
        normalizers.Lowercase(),
        normalizers.Strip(),
    ]
    for first, second in ("oa", "oe", "uy"):
        for early, late in zip(_TONES[first], _TONES[second], strict=True):
            # "quý" keeps its tone: there "qu" is the consonant.
            before = "(?<!q)" if first == "u" else ""
            rules.append(normalizers.Replace(Regex(f"{before}{first}{late}(?!{_LETTER})"), early + second))
    return normalizers.Sequence(rules)


def build(texts: Sequence[str], *, size: int, words: int) -> Tokenizer:
    """Learn a tokenizer of at most ``size`` pieces, up to ``words`` of them words of several syllables.

    ``texts`` are given as they are to be weighted: what is twice in it counts twice. A quarter is learnt
    without marks.
    """
    texts = [key(text) for text in texts]
    plain = [strip_marks(text) for text in texts[::4]]
    compounds = join_syllables(texts, words * 3 // 4)
    compounds |= join_syllables(plain, words - len(compounds))
    pieces = _pieces(texts + plain, size - len(compounds))
    # A compound's count comes from all texts, as the count of a piece does, so that both are on one scale.
    scores = {piece: float(count) for piece, count in pieces.items()}
    scores.update({"▁" + word.replace(" ", "▁"): float(count) for word, count in compounds.items()})
    total = sum(scores.values())
    vocabulary = [(_UNKNOWN, 0.0)]
    vocabulary += sorted(
        ((piece, math.log(count / total)) for piece, count in scores.items()),
        key=lambda row: (-row[1], row[0]),
    )
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([_punctuation(), _metaspace(split=False)])
    return tokenizer


def join_syllables(texts: Iterable[str], limit: int) -> Counter[str]:
    """Words of two to four syllables and how often they stand in ``texts``, the ``limit`` most frequent."""
    found: Counter[str] = Counter()
    lines = [_runs(text) for text in texts]
    for _ in range(2):
        single: Counter[str] = Counter()
        double: Counter[tuple[str, str]] = Counter()
        for runs in lines:
            for run in runs:
                single.update(run)
                double.update(pairwise(run))
        total = sum(single.values())
        joined = {
            pair: count
            for pair, count in double.items()
            if (count - _DISCOUNT) * total > _ODDS * single[pair[0]] * single[pair[1]]
            and (pair[0] + pair[1]).count("_") <= 2
        }
        found.update({" ".join(pair).replace("_", " "): count for pair, count in joined.items()})
        lines = [[_join(run, joined) for run in runs] for runs in lines]
    return Counter(dict(found.most_common(limit)))


def _runs(text: str) -> list[list[str]]:
    return [run.split() for run in _JOINT.findall(text)]


def _join(run: list[str], joined: dict[tuple[str, str], int]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(run):
        pair = (run[at], run[at + 1]) if at + 1 < len(run) else None
        if pair is not None and pair in joined:
            out.append("_".join(pair))
            at += 2
        else:
            out.append(run[at])
            at += 1
    return out


def _pieces(texts: list[str], size: int) -> Counter[str]:
    """Pieces of single words by BPE, with the times each is used."""
    bpe = Tokenizer(models.BPE(unk_token=_UNKNOWN))
    bpe.pre_tokenizer = pre_tokenizers.Sequence([_punctuation(), _metaspace(split=True)])
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=[_UNKNOWN], min_frequency=5, limit_alphabet=400, show_progress=False
    )
    bpe.train_from_iterator(texts, trainer)
    used: Counter[str] = Counter(dict.fromkeys(bpe.get_vocab(), 1))
    for start in range(0, len(texts), 2048):
        for encoding in bpe.encode_batch(texts[start : start + 2048]):
            used.update(encoding.tokens)
    del used[_UNKNOWN]
    return used


def _punctuation() -> pre_tokenizers.PreTokenizer:
    # The blank before goes with the mark, or it would become a token of its own.
    return pre_tokenizers.Split(Regex(r"\s*(?:\d+|[^\w\s])"), behavior="isolated")


def _metaspace(*, split: bool) -> pre_tokenizers.PreTokenizer:
    return pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=split)
