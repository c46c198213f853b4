"""The command line over two real plans: run in this process, with the output caught."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from runs import Result, Run

from ui.cli import main

ROOT = Path(__file__).resolve().parents[3]
PLANS = ("2021-kien-giang-42-kh-ubnd", "2023-bac-kan-kh-ubnd")


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two of the real plans. Tests must leave it alone."""
    folder = tmp_path_factory.mktemp("cli") / "corpus"
    folder.mkdir()
    for plan in PLANS:
        shutil.copy(ROOT / "corpus" / f"{plan}.md", folder)
    return folder


@pytest.fixture(scope="session")
def plans_index(plans: Path) -> Path:
    """The index of the two plans, made by the command. Tests must leave it alone."""
    folder = plans.parent / "index"
    assert main(["index", "--corpus", str(plans), "--index", str(folder)]) == 0
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and no settings in the environment."""
    for name in [name for name in os.environ if name.startswith("PLANQA_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def planqa(here: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs ``planqa`` with arguments, in an empty current folder."""

    def run(*arguments: str | Path) -> Result:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        caught = capfd.readouterr()
        return Result(status, caught.out, caught.err)

    return run


@pytest.fixture
def over_plans(planqa: Run, plans: Path, plans_index: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``planqa`` over the index of the two plans."""
    monkeypatch.setenv("PLANQA_CORPUS", str(plans))
    monkeypatch.setenv("PLANQA_INDEX", str(plans_index))
    return planqa
