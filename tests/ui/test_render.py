"""Answers and sources as HTML: what a browser would read out of it, and that text never becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Section, Span
from retrieval.types import Answer, Citation
from ui.html import Link, escape, markdown
from ui.language import load_strings
from ui.render import Pending, confidence_word, conversation, notice, plain_answer, turn_html
from ui.sessions import Turn
from ui.source import document, pane

VI = load_strings("vi")
HOSTILE = [
    "<script>alert(1)</script>",
    "</mark></div><b>x</b>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "[bấm](javascript:alert(1))",
    "![ảnh](http://ngoai.example/a.png)",
    "<http://ngoai.example>",
    "[2] và [99]",
    "&lt;b&gt; &amp; &#60;",
    "${alert(1)} {{constructor}} `x`",
]
VOID = {"br", "img", "hr", "input"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag:
                    yield child
                yield from child.all(tag)

    def by_class(self, name: str) -> list[Element]:
        return [element for element in self.everything() if name in element.attributes.get("class", "").split()]

    def everything(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.everything()


class Reader(HTMLParser):
    """A strict reader: a tag that is not closed in order is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


def cited(text: str = "Chủ trì [1].", quote: str = "Chủ trì", *, title: str = "Kế hoạch", **changes: object) -> Turn:
    citation = Citation(
        number=1, document="a", title=title, section=("I. MỤC TIÊU",), quote=quote, span=Span(0, len(quote))
    )
    values: dict[str, object] = {
        "question": "Ai chủ trì?",
        "language": "vi",
        "text": text,
        "abstained": False,
        "confidence": 0.93,
        "citations": (citation,),
        "steps": ("Tìm", "Chọn"),
    }
    return Turn(1, Answer(**{**values, **changes}))  # type: ignore[arg-type]


def refusal(text: str = "Các văn bản không nêu.", question: str = "Thời tiết?") -> Turn:
    return Turn(1, Answer(question=question, language="vi", text=text, abstained=True, confidence=0.9))


def test_a_citation_mark_becomes_a_button_that_names_its_source() -> None:
    (button,) = read(turn_html(cited(), VI)).by_class("pq-text")[0].all("button")
    assert button.text == "[1]"
    assert (button.attributes["data-turn"], button.attributes["data-number"]) == ("1", "1")
    assert button.attributes["aria-label"] == "Mở nguồn 1: Kế hoạch › I. MỤC TIÊU"
    assert button.attributes["type"] == "button"


def test_an_answer_lists_each_source_with_its_headings() -> None:
    (item,) = read(turn_html(cited(), VI)).by_class("pq-sources")[0].all("li")
    assert item.text == "[1]Kế hoạchI. MỤC TIÊU"


def test_confidence_is_a_word_with_the_number_in_a_tooltip() -> None:
    (confidence,) = read(turn_html(cited(), VI)).by_class("pq-confidence")
    assert confidence.children[0] == "Độ tin cậy: cao"
    assert confidence.attributes["title"] == "Xác suất câu trả lời đúng: 93 %"


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(0.8, "cao"), (0.79, "trung bình"), (0.5, "trung bình"), (0.49, "thấp"), (0.0, "thấp")],
)
def test_the_words_for_confidence_change_at_their_bounds(confidence: float, word: str) -> None:
    assert VI(confidence_word(confidence)) == word


def test_a_refusal_looks_calm_and_claims_no_confidence() -> None:
    root = read(turn_html(refusal(), VI))
    assert [element.text for element in root.by_class("pq-label")] == ["Văn bản không nêu"]
    assert root.by_class("pq-abstained") != []
    assert root.by_class("pq-confidence") == root.by_class("pq-sources") == []


def test_steps_are_folded_under_their_heading() -> None:
    (steps,) = read(turn_html(cited(), VI)).by_class("pq-steps")
    assert steps.tag == "details"
    assert "open" not in steps.attributes
    assert [item.text for item in steps.all("li")] == ["Tìm", "Chọn"]


def test_a_question_on_its_way_shows_what_is_known_of_it() -> None:
    searching = read(conversation((), VI, Pending("Ai?")))
    assert [element.text for element in searching.by_class("pq-status")] == ["Đang tìm…"]
    understood = read(conversation((), VI, Pending("Ai?", (), ("Hỏi về cơ quan",))))
    assert [item.text for item in understood.all("li")] == ["Hỏi về cơ quan"]


def test_the_frame_of_an_answer_follows_the_language_and_the_answer_stays() -> None:
    root = read(turn_html(cited(), load_strings("en")))
    assert root.by_class("pq-confidence")[0].children[0] == "Confidence: high"
    assert root.by_class("pq-text")[0].text == "Chủ trì [1].\n"
    assert root.by_class("pq-text")[0].attributes["lang"] == "vi"


def test_the_copied_answer_carries_its_sources_as_text() -> None:
    answer = cited(quote="Chủ trì,\n\nphối hợp").answer
    expected = "Chủ trì [1].\n\nNguồn:\n[1] Kế hoạch › I. MỤC TIÊU: “Chủ trì, phối hợp”"
    assert plain_answer(answer, VI) == expected
    (copy,) = read(turn_html(Turn(1, answer), VI)).by_class("pq-copy")
    assert copy.attributes["data-copy"] == expected


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_of_questions_and_titles_stays_text(hostile: str) -> None:
    turn = cited(question=hostile, title=hostile, steps=(hostile,))
    root = read(turn_html(turn, VI))
    assert root.by_class("pq-question")[0].text.endswith(hostile)
    assert root.by_class("pq-title")[0].text == hostile
    assert hostile in root.by_class("pq-steps")[0].text
    plain = read(turn_html(cited(question="x", title="x", steps=("x",)), VI))
    assert shape(root) == shape(plain)


