"""HE-04: root, header and payload must speak of the same thing."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A noun that the root element or the payload contradicts."""
    if header.noun is None:
        return
    rooted = header.wrapping.noun
    if rooted is not None and header.noun != rooted:
        yield header.breach("Noun", f"{header.noun!r} in a {header.root.text}")
    if header.payload is not None and header.payload.text.removeprefix("Get") != header.noun:
        yield Breach(header.payload.where, f"{header.payload.text} in a message about {header.noun}")


RULE = Rule(
    id="HE-04",
    requires="root element, Header.Noun and payload to name the same noun",
    source="IEC 61968-100, Header.Noun",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=("<Noun>MeterReadings</Noun>", "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice></GetMeterReadings>"),
    fails=("<Noun>MeterReading</Noun>", "<Noun>EndDeviceEvents</Noun>"),
    why="The message goes to the wrong desk: readings land where outages are handled.",
    mend="Write the name of the payload element, without Get, as Noun.",
)
