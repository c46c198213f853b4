"""Pictures of pages to text, by Tesseract (``tesseract-ocr`` and ``tesseract-ocr-vie`` of Debian)."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageSequence, UnidentifiedImageError

from ingest.errors import DamagedFile, OcrMissing
from ingest.loaders.columns import Word, in_order
from ingest.loaders.grid import Box, Grid
from ingest.loaders.picture_rules import ruled_tables
from ingest.loaders.tidy import cell_text, join_blocks, plain, row_line
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
_PROGRAM = "tesseract"
# Tesseract says so on standard error when the language is not installed.
_NO_LANGUAGE = b"Error opening data file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The text of a picture and the mean confidence of its words, 0..100 (0: not read)."""

    text: str
    confidence: float
    sideways: bool = False


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
        yield Note(kind="page-doubtful", detail=f"page {number}, confidence {page.confidence:.0f} %", span=span)


def recognise(path: Path, pictures: Iterable[Image.Image]) -> Iterator[Recognised]:
    """Read pictures side by side, one process each, as they are drawn; results come in order.

    ``path`` only names the document in errors. Raises OcrMissing.
    """
    if shutil.which(_PROGRAM) is None:
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
    """Read one picture, and once more turned upright where it lies on its side or head."""
    first = _read(path, picture)
    if first.confidence >= _UPRIGHT_CONFIDENCE and not first.sideways:
        return first
    turn = _TURN.search(_tesseract(path, picture, "--psm", "0"))
    if turn is None or turn.group(1) == b"0":
        return first
    upright = picture.rotate(-int(turn.group(1)), expand=True)
    upright.info["dpi"] = picture.info.get("dpi", (0, 0))
    second = _read(path, upright)
    return second if second.confidence >= first.confidence - _SAME_CONFIDENCE else first


_UPRIGHT_CONFIDENCE = 70.0  # on its head a page scores 40, an upright one 90
_SAME_CONFIDENCE = 5.0
_TURN = re.compile(rb"^Rotate: (\d+)", re.M)


def _read(path: Path, picture: Image.Image) -> Recognised:
    grids, cleaned = ruled_tables(picture, _resolution(picture))
    cleaned.info["dpi"] = picture.info.get("dpi", (0, 0))
    table = _tesseract(path, cleaned, "-l", "vie", "--psm", "3", "tsv")
    return from_table(table.decode("utf-8", errors="replace"), grids)


def _tesseract(path: Path, picture: Image.Image, *options: str) -> bytes:
    """What Tesseract prints, b"" where it takes too long."""
    content = io.BytesIO()
    picture.save(content, "PPM")
    try:
        done = subprocess.run(
            [_PROGRAM, "stdin", "stdout", "--dpi", str(_resolution(picture)), *options],
            input=content.getvalue(),
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
            # Tesseract's own threads fight for the cores: up to 60 times slower when two of them run.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return b""
    if _NO_LANGUAGE in done.stderr:
        raise OcrMissing(path=str(path))
    return done.stdout


def _resolution(picture: Image.Image) -> int:
    """What the picture says of itself, where it can be true; Tesseract guesses badly."""
    told = picture.info.get("dpi", (0, 0))[0]
    return round(told) if 70 <= told <= 1200 else LEAST_RESOLUTION


_WORD_LEVEL = "5"
_COLUMNS = 12
_SPECK_LENGTH, _SPECK_CONFIDENCE = 2, 40.0
_LONG_WORD = 4
_Lines = dict[tuple[str, ...], list[Word]]


def from_table(table: str, grids: Sequence[Grid] = ()) -> Recognised:
    """Tesseract's table of words (TSV) to lines, and to rows of cells within the ruled tables ``grids``.

    Specks that were taken for one or two letters, with a low confidence, are left out.
    """
    body: _Lines = {}
    cells: dict[Box, _Lines] = {}
    weighed = letters = 0.0
    tall = wide = 0
    for row in table.splitlines()[1:]:
        values = row.split("\t")
        if len(values) != _COLUMNS or values[0] != _WORD_LEVEL or not values[11].strip():
            continue
        text, confidence = values[11].strip(), float(values[10])
        left, top, width, height = (float(value) for value in values[6:10])
        cell = _cell_at(grids, left + width / 2, top + height / 2)
        # In a cell one digit may be all there is.
        if confidence < _SPECK_CONFIDENCE and len(text) <= _SPECK_LENGTH and not text.isdigit():
            continue
        lines = body if cell is None else cells.setdefault(cell, {})
        lines.setdefault(tuple(values[1:5]), []).append(Word(text, left, top, left + width, top + height))
        weighed += confidence * len(text)
        letters += len(text)
        if len(text) >= _LONG_WORD:
            tall, wide = tall + (height > width), wide + (height <= width)
    return Recognised(
        text=_with_tables(list(body.values()), grids, cells),
        confidence=weighed / letters if letters else 0.0,
        sideways=tall > wide,
    )


def _cell_at(grids: Sequence[Grid], x: float, y: float) -> Box | None:
    return next((grid.cell_at(x, y) for grid in grids if grid.box.holds(x, y)), None)


def _with_tables(lines: list[list[Word]], grids: Sequence[Grid], cells: dict[Box, _Lines]) -> str:
    """The lines in order, with each table behind the last line that stands above it."""
    blocks: list[str] = []
    start = 0
    for grid in grids:
        middle = (grid.box.top + grid.box.bottom) / 2
        stop = max((at + 1 for at in range(start, len(lines)) if lines[at][0].top < middle), default=start)
        blocks.append(plain("\n".join(in_order(lines[start:stop]))))
        blocks.append("\n".join(line for row in grid.rows if (line := _row(row, cells)).strip()))
        start = stop
    blocks.append(plain("\n".join(in_order(lines[start:]))))
    return join_blocks(blocks)


def _row(row: Sequence[Box | None], cells: dict[Box, _Lines]) -> str:
    texts = []
    for cell in row:
        lines = sorted(cells.get(cell, {}).values() if cell is not None else (), key=lambda line: line[0].top)
        texts.append(cell_text([plain(" ".join(word.text for word in line)) for line in lines], wrapped=True))
    return row_line(texts)


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
