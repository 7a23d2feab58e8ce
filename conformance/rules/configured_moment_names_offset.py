"""CF-06: from when on something holds must be the same moment for everybody."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A moment anywhere in the configuration without an offset from UTC."""
    for each in view.objects:
        for part in each.below():
            for field in part.fields.values():
                if "T" in field.text:
                    read = moment(field.text)
                    if read is not None and not read.has_offset:
                        yield Breach(field.where, repr(field.text))


_CONFIG = (
    "<UsagePointConfig><UsagePoint><mRID>UP-1</mRID><ConfigurationEvents><effectiveDateTime>{}</effectiveDateTime>"
    "</ConfigurationEvents></UsagePoint></UsagePointConfig>"
)

RULE = Rule(
    id="CF-06",
    requires="every moment of a configuration to name its offset from UTC",
    source="IEC 61968-9, ConfigurationEvent.effectiveDateTime and other moments (xs:dateTime)",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format("2026-03-01T00:00:00Z"),),
    fails=(_CONFIG.format("2026-03-01T00:00:00"),),
    why="The last hour of one tenant is billed to the next.",
    mend="Write the moment in UTC with Z, or with its offset.",
)
