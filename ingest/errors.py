"""Errors that a user can do something about.

::

    PlanqaError
    ├── InputError            bad input from a user or a file
    │   ├── UnreadableFile    the file or folder cannot be opened
    │   ├── UnsupportedFile   no loader takes this format
    │   ├── EmptyDocument     nothing to read in it
    │   ├── DocumentTooLarge  over the size limit
    │   ├── WrongEncoding     bytes that are no text in any encoding we know
    │   ├── BadQuestion       empty, or too long
    │   ├── BadBatchLine      a line of a batch file that is not a question
    │   └── UnknownDocument   a document that is not in the index
    ├── IndexFault            missing, damaged, outdated, busy: retrieval.errors
    └── ModelFault            retrieval.errors

Each carries ``fields``; ``code`` names its sentence in ``ui/strings`` (Vietnamese and English). ``str(error)`` is
the English sentence, for the command line.
"""

from __future__ import annotations

from typing import ClassVar


class PlanqaError(Exception):
    """The root: what happened, where, and what to do about it, in one sentence."""

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, **fields: str | int) -> None:
        self.fields = fields
        super().__init__(self.sentence.format(**fields))


class InputError(PlanqaError):
    """Bad input from a user or a file."""


class UnreadableFile(InputError):
    """Raised where a file or folder is missing or may not be opened. Fields: path, reason."""

    code = "unreadable-file"
    sentence = "Cannot read {path}: {reason}."


class UnsupportedFile(InputError):
    """Raised where no loader takes a file. Fields: path, known (the formats that are read)."""

    code = "unsupported-file"
    sentence = "Cannot read {path}: its format is not one of {known}."


class EmptyDocument(InputError):
    """Raised where a file holds no text. Fields: path."""

    code = "empty-document"
    sentence = "Nothing to read in {path}: it holds no text."


class DocumentTooLarge(InputError):
    """Raised where a file is over the limit. Fields: path, size and limit in MB."""

    code = "document-too-large"
    sentence = "{path} is too large: {size} MB, and the limit is {limit} MB."


class WrongEncoding(InputError):
    """Raised where bytes are no text in UTF-8, UTF-16, TCVN3 or VNI. Fields: path, offset."""

    code = "wrong-encoding"
    sentence = "{path} is not text: byte {offset} fits no encoding that is known; save it as UTF-8."


class DamagedFile(InputError):
    """Raised where a file has the right ending but cannot be opened as that format. Fields: path, format."""

    code = "damaged-file"
    sentence = "{path} is no readable {format} file: it is damaged, protected or something else."


class OcrMissing(InputError):
    """Raised where a scan needs Tesseract and it is not installed. Fields: path."""

    code = "ocr-missing"
    sentence = "{path} is a scan: install tesseract-ocr and tesseract-ocr-vie to read it."


class BadQuestion(InputError):
    """Raised for an empty or an over-long question. Fields: reason."""

    code = "bad-question"
    sentence = "Not a question: {reason}."


class BadBatchLine(InputError):
    """Raised for a batch line that is no question. Fields: line, reason."""

    code = "bad-batch-line"
    sentence = "Line {line} of the batch is no question: {reason}."


class UnknownDocument(InputError):
    """Raised where a question names a document that is not in the index. Fields: document."""

    code = "unknown-document"
    sentence = "No document {document} in the index; `planqa index` shows what there is."
