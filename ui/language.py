"""The strings of the interface, Vietnamese and English, read from ``ui/strings``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from ingest.errors import PlanqaError
from retrieval.types import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
_FOLDER = Path(__file__).parent / "strings"


@dataclass(frozen=True, slots=True)
class Strings:
    """The strings of one language, by dotted keys ("answer.sources"), and the example questions."""

    language: Language
    texts: Mapping[str, str]
    examples: tuple[str, ...]

    def __call__(self, key: str, **fields: object) -> str:
        """The text of ``key`` with its fields filled in. Raises KeyError for an unknown key or field."""
        return self.texts[key].format(**fields)

    def sentence(self, error: PlanqaError) -> str:
        """One sentence for the reader about ``error``; what no string knows is said in general words."""
        template = self.texts.get(f"errors.{error.code}", self.texts["errors.error"])
        return template.format(**error.fields)

    def number(self, value: int) -> str:
        """A whole number with the thousands separator of the language: 2.000 or 2,000."""
        return f"{value:,}".replace(",", "." if self.language == "vi" else ",")


@cache
def load_strings(language: Language) -> Strings:
    """The strings of ``language``. Raises KeyError where the file has no example questions."""
    tables = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    examples = tuple(tables.pop("examples")["questions"])
    texts = {f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()}
    return Strings(language, texts, examples)
