"""The parts of a .docx file as XML with plain names, read within bounds.

The package (ECMA-376 part 2) is a ZIP; WordprocessingML exists in a transitional and a strict namespace,
which this module makes one: ``w:p`` is tagged "p", its attribute ``w:val`` "val"; equations "m.t",
everything else "x.…".
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

# A decree of 200 pages unpacks to 10 MB. Declared sizes bind: zipfile reads no byte more than an entry
# declares.
PART_LIMIT = 40_000_000
_ENTRIES_LIMIT = 10_000
_MAIN_PART = "word/document.xml"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PREFIXES = {**dict.fromkeys(_WORD, ""), **dict.fromkeys(_MATH, "m."), _COMPATIBILITY: "mc."}


class NotDocxError(ValueError):
    """Raised where bytes are no readable WordprocessingML package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts that hold text and what decides its look; a part that is missing is an empty element."""

    document: ElementTree.Element
    styles: ElementTree.Element
    numbering: ElementTree.Element
    footnotes: ElementTree.Element
    endnotes: ElementTree.Element


def has_main_part(data: bytes) -> bool:
    """Whether bytes are a ZIP with the main part of a Word document in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(posixpath.dirname(name) == "word" for name in archive.namelist())
    except _FAULTS:
        return False


def open_package(data: bytes) -> Package:
    """Read the parts. Raises NotDocxError for a damaged, protected, hollow or over-large package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(names) > _ENTRIES_LIMIT:
                raise NotDocxError("too many parts")
            main = _main_part(archive, names)
            folder = posixpath.dirname(main)
            return Package(
                document=_part(archive, main),
                styles=_optional(archive, names, f"{folder}/styles.xml"),
                numbering=_optional(archive, names, f"{folder}/numbering.xml"),
                footnotes=_optional(archive, names, f"{folder}/footnotes.xml"),
                endnotes=_optional(archive, names, f"{folder}/endnotes.xml"),
            )
    except _FAULTS as fault:
        raise NotDocxError(str(fault)) from fault


# What zipfile, zlib and expat raise for broken data: NotImplementedError is an unknown compression or
# encryption, RuntimeError a password, KeyError a missing part, LookupError an unknown XML encoding.
_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
)


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    if _MAIN_PART in names or "_rels/.rels" not in names:
        return _MAIN_PART
    for relation in ElementTree.fromstring(_read(archive, "_rels/.rels")):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", _MAIN_PART).lstrip("/")
    return _MAIN_PART


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > PART_LIMIT:
        raise NotDocxError(f"{name} is too large")
    content = archive.read(name)
    # ECMA-376 part 2, 7.2.2: no document type declarations, so no entities that grow.
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise NotDocxError(f"{name} declares a document type")
    return content


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    root = ElementTree.fromstring(_read(archive, name))
    for element in root.iter():
        element.tag = _plain(element.tag, "x.")
        if any(name.startswith("{") for name in element.attrib):
            element.attrib = {_plain(name, "x."): value for name, value in element.attrib.items()}
    return root


def _optional(archive: zipfile.ZipFile, names: set[str], name: str) -> ElementTree.Element:
    return _part(archive, name) if name in names else ElementTree.Element("missing")


def _plain(name: str, foreign: str) -> str:
    if not name.startswith("{"):
        return name
    space, _, local = name[1:].partition("}")
    return _PREFIXES.get(space, foreign) + local
