"""Bytes to text: UTF-8 untouched, legacy Vietnamese encodings recognised by what they spell."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encoding import NotTextError, decode, from_tcvn3, from_vni, repair
from ingest.plausibility import is_syllable, plausible_share

SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
# Written down from the code charts, apart from the tables of the program: TCVN 5712:1993 (VN3) …
TCVN3_BYTES = bytes.fromhex(
    "b5b8b6b7b9a8bbbebcbdc6a9c7cac8c9cbaeccd0cecfd1aad2d5d3d4d6d7ddd8dcde"
    "dfe3e1e2e4abe5e8e6e7e9aceaedebeceeeff3f1f2f4adf5f8f6f7f9fafdfbfcfe"
)
TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", bytes.fromhex("a1a2a3a4a5a6a7"), strict=True))
# … and VNI as it looks in a font of Western Europe.
VNI_LOOKS = [
    "aø",
    "aù",
    "aû",
    "aõ",
    "aï",
    "aê",
    "aè",
    "aé",
    "aú",
    "aü",
    "aë",
    "aâ",
    "aà",
    "aá",
    "aå",
    "aã",
    "aä",
    "ñ",
    "eø",
    "eù",
    "eû",
    "eõ",
    "eï",
    "eâ",
    "eà",
    "eá",
    "eå",
    "eã",
    "eä",
    "ì",
    "í",
    "æ",
    "ó",
    "ò",
    "oø",
    "où",
    "oû",
    "oõ",
    "oï",
    "oâ",
    "oà",
    "oá",
    "oå",
    "oã",
    "oä",
    "ô",
    "ôø",
    "ôù",
    "ôû",
    "ôõ",
    "ôï",
    "uø",
    "uù",
    "uû",
    "uõ",
    "uï",
    "ö",
    "öø",
    "öù",
    "öû",
    "öõ",
    "öï",
    "yø",
    "yù",
    "yû",
    "yõ",
    "î",
]
PLAN = (
    "KẾ HOẠCH\n\nTăng cường hỗ trợ phát triển rừng phòng hộ ven sông\n1. UBND huyện chủ trì, phối hợp "
    "với Phòng Nông nghiệp và các xã; kinh phí 450 triệu đồng (đợt một).\n2. Đẩy mạnh tuyên truyền, vận động."
)


def as_tcvn3(text: str) -> bytes:
    places = {**dict(zip(SMALL, TCVN3_BYTES, strict=True)), **TCVN3_CAPITALS}
    return bytes(places.get(letter) or places.get(letter.lower()) or ord(letter) for letter in text)


def as_vni(text: str) -> bytes:
    looks = dict(zip(SMALL, VNI_LOOKS, strict=True))
    looks |= {letter.upper(): look.upper() for letter, look in looks.items()}
    return "".join(looks.get(letter, letter) for letter in text).encode("cp1252")


def as_windows_1258(text: str) -> bytes:
    """A letter with its circumflex, breve or horn, then the tone as a character of its own."""
    data = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        shape = "".join(part for part in parts if part not in "\u0300\u0301\u0303\u0309\u0323")
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        data += (unicodedata.normalize("NFC", shape) + tone).encode("cp1258")
    return data


@pytest.mark.parametrize("letter", SMALL)
def test_every_small_letter_survives_tcvn3_and_vni(letter: str) -> None:
    assert from_tcvn3(as_tcvn3(letter).decode("cp1252")) == letter
    assert from_vni(as_vni(letter).decode("cp1252")) == letter


@pytest.mark.parametrize("letter", SMALL.upper())
def test_every_capital_survives_vni(letter: str) -> None:
    assert from_vni(as_vni(letter).decode("cp1252")) == letter


@pytest.mark.parametrize("letter", "ĂÂÊÔƠƯĐ")
def test_capitals_without_a_tone_survive_tcvn3(letter: str) -> None:
    assert from_tcvn3(as_tcvn3(letter).decode("cp1252")) == letter


def test_toned_letters_in_a_line_of_capitals_become_capitals_in_tcvn3() -> None:
    assert from_tcvn3(as_tcvn3("ỦY BAN NHÂN DÂN").decode("cp1252")) == "ỦY BAN NHÂN DÂN"
    assert from_tcvn3(as_tcvn3("UBND tỉnh KẾT LUẬN").decode("cp1252")) == "UBND tỉnh KẾT LUẬN"


@pytest.mark.parametrize(
    ("encoding", "encode"), [("tcvn3", as_tcvn3), ("vni", as_vni), ("windows-1258", as_windows_1258)]
)
def test_a_plan_in_a_legacy_encoding_is_recognised_and_read(encoding: str, encode: object) -> None:
    assert callable(encode)
    decoded = decode(encode(PLAN))
    assert (decoded.encoding, decoded.guessed) == (encoding, True)
    assert decoded.text == PLAN
    assert unicodedata.is_normalized("NFC", decoded.text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t\f")))
def test_utf_8_comes_back_as_it_is(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.removeprefix("\ufeff")
    assert not decoded.guessed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be-bom"])
def test_a_byte_order_mark_is_not_part_of_the_text(encoding: str) -> None:
    data = b"\xfe\xff" + PLAN.encode("utf-16-be") if encoding.endswith("bom") else PLAN.encode(encoding)
    decoded = decode(data)
    assert (decoded.text, decoded.guessed) == (PLAN, False)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_normalisation_form_of_utf_8_is_kept(form: str) -> None:
    text = unicodedata.normalize("NFD" if form == "NFD" else "NFC", PLAN)
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"Th\xc3\xb4ng b\x00\x01", 8),
        ("Kế ho".encode() + b"\xe1\xba", 7),
        (bytes(range(256)), 128),
        (b"\xff\xfe\x00\xd8A\x00", 2),
        ("Größe, façade, naïve, Straße".encode("latin-1"), 2),
        ("計画は国土交通省".encode("shift-jis"), 0),
    ],
    ids=["zero byte", "cut in a letter", "every byte", "half a surrogate", "German and French", "Japanese"],
)
def test_other_bytes_are_refused_at_the_first_that_does_not_fit(data: bytes, offset: int) -> None:
    with pytest.raises(NotTextError) as refused:
        decode(data)
    assert refused.value.offset == offset


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_with_a_place_in_them(data: bytes) -> None:
    try:
        decode(data)
    except NotTextError as refused:
        assert 0 <= refused.offset <= len(data)


def test_extracted_text_of_an_old_font_is_converted_and_good_text_is_left_alone() -> None:
    converted = repair(as_tcvn3(PLAN).decode("cp1252"))
    assert converted is not None
    assert converted.text == PLAN
    assert repair(PLAN) is None
    assert repair("A plan of the district, in plain English.") is None


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "khuya",
        "ngoằn",
        "ngoèo",
        "thuở",
        "giếng",
        "gì",
        "gìn",
        "ủy",
        "uỷ",
        "hoà",
        "hòa",
        "đắk",
        "yêu",
    ],
)
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", ["hßa", "héi", "strategy", "xyz", "ấá", "ngh"])
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_text_is_plausible_and_letters_of_a_broken_font_are_not() -> None:
    assert plausible_share(PLAN) > 0.97
    assert plausible_share("The plan costs 75 million; see decision 2152/QĐ-UBND, 18/12/2020.") > 0.97
    assert plausible_share(".ӂ +2Ҥ&+ 7KӵF KLӋQ 1JKӏ TX\\ӃW 7KDQK SKӕ") < 0.5
