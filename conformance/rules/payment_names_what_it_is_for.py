"""CF-14: money is paid for something."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

OBJECTS: Final = ("AuxiliaryAccount", "CustomerAccount", "Meter")
REFERENCES: Final = ("diverseReference", "donorReference", "receiverReference", "reversedId")


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A transaction that names neither a meter nor an account nor any other reference."""
    for each in view.objects:
        if (
            each.kind == "Transaction"
            and next(each.of_kind(*OBJECTS), None) is None
            and not any(name in each.fields for name in REFERENCES)
        ):
            yield Breach(each.where, f"transaction {each.name!r} for nothing")


_TRANSACTION = (
    "<TransactionRecord><Transaction><mRID>X-1</mRID><kind>accountPayment</kind>{}"
    "<line><amount>18.40</amount><dateTime>2026-03-01T00:30:00Z</dateTime></line></Transaction></TransactionRecord>"
)

RULE = Rule(
    id="CF-14",
    requires="a transaction to name the meter or the account that it is for",
    source="IEC 61968-9, TransactionRecord; Transaction.CustomerAccount and Meter",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_TRANSACTION.format("<CustomerAccount><mRID>A-1</mRID></CustomerAccount>"),),
    fails=(_TRANSACTION.format(""),),
    why="The customer has paid and is reminded all the same.",
    mend="Point from the transaction to the account or the meter.",
)
