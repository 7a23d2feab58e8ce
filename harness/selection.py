"""Which scenarios there are, and which of them a run takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from cucumber_tag_expressions import TagExpressionError
from cucumber_tag_expressions import parse as parse_tags
from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry

from ami.errors import ConfigurationError
from harness.options import PHASES, Options


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario, or one row of an outline. `id` never changes while its feature, name and row stay."""

    id: str
    phase: str
    feature: str
    feature_file: str
    description: str
    rule: str | None
    name: str
    line: int
    tags: tuple[str, ...]
    row: dict[str, str] | None


def of_item(item: pytest.Item, features: Path) -> Scenario | None:
    """The scenario that a collected item runs; None where the item is no scenario."""
    function = getattr(item, "obj", None)
    template = scenario_wrapper_template_registry.get(function) if function is not None else None
    return _described(item, template, features) if template is not None else None


def _described(item: pytest.Item, template: ScenarioTemplate, features: Path) -> Scenario:
    callspec = getattr(item, "callspec", None)
    row: dict[str, str] | None = dict(callspec.params["_pytest_bdd_example"]) if callspec is not None else None
    file = Path(template.feature.filename).relative_to(features)
    phase = file.parts[0]
    name = template.name
    for key, value in (row or {}).items():
        name = name.replace(f"<{key}>", value)
    number = f"[{callspec.indices['_pytest_bdd_example'] + 1}]" if callspec is not None else ""
    rule_tags = template.rule.tags if template.rule else set()
    return Scenario(
        id=f"{phase}/{file.stem}::{template.name}{number}",
        phase=phase,
        feature=template.feature.name,
        feature_file=str(Path("features") / file),
        description=template.feature.description,
        rule=template.rule.name if template.rule else None,
        name=name,
        line=template.line_number,
        tags=tuple(sorted({phase, *template.tags, *template.feature.tags, *rule_tags})),
        row=row,
    )


def is_chosen(scenario: Scenario, options: Options) -> bool:
    """Whether the run takes the scenario. Raises ConfigurationError for a tag expression that is none."""
    if options.phases and scenario.phase not in options.phases:
        return False
    wanted = options.scenario.lower()
    if wanted and wanted not in scenario.id.lower() and wanted not in scenario.name.lower():
        return False
    try:
        return not options.tags or bool(parse_tags(options.tags).evaluate([f"@{tag}" for tag in scenario.tags]))
    except TagExpressionError as error:
        said = _in_one_line(error)
        raise ConfigurationError(f"{options.tags!r} is no tag expression: {said}; write '@process:billing and @risk:high'") from None


def written(features: Path) -> dict[str, int]:
    """How many scenarios (outline rows counted singly) each feature file has, counted by the official Gherkin parser.

    Raises ConfigurationError where a file is no Gherkin.
    """
    return {str(Path("features") / file.relative_to(features)): _count(file) for file in sorted(features.rglob("*.feature"))}


def _count(file: Path) -> int:
    try:
        document = Parser().parse(file.read_text("utf-8"))
    except CompositeParserException as error:
        raise ConfigurationError(f"{file}: is no Gherkin: {_in_one_line(error)}") from None
    return len(Compiler().compile({**document, "uri": str(file)}))


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def missing(scenarios: Iterable[Scenario], features: Path) -> Sequence[str]:
    """What stands in the feature files and was not collected, a sentence each: two scenarios of one name, for instance."""
    collected: dict[str, int] = {}
    for scenario in scenarios:
        collected[scenario.feature_file] = collected.get(scenario.feature_file, 0) + 1
    return [
        f"{file} has {count} scenarios, {collected.get(file, 0)} were collected: is a name used twice?"
        for file, count in written(features).items()
        if collected.get(file, 0) != count
    ]


def in_order(scenario: Scenario) -> tuple[int, str, int, str]:
    """The key by which scenarios run: phase by phase, file by file, as they are written."""
    place = PHASES.index(scenario.phase) if scenario.phase in PHASES else len(PHASES)
    return place, scenario.feature_file, scenario.line, scenario.id


def months_of(tags: Iterable[str]) -> int:
    """How many months a scenario lasts, as its tag `@lasts:4-months` says; none: days."""
    said = (tag.removeprefix("lasts:").partition("-")[0] for tag in tags if tag.startswith("lasts:"))
    return int(next(said, "0"))
