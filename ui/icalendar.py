"""Days as a calendar file (RFC 5545): all-day events, escaped and folded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ui.plain import shown

_LINE = 75  # octets, without the line end
_END = "\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A day, and by ``rule`` (RRULE, "" for none) the days on which it comes again. ``stamp`` is DTSTAMP's day."""

    uid: str
    day: date
    rule: str
    stamp: date
    summary: str
    description: str


def as_ics(events: Iterable[Event], *, name: str) -> bytes:
    """The calendar of these events under a name."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planqa//registers//VI", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for event in events:
        lines.extend(_lines(event))
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    r"""A value of type TEXT.

    >>> print(escaped("Sở Tài chính; UBND, \\\nhai dòng"))
    Sở Tài chính\; UBND\, \\\nhai dòng
    """
    text = shown(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line of at most 75 octets, longer ones continued on lines that begin with a blank; no letter is cut."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(part) + len(octets) > _LINE:
            parts.append(part)
            part = b" "
        part += octets
    return _END.encode().join((*parts, part)) + _END.encode()


def _lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    if event.rule:
        yield f"RRULE:{event.rule}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
