"""What a reader asks of the look-up page: read from the address of the page, checked, and written into links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

from ingest.normalise import clean
from ingest.rules.programme import parts_in
from retrieval.registers.types import KINDS, Filter, Kind
from retrieval.types import Language
from ui.language import LANGUAGES

Register = Literal["responsibilities", "budgets", "targets", "deadlines", "references", "findings"]
REGISTERS: tuple[Register, ...] = get_args(Register)
"""What can be looked up: the registers, and what does not agree in the documents."""

ROLES: Mapping[str, str] = {
    "chủ trì": "lead",
    "phối hợp": "join",
    "thường trực": "standing",
    "đầu mối": "contact",
    "thẩm định": "appraise",
    "tham mưu": "advise",
    "hướng dẫn": "guide",
    "giám sát": "supervise",
    "thực hiện": "carry-out",
}
"""The roles of a body, as the registers name them, with the key of their string."""

FIELDS: Mapping[Register, tuple[str, ...]] = {
    "responsibilities": ("unit", "role", "project", "year", "text"),
    "budgets": ("project", "year", "text"),
    "targets": ("year", "text"),
    "deadlines": ("unit", "year", "text"),
    "references": ("year", "text"),
    "findings": (),
}
"""The filters that mean something for a register; the documents can be chosen for each."""

PAGE = 200
"""Rows shown at once."""
EVERYTHING = Filter()
_MOST = 100_000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """A field of a query that cannot be looked up, and what stands in it."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked up. ``fault`` says what of it cannot be; then there is nothing to show."""

    register: Register = "responsibilities"
    wanted: Filter = EVERYTHING
    shown: int = PAGE
    language: Language = "vi"
    fault: Fault | None = None

    @property
    def kind(self) -> Kind | None:
        """The register, or None for the findings."""
        return self.register if self.register in KINDS else None

    def applied(self) -> Filter:
        """The filter without the fields that mean nothing for the register."""
        fields = FIELDS[self.register]
        return Filter(
            documents=self.wanted.documents,
            unit=self.wanted.unit if "unit" in fields else "",
            role=self.wanted.role if "role" in fields else "",
            project=self.wanted.project if "project" in fields else "",
            year=self.wanted.year if "year" in fields else "",
            text=self.wanted.text if "text" in fields else "",
        )


def read_query(parameters: Iterable[tuple[str, str]], documents: Sequence[str], language: Language) -> Query:
    """The query in the parameters of an address; what is unknown among them is left alone."""
    several: dict[str, list[str]] = {}
    for name, value in parameters:
        several.setdefault(name, []).append(_one_line(value))
    values = {name: found[-1] for name, found in several.items()}
    chosen = tuple(dict.fromkeys(one for one in several.get("document", []) if one))
    wanted = Filter(
        documents=chosen,
        unit=values.get("unit", ""),
        role=values.get("role", ""),
        project=values.get("project", ""),
        year=values.get("year", ""),
        text=values.get("text", ""),
    )
    register = values.get("register") or "responsibilities"
    shown = values.get("shown") or str(PAGE)
    return Query(
        register=register if register in REGISTERS else "responsibilities",
        wanted=wanted,
        shown=int(shown) if re.fullmatch(r"[1-9]\d{0,5}", shown) and int(shown) <= _MOST else PAGE,
        language=read_language(values.get("language", ""), language),
        fault=_fault(register, shown, wanted, documents),
    )


def read_language(value: str, otherwise: Language) -> Language:
    """The language that an address names, or else ``otherwise``."""
    return value if value in LANGUAGES else otherwise


def _one_line(value: str) -> str:
    return " ".join(clean(value).split())


def _fault(register: str, shown: str, wanted: Filter, documents: Sequence[str]) -> Fault | None:
    """What of a query cannot be looked up, or None."""
    checks = (
        ("register", register, register in REGISTERS),
        ("shown", shown, re.fullmatch(r"[1-9]\d{0,5}", shown) is not None and int(shown) <= _MOST),
        *(("document", one, one in documents) for one in wanted.documents),
        ("unit", wanted.unit, not wanted.unit or says_something(wanted.unit)),
        ("role", wanted.role, wanted.role in ("", *ROLES)),
        ("project", wanted.project, is_part(wanted.project)),
        ("year", wanted.year, re.fullmatch(r"(?:20[0-9]{2})?", wanted.year) is not None),
        ("text", wanted.text, not wanted.text or says_something(wanted.text)),
    )
    return next((Fault(field, value[:60]) for field, value, good in checks if not good), None)


def says_something(text: str) -> bool:
    """Whether a text can be looked for: it has a letter or digit and is not too long."""
    return len(text) <= _LONGEST and any(letter.isalnum() for letter in text)


def is_part(text: str) -> bool:
    """Whether a text is "" or names a part of a programme: "8", "5.3", "Dự án 5"."""
    if len(text) > _LONGEST:
        return False
    return not text or re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}", text) is not None or bool(parts_in(text))


def pairs(wanted: Filter) -> list[tuple[str, str]]:
    """A filter as parameters of an address, without its empty fields."""
    fields = ((name, getattr(wanted, name)) for name in ("unit", "role", "project", "year", "text"))
    return [*(("document", one) for one in wanted.documents), *((name, value) for name, value in fields if value)]


def address(path: str, parameters: Sequence[tuple[str, str]]) -> str:
    """An address of this server with its parameters."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def lookup_address(
    root: str, query: Query, *, register: Register | None = None, language: Language | None = None, shown: int = PAGE
) -> str:
    """The address of the look-up page for a query, with another register, language or number of rows."""
    parameters = [
        ("register", register or query.register),
        *pairs(query.wanted),
        ("language", language or query.language),
    ]
    if shown != PAGE:
        parameters.append(("shown", str(shown)))
    return address(f"{root}/registers", parameters)
