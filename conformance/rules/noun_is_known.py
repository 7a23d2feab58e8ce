"""HE-18: a noun that the standard does not have is a private agreement."""

from collections.abc import Iterator

from ami import names
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A Noun that the dialect does not list; where the root element names the noun, it is known already."""
    noun, spoken = header.noun, header.wrapping.dialect
    if noun is not None and header.wrapping.noun is None and noun not in (*spoken.nouns, names.OPERATION_SET):
        yield header.breach("Noun")


RULE = Rule(
    id="HE-18",
    requires="a Noun of IEC 61968-9",
    source="IEC 61968-9, nouns; IEC 61968-100, Header.Noun",
    severity=Severity.WARNING,
    works_on=HeaderView,
    check=check,
    passes=("<capture dialect='generic'><Noun>MeterReadings</Noun></capture>",),
    fails=("<capture dialect='generic'><Noun>MeterReading</Noun></capture>",),
    why="Another product has no service for it, and the message is refused.",
    mend="Write the noun as the standard spells it.",
)
