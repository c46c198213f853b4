"""Plain text and Markdown: the file's own text, untouched."""

from __future__ import annotations

from pathlib import Path

from ingest.encoding import NotTextError, decode
from ingest.errors import WrongEncoding
from ingest.types import Loaded, Note


def load(path: Path, data: bytes) -> Loaded:
    """Read a text file; line ends stay as they are. Raises WrongEncoding for bytes that are no text."""
    try:
        decoded = decode(data)
    except NotTextError as fault:
        raise WrongEncoding(path=str(path), offset=fault.offset) from fault
    notes = (Note(kind="encoding-guessed", detail=decoded.encoding),) if decoded.guessed else ()
    return Loaded(text=decoded.text, format="text", notes=notes)
