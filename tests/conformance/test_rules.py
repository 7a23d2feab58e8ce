"""Every rule, by the examples that it carries."""

from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules

import pytest

import conformance.rules
from ami.findings import Finding, Severity
from conformance import example
from conformance.capture import Capture
from conformance.catalogue import ABOUT_DATA, DEMANDS, EVERYTHING, FAMILIES, RULES
from conformance.clauses import clauses, coverage
from conformance.inputs import archive, content
from conformance.judge import Judge
from conformance.rule import Demand, Rule
from conformance.rules_page import as_markdown

PASSES = [pytest.param(rule, text, id=f"{rule.id}-{place}") for rule in RULES for place, text in enumerate(rule.passes, 1)]
DEMANDS_PASS = [pytest.param(each, text, id=f"{each.id}-{place}") for each in DEMANDS for place, text in enumerate(each.passes, 1)]
DEMANDS_FAIL = [pytest.param(each, text, id=f"{each.id}-{place}") for each in DEMANDS for place, text in enumerate(each.fails, 1)]
FAILS = [pytest.param(rule, text, id=f"{rule.id}-{place}") for rule in RULES for place, text in enumerate(rule.fails, 1)]
PATHS = {"SO": "/", "HT": "/", "WA": "/Envelope/Header", "WS": "/Envelope", "CV": "/Envelope", "WD": "/definitions"}
"""Where the findings of families lie that ask about what stands around a message."""
DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


def found(judge: Judge, text: str) -> list[Finding]:
    """All that the judge finds in an example, message by message and as a conversation."""
    spoken = example.dialect_of(text)
    judge = judge if spoken == example.DIALECT else Judge(spoken)
    judgements = [judge.message(capture) for capture in example.captures(text)]
    alone = chain.from_iterable(judgement.findings for judgement in judgements)
    return [*alone, *(finding for _, finding in judge.conversation(judgements))]


@pytest.mark.parametrize(("rule", "text"), FAILS)
def test_rule_fires_on_what_fails(judge: Judge, rule: Rule, text: str) -> None:
    """Each failing example is found by its own rule, with a path from the root."""
    mine = [finding for finding in found(judge, text) if finding.rule_id == rule.id]

    assert mine
    assert all(finding.severity is rule.severity for finding in mine)
    assert all(finding.where.path.startswith(PATHS.get(rule.id.partition("-")[0], "/Envelope/Body/")) for finding in mine)


@pytest.mark.parametrize(("rule", "text"), PASSES)
def test_no_rule_fires_on_what_passes(judge: Judge, rule: Rule, text: str) -> None:  # noqa: ARG001 - names the rule in the test's id
    """Each passing example is a message that nothing at all is wrong with."""
    assert [str(finding) for finding in found(judge, text)] == []


def found_in_document(judge: Judge, demand: Demand, text: str) -> list[Finding]:
    """All that is found in the document of a layer's example; files are opened first."""
    raw = example.document(text)
    if not demand.id.startswith("IN-"):
        return list((Judge("generic") if "compressed" in text else judge).message(Capture(raw)).findings)
    opened = archive.unpacked("a.zip", raw) if archive.is_archive(raw) else content.entries("a.xml", raw)
    return [entry.refused for entry in opened if entry.refused is not None]


@pytest.mark.parametrize(("demand", "text"), DEMANDS_FAIL)
def test_demand_is_made_of_what_fails(judge: Judge, demand: Demand, text: str) -> None:
    """Each failing document is found by the demand that shows it."""
    assert demand.id in [finding.rule_id for finding in found_in_document(judge, demand, text)]


@pytest.mark.parametrize(("demand", "text"), DEMANDS_PASS)
def test_nothing_is_found_in_what_meets_a_demand(judge: Judge, demand: Demand, text: str) -> None:
    """Each passing document is one that nothing at all is wrong with."""
    assert [str(finding) for finding in found_in_document(judge, demand, text)] == []


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
    for asked in EVERYTHING:
        assert asked.passes, asked.id
        assert asked.fails, asked.id
        assert asked.requires, asked.id
        assert asked.source, asked.id
        assert asked.why.endswith("."), asked.id
        assert asked.mend.endswith("."), asked.id
    for rule in RULES:
        assert rule.check.__doc__
        assert str(import_module(rule.check.__module__).__doc__).startswith(f"{rule.id}: ")


def test_rules_about_data_are_rules() -> None:
    """The rules that a disturbed meter breaks are named by ids that exist, and all of them are errors."""
    assert {rule.severity for rule in RULES if rule.id in ABOUT_DATA} == {Severity.ERROR}
    assert {rule.id for rule in RULES} >= ABOUT_DATA


def test_every_rule_tests_a_clause() -> None:
    """conformance/clauses.csv has a row for each id: write one for a new rule."""
    tested = {identifier for clause in clauses() for identifier in clause.tested_by}

    assert {asked.id for asked in EVERYTHING} - tested == set()


def test_every_clause_is_tested_or_says_why_not() -> None:
    """By ids that exist, or with a reason, and never both; each requirement stands once."""
    ids = {asked.id for asked in EVERYTHING}
    known = clauses()

    assert [clause for clause in known if not all(clause[:3]) or bool(clause.tested_by) == bool(clause.reason)] == []
    assert {identifier for clause in known for identifier in clause.tested_by} - ids == set()
    assert len({clause[:3] for clause in known}) == len(known)


def test_coverage_counts_what_is_tested() -> None:
    """Standard by standard, and no standard is left out."""
    known = clauses()
    rows = coverage(known)

    assert sum(row.known for row in rows) == len(known)
    assert sum(row.tested for row in rows) == sum(bool(clause.tested_by) for clause in known)
    assert all(row.tested for row in rows if row.standard.startswith("IEC"))


def test_docs_page_is_current() -> None:
    """docs/rules.md is what the catalogue says."""
    assert DOCS.read_text("utf-8") == as_markdown()
