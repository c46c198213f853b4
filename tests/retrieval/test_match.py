"""The shipped matcher: what it computes, that it is what sentence-transformers loads, and where it stands in a search."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import match
from retrieval.embed import SHIPPED as ENCODER
from retrieval.errors import ModelMissing
from retrieval.fuse import reordered
from retrieval.match import PASSAGE, Matcher, load_matcher
from retrieval.search import MATCHED, matched

QUESTION = "Cơ quan nào cấp giấy phép lái xe?"
RIGHT = "Sở Giao thông vận tải cấp giấy phép lái xe cho người đạt kỳ sát hạch."
WRONG = (
    "Người lái xe phải mang theo giấy phép khi tham gia giao thông.",
    "Ủy ban nhân dân cấp xã chứng thực bản sao giấy tờ.",
    "",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return load_matcher()


def test_the_passage_that_answers_is_more_probable_than_those_that_share_words_or_nothing(matcher: Matcher) -> None:
    right, shares_words, *nothing = matcher.probabilities(QUESTION, matcher.read([RIGHT, *WRONG]))
    assert right > 0.9 > 0.8 > shares_words
    assert max(nothing) < 0.01


def test_a_plain_cross_encoder_of_the_folder_gives_the_same_probabilities(matcher: Matcher) -> None:
    from sentence_transformers import CrossEncoder

    texts = [RIGHT, *WRONG[:2], RIGHT * 30]
    # The class of the network is the project's own, which sentence-transformers loads only where it is told to.
    loaded = CrossEncoder(str(match.SHIPPED), trust_remote_code=True, device="cpu")
    theirs = loaded.predict([(QUESTION, text) for text in texts])
    assert np.allclose(matcher.probabilities(QUESTION, matcher.read(texts)), theirs, atol=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=400), max_size=5))
def test_any_text_has_a_probability_that_does_not_depend_on_its_neighbours(question: str, texts: list[str]) -> None:
    matcher = load_matcher()
    together = matcher.probabilities(question, matcher.read(texts))
    assert together.shape == (len(texts),)
    assert ((together >= 0) & (together <= 1)).all()
    alone = [matcher.probabilities(question, matcher.read([text]))[0] for text in texts]
    assert np.allclose(together, alone, atol=1e-4)


def test_of_a_long_passage_the_beginning_is_read(matcher: Matcher) -> None:
    long = matcher.read([f"{RIGHT} " * 100])[0]
    assert len(long) == PASSAGE


def test_weights_for_another_static_model_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / match.SHIPPED.name
    shutil.copytree(match.SHIPPED, folder)
    shutil.copytree(ENCODER, tmp_path / ENCODER.name)
    assert Matcher.load(folder).read([RIGHT])[0].size > 5
    (folder / "config.json").write_text(json.dumps({"encoder": "other@000000000000"}), encoding="utf-8")
    with pytest.raises(ModelMissing, match="it was trained on other@000000000000"):
        Matcher.load(folder)
    (folder / "model.safetensors").write_bytes(b"no weights")
    (folder / "config.json").write_text(json.dumps({"encoder": "x"}), encoding="utf-8")
    with pytest.raises(ModelMissing, match="its files are damaged"):
        Matcher.load(folder)
    shutil.rmtree(folder)
    with pytest.raises(ModelMissing, match="No such file"):
        Matcher.load(folder)


def test_only_the_rows_that_were_matched_rise_and_nothing_leaves_the_unit_interval() -> None:
    scores = np.array([2.0, 1.8, 0.4, 0.0], dtype=np.float32)
    found = reordered(scores, np.array([0, 1]), np.array([0.1, 0.9], dtype=np.float32), share=0.4)
    assert found.argsort()[::-1].tolist() == [1, 0, 2, 3]
    assert np.allclose(found, [0.6 + 0.4 / 9, 0.54 + 0.4, 0.12, 0.0])


def test_the_matcher_reads_the_best_rows_alone(matcher: Matcher) -> None:
    texts = [RIGHT if number == 30 else f"Điều {number}. {WRONG[1]}" for number in range(200)]
    scores = np.linspace(1, 0.1, 200, dtype=np.float32)
    read: list[int] = []

    def tokens(rows: match.Rows) -> list[match.Tokens]:
        read.extend(rows.tolist())
        return matcher.read([texts[row] for row in rows])

    found = matched(scores, QUESTION, tokens, matcher)
    assert sorted(read) == list(range(MATCHED))
    assert int(found.argmax()) == 30
    assert (np.diff(found[MATCHED:]) < 0).all()
    assert matched(np.zeros(3, dtype=np.float32), QUESTION, tokens, matcher).tolist() == [0, 0, 0]
