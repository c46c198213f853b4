"""Documentation that cannot rot: what it names exists, and what was generated is fresh."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ingest.pipeline import documents

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLDERS = ("ingest", "retrieval", "evals", "ui", "corpus", "tests", "benchmarks", "docs")
# A path in code marks: `ui/settings.py`, `corpus/`, `docs/decisions`.
NAMED_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*|[\w-]+\.(?:toml|lock))`")
MADE_BY_USERS = {"planqa.toml"}
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(NAMED_PATH.findall(text)) - MADE_BY_USERS
    assert [
        path for path in sorted(named) if not (ROOT / path).exists() and not (ROOT / "corpus" / path).exists()
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = {link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link}
    assert [link for link in sorted(links) if not (page.parent / link).exists()] == []


def test_the_paths_of_the_architecture_are_found_at_all() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {"ingest/types.py", "retrieval/types.py", "ui/types.py"} <= set(NAMED_PATH.findall(text))


def test_what_was_generated_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_readme_shows_five_questions_with_their_answers() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.partition("<!-- examples -->")[2].partition("<!-- /examples -->")[0]
    assert shown.count('`planqa ask "') == 5


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_manifest_of_the_corpus_knows_every_document_byte_for_byte() -> None:
    manifest = tomllib.loads((ROOT / "corpus" / "manifest.toml").read_text(encoding="utf-8"))
    corpus = ROOT / "corpus"
    found = {
        path.relative_to(corpus).with_suffix("").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in documents(corpus)
    }
    assert {name: entry["sha256"] for name, entry in manifest.items()} == found
