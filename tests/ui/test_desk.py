"""The handlers behind the page: history for follow-ups, errors as sentences, nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import gradio as gr
import pytest

from evals.drafts import read_drafts
from evals.types import Evidence
from ingest.errors import UnknownDocument
from ingest.types import Header, Section, Span
from retrieval.errors import IndexBusy
from retrieval.types import Answer, Citation, DocumentInfo, Hit, Question
from ui.desk import Desk
from ui.language import load_strings
from ui.sessions import Sessions

TAB = "0123456789abcdef" * 2
VI, EN = load_strings("vi"), load_strings("en")
REQUEST = gr.Request(session_hash="hash")


@dataclass
class OneDocument:
    """Answers every question with the first word of its document, or fails as it is told to."""

    failure: Exception | None = None
    gone: bool = False
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if self.failure is not None:
            raise self.failure
        citation = Citation(number=1, document="plan", title="Kế hoạch", section=(), quote="Chủ", span=Span(0, 3))
        return Answer(
            question=question.text,
            language="vi",
            text=f"{question.text} [1]",
            abstained=False,
            confidence=0.9,
            citations=(citation,),
            steps=("Tìm",),
        )

    def documents(self) -> tuple[DocumentInfo, ...]:
        return (
            DocumentInfo(id="plan", path="plan.md", sha256="", title="Kế hoạch", header=Header(), passages=1, pages=0),
        )

    def source(self, document_id: str) -> str:
        if self.gone:
            raise UnknownDocument(document=document_id)
        return "Chủ trì"

    def outline(self, document_id: str) -> tuple[Section, ...]:
        return ()

    def search(self, question: Question, k: int) -> list[Hit]:
        return []


@pytest.fixture
def engine() -> OneDocument:
    return OneDocument()


@pytest.fixture
def desk(engine: OneDocument, tmp_path: Path) -> Desk:
    return Desk(engine, Sessions(), tmp_path / "eval" / "drafts.jsonl")


def ask(desk: Desk, text: str, tab: str = TAB) -> list[tuple[object, ...]]:
    return list(desk.ask(text, [], "vi", tab, REQUEST))


def click(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def test_a_follow_up_carries_the_earlier_questions(desk: Desk, engine: OneDocument) -> None:
    ask(desk, "Ai chủ trì Dự án 8?")
    ask(desk, "Còn Dự án 9?")
    assert [question.history for question in engine.asked] == [(), ("Ai chủ trì Dự án 8?",)]


def test_a_chosen_document_goes_with_the_question(desk: Desk, engine: OneDocument) -> None:
    list(desk.ask("Ai?", ["plan"], "vi", TAB, REQUEST))
    assert engine.asked == [Question(text="Ai?", documents=("plan",))]


def test_the_box_is_emptied_when_a_question_is_taken(desk: Desk) -> None:
    steps = ask(desk, "Ai?")
    assert steps[0][2] == ""
    assert VI("answer.searching") in str(steps[0][0])
    assert VI("answer.understood") in str(steps[1][0])
    assert "pq-answered" in str(steps[2][0])


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (IndexBusy(path="/chỉ mục"), VI("errors.index-busy", path="/chỉ mục")),
        (RuntimeError("a fault of ours"), VI("errors.error")),
    ],
    ids=["an error that a user can act on", "a fault of ours"],
)
def test_a_failed_question_is_back_in_its_box_with_one_sentence(
    desk: Desk, engine: OneDocument, failure: Exception, sentence: str
) -> None:
    ask(desk, "Câu trước?")
    engine.failure = failure
    conversation, _, box, notice = ask(desk, "Câu hỏng?")[-1]
    assert box == "Câu hỏng?"
    assert sentence in str(notice)
    assert "Câu trước?" in str(conversation)
    assert "Câu hỏng?" not in str(conversation)
    engine.failure = None
    ask(desk, "Câu sau?")
    assert engine.asked[-1].history == ("Câu trước?",)


@pytest.mark.parametrize("text", [None, "", " \n ", "?!"])
def test_an_empty_question_is_not_asked(desk: Desk, engine: OneDocument, text: str | None) -> None:
    ((_, _, _, notice),) = desk.ask(text, [], "vi", TAB, REQUEST)
    assert VI("errors.question-empty") in str(notice)
    assert engine.asked == []


@pytest.mark.parametrize(("length", "asked"), [(2_000, 1), (2_001, 0)])
def test_a_question_is_asked_up_to_the_limit(desk: Desk, engine: OneDocument, length: int, asked: int) -> None:
    ask(desk, "a" * length)
    assert len(engine.asked) == asked


def test_a_citation_opens_its_source(desk: Desk) -> None:
    ask(desk, "Ai?")
    pane, shown, notice = desk.cite("vi", TAB, click(turn=1, number=1), REQUEST)
    assert '<mark class="pq-quote">Chủ</mark> trì' in str(pane)
    assert (shown, notice) == ((1, 1), "")


@pytest.mark.parametrize("data", [{"turn": 9, "number": 1}, {"turn": 1, "number": 9}])
def test_a_citation_that_is_gone_is_said_in_one_sentence(desk: Desk, data: dict[str, object]) -> None:
    ask(desk, "Ai?")
    pane, shown, notice = desk.cite("en", TAB, click(**data), REQUEST)
    assert (pane, shown) == ("", None)
    assert EN("errors.citation-gone") in notice


@pytest.mark.parametrize("data", [{}, {"turn": "1", "number": None}, {"turn": [1], "number": {}}])
def test_a_forged_click_opens_nothing(desk: Desk, data: dict[str, object]) -> None:
    ask(desk, "Ai?")
    assert desk.cite("vi", TAB, click(**data), REQUEST) == ("", None, "")


def test_a_source_that_left_the_index_is_said_in_one_sentence(desk: Desk, engine: OneDocument) -> None:
    ask(desk, "Ai?")
    engine.gone = True
    pane, shown, notice = desk.cite("vi", TAB, click(turn=1, number=1), REQUEST)
    assert (pane, shown) == ("", None)
    assert VI("errors.unknown-document", document="plan") in notice


def test_a_thumb_down_keeps_the_question_with_its_history_and_what_was_cited(desk: Desk) -> None:
    ask(desk, "Ai chủ trì Dự án 8?")
    list(desk.ask("Còn Dự án 9?", ["plan"], "vi", TAB, REQUEST))
    data = click(turn=2, reason="incomplete", comment=" thiếu cơ quan phối hợp ")
    conversation, notice = desk.report("vi", TAB, data, REQUEST)
    (draft,) = read_drafts(desk.drafts)
    assert (draft.question, draft.history, draft.restrict) == ("Còn Dự án 9?", ("Ai chủ trì Dự án 8?",), ("plan",))
    assert (draft.reason, draft.comment) == ("incomplete", "thiếu cơ quan phối hợp")
    assert draft.cited == (Evidence(document="plan", quote="Chủ"),)
    assert conversation.count(VI("feedback.thanks")) == 1
    assert conversation.count(VI("feedback.label")) == 1, "the other answer can still be reported"
    assert notice == ""


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"turn": 1, "reason": "<script>"},
        {"turn": 1, "reason": None},
        {"turn": 9, "reason": "wrong"},
        {"turn": "1", "reason": "wrong"},
        {"turn": 1, "reason": ["wrong"]},
    ],
)
def test_a_forged_report_keeps_nothing(desk: Desk, data: dict[str, object]) -> None:
    ask(desk, "Ai?")
    conversation, _ = desk.report("vi", TAB, click(**data), REQUEST)
    assert read_drafts(desk.drafts) == ()
    assert VI("feedback.thanks") not in conversation


def test_a_report_that_cannot_be_kept_is_said_in_one_sentence(desk: Desk) -> None:
    ask(desk, "Ai?")
    desk.drafts.mkdir(parents=True)
    conversation, notice = desk.report("en", TAB, click(turn=1, reason="wrong"), REQUEST)
    assert str(desk.drafts) in notice
    assert EN("feedback.thanks") not in conversation


def test_a_long_comment_is_cut(desk: Desk) -> None:
    ask(desk, "Ai?")
    desk.report("vi", TAB, click(turn=1, reason="other", comment="a" * 100_000), REQUEST)
    assert len(read_drafts(desk.drafts)[0].comment) == 2_000


def test_another_language_keeps_conversation_and_source(desk: Desk) -> None:
    ask(desk, "Ai?")
    conversation, pane, shown, notice = desk.translate("en", TAB, (1, 1), REQUEST)
    assert EN("answer.sources") in conversation
    assert EN("source.close") in str(pane)
    assert (shown, notice) == ((1, 1), "")


def test_a_tab_that_offers_no_proper_id_gets_the_conversation_of_its_page(desk: Desk) -> None:
    assert desk.open("vi", click(session="../../etc"), REQUEST)[0] == "hash"
    assert desk.open("vi", click(session=TAB), REQUEST)[0] == TAB


def test_twenty_tabs_at_once_keep_their_own_conversations(desk: Desk) -> None:
    tabs = [f"{number:032x}" for number in range(20)]

    def talk(tab: str) -> tuple[str, ...]:
        for turn in range(5):
            ask(desk, f"Câu {turn} của {tab}?", tab)
        return tuple(turn.answer.question for turn in desk.sessions.turns(tab))

    with ThreadPoolExecutor(len(tabs)) as pool:
        talked = list(pool.map(talk, tabs))
    assert talked == [tuple(f"Câu {turn} của {tab}?" for turn in range(5)) for tab in tabs]
