"""From a file to everything that was read out of it. Composition only."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.chunk import chunks_of
from ingest.errors import UnreadableFile
from ingest.loaders import SUFFIXES, load
from ingest.structure import structure
from ingest.types import Document, Ingested, Loaded

# These tell about a corpus folder and are no documents of it.
ABOUT = ("readme.md", "manifest.toml")


def documents(root: Path) -> list[Path]:
    """The documents under a corpus folder, sorted by path.

    Hidden files and folders, and README.md and manifest.toml at the top, are none. Raises UnreadableFile where the
    folder is missing or closed.
    """
    if not root.is_dir():
        raise UnreadableFile(path=str(root), reason="there is no such folder")
    try:
        found = sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    except OSError as error:
        raise UnreadableFile(path=str(root), reason=error.strerror or "it may not be opened") from error
    return [path for path in found if not _is_about(path.relative_to(root))]


def _is_about(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or (len(path.parts) == 1 and path.name.lower() in ABOUT)


def read(path: Path, *, root: Path) -> Ingested:
    """Read one document. Raises an InputError that names the file where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path=str(path), reason=error.strerror or "it may not be opened") from error
    loaded = load(path)
    return read_loaded(
        loaded,
        identifier=path.relative_to(root).with_suffix("").as_posix(),
        path=path.relative_to(root).as_posix(),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def read_loaded(loaded: Loaded, *, identifier: str, path: str, sha256: str) -> Ingested:
    """Read the structure of a text that a loader made."""
    document = Document(
        id=identifier, path=path, sha256=sha256, format=loaded.format, text=loaded.text, pages=loaded.pages
    )
    parts = structure(document)
    return Ingested(
        document=document,
        header=parts.header,
        sections=parts.sections,
        blocks=parts.blocks,
        chunks=chunks_of(document, parts),
        notes=(*loaded.notes, *parts.notes),
    )
