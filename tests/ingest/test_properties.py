"""What holds for any text at all."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunk import chunks_of
from ingest.normalise import AlignedText, fold, has_marks, key, strip_marks
from ingest.reading import reading
from ingest.rules.numbering import mark_of
from ingest.rules.programme import parts_in
from ingest.rules.references import references
from ingest.sentences import sentence_ranges
from ingest.structure import structure
from ingest.types import Document, Span

PIECES = st.sampled_from(
    [
        "KẾ HOẠCH",
        "I. MỤC TIÊU",
        "1. Sở Y tế",
        "1.1. Nội dung",
        "a) Hộ nghèo",
        "- Trồng rừng;",
        "+ Giữ rừng",
        "Số: /KH-UBND",
        "Số: 42/KH-UBND",
        "Hà Thanh, ngày 04 tháng 3 năm 2021",
        "Căn cứ Quyết định số 2152/QĐ-TTg ngày 18/12/2020;",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "Nguyễn Văn An",
        "PHỤ LỤC",
        "(Kèm theo Kế hoạch)",
        "12",
        "|",
        "||",
        "| A | B |",
        "|---|---|",
        "x\ty\tz",
        "1\t2\t3",
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "<td>",
        "**đậm**",
        "** **",
        "## **II. NỘI DUNG**",
        "*Căn cứ* Luật",
        "Điều 1. Phạm vi",
        "Chương II",
        "[1] Chú thích",
        "vận động đầu",
        "tư, hỗ trợ.",
        "\u0041\u0309nh",
        "hoà bình",
        "thuỷ lợi",
        "\u00a0",
        "\ufeff",
        "a\u200bb",
        "Dự án 5: Việc",
        "Tiểu dự án 2 thuộc dự án 9",
    ]  # fmt: skip
)
BREAKS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\f", "\n\x0c\n", " ", "\u2028"])
LAYOUT = st.lists(st.tuples(PIECES, BREAKS), max_size=25).map(lambda parts: "".join(a + b for a, b in parts))
TEXTS = st.one_of(LAYOUT, LAYOUT.map(lambda text: unicodedata.normalize("NFD", text)), st.text(max_size=300))


def document(text: str) -> Document:
    return Document(id="d", path="d.txt", sha256="", format="text", text=text)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_blocks_hold_every_character_once(text: str) -> None:
    held = [0] * len(text)
    for block in structure(document(text)).blocks:
        for at in range(block.span.start, block.span.end):
            held[at] += 1
    assert all(count == 1 for count, letter in zip(held, text, strict=True) if not letter.isspace())
    assert max(held, default=0) <= 1


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_chunks_slice_back_and_point_to_what_is_there(text: str) -> None:
    one = document(text)
    parts = structure(one)
    chunks = chunks_of(one, parts)
    for at, chunk in enumerate(chunks):
        assert chunk.index == at
        assert chunk.text == text[chunk.span.start : chunk.span.end]
        assert chunk.reading.strip()
        assert -1 <= chunk.section < len(parts.sections)
        assert chunk.lead is None or 0 <= chunk.lead < at
        assert all(member < at for member in chunk.members)
        assert all(gone in chunk.span for gone in chunk.skipped)
        assert all(cell in Span(0, len(text)) for _, cell in chunk.cells)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_sections_nest(text: str) -> None:
    sections = structure(document(text)).sections
    for at, section in enumerate(sections):
        assert section.index == at
        assert section.heading in section.span
        if section.parent is None:
            assert section.level == 1
        else:
            parent = sections[section.parent]
            assert section.parent < at
            assert section.level == parent.level + 1
            assert section.span in parent.span


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_reading_text_maps_back_to_the_source(text: str) -> None:
    aligned = reading(text)
    assert len(aligned.starts) == len(aligned.ends) == len(aligned.text)
    assert list(aligned.starts) == sorted(aligned.starts)
    for at, letter in enumerate(aligned.text):
        span = aligned.span(at, at + 1)
        if letter != " " and text[span.start : span.end].isalpha():
            assert letter in unicodedata.normalize("NFC", text[span.start : span.end])


@given(st.text(max_size=80))
def test_normal_forms_are_stable(text: str) -> None:
    nfc = unicodedata.normalize("NFC", text)
    assert strip_marks(strip_marks(text)) == strip_marks(text)
    assert len(strip_marks(nfc)) == len(nfc)
    assert key(key(text)) == key(text)
    assert AlignedText.of(text).nfc().text == nfc


def test_both_tone_places_are_one_word_and_qu_is_none() -> None:
    assert key("Hoà Bình, thuỷ lợi, khoẻ, tuỳ") == key("Hòa Bình, thủy lợi, khỏe, tùy")
    assert key("quý, hoàn, toán") == "quý, hoàn, toán"
    assert fold("Đề án ĐBKK") == "de an dbkk"
    assert has_marks("đi") and not has_marks("di")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_sentences_hold_every_word_in_order(text: str) -> None:
    ranges = sentence_ranges(text)
    joined = "".join(text[start:end] for start, end in ranges)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))


@settings(deadline=None)
@given(TEXTS)
def test_small_rules_take_any_text(text: str) -> None:
    mark = mark_of(text)
    assert mark is None or 0 < mark.length <= len(text)
    for part in parts_in(text):
        assert min(part.project, part.sub, part.content) >= 0
    for reference in references(AlignedText.of(text)):
        assert reference.span in Span(0, len(text))


def test_long_and_odd_texts_are_read_in_time() -> None:
    for text in (
        "*" * 200_000,
        "<b" * 50_000,
        "(" * 100_000,
        "1." * 50_000,
        "|\n" * 50_000,
        "a\n" * 50_000,
        "- x;\n" * 20_000,
    ):
        parts = structure(document(text))
        assert all(block.span.end <= len(text) for block in parts.blocks)
