"""The small transformers, end to end on made-up text: they learn, they load, and a seed fixes them."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import BertModel, PreTrainedTokenizerFast

from retrieval.embed import load_encoder
from retrieval.judge import CrossEncoderJudge
from retrieval.training import (
    arrays,
    batching,
    compare,
    contrastive,
    cross,
    eight_bit,
    further,
    loop,
    mining,
    prepare,
    pretrain,
    reading,
    sentences,
    static,
    transformer,
    vocabulary,
)
from retrieval.training.arrays import Pairs, Rows, Start
from retrieval.training.dev import Trial
from retrieval.training.loop import Plan
from retrieval.training.sources import PAIR_FILES, Pair
from retrieval.training.transformer import Shape, Special, Static

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
ANSWERS = ("Sở Tài chính", "Sở Y tế", "Trường tiểu học", "Hạt Kiểm lâm")
TINY = Shape(layers=2, heads=2, inner=64)
WIDTH = 32


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> None:
    """Two threads wait for each other longer than such small steps take."""
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in the form of the training data."""
    folder = tmp_path_factory.mktemp("data")
    rows = [
        {"query": pair.query, "positive": pair.positive, "answer": ANSWERS[at % len(ANSWERS)]}
        for at, pair in enumerate(PAIRS)
    ]
    for name in PAIR_FILES.values():
        write(folder / name, rows)
    write(folder / "parallel-en-vi.jsonl.gz", [{"en": "Who?", "vi": pair.query, "src": "tatoeba"} for pair in PAIRS])
    with gzip.open(folder / "text-vi.txt.gz", "wt", encoding="utf-8") as file:
        # The rule asks for what an office is to do, and by when.
        ends = "Sở Y tế chủ trì, phối hợp với Sở Tài chính gửi kết quả về cơ quan thường trực trước ngày 15/12."
        file.write("\n".join(text for pair in PAIRS for text in (*[pair.positive] * 4, ends)))
    (folder / "abbreviations-vi.tsv").write_text("NSNN\tngân sách nhà nước\t25\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model whose vectors mean nothing."""
    texts = [text for pair in PAIRS for text in (pair.query, pair.positive)]
    tokenizer = vocabulary.build(texts * 3, size=220, words=10)
    vectors = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 48)).astype(np.float32)
    folder = tmp_path_factory.mktemp("static")
    static.save(folder, tokenizer, vectors)
    return folder


