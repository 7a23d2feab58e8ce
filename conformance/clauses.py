"""What the standards ask, requirement by requirement: which rule tests it, or why none does."""

import csv
from collections import Counter
from importlib.resources import files
from typing import NamedTuple


class Clause(NamedTuple):
    """One requirement. tested_by: the ids of demands and rules; reason: why none tests it, empty where one does."""

    standard: str
    clause: str
    requirement: str
    tested_by: tuple[str, ...]
    reason: str


class Coverage(NamedTuple):
    """How many requirements of one standard are tested."""

    standard: str
    tested: int
    known: int


def clauses() -> tuple[Clause, ...]:
    """Every row of `clauses.csv`."""
    text = (files("conformance") / "clauses.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), strict=True)
    return tuple(Clause(row["standard"], row["clause"], row["requirement"], tuple(row["tested_by"].split()), row["reason"]) for row in rows)


def coverage(known: tuple[Clause, ...]) -> tuple[Coverage, ...]:
    """Standard by standard, in the order of the rows."""
    total = Counter(clause.standard for clause in known)
    tested = Counter(clause.standard for clause in known if clause.tested_by)
    return tuple(Coverage(standard, tested[standard], number) for standard, number in total.items())
