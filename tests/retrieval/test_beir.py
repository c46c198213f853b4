"""The rankers over lists of texts, beside the same rankers over an index."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.beir import SYSTEMS, rank, top
from retrieval.embed import Encoder
from retrieval.engine import Engine

TEXTS = [
    ("", "Sở Y tế chủ trì tiêm chủng cho trẻ em"),
    ("", "Công an tỉnh giữ gìn an ninh trật tự"),
    ("", "Trồng chè ở vùng cao"),
]


def test_every_system_ranks_every_query(encoder: Encoder) -> None:
    queries = ["ai giữ an ninh", "trong che o dau", "who keeps security and order?", "zzz"]
    found = rank(TEXTS, queries, encoder, k=2)
    assert tuple(found) == SYSTEMS
    assert [rows[0] for rows in found["fused"][:3]] == [1, 2, 1]
    assert [found[name][3] for name in ("bm25", "passages", "folded")] == [[], [], []]
    assert all(len(rows) <= 2 for runs in found.values() for rows in runs)
    assert rank(TEXTS, [], encoder)["fused"] == []


def test_the_title_counts(encoder: Encoder) -> None:
    found = rank([("Thu phí cầu đường", "Điều này quy định mức thu."), *TEXTS], ["phí cầu đường"], encoder)
    assert {found[name][0][0] for name in SYSTEMS} == {0}


def test_a_long_text_is_found_by_one_of_its_clauses(encoder: Encoder) -> None:
    filler = "\n".join(
        f"{at}. Ủy ban nhân dân xã tổ chức thực hiện việc thứ {at} theo quy định." for at in range(1, 40)
    )
    texts = [("", f"{filler}\n40. Nhà nước hỗ trợ tiền điện cho hộ nghèo."), ("", "Hộ nghèo và tiền thuê nhà"), *TEXTS]
    found = rank(texts, ["tiền điện cho hộ nghèo"], encoder)
    assert (found["bm25"][0][0], found["passages"][0][0]) == (1, 0)


def test_a_clause_that_explains_the_term_in_question_counts(encoder: Encoder) -> None:
    named = "Vùng chè tập trung được hỗ trợ. Vùng chè tập trung được mở rộng."
    texts = [("", named), ("", "Giải thích\n1. Vùng chè tập trung là nơi trồng trên năm mươi héc ta."), *TEXTS]
    assert rank(texts, ["Vùng chè tập trung là gì?"], encoder)["weighted"][0][0] == 1
    assert rank(texts, ["Hỗ trợ, mở rộng vùng chè tập trung"], encoder)["weighted"][0][0] == 0


def test_a_restorer_of_the_caller_is_used(encoder: Encoder) -> None:
    assert rank(TEXTS, ["?"], encoder, restore=lambda _: "trồng chè")["bm25"] == [[2]]


def test_texts_that_several_processes_segment_stay_in_their_order(engine: Engine, encoder: Encoder) -> None:
    read = {one.reading for info in engine.documents() for one in engine.passages(info.id)}
    texts = sorted(one for one in read if len(one) > 60)
    assert len(texts) > 400
    found = rank([("", text) for text in texts], texts[::40], encoder, k=3)
    for name in ("bm25", "folded", "dense", "fused"):
        assert [at for at, rows in zip(range(0, len(texts), 40), found[name], strict=True) if at not in rows] == [], (
            name
        )


@given(st.lists(st.integers(-2, 3), max_size=30), st.integers(0, 12))
def test_the_best_rows_are_those_of_a_full_sort(scores: list[int], k: int) -> None:
    array = np.array(scores, dtype=np.float32)
    expected = sorted((row for row in range(len(scores)) if scores[row] > 0), key=lambda row: (-scores[row], row))
    assert top(array, k) == expected[:k]
