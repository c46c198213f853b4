"""Write the generated parts of the documentation again; ``--check`` only says whether they are stale.

``docs/cli.md`` comes from ``--help``, the settings of ``README.md`` from ``ui/settings.py``, and its five
examples are answers of this version over ``corpus/``.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ui.cli import main
from ui.settings import ENVIRONMENT_PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ("index", "ask", "search", "register", "serve", "eval")
EXAMPLES = (
    "Kế hoạch vốn năm 2023 của Dự án 1 ở thành phố Bắc Kạn là bao nhiêu?",
    "Kế hoạch của huyện Tam Đường căn cứ vào những văn bản nào?",
    "tong kinh phi cua bac kan nam 2023 la bao nhieu",
    "Which agency leads Project 8 in Bac Kan city?",
    "Mức lương tối thiểu vùng năm 2023 là bao nhiêu?",
)


def output_of(arguments: Sequence[str]) -> str:
    """What a command writes to standard output. Raises RuntimeError where it fails."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = main(arguments)
    if status != 0:
        raise RuntimeError(f"planqa {shlex.join(arguments)} ended with status {status}")
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())


def manual() -> str:
    """The text of ``docs/cli.md``."""
    parts = ["# Commands", "", "Written by `make docs` from `--help`.", ""]
    for command in ((), *((name,) for name in COMMANDS)):
        parts += [
            f"## {' '.join(('planqa', *command))}",
            "",
            "```text",
            output_of([*command, "--help"]),
            "```",
            "",
        ]
    return "\n".join(parts).rstrip() + "\n"


def settings_table() -> str:
    """The settings as a table."""
    rows = ["| `planqa.toml` | environment | default | |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `{name}` | `{ENVIRONMENT_PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def examples(index: Path) -> str:
    """The example questions with their answers, over an index that is made where it is missing."""
    folders = ("--corpus", str(ROOT / "corpus"), "--index", str(index))
    blocks = []
    for question in EXAMPLES:
        answer = re.sub(r"(?<!\n)\n\[", "\n\n[", output_of(("ask", question, *folders)))
        quoted = "\n".join(f"> {line}".rstrip() for line in answer.splitlines())
        blocks.append(f'`planqa ask "{question}"`\n\n{quoted}')
    return "\n\n".join(blocks)


def readme(text: str, index: Path) -> str:
    """``text`` with its generated parts written again."""
    for mark, content in (("settings", settings_table()), ("examples", examples(index))):
        pattern = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
        text = pattern.sub(lambda match, content=content: f"{match[1]}\n{content}\n\n{match[2]}", text)
    return text


def generated(index: Path) -> dict[Path, str]:
    """Each generated file, and what should be in it."""
    os.environ["COLUMNS"] = "100"
    page = ROOT / "README.md"
    return {ROOT / "docs" / "cli.md": manual(), page: readme(page.read_text(encoding="utf-8"), index)}


def run(arguments: Sequence[str]) -> int:
    """Write what is stale, or with ``--check`` name it and return 1."""
    with tempfile.TemporaryDirectory() as folder:
        files = generated(Path(folder) / "index")
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" in arguments:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run `make docs`.\n")
        else:
            path.write_text(files[path], encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