@pytest.fixture(scope="module")
def prepared(data: Path, start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    options = ["--static", str(start), "--width", str(WIDTH), "--pairs", "300"]
    assert prepare.main(["--data", str(data), "--out", str(folder), *options]) == 0
    return folder


def pretrained(prepared: Path, folder: Path) -> list[float]:
    first = Start.read(prepared)
    body = transformer.new_body(first.vectors, TINY, seed=3)
    plan = Plan(batch=12, rate=1e-2, steps=60, seed=3)
    losses = pretrain.train(body, first.counts, arrays.read_text(prepared), Pairs.read(prepared), plan, length=32)
    body.save_pretrained(folder)
    PreTrainedTokenizerFast.from_pretrained(prepared).save_pretrained(folder)
    return losses


@pytest.fixture(scope="module")
def body(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    folder = tmp_path_factory.mktemp("body")
    return folder, pretrained(prepared, folder)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lists of sentences: of each question those of all matters, in two folds and always."""
    path = tmp_path_factory.mktemp("lists") / "lists.jsonl"
    texts = [answer for _, answer in MATTERS]
    rows = [
        {
            "id": str(at),
            "fold": at % 3 - 1,
            "question": pair.query,
            "texts": texts[at % 4 :] + texts[: at % 4] if at % 2 else texts,
            "evidence": [text in pair.positive for text in (texts[at % 4 :] + texts[: at % 4] if at % 2 else texts)],
        }
        for at, pair in enumerate(PAIRS)
    ]
    rows.append({"id": "none", "fold": 0, "question": "Ai?", "texts": [], "evidence": []})
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    return path


def falls(losses: list[float]) -> bool:
    return float(np.mean(losses[-5:])) < 0.95 * float(np.mean(losses[:5]))


def test_the_commands_make_models_that_load(prepared: Path, lists: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder, SentenceTransformer

    body, bi, judge, folds = (tmp_path / name for name in ("body", "bi", "judge", "folds.npz"))
    short = ["--prepared", str(prepared), "--steps", "2", "--batch", "6"]
    small = ["--layers", "2", "--heads", "2", "--inner", "64"]
    assert pretrain.main([*short, *small, "--out", str(body)]) == 0
    assert contrastive.main([*short, "--body", str(body), "--out", str(bi)]) == 0
    more = ["--sentences", str(lists), "--folds", str(folds), "--epochs", "1"]
    assert cross.main([*short, *more, "--body", str(body), "--out", str(judge)]) == 0
    vectors = SentenceTransformer(str(bi), device="cpu").encode([pair.positive for pair in PAIRS[:4]])
    assert vectors.shape == (4, WIDTH)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    scores = CrossEncoder(str(judge), device="cpu").predict([(pair.query, pair.positive) for pair in PAIRS[:4]])
    assert np.isfinite(scores).all()
    with np.load(folds) as found:
        scores = found["folds"]
    # It goes on with other lists, and with some that it has seen.
    later = tmp_path / "later"
    options = ["--sentences", str(lists), "--again", str(lists), "--of-again", "3", "--epochs", "1", "--threads", "1"]
    assert further.main(["--judge", str(judge), *options, "--out", str(later)]) == 0
    went_on = CrossEncoder(str(later), device="cpu").predict([(pair.query, pair.positive) for pair in PAIRS[:4]])
    assert np.isfinite(went_on).all()
    assert CrossEncoderJudge.load(later).logits(PAIRS[0].query, [PAIRS[0].positive]).shape == (1,)
    # Written between before and after: the nearer, the more is kept.
    between = tmp_path / "between"
    assert further.main(["--judge", str(judge), *options, "--kept", "0.9", "--out", str(between)]) == 0
    weights = [load_file(folder / "model.safetensors") for folder in (judge, between, later)]
    name = "classifier.weight"
    moved = [float((one[name].float() - weights[0][name].float()).abs().sum()) for one in weights[1:]]
    assert 0 < moved[0] < 0.5 * moved[1]
    # A row for each line of the file: nothing is said of what every model was trained on.
    assert scores.shape == (len(PAIRS) + 1, sentences.LONGEST)
    assert (scores[: len(PAIRS) : 3] == 0).all()
    assert (scores[1 : len(PAIRS) : 3, :4] != 0).all()
    assert not list(tmp_path.rglob("*.part"))


def test_what_is_prepared_fits_together(prepared: Path, start: Path) -> None:
    own, pairs, first = Static.load(start), Pairs.read(prepared), Start.read(prepared)
    special = Special.after(len(own.vectors))
    assert len(pairs.right) == 300
    assert pairs.right.max() < len(pairs.passages.starts) - 1
    assert (pairs.wrong != pairs.right[:, None]).all()
    assert ((pairs.wrong >= 0).sum(axis=1) >= cross.ENOUGH).sum() > 50
    assert first.vectors.shape == (special.known, WIDTH)
    np.testing.assert_allclose(np.linalg.norm(first.vectors, axis=1), 1, atol=0.02)
    text = arrays.read_text(prepared)
    assert int((text == special.sep).sum()) == 5 * len(PAIRS)
    assert np.array_equal(np.bincount(text, minlength=len(first.counts)), first.counts)


def test_vectors_of_full_width_keep_their_angles(start: Path) -> None:
    own = Static.load(start)
    turned = own.narrow(np.arange(len(own.vectors)), own.vectors.shape[1])
    unit = own.vectors / np.linalg.norm(own.vectors, axis=1, keepdims=True)
    np.testing.assert_allclose(turned @ turned.T, unit @ unit.T, atol=1e-4)


@pytest.mark.parametrize("length", [14, 128])
def test_rows_are_joined_as_the_tokenizer_joins_them(prepared: Path, length: int) -> None:
    tokenizer = PreTrainedTokenizerFast.from_pretrained(prepared)
    special = Special.after(len(Start.read(prepared).numbers))
    some = PAIRS[:5]
    asked = Rows.of(tokenizer.backend_tokenizer, [pair.query for pair in some], 30)
    read = Rows.of(tokenizer.backend_tokenizer, [pair.positive for pair in some], 112)
    place = torch.device("cpu")
    numbers = torch.arange(len(some))
    left, right = (batching.Table(rows, special, place) for rows in (asked, read))
    rows, kinds = batching.joined(left.take(numbers, 30), right.take(numbers, 112), length, special)
    theirs = tokenizer(
        [pair.query for pair in some],
        [pair.positive for pair in some],
        padding="max_length",
        truncation="only_second",
        max_length=length,
        return_tensors="pt",
    )
    assert torch.equal(rows, theirs["input_ids"])
    assert torch.equal(kinds, theirs["token_type_ids"])
    alone = batching.single(*left.take(numbers, 30), special)
    theirs = tokenizer([pair.query for pair in some], padding="max_length", max_length=32, return_tensors="pt")
    assert torch.equal(alone, theirs["input_ids"])


def test_what_is_guessed_was_masked_and_nothing_else_is_changed() -> None:
    torch.manual_seed(0)
    special = Special.after(500)
    tokens = torch.randint(500, (40, 32))
    tokens[:, 0], tokens[:, 20], tokens[:, 21:] = special.cls, special.sep, special.pad
    shown, places, truth = pretrain.masked(tokens, special)
    assert len(places) == len(places.unique()) == int(tokens.numel() * pretrain.GUESSED)
    counted = truth >= 0
    assert torch.equal(tokens.flatten()[places][counted], truth[counted])
    assert (truth[counted] < special.known).all()
    share = (shown.flatten()[places][counted] == special.mask).float().mean()
    assert 0.7 < share < 0.9
    untouched = torch.ones(tokens.numel(), dtype=torch.bool)
    untouched[places[counted]] = False
    assert torch.equal(shown.flatten()[untouched], tokens.flatten()[untouched])


def test_pre_training_learns_and_a_seed_fixes_it(
    prepared: Path, body: tuple[Path, list[float]], tmp_path: Path
) -> None:
    folder, losses = body
    assert falls(losses)
    assert pretrained(prepared, tmp_path) == losses
    first, second = (load_file(each / "model.safetensors") for each in (folder, tmp_path))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_the_bi_encoder_loads_as_sentence_transformers_loads_models(
    prepared: Path, body: tuple[Path, list[float]], tmp_path: Path
) -> None:
    models: list[BertModel] = []
    for name in ("one", "two"):
        model, tokenizer = transformer.read_body(body[0])
        losses = contrastive.train(model, Pairs.read(prepared), Plan(batch=12, rate=2e-3, steps=30, seed=5))
        assert falls(losses)
        contrastive.save(tmp_path / name, model, tokenizer)
        models.append(model)
    weights = [load_file(tmp_path / name / "model.safetensors") for name in ("one", "two")]
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])
    assert {each.dtype for each in weights[0].values()} == {torch.float16}
    encoder = load_encoder(str(tmp_path / "one"))
    texts = [pair.positive for pair in PAIRS]
    assert encoder.dimensions == WIDTH
    special = Special.of(models[0])
    rows = batching.Table(Rows.of(tokenizer.backend_tokenizer, texts, 100), special, torch.device("cpu"))
    with torch.no_grad():
        own = contrastive.vectors(models[0], batching.single(*rows.take(torch.arange(len(texts)), 100), special))
        own = torch.nn.functional.normalize(own, dim=1)
    # Loaded in single precision: only the rounding to half when saving is left.
    np.testing.assert_allclose(encoder.encode_passages(texts), own.numpy(), atol=5e-3)


def test_a_passage_that_answers_too_is_no_negative() -> None:
    torch.manual_seed(1)
    queries, passages = torch.randn(3, 8), torch.randn(5, 8)
    passages[4] = queries[0]
    nothing = torch.zeros(3, 5, dtype=torch.bool)
    same = nothing.clone()
    same[0, 4] = True
    assert contrastive.loss_of(queries, passages, same) < contrastive.loss_of(queries, passages, nothing)


def test_the_cross_encoder_loads_and_judges_as_trained(
    prepared: Path, body: tuple[Path, list[float]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import CrossEncoder

    monkeypatch.setattr(cross, "BOTH", 48)
    own, tokenizer = transformer.read_body(body[0])
    pairs, short = Pairs.read(prepared), Plan(batch=16, rate=5e-3, steps=8, seed=2)
    twice = [cross.train(reading.new_model(own, seed=2), pairs, short) for _ in range(2)]
    assert twice[0] == twice[1]
    model = reading.new_model(own, seed=2)
    assert falls(cross.train(model, pairs, replace(short, steps=150)))
    transformer.save_half(model, tokenizer, tmp_path)
    texts = [pair.positive for pair in PAIRS[:4]]
    judged = CrossEncoder(str(tmp_path), device="cpu").predict([(PAIRS[0].query, text) for text in texts])
    encoded = tokenizer([PAIRS[0].query] * 4, texts, padding=True, return_tensors="pt")
    with torch.no_grad():
        logits = reading.logits(model, encoded["input_ids"], encoded["token_type_ids"]).numpy()
    np.testing.assert_allclose(judged, 1 / (1 + np.exp(-logits)), atol=1e-2)
    assert judged.argmax() == 0
    # The eight-bit file is what the search reads.
    eight_bit.write(tmp_path)
    np.testing.assert_allclose(CrossEncoderJudge.load(tmp_path).logits(PAIRS[0].query, texts), logits, atol=0.3)


def test_without_wrong_passages_there_is_no_cross_encoder(prepared: Path, body: tuple[Path, list[float]]) -> None:
    pairs = Pairs.read(prepared)
    model = reading.new_model(transformer.read_body(body[0])[0], seed=2)
    with pytest.raises(ValueError, match="wrong passages"):
        cross.train(model, replace(pairs, wrong=np.full_like(pairs.wrong, -1)), Plan(batch=2, rate=1e-3, steps=1))


def test_sentences_are_learnt_and_a_fold_is_judged_without_itself(
    body: tuple[Path, list[float]], lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, tokenizer = transformer.read_body(body[0])
    packed = tmp_path / "lists.jsonl.gz"
    packed.write_bytes(gzip.compress(lists.read_bytes()))
    read, again = (sentences.read(path, tokenizer.backend_tokenizer) for path in (lists, packed))
    assert np.array_equal(read.candidates, again.candidates)
    assert len(read.texts.starts) == len(MATTERS) + 1
    assert len(read.used()) == len(PAIRS)
    # Smaller than they are read, for the time.
    for name, value in {"BOTH": 40, "SEEN": 4, "RATE": 5e-3}.items():
        monkeypatch.setattr(sentences, name, value)
    model = reading.new_model(own, seed=2)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    scores = sentences.of_folds(model, read, epochs=1)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    # What answers the questions of the first fold is known to the judge of the second only.
    other = np.where((read.fold == 0)[:, None], ~read.evidence, read.evidence)
    changed = sentences.of_folds(model, replace(read, evidence=other), epochs=1)
    assert np.array_equal(scores[read.fold == 0], changed[read.fold == 0])
    assert not np.array_equal(scores[read.fold == 1], changed[read.fold == 1])
    numbers = read.used()
    assert falls(sentences.train(model, read, numbers, epochs=80))
    assert all(module.p == 0 for module in model.modules() if isinstance(module, torch.nn.Dropout))
    best = sentences.judge(model, read, numbers)[:, : len(MATTERS)].argmax(axis=1)
    assert read.evidence[numbers, best].mean() > 0.9


@pytest.mark.parametrize("evidence", [[], [True] * 40])
def test_a_list_that_does_not_fit_is_named(start: Path, tmp_path: Path, evidence: list[bool]) -> None:
    row = {"id": "1", "fold": 0, "question": "Ai?", "texts": ["Sở Y tế"] * max(1, len(evidence)), "evidence": evidence}
    path = tmp_path / "lists.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        sentences.read(path, Static.load(start).tokenizer)


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


def test_neighbours_are_near_passages_of_other_queries() -> None:
    pairs = [Pair(question, answer, "law-title") for question, answer in MATTERS]
    pairs.append(Pair(MATTERS[0][0], "Ủy ban nhân dân xã bố trí kinh phí cho thôn bản.", "law-title"))
    pairs.append(Pair("Kinh phí", "Kinh phí khám bệnh do quỹ bảo hiểm chi trả.", "law-title"))
    found = mining.neighbours(pairs, load_encoder())
    # The second answer to the same question is no wrong one.
    assert not {pairs[0].positive, pairs[4].positive} & set(found[pairs[0]])
    assert pairs[5].positive in found[pairs[0]]


def test_a_run_on_a_busy_machine_ends_by_the_clock() -> None:
    weight = torch.nn.Parameter(torch.ones(3))
    losses = loop.optimise([weight], lambda _: (weight**2).sum(), Plan(batch=1, rate=1e-3, seconds=0.12))
    assert 0 < len(losses) < 10**6


def test_the_rate_rises_and_falls_to_nothing() -> None:
    plan = Plan(batch=1, rate=1e-3, steps=100)
    shares = [plan.share(plan.part(step, 0.0)) for step in range(101)]
    assert shares[0] < 0.1
    assert max(shares) == pytest.approx(1, abs=0.02)
    assert shares[-1] == 0
    assert np.argmax(shares) == 5


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
