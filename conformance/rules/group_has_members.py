"""CF-08: a group of nobody is told everything, and nobody hears it."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

MEMBERS: Final = {"EndDeviceGroup": "EndDevices", "UsagePointGroup": "UsagePoints"}
NOUNS: Final = frozenset({"EndDeviceGroups", "UsagePointGroups"})
"""Elsewhere, as in EndDeviceFirmware, a group is named and not described."""


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A new group without members."""
    for each in view.objects if view.is_new and view.noun in NOUNS else ():
        members = MEMBERS.get(each.kind)
        if members is not None and next(each.of_kind(members), None) is None:
            yield Breach(each.where, f"{each.kind} {each.name!r} without {members}")


_WITH = "<EndDeviceGroups><EndDeviceGroup><mRID>GR-1</mRID><type>street</type>{}</EndDeviceGroup></EndDeviceGroups>"

RULE = Rule(
    id="CF-08",
    requires="a new group to have members",
    source="IEC 61968-9, EndDeviceGroups and UsagePointGroups",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_WITH.format("<EndDevices><mRID>M-1</mRID></EndDevices>"),),
    fails=(_WITH.format(""),),
    why="The load of a street is to be shed, and nothing happens.",
    mend="Name the members of the group, each by its mRID.",
)
