"""The index on disk: versions side by side, one of them current, swapped in atomically (docs/index-format.md)."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import PlanqaError, UnknownDocument, UnreadableFile
from ingest.types import Ingested, Note, Section, Span
from retrieval.embed import Encoder, passage_vectors
from retrieval.errors import EmptyCorpus, IndexBusy, IndexDamaged, IndexMissing, IndexOutdated
from retrieval.lexical import Lexical
from retrieval.registers.types import Row
from retrieval.store import Store, Stored
from retrieval.types import DocumentInfo, Passage

FORMAT = 6
_STORE, _VECTORS, _WORDS, _FOLDED, _RESTORER, _MANIFEST = (
    "store.sqlite",
    "vectors.faiss",
    "words",
    "folded",
    "restorer.json",
    "manifest.json",
)
_HASHED = 64 * 2**20  # larger files are checked by their size alone, so that opening stays quick

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did, by document ids; ``failed`` holds one error for each file that could not be read.

    ``reembedded`` is whether another model made the vectors before, so that all of them were made again.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[PlanqaError, ...] = ()
    passages: int = 0
    seconds: float = 0.0
    reembedded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file of the corpus as it lies there now."""

    id: str
    path: Path
    relative: str
    size: int
    mtime_ns: int


@dataclass(slots=True)
class _Plan:
    """What has to be done to bring an index up to date."""

    unchanged: list[Stored] = field(default_factory=list)
    to_read: list[_File] = field(default_factory=list)
    gone: list[Stored] = field(default_factory=list)


def build(
    corpus: Path, index: Path, encoder: Encoder, *, rebuild: bool = False, progress: Progress | None = None
) -> BuildReport:
    """Bring the index of a corpus folder up to date.

    Only new and changed files are read; a file that cannot be read is reported and is not in the index. Raises
    UnreadableFile for a missing corpus folder, EmptyCorpus where nothing of it can be indexed, IndexBusy where another
    process writes.
    """
    started = time.perf_counter()
    files = _files(corpus)
    if not files:
        raise EmptyCorpus(path=str(corpus))
    _make_folder(index)
    with _locked(index):
        old = None if rebuild else _current(index)
        plan = _plan(files, old)
        same_model = old is not None and _manifest(old).get("encoder") == encoder.name
        if old is not None and same_model and not plan.to_read and not plan.gone:
            report = _as_it_was(old, plan, [])
        else:
            report = _write(index, old if plan.unchanged else None, plan, encoder, same_model, progress)
    return replace(report, seconds=time.perf_counter() - started)


def _files(corpus: Path) -> list[_File]:
    from ingest.pipeline import documents

    found: list[_File] = []
    taken: set[str] = set()
    for path in documents(corpus):
        relative = path.relative_to(corpus)
        identifier = relative.with_suffix("").as_posix()
        if identifier in taken:
            identifier = relative.as_posix()  # a.md and a.docx: the second keeps its ending
        taken.add(identifier)
        stat = path.stat()
        found.append(
            _File(
                id=identifier,
                path=path,
                relative=relative.as_posix(),
                size=stat.st_size,
                mtime_ns=stat.st_mtime_ns,
            )
        )
    return found


def _plan(files: Sequence[_File], old: Path | None) -> _Plan:
    plan = _Plan()
    known: dict[str, Stored] = {}
    if old is not None:
        store = Store.open(old / _STORE)
        known = {one.path: one for one in store.stored()}
        store.close()
    for file in files:
        before = known.pop(file.relative, None)
        if before is not None and before.id == file.id and _same(file, before):
            plan.unchanged.append(before)
        else:
            plan.to_read.append(file)
            if before is not None:
                plan.gone.append(before)
    plan.gone.extend(known.values())
    return plan


def _same(file: _File, before: Stored) -> bool:
    if file.size != before.size:
        return False
    if file.mtime_ns == before.mtime_ns:
        return True
    try:
        return hashlib.sha256(file.path.read_bytes()).hexdigest() == before.sha256
    except OSError:
        return False


