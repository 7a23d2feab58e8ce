"""CF-18: of two names one has to be told from the other."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView


def check(view: ConfigurationView) -> Iterator[Breach]:
    """An object with several names of which one does not say its NameType."""
    for each in view.objects:
        for part in each.below():
            names, without_type = part.named
            if names > 1 and without_type:
                yield Breach(part.where, f"{without_type} of {names} names of {part.kind} {part.name!r} without NameType")


_POINT = (
    "<UsagePointConfig><UsagePoint><Names><name>UP-1</name><NameType><name>usagePoint</name></NameType></Names>"
    "<Names><name>12 Mill Lane</name>{}</Names></UsagePoint></UsagePointConfig>"
)

RULE = Rule(
    id="CF-18",
    requires="each of several names of an object to say its NameType",
    source="IEC 61968-9, Name.NameType; CIM Core",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_POINT.format("<NameType><name>address</name></NameType>"),),
    fails=(_POINT.format(""),),
    why="A receiver that takes the wrong one of two names finds another flat, or none.",
    mend="Give each name its NameType, or send one name only.",
)
