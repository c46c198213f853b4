"""The straight lines that a PDF page draws."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.loaders.grid import Rule

Point = tuple[float, float]

_THIN = 3.0  # points: a filled area as narrow as this is a rule
_LONG = 6.0  # points: what is shorter is a dash or a sign
_STRAIGHT = 1.0
_SEGMENTS_LIMIT = 20_000  # a drawing, not a table


def rules(path: pypdfium2.PdfObject) -> tuple[list[Rule], list[Rule]]:
    """The rules of a path across and down, in page space (y grows upwards)."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, ctypes.byref(fill), ctypes.byref(stroke))
    across: list[Rule] = []
    down: list[Rule] = []
    if not (fill.value or stroke.value):  # only cuts off what is drawn later
        return across, down
    for points in _subpaths(path):
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        low, high = min(y for _, y in points), max(y for _, y in points)
        if right - left <= _THIN or high - low <= _THIN:
            _add(across, down, (left, (low + high) / 2), (right, (low + high) / 2))
            _add(across, down, ((left + right) / 2, low), ((left + right) / 2, high))
        elif stroke.value:
            for start, end in pairwise(points):
                _add(across, down, start, end)
    return across, down


def _add(across: list[Rule], down: list[Rule], start: Point, end: Point) -> None:
    (x0, y0), (x1, y1) = start, end
    if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _LONG:
        across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _LONG:
        down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _subpaths(path: pypdfium2.PdfObject) -> Iterator[list[Point]]:
    """The corners of each part of a path; parts with curves are left out."""
    count = pdfium.FPDFPath_CountSegments(path.raw)
    if not 0 < count <= _SEGMENTS_LIMIT:
        return
    matrix = path.get_matrix()
    holder = path.container
    while holder is not None:  # a form within a form
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
