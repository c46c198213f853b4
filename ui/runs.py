"""Kept runs of the evaluation: a folder each, whole or not there at all; and the one that is under way."""

from __future__ import annotations

import logging
import re
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from evals.bench import Opener, Plan, evaluate
from evals.report import read_report, write_report
from evals.report.files import JUNIT, PAGE, REPORT, TIMES
from evals.types import Report, System
from ingest.errors import PlanqaError, UnreadableFile

_log = logging.getLogger(__name__)
_NAME = re.compile(r"\d{8}T\d{6}Z(?:-\d{1,3})?")
_KEPT_OPEN = 4
DOWNLOADS = (REPORT, PAGE, JUNIT, TIMES)
"""The files of a run that may be fetched."""


class Runs:
    """The runs under a folder, named by the moment they ended (UTC). Names from outside are never taken as paths."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = lru_cache(maxsize=_KEPT_OPEN)(self._read_anew)

    def names(self) -> list[str]:
        """The runs that there are, newest first."""
        if not self._folder.is_dir():
            return []
        return sorted((one.name for one in self._folder.iterdir() if _NAME.fullmatch(one.name)), reverse=True)

    def file(self, name: str, file: str) -> Path | None:
        """A file of a run; None for a run or a file that is not among those that may be fetched."""
        if _NAME.fullmatch(name) is None or file not in DOWNLOADS:
            return None
        path = self._folder / name / file
        return path if path.is_file() else None

    def report(self, name: str) -> Report:
        """The report of a run. Raises BadReport; KeyError for what is no name of a run."""
        if _NAME.fullmatch(name) is None:
            raise KeyError(name)
        return self._read(name)

    def keep(self, report: Report) -> str:
        """Write a run and give its name. It is listed when all of it is there. Raises UnreadableFile."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name, number = stamp, 1
        while (self._folder / name).exists():
            number += 1
            name = f"{stamp}-{number}"
        unfinished = self._folder / f"{name}.new"
        write_report(report, unfinished)
        try:
            unfinished.replace(self._folder / name)
        except OSError as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise UnreadableFile(path=str(self._folder), reason=error.strerror or "it may not be written") from error
        return name

    def _read_anew(self, name: str) -> Report:
        return read_report(self._folder / name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the run under way is, or how the last one ended.

    ``ended`` is the name that a finished run is kept under, ``stopped`` that it was stopped by a user, ``error`` why it
    failed. ``seconds`` have passed since it began.
    """

    running: bool = False
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    stopping: bool = False
    ended: str = ""
    stopped: bool = False
    error: PlanqaError | None = None
    failed: bool = False


class _StoppedByUser(Exception):
    """Ends a run from inside."""


@dataclass(slots=True)
class Runner:
    """Runs evaluations in a thread of its own, one at a time for all users of the server."""

    engine: System
    runs: Runs
    reopen: Opener | None = None
    _progress: Progress = field(default_factory=Progress)
    _since: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, plan: Plan) -> bool:
        """Begin a run; False where one is under way, which goes on."""
        with self._lock:
            if self._progress.running:
                return False
            self._progress = Progress(running=True)
            self._since = time.monotonic()
        threading.Thread(target=self._run, args=(plan,), name="evaluation", daemon=True).start()
        return True

    def stop(self) -> None:
        """Ask the run under way to end after its current question; nothing of it is kept."""
        with self._lock:
            if self._progress.running:
                self._progress = replace(self._progress, stopping=True)

    def progress(self) -> Progress:
        """Where the run under way is."""
        with self._lock:
            if self._progress.running:
                return replace(self._progress, seconds=time.monotonic() - self._since)
            return self._progress

    def _run(self, plan: Plan) -> None:
        ended = self._guarded(lambda: self.runs.keep(self._evaluated(plan)))
        with self._lock:
            self._progress = replace(ended, seconds=time.monotonic() - self._since)

    def _evaluated(self, plan: Plan) -> Report:
        return evaluate(self.engine, plan, reopen=self.reopen, progress=self._count)

    def _guarded(self, work: Callable[[], str]) -> Progress:
        try:
            return Progress(ended=work())
        except _StoppedByUser:
            return Progress(stopped=True)
        except PlanqaError as error:
            _log.warning("no evaluation: %s", error)
            return Progress(error=error)
        except Exception:  # noqa: BLE001 - the edge of a thread: a fault of ours must not leave the run "under way"
            _log.exception("an evaluation failed")
            return Progress(failed=True)

    def _count(self, done: int, total: int, _name: str) -> None:
        with self._lock:
            self._progress = replace(self._progress, done=done, total=total)
            stopping = self._progress.stopping
        # Answers to readers of the chat come first: the thread steps aside after each question.
        time.sleep(0)
        if stopping:
            raise _StoppedByUser
