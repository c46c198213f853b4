"""What the tests of the evaluation share: the five plans, and answers made by hand."""

from __future__ import annotations

from pathlib import Path

from evals.types import Case, Evidence
from ingest.types import Span
from retrieval.types import Answer, Citation

CORPUS = Path(__file__).parents[2] / "corpus"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in CORPUS.glob("2*.md")}
PLAN = "2023-bac-kan-kh-ubnd"
QUOTE = "Chủ trì hướng dẫn, tổ chức triển khai thực hiện tiểu dự án 3 thuộc dự án 10"
CASE = Case(
    id="c",
    question="Dự án 10 giao cho ai?",
    kind="agency-role",
    answerable=True,
    documents=(PLAN,),
    reference="tiểu dự án 3",
    required=(("tiểu dự án 3", "Sub-project 3"),),
    evidence=(Evidence(document=PLAN, quote=QUOTE),),
    split="dev",
)
NOTHING = Case(id="n", question="Ai là vua?", kind="unanswerable", answerable=False, reference="Không có.", split="dev")


def answer(text: str, *spans: Span, abstained: bool = False, confidence: float = 0.5) -> Answer:
    """An answer with a citation of the Bắc Kạn plan for each span."""
    citations = tuple(
        Citation(number=at, document=PLAN, title="", section=(), quote=TEXTS[PLAN][span.start : span.end], span=span)
        for at, span in enumerate(spans, 1)
    )
    marks = " ".join(f"[{one.number}]" for one in citations)
    return Answer(
        question="",
        language="vi",
        text=f"{text} {marks}",
        abstained=abstained,
        confidence=confidence,
        citations=citations,
    )
