"""Where a setting comes from: flag, environment, planqa.toml, default."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from ui.settings import BadSetting, read_settings


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("PLANQA_")]:
        monkeypatch.delenv(name)


def test_the_defaults_serve_on_this_machine_only() -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 7860, "vi")
    assert (settings.corpus, settings.index) == (Path("corpus"), Path(".planqa/index"))
    assert settings.embedding_model is None


def test_a_flag_stands_above_the_environment_above_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("planqa.toml").write_text("port = 1001\nhits = 3\nhost = '0.0.0.0'\n", encoding="utf-8")
    monkeypatch.setenv("PLANQA_PORT", "1002")
    monkeypatch.setenv("PLANQA_HITS", "4")
    settings = read_settings(port=1003)
    assert (settings.port, settings.hits, settings.host) == (1003, 4, "0.0.0.0")


def test_a_flag_that_was_not_given_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_PORT", "1002")
    assert read_settings(port=None).port == 1002


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQA_EMBEDDING_MODEL", "")
    assert read_settings().embedding_model is None


def test_settings_do_not_change() -> None:
    settings = read_settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1


def test_a_setting_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"^The setting colour is not valid: there is no such setting\.$"):
        read_settings(colour="red")
