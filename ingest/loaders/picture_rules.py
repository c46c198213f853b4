"""The ruled tables of a scanned page, from its dark runs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from ingest.loaders.grid import Grid, Rule, find_grids

_DARK = 0.7  # of the brightness of the paper
# Parts of an inch. Letters of 14 points have strokes below 0.15; lines of a turned scan come in pieces.
_LONG = 0.3
_SLACK = 0.035
_RULES_LIMIT = 20_000  # a photograph, not a page


def ruled_tables(picture: Image.Image, resolution: int) -> tuple[list[Grid], Image.Image]:
    """The ruled tables of a grey picture in its pixels, and the picture without the rules.

    Rules confuse OCR, which takes them for letters. A picture without tables comes back as it is.
    """
    pixels = np.asarray(picture)
    dark = pixels < _DARK * float(np.median(pixels))
    least = max(int(_LONG * resolution), 1)
    across, down = _runs(dark, least), _runs(dark.T, least)
    if len(across) + len(down) > _RULES_LIMIT:
        return [], picture
    grids = find_grids(
        [Rule(place, start, end) for place, start, end in across.tolist()],
        [Rule(place, start, end) for place, start, end in down.tolist()],
        slack=_SLACK * resolution,
    )
    if not grids:
        return [], picture
    cleaned = pixels.copy()
    paper = int(np.median(pixels))
    for place, start, end in across.tolist():
        cleaned[max(place - 1, 0) : place + 2, start:end] = paper
    for place, start, end in down.tolist():
        cleaned[start:end, max(place - 1, 0) : place + 2] = paper
    return grids, Image.fromarray(cleaned)


def _runs(dark: npt.NDArray[np.bool_], least: int) -> npt.NDArray[np.int64]:
    """Runs of at least ``least`` dark pixels in the rows: (n, 3) int64 of row, start, end (excluded)."""
    height, width = dark.shape
    framed = np.zeros((height, width + 2), dtype=np.int8)
    framed[:, 1:-1] = dark
    steps = np.diff(framed, axis=1)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    long = ends - starts >= least
    return np.stack([rows[long], starts[long], ends[long]], axis=1).astype(np.int64)
