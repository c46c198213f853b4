"""One engine over the five plans for all tests of the evaluation."""

from __future__ import annotations

import pytest
from plans import CORPUS

from retrieval.embed import load_encoder
from retrieval.engine import Engine
from retrieval.index import build


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    index = tmp_path_factory.mktemp("plans") / "index"
    build(CORPUS, index, load_encoder())
    return Engine.open(index)
