"""Messages that are too large to be held: cut between MeterReadings into pieces, each judged as a message of its own.

A piece is the message's own beginning, some of its MeterReadings, and its own end, so that every layer and every rule sees what it
always sees. MeterReadings that share a meter or a usage point are judged together once more, wherever they stand; and what a piece
cannot know by itself is said only where all pieces say it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from ami.findings import Finding, Where
from conformance.capture import Capture
from conformance.excerpt import Excerpt, excerpts
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.large.pieces import PIECE, Ends, Piece, ends_of, joined, pieces
from conformance.large.sharing import Index, Place
from conformance.parser import MOST_BYTES, WELL_FORMED, WITHIN_LIMITS
from conformance.rule import MOST_FINDINGS
from conformance.rules import delivery_is_not_all_zero

SAID_BY_ALL: Final = frozenset({delivery_is_not_all_zero.RULE.id})
"""Rules about a message as a whole: a part of it breaks them without meaning anything."""

_IN_MEMBER = re.compile(r"(?<=/MeterReadings/MeterReading)(?:\[(\d+)\])?(?=/|$)")
_NAMED = re.compile(r"\bMeterReading\[(\d{1,9})\]")
_MORE = re.compile(r"the same in ([\d,]+) more places")


class Found(NamedTuple):
    """A finding with its place in the whole file."""

    finding: Finding
    excerpt: Excerpt | None


class Whole(NamedTuple):
    """What all pieces come to. first: the judgement of the first piece, which has the message's beginning."""

    first: Judgement
    findings: tuple[Found, ...]


def judged(judge: Judge, path: Path, piece: int = PIECE) -> Whole | None:
    """A message in a file of any size; None where it is not one of MeterReadings, or not written plainly enough to be cut."""
    ends = ends_of(path)
    if ends is None:
        return None
    told = _Told(ends)
    held: Piece | None = None
    for part in pieces(path, ends, piece):
        if part is None:
            return None
        taken = joined(held, part) if held is not None else part
        body = ends.around(taken)
        judgement = judge.message(Capture(body))
        is_broken = any(finding.rule_id == WELL_FORMED.id for finding in judgement.findings)
        if is_broken and not taken.is_last and len(body) <= MOST_BYTES:
            held = taken  # the cut may be at fault
            continue
        held = None
        told.add(taken, body, judgement)
        if is_broken:
            return told.whole()  # what comes after a place that is no XML cannot be read
    for group in told.sharing():
        told.add_group(group, _together(judge, path, ends, group))
    return told.whole()


def _together(judge: Judge, path: Path, ends: Ends, group: Sequence[Place]) -> Judgement:
    """Some MeterReadings judged as if they were all of the message."""
    with path.open("rb") as file:
        members = [ends.head]
        for place in group:
            file.seek(place.start)
            members.append(file.read(place.length))
    return judge.message(Capture(b"".join((*members, ends.tail))))


def too_large(path: Path) -> Finding:
    """What is said of a file that can be neither held nor cut."""
    return WITHIN_LIMITS.finding(Where("/", 0), f"{path.stat().st_size:,} bytes, not written so that they can be cut between MeterReadings")


