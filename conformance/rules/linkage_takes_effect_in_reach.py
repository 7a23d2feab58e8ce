"""LI-09: an exchange of meters takes effect about when it is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.linkage import LinkageView

BACK: Final = timedelta(days=6 * 366)
AHEAD: Final = timedelta(days=2 * 366)
"""Corrections reach back as far as bills can be contested; nobody plans a move for the year after next."""


def check(linkage: LinkageView) -> Iterator[Breach]:
    """An effectiveDateTime years away from the createdDateTime of the same event."""
    created = moment(linkage.event["createdDateTime"].text) if "createdDateTime" in linkage.event else None
    effective = linkage.effective_at
    if created is not None and effective is not None and linkage.effective is not None and not -BACK < effective - created.at < AHEAD:
        yield Breach(linkage.effective.where, f"{linkage.effective.text!r}, created {linkage.event['createdDateTime'].text!r}")


_LINKAGE = (
    "<MasterDataLinkageConfig><ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"
    "<effectiveDateTime>{}-03-01T00:00:00Z</effectiveDateTime></ConfigurationEvent><Meter><mRID>M-1</mRID></Meter>"
    "<UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
)

RULE = Rule(
    id="LI-09",
    requires="a linkage to take effect within a few years of when it was made",
    source="IEC 61968-9, ConfigurationEvent.createdDateTime and effectiveDateTime",
    severity=Severity.WARNING,
    works_on=LinkageView,
    check=check,
    passes=(_LINKAGE.format(2026), _LINKAGE.format(2025)),
    fails=(_LINKAGE.format(2062), _LINKAGE.format(1970)),
    why="Decades of bills are opened again, or the new tenant never gets one.",
    mend="Check the year, and do not send a default where the day is not known.",
)
