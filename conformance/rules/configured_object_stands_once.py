"""CF-02: an object is described once in a message."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView


def check(view: ConfigurationView) -> Iterator[Breach]:
    """An object of a kind and a name that stood before in the message."""
    seen: set[tuple[str, str]] = set()
    for each in view.objects:
        if each.name and (each.kind, each.name) in seen:
            yield Breach(each.where, f"{each.kind} {each.name!r} again")
        seen.add((each.kind, each.name))


_CONFIG = (
    "<UsagePointConfig><UsagePoint><mRID>UP-1</mRID><ratedCurrent>63</ratedCurrent></UsagePoint>"
    "<UsagePoint><mRID>{}</mRID><ratedCurrent>80</ratedCurrent></UsagePoint></UsagePointConfig>"
)

RULE = Rule(
    id="CF-02",
    requires="each configured object once in a message",
    source="IEC 61968-9, configuration messages",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format("UP-2"),),
    fails=(_CONFIG.format("UP-1"),),
    why="Which of the two descriptions holds depends on the receiver, and so does the standing charge.",
    mend="Describe each object once.",
)