@pytest.mark.parametrize("hostile", [text for text in HOSTILE if "[2]" not in text])
def test_hostile_text_of_an_answer_makes_no_element(hostile: str) -> None:
    root = read(markdown(f"{hostile} [1]", {1: Link(1, 1, hostile)}))
    assert [element.tag for element in root.everything()] == ["p", "button"]
    assert root.text == f"{hostile} [1]\n"
    assert next(root.all("button")).attributes["aria-label"] == hostile


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_of_a_notice_stays_text(hostile: str) -> None:
    (paragraph,) = read(notice(hostile)).everything()
    assert paragraph.text == hostile


def test_an_escaped_mark_and_a_number_without_source_stay_text() -> None:
    root = read(markdown(r"Theo \[1\] và [7], xem [1].", {1: Link(1, 1, "nguồn")}))
    assert root.text == "Theo [1] và [7], xem [1].\n"
    assert len(list(root.all("button"))) == 1


def test_lists_tables_and_emphasis_of_an_answer_are_laid_out() -> None:
    root = read(markdown("**Vốn**\n\n- một [1]\n- hai\n\n| a | b |\n|---|---|\n| 1 | 2 |", {1: Link(1, 1, "nguồn")}))
    assert [element.text for element in root.all("strong")] == ["Vốn"]
    assert [element.text for element in root.all("li")] == ["một [1]", "hai"]
    assert [element.text for element in root.all("td")] == ["1", "2"]


@given(st.text())
def test_any_text_escapes_to_html_that_reads_back(text: str) -> None:
    root = read(f'<p title="{escape(text)}">{escape(text)}</p>')
    expected = text.replace("\0", "\ufffd")
    (paragraph,) = root.everything()
    assert paragraph.text == expected
    assert paragraph.attributes["title"] == expected


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, Span, list[Span]]:
    text = draw(st.text(st.sampled_from("ab *#|<>&\n\r\"'/mrk"), min_size=1, max_size=80))
    offsets = st.integers(0, len(text))
    start, end = sorted((draw(offsets), draw(offsets)))
    borders = sorted(draw(st.lists(offsets, max_size=8)))
    headings = [Span(first, last) for first, last in zip(borders[::2], borders[1::2], strict=False)]
    return text, Span(start, end), headings


@given(documents())
def test_a_source_reads_back_whole_and_its_mark_is_the_quote(case: tuple[str, Span, list[Span]]) -> None:
    text, quote, headings = case
    root = read(document(text, quote, headings))
    assert root.text == text
    assert [mark.text for mark in root.all("mark")] == ([text[quote.start : quote.end]] if len(quote) else [])
    assert {element.tag for element in root.everything()} <= {"mark", "span"}


def test_headings_of_a_source_stand_out_and_their_markup_is_faint() -> None:
    text = "## **I. MỤC TIÊU**\n\nNội dung"
    root = read(document(text, Span(0, 0), [Span(0, 18)]))
    assert [element.text for element in root.by_class("pq-heading")] == ["I. MỤC TIÊU"]
    assert [element.text for element in root.by_class("pq-markup")] == ["## ", "**", "**"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_of_a_source_stays_text_inside_and_outside_the_mark(hostile: str) -> None:
    text = f"{hostile}\n{hostile}\n{hostile}"
    start = len(hostile) + 1
    citation = Citation(
        number=1,
        document="a",
        title=hostile,
        section=(hostile,),
        quote=hostile,
        span=Span(start, start + len(hostile)),
    )
    turn = Turn(
        1,
        Answer(question="?", language="vi", text="[1]", abstained=False, confidence=1, citations=(citation,)),
    )
    root = read(pane(turn, citation, text, (), VI))
    assert root.by_class("pq-document")[0].text == text
    assert [mark.text for mark in root.all("mark")] == [hostile]
    assert [heading.text for heading in root.all("h2")] == [hostile]


def test_the_pane_names_document_path_page_and_place_among_the_citations() -> None:
    quotes = [
        Citation(
            number=n,
            document="a",
            title="Kế hoạch",
            section=("I.", "1."),
            quote="ab",
            span=Span(0, 2),
            page=3,
        )
        for n in (1, 2, 3)
    ]
    answer = Answer(
        question="?", language="vi", text="[1][2][3]", abstained=False, confidence=1, citations=tuple(quotes)
    )
    outline = (Section(index=0, parent=None, level=1, number="I", title="", heading=Span(0, 1), span=Span(0, 4)),)
    root = read(pane(Turn(4, answer), quotes[1], "abcd", outline, VI))
    assert [item.text for item in root.by_class("pq-path")[0].all("li")] == ["I.", "1."]
    assert [element.text for element in root.by_class("pq-page")] == ["Trang 3"]
    assert [element.text for element in root.by_class("pq-position")] == ["Trích dẫn [2] · 2/3"]
    assert [root.by_class(name)[0].attributes["data-number"] for name in ("pq-previous", "pq-next")] == [
        "1",
        "3",
    ]


def test_a_document_that_changed_since_is_shown_without_a_highlight() -> None:
    turn = cited()
    root = read(pane(turn, turn.answer.citations[0], "Văn bản mới", (), VI))
    assert list(root.all("mark")) == []
    assert [element.text for element in root.by_class("pq-changed")] == [VI("source.changed")]
    assert root.by_class("pq-document")[0].text == "Văn bản mới"


def shape(element: Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(child.tag, tuple(sorted(child.attributes))) for child in element.everything()]
