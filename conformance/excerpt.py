"""The line of a message that a finding is about, cut to what a screen holds, with the place to mark."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ami.findings import Finding

WIDTH: Final = 120
"""Signs of a line that are shown; messages are often written as a single line."""

MOST_BYTES: Final = 8 * 1024 * 1024
"""In larger messages no tag is looked for; the line is shown without a mark."""

_BEFORE: Final = 30
_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"""
    r"""|<(?P<end>/)?(?P<name>[^\s<>/!?"'=]+)[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""",
    re.DOTALL,
)
_STEP = re.compile(r"(?:[^/\[\]:]*:)?(?P<name>[^/\[\]:]+)(?:\[(?P<number>\d+)\])?")

Steps = tuple[tuple[str, int], ...]


class Excerpt(NamedTuple):
    """A piece of a line. column: of the mark in the whole line, from 1; 0 where there is none. begin, end: of the mark in `text`."""

    text: str
    column: int = 0
    begin: int = 0
    end: int = 0


class _Spot(NamedTuple):
    """An element in a message. line: from 1. start, end: its first sign and the one behind it."""

    line: int
    start: int
    end: int


def excerpts(body: bytes, findings: Iterable[Finding]) -> list[Excerpt | None]:
    """For each finding its piece of the message; None where it names no line, or one that is not there."""
    asked = list(findings)
    if not any(finding.where.line for finding in asked):
        return [None] * len(asked)
    text = _decoded(body)
    places = _spots(text, {_steps(finding.where.path) for finding in asked}) if len(body) <= MOST_BYTES else {}
    lines = text.split("\n")
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    return [_excerpt(finding, places, lines, begins) for finding in asked]


def _decoded(body: bytes) -> str:
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8", "replace")


def _steps(path: str) -> Steps:
    """A path as names and numbers; a step without a number is the first of its name."""
    found = (_STEP.fullmatch(step) for step in path.split("/") if step and not step.startswith("@"))
    return tuple((step["name"], int(step["number"] or 1)) for step in found if step is not None)


def _spots(text: str, wanted: set[Steps]) -> dict[Steps, _Spot]:
    """Where the wanted elements stand, and those around them."""
    asked = {steps[:length] for steps in wanted for length in range(1, len(steps) + 1)}
    if not asked:
        return {}  # nor is it known then whether there is any end to what stands there
    return {steps: spot for steps, spot in _walk(text, max(map(len, asked), default=0)) if steps in asked}


def _walk(text: str, deepest: int) -> Iterator[tuple[Steps, _Spot]]:
    """Every element that stands no deeper than that: the way to a deep one is long, and somebody may have sent very many of them."""
    above: list[tuple[str, int]] = []
    namesakes: list[dict[str, int]] = [{}]
    line, counted = 1, 0
    for token in _TOKEN.finditer(text):
        name = token["name"]
        if name is None:
            continue
        name = name.rpartition(":")[2]
        if token["end"]:
            if len(above) and above[-1][0] == name:
                above.pop()
                namesakes.pop()
            continue
        number = namesakes[-1][name] = namesakes[-1].get(name, 0) + 1
        line, counted = line + text.count("\n", counted, token.start()), token.start()
        is_empty = token[0].endswith("/>")
        if len(above) < deepest:
            yield (*above, (name, number)), _Spot(line, token.start(), token.end() if is_empty else _closed(text, token.end()))
        if not is_empty:
            above.append((name, number))
            namesakes.append({})


def _closed(text: str, start: int) -> int:
    """Where an element ends that holds text alone; else where its start tag does."""
    tag = text.find("<", start)
    return (text.find(">", tag) + 1 or start) if text.startswith("</", tag) else start


def _excerpt(finding: Finding, places: dict[Steps, _Spot], lines: list[str], begins: list[int]) -> Excerpt | None:
    number = finding.where.line
    if not 0 < number <= len(lines):
        return None
    line, start = lines[number - 1].rstrip("\r"), begins[number - 1]
    steps = _steps(finding.where.path)
    # What is missing has no place of its own: its parent has.
    spot = next((places[steps[:length]] for length in range(len(steps), 0, -1) if steps[:length] in places), None)
    if spot is None or spot.line != number:
        return Excerpt(_cut(line, 0)[0])
    begin, end = spot.start - start, min(spot.end - start, len(line))
    text, from_left = _cut(line, begin)
    return Excerpt(text, begin + 1, begin - from_left, min(end - from_left, len(text)))


def _cut(line: str, begin: int) -> tuple[str, int]:
    """A piece of a line around `begin`, and how far its signs have moved to the left."""
    if len(line) <= WIDTH:
        blank = len(line) - len(line.lstrip())
        return line[blank:], blank
    first = max(0, min(begin - _BEFORE, len(line) - WIDTH))
    left, right = "…" if first else "", "…" if first + WIDTH < len(line) else ""
    return f"{left}{line[first : first + WIDTH]}{right}", first - len(left)
