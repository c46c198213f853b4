"""A file to text: one loader a format, chosen by what the file holds rather than by what it is called."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from ingest.errors import DamagedFile, DocumentTooLarge, EmptyDocument, UnreadableFile, UnsupportedFile
from ingest.loaders import docx, pdf, scan, text
from ingest.types import Loaded

Loader = Callable[[Path, bytes], Loaded]

TEXT_SUFFIXES = (".md", ".txt")
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
#: The endings of files that are documents (lower case). A folder is searched for these.
SUFFIXES = (*TEXT_SUFFIXES, ".docx", ".pdf", *IMAGE_SUFFIXES)

_MEGABYTE = 1_000_000
#: Largest file in bytes. A plan is below 1 MB of text; a scan of some hundred pages reaches 100 MB.
TEXT_LIMIT = 40 * _MEGABYTE
SCAN_LIMIT = 200 * _MEGABYTE

# How formats announce themselves.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_RICH_TEXT = b"{\\rtf"
# ISO 32000-1, annex H.3.4.1: readers accept a header within the first 1024 bytes.
_PDF, _PDF_WITHIN = b"%PDF-", 1024


def load(path: Path) -> Loaded:
    """Read a document.

    A text file that is UTF-8 keeps its own text exactly; from the other formats the text is extracted, in
    normalisation form C. Raises UnreadableFile, UnsupportedFile, DocumentTooLarge, EmptyDocument,
    DamagedFile, WrongEncoding or OcrMissing, and no other error, whatever the file holds.
    """
    data = _read(path)
    loaded = _loader(path, data)(path, data)
    if not any(not (letter.isspace() or letter in _INVISIBLE) for letter in loaded.text):
        raise EmptyDocument(path=str(path))
    return loaded


_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(path=str(path), reason="it is a folder")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(path=str(path), reason="it is no ordinary file")
        if status.st_size > SCAN_LIMIT:
            raise _too_large(path, status.st_size, SCAN_LIMIT)
        with path.open("rb") as file:
            head = file.read(_PDF_WITHIN)
            limit = SCAN_LIMIT if _is_pdf(path, head) or head.startswith(_IMAGES) else TEXT_LIMIT
            if status.st_size > limit:
                raise _too_large(path, status.st_size, limit)
            # One byte more than the limit tells a file that grew meanwhile.
            data = head + file.read(limit + 1 - len(head))
    except OSError as fault:
        raise UnreadableFile(path=str(path), reason=fault.strerror or "the system refuses it") from fault
    except ValueError as fault:  # a zero byte in the name
        raise UnreadableFile(path=repr(str(path)), reason="its name is no file name") from fault
    if len(data) > limit:
        raise _too_large(path, len(data), limit)
    if not data:
        raise EmptyDocument(path=str(path))
    return data


def _too_large(path: Path, size: int, limit: int) -> DocumentTooLarge:
    return DocumentTooLarge(path=str(path), size=-(-size // _MEGABYTE), limit=limit // _MEGABYTE)


def _is_pdf(path: Path, head: bytes) -> bool:
    return head.startswith(_PDF) or (path.suffix.lower() == ".pdf" and _PDF in head)


def _loader(path: Path, data: bytes) -> Loader:
    suffix = path.suffix.lower()
    if _is_pdf(path, data[:_PDF_WITHIN]):
        return pdf.load
    if data.startswith(_ZIP) and docx.is_docx(data):
        return docx.load
    if data.startswith(_IMAGES):
        return scan.load
    if suffix == ".doc" or data.startswith((_RICH_TEXT, _OLE)):
        # Word wraps a .docx with a password into an OLE file.
        if suffix == ".docx" and data.startswith(_OLE):
            raise DamagedFile(path=str(path), format="DOCX")
        raise _unsupported(path, "; open it in a word processor and save it as .docx or .pdf")
    if suffix == ".pdf":
        raise _hollow(path, data, "PDF")
    if suffix == ".docx":
        raise _hollow(path, data, "DOCX")
    if suffix in IMAGE_SUFFIXES:
        raise _hollow(path, data, "image")
    if suffix in TEXT_SUFFIXES:
        return text.load
    raise _unsupported(path)


def _hollow(path: Path, data: bytes, format_name: str) -> EmptyDocument | DamagedFile:
    """The error for a file that is not what its ending says: blank, or damaged."""
    return EmptyDocument(path=str(path)) if not data.strip() else DamagedFile(path=str(path), format=format_name)


def _unsupported(path: Path, advice: str = "") -> UnsupportedFile:
    return UnsupportedFile(path=str(path), known=", ".join(SUFFIXES) + advice)
