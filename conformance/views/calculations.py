"""Calculations that a receiver has to carry out on values before they are what they are said to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.views.place import children, local_name, namespace, text, where

PENDING: Final = b"PendingCalculation"


class Calculation(NamedTuple):
    """One PendingCalculation. fields: the texts of its own fields, by name."""

    fields: Mapping[str, str]
    where: Where


@dataclass(frozen=True, slots=True)
class CalculationsView:
    """Every PendingCalculation of a payload."""

    calculations: tuple[Calculation, ...]


def calculations_view(payload: etree._Element) -> CalculationsView | None:
    """The view of a payload; None where nothing in it is left to be calculated."""
    found = payload.iter(f"{{{namespace(payload)}}}PendingCalculation")
    all_of_them = tuple(Calculation({local_name(part): text(part) for part in children(each)}, where(each)) for each in found)
    return CalculationsView(all_of_them) if all_of_them else None
