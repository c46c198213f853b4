"""The index on disk: updates, kills, damage, two writers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.errors import PlanqaError, UnknownDocument, UnreadableFile
from ingest.pipeline import read
from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.errors import EmptyCorpus, IndexBusy, IndexDamaged, IndexMissing, IndexOutdated
from retrieval.index import Index, _locked, build
from retrieval.types import Question

ROOT = Path(__file__).parents[2]
PLAN = "KẾ HOẠCH\n\nTrồng {what}\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Sở {unit}\n\nChủ trì trồng {what} trên địa bàn.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "chuoi.md").write_text(PLAN.format(what="chuối", unit="Nông nghiệp"), encoding="utf-8")
    (folder / "che.md").write_text(PLAN.format(what="chè", unit="Công Thương"), encoding="utf-8")
    return folder


def texts(index: Path, encoder: Encoder, question: str) -> list[tuple[str, str]]:
    return [
        (hit.passage.document, hit.passage.reading)
        for hit in Engine(Index.open(index), encoder).search(Question(text=question), 5)
    ]


def test_an_unchanged_corpus_is_not_read_again(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    first = build(corpus, index, encoder)
    assert first.added == ("che", "chuoi") and first.passages > 0
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*") if path.name != ".lock"}
    second = build(corpus, index, encoder)
    assert second.unchanged == ("che", "chuoi") and second.passages == first.passages and not second.added
    assert {path: path.stat().st_mtime_ns for path in index.rglob("*") if path.name != ".lock"} == before


def test_changes_removals_and_additions_reach_every_part(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    kept = texts(index, encoder, "Ai chủ trì trồng chè?")
    (corpus / "chuoi.md").unlink()
    (corpus / "mia.txt").write_text(PLAN.format(what="mía", unit="Tài chính"), encoding="utf-8")
    report = build(corpus, index, encoder)
    assert (report.added, report.removed, report.unchanged) == (("mia",), ("chuoi",), ("che",))
    opened = Index.open(index)
    assert [info.id for info in opened.documents()] == ["che", "mia"]
    assert set(opened.vectors.keys.tolist()) == set(opened.rows)
    assert opened.words.rows == opened.folded.rows == len(opened.rows)
    assert all(document != "chuoi" for document, _ in texts(index, encoder, "trồng chuối"))
    (corpus / "mia.txt").unlink()
    (corpus / "chuoi.md").write_text(PLAN.format(what="chuối", unit="Nông nghiệp"), encoding="utf-8")
    build(corpus, index, encoder)
    assert texts(index, encoder, "Ai chủ trì trồng chè?") == kept


def test_a_changed_file_is_read_again(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    (corpus / "che.md").write_text(PLAN.format(what="chè xanh", unit="Y tế"), encoding="utf-8")
    assert build(corpus, index, encoder).updated == ("che",)
    assert "chè xanh" in Index.open(index).source("che")


def test_two_files_of_one_name_both_stay(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    (corpus / "che.txt").write_text(PLAN.format(what="chè đắng", unit="Nội vụ"), encoding="utf-8")
    build(corpus, tmp_path / "index", encoder)
    assert {info.id for info in Index.open(tmp_path / "index").documents()} == {"che", "che.txt", "chuoi"}


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_indexed(
    corpus: Path, tmp_path: Path, encoder: Encoder
) -> None:
    (corpus / "empty.md").write_bytes(b"")
    (corpus / "binary.md").write_bytes(bytes(range(256)) * 20)
    report = build(corpus, tmp_path / "index", encoder)
    assert report.added == ("che", "chuoi")
    assert sorted(error.code for error in report.failed) == ["empty-document", "wrong-encoding"]


def test_no_document_at_all_is_one_sentence(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "README.md").write_text("about", encoding="utf-8")
    with pytest.raises(EmptyCorpus):
        build(tmp_path / "corpus", tmp_path / "index", encoder)
    with pytest.raises(UnreadableFile):
        build(tmp_path / "nowhere", tmp_path / "index", encoder)


def test_another_model_makes_all_vectors_again(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    class Renamed:
        name, dimensions = "another", encoder.dimensions
        encode_passages, encode_questions = (
            staticmethod(encoder.encode_passages),
            staticmethod(encoder.encode_questions),
        )

    build(corpus, tmp_path / "index", encoder)
    with pytest.raises(IndexOutdated):
        Engine(Index.open(tmp_path / "index"), Renamed())
    report = build(corpus, tmp_path / "index", Renamed())
    assert report.reembedded and report.unchanged == ("che", "chuoi")
    assert Index.open(tmp_path / "index").encoder == "another"


def test_a_second_writer_is_told_to_wait(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    index.mkdir()
    with _locked(index), pytest.raises(IndexBusy):
        build(corpus, index, encoder)


def test_a_missing_index_and_an_older_format_are_one_sentence(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(IndexMissing):
        Index.open(tmp_path / "index")
    build(corpus, tmp_path / "index", encoder)
    manifest = next((tmp_path / "index" / "versions").glob("*/manifest.json"))
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}), encoding="utf-8")
    with pytest.raises(IndexOutdated):
        Index.open(tmp_path / "index")
    assert build(corpus, tmp_path / "index", encoder).added == ("che", "chuoi")


@pytest.mark.parametrize("damage", ["truncate", "delete", "overwrite"])
def test_any_damaged_part_is_noticed_and_made_again(
    corpus: Path, tmp_path: Path, encoder: Encoder, damage: str
) -> None:
    build(corpus, tmp_path / "whole", encoder)
    parts = [
        path.relative_to(tmp_path / "whole")
        for path in (tmp_path / "whole").rglob("*")
        if path.is_file() and path.name != ".lock"
    ]
    assert len(parts) > 8
    for part in parts:
        index = tmp_path / "damaged"
        shutil.copytree(tmp_path / "whole", index)
        path = index / part
        if damage == "delete":
            path.unlink()
        elif damage == "truncate":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        else:
            path.write_bytes(b"\x00" * max(1, path.stat().st_size))
        with pytest.raises((IndexDamaged, IndexMissing)):
            Index.open(index)
        build(corpus, index, encoder)
        assert len(Index.open(index).documents()) == 2
        shutil.rmtree(index)


KILLED = """
import sys
from pathlib import Path
from retrieval.embed import load_encoder
from retrieval.index import build
print("start", flush=True)
build(Path(sys.argv[1]), Path(sys.argv[2]), load_encoder(), rebuild=True)
"""


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.8, 1.6])
def test_a_kill_in_the_middle_leaves_a_working_index(
    corpus: Path, tmp_path: Path, encoder: Encoder, seconds: float
) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    for name in ("2023-bac-kan-kh-ubnd.md", "2021-tam-duong-kh-ubnd.md"):
        shutil.copy(ROOT / "corpus" / name, corpus)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(corpus), str(index)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None and process.stdout.readline() == b"start\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(Index.open(index).documents()) in (2, 4)
    build(corpus, index, encoder)
    assert len(Index.open(index).documents()) == 4


def test_a_reader_survives_a_rebuild(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    build(corpus, tmp_path / "index", encoder)
    reader = Engine(Index.open(tmp_path / "index"), encoder)
    before = reader.search(Question(text="trồng chè"), 3)
    for _ in range(2):
        build(corpus, tmp_path / "index", encoder, rebuild=True)
    assert [hit.passage for hit in reader.search(Question(text="trồng chè"), 3)] == [hit.passage for hit in before]


def test_the_store_gives_back_what_was_read(engine: Engine) -> None:
    for info in engine.documents():
        ingested = read(ROOT / "corpus" / info.path, root=ROOT / "corpus")
        assert engine.source(info.id) == ingested.document.text
        assert engine.outline(info.id) == ingested.sections
        assert info.header == ingested.header
        for passage, chunk in zip(engine.passages(info.id), ingested.chunks, strict=True):
            assert (passage.kind, passage.span, passage.text, passage.reading, passage.context) == (
                chunk.kind, chunk.span, chunk.text, chunk.reading, chunk.context,
            )  # fmt: skip
            assert (passage.path, passage.section, passage.lead, passage.cells, passage.members, passage.skipped) == (
                chunk.path, chunk.section, chunk.lead, chunk.cells, chunk.members, chunk.skipped,
            )  # fmt: skip


def test_unknown_documents_are_named(engine: Engine) -> None:
    with pytest.raises(UnknownDocument, match="nowhere"):
        engine.source("nowhere")
    with pytest.raises(PlanqaError):
        engine.search(Question(text="chè", documents=("nowhere",)), 3)
