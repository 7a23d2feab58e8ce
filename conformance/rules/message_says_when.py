"""HE-19: a message without a time cannot be told from an old one."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A header without a Timestamp."""
    if header.text("Timestamp") is None:
        yield header.breach("Timestamp")


RULE = Rule(
    id="HE-19",
    requires="every message to say when it was made",
    source="IEC 61968-100, Header.Timestamp",
    severity=Severity.WARNING,
    works_on=HeaderView,
    check=check,
    passes=("<Timestamp>2026-03-01T01:00:10Z</Timestamp>",),
    fails=("<Header><Verb>created</Verb><Noun>MeterReadings</Noun><Source>hes</Source><MessageID>m-1</MessageID></Header>",),
    why="An old command that is carried out late cuts off somebody who has paid meanwhile.",
    mend="Write the moment of sending into Header.Timestamp.",
)
