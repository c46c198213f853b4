"""Files to text: dispatch, limits, errors, and texts as they are."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.errors import (
    DamagedFile,
    DocumentTooLarge,
    EmptyDocument,
    InputError,
    UnreadableFile,
    UnsupportedFile,
    WrongEncoding,
)
from ingest.loaders import SCAN_LIMIT, SUFFIXES, TEXT_LIMIT, load

FILES = Path(__file__).parents[1] / "fixtures" / "files"
PLAN = (FILES / "plan.pdf").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped({"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()})


def encrypted_zip(data: bytes) -> bytes:
    """The same archive with the bit set that says an entry has a password."""
    changed = bytearray(data)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[data.index(signature) + place] |= 1
    return bytes(changed)


def test_a_text_file_keeps_its_own_text(tmp_path: Path) -> None:
    text = "﻿KẾ HOẠCH\r\n\r\n1. Mục tiêu\tchung\r\nEe\u0302\u0301 \u00a0 cuối dòng  \n"
    loaded = load(written(tmp_path, "plan.md", text.encode()))
    assert loaded.text == text.removeprefix("\ufeff")
    assert (loaded.format, loaded.pages, loaded.notes) == ("text", (), ())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_any_utf_8_text_is_returned_exactly(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, "any.txt", b"a " + text.encode())
    assert load(path).text == "a " + text


def test_a_guessed_encoding_is_noted(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "cu.txt", "Céng hßa x· héi chñ nghÜa ViÖt Nam".encode("cp1252")))
    assert loaded.text == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert [(note.kind, note.detail) for note in loaded.notes] == [("encoding-guessed", "tcvn3")]


@pytest.mark.parametrize(
    ("name", "data", "fault", "sentence"),
    [
        ("a.md", b"", EmptyDocument, "holds no text"),
        ("a.md", b" \r\n\t \xef\xbb\xbf", EmptyDocument, "holds no text"),
        ("a.txt", "\ufeff\u200b".encode(), EmptyDocument, "holds no text"),
        ("a.pdf", b"", EmptyDocument, "holds no text"),
        ("a.docx", b"  ", EmptyDocument, "holds no text"),
        ("a.docx", word("<w:p/>"), EmptyDocument, "holds no text"),
        ("a.md", bytes(range(256)) * 8, WrongEncoding, "byte 128 fits no encoding"),
        ("a.md", b"\x7fELF\x02\x01\x01" + bytes(64), WrongEncoding, "byte 7 fits no encoding"),
        ("a.md", "計画は国土交通省".encode("shift-jis"), WrongEncoding, "save it as UTF-8"),
        ("a.pdf", b"no pdf at all", DamagedFile, "no readable PDF file"),
        ("a.pdf", b"%PDF-1.7\nbroken", DamagedFile, "no readable PDF file"),
        ("a.txt", b"%PDF-1.7\nbroken", DamagedFile, "no readable PDF file"),
        ("a.docx", b"no docx at all", DamagedFile, "no readable DOCX file"),
        ("a.docx", word("<w:p>")[:-30], DamagedFile, "no readable DOCX file"),
        ("a.docx", word("<w:p>"), DamagedFile, "no readable DOCX file"),
        ("a.docx", encrypted_zip(word("<w:p/>")), DamagedFile, "no readable DOCX file"),
        ("a.docx", OLE, DamagedFile, "protected"),
        ("a.png", b"\x89PNG\r\n\x1a\nbroken", DamagedFile, "no readable image file"),
        ("a.jpg", b"no picture", DamagedFile, "no readable image file"),
        ("a.doc", OLE, UnsupportedFile, "save it as .docx or .pdf"),
        ("a.doc", b"{\\rtf1 }", UnsupportedFile, "save it as .docx or .pdf"),
        (
            "a.xlsx",
            zipped({"xl/workbook.xml": b"<x/>"}),
            UnsupportedFile,
            "not one of .md, .txt, .docx, .pdf",
        ),
        ("a.exe", b"MZ", UnsupportedFile, "not one of .md, .txt, .docx, .pdf"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, fault: type[InputError], sentence: str
) -> None:
    path = written(tmp_path, name, data)
    with pytest.raises(fault, match=sentence) as refused:
        load(path)
    assert str(path) in str(refused.value)


def test_a_missing_file_a_folder_and_a_pipe_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name, reason in (
        ("no.md", "No such file"),
        ("folder.md", "a folder"),
        ("pipe.md", "no ordinary file"),
    ):
        with pytest.raises(UnreadableFile, match=reason):
            load(tmp_path / name)
    with pytest.raises(UnreadableFile, match="no file name"):
        load(Path("a\0b.md"))


def sparse(path: Path, head: bytes, size: int) -> Path:
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    return path


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(DocumentTooLarge, match="is too large: 41 MB, and the limit is 40 MB"):
        load(sparse(tmp_path / "a.md", b"text", TEXT_LIMIT + 1))
    with pytest.raises(DocumentTooLarge, match="201 MB, and the limit is 200 MB"):
        load(sparse(tmp_path / "a.pdf", b"%PDF-1.7", SCAN_LIMIT + 1))
    # The limit for scans is for what is a PDF, not for what is called one.
    with pytest.raises(DocumentTooLarge, match="the limit is 40 MB"):
        load(sparse(tmp_path / "b.pdf", b"text", TEXT_LIMIT + 1))


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", b"ab\n" * (TEXT_LIMIT // 3) + b"x" * (TEXT_LIMIT % 3))
    assert len(load(path).text) == TEXT_LIMIT


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = zipped({"word/document.xml": bytes(150_000_000)})
    assert len(bomb) < 1_000_000
    with pytest.raises(DamagedFile):
        load(written(tmp_path, "a.docx", bomb))


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
    with pytest.raises(DamagedFile):
        load(written(tmp_path, "a.docx", zipped({"word/document.xml": laughs})))


def test_deep_nesting_is_refused_or_read(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 20_000 + "</w:sdt>" * 20_000
    with pytest.raises(InputError):
        load(written(tmp_path, "a.docx", word(deep)))


def test_content_decides_over_the_ending(tmp_path: Path) -> None:
    assert load(written(tmp_path, "plan.docx", PLAN)).format == "pdf"
    assert load(written(tmp_path, "plan.md", word("<w:p><w:r><w:t>Lời</w:t></w:r></w:p>"))).text == "Lời"


def test_capital_endings_are_known(tmp_path: Path) -> None:
    assert load(written(tmp_path, "A.MD", b"abc")).text == "abc"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    suffix=st.sampled_from([*SUFFIXES, ".doc", ".html", ""]),
    start=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"II*\0", b"\xff\xfe", OLE]),
    rest=st.binary(max_size=300),
)
@example(suffix=".tif", start=b"II*\0", rest=b"\x08\0\0\0\xff\xff")
def test_no_bytes_crash_a_loader(tmp_path: Path, suffix: str, start: bytes, rest: bytes) -> None:
    path = written(tmp_path, "any" + suffix, start + rest)
    try:
        loaded = load(path)
    except InputError as refused:
        assert str(path) in str(refused)
    else:
        assert loaded.text.strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(
    place=st.integers(0, len(PLAN) - 1),
    junk=st.binary(max_size=40),
    name=st.sampled_from(["a.pdf", "a.docx"]),
)
def test_damage_in_a_good_file_never_crashes_a_loader(tmp_path: Path, place: int, junk: bytes, name: str) -> None:
    good = PLAN if name == "a.pdf" else word("<w:p><w:r><w:t>Lời</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>")
    place %= len(good)
    path = written(tmp_path, name, good[:place] + junk + good[place + len(junk) :])
    try:
        load(path)
    except InputError as refused:
        assert str(path) in str(refused)
