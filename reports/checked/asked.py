"""What the judge asks, by id, with what a reader of a finding wants to know of it."""

from typing import Final

from conformance.catalogue import EVERYTHING
from conformance.rule import Demand, Rule
from reports.sarif import Broken


def broken(rule_id: str) -> Broken:
    """The rule of that id."""
    return _BY_ID[rule_id]


def everything() -> tuple[Broken, ...]:
    """All rules, in the order of the catalogue."""
    return tuple(_BY_ID.values())


def _described(asked: Demand | Rule) -> Broken:
    return Broken(asked.id, asked.requires, asked.why, asked.mend, asked.source, asked.severity)


_BY_ID: Final = {asked.id: _described(asked) for asked in EVERYTHING}
