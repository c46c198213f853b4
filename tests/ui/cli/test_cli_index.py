"""``planqa index`` and what happens to files and indexes that are not as they should be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from runs import Run

QUESTION = "Tổng kinh phí năm 2023 là bao nhiêu?"


@pytest.fixture
def corpus(here: Path, plans: Path) -> Path:
    """A corpus folder in its default place, with one plan."""
    folder = here / "corpus"
    folder.mkdir()
    shutil.copy(plans / "2021-kien-giang-42-kh-ubnd.md", folder)
    return folder


def test_indexing_says_in_one_line_what_was_done(planqa: Run, corpus: Path, plans: Path) -> None:
    first = planqa("index")
    assert (first.status, first.err) == (0, "")
    assert first.out.startswith("1 document: 1 new, ")
    assert first.out.count("\n") == 1
    assert planqa("index").out.startswith("1 document: 1 unchanged, ")
    shutil.copy(plans / "2023-bac-kan-kh-ubnd.md", corpus)
    assert planqa("index").out.startswith("2 documents: 1 new, 1 unchanged, ")
    assert planqa("index", "--rebuild").out.startswith("2 documents: 2 new, ")
    with (corpus / "2023-bac-kan-kh-ubnd.md").open("a", encoding="utf-8") as file:
        file.write("\n\nHết.\n")
    (corpus / "2021-kien-giang-42-kh-ubnd.md").unlink()
    assert planqa("index").out.startswith("1 document: 1 changed, 1 removed, ")


def test_a_missing_index_is_made_by_the_question(planqa: Run, corpus: Path) -> None:
    result = planqa("ask", "Kế hoạch này của tỉnh nào?", "--json")
    assert (result.status, result.err) == (0, "")
    assert json.loads(result.out)["id"] == "1"
    assert planqa("index").out.startswith("1 document: 1 unchanged, ")


def test_files_that_cannot_be_read_are_named_and_the_others_indexed(planqa: Run, corpus: Path) -> None:
    (corpus / "empty.md").write_bytes(b"")
    (corpus / "blank.txt").write_bytes(b" \n\t\n")
    (corpus / "binary.md").write_bytes(bytes(range(256)) * 64)
    (corpus / "encoding.txt").write_bytes("Kế hoạch".encode() + b"\xff\xfe\x81\x00" * 9)
    with (corpus / "huge.md").open("wb") as file:
        file.write(b"K\xe1\xba\xbf ho\xe1\xba\xa1ch\n" * 4_500_000)
    (corpus / "notes.pdf").write_bytes(b"no PDF at all")
    result = planqa("index")
    assert result.status == 2
    assert result.out.startswith("1 document: 1 new, ")
    lines = result.err.splitlines()
    assert all(line.startswith("planqa: ") for line in lines)
    named = {
        name: line
        for line in lines
        for name in ("empty", "blank", "binary", "encoding", "huge", "notes")
        if name in line
    }
    assert len(lines) == len(named) == 6
    assert "it holds no text" in named["empty"]
    assert "it holds no text" in named["blank"]
    assert "is not text" in named["binary"]
    assert "is not text" in named["encoding"]
    assert "is too large" in named["huge"]
    assert "no readable" in named["notes"]
    assert planqa("ask", "Kế hoạch này của tỉnh nào?").status == 0


def test_a_file_that_went_bad_does_not_take_the_rest_with_it(planqa: Run, corpus: Path, plans: Path) -> None:
    shutil.copy(plans / "2023-bac-kan-kh-ubnd.md", corpus)
    assert planqa("index").status == 0
    (corpus / "2023-bac-kan-kh-ubnd.md").write_bytes(b"\x00\xff" * 99)
    assert planqa("index").status == 2
    assert planqa("ask", "Kế hoạch này của tỉnh nào?").status == 0


def test_a_damaged_index_is_named_and_can_be_made_again(planqa: Run, corpus: Path, here: Path) -> None:
    assert planqa("index").status == 0
    whole = here / "whole"
    index = here / ".planqa" / "index"
    shutil.copytree(index, whole, symlinks=True)
    parts = [path.relative_to(whole) for path in sorted(whole.rglob("*")) if path.is_file() and path.stat().st_size > 0]
    assert len(parts) > 3
    for part in parts:
        content = (index / part).read_bytes()
        (index / part).write_bytes(content[: len(content) // 2])
        result = planqa("ask", QUESTION)
        assert result.refused("The index in .planqa/index is damaged", "planqa index --rebuild"), (
            part,
            result,
        )
        (index / part).write_bytes(content)
    (index / parts[0]).write_bytes(b"damaged")
    assert planqa("index", "--rebuild").status == 0
    assert planqa("ask", QUESTION).status == 0


def test_an_index_of_another_model_is_an_error(
    planqa: Run, corpus: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retrieval.embed import SHIPPED

    assert planqa("index").status == 0
    shutil.copytree(SHIPPED, here / "renamed")
    monkeypatch.setenv("PLANQA_EMBEDDING_MODEL", str(here / "renamed"))
    assert planqa("ask", QUESTION).refused("does not fit")
    assert planqa("index").status == 0
    assert planqa("ask", QUESTION).status == 0


def test_a_corpus_without_documents_is_an_error(planqa: Run, corpus: Path) -> None:
    for path in corpus.iterdir():
        path.unlink()
    (corpus / "README.md").write_text("About this corpus.", encoding="utf-8")
    assert planqa("index").refused("corpus")


def test_a_question_says_where_the_corpus_is_no_longer_what_was_indexed(planqa: Run, corpus: Path, plans: Path) -> None:
    assert planqa("index").status == 0
    shutil.copy(plans / "2023-bac-kan-kh-ubnd.md", corpus)
    result = planqa("ask", QUESTION)
    assert result.status == 0
    assert result.err == (
        "planqa: 1 of the documents in corpus are not in the index as they are now, "
        "the first is 2023-bac-kan-kh-ubnd.md: run `planqa index`.\n"
    )
    assert planqa("index").status == 0
    (corpus / "2021-kien-giang-42-kh-ubnd.md").touch()
    assert planqa("ask", QUESTION).err == ""