class _Told:
    """What has been found so far, in the terms of the whole file."""

    def __init__(self, ends: Ends) -> None:
        self._close = ends.close
        self._head_lines = ends.head.count(b"\n") + 1
        self._first: Judgement | None = None
        self._pieces = 0
        self._found: dict[str, list[Found]] = {}
        self._more: dict[str, int] = {}
        self._outside: set[tuple[str, str, str, str]] = set()
        self._said: dict[str, list[Found]] = {}
        self._index = Index()

    def add(self, piece: Piece, body: bytes, judgement: Judgement) -> None:
        """Take up what one piece came to."""
        self._first = self._first or judgement
        self._pieces += 1
        for finding, excerpt in zip(judgement.findings, excerpts(body, judgement.findings), strict=True):
            self._take(piece, finding, excerpt)
        if judgement.readings is not None:
            self._index.add(piece, self._close, self._head_lines + piece.lines_before, judgement.readings.members)

    def sharing(self) -> Iterator[list[Place]]:
        """MeterReadings that have to be judged together once more."""
        return self._index.sharing()

    def add_group(self, group: Sequence[Place], together: Judgement) -> None:
        """Take up what members say together, in place of what each of them said in its piece."""
        numbers = [place.number for place in group]
        for rule_id, of_rule in self._found.items():
            self._found[rule_id] = [found for found in of_rule if _number(found.finding.where.path) not in numbers]
        firsts = list(accumulate((place.lines for place in group), initial=self._head_lines))
        for finding in together.findings:
            number = _number(finding.where.path)
            if number is None or finding.rule_id in SAID_BY_ALL:
                continue
            line = finding.where.line - firsts[number - 1] + group[number - 1].line if finding.where.line else 0
            self._keep(Found(_renumbered(finding, line, lambda old: numbers[old - 1] if old <= len(numbers) else old), None))

    def whole(self) -> Whole | None:
        """All of it; None where there was no piece."""
        if self._first is None:
            return None
        for said in self._said.values():
            if len(said) == self._pieces:
                self._keep(said[0])
        for rule_id, more in self._more.items():
            last = self._found[rule_id][-1].finding
            self._found[rule_id].append(Found(replace(last, where=Where("/", 0), found=f"the same in {more:,} more places"), None))
        found = [each for of_rule in self._found.values() for each in of_rule]
        return Whole(self._first, tuple(sorted(found, key=lambda each: (each.finding.where.line == 0, each.finding.where.line))))

    def _take(self, piece: Piece, finding: Finding, excerpt: Excerpt | None) -> None:
        more = _MORE.fullmatch(finding.found) if finding.where.path == "/" else None
        if more:
            self._more[finding.rule_id] = self._more.get(finding.rule_id, 0) + int(more[1].replace(",", ""))
            return
        found = Found(_renumbered(finding, self._line(piece, finding.where), lambda number: number + piece.members_before), excerpt)
        if finding.rule_id in SAID_BY_ALL:
            self._said.setdefault(finding.rule_id, []).append(found)
            return
        if _number(finding.where.path) is None:
            # The beginning and the end are those of every piece, and at fault once.
            key = finding.rule_id, finding.where.path, finding.expected, finding.found
            if key in self._outside:
                return
            self._outside.add(key)
        self._keep(found)

    def _keep(self, found: Found) -> None:
        of_rule = self._found.setdefault(found.finding.rule_id, [])
        if len(of_rule) < MOST_FINDINGS:
            of_rule.append(found)
        else:
            self._more[found.finding.rule_id] = self._more.get(found.finding.rule_id, 0) + 1

    def _line(self, piece: Piece, where: Where) -> int:
        """The line of a place in the whole file."""
        line = where.line
        if _number(where.path) is not None or self._head_lines < line <= self._head_lines + piece.own_lines or piece.is_last:
            return line + piece.lines_before if line >= self._head_lines else line
        # In the end of the message: how many lines stand before that nobody knows yet.
        return line if line <= self._head_lines else 0


def _number(path: str) -> int | None:
    """Which MeterReading a path leads into, from 1; None for any other."""
    found = _IN_MEMBER.search(path)
    return int(found[1] or 1) if found else None


def _renumbered(finding: Finding, line: int, number: Callable[[int], int]) -> Finding:
    """The finding with its MeterReading counted from the beginning of the file, also where its text names another one."""
    path = _IN_MEMBER.sub(lambda found: f"[{number(int(found[1] or 1))}]", finding.where.path)
    told = finding.found
    if _number(finding.where.path) is not None:
        told = _NAMED.sub(lambda found: f"MeterReading[{number(int(found[1]))}]", told)
    return replace(finding, where=Where(path, line), found=told)
