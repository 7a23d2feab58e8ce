"""CF-07: an agreement begins before it ends."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

SPANS: Final = ("validityInterval", "activityInterval")


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A span of validity that does not start before it ends."""
    for each in view.objects:
        for part in each.below():
            if part.kind not in SPANS or not {"start", "end"} <= part.fields.keys():
                continue
            start, end = moment(part.fields["start"].text), moment(part.fields["end"].text)
            if start is not None and end is not None and start.at >= end.at:
                found = f"start {part.fields['start'].text!r}, end {part.fields['end'].text!r} of {each.kind} {each.name!r}"
                yield Breach(part.where, found)


_CONFIG = (
    "<CustomerAgreementConfig><CustomerAgreement><mRID>G-1</mRID><Customer><mRID>C-1</mRID></Customer>"
    "<CustomerAccount><mRID>A-1</mRID></CustomerAccount><validityInterval><end>{}-03-01T00:00:00Z</end>"
    "<start>2026-03-01T00:00:00Z</start></validityInterval></CustomerAgreement></CustomerAgreementConfig>"
)

RULE = Rule(
    id="CF-07",
    requires="a span of validity to start before it ends",
    source="IEC 61968-9, CustomerAgreement.validityInterval; CashierShift.activityInterval",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format(2027),),
    fails=(_CONFIG.format(2025), _CONFIG.format(2026)),
    why="The customer is supplied under no agreement, at the price of the default.",
    mend="Write the earlier moment as start; leave end out where it is open.",
)
