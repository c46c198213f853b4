"""PDF: the text layer where there is a good one, OCR for the other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image

from ingest.errors import DamagedFile
from ingest.loaders.pdf_page import Layer, read_layer
from ingest.loaders.scan import LEAST_RESOLUTION, LONGEST_SIDE, MOST_RESOLUTION, page_notes, recognise
from ingest.types import Loaded, Note, Span

_POINTS_PER_INCH = 72
_BETWEEN_PAGES = "\n\n"
# PDFium is not safe in threads.
_PDFIUM = Lock()


def load(path: Path, data: bytes) -> Loaded:
    """Read a PDF; each page is a span, with a blank line between pages.

    Pages without a usable text layer are recognised and noted ("page-ocr", "page-doubtful"); where they are
    the most, the format is "scan". Raises DamagedFile for a broken or protected file, OcrMissing without
    Tesseract.
    """
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as fault:
            raise DamagedFile(path=str(path), format="PDF") from fault
        try:
            return _load(path, document)
        finally:
            document.close()


def _load(path: Path, document: pypdfium2.PdfDocument) -> Loaded:
    layers = [_layer(document, index) for index in range(len(document))]
    if not any(layer is not None for layer in layers):
        raise DamagedFile(path=str(path), format="PDF")
    wanted = [index for index, layer in enumerate(layers) if layer is not None and layer.needs_ocr]
    recognised = dict(zip(wanted, recognise(path, _pictures(document, layers, wanted)), strict=True)) if wanted else {}
    texts: list[str] = []
    spans: list[Span] = []
    notes: list[Note] = []
    offset = 0
    for index, layer in enumerate(layers):
        scanned = recognised.get(index)
        text = scanned.text if scanned is not None else layer.text if layer is not None else ""
        span = Span(offset, offset + len(text))
        if scanned is not None:
            notes.extend(page_notes(index + 1, scanned, span))
        elif layer is None:
            notes.append(Note(kind="page-doubtful", detail=f"page {index + 1} is damaged", span=span))
        texts.append(text)
        spans.append(span)
        offset = span.end + len(_BETWEEN_PAGES)
    is_scan = 2 * len(recognised) > len(layers)
    return Loaded(
        text=_BETWEEN_PAGES.join(texts),
        format="scan" if is_scan else "pdf",
        pages=tuple(spans),
        notes=(*notes, *_repairs(layers)),
    )


def _layer(document: pypdfium2.PdfDocument, index: int) -> Layer | None:
    """The text layer of a page, or None for a page that is too damaged to be opened."""
    try:
        return read_layer(document, index)
    except pypdfium2.PdfiumError:
        return None


def _pictures(
    document: pypdfium2.PdfDocument, layers: Sequence[Layer | None], wanted: Sequence[int]
) -> Iterator[Image.Image]:
    """The pages as grey pictures, drawn one by one; a page without a picture (drawn letters) finest."""
    for index in wanted:
        page, layer = document[index], layers[index]
        own = layer.resolution if layer is not None else 0.0
        resolution = min(max(own or MOST_RESOLUTION, LEAST_RESOLUTION), MOST_RESOLUTION)
        scale = min(resolution / _POINTS_PER_INCH, LONGEST_SIDE / max(*page.get_size(), 1.0))
        picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        picture.info["dpi"] = (round(scale * _POINTS_PER_INCH),) * 2
        yield picture


def _repairs(layers: Sequence[Layer | None]) -> Iterator[Note]:
    for name in sorted({layer.legacy for layer in layers if layer is not None and layer.legacy}):
        yield Note(kind="encoding-guessed", detail=name)
