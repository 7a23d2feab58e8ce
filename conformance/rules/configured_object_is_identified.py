"""CF-01: what is configured needs a name by which it is found again."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

UNNAMED: Final = frozenset({"ServiceCategory", "ReadingType"})
"""Objects that are known by their kind or their own fields."""


def check(view: ConfigurationView) -> Iterator[Breach]:
    """An object with neither an mRID nor a name nor a serial number."""
    for each in view.objects:
        if not each.name and "serialNumber" not in each.fields and each.kind not in UNNAMED:
            yield Breach(each.where, f"a {each.kind} without mRID or name")


_CONFIG = "<UsagePointConfig><UsagePoint>{}<isSdp>true</isSdp></UsagePoint></UsagePointConfig>"

RULE = Rule(
    id="CF-01",
    requires="every configured object to have an mRID or a name",
    source="IEC 61968-9, configuration messages; IdentifiedObject.mRID and Names",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format("<mRID>UP-1</mRID>"),),
    fails=(_CONFIG.format(""), _CONFIG.format("<mRID/>")),
    why="The flat is in the system twice: once without a bill, and once without a meter.",
    mend="Write the mRID or the name of each object.",
)
