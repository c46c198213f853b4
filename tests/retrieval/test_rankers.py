"""Rankers and fusion against independent arithmetic; LangChain's interfaces over them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.beir import rank
from retrieval.dense import Vectors
from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.fuse import rrf, weighted
from retrieval.langchain import PlanqaEmbeddings, PlanqaRetriever, PlanqaVectorStore
from retrieval.lexical import Lexical
from retrieval.tokens import marked_syllables, syllables, words


def test_bm25_is_its_formula() -> None:
    texts = [["rừng", "chè"], ["rừng"], ["cá", "cá", "rừng", "ao"]]
    scores = Lexical.build(texts).scores(["cá", "rừng"])
    mean = sum(map(len, texts)) / 3

    def term(word: str, text: list[str]) -> float:
        held = sum(word in one for one in texts)
        weight = math.log(1 + (3 - held + 0.5) / (held + 0.5))
        count = text.count(word)
        return weight * count / (count + 1.2 * (1 - 0.5 + 0.5 * len(text) / mean))

    assert scores.tolist() == pytest.approx(
        [sum(term(word, text) for word in ("cá", "rừng")) for text in texts], abs=1e-5
    )
    assert Lexical.build(texts).scores(["voi"]).tolist() == [0.0, 0.0, 0.0]


def test_bm25_comes_back_from_disk(tmp_path: Path) -> None:
    built = Lexical.build([["a", "b"], ["c"]])
    built.save(tmp_path / "lexical")
    assert Lexical.load(tmp_path / "lexical", 2).scores(["b"]).tolist() == built.scores(["b"]).tolist()


def test_faiss_agrees_with_numpy_after_adding_and_removing() -> None:
    rows = np.random.default_rng(1).normal(size=(50, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vectors = Vectors.empty(16)
    vectors.add(range(100, 150), rows)
    vectors.remove([105, 149, 7])
    kept = [at for at in range(50) if at not in (5, 49)]
    keys, scores = vectors.search(rows[3], 10)
    expected = sorted(kept, key=lambda at: -float(rows[at] @ rows[3]))[:10]
    assert [key - 100 for key in keys.tolist()] == expected
    assert scores.tolist() == pytest.approx([float(rows[at] @ rows[3]) for at in expected], abs=1e-5)


def test_fusion_by_hand() -> None:
    one, two = np.array([2.0, 1.0, 0.0], dtype=np.float32), np.array([0.0, 4.0, 4.0], dtype=np.float32)
    assert weighted({"a": one, "b": two}, {"a": 0.25, "b": 0.75}).tolist() == pytest.approx([0.25, 0.875, 0.75])
    assert rrf([one, two], k=1).tolist() == pytest.approx([1 / 2, 1 / 3 + 1 / 2, 1 / 3])
    with pytest.raises(ValueError, match="negative"):
        rrf([one], k=-1)


def test_numbers_and_abbreviations_are_whole_tokens() -> None:
    assert {"2152/qđ-ttg", "18/12/2020"} <= set(words("Quyết định số 2152/QĐ-TTg ngày 18/12/2020"))
    assert "7.011" in words("7.011 triệu đồng")
    assert syllables("KT-XH vùng DTTS&MN") == "kinh te xa hoi vung dan toc thieu so va mien nui".split()
    assert marked_syllables("UBND tỉnh") == ["ủy", "ban", "nhân", "dân", "tỉnh"]


@given(st.text(max_size=60))
def test_tokens_take_any_text(text: str) -> None:
    assert all(words(text))
    assert len(syllables(text)) == len(marked_syllables(text))


def test_beir_ranks_by_every_system(encoder: Encoder) -> None:
    texts = [
        ("", "Sở Y tế chủ trì tiêm chủng cho trẻ em"),
        ("", "Công an tỉnh giữ gìn an ninh trật tự"),
        ("", "Trồng chè ở vùng cao"),
    ]
    found = rank(texts, ["ai giữ an ninh", "trong che o dau"], encoder, k=2)
    assert set(found) == {"bm25", "folded", "dense", "fused"}
    assert [rows[0] for rows in found["fused"]] == [1, 2]
    assert all(len(rows) <= 2 for runs in found.values() for rows in runs)


def test_a_langchain_store_adds_finds_and_deletes(encoder: Encoder) -> None:
    store = PlanqaVectorStore.from_texts(
        ["Trồng chè ở xã vùng cao", "Công an tỉnh giữ an ninh"],
        PlanqaEmbeddings(encoder),
        [{"n": 1}, {"n": 2}],
        ids=["a", "b"],
    )
    document, score = store.similarity_search_with_score("an ninh trật tự", k=1)[0]
    assert (document.id, document.metadata) == ("b", {"n": 2}) and 0 < score <= 1.0001
    store.add_texts(["Nuôi cá lồng"], ids=["b"])
    assert [one.page_content for one in store.get_by_ids(["b", "none"])] == ["Nuôi cá lồng"]
    store.delete(["a"])
    assert [one.id for one in store.similarity_search("chè", k=5)] == ["b"]
    assert store.as_retriever(search_kwargs={"k": 1}).invoke("cá")[0].id == "b"
    with pytest.raises(ValueError, match="ids"):
        store.add_texts(["x"], ids=["1", "2"])


def test_a_langchain_retriever_gives_passages_with_their_places(engine: Engine, encoder: Encoder) -> None:
    found = PlanqaRetriever(engine=engine, k=3).invoke("Cơ quan nào chủ trì Dự án 8?")
    place = found[0].metadata
    assert "dự án 8" in engine.source(place["document"])[place["start"] : place["end"]]
    store = PlanqaVectorStore.from_engine(engine, PlanqaEmbeddings(encoder))
    assert store.similarity_search("vùng chè tập trung", k=1)[0].metadata["document"] == "2021-tam-duong-kh-ubnd"
