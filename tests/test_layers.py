"""The four packages: one direction, and names of their own."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ui", "evals", "retrieval", "ingest")


def test_imports_go_one_way() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contract_names_every_package_of_the_repository() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert tuple(contract["contracts"][0]["layers"]) == PACKAGES
    assert sorted(contract["root_packages"]) == sorted(PACKAGES)
    assert sorted(path.parent.name for path in ROOT.glob("*/__init__.py")) == sorted(PACKAGES)


def test_no_installed_package_has_one_of_our_names() -> None:
    owners = metadata.packages_distributions()
    assert {package: owners[package] for package in PACKAGES if set(owners.get(package, [])) - {"planqa"}} == {}


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
