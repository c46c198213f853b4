"""The baselines: exact citations from plain texts, the same each time, within the documents asked for."""

from __future__ import annotations

import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from evals.baselines import BASELINES
from evals.baselines.plain import Baseline, sentences
from evals.baselines.recipe import RecipeBaseline
from evals.baselines.windows import STEP, WIDTH, WindowBaseline
from evals.types import System
from ingest.errors import BadQuestion, UnknownDocument
from ingest.types import Header
from retrieval.embed import SHIPPED, load_encoder
from retrieval.engine import Engine
from retrieval.errors import ModelMissing
from retrieval.index import build
from retrieval.types import Answer, DocumentInfo, Hit, Question

CORPUS = Path(__file__).parents[2] / "corpus"
LAKE = "Hồ Ba Bể do Ban quản lý vườn quốc gia trông coi; vé vào cửa là 46.000 đồng. Thuyền chạy từ 7 giờ sáng."
PLANS = {
    "ba-be": f"# Vườn quốc gia\n\n{LAKE}\n\n- Bãi xe có 120 chỗ [1] *miễn phí*;\n- Nhà nghỉ có 30 phòng.\n",
    "na-ri": "Huyện Na Rì trồng dong riềng trên 500 ha.\nMiến dong được bán ở chợ huyện vào thứ bảy.\n",
    "long": "\n\n".join(f"Đoạn thứ {number} nói về thôn bản số {number} của xã." * 6 for number in range(1, 40)),
}
QUESTIONS = (
    "Vé vào cửa hồ Ba Bể bao nhiêu tiền?",
    "Miến dong bán ở đâu?",
    "thôn bản số 17",
    "How many rooms does the guest house have?",
    "bãi xe có bao nhiêu chỗ miễn phí",
    "2152/QĐ-TTg",
)


