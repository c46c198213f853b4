"""A progress bar on standard error, and only where a person sees it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Progress = Callable[[int, int, str], None]
"""Called with the number done, the number of all, and the name of what was done last."""


@contextlib.contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar that is drawn when standard error is a terminal; otherwise nothing is written."""
    if not sys.stderr.isatty():
        yield _silent
        return

    from tqdm import tqdm

    with tqdm(desc=label, file=sys.stderr, leave=False, dynamic_ncols=True) as bar:

        def show(done: int, total: int, name: str) -> None:
            bar.total = total
            bar.set_postfix_str(name, refresh=False)
            bar.update(done - bar.n)

        yield show


def _silent(done: int, total: int, name: str) -> None:
    """Nobody is watching."""
