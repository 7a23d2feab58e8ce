"""A family: everything that the judge asks of one part of a message, under one prefix."""

from typing import NamedTuple

from conformance.rule import Demand, Rule


class Family(NamedTuple):
    """What is asked of one part. prefix: of every id in it; title: its heading on the page of rules; asked: in the order of ids."""

    prefix: str
    title: str
    asked: tuple[Demand | Rule, ...]
