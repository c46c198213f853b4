"""Count the n-grams of general text for the restorer: ``python -m retrieval.training.restorer --data
../shared/data --out FOLDER``.

Every hundredth paragraph is left out and its syllables are what the accuracy in docs/models.md is measured
on (``--measure``).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tqdm import tqdm

from ingest.normalise import early_tone, key, strip_marks
from retrieval.restore import WORD, Restorer, is_syllable, runs
from retrieval.training.sources import load, read_lines

HELD_OUT = 100
RAREST = 5
"""Times a syllable must be seen."""
ASKED = ("zalo-legal", "alqac22", "legal-synthetic", "reading", "procedures")
QUESTION_WEIGHT = 20
"""Law and encyclopedia ask nothing: the questions of the training pairs are counted this many times each."""
FORM_WEIGHT = 100
_BODIES = ("sở", "phòng", "ban", "bộ", "hội", "cơ quan", "đơn vị", "địa phương", "tỉnh", "huyện", "xã")
_DUTIES = (
    "chủ trì",
    "phối hợp",
    "chịu trách nhiệm",
    "theo dõi",
    "báo cáo",
    "hướng dẫn",
    "kiểm tra",
    "thực hiện",
)
_ASKS = (
    *(
        "ai ký",
        "ai ký ban hành",
        "ai là người ký",
        "nơi nhận là ai",
        "do ai ký",
        "là những gì",
        "gồm những gì",
    ),
    *("gồm những ai", "làm gì", "phải làm gì", "có nhiệm vụ gì", "là bao nhiêu", "mấy lần", "mấy lớp"),
    *("mấy tỷ đồng", "mấy triệu đồng", "bao nhiêu tiền", "khi nào", "ngày nào", "năm nào", "ở đâu", "vì sao"),
    *(
        "như thế nào",
        "là khi nào",
        "văn bản nào",
        "quyết định nào",
        "dự án nào",
        "chương trình nào",
        "mấy dự án",
    ),
    # "ngày mấy" is in no law, and "máy" and "may" are.
    *(f"{thing} mấy" for thing in ("ngày", "trước ngày", "tháng", "năm", "đến năm", "quý", "khu vực", "lần thứ")),
    *(
        f"mấy {thing}"
        for thing in ("ngày", "tháng", "năm", "xã", "huyện", "thôn", "bản", "phòng", "người", "hộ", "phần trăm", "giờ")
    ),
    *(f"{word} mấy" for word in ("có", "gồm", "là", "được", "chia")),
)
PAIRS = 210_000
TRIPLES = 250_000
"""The most frequent n-grams kept: 5 and 7 bytes each, together under 3 MB."""


def count(lines: Iterable[str]) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """The syllables by frequency ("" first: the edge of a run), their counts, and all runs as ids with
    edges between.
    """
    seen: Counter[str] = Counter()
    rows = [run for line in lines for run in runs(line)]
    for row in rows:
        seen.update(row)
    syllables = ["", *(syllable for syllable, times in seen.most_common() if times >= RAREST)]
    ids = {syllable: number for number, syllable in enumerate(syllables)}
    # A rare syllable is an edge too; runs are parted by two edges, so that no triple reaches over.
    stream = np.fromiter(
        (number for row in rows for number in (0, *(ids.get(syllable, 0) for syllable in row), 0)),
        dtype=np.int64,
    )
    return syllables, np.bincount(stream, minlength=len(syllables)), stream


def frequent(stream: NDArray[np.int64], order: int, limit: int) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """The ``limit`` most frequent n-grams, (order, n) ids in sorted order, and eighths of the logarithm
    of their counts.

    Left out are those that begin and end a run at once, and those of edges alone.
    """
    columns = [stream[at : len(stream) - order + 1 + at] for at in range(order)]
    codes = columns[0].copy()
    for column in columns[1:]:
        codes = (codes << 20) | column
    inside = np.ones(len(codes), dtype=bool)
    for first, second in pairwise(columns):
        inside &= (first != 0) | (second != 0)
    found, times = np.unique(codes[inside], return_counts=True)
    kept = np.sort(np.argsort(-times, kind="stable")[:limit])
    found, times = found[kept], times[kept]
    ids = np.stack([(found >> (20 * (order - 1 - at))) & 0xFFFFF for at in range(order)])
    return ids.astype(np.uint16), np.minimum(np.rint(np.log2(times) * 8), 255).astype(np.uint8)


def questions(data: Path) -> list[str]:
    """How people ask, weighted: questions of the training pairs, and plain forms of questions on a plan."""
    asked = [pair.query for pair in load(data).pairs if pair.group in ASKED]
    forms = [f"{body} nào {duty}" for body in _BODIES for duty in _DUTIES]
    forms += [*(f"ai {duty}" for duty in _DUTIES), *_ASKS]
    return asked * QUESTION_WEIGHT + forms * FORM_WEIGHT


def accuracy(restorer: Restorer, texts: Iterable[str]) -> tuple[float, int]:
    """The share of syllables that come back right from texts without marks, and how many there were."""
    right = total = 0
    for text in texts:
        whole = key(text)
        restored = early_tone(restorer.restore(strip_marks(whole)))
        # Restoring keeps every letter in its place, so a syllable is compared where it stood.
        for match in WORD.finditer(whole):
            if is_syllable(match.group()):
                total += 1
                right += restored[match.start() : match.end()] == match.group()
    return right / max(total, 1), total


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table, or measure the one that is shipped."""
    parser = argparse.ArgumentParser(description="Count n-grams for the diacritics restorer.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training data")
    parser.add_argument("--out", type=Path, help="the folder the table is written to")
    parser.add_argument("--measure", type=Path, help="measure instead, also on the documents of this folder")
    given = parser.parse_args(arguments)
    lines = read_lines(given.data / "text-vi.txt.gz")
    if given.measure is not None:
        return measure(given.data, lines[::HELD_OUT], given.measure)
    if given.out is None:
        parser.error("--out or --measure is needed")
    train = (line for at, line in enumerate(tqdm(lines, unit="line", mininterval=5, disable=None)) if at % HELD_OUT)
    syllables, single, stream = count(chain(train, questions(given.data)))
    pairs, pair_counts = frequent(stream, 2, PAIRS)
    triples, triple_counts = frequent(stream, 3, TRIPLES)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "syllables.txt").write_text("".join(f"{syllable}\n" for syllable in syllables), encoding="utf-8")
    arrays: dict[str, NDArray[np.generic]] = {
        "single": single.astype(np.float32),
        "pairs": pairs,
        "pair_counts": pair_counts,
        "triples": triples,
        "triple_counts": triple_counts,
    }
    save_file(arrays, given.out / "counts.safetensors")
    (given.out / "counts.safetensors").chmod(0o644)
    return 0


def measure(data: Path, lines: Sequence[str], corpus: Path) -> int:
    """Print the accuracy on held-out paragraphs, and on each document with the others learnt."""
    share, total = accuracy(Restorer.learn(()), (sentence for line in lines for sentence in line.split(". ")))
    sys.stdout.write(f"general text\t{share:.4f}\t{total}\n")
    asked = [pair.query for pair in load(data).held_out if pair.group in ASKED]
    share, total = accuracy(Restorer.learn(()), asked)
    sys.stdout.write(f"held-out questions\t{share:.4f}\t{total}\n")
    documents = [path for path in sorted(corpus.glob("*.md")) if path.name != "README.md"]
    for path in documents:
        others = [other.read_text(encoding="utf-8") for other in documents if other != path]
        own = path.read_text(encoding="utf-8").splitlines()
        for name, restorer in (("general", Restorer.learn(())), ("with the others", Restorer.learn(others))):
            share, total = accuracy(restorer, own)
            sys.stdout.write(f"{path.stem}, {name}\t{share:.4f}\t{total}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
