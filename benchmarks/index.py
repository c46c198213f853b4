"""How long the corpus takes to index from nothing, beside the usual LangChain recipe with the same encoder.

The recipe: RecursiveCharacterTextSplitter of 1,000 characters with 200 of overlap, InMemoryVectorStore. It
reads no structure, keeps no place in the source and writes nothing to disk.

Usage: python benchmarks/index.py [--corpus DIR]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from machine import machine, peak_mib

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 5


def seconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes: the median of the repeats."""
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def langchain_recipe(corpus: Path) -> Callable[[], object]:
    """Split and embed every document, as the tutorials do."""
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import InMemoryVectorStore
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from ingest.pipeline import documents
    from retrieval.embed import load_encoder

    encoder = load_encoder()

    class SameEncoder(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(value) for value in row] for row in encoder.encode_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(value) for value in encoder.encode_questions([text])[0]]

    def index() -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        texts = [path.read_text(encoding="utf-8") for path in documents(corpus)]
        InMemoryVectorStore(SameEncoder()).add_documents(splitter.create_documents(texts))

    return index


def run() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    options = parser.parse_args()

    from ui.commands.opening import build_index, prepare

    with tempfile.TemporaryDirectory() as folder:
        settings = prepare(corpus=options.corpus, index=Path(folder) / "index")
        start = time.perf_counter()
        build_index(settings)
        first = time.perf_counter() - start
        ours = seconds(lambda: build_index(settings, rebuild=True))
        unchanged = seconds(lambda: build_index(settings))
    memory = peak_mib()
    peer = seconds(langchain_recipe(options.corpus))

    print(machine())
    print(f"planqa            {first:.2f} s with imports, then {ours:.2f} s; unchanged {unchanged:.3f} s")
    print(f"LangChain recipe  {peer:.2f} s")
    print(f"ratio             {ours / peer:.1f}; memory peak {memory:.0f} MiB")
    print(f"bar               under 15 s from nothing: {first < 15}")


if __name__ == "__main__":
    run()
