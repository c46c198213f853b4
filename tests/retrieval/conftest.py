"""The five plans, indexed once with the shipped model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from retrieval.embed import Encoder, load_encoder
from retrieval.engine import Engine
from retrieval.index import Index, build

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Index:
    folder = tmp_path_factory.mktemp("index")
    build(CORPUS, folder, encoder)
    return Index.open(folder)


@pytest.fixture(scope="session")
def engine(index: Index, encoder: Encoder) -> Engine:
    engine = Engine(index, encoder)
    engine.prepare()
    return engine


@pytest.fixture(scope="session")
def engine_of(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Callable[[Mapping[str, str]], Engine]:
    """An engine over documents given by their names and texts."""

    def made(texts: Mapping[str, str]) -> Engine:
        folder = tmp_path_factory.mktemp("texts")
        (folder / "corpus").mkdir()
        for name, text in texts.items():
            (folder / "corpus" / f"{name}.md").write_text(text, encoding="utf-8")
        build(folder / "corpus", folder / "index", encoder)
        return Engine(Index.open(folder / "index"), encoder)

    return made
