"""The training data as pairs: what each file gives, what is held out, and the raw paragraphs.

The files are described in the README.md beside them; nothing else is read for training.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.normalise import key

PAIR_FILES = {
    "zalo-legal": "pairs-zalo-legal.jsonl.gz",
    "alqac22": "pairs-alqac22.jsonl.gz",
    "legal-synthetic": "pairs-legal-synthetic.jsonl.gz",
    "law-title": "pairs-law-title.jsonl.gz",
    "procedures": "pairs-procedures.jsonl.gz",
    "reading": "pairs-reading.jsonl.gz",
    "wiki-section": "pairs-wiki-section.jsonl.gz",
    "en-vi-law": "pairs-en-vi-law.jsonl.gz",
}
HELD_OUT = ("zalo-legal", "alqac22", "reading", "en-vi-law")
GLOSSARY = Path(__file__).parents[1] / "data" / "glossary.tsv"


@dataclass(frozen=True, slots=True)
class Pair:
    """A query, a passage that answers it, and the group (file) it comes from."""

    query: str
    positive: str
    group: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that is trained on (``pairs``, ``parallel`` as English and Vietnamese) and the held-out
    pairs.
    """

    pairs: tuple[Pair, ...]
    parallel: tuple[Pair, ...]
    held_out: tuple[Pair, ...]


def load(folder: Path) -> Sources:
    """Read all pairs of ``folder`` and split them. Raises FileNotFoundError where a file is missing.

    A tenth of the positives of the files in ``HELD_OUT`` is held out with all its questions, chosen by a
    hash of the text, so that the split is the same everywhere. Sentences of a held-out article leave the
    parallel text too; a title pair of the same article stays, as a search engine has read the article before
    it is asked.
    """
    pairs = [
        Pair(row["query"], row["positive"], group)
        for group, name in PAIR_FILES.items()
        for row in read_rows(folder / name)
    ]
    held_out = [pair for pair in pairs if pair.group in HELD_OUT and is_held_out(pair.positive)]
    held_english = {pair.query for pair in held_out if pair.group == "en-vi-law"}
    held_text = "\n".join(key(pair.positive) for pair in held_out if pair.group == "en-vi-law")
    parallel = [
        Pair(row["en"], row["vi"], f"parallel-{row['src']}") for row in read_rows(folder / "parallel-en-vi.jsonl.gz")
    ]
    held_out += [pair for pair in parallel if not pair.group.endswith("law-mt") and is_held_out(pair.positive)]
    known = set(held_out)
    return Sources(
        pairs=tuple(pair for pair in pairs if pair not in known),
        parallel=tuple(
            pair
            for pair in parallel
            if pair not in known
            and pair.query not in held_english
            and not (len(pair.positive) > 30 and key(pair.positive) in held_text)
        ),
        held_out=tuple(held_out),
    )


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_lines(path: Path) -> list[str]:
    """The lines of a gzipped text file, without their ends."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines]


def read_table(path: Path) -> list[tuple[str, str]]:
    """The first two columns of a tab-separated file; blank lines and lines that start with ``#`` are
    skipped.
    """
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            first, second, *_ = line.split("\t")
            rows.append((first.strip(), second.strip()))
    return rows


def is_held_out(text: str) -> bool:
    """Whether a text falls into the held-out tenth."""
    return hashlib.sha256(key(text).encode()).digest()[0] % 10 == 0
