"""Where in a message a finding points to: the elements of its path, narrowed by its line and by what it found."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from reports.lines import RecordedFinding
from reports.site.folding import Row

_TOKEN = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"""
    r"""|<(?P<end>/)?(?P<name>[^\s<>/!?"'=]+)[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""",
    re.DOTALL,
)
_STEP = re.compile(r"(?:[^/\[\]:]*:)?(?P<name>[^/\[\]:]+)(?:\[(?P<index>\d+)\])?")


class Element(NamedTuple):
    """An element of a message. indexes: its place and its ancestors' among their namesakes.

    start, end: its first character and the one behind it; of an element with children, those of its start tag.
    """

    start: int
    end: int
    indexes: tuple[int, ...]
    text: str


class Spot(NamedTuple):
    """What to mark in a row: the characters from `begin` to before `end`; none of them where only the row is known."""

    row: int
    begin: int
    end: int


class Elements:
    """The elements of one message by path; made for messages that are not well-formed too."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._of_path: dict[tuple[str, ...], list[Element]] = {}
        names: list[str] = []
        indexes: list[int] = []
        namesakes: list[dict[str, int]] = [{}]
        for token in _TOKEN.finditer(body):
            name = token["name"]
            if name is None:
                continue
            name = name.rpartition(":")[2]
            if token["end"]:
                if name in names:
                    while names.pop() != name:
                        indexes.pop()
                        namesakes.pop()
                    indexes.pop()
                    namesakes.pop()
                continue
            index = namesakes[-1][name] = namesakes[-1].get(name, 0) + 1
            is_empty = token[0].endswith("/>")
            text, end = ("", token.end()) if is_empty else self._inside(token.end())
            self._of_path.setdefault((*names, name), []).append(Element(token.start(), end, (*indexes, index), text))
            if not is_empty:
                names.append(name)
                indexes.append(index)
                namesakes.append({})

    def about(self, finding: RecordedFinding) -> list[Element]:
        """The elements that `finding` is about: of a missing one, its parent; empty for the message as a whole."""
        steps = _steps(finding.path)
        for length in range(len(steps), 0, -1):
            found = self._at(steps[:length])
            if found:
                found = [each for each in found if self._line(each.start) == finding.line] or found
                if length == len(steps):
                    found = [each for each in found if each.text and each.text in finding.found] or found
                return found
        return []

    def _inside(self, start: int) -> tuple[str, int]:
        """The text behind a start tag, and where the element ends; with children in it, where its start tag ends."""
        tag = self._body.find("<", start)
        text = self._body[start:tag] if tag >= 0 else ""
        end = self._body.find(">", tag) + 1 if self._body.startswith("</", tag) else 0
        return text.strip(), end or start

    def _at(self, steps: Sequence[tuple[str, int | None]]) -> list[Element]:
        names = tuple(name for name, _ in steps)
        # A judge that was given a bare payload counts from the payload's root, not from the envelope's.
        places = [names] if names in self._of_path else [path for path in self._of_path if path[-len(names) :] == names]
        wanted = [index for _, index in steps]
        return [element for path in places for element in self._of_path[path] if _agrees(element.indexes[-len(wanted) :], wanted)]

    def _line(self, start: int) -> int:
        return self._body.count("\n", 0, start) + 1


def _agrees(indexes: Sequence[int], wanted: Sequence[int | None]) -> bool:
    return all(wish is None or wish == index for index, wish in zip(indexes, wanted, strict=True))


def _steps(path: str) -> list[tuple[str, int | None]]:
    found = [_STEP.fullmatch(step) for step in path.split("/") if step and not step.startswith("@")]
    return [(step["name"], int(step["index"]) if step["index"] else None) for step in found if step is not None]


def spots(rows: Sequence[Row], elements: Elements, finding: RecordedFinding) -> list[Spot]:
    """What to mark in `rows` for `finding`; whole rows, by its line alone, where its path leads nowhere."""
    begins = [row.start for row in rows]
    found = set()
    for element in elements.about(finding):
        place = bisect_right(begins, element.start) - 1
        row = rows[place]
        found.add(Spot(place, element.start - row.start, min(element.end - row.start, len(row.text))))
    return sorted(found) or [Spot(place, 0, 0) for place, row in enumerate(rows) if row.line == finding.line and row.part <= 1]