class Texts:
    """A system of which only the texts may be used."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def ask(self, question: Question) -> Answer:
        raise AssertionError("a baseline asked the system")

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        raise AssertionError("a baseline searched the system")

    def source(self, document_id: str) -> str:
        return self._texts[document_id]

    def documents(self) -> tuple[DocumentInfo, ...]:
        return tuple(
            DocumentInfo(
                id=name, path=f"{name}.md", sha256="", title=name.upper(), header=Header(), passages=0, pages=0
            )
            for name in self._texts
        )


@pytest.fixture(scope="module", params=sorted(BASELINES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def small(name: str) -> System:
    return BASELINES[name](Texts(PLANS))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("index")
    build(CORPUS, folder, load_encoder())
    return Engine.open(folder)


def assert_exact(system: System, question: Question, k: int = 10) -> None:
    """Whatever it shows stands in the source, letter by letter, within the documents asked for."""
    answer = system.ask(question)
    hits = system.search(question, k)
    known = set(question.documents) or {info.id for info in system.documents()}
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.key for hit in hits}) == len(hits) <= k
    for hit in hits:
        assert hit.passage.text == system.source(hit.passage.document)[hit.passage.span.start : hit.passage.span.end]
        assert hit.passage.document in known
    assert answer.abstained == (not answer.citations) == (not hits)
    for citation in answer.citations:
        assert citation.quote == system.source(citation.document)[citation.span.start : citation.span.end]
        assert citation.quote.strip()
        assert citation.document in known


def plan_sentences(engine: Engine) -> list[str]:
    """The sentences of the five plans that could be questions by their length."""
    texts = [engine.source(info.id) for info in engine.documents()]
    return [text[span.start : span.end] for text in texts for span in sentences(text) if 60 < len(span) < 200]


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_quote_and_every_hit_is_a_piece_of_the_source(small: System, text: str) -> None:
    assert_exact(small, Question(text=text))
    assert_exact(small, Question(text=text, documents=("na-ri", "long")))


def test_each_baseline_names_itself_in_its_answers(small: System, name: str) -> None:
    assert small.ask(Question(text=QUESTIONS[0])).answerer == name


@pytest.mark.parametrize("text", QUESTIONS)
def test_two_systems_made_apart_say_the_same(small: System, name: str, text: str) -> None:
    again, question = BASELINES[name](Texts(PLANS)), Question(text=text)
    assert replace(again.ask(question), elapsed_ms=0.0) == replace(small.ask(question), elapsed_ms=0.0)
    assert again.search(question) == small.search(question)


def test_a_sentence_asked_word_for_word_is_the_answer(small: System) -> None:
    answer = small.ask(Question(text="vé vào cửa là 46.000 đồng."))
    assert [(one.document, one.title, one.quote) for one in answer.citations] == [
        ("ba-be", "BA-BE", "vé vào cửa là 46.000 đồng.")
    ]
    assert answer.text == "vé vào cửa là 46.000 đồng. [1]"
    assert answer.confidence == pytest.approx(1.0, abs=1e-5)


def test_a_question_is_kept_within_the_documents_it_names(small: System) -> None:
    question = Question(text="vé vào cửa là 46.000 đồng", documents=("na-ri",))
    assert {hit.passage.document for hit in small.search(question)} == {"na-ri"}


def test_a_document_that_is_not_there_is_an_error(small: System) -> None:
    for call in (small.ask, small.search):
        with pytest.raises(UnknownDocument):
            call(Question(text=QUESTIONS[0], documents=("ba-be", "nowhere")))
    with pytest.raises(UnknownDocument):
        small.source("nowhere")


@pytest.mark.parametrize("text", ["", "  \n", "?!", "a" * 2_001])
def test_what_is_no_question_is_refused_as_the_system_refuses_it(small: System, engine: Engine, text: str) -> None:
    for system in (small, engine):
        for call in (system.ask, system.search):
            with pytest.raises(BadQuestion):
                call(Question(text=text))


def test_a_follow_up_is_read_with_the_question_before_it(small: System) -> None:
    follow = Question(text="Còn thứ bảy?", history=("Nhà nghỉ có mấy phòng?", "Thuyền chạy từ mấy giờ sáng?"))
    together = Question(text="Thuyền chạy từ mấy giờ sáng? Còn thứ bảy?")
    assert small.search(follow) == small.search(together)
    assert small.ask(follow).citations == small.ask(together).citations
    assert small.ask(follow).question == "Còn thứ bảy?"


def test_marks_in_the_source_are_no_marks_of_the_answer(small: System) -> None:
    answer = small.ask(Question(text="Bãi xe có 120 chỗ miễn phí"))
    assert answer.citations[0].quote == "- Bãi xe có 120 chỗ [1] *miễn phí*;"
    assert answer.text == r"- Bãi xe có 120 chỗ ［1］ \*miễn phí\*; [1]"


@pytest.mark.parametrize(("text", "language"), [("Miến dong bán ở đâu?", "vi"), ("What is the price of rooms?", "en")])
def test_an_answer_is_in_the_language_of_the_question(small: System, text: str, language: str) -> None:
    assert small.ask(Question(text=text)).language == language


@pytest.mark.parametrize("k", [-1, 0, 1, 3])
def test_no_more_hits_come_than_were_asked_for(small: System, k: int) -> None:
    assert len(small.search(Question(text="thôn bản của xã"), k)) == max(0, k)


@pytest.mark.parametrize("texts", [{}, {"blank": " \n\n "}])
def test_without_any_text_there_is_no_answer(name: str, texts: dict[str, str]) -> None:
    system = BASELINES[name](Texts(texts))
    assert_exact(system, Question(text=QUESTIONS[0]))
    assert system.ask(Question(text=QUESTIONS[0])).abstained


def test_a_text_without_words_is_never_found_by_words() -> None:
    windows = WindowBaseline(Texts({"rule": "---\n***\n"}))
    assert windows.search(Question(text=QUESTIONS[0])) == []


def test_windows_abstain_only_where_no_token_is_shared() -> None:
    windows = WindowBaseline(Texts(PLANS))
    assert windows.ask(Question(text="Wolfgang Amadeus Mozart")).abstained
    assert not windows.ask(Question(text="Wolfgang Amadeus thứ")).abstained
    assert windows.ask(Question(text="Mozart", documents=("na-ri",))).text == "Các văn bản không nêu nội dung được hỏi."
    assert windows.ask(Question(text="Ba Bể", documents=("na-ri",))).abstained


def test_the_share_of_tokens_is_the_confidence_of_windows() -> None:
    answer = WindowBaseline(Texts(PLANS)).ask(Question(text="thuyền Mozart giờ Amadeus"))
    assert answer.citations[0].quote == "Thuyền chạy từ 7 giờ sáng."
    assert answer.confidence == 0.5


def test_windows_read_decomposed_text_and_capitals() -> None:
    text = unicodedata.normalize("NFD", LAKE.upper())
    windows = WindowBaseline(Texts({"ba-be": text}))
    assert_exact(windows, Question(text="thuyền chạy"))
    assert windows.ask(Question(text="thuyền chạy")).confidence == 1.0


def test_the_recipe_never_abstains() -> None:
    recipe = RecipeBaseline(Texts(PLANS))
    answer = recipe.ask(Question(text="Wolfgang Amadeus Mozart"))
    assert not answer.abstained
    assert len(answer.citations) == 1


def test_the_recipe_quotes_from_its_four_nearest_chunks(engine: Engine) -> None:
    recipe = RecipeBaseline(engine)
    ranks = set()
    for asked in plan_sentences(engine):
        (citation,) = recipe.ask(Question(text=asked)).citations
        near = [hit.passage for hit in recipe.search(Question(text=asked), 9)]
        holds = (citation.document == one.document and citation.span in one.span for one in near)
        ranks.add(next(rank for rank, held in enumerate(holds, 1) if held))
    assert ranks == {1, 2, 3, 4}


def test_the_recipe_takes_another_model_by_its_folder(tmp_path: Path) -> None:
    narrow = tmp_path / "narrow"
    shutil.copytree(SHIPPED, narrow)
    weights = load_file(narrow / "model.safetensors")
    save_file({**weights, "embeddings": weights["embeddings"][:, :16].copy()}, narrow / "model.safetensors")
    usual, other = (RecipeBaseline(Texts(PLANS), model=model) for model in (None, str(narrow)))
    question = Question(text=QUESTIONS[0])
    assert_exact(other, question)
    assert {hit.score for hit in other.search(question)}.isdisjoint(hit.score for hit in usual.search(question))


def test_the_recipe_says_when_its_model_is_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(SHIPPED, folder)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelMissing):
        RecipeBaseline(Texts(PLANS), model=str(folder))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aăb đệ.;:|-*\n\r\t1\u0301", max_size=60), st.integers(0, 4_000))
@example("a", WIDTH)
@example("a", WIDTH + 1)
@example("a", WIDTH + STEP)
@example("a", WIDTH + STEP + 1)
def test_windows_cover_every_text_with_their_step_and_width(part: str, length: int) -> None:
    text = (part * length)[:length]
    spans = [passage.span for passage in WindowBaseline(Texts({"one": text})).passages]
    assert all(len(span) <= WIDTH and span.start % STEP == 0 for span in spans)
    assert all(len(span) == WIDTH for span in spans[:-1])
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(letter.isspace() for at, letter in enumerate(text) if at not in covered)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="aăb đệ.;:|-*\n\r\t1\u0301", max_size=90), max_size=40),
    st.sampled_from(["\n\n", "\n", " ", "", ". "]),
)
def test_chunks_stand_in_the_source_and_cover_it(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    baseline: Baseline = RecipeBaseline(Texts({"one": text}))
    for passage in baseline.passages:
        assert passage.text == text[passage.span.start : passage.span.end]
        assert 0 < len(passage.text) <= 1_000
    assert_exact(baseline, Question(text="đệ ăb 1"))


@given(st.text(alphabet="aB đ.;!()|-*\n\r1", max_size=80))
def test_sentences_lie_in_order_on_lines_and_hold_every_word(text: str) -> None:
    found = sentences(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    if any(letter.isalnum() for letter in text):
        assert all("\n" not in text[span.start : span.end] for span in found)
        covered = {at for span in found for at in range(span.start, span.end)}
        assert all(at in covered for at, letter in enumerate(text) if letter.isalnum())
    else:
        assert len(found) == 1


def test_the_five_plans_are_answered_with_exact_quotes(engine: Engine, name: str) -> None:
    system = BASELINES[name](engine)
    assert system.documents() == engine.documents()
    for info in engine.documents():
        assert system.source(info.id) == engine.source(info.id)
        assert_exact(system, Question(text="Cơ quan nào chủ trì Dự án 8?", documents=(info.id,)))
    assert_exact(system, Question(text="Kinh phí thực hiện Dự án 1 của tỉnh Kiên Giang là bao nhiêu?"), 20)


def test_a_sentence_of_a_plan_finds_the_piece_it_stands_in(engine: Engine, name: str) -> None:
    system = BASELINES[name](engine)
    asked = plan_sentences(engine)
    found = [any(one in hit.passage.text for hit in system.search(Question(text=one), 5)) for one in asked]
    assert len(found) > 400
    assert sum(found) / len(found) > 0.9  # the rest is cut by an edge, or reads like its neighbours


def test_the_words_of_a_sentence_of_a_plan_are_answered_with_it(engine: Engine, name: str) -> None:
    quote = "Chủ trì hướng dẫn, tổ chức triển khai thực hiện tiểu dự án 3 thuộc dự án 10"
    (citation,) = BASELINES[name](engine).ask(Question(text=f"{quote} của chương trình")).citations
    assert citation.document == "2023-bac-kan-kh-ubnd"
    assert quote in citation.quote


def test_the_table_of_baselines_loads_nothing_heavy() -> None:
    code = (
        "import sys, evals.baselines; print(sorted({'faiss', 'bm25s', 'langchain_text_splitters'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CORPUS.parent, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
