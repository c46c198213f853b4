"""Pictures of pages to text, by Tesseract (``tesseract-ocr`` and ``tesseract-ocr-vie`` of Debian)."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageSequence, UnidentifiedImageError

from ingest.errors import DamagedFile, OcrMissing
from ingest.loaders.columns import Word, in_order
from ingest.loaders.tidy import plain
from ingest.types import Loaded, Note, Span

#: Dots per inch that pages are drawn with: their own resolution within these bounds. On a scan of 150 dpi,
#: 3.1 % of characters were wrong at 150, 3.2 % at 200, 3.3 % at 300 and 3.4 % at 400 (before columns were
#: put in order).
LEAST_RESOLUTION, MOST_RESOLUTION = 200, 300
#: Longest side of a rendered page in pixels: A3 at 300 dpi.
LONGEST_SIDE = 5000
_TIMEOUT_SECONDS = 120
#: Mean confidence of the words (0..100) under which a page is reported as doubtful.
DOUBTFUL_CONFIDENCE = 75.0
_FRAMES_LIMIT = 500
_COMMAND = ("tesseract", "stdin", "stdout", "-l", "vie", "--psm", "3")
# Tesseract says so on standard error when the language is not installed.
_NO_LANGUAGE = b"Error opening data file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The text of a picture and the mean confidence of its words, 0..100 (0: not read)."""

    text: str
    confidence: float


def load(path: Path, data: bytes) -> Loaded:
    """Read a picture (PNG, JPEG, TIFF with its pages). Raises DamagedFile and OcrMissing."""
    texts: list[str] = []
    notes: list[Note] = []
    spans: list[Span] = []
    offset = 0
    for number, page in enumerate(recognise(path, _frames(path, data)), 1):
        spans.append(Span(offset, offset + len(page.text)))
        notes.extend(page_notes(number, page, spans[-1]))
        texts.append(page.text)
        offset += len(page.text) + 2
    return Loaded(text="\n\n".join(texts), format="scan", pages=tuple(spans), notes=tuple(notes))


def page_notes(number: int, page: Recognised, span: Span) -> Iterator[Note]:
    """What a reader should know of a recognised page: that it was, and whether it is doubtful."""
    yield Note(kind="page-ocr", detail=f"page {number}, confidence {page.confidence:.0f} %", span=span)
    if page.confidence < DOUBTFUL_CONFIDENCE and (page.text or page.confidence == 0):
        yield Note(
            kind="page-doubtful", detail=f"page {number}, confidence {page.confidence:.0f} %", span=span
        )


def recognise(path: Path, pictures: Iterable[Image.Image]) -> Iterator[Recognised]:
    """Read pictures side by side, one process each, as they are drawn; results come in order.

    ``path`` only names the document in errors. Raises OcrMissing.
    """
    if shutil.which(_COMMAND[0]) is None:
        raise OcrMissing(path=str(path))
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Future[Recognised]] = []
        for picture in pictures:
            waiting.append(pool.submit(_recognise, path, picture))
            if len(waiting) > workers:  # so that a long scan is never in memory as a whole
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _recognise(path: Path, picture: Image.Image) -> Recognised:
    content = io.BytesIO()
    picture.save(content, "PPM")
    try:
        done = subprocess.run(
            [*_COMMAND, "--dpi", str(_resolution(picture)), "tsv"],
            input=content.getvalue(),
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
            # Tesseract's own threads fight for the cores: up to 60 times slower when two of them run.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return Recognised(text="", confidence=0.0)
    if _NO_LANGUAGE in done.stderr:
        raise OcrMissing(path=str(path))
    return from_table(done.stdout.decode("utf-8", errors="replace"))


def _resolution(picture: Image.Image) -> int:
    """What the picture says of itself, where it can be true; Tesseract guesses badly."""
    told = picture.info.get("dpi", (0, 0))[0]
    return round(told) if 70 <= told <= 1200 else LEAST_RESOLUTION


_WORD_LEVEL = "5"
_COLUMNS = 12
_SPECK_LENGTH, _SPECK_CONFIDENCE = 2, 40.0


def from_table(table: str) -> Recognised:
    """Tesseract's table of words (TSV) to lines.

    Specks that were taken for one or two letters, with a low confidence, are left out.
    """
    lines: dict[tuple[str, ...], list[Word]] = {}
    weighed = letters = 0.0
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        text, confidence = cells[11].strip(), float(cells[10])
        if confidence < _SPECK_CONFIDENCE and len(text) <= _SPECK_LENGTH:
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        lines.setdefault(tuple(cells[1:5]), []).append(Word(text, left, top, left + width, top + height))
        weighed += confidence * len(text)
        letters += len(text)
    text = "\n".join(in_order(list(lines.values())))
    return Recognised(text=plain(text), confidence=weighed / letters if letters else 0.0)


def _frames(path: Path, data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if number >= _FRAMES_LIMIT:
                    break
                grey = frame.convert("L")
                grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                yield grey
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        KeyError,
    ) as fault:
        raise DamagedFile(path=str(path), format="image") from fault
