"""CF-09: who is a member is one once."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

MEMBERS: Final = {"EndDeviceGroup": "EndDevices", "UsagePointGroup": "UsagePoints"}


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A member that a group names a second time."""
    for each in view.objects:
        seen: set[str] = set()
        for member in each.of_kind(MEMBERS.get(each.kind, "")):
            if member.name and member.name in seen:
                yield Breach(member.where, f"{member.name!r} again in {each.kind} {each.name!r}")
            seen.add(member.name)


_GROUP = (
    "<EndDeviceGroups><EndDeviceGroup><mRID>GR-1</mRID><EndDevices><mRID>M-1</mRID></EndDevices>"
    "<EndDevices><mRID>{}</mRID></EndDevices></EndDeviceGroup></EndDeviceGroups>"
)

RULE = Rule(
    id="CF-09",
    requires="each member of a group once",
    source="IEC 61968-9, EndDeviceGroups and UsagePointGroups",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_GROUP.format("M-2"),),
    fails=(_GROUP.format("M-1"),),
    why="The power that the group can spare is counted twice, and missing when it is needed.",
    mend="Name each member once.",
)
