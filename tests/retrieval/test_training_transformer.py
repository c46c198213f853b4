"""The small transformers, end to end on made-up text: they learn, they load, and a seed fixes them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from retrieval.embed import load_encoder
from retrieval.training import compare, contrastive, cross, mining, pretrain, transformer, vocabulary
from retrieval.training.dev import Trial
from retrieval.training.sources import PAIR_FILES, Pair
from retrieval.training.transformer import SPECIAL, Shape, Static

MATTERS = (
    ("Ai bố trí ngân sách?", "Sở Tài chính cân đối ngân sách và bố trí kinh phí hằng năm"),
    ("Ai chăm sóc sức khỏe?", "Sở Y tế tổ chức khám bệnh và tiêm chủng cho nhân dân"),
    ("Ai dạy trẻ em đọc?", "Trường tiểu học mở lớp xóa mù chữ trong thôn bản"),
    ("Ai giữ gìn rừng?", "Hạt Kiểm lâm tuần tra, bảo vệ rừng phòng hộ đầu nguồn"),
)
PAIRS = [
    Pair(f"{question} Điều {number}", f"{answer}. Khoản {number} quy định thêm.", "reading")
    for number in range(12)
    for question, answer in MATTERS
]
TINY = Shape(layers=2, width=32, heads=2, inner=64)


@pytest.fixture(scope="module")
def static() -> Static:
    texts = [text for pair in PAIRS for text in (pair.query, pair.positive)]
    tokenizer = vocabulary.build(texts * 3, size=220, words=10)
    vectors = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 48)).astype(np.float32)
    return Static(tokenizer, vectors)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> None:
    """Two threads wait for each other longer than such small steps take."""
    torch.set_num_threads(1)


def pretrained(static: Static, folder: Path) -> list[float]:
    queries, passages = pretrain.pair_rows(PAIRS, static)
    counts = pretrain.counts_of(passages, len(static.vectors))
    cls, sep = (len(static.vectors) + SPECIAL.index(token) for token in ("[CLS]", "[SEP]"))
    body, weights = transformer.new_body(static, counts, TINY, seed=3)
    losses = pretrain.train(
        body,
        pretrain.Head(TINY.width, counts),
        pretrain.windows(passages, 24, cls, sep),
        pretrain.joined(queries, passages, 24, cls, sep),
        size=8,
        steps=60,
        rate=1e-2,
        sample=50,
        seed=3,
    )
    pretrain.save(folder, body, weights, static)
    return losses


@pytest.fixture(scope="module")
def body(one_thread: None, static: Static, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    folder = tmp_path_factory.mktemp("body")
    return folder, pretrained(static, folder)


def falls(losses: list[float]) -> bool:
    return float(np.mean(losses[-5:])) < 0.95 * float(np.mean(losses[:5]))


def test_pre_training_learns_and_a_seed_fixes_it(
    static: Static, body: tuple[Path, list[float]], tmp_path: Path
) -> None:
    folder, losses = body
    assert falls(losses)
    assert pretrained(static, tmp_path) == losses
    first, second = (load_file(each / "model.safetensors") for each in (folder, tmp_path))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_new_body_is_nearly_the_static_model(static: Static) -> None:
    rows = static.encode([pair.positive for pair in PAIRS])
    counts = pretrain.counts_of(rows, len(static.vectors))
    wide = Shape(layers=2, width=48, heads=2, inner=32)
    model = contrastive.Pooled(*transformer.new_body(static, counts, wide, seed=1))
    with torch.no_grad():
        new = torch.nn.functional.normalize(model(rows, 64), dim=1).numpy()
    old = np.stack([static.vectors[row].mean(axis=0) for row in rows])
    old /= np.linalg.norm(old, axis=1, keepdims=True)
    assert np.corrcoef((new @ new.T).ravel(), (old @ old.T).ravel())[0, 1] > 0.8


def test_the_bi_encoder_loads_as_sentence_transformers_loads_models(
    static: Static, body: tuple[Path, list[float]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contrastive, "SIZES", (32, 16))
    wrong = {pair: (PAIRS[(at + 1) % len(PAIRS)].positive,) for at, pair in enumerate(PAIRS)}
    models = []
    for name in ("one", "two"):
        model = contrastive.Pooled(*pretrain.read(body[0]))
        losses = contrastive.train(model, PAIRS, wrong, PAIRS, static, size=12, steps=30, rate=2e-3, seed=5)
        assert falls(losses)
        contrastive.save(tmp_path / name, model, static)
        models.append(model)
    weights = [load_file(tmp_path / name / "model.safetensors") for name in ("one", "two")]
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])
    assert {each.dtype for each in weights[0].values()} == {torch.float16}
    encoder = load_encoder(str(tmp_path / "one"))
    vectors = encoder.encode_passages([pair.positive for pair in PAIRS])
    assert encoder.dimensions == TINY.width
    with torch.no_grad():
        own = torch.nn.functional.normalize(models[0](static.encode([p.positive for p in PAIRS]), 64), dim=1).numpy()
    # Loaded in single precision: only the rounding to half when saving is left.
    np.testing.assert_allclose(vectors, own, atol=5e-3)


def test_the_cross_encoder_loads_and_judges_as_trained(
    static: Static, body: tuple[Path, list[float]], tmp_path: Path
) -> None:
    from sentence_transformers import CrossEncoder

    seen = [
        cross.Case(pair.query, pair.positive, tuple(other.positive for other in PAIRS[at + 1 : at + 4]))
        for at, pair in enumerate(PAIRS[:-4])
    ]
    models = [cross.new_model(pretrain.read(body[0])[0], seed=2) for _ in range(2)]
    losses = [cross.train(model, seen, static, size=8, steps=40, rate=3e-3, seed=2) for model in models]
    assert falls(losses[0])
    assert losses[0] == losses[1]
    heat = cross.temperature(models[0], seen[:8], static)
    cross.save(tmp_path, models[0], static, heat)
    pairs = [(seen[0].query, seen[0].right), (seen[0].query, seen[0].wrong[0])]
    judged = CrossEncoder(str(tmp_path), device="cpu").predict(pairs)
    rows = [tuple(static.encode(pair)) for pair in pairs]
    logits = cross.Reader(models[0], len(static.vectors)).judge([(row[0], row[1]) for row in rows])
    np.testing.assert_allclose(judged, 1 / (1 + np.exp(-logits)), atol=1e-2)
    assert judged[0] > judged[1]


def test_no_wrong_passage_answers(tmp_path: Path) -> None:
    rows = [
        {"query": "Thủ đô là gì?", "positive": "Thủ đô là Hà Nội, bên sông Hồng.", "answer": "Hà Nội"},
        {"query": "Sông nào?", "positive": "Thủ đô cũ là Huế, bên sông Hương.", "answer": "sông Hương"},
        {"query": "Thành phố nào?", "positive": "Hà Nội là thủ đô của cả nước.", "answer": "Hà Nội"},
    ]
    for name in PAIR_FILES.values():
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    pairs = [Pair(row["query"], row["positive"], "reading") for row in rows]
    ranker = mining.Ranker([row["positive"] for row in rows], load_encoder())
    found = mining.mine(pairs, ranker, mining.answers_of(tmp_path))
    # The third passage names Hà Nội too: it is no wrong answer to the first question.
    assert found[pairs[0]] == (rows[1]["positive"],)


def test_a_run_on_a_busy_machine_ends_by_the_clock() -> None:
    weight = torch.nn.Parameter(torch.ones(3))
    losses = transformer.optimise(
        [weight], iter(range(10**9)), lambda _: (weight**2).sum(), rate=1e-3, steps=10**9, minutes=0.002
    )
    assert 0 < len(losses) < 10**6


def test_both_together_score_the_mean_of_their_cosines() -> None:
    shipped = load_encoder()
    both = compare.Together(shipped, shipped, 0.25)
    texts = [pair.positive for pair in PAIRS[:4]]
    alone, joined = shipped.encode_passages(texts), both.encode_passages(texts)
    assert joined.shape[1] == both.dimensions == 2 * shipped.dimensions
    np.testing.assert_allclose(joined @ both.encode_questions(texts).T, alone @ alone.T, atol=1e-5)


def test_a_pool_holds_the_right_passages_and_the_hardest(tmp_path: Path) -> None:
    texts = tuple(dict.fromkeys(pair.positive for pair in PAIRS))
    trial = Trial("tiny", (PAIRS[0].query, PAIRS[9].query), texts, np.array([0, 9]))
    made, lexical = compare.pooled(trial, 3, load_encoder(), tmp_path)
    assert [made.passages[at] for at in made.right] == [texts[0], texts[9]]
    assert 3 <= len(made.passages) <= 14
    again, kept = compare.pooled(trial, 3, load_encoder(), tmp_path)
    assert again.passages == made.passages
    np.testing.assert_array_equal(kept, lexical)


def test_the_area_counts_how_often_a_right_pair_is_above() -> None:
    scores, right = np.array([0.9, 0.1, 0.5, 0.3]), np.array([True, False, False, True])
    assert compare.area(scores, right) == 0.75
    assert compare.calibration_error(np.array([0.25] * 4), np.array([True, False, False, False])) == 0
