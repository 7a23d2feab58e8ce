"""CF-13: what was paid, less the change, is what the receipt says."""

from collections.abc import Iterator
from decimal import Decimal

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView, Part


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A receipt whose tenders, less their change, are not its amount, with or without its rounding."""
    for each in view.objects:
        lines, tenders = list(each.of_kind("line")), list(each.of_kind("Tenders"))
        if each.kind != "Receipt" or not lines or not tenders:
            continue
        amount, rounding = _money(lines[0], "amount"), _money(lines[0], "rounding")
        paid = sum((_money(tender, "amount") - _money(tender, "change") for tender in tenders), Decimal(0))
        if paid not in (amount, amount + rounding, amount - rounding):
            yield Breach(each.where, f"{amount} on receipt {each.name!r}, {paid} paid")


def _money(part: Part, name: str) -> Decimal:
    return (decimal(part.fields[name].text) if name in part.fields else None) or Decimal(0)


_RECEIPT = (
    "<ReceiptRecord><Receipt><mRID>R-1</mRID><line><amount>18.40</amount><dateTime>2026-03-01T00:30:00Z</dateTime></line>"
    "<Tenders><amount>20.00</amount><change>{}</change><kind>cash</kind></Tenders></Receipt></ReceiptRecord>"
)

RULE = Rule(
    id="CF-13",
    requires="the tenders of a receipt, less their change, to be its amount",
    source="IEC 61968-9, ReceiptRecord; Receipt.line and Tender.amount",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_RECEIPT.format("1.60"),),
    fails=(_RECEIPT.format("16.00"), _RECEIPT.format("0.00")),
    why="The till does not balance in the evening, or the customer was credited with too much.",
    mend="Compare the change that was given with the amounts, and book the rounding.",
)
