"""The five plans, indexed once with the shipped model."""

from __future__ import annotations

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
