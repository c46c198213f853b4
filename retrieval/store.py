"""Documents, outlines and passages in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.types import Field, Header, Ingested, Note, Reference, Section, Span
from retrieval.registers.types import Cell, Row
from retrieval.types import DocumentInfo, Passage

_SCHEMA = """
create table document (
  id text primary key, path text unique not null, sha256 text not null, size integer not null,
  mtime_ns integer not null,
  format text not null, title text not null, text text not null, pages text not null, header text not null,
  outline text not null, notes text not null
);
create table passage (
  key integer primary key autoincrement, document text not null references document(id), idx integer not null,
  kind text not null, start integer not null, end integer not null, reading text not null, context text not null,
  path text not null, section integer not null, page integer, lead integer, cells text not null, members text not null,
  skipped text not null, words text not null, folded text not null, unique (document, idx)
);
create table register (
  document text not null references document(id), kind text not null, start integer not null, end integer not null,
  path text not null, page integer, cells text not null
);
create index register_document on register (document);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store knows of a file: enough to tell whether it changed."""

    id: str
    path: str
    sha256: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassage:
    """What is embedded of a passage: its words, and the title and headings above it."""

    key: int
    text: str
    context: str


class Store:
    """One SQLite file. Opened for writing while an index is built, read-only afterwards."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def create(cls, path: Path) -> Store:
        """A new, empty store."""
        connection = sqlite3.connect(path)
        connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> Store:
        """An existing store. Raises sqlite3.DatabaseError where the file is damaged."""
        mode = "rw" if write else "ro"
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, check_same_thread=False)
        store = cls(connection)
        store._connection.execute("select count(*) from document").fetchone()
        return store

    def close(self) -> None:
        """Commit and close."""
        self._connection.commit()
        self._connection.close()

    def stored(self) -> list[Stored]:
        """The files that are in."""
        rows = self._connection.execute("select id, path, sha256, size, mtime_ns from document order by id")
        return [Stored(id=a, path=b, sha256=c, size=d, mtime_ns=e) for a, b, c, d, e in rows]

    def keys_of(self, document: str) -> list[int]:
        """The keys of a document's passages."""
        rows = self._connection.execute("select key from passage where document = ? order by idx", (document,))
        return [key for (key,) in rows]

    def remove(self, document: str) -> list[int]:
        """Drop a document; the keys of its passages."""
        keys = self.keys_of(document)
        self._connection.execute("delete from passage where document = ?", (document,))
        self._connection.execute("delete from register where document = ?", (document,))
        self._connection.execute("delete from document where id = ?", (document,))
        return keys

    def add(
        self,
        ingested: Ingested,
        *,
        title: str,
        size: int,
        mtime_ns: int,
        tokens: Sequence[tuple[Sequence[str], Sequence[str]]],
    ) -> list[int]:
        """Add a document with (words, folded) tokens for each chunk; the new keys in order."""
        document = ingested.document
        self._connection.execute(
            "insert into document values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.path,
                document.sha256,
                size,
                mtime_ns,
                document.format,
                title,
                document.text,
                _dump([_span(page) for page in document.pages]),
                _dump(_header(ingested.header)),
                _dump([_section(section) for section in ingested.sections]),
                _dump([[note.kind, note.detail, _span(note.span)] for note in ingested.notes]),
            ),
        )
        keys = []
        for chunk, (words, folded) in zip(ingested.chunks, tokens, strict=True):
            cursor = self._connection.execute(
                "insert into passage (document, idx, kind, start, end, reading, context, path, section, page, lead,"
                " cells, members, skipped, words, folded) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    chunk.index,
                    chunk.kind,
                    chunk.span.start,
                    chunk.span.end,
                    chunk.reading,
                    chunk.context,
                    _dump(chunk.path),
                    chunk.section,
                    document.page_of(chunk.span.start),
                    chunk.lead,
                    _dump([[name, _span(cell)] for name, cell in chunk.cells]),
                    _dump(chunk.members),
                    _dump([_span(gone) for gone in chunk.skipped]),
                    " ".join(words),
                    " ".join(folded),
                ),
            )
            keys.append(int(cursor.lastrowid or 0))
        return keys

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Add rows of registers."""
        self._connection.executemany(
            "insert into register values (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    row.document,
                    row.kind,
                    row.span.start,
                    row.span.end,
                    _dump(row.path),
                    row.page,
                    _dump([[cell.column, cell.text, cell.value, _span(cell.span)] for cell in row.cells]),
                )
                for row in rows
            ],
        )

    def rows(self) -> list[Row]:
        """The rows of all registers, by document in the order that they were added."""
        found = self._connection.execute(
            "select document, kind, start, end, path, page, cells from register order by document, rowid"
        )
        return [
            Row(
                document=a,
                kind=b,
                span=Span(c, d),
                path=tuple(json.loads(e)),
                page=f,
                cells=tuple(
                    Cell(column=column, text=text, value=value, span=_read_span(span))
                    for column, text, value, span in json.loads(g)
                ),
            )
            for a, b, c, d, e, f, g in found
        ]

    def texts(self) -> list[tuple[str, str]]:
        """The id and the text of every document."""
        return list(self._connection.execute("select id, text from document order by id"))

    def tokens(self) -> Iterable[tuple[int, list[str], list[str]]]:
        """Key, words and folded syllables of every passage, by key."""
        for key, words, folded in self._connection.execute("select key, words, folded from passage order by key"):
            yield key, words.split(), folded.split()

    def to_embed(self) -> list[NewPassage]:
        """Every passage, by key."""
        rows = self._connection.execute("select key, reading, context from passage order by key")
        return [NewPassage(key=key, text=reading, context=context) for key, reading, context in rows]

    def infos(self) -> list[DocumentInfo]:
        """Every document without its text, by id."""
        rows = self._connection.execute(
            "select id, path, sha256, title, header, pages, (select count(*) from passage where document = id) "
            "from document order by id"
        )
        return [
            DocumentInfo(
                id=a,
                path=b,
                sha256=c,
                title=d,
                header=_read_header(json.loads(e)),
                passages=g,
                pages=len(json.loads(f)),
            )
            for a, b, c, d, e, f, g in rows
        ]

    def outline(self, document: str) -> tuple[Section, ...]:
        """The sections of a document."""
        row = self._connection.execute("select outline from document where id = ?", (document,)).fetchone()
        return tuple(_read_section(one) for one in json.loads(row[0]))

    def notes(self, document: str) -> tuple[Note, ...]:
        """The soft findings about a document."""
        row = self._connection.execute("select notes from document where id = ?", (document,)).fetchone()
        return tuple(Note(kind=a, detail=b, span=_read_span(c) if c else None) for a, b, c in json.loads(row[0]))

    def pages(self, document: str) -> tuple[Span, ...]:
        """The pages of a document, () where its format has none."""
        row = self._connection.execute("select pages from document where id = ?", (document,)).fetchone()
        return tuple(_read_span(one) for one in json.loads(row[0]))

    def passages(self) -> list[Passage]:
        """Every passage, by document and place."""
        with closing(
            self._connection.execute(
                "select p.key, p.document, p.idx, p.kind, p.start, p.end, substr(d.text, p.start + 1, p.end - p.start),"
                " p.reading, p.context, p.path, p.section, p.page, p.lead, p.cells, p.members, p.skipped"
                " from passage p join document d on d.id = p.document order by p.document, p.idx"
            )
        ) as rows:
            return [_read_passage(row) for row in rows]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span is not None else None


def _read_span(value: Sequence[int]) -> Span:
    return Span(value[0], value[1])


def _field(field: Field | None) -> list[Any] | None:
    return [field.value, _span(field.span)] if field is not None else None


def _read_field(value: list[Any] | None) -> Field | None:
    return Field(value=value[0], span=_read_span(value[1])) if value is not None else None


_FIELDS = ("issuer", "place", "number", "date", "kind", "title", "signer", "position")


def _header(header: Header) -> dict[str, Any]:
    found: dict[str, Any] = {name: _field(getattr(header, name)) for name in _FIELDS}
    found["bases"] = [[b.kind, b.number, b.date, b.issuer, b.title, _span(b.span)] for b in header.bases]
    found["recipients"] = [_field(one) for one in header.recipients]
    return found


def _read_header(saved: dict[str, Any]) -> Header:
    return Header(
        **{name: _read_field(saved[name]) for name in _FIELDS},
        bases=tuple(
            Reference(kind=a, number=b, date=c, issuer=d, title=e, span=_read_span(f))
            for a, b, c, d, e, f in saved["bases"]
        ),
        recipients=tuple(field for one in saved["recipients"] if (field := _read_field(one)) is not None),
    )


def _section(section: Section) -> list[Any]:
    return [
        section.index, section.parent, section.level, section.number, section.title, _span(section.heading),
        _span(section.span), section.kind,
    ]  # fmt: skip


def _read_section(saved: list[Any]) -> Section:
    index, parent, level, number, title, heading, span, kind = saved
    return Section(
        index=index,
        parent=parent,
        level=level,
        number=number,
        title=title,
        heading=_read_span(heading),
        span=_read_span(span),
        kind=kind,
    )


def _read_passage(row: tuple[Any, ...]) -> Passage:
    return Passage(
        key=row[0],
        document=row[1],
        index=row[2],
        kind=row[3],
        span=Span(row[4], row[5]),
        text=row[6],
        reading=row[7],
        context=row[8],
        path=tuple(json.loads(row[9])),
        section=row[10],
        page=row[11],
        lead=row[12],
        cells=tuple((name, _read_span(cell)) for name, cell in json.loads(row[13])),
        members=tuple(json.loads(row[14])),
        skipped=tuple(_read_span(one) for one in json.loads(row[15])),
    )
