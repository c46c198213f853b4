"""Tokens, rankers and fusion against independent arithmetic."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dense import Vectors
from retrieval.fuse import rrf, weighted
from retrieval.lexical import BestPassage, Lexical
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


def test_a_text_scores_as_its_best_passage() -> None:
    passages = [["rừng", "chè"], ["rừng"], ["cá", "cá", "rừng"], ["ao"]]
    alone = Lexical.build(passages, k1=0.9, b=0.3).scores(["cá", "rừng"]).tolist()
    best = BestPassage([passages[:1], passages[1:3], passages[3:]])
    assert best.scores(["cá", "rừng"]).tolist() == [alone[0], alone[2], alone[3]]
    assert BestPassage([]).scores(["cá"]).tolist() == []


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


def test_a_ranker_that_finds_nothing_leaves_the_others_as_they_are() -> None:
    one, nothing = np.array([2.0, 1.0], dtype=np.float32), np.zeros(2, dtype=np.float32)
    assert weighted({"a": one, "b": nothing}, {"a": 0.5, "b": 0.5}).tolist() == [0.5, 0.25]
    assert rrf([one, nothing], k=0).tolist() == [1.0, 0.5]
    assert weighted({"a": -one}, {"a": 1.0}).tolist() == [0.0, 0.0]


SCORES = st.lists(st.integers(0, 1000), min_size=1, max_size=20)


@given(SCORES, st.floats(0.25, 1024.0, width=32))
def test_the_scale_of_a_ranker_does_not_change_the_fusion(scores: list[int], scale: float) -> None:
    one = np.array(scores, dtype=np.float32)
    other = np.arange(len(scores), dtype=np.float32)
    shares = {"a": 0.3, "b": 0.7}
    scaled = weighted({"a": one * np.float32(scale), "b": other}, shares)
    assert scaled.tolist() == pytest.approx(weighted({"a": one, "b": other}, shares).tolist(), abs=1e-4)
    assert float(scaled.min()) >= 0.0 and float(scaled.max()) <= 1.00001


def test_numbers_and_abbreviations_are_whole_tokens() -> None:
    assert {"2152/qđ-ttg", "18/12/2020"} <= set(words("Quyết định số 2152/QĐ-TTg ngày 18/12/2020"))
    assert "7.011" in words("7.011 triệu đồng")
    assert syllables("KT-XH vùng DTTS&MN") == "kinh te xa hoi vung dan toc thieu so va mien nui".split()
    assert marked_syllables("UBND tỉnh") == ["ủy", "ban", "nhân", "dân", "tỉnh"]


@given(
    st.integers(1, 99_999), st.integers(1, 31), st.integers(1, 12), st.sampled_from(["QĐ-TTg", "KH-UBND", "NQ-HĐND"])
)
def test_any_document_number_and_date_stays_whole(number: int, day: int, month: int, kind: str) -> None:
    date = f"{day:02}/{month:02}/2020"
    found = words(f"Căn cứ văn bản số {number}/{kind} ngày {date} của Chính phủ")
    assert f"{number}/{kind.lower()}" in found and date in found


def test_the_syllables_of_a_segmented_word_are_tokens_too() -> None:
    assert {"chính_phủ", "chính", "phủ"} <= set(words("Chính phủ"))


@given(st.text(max_size=60))
def test_tokens_take_any_text(text: str) -> None:
    assert all(words(text))
    assert len(syllables(text)) == len(marked_syllables(text))
