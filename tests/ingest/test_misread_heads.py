"""The head of a document with letters misread, lost or torn apart, as poor scans give it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pipeline import read_loaded
from ingest.rules.kinds import KINDS, is_kind, kind_named
from ingest.rules.misread import begins_as, nearest, reads_as
from ingest.types import Header, Loaded

HEAD = (
    "ỦY BAN NHÂN DÂN\nHUYỆN SÔNG THAO",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 218/KH-UBND",
    "Sông Thao, ngày 07 tháng 9 năm 2024",
    "KẾ HOẠCH",
    "Bảo vệ nguồn nước sinh hoạt trên địa bàn huyện Sông Thao năm 2025",
    "Căn cứ Luật Tài nguyên nước năm 2023;",
    "I. MỤC TIÊU",
    "1. Giữ sạch 12 mó nước.",
)


def header(*parts: str) -> Header:
    loaded = Loaded(text="\n\n".join(parts), format="text", pages=())
    return read_loaded(loaded, identifier="plan", path="plan.md", sha256="").header


def changed(**parts: str) -> Header:
    names = ("issuer", "state", "number", "date", "kind", "title", "basis", "heading", "item")
    return header(*(parts.get(name, part) for name, part in zip(names, HEAD, strict=True)))


def test_a_clean_head_is_the_measure() -> None:
    head = header(*HEAD)
    assert head.issuer is not None and head.issuer.value == "ỦY BAN NHÂN DÂN HUYỆN SÔNG THAO"
    assert head.number is not None and head.number.value == "218/KH-UBND"
    assert head.date is not None and head.date.value == "2024-09-07"
    assert head.kind is not None and head.kind.value == "Kế hoạch"


@pytest.mark.parametrize("kind", ["KẾ HOẠCN", "E HOẠCH", "K ẾHOẠCH", "KÊ HOACH", "KẾ H0ẠCH", "KẾ  HOẠCH:"])
def test_the_kind_is_told_with_a_letter_amiss(kind: str) -> None:
    head = changed(kind=kind)
    assert head.kind is not None and head.kind.value == "Kế hoạch"
    assert head.title is not None and head.title.value.startswith("Bảo vệ nguồn nước")


@pytest.mark.parametrize(
    "date",
    [
        "Sông Thao, rgày 07 tháng 9 năm 2024",
        "Sông Thao, ngày 07 háng 9 năm 2024",
        "Sông Thao. ngày O7 th áng 9 nãm 2O24",
        "Sông Thao, ngay 07 tbáng 9 năn Z024",
    ],
)
def test_place_and_date_are_read_with_letters_amiss(date: str) -> None:
    head = changed(date=date)
    assert head.place is not None and head.place.value == "Sông Thao"
    assert head.date is not None and head.date.value == "2024-09-07"


@pytest.mark.parametrize("number", ["Số: 2l8/KH-UBND", "Sô: 21B/KH-U8ND", "S: 218/KH-UBND", "Số. 218/KH-UBND"])
def test_the_number_is_read_as_it_was_meant(number: str) -> None:
    head = changed(number=number)
    assert head.number is not None
    assert head.number.value.startswith("218/KH-U")


def test_a_digit_for_the_first_capital_of_a_part_is_put_right() -> None:
    head = changed(number="Số: 64/8C-5NN")
    assert head.number is not None and head.number.value == "64/BC-SNN"


@pytest.mark.parametrize("body", ["ỦY BA N NHÂN DÂN\nHUYỆN SÔNG THAO", "UY BN NHÂN DÂN\nHUYỆN SÔNG THAO"])
def test_the_issuing_body_is_told_with_letters_amiss(body: str) -> None:
    head = changed(issuer=body)
    assert head.issuer is not None and "HUYỆN SÔNG THAO" in head.issuer.value


def test_a_misread_motto_is_no_issuing_body() -> None:
    head = changed(state="GỘNG HÒA XÃ HỘI CHỦ NGHĨA V1ỆT NAM")
    assert head.issuer is not None and head.issuer.value == "ỦY BAN NHÂN DÂN HUYỆN SÔNG THAO"


@pytest.mark.parametrize(
    "text", ["KẾT QUẢ", "DỰ TOÁN", "KINH PHÍ", "MỤC TIÊU", "QUY TRÌNH", "Kế hoạch", "KHAI", "LUẬN", ""]
)
def test_other_headings_are_no_kinds(text: str) -> None:
    assert not is_kind(text)


@given(st.sampled_from([kind for kind in KINDS if len(kind) > 6]), st.data())
def test_any_one_letter_may_be_lost_from_a_longer_kind(kind: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(kind) - 1))
    lost = kind[:at] + kind[at + 1 :]
    near = {one.capitalize() for one in KINDS if reads_as(lost, one)}  # "THÔNG ÁO" may be a thông báo or a thông cáo
    assert kind.capitalize() in near
    assert kind_named(lost) in near


@given(st.text(max_size=60))
def test_any_text_reads_as_itself(text: str) -> None:
    assert reads_as(text, text)
    assert begins_as(text, text)
    assert nearest(text, (text,)) == text
