"""HE-03: two places say what a message wants, and they must not disagree."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A verb other than the one that the root element stands for, or, where it stands for many, one of another kind."""
    rooted, meant = header.wrapping.verb, header.wrapping.dialect.kind(header.verb or "")
    is_other = header.verb != rooted if rooted is not None else meant not in (None, header.wrapping.kind)
    if header.verb is not None and is_other:
        yield header.breach("Verb", f"{header.verb!r} in a {header.root.text}")


_EDITED = '<ReadingQualities><ReadingQualityType ref="3.7.0"/></ReadingQualities>'

RULE = Rule(
    id="HE-03",
    requires="Header.Verb to be the verb of the root element, or one that its kind of message has",
    source="IEC 61968-100, Header.Verb",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=(
        "<Verb>created</Verb>",
        "<capture dialect='generic'><Verb>created</Verb></capture>",
        "<root>ChangedMeterReadings</root><Verb>changed</Verb>" + _EDITED,
    ),
    fails=(
        "<Verb>changed</Verb>",
        "<root>ChangedMeterReadings</root><Verb>created</Verb>" + _EDITED,
        "<Reply><Result>OK</Result></Reply><Verb>get</Verb>",
        "<capture dialect='generic'><Verb>create</Verb></capture>",
    ),
    why="One receiver goes by the root and another by the verb: one corrects a reading, the other adds a second one.",
    mend="Write the verb that the root element is named for: reply in every …ResponseMessage; created, changed … in an EventMessage.",
)
