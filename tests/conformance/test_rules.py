"""Every rule, by the examples that it carries."""

from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules

import pytest

import conformance.rules
from ami.findings import Finding, Severity
from conformance import example
from conformance.catalogue import ABOUT_DATA, DEMANDS, FAMILIES, RULES, as_markdown
from conformance.judge import Judge
from conformance.rule import Rule

PASSES = [pytest.param(rule, text, id=f"{rule.id}-{place}") for rule in RULES for place, text in enumerate(rule.passes, 1)]
FAILS = [pytest.param(rule, text, id=f"{rule.id}-{place}") for rule in RULES for place, text in enumerate(rule.fails, 1)]
DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


def found(judge: Judge, text: str) -> list[Finding]:
    """All that the judge finds in an example, message by message and as a conversation."""
    judgements = [judge.message(capture) for capture in example.captures(text)]
    alone = chain.from_iterable(judgement.findings for judgement in judgements)
    return [*alone, *(finding for _, finding in judge.conversation(judgements))]


@pytest.mark.parametrize(("rule", "text"), FAILS)
def test_rule_fires_on_what_fails(judge: Judge, rule: Rule, text: str) -> None:
    """Each failing example is found by its own rule, with a path from the root."""
    mine = [finding for finding in found(judge, text) if finding.rule_id == rule.id]

    assert mine
    assert all(finding.severity is rule.severity and finding.where.path.startswith("/Envelope/Body/") for finding in mine)


@pytest.mark.parametrize(("rule", "text"), PASSES)
def test_no_rule_fires_on_what_passes(judge: Judge, rule: Rule, text: str) -> None:  # noqa: ARG001 - names the rule in the test's id
    """Each passing example is a message that nothing at all is wrong with."""
    assert [str(finding) for finding in found(judge, text)] == []


def test_catalogue_holds_every_rule_file() -> None:
    """A rule that is not in the catalogue would never be asked."""
    in_folder = {import_module(f"conformance.rules.{module.name}").RULE.id for module in iter_modules(conformance.rules.__path__)}

    assert in_folder == {rule.id for rule in RULES}
    assert len(RULES) == len(list(iter_modules(conformance.rules.__path__)))


def test_ids_are_unique() -> None:
    """One id, one demand, layers included."""
    ids = [rule.id for rule in RULES] + [demand.id for demand in DEMANDS]

    assert len(ids) == len(set(ids))


def test_family_holds_its_own_ids_in_order() -> None:
    """A rule is found where its id says, and one prefix belongs to one family."""
    assert len({family.prefix for family in FAMILIES}) == len(FAMILIES)
    for family in FAMILIES:
        ids = [asked.id for asked in family.asked]
        assert ids == sorted(ids)
        assert {identifier.partition("-")[0] for identifier in ids} == {family.prefix}


def test_every_rule_names_its_source_and_explains_itself() -> None:
    """A finding that cannot be looked up or mended helps nobody."""
    for rule in RULES:
        assert rule.passes
        assert rule.fails
        assert rule.source
        assert rule.why.endswith(".")
        assert rule.mend.endswith(".")
        assert rule.check.__doc__
        assert str(import_module(rule.check.__module__).__doc__).startswith(f"{rule.id}: ")


def test_rules_about_data_are_rules() -> None:
    """The rules that a disturbed meter breaks are named by ids that exist, and all of them are errors."""
    assert {rule.severity for rule in RULES if rule.id in ABOUT_DATA} == {Severity.ERROR}
    assert {rule.id for rule in RULES} >= ABOUT_DATA


def test_docs_page_is_current() -> None:
    """docs/rules.md is what the catalogue says."""
    assert DOCS.read_text("utf-8") == as_markdown()
