"""The five plans, indexed once with the shipped model."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.embed import Encoder, load_encoder
from retrieval.engine import Engine
from retrieval.index import build

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    index = tmp_path_factory.mktemp("index")
    build(CORPUS, index, encoder)
    engine = Engine.open(index)
    engine.prepare()
    return engine
