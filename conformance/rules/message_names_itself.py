"""HE-01: a message without an id of its own cannot be answered, traced or told from its repetition."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A header without a MessageID."""
    if header.message_id is None:
        yield header.breach("MessageID")


RULE = Rule(
    id="HE-01",
    requires="every message to carry a MessageID",
    source="IEC 61968-100, Header.MessageID",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=("<MessageID>5f0c</MessageID>",),
    fails=("<MessageID/>", "<Header><Verb>created</Verb><Noun>MeterReadings</Noun><Timestamp>2026-03-01T01:00:10Z</Timestamp></Header>"),
    why="If a delivery gets lost, nobody can ask for it by name, and a delivery made twice looks like two.",
    mend="Give each message a new MessageID, for instance a UUID.",
)
