"""What the styles of a Word document say about text: numbering, capitals, legacy fonts, borders.

A property stands on the run or paragraph, else in its style, else in the style that one is based on, else in
the document's defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_OFF = ("0", "false", "off", "none")
_CHAIN_LIMIT = 30  # a style that is based on itself must not hang


def is_on(holder: Element | None, name: str) -> bool | None:
    """A switch such as ``w:caps``: on, off, or None where it is not set."""
    switch = holder.find(name) if holder is not None else None
    if switch is None:
        return None
    return switch.get("val", "1") not in _OFF


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id; empty where it has none."""

    by_id: dict[str, Element] = field(default_factory=dict)
    default_paragraph: str | None = None
    default_run: Element | None = None

    @classmethod
    def of(cls, root: Element) -> Styles:
        """Read ``styles.xml``."""
        by_id = {style.get("styleId", ""): style for style in root.findall("style")}
        default = next(
            (
                style.get("styleId")
                for style in root.findall("style")
                if style.get("type") == "paragraph" and style.get("default", "0") not in _OFF
            ),
            None,
        )
        return cls(by_id, default, root.find("docDefaults/rPrDefault/rPr"))

    def chain(self, style_id: str | None) -> Iterator[Element]:
        """The style and those it is based on, nearest first."""
        for _ in range(_CHAIN_LIMIT):
            style = self.by_id.get(style_id) if style_id is not None else None
            if style is None:
                return
            yield style
            based_on = style.find("basedOn")
            style_id = based_on.get("val") if based_on is not None else None

    def paragraph_style(self, paragraph: Element) -> str | None:
        """The id of the paragraph's style."""
        named = paragraph.find("pPr/pStyle")
        return named.get("val") if named is not None else self.default_paragraph

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is a line of a table of contents, which Word makes from the headings."""
        for style in self.chain(self.paragraph_style(paragraph)):
            name = style.find("name")
            if name is not None and name.get("val", "").lower().startswith(("toc ", "table of figures")):
                return True
        return False

    def run_properties(self, run: Element, paragraph_style: str | None) -> list[Element]:
        """The ``rPr`` that hold for a run, nearest first."""
        found = [own] if (own := run.find("rPr")) is not None else []
        named = run.find("rPr/rStyle")
        ids = [named.get("val") if named is not None else None, paragraph_style]
        for style_id in ids:
            for style in self.chain(style_id):
                properties = style.find("rPr")
                if properties is not None:
                    found.append(properties)
        if self.default_run is not None:
            found.append(self.default_run)
        return found

    def has_borders(self, table: Element) -> bool:
        """Whether any rule of the table is drawn."""
        borders = table.find("tblPr/tblBorders")
        if borders is None:
            named = table.find("tblPr/tblStyle")
            for style in self.chain(named.get("val") if named is not None else None):
                borders = style.find("tblPr/tblBorders")
                if borders is not None:
                    break
        if borders is not None and _drawn(borders):
            return True
        return any(_drawn(cell) for cell in table.iterfind("tr/tc/tcPr/tcBorders"))


def _drawn(borders: Element) -> bool:
    return any(border.get("val", "nil") not in ("nil", "none") for border in borders)


def switched(properties: list[Element], name: str) -> bool:
    """Whether a switch is on in the nearest properties that set it."""
    return next((value for holder in properties if (value := is_on(holder, name)) is not None), False)


def legacy_font(properties: list[Element]) -> tuple[str, bool] | None:
    """The legacy encoding of the nearest font and whether it draws capitals, or None for a Unicode font.

    TCVN3 fonts are named .Vn…, those in capitals end with H; VNI fonts are named VNI-….
    """
    for holder in properties:
        fonts = holder.find("rFonts")
        name = fonts.get("ascii") or fonts.get("hAnsi") if fonts is not None else None
        if name:
            if name.lower().startswith(".vn"):
                return "tcvn3", name.endswith("H")
            if name.lower().startswith("vni-"):
                return "vni", False
            return None
    return None
