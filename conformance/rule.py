"""A rule: one thing that IEC 61968-9 or -100 asks of messages, with messages that show it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from ami.findings import Finding, Severity, Where

MOST_FINDINGS: Final = 20
"""Of one requirement in one message; those beyond are counted, since the twenty-first says nothing new."""

MOST_COUNTED: Final = 100_000

MOST_SIGNS: Final = 2000
"""Of what was found in one place: a text of megabytes would be told twenty times by each rule, in every form of output."""


class Breach(NamedTuple):
    """One place where a rule does not hold. message: its index, where a rule works on a conversation."""

    where: Where
    found: str
    message: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """What a layer below the rules asks of bytes, XML, SOAP or schema; it is checked where the layer reads.

    requires: completes "expected …". source: the clause that asks. why: what it means to somebody who sends bills. mend: what
    the sender has to change. passes, fails: whole documents, as `conformance.example.document` completes them.
    """

    id: str
    requires: str
    source: str
    severity: Severity
    why: str
    mend: str
    passes: tuple[str, ...]
    fails: tuple[str, ...]

    def finding(self, where: Where, found: str, expected: str | None = None) -> Finding:
        """The finding that this demand is not met. expected: where it can be said more exactly than `requires` does."""
        return Finding(self.id, self.severity, where, expected or self.requires, _cut(found))


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement on one view of a message.

    requires: completes "expected …". source: the clause that asks. works_on: the view that `check` takes. check: yields the
    breaches. passes, fails: examples as `conformance.example` completes them; each of `fails` is one edit away from a message
    that passes. why: what a breach costs, for somebody who sends bills. mend: what the sender has to change. is_owed: whether it asks
    for an answer; one that is missing is told at what was asked, and is the fault of whom that went to.
    """

    id: str
    requires: str
    source: str
    severity: Severity
    works_on: type
    check: Callable[[Any], Iterator[Breach]]
    passes: tuple[str, ...]
    fails: tuple[str, ...]
    why: str
    mend: str
    is_owed: bool = False

    def findings(self, view: object) -> Iterator[tuple[int, Finding]]:
        """What the rule finds in a view, each with the index of its message, at most MOST_FINDINGS for each message."""
        counts: dict[int, int] = {}
        for breach in islice(self.check(view), MOST_COUNTED):
            counts[breach.message] = count = counts.get(breach.message, 0) + 1
            if count <= MOST_FINDINGS:
                yield breach.message, Finding(self.id, self.severity, breach.where, self.requires, _cut(breach.found))
        for message, count in counts.items():
            if count > MOST_FINDINGS:
                yield message, self._rest(count - MOST_FINDINGS)

    def _rest(self, more: int) -> Finding:
        return Finding(self.id, self.severity, Where("/", 0), self.requires, f"the same in {more:,} more places")


def _cut(found: str) -> str:
    return found if len(found) <= MOST_SIGNS else f"{found[:MOST_SIGNS]}… ({len(found):,} signs)"


def in_line_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as a reader meets them: by line; those about the whole message come last."""
    return tuple(sorted(findings, key=lambda finding: (finding.where.line == 0, finding.where.line)))
