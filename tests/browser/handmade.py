"""A small engine over the texts of a folder: stands in for the real one until there is an index to open."""

from __future__ import annotations

import re
import time
from pathlib import Path

from ingest.errors import UnknownDocument
from ingest.types import Header, Section, Span
from retrieval.types import Answer, Citation, DocumentInfo, Hit, Question


class HandmadeEngine:
    def __init__(self, corpus: Path) -> None:
        self.texts = {
            path.relative_to(corpus).with_suffix("").as_posix(): path.read_bytes().decode()
            for path in sorted(corpus.rglob("*.md"))
        }

    def documents(self) -> tuple[DocumentInfo, ...]:
        return tuple(
            DocumentInfo(id=key, path=key, sha256="", title=title(text), header=Header(), passages=1, pages=0)
            for key, text in self.texts.items()
        )

    def source(self, document_id: str) -> str:
        if document_id not in self.texts:
            raise UnknownDocument(document=document_id)
        return self.texts[document_id]

    def outline(self, document_id: str) -> tuple[Section, ...]:
        spans = [Span(*match.span()) for match in re.finditer("^#+ .*$", self.source(document_id), re.M)]
        return tuple(
            Section(index=index, parent=None, level=1, number="", title="", heading=span, span=span)
            for index, span in enumerate(spans)
        )

    def search(self, question: Question, k: int) -> list[Hit]:
        return []

    def ask(self, question: Question) -> Answer:
        time.sleep(0.1)
        words = set(re.findall(r"\w{3,}", question.text.lower()))
        best = []
        for key, text in self.texts.items():
            if question.documents and key not in question.documents:
                continue
            for match in re.finditer(r"^\S.{30,}$", text, re.M):
                found = words & set(re.findall(r"\w{3,}", match.group().lower()))
                best.append((len(found), key, Span(*match.span())))
        best.sort(key=lambda row: -row[0])
        if not best or best[0][0] < 3:
            return Answer(
                question=question.text,
                language="vi",
                text="Các văn bản không nêu.",
                abstained=True,
                confidence=0.9,
                steps=("Tìm",),
            )
        citations = tuple(
            Citation(
                number=number,
                document=key,
                title=title(self.texts[key]),
                section=("I. PHẦN", "1. Mục"),
                quote=self.texts[key][span.start : span.end],
                span=span,
            )
            for number, (_, key, span) in enumerate(best[:3], 1)
        )
        text = "\n".join(f"- {escape(c.quote)} [{c.number}]" for c in citations)
        return Answer(
            question=question.text,
            language="vi",
            text=text,
            abstained=False,
            confidence=0.7,
            citations=citations,
            steps=("Hiểu", "Tìm"),
            elapsed_ms=12.0,
        )


def title(text: str) -> str:
    lines = [line.strip("#* ") for line in text.splitlines() if line.startswith("#")]
    return " ".join(lines[:2]) or "Văn bản"


def escape(text: str) -> str:
    return re.sub(r"([\\\[\]*_|])", r"\\\1", text.strip("#*- "))
