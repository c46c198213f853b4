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
from retrieval.dense import Vectors
from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.errors import EmptyCorpus, IndexBusy, IndexDamaged, IndexMissing, IndexOutdated
from retrieval.index import FORMAT, Index, _locked, build
from retrieval.types import Question

ROOT = Path(__file__).parents[2]
NEEDED = ("store.sqlite", "vectors.faiss", "restorer.json")
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


def test_a_renamed_file_is_known_by_its_new_name_alone(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    (corpus / "chuoi.md").rename(corpus / "cay-chuoi.md")
    report = build(corpus, index, encoder)
    assert (report.added, report.removed, report.updated) == (("cay-chuoi",), ("chuoi",), ())
    opened = Index.open(index)
    assert [info.id for info in opened.documents()] == ["cay-chuoi", "che"]
    assert {opened.passage(int(key)).document for key in opened.vectors.keys} == {"cay-chuoi", "che"}


def test_nothing_of_a_removed_file_is_left_in_any_part(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    (corpus / "la.md").write_text(PLAN.format(what="xoongzq", unit="Thủy sản"), encoding="utf-8")
    build(corpus, index, encoder)
    opened = Index.open(index)
    assert opened.words.scores(["xoongzq"]).any() and opened.folded.scores(["xoongzq"]).any()
    (corpus / "la.md").unlink()
    build(corpus, index, encoder)
    version = index / "versions" / (index / "CURRENT").read_text()
    left = [path.name for path in version.rglob("*") if path.is_file() and b"xoongzq" in path.read_bytes()]
    assert left == []
    assert len(Index.open(index).vectors) == len(Index.open(index).rows)


def test_a_file_whose_size_and_time_did_not_change_is_not_opened(
    corpus: Path, tmp_path: Path, encoder: Encoder
) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    stat = (corpus / "che.md").stat()
    (corpus / "che.md").write_bytes(b"\x00" * stat.st_size)
    os.utime(corpus / "che.md", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert build(corpus, index, encoder).unchanged == ("che", "chuoi")
    assert "chè" in Index.open(index).source("che")


def test_a_file_that_was_only_touched_is_not_read_again(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    os.utime(corpus / "che.md")
    assert build(corpus, index, encoder).unchanged == ("che", "chuoi")


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


def test_a_name_that_is_not_utf8_is_reported_and_the_others_are_indexed(
    corpus: Path, tmp_path: Path, encoder: Encoder
) -> None:
    (corpus / os.fsdecode(b"kh\xff.md")).write_text(PLAN.format(what="mía", unit="Y tế"), encoding="utf-8")
    seen: list[str] = []
    report = build(corpus, tmp_path / "index", encoder, progress=lambda _at, _all, name: seen.append(name))
    assert report.added == ("che", "chuoi") and "kh\\udcff.md" in seen
    (error,) = report.failed
    assert str(error).encode("utf-8").endswith(b"kh\\udcff.md: its name is not UTF-8; rename it.")
    assert [info.id for info in Index.open(tmp_path / "index").documents()] == ["che", "chuoi"]


def test_a_file_that_stays_unreadable_does_not_make_the_index_new_each_time(
    corpus: Path, tmp_path: Path, encoder: Encoder
) -> None:
    index = tmp_path / "index"
    (corpus / "empty.md").write_bytes(b"")
    first = build(corpus, index, encoder)
    current = (index / "CURRENT").read_text()
    second = build(corpus, index, encoder)
    assert [error.code for error in second.failed] == [error.code for error in first.failed] == ["empty-document"]
    assert second.unchanged == ("che", "chuoi") and second.passages == first.passages
    assert (index / "CURRENT").read_text() == current
    assert [path.name for path in (index / "versions").iterdir()] == [current]


def test_a_document_that_can_no_longer_be_read_leaves_the_index(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    (corpus / "che.md").write_bytes(b"")
    report = build(corpus, index, encoder)
    assert report.removed == ("che",) and [error.code for error in report.failed] == ["empty-document"]
    assert [info.id for info in Index.open(index).documents()] == ["chuoi"]


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
    expected = texts(tmp_path / "whole", encoder, "Ai chủ trì trồng chè?")
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
        assert texts(index, encoder, "Ai chủ trì trồng chè?") == expected, part
        shutil.rmtree(index)


BUILD = """
import sys
from pathlib import Path
from retrieval.embed import load_encoder
from retrieval.index import build
build(Path(sys.argv[1]), Path(sys.argv[2]), load_encoder())
"""


# What lies in the new version, or in the folder, when the build is killed.
@pytest.mark.parametrize("moment", ["store.sqlite", "vectors.faiss", "words", "restorer.json", "manifest.json", "swap"])
def test_a_kill_at_any_moment_leaves_a_working_index(
    corpus: Path, tmp_path: Path, encoder: Encoder, moment: str
) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    current = (index / "CURRENT").read_text()
    shutil.copy(ROOT / "corpus" / "2023-bac-kan-kh-ubnd.md", corpus)
    (corpus / "chuoi.md").unlink()
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(corpus), str(index)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    def reached() -> bool:
        if moment == "swap":
            return (index / "CURRENT").read_text() != current
        return any((path / moment).exists() for path in (index / "versions").iterdir() if path.name != current)

    until = time.monotonic() + 60
    while not reached() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert reached()
    found = {info.id for info in Index.open(index).documents()}
    assert found in ({"che", "chuoi"}, {"che", "2023-bac-kan-kh-ubnd"})
    build(corpus, index, encoder)
    assert texts(index, encoder, "trồng chuối") != []
    assert {info.id for info in Index.open(index).documents()} == {"che", "2023-bac-kan-kh-ubnd"}
    build(corpus, index, encoder, rebuild=True)
    assert len(list((index / "versions").iterdir())) <= 2
    assert not list(index.glob("CURRENT.*"))


def test_a_reader_survives_a_rebuild(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    build(corpus, tmp_path / "index", encoder)
    reader = Engine(Index.open(tmp_path / "index"), encoder)
    before = reader.search(Question(text="trồng chè"), 3)
    for _ in range(2):
        build(corpus, tmp_path / "index", encoder, rebuild=True)
    assert [hit.passage for hit in reader.search(Question(text="trồng chè"), 3)] == [hit.passage for hit in before]


def test_a_reader_that_was_overtaken_opens_the_newer_version(
    corpus: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    load, done = Vectors.load, []

    def overtaken(path: Path) -> Vectors:
        if not done:
            done.append(path)
            for _ in range(2):
                build(corpus, index, encoder, rebuild=True)
        return load(path)

    monkeypatch.setattr(Vectors, "load", overtaken)
    assert len(Index.open(index).documents()) == 2
    assert done and not done[0].exists()


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


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"format": FORMAT},
        {"format": FORMAT, "encoder": "x", "passages": 1, "parts": {}},
        {"format": FORMAT, "encoder": "x", "passages": 1, "parts": {one: 1 for one in NEEDED}},
        {"format": FORMAT, "encoder": "x", "passages": "many", "parts": {}},
        [],
        3,
    ],
    ids=str,
)
def test_a_manifest_that_says_something_else_is_damage(
    corpus: Path, tmp_path: Path, encoder: Encoder, said: object
) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    next((index / "versions").glob("*/manifest.json")).write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(IndexDamaged):
        Index.open(index)
    assert build(corpus, index, encoder).added == ("che", "chuoi")
    assert len(Index.open(index).documents()) == 2


@pytest.mark.parametrize("name", ["", "..", "x" * 5_000, "a/b", "\x00", "nowhere"])
def test_a_pointer_to_no_version_is_damage(corpus: Path, tmp_path: Path, encoder: Encoder, name: str) -> None:
    index = tmp_path / "index"
    build(corpus, index, encoder)
    (index / "CURRENT").write_text(name, encoding="utf-8")
    with pytest.raises(IndexDamaged):
        Index.open(index)
    build(corpus, index, encoder)
    assert len(Index.open(index).documents()) == 2


def test_parts_of_two_builds_are_never_mixed(corpus: Path, tmp_path: Path, encoder: Encoder) -> None:
    build(corpus, tmp_path / "one", encoder)
    (corpus / "chuoi.md").unlink()
    build(corpus, tmp_path / "two", encoder)
    one, two = (next((tmp_path / name / "versions").iterdir()) for name in ("one", "two"))
    manifest = json.loads((one / "manifest.json").read_text())
    other = json.loads((two / "manifest.json").read_text())
    for part in ("vectors.faiss", "words"):
        shutil.copytree(one, tmp_path / "mixed" / "versions" / "x")
        (tmp_path / "mixed" / "CURRENT").write_text("x")
        mixed = tmp_path / "mixed" / "versions" / "x"
        shutil.rmtree(mixed / part) if (mixed / part).is_dir() else (mixed / part).unlink()
        shutil.copytree(two / part, mixed / part) if (two / part).is_dir() else shutil.copy(two / part, mixed / part)
        kept = {name: facts for name, facts in manifest["parts"].items() if not name.startswith(part)}
        new = {name: facts for name, facts in other["parts"].items() if name.startswith(part)}
        (mixed / "manifest.json").write_text(json.dumps({**manifest, "parts": kept | new}))
        with pytest.raises(IndexDamaged):
            Index.open(tmp_path / "mixed")
        shutil.rmtree(tmp_path / "mixed")


def test_unknown_documents_are_named(engine: Engine) -> None:
    with pytest.raises(UnknownDocument, match="nowhere"):
        engine.source("nowhere")
    with pytest.raises(PlanqaError):
        engine.search(Question(text="chè", documents=("nowhere",)), 3)
