"""Mutations of sound messages: what is broken is found, nothing else is, and a broken rule is noticed."""

from dataclasses import replace

import pytest

from conformance.catalogue import EVERYTHING, RULES_BY_VIEW
from conformance.rule import Breach
from conformance.views.readings import ReadingColumns
from tests.conformance.mutation.mutation import KINDS
from tests.conformance.mutation.oracle.everything import MUTATIONS
from tests.conformance.mutation.out_of_reach import OUT_OF_REACH
from tests.conformance.mutation.run import run

SEED = "2026"
EACH = 2


def test_what_is_broken_is_found_and_nothing_else() -> None:
    """Each mutation of the oracle twice, at random places; nothing is found before it is made."""
    result = run(MUTATIONS, len(MUTATIONS) * EACH, SEED)

    assert result.alarms == []
    assert result.unmade == []
    assert [str(wrong) for wrong in result.wrong] == []


def test_all_kinds_of_mutation_are_made() -> None:
    """Each by more than a few rows; no row stands twice."""
    kinds = [mutation.kind for mutation in MUTATIONS]

    assert set(kinds) == set(KINDS)
    assert all(kinds.count(kind) >= 3 for kind in KINDS)
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)
    assert all((mutation.kind == "neutral") == (not mutation.must) for mutation in MUTATIONS)


def test_rule_that_is_struck_out_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that no longer asks MR-06 overlooks intervals that were left out."""
    left = tuple(rule for rule in RULES_BY_VIEW[ReadingColumns] if rule.id != "MR-06")
    monkeypatch.setitem(RULES_BY_VIEW, ReadingColumns, left)
    gaps = [mutation for mutation in MUTATIONS if mutation.must == "MR-06"]

    result = run(gaps, 3 * len(gaps), SEED)

    assert {missed for wrong in result.wrong for missed in wrong.missed} == {"MR-06"}


def test_rule_that_fires_on_everything_is_a_false_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that finds fault with every message is told so, before anything is mutated."""
    asked = next(rule for rule in RULES_BY_VIEW[ReadingColumns] if rule.id == "MR-06")
    always = replace(asked, check=lambda readings: iter([Breach(readings.where_member(0), "a message")]))
    monkeypatch.setitem(RULES_BY_VIEW, ReadingColumns, (always,))
    gaps = [mutation for mutation in MUTATIONS if mutation.must == "MR-06"]

    assert run(gaps, 1, SEED).alarms


def test_demand_is_hit_or_out_of_reach() -> None:
    """Every demand is broken by some mutation, or listed with the reason why none can."""
    hit = {identifier for mutation in MUTATIONS for identifier in mutation.must.replace("|", " ").split()}
    known = {asked.id for asked in EVERYTHING}

    assert hit <= known
    assert known - hit == set(OUT_OF_REACH)
