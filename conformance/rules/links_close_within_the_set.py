"""CF-05: in a message that brings everything, what is pointed to is there."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import KIND_OF, SAME_KIND, ConfigurationView


def check(view: ConfigurationView) -> Iterator[Breach]:
    """In a CustomerMeterDataSet, a pointer to an object that is not among those of its kind."""
    if view.noun != "CustomerMeterDataSet":
        return
    known: dict[str, set[str]] = {}
    for each in view.objects:
        for kind in SAME_KIND.get(each.kind, (each.kind,)):
            known.setdefault(kind, set()).add(each.name)
    for each in view.objects:
        for pointer in each.points_to():
            kind = KIND_OF[pointer.kind]
            if pointer.name and kind in known and pointer.name not in known[kind]:
                yield Breach(pointer.where, f"{each.kind} {each.name!r} points to {kind} {pointer.name!r}, which is not in the message")


_SET = (
    "<CustomerMeterDataSet><Customer><mRID>C-1</mRID></Customer><CustomerAccount><mRID>A-1</mRID><Customer><mRID>{}</mRID></Customer>"
    "</CustomerAccount><CustomerAgreement><mRID>G-1</mRID><Customer><mRID>C-1</mRID></Customer>"
    "<CustomerAccount><mRID>{}</mRID></CustomerAccount></CustomerAgreement></CustomerMeterDataSet>"
)

RULE = Rule(
    id="CF-05",
    requires="the links of a CustomerMeterDataSet to close: usage point, meter, agreement, account, customer",
    source="IEC 61968-9, CustomerMeterDataSet; associations of CIM Customers and Metering",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_SET.format("C-1", "A-1"),),
    fails=(_SET.format("C-2", "A-1"), _SET.format("C-1", "A-11")),
    why="The new tenant has an agreement whose account does not exist, and gets no bill.",
    mend="Send every object that another one points to, under the same mRID.",
)
