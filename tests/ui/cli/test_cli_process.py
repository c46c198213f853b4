"""``planqa`` as a process of its own: encodings, pipes, signals."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PLANQA = [sys.executable, "-m", "ui.cli"]


@pytest.fixture
def environment(here: Path, plans: Path, plans_index: Path) -> dict[str, str]:
    """The environment of a plain machine: no UTF-8 locale, the index of the two plans."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return kept | {
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": str(ROOT),
        "PLANQA_CORPUS": str(plans),
        "PLANQA_INDEX": str(plans_index),
    }


def test_output_is_utf8_in_every_locale(environment: dict[str, str]) -> None:
    question = "Cơ quan nào chủ trì Dự án 8?"
    done = subprocess.run(
        [*PLANQA, "ask", question, "--json"], env=environment, capture_output=True, check=True, timeout=120
    )
    assert done.stderr == b""
    assert json.loads(done.stdout.decode("utf-8"))["question"] == question


def test_an_error_is_utf8_in_every_locale(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [*PLANQA, "ask", "q", "--document", "kế-hoạch"],
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode("utf-8").startswith("planqa: No document k")
    assert done.stderr.count(b"\n") == 1


def test_a_reader_that_leaves_ends_the_command_quietly(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*PLANQA, "search", "kinh phí", "--k", "100"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(120) == 141


def test_an_interrupt_ends_a_batch_quietly_and_keeps_the_old_output(environment: dict[str, str], here: Path) -> None:
    (here / "out.jsonl").write_text("old\n", encoding="utf-8")
    os.mkfifo(here / "in.jsonl")
    with subprocess.Popen(
        [*PLANQA, "ask", "--batch", "in.jsonl", "--out", "out.jsonl"],
        env=environment,
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        feed = (here / "in.jsonl").open("wb")  # waits until the command has the other end open, and reads
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        feed.close()
    assert (process.returncode, out, err) == (130, b"", b"")
    assert (here / "out.jsonl").read_text(encoding="utf-8") == "old\n"


def test_the_chat_says_where_it_is_and_ends_with_an_interrupt(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with subprocess.Popen(
        [*PLANQA, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"The chat is on http://127.0.0.1:%d/ (Ctrl+C ends it).\n" % port
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            assert page.status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, b"", b"")


def test_a_port_that_is_taken_is_one_clear_line(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*PLANQA, "serve", "--port", port], env=environment, capture_output=True, check=False, timeout=120
        )
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.startswith(f"planqa: Cannot listen on 127.0.0.1:{port}".encode())


def test_no_progress_is_drawn_where_nobody_sees_it(environment: dict[str, str], here: Path) -> None:
    done = subprocess.run(
        [*PLANQA, "index", "--index", str(here / "index")],
        env=environment,
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == b""
    assert done.stdout.startswith(b"2 documents: 2 new, ")
