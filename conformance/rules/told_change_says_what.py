"""HE-15: news without content is no news."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.messages import Kind
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView

CARRYING: Final = ("create", "change", "created", "changed")


def check(header: HeaderView) -> Iterator[Breach]:
    """A message that creates or changes something, or says that this was done, and carries nothing."""
    if header.verb in CARRYING and header.wrapping.kind is not Kind.RESPONSE and not header.carries:
        yield header.breach("Verb", f"{header.verb!r} without a Payload")


_EMPTY = "<capture dialect='generic'><root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun><nothing/></capture>"

RULE = Rule(
    id="HE-15",
    requires="a payload wherever something is created or changed",
    source="IEC 61968-100, message organization (Payload)",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=("<Verb>created</Verb>",),
    fails=(_EMPTY,),
    why="The delivery counts as made, and not one reading arrived.",
    mend="Put what was created or changed into Payload.",
)
