"""CF-03: who points to an object says to which."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView


def check(view: ConfigurationView) -> Iterator[Breach]:
    """An element that should point to an object and has nothing in it by which the object is found."""
    for each in view.objects:
        for pointer in each.points_to():
            is_described = pointer.parts or any(field.text for field in pointer.fields.values())
            if not pointer.name and not is_described:
                yield Breach(pointer.where, f"{pointer.kind} of {each.kind} {each.name!r} without mRID or name")


_CONFIG = (
    "<CustomerAgreementConfig><CustomerAgreement><mRID>G-1</mRID><Customer><mRID>C-1</mRID></Customer>"
    "<CustomerAccount>{}</CustomerAccount></CustomerAgreement></CustomerAgreementConfig>"
)

RULE = Rule(
    id="CF-03",
    requires="what points to an object to carry its mRID or a name",
    source="IEC 61968-9, configuration messages; associations by mRID or Names",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_CONFIG.format("<mRID>A-1</mRID>"),),
    fails=(_CONFIG.format(""), _CONFIG.format("<mRID> </mRID>")),
    why="The agreement belongs to some account, and nobody can say to which.",
    mend="Write the mRID or the name of the object that is meant, or leave the element out.",
)