def _as_it_was(old: Path, plan: _Plan, failed: Sequence[PlanqaError]) -> BuildReport:
    """The report where nothing that can be read is new: the version in use stays."""
    return BuildReport(
        unchanged=tuple(one.id for one in plan.unchanged),
        failed=tuple(failed),
        passages=int(_manifest(old)["passages"]),
    )


def _write(
    index: Path, old: Path | None, plan: _Plan, encoder: Encoder, same_model: bool, progress: Progress | None
) -> BuildReport:
    folder = index / "versions" / uuid.uuid4().hex
    folder.mkdir(parents=True)
    try:
        report = _fill(folder, old, plan, encoder, same_model, progress)
        if (folder / _MANIFEST).is_file():
            _commit(index, folder)
        else:
            shutil.rmtree(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return report


def _fill(
    folder: Path, old: Path | None, plan: _Plan, encoder: Encoder, same_model: bool, progress: Progress | None
) -> BuildReport:
    from retrieval.dense import Vectors

    if old is not None:
        shutil.copyfile(old / _STORE, folder / _STORE)
        store = Store.open(folder / _STORE, write=True)
    else:
        store = Store.create(folder / _STORE)
    dropped = [key for one in plan.gone if old is not None for key in store.remove(one.id)]
    added, failed = _read_all(store, plan.to_read, progress)
    if not added and not plan.unchanged:
        store.close()
        raise failed[0] if failed else EmptyCorpus(path=str(folder))
    if old is not None and same_model and not added and not plan.gone:
        store.close()
        return _as_it_was(old, plan, failed)
    _read_registers(store, {file.id for file in added})
    if old is not None and same_model:
        vectors = Vectors.load(old / _VECTORS)
        vectors.remove(dropped)
        present = set(vectors.keys.tolist())
    else:
        vectors, present = Vectors.empty(encoder.dimensions), set()
    new = [one for one in store.to_embed() if one.key not in present]
    made = passage_vectors(encoder, [one.text for one in new], [one.context for one in new])
    vectors.add([one.key for one in new], made)
    vectors.save(folder / _VECTORS)
    rows = list(store.tokens())
    Lexical.build([words for _, words, _ in rows]).save(folder / _WORDS)
    Lexical.build([folded for _, _, folded in rows]).save(folder / _FOLDED)
    _save_restorer(folder, [text for _, text in store.texts()])
    store.close()
    names = {file.id for file in added}
    updated = sorted(names & {one.id for one in plan.gone})
    _save_manifest(folder, encoder, len(rows))
    return BuildReport(
        added=tuple(sorted(names - set(updated))),
        updated=tuple(updated),
        unchanged=tuple(one.id for one in plan.unchanged),
        removed=tuple(sorted({one.id for one in plan.gone} - names)),
        failed=tuple(failed),
        passages=len(rows),
        reembedded=old is not None and not same_model,
    )


def _read_all(store: Store, files: Sequence[_File], progress: Progress | None) -> tuple[list[_File], list[PlanqaError]]:
    from ingest.chunk import document_title
    from ingest.pipeline import read
    from retrieval.tokens import syllables, words

    added: list[_File] = []
    failed: list[PlanqaError] = []
    for number, file in enumerate(files):
        if progress is not None:
            progress(number, len(files), _shown(file.relative))
        try:
            if _shown(file.relative) != file.relative:
                raise UnreadableFile(path=_shown(str(file.path)), reason="its name is not UTF-8; rename it")
            ingested = read(file.path, root=file.path.parents[len(Path(file.relative).parts) - 1])
        except PlanqaError as error:
            failed.append(error)
            continue
        ingested = _renamed(ingested, file.id)
        texts = [f"{chunk.context}\n{chunk.reading}" for chunk in ingested.chunks]
        context_words: dict[str, list[str]] = {}
        tokens = []
        for chunk, text in zip(ingested.chunks, texts, strict=True):
            if chunk.context not in context_words:
                context_words[chunk.context] = words(chunk.context)
            tokens.append(([*context_words[chunk.context], *words(chunk.reading)], syllables(text)))
        title = document_title(ingested.document, ingested.header)
        store.add(ingested, title=title, size=file.size, mtime_ns=file.mtime_ns, tokens=tokens)
        added.append(file)
    if progress is not None:
        progress(len(files), len(files), "")
    return added, failed


def _read_registers(store: Store, documents: set[str]) -> None:
    """Read the registers of new documents."""
    from retrieval.answer.library import Book
    from retrieval.registers.read import read_registers

    texts = dict(store.texts())
    passages: dict[str, list[Passage]] = {one: [] for one in documents}
    for passage in store.passages():
        if passage.document in documents:
            passages[passage.document].append(passage)
    for info in store.infos():
        if info.id in documents:
            book = Book(info, texts[info.id], store.outline(info.id), passages[info.id])
            store.add_rows(read_registers(book))


def _shown(name: str) -> str:
    r"""A file's name as text: bytes that are no UTF-8, which Python keeps as lone surrogates, become ``\udcff``."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _renamed(ingested: Ingested, identifier: str) -> Ingested:
    if ingested.document.id == identifier:
        return ingested
    return replace(ingested, document=replace(ingested.document, id=identifier))


def _save_restorer(folder: Path, texts: Sequence[str]) -> None:
    from retrieval.restore import Restorer

    saved = Restorer.learn(texts).to_json()
    (folder / _RESTORER).write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")


def _save_manifest(folder: Path, encoder: Encoder, passages: int) -> None:
    parts = {
        path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": _sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {
        "format": FORMAT,
        "encoder": encoder.name,
        "dimensions": encoder.dimensions,
        "passages": passages,
        "parts": parts,
    }
    path = folder / _MANIFEST
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    for part in (*folder.rglob("*"), folder, folder.parent):  # a folder's own entries are lost in a power cut too
        _flush(part)


def _sha256(path: Path) -> str:
    if path.stat().st_size > _HASHED:
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _commit(index: Path, folder: Path) -> None:
    """Make a finished version the current one, and drop all but it and the one before it."""
    before = _pointed(index)
    temporary = index / f"CURRENT.{folder.name}"
    temporary.write_text(folder.name, encoding="utf-8")
    _flush(temporary)
    temporary.replace(index / "CURRENT")
    _flush(index)  # before the old versions go
    for path in index.glob("CURRENT.*"):
        path.unlink(missing_ok=True)
    for other in (index / "versions").iterdir():
        if other.name not in (folder.name, before):
            shutil.rmtree(other, ignore_errors=True)


def _pointed(index: Path) -> str | None:
    try:
        return (index / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _current(index: Path) -> Path | None:
    """The current version if it is whole and of this format; a damaged one is built anew."""
    try:
        folder = _version(index)
        _verify(index, folder)
    except (IndexMissing, IndexDamaged, IndexOutdated):
        return None
    return folder


def _version(index: Path) -> Path:
    name = _pointed(index)
    if name is None:
        if (index / "CURRENT").exists():
            raise IndexDamaged(path=str(index), part="CURRENT")
        raise IndexMissing(path=str(index))
    try:
        known = name in {path.name for path in (index / "versions").iterdir()}
    except OSError:
        known = False
    if not known:
        raise IndexDamaged(path=str(index), part="CURRENT")
    return index / "versions" / name


def _manifest(folder: Path) -> dict[str, Any]:
    manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise ValueError("no manifest")
    return manifest


def _verify(index: Path, folder: Path) -> dict[str, Any]:
    """Check every part against the manifest. Raises IndexDamaged or IndexOutdated."""
    try:
        manifest = _manifest(folder)
    except (OSError, ValueError) as error:
        raise IndexDamaged(path=str(index), part=_MANIFEST) from error
    if manifest.get("format") != FORMAT:
        raise IndexOutdated(path=str(index), reason=f"format {manifest.get('format')}, this version reads {FORMAT}")
    parts = manifest.get("parts")
    complete = isinstance(manifest.get("encoder"), str) and isinstance(manifest.get("passages"), int)
    if not complete or not isinstance(parts, dict) or not {_STORE, _VECTORS, _RESTORER} <= parts.keys():
        raise IndexDamaged(path=str(index), part=_MANIFEST)
    for name, part in parts.items():
        path = folder / name
        try:
            whole = path.stat().st_size == part["size"] and part["sha256"] in ("", _sha256(path))
        except (OSError, KeyError, TypeError) as error:
            raise IndexDamaged(path=str(index), part=name) from error
        if not whole:
            raise IndexDamaged(path=str(index), part=name)
    return manifest


def _make_folder(index: Path) -> None:
    try:
        (index / "versions").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableFile(path=str(index), reason=error.strerror or "it may not be written") from error


@contextmanager
def _locked(index: Path) -> Iterator[None]:
    """Keep other writers out; readers need no lock."""
    try:
        handle = (index / ".lock").open("w")
    except OSError as error:
        raise UnreadableFile(path=str(index), reason=error.strerror or "it may not be written") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexBusy(path=str(index)) from error
        yield


class Index:
    """An index that was opened: read-only, safe for several threads, unchanged by later builds."""

    def __init__(self, path: Path, folder: Path, manifest: dict[str, Any]) -> None:
        from retrieval.dense import Vectors
        from retrieval.restore import Restorer
        from retrieval.spelling import Speller

        self.path = path
        self.encoder: str = manifest["encoder"]
        store = Store.open(folder / _STORE)
        self._infos = {info.id: info for info in store.infos()}
        self._texts = dict(store.texts())
        self._outlines = {one: store.outline(one) for one in self._infos}
        self._pages = {one: store.pages(one) for one in self._infos}
        self._notes = {one: store.notes(one) for one in self._infos}
        passages = store.passages()
        self.registers: tuple[Row, ...] = tuple(store.rows())
        store.close()
        self._by_key = {passage.key: passage for passage in passages}
        self._by_document: dict[str, tuple[Passage, ...]] = {one: () for one in self._infos}
        for one in self._infos:
            self._by_document[one] = tuple(passage for passage in passages if passage.document == one)
        self.rows: tuple[int, ...] = tuple(sorted(self._by_key))
        self.words = Lexical.load(folder / _WORDS, len(self.rows))
        self.folded = Lexical.load(folder / _FOLDED, len(self.rows))
        self.vectors = Vectors.load(folder / _VECTORS)
        if not np.array_equal(np.sort(self.vectors.keys), np.array(self.rows, dtype=np.int64)):
            raise ValueError("the vectors and the passages are not of one build")
        self.speller = Speller(Restorer.from_json(json.loads((folder / _RESTORER).read_text(encoding="utf-8"))))

    @classmethod
    def open(cls, path: Path) -> Index:
        """Open the current version. Raises IndexMissing, IndexDamaged or IndexOutdated."""
        folder = _version(path)
        try:
            manifest = _verify(path, folder)
            return cls(path, folder, manifest)
        except (IndexDamaged, OSError, ValueError, KeyError, TypeError, RuntimeError, sqlite3.DatabaseError) as error:
            if _pointed(path) not in (None, folder.name):
                return cls.open(path)  # builds went by and took this version away while it was being opened
            if isinstance(error, IndexDamaged):
                raise
            raise IndexDamaged(path=str(path), part=type(error).__name__) from error

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, by id."""
        return tuple(self._infos.values())

    def source(self, document_id: str) -> str:
        """The text that offsets count in. Raises UnknownDocument."""
        return self._texts[self._known(document_id)]

    def pages(self, document_id: str) -> tuple[Span, ...]:
        """The pages, () where the format has none. Raises UnknownDocument."""
        return self._pages[self._known(document_id)]

    def outline(self, document_id: str) -> tuple[Section, ...]:
        """The sections in order. Raises UnknownDocument."""
        return self._outlines[self._known(document_id)]

    def notes(self, document_id: str) -> tuple[Note, ...]:
        """The soft findings of reading it. Raises UnknownDocument."""
        return self._notes[self._known(document_id)]

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages in order. Raises UnknownDocument."""
        return self._by_document[self._known(document_id)]

    def passage(self, key: int) -> Passage:
        """The passage with this key. Raises KeyError."""
        return self._by_key[key]

    def _known(self, document_id: str) -> str:
        if document_id not in self._infos:
            raise UnknownDocument(document=document_id)
        return document_id
