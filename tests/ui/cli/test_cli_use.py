"""Bad use and bad settings: one clear line, status 2, nothing on standard output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from runs import Run

from ui.settings import Settings

HEAVY = {
    "torch",
    "gradio",
    "faiss",
    "sentence_transformers",
    "transformers",
    "pyvi",
    "bm25s",
    "langchain_core",
}


@pytest.mark.parametrize("command", [[], ["index"], ["ask"], ["search"], ["register"], ["serve"], ["eval"]])
def test_every_command_explains_itself(planqa: Run, command: list[str]) -> None:
    result = planqa(*command, "--help")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"Usage: {' '.join(['planqa', *command])} ")


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from ui.cli import main; main(['--help']); sys.stderr.write(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stderr
    assert HEAVY & set(loaded.split()) == set()


def test_the_version_is_that_of_the_project(planqa: Run) -> None:
    result = planqa("--version")
    assert (result.status, result.out) == (0, "planqa 0.1.0\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["Missing command"]),
        (["aks", "q"], ["aks"]),
        (["ask", "q", "--jason"], ["--jason"]),
        (["ask"], ["Give a question"]),
        (["ask", "q", "r"], ["r"]),
        (["ask", "q", "--batch", "in.jsonl", "--out", "out.jsonl"], ["not both"]),
        (["ask", "--batch", "in.jsonl"], ["--batch and --out go together"]),
        (["search", "q", "--out", "out.jsonl"], ["--batch and --out go together"]),
        (["ask", "--batch", "in", "--out", "out", "--history", "h"], ["--history", "each line has its own"]),
        (
            ["search", "--batch", "in", "--out", "out", "--document", "d"],
            ["--document", "each line has its own"],
        ),
        (["search", "q", "--k", "many"], ["--k", "valid integer"]),
        (["search", "q", "--k", "0"], ["hits", "greater than or equal to 1"]),
        (["serve", "--port", "99999"], ["port", "less than or equal to 65535"]),
        (["serve", "--language", "de"], ["language", "'vi' or 'en'"]),
        (["ask", ""], ["Not a question: it is empty"]),
        (["ask", " \n\t"], ["Not a question: it is empty"]),
        (["ask", "vốn_" * 25_000], ["Not a question: it has 100000 characters, and the limit is 2000"]),
        (["ask", "q", "--history", ""], ["Not a question: it is empty"]),
        (
            ["ask", "--batch", "none.jsonl", "--out", "o"],
            ["Cannot read none.jsonl: No such file or directory"],
        ),
        (["ask", "--batch", ".", "--out", "o"], ["Cannot read .: Is a directory"]),
        (["index"], ["Cannot read corpus"]),
        (["index", "--corpus", "/dev/null"], ["Cannot read /dev/null"]),
        (["ask", "q", "--corpus", "nowhere"], ["Cannot read nowhere"]),
    ],
)
def test_bad_use_is_one_clear_line(planqa: Run, arguments: list[str], words: list[str]) -> None:
    assert planqa(*arguments).refused(*words), planqa(*arguments)


def test_a_question_that_is_refused_builds_no_index(planqa: Run, here: Path) -> None:
    planqa("ask", "")
    assert list(here.iterdir()) == []


def test_an_output_that_cannot_be_written_is_named_before_anything_is_read(planqa: Run, here: Path) -> None:
    (here / "in.jsonl").write_text('{"question": "q"}\n', encoding="utf-8")
    result = planqa("ask", "--batch", "in.jsonl", "--out", "no/folder/out.jsonl")
    assert result.refused("Cannot write no/folder/out.jsonl: No such file or directory")
    assert planqa("ask", "--batch", "in.jsonl", "--out", ".").refused("Cannot write .: Is a directory")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'corpsu = "a"', ["corpsu", "there is no such setting"]),
        (b"port = 'chat'", ["port", "valid integer"]),
        (b"corpus = ", ["planqa.toml", "it is no TOML"]),
        (b'corpus = "\xff"', ["planqa.toml", "it is no TOML"]),
    ],
)
def test_a_bad_settings_file_is_one_clear_line(planqa: Run, here: Path, content: bytes, words: list[str]) -> None:
    (here / "planqa.toml").write_bytes(content)
    assert planqa("index").refused(*words)


def test_a_bad_value_in_the_environment_is_one_clear_line(planqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_PORT", "-1")
    assert planqa("serve").refused("The setting port is not valid", "greater than or equal to 1")


def test_a_model_that_is_not_there_is_one_clear_line(planqa: Run, plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("PLANQA_EMBEDDING_MODEL", "nobody/no-such-model")
    assert planqa("index", "--corpus", plans).refused("nobody/no-such-model", "cannot be loaded")


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
