"""From flags to an engine that answers: settings, logging, threads, an index, made where there is none."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import IndexMissing
from ui.commands.progress import progress_bar

if TYPE_CHECKING:
    from retrieval.engine import Engine
    from retrieval.index import BuildReport
    from ui.settings import Settings


def prepare(**flags: object) -> Settings:
    """The settings of this command, with logging and threads set up by them. Raises BadSetting."""
    from ui.settings import read_settings

    settings = read_settings(**flags)
    _log_to_stderr(settings.log_level)
    _limit_threads()
    return settings


def build_index(settings: Settings, *, rebuild: bool = False) -> BuildReport:
    """Bring the index up to date with the corpus, with a progress bar on a terminal.

    Raises UnreadableFile for a corpus that cannot be listed, IndexFault and ModelFault.
    """
    from retrieval.embed import load_encoder
    from retrieval.index import build

    with progress_bar("index") as progress:
        return build(
            settings.corpus,
            settings.index,
            load_encoder(settings.embedding_model),
            rebuild=rebuild,
            progress=progress,
        )


def open_engine(settings: Settings) -> Engine:
    """The engine over the index of these settings; a missing index is made first."""
    from retrieval.engine import Engine

    try:
        engine = Engine.open(settings.index, model=settings.embedding_model)
    except IndexMissing:
        report_failures(build_index(settings))
        return Engine.open(settings.index, model=settings.embedding_model)
    _say_what_changed(settings, engine)
    return engine


def report_failures(report: BuildReport) -> int:
    """Write one line to standard error for each file that could not be indexed, and count them."""
    for error in report.failed:
        sys.stderr.write(f"planqa: {error}\n")
    return len(report.failed)


def _say_what_changed(settings: Settings, engine: Engine) -> None:
    """One line on standard error where the corpus is no longer what was indexed. Only ``index`` updates."""
    from ingest.pipeline import documents

    if not settings.corpus.is_dir():
        return
    known = {document.path: document.sha256 for document in engine.documents()}
    indexed_at = settings.index.joinpath("CURRENT").stat().st_mtime
    changed = set(known)
    for path in documents(settings.corpus):
        name = path.relative_to(settings.corpus).as_posix()
        # Only what was written after the index is read: a large corpus is not hashed for each question.
        if name in known and (path.stat().st_mtime <= indexed_at or _sha256(path) == known[name]):
            changed.discard(name)
        else:
            changed.add(name)
    if changed:
        sys.stderr.write(
            f"planqa: {len(changed)} of the documents in {settings.corpus} are not in the index "
            f"as they are now, the first is {min(changed)}: run `planqa index`.\n"
        )


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _log_to_stderr(level: str) -> None:
    """The level stands at the handler: some libraries set one at their logger and talk past the root."""
    handler = logging.StreamHandler(sys.stderr)
    handler.name = "planqa"
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for old in [old for old in root.handlers if old.name == handler.name]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)


def _limit_threads() -> None:
    """One thread for each numeric library; they read these when they are loaded. A user's own values stand.

    One query on two threads is slower than on one as soon as anything else runs: p95 135 ms against 21 ms.
    """
    for name in ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
