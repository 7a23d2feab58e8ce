"""The findings of a scenario as a reader takes them in: alike ones together, each with the piece of the message that it is about."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ami.findings import Severity
from reports.lines import Message, RecordedFinding
from reports.site.folding import Row, dump, fold
from reports.site.marking import Elements, Spot, spots

CONTEXT = 4
"""Rows shown above and below a marked one."""

SHOWN = 3
"""How many of alike findings show their piece of the message."""

LISTED = 30
"""How many of alike findings are listed at all; the record has the others."""

MOST_TEXT = 1_000_000
"""Characters of one message that the page holds; the record has the whole of it."""

MOST_BYTES = 4096
LONGEST_ROW = 600
SIDE = LONGEST_ROW // 3

WEIGHT = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """A row of an excerpt, cut in three around what is marked in it; one without a label stands for rows that are left out."""

    label: str
    depth: int
    text: str
    spot: str = ""
    behind: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its piece of the message; no excerpt where it is about a message that is missing, or as a whole.

    not_judged: what of the message nobody could judge.
    """

    finding: RecordedFinding
    excerpt: tuple[ExcerptRow, ...]
    not_judged: str | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """Findings of one rule on one wire."""

    first: RecordedFinding
    number: int
    shown: tuple[Shown, ...]
    others: tuple[RecordedFinding, ...]
    unlisted: int


class Readable:
    """A message ready to be read: its rows, and which of them each finding is about."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._text = message.body

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of its first million characters, or of its first bytes where it is no text."""
        return dump(self.message.content, MOST_BYTES) if self._text is None else fold(self._text[:MOST_TEXT])

    @cached_property
    def _elements(self) -> Elements:
        return Elements((self._text or "")[:MOST_TEXT])

    @property
    def left_out(self) -> int:
        """How many characters or bytes the rows do not show."""
        if self._text is None:
            return max(len(self.message.content) - MOST_BYTES, 0)
        return max(len(self._text) - MOST_TEXT, 0)

    @property
    def bytes_in_base64(self) -> str | None:
        """Bytes that are no text, as far as a page can hand them out again; of a text, its rows joined are the bytes."""
        return b64encode(self.message.content[:MOST_TEXT]).decode() if self._text is None else None

    def spots(self, finding: RecordedFinding) -> list[Spot]:
        """What to mark for `finding`."""
        return spots(self.rows, self._elements, finding) if self._text is not None else []


def alike(findings: Sequence[RecordedFinding], readable: dict[int, Readable]) -> tuple[Alike, ...]:
    """Put `findings` together by rule and wire, the gravest first."""
    groups: dict[tuple[str, ...], list[RecordedFinding]] = {}
    for finding in sorted(findings, key=lambda each: WEIGHT[each.severity]):
        groups.setdefault((finding.severity, finding.rule, finding.wire, finding.party, finding.expected), []).append(finding)
    return tuple(
        Alike(
            first=group[0],
            number=len(group),
            shown=tuple(_shown(finding, readable) for finding in group[:SHOWN]),
            others=tuple(group[SHOWN:LISTED]),
            unlisted=max(len(group) - LISTED, 0),
        )
        for group in groups.values()
    )


def _shown(finding: RecordedFinding, readable: dict[int, Readable]) -> Shown:
    held = readable.get(finding.message) if finding.message is not None else None
    return Shown(finding, _excerpt(finding, readable), held.message.not_judged if held is not None else None)


def _excerpt(finding: RecordedFinding, readable: dict[int, Readable]) -> tuple[ExcerptRow, ...]:
    message = readable.get(finding.message) if finding.message is not None else None
    if message is None:
        return ()
    marked = {spot.row: spot for spot in message.spots(finding)}
    if not marked:
        return ()
    first = min(marked)
    around = range(max(first - CONTEXT, 0), min(first + CONTEXT + 1, len(message.rows)))
    outermost = min(message.rows[place].depth for place in around)
    shown = [_excerpt_row(message.rows[place], outermost, marked.get(place)) for place in around]
    above, below = around.start, len(message.rows) - around.stop
    if above:
        shown.insert(0, ExcerptRow("", 0, f"{above} rows above"))
    if below:
        shown.append(ExcerptRow("", 0, f"{below} rows below"))
    return tuple(shown)


def _excerpt_row(row: Row, outermost: int, spot: Spot | None) -> ExcerptRow:
    begin, end = (spot.begin, spot.end) if spot is not None else (0, 0)
    text, marked, behind = row.text[:begin], row.text[begin:end], row.text[end:]
    if len(row.text) > LONGEST_ROW:
        text = f"…{text[-SIDE:]}" if len(text) > SIDE else text
        marked, behind = _cut(marked), _cut(behind)
    return ExcerptRow(row.label, row.depth - outermost, text, marked, behind, spot is not None)


def _cut(text: str) -> str:
    return text if len(text) <= SIDE else f"{text[:SIDE]} … ({len(text) - SIDE} characters more)"
