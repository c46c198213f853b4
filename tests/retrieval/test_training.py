"""Training, on data made here: what is learnt, what is held out, and that a seed fixes everything."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalise import fold, key, strip_marks
from retrieval.embed import load_encoder
from retrieval.training import bilingual, dev, network, restorer, sources, static, vocabulary
from retrieval.training.augment import Abbreviator, cloze, typed
from retrieval.training.questions import ask
from retrieval.training.sources import GLOSSARY, PAIR_FILES, Pair

# Each matter: a Vietnamese question, what answers it, and the question in English.
MATTERS = (
    (
        "Ai bố trí ngân sách?",
        "Sở Tài chính cân đối ngân sách và bố trí kinh phí hằng năm.",
        "Who arranges the budget?",
    ),
    (
        "Ai chăm sóc sức khỏe?",
        "Sở Y tế tổ chức khám bệnh và tiêm chủng cho nhân dân.",
        "Who looks after health?",
    ),
    (
        "Ai dạy trẻ em đọc?",
        "Trường tiểu học mở lớp xóa mù chữ trong thôn bản.",
        "Who teaches children to read?",
    ),
    (
        "Ai giữ gìn rừng?",
        "Hạt Kiểm lâm tuần tra, bảo vệ rừng phòng hộ đầu nguồn.",
        "Who protects the forest?",
    ),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in the form of the training data, with each matter told many times."""
    folder = tmp_path_factory.mktemp("data")
    chance = random.Random(1)
    rows = [
        {"query": f"{question} Điều {number}", "positive": f"{answer} Khoản {number} quy định thêm."}
        for number in range(60)
        for question, answer, _ in MATTERS
    ]
    for name in PAIR_FILES.values():
        write(folder / name, rows if "en-vi" not in name else english_rows())
    write(
        folder / "parallel-en-vi.jsonl.gz",
        [{"en": english, "vi": question, "src": "tatoeba"} for question, _, english in MATTERS] * 30,
    )
    lines = [answer for _, answer, _ in MATTERS for _ in range(100)]
    lines = [f"{line} {' '.join(chance.sample(line.split(), 5))}." for line in lines]
    with gzip.open(folder / "text-vi.txt.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    (folder / "abbreviations-vi.tsv").write_text("NSNN\tngân sách nhà nước\t25\n", encoding="utf-8")
    return folder


def english_rows() -> list[dict[str, str]]:
    return [{"query": english, "positive": f"{answer} {n}"} for n in range(40) for _, answer, english in MATTERS]


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def train(data: Path, out: Path) -> Path:
    options = [
        "--vocabulary",
        "700",
        "--words",
        "60",
        "--dimensions",
        "160",
        "--passes",
        "1",
        "--clozes",
        "400",
    ]
    assert static.main(["--data", str(data), "--out", str(out), *options]) == 0
    return out


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train(data, tmp_path_factory.mktemp("model") / "tiny")


def test_a_trained_model_answers_in_vietnamese_without_marks_and_in_english(trained: Path) -> None:
    encoder = load_encoder(str(trained))
    passages = encoder.encode_passages([answer for _, answer, _ in MATTERS])
    for change in (str, strip_marks):
        found = encoder.encode_questions([change(question) for question, _, _ in MATTERS]) @ passages.T
        assert found.argmax(axis=1).tolist() == [0, 1, 2, 3]
    found = encoder.encode_questions([english for _, _, english in MATTERS]) @ passages.T
    assert found.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_the_same_seed_gives_the_same_bytes(data: Path, trained: Path, tmp_path: Path) -> None:
    again = train(data, tmp_path / "tiny")
    for name in ("model.safetensors", "tokenizer.json", "modules.json"):
        assert (again / name).read_bytes() == (trained / name).read_bytes()


def test_held_out_positives_are_in_no_pair_that_is_trained_on(data: Path) -> None:
    loaded = sources.load(data)
    assert loaded.held_out
    held = {(pair.group, pair.positive) for pair in loaded.held_out}
    assert not held & {(pair.group, pair.positive) for pair in (*loaded.pairs, *loaded.parallel)}
    assert {group for group, _ in held} <= {*sources.HELD_OUT, "parallel-tatoeba"}


def test_the_scores_of_a_model_are_printed_for_each_held_out_set(
    data: Path, trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["--data", str(data), "--model", str(trained)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["set"] for row in rows] == ["legal", "legal without marks", "reading", "English to law"]
    assert all(0 <= row["dense hit@1"] <= row["dense hit@10"] <= 1 for row in rows)


def test_a_rank_counts_ties_against_the_right_passage() -> None:
    scores = np.array([[0.5, 0.9, 0.1], [0.3, 0.3, 0.3]], dtype=np.float32)
    assert dev.ranks_of(scores, np.array([0, 1])).tolist() == [2, 3]


def test_words_of_several_syllables_become_tokens() -> None:
    texts = [
        "Đồng bào dân tộc thiểu số ở miền núi.",
        "Người dân tộc thiểu số được hỗ trợ nhà ở.",
        "Số nhà ở phố.",
    ] * 120
    tokenizer = vocabulary.build(texts, size=400, words=40)
    words = ["đồng bào", "dân tộc", "thiểu số", "miền núi"]
    for text in (" ".join(words), strip_marks(" ".join(words)), " ".join(words).upper()):
        assert len(tokenizer.encode(text).tokens) <= len(words)
    assert tokenizer.encode("phố số nhà").tokens == ["▁phố", "▁số", "▁nhà"]


SYLLABLES = st.sampled_from(
    [
        "hoà",
        "hòa",
        "thuỷ",
        "khoẻ",
        "loè",
        "quý",
        "quỷ",
        "tuý",
        "HOÀ",
        "Thuỵ",
        "huýt",
        "toàn",
        "thuyền",
        "uỷ",
        "oà",
    ]
)


@given(st.lists(SYLLABLES, min_size=1, max_size=8).map(" ".join))
def test_the_normaliser_of_the_tokenizer_is_the_key_of_the_project(text: str) -> None:
    assert vocabulary.normalizer().normalize_str(text) == key(text)


def test_word_translations_are_learnt_from_sentences() -> None:
    parallel = [
        Pair("the forest is green", "rừng thì xanh", "parallel"),
        Pair("the forest burns", "rừng cháy", "parallel"),
        Pair("the house burns", "nhà cháy", "parallel"),
        Pair("the house is green", "nhà thì xanh", "parallel"),
    ] * 10
    tokenizer = vocabulary.build([pair.positive for pair in parallel] * 5, size=200, words=0)
    lexicon = bilingual.learn(parallel, [Pair("State Budget", "Ngân sách Nhà nước", "glossary")], tokenizer)
    assert max(lexicon.words["▁rừng"], key=lambda row: row[1])[0] == "forest"
    assert max(lexicon.words["▁nhà"], key=lambda row: row[1])[0] == "house"
    english = lexicon.english("ngân sách nhà nước, rừng 12", random.Random(0))
    assert "state budget" in english
    assert "12" in english


def test_every_line_of_the_glossary_has_two_columns() -> None:
    rows = sources.read_table(GLOSSARY)
    assert len(rows) > 1000
    assert all(english and vietnamese for english, vietnamese in rows)
    assert [english for english, _ in rows if key(english) != fold(english)] == []


def test_the_longest_phrase_is_abbreviated() -> None:
    abbreviate = Abbreviator.of([("NS", "ngân sách"), ("NSNN", "ngân sách nhà nước")])
    assert abbreviate("Chi Ngân sách nhà nước của Ủy ban nhân dân") == "Chi NSNN của UBND"
    assert abbreviate("tổ chức") == "tổ chức"


def test_a_typed_query_has_the_same_letters_or_is_abbreviated() -> None:
    chance = random.Random(3)
    abbreviate = Abbreviator.of([])
    seen = {typed("Ủy ban nhân dân xã", abbreviate, chance) for _ in range(200)}
    assert seen == {"Ủy ban nhân dân xã", "Uy ban nhan dan xa", "UBND xã", "UBND xa"}


@given(st.integers(0, 10_000))
def test_a_cloze_query_comes_from_its_paragraph(seed: int) -> None:
    paragraph = "Sở Tài chính bố trí kinh phí. Sở Y tế tổ chức khám bệnh; Công an tỉnh giữ gìn trật tự xã hội."
    pair = cloze(paragraph, random.Random(seed))
    if pair is not None:
        assert pair.query in paragraph
        assert set(pair.positive.split()) <= set(paragraph.split())


def test_no_cloze_is_made_of_a_short_line() -> None:
    assert cloze("Phạm vi điều chỉnh", random.Random(0)) is None


@pytest.mark.parametrize(
    ("passage", "answers"),
    [
        (
            "Sở Y tế chủ trì, phối hợp với Sở Tài chính xây dựng mạng lưới trạm y tế tại các xã vùng cao.",
            ("Sở Y tế", "chủ trì", "đơn vị nào"),
        ),
        ("Tổng kinh phí hỗ trợ nhà ở cho hộ nghèo của huyện là 350 triệu đồng.", ("bao nhiêu",)),
        ("Tỷ lệ hộ gia đình được dùng nước hợp vệ sinh trên địa bàn đạt 92%.", ("bao nhiêu",)),
        (
            "Các đơn vị gửi kết quả thực hiện về cơ quan thường trực trước ngày 15/12.",
            ("khi nào", "ngày nào", "bao lâu"),
        ),
    ],
)
def test_questions_by_rule_ask_for_what_the_passage_says(passage: str, answers: tuple[str, ...]) -> None:
    asked = [ask(passage, random.Random(seed)) for seed in range(20)]
    questions = [pair.query for pair in asked if pair is not None]
    assert questions
    assert all(any(answer.lower() in question.lower() for answer in answers) for question in questions)


def test_a_passage_without_duty_amount_or_date_raises_no_question() -> None:
    assert ask("Rừng đầu nguồn giữ nước cho ruộng bậc thang của bản.", random.Random(0)) is None


@given(st.integers(1, 200), st.integers(0, 50))
def test_neighbours_stay_together_and_nobody_is_lost(size: int, seed: int) -> None:
    order = network.neighbours(size, np.random.default_rng(seed))
    assert sorted(order.tolist()) == list(range(size))
    whole = order[: size // network.RUN * network.RUN] if size % network.RUN == 0 else order[:0]
    assert all((row == row[0] + np.arange(network.RUN)).all() for row in whole.reshape(-1, network.RUN))


def test_the_counts_of_the_restorer_are_those_of_the_text(data: Path, tmp_path: Path) -> None:
    syllables, single, stream = restorer.count(["Rừng xanh, rừng già.", "Rừng xanh."] * 10)
    assert syllables == ["", "rừng", "xanh", "già"]
    assert single.tolist()[1:] == [30, 20, 10]
    pairs, counts = restorer.frequent(stream, 2, 1)
    assert pairs.tolist() == [[0], [1]]
    np.testing.assert_allclose(np.exp2(counts / 8), [30], rtol=0.05)
    assert restorer.main(["--data", str(data), "--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"syllables.txt", "counts.safetensors"}
