"""HE-16: a property that stands twice has two values."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """Two properties of one name."""
    seen: set[str] = set()
    for name in header.parts.get("Property/Name", ()):
        if name.text in seen:
            yield Breach(name.where, f"Property {name.text!r} again")
        seen.add(name.text)


RULE = Rule(
    id="HE-16",
    requires="every Property of a header to stand once",
    source="IEC 61968-100, Header.Property",
    severity=Severity.WARNING,
    works_on=HeaderView,
    check=check,
    passes=("<Property><Name>tenant</Name><Value>north</Value></Property><Property><Name>route</Name><Value>south</Value></Property>",),
    fails=(("<Property><Name>tenant</Name><Value>north</Value></Property><Property><Name>tenant</Name><Value>south</Value></Property>"),),
    why="One system takes the first value and the next one the last: the readings go to another tenant.",
    mend="Write each name once.",
)
