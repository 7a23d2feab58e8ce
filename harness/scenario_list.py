"""The page that lists every scenario: by phase and feature, with its business process, system and risk."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from harness.options import PHASES

KEYS = ("process", "system", "risk")
"""The tags of the form `key:value` that the page shows."""


class Listed(NamedTuple):
    """One scenario, or one row of an outline, as its feature file has it. rule: what it is an example of; empty for none."""

    name: str
    rule: str
    tags: tuple[str, ...]

    def values(self, key: str) -> str:
        """What its tags say of `key`, in words."""
        found = (tag.removeprefix(f"{key}:") for tag in self.tags if tag.startswith(f"{key}:"))
        return ", ".join(dict.fromkeys(value.replace("-", " ").replace("_", " ") for value in found))


class ListedFeature(NamedTuple):
    """One feature file. file: as its path reads within the checkout."""

    name: str
    file: str
    scenarios: tuple[Listed, ...]


def of_file(file: Path, shown: str) -> ListedFeature:
    """The scenarios in a feature file, outline rows one by one, each with the tags of its rule and feature."""
    document = Parser().parse(file.read_text("utf-8"))
    feature: dict[str, Any] = dict(document["feature"])
    rules = [child["rule"] for child in feature["children"] if "rule" in child]
    rule_of = {child["scenario"]["id"]: rule["name"] for rule in rules for child in rule["children"] if "scenario" in child}
    listed = tuple(
        Listed(
            pickle["name"].strip(), rule_of.get(pickle["astNodeIds"][0], ""), tuple(tag["name"].removeprefix("@") for tag in pickle["tags"])
        )
        for pickle in Compiler().compile({**document, "uri": shown})
    )
    return ListedFeature(feature["name"], shown, listed)


def of_phase(phase: str, features: Path) -> Sequence[ListedFeature]:
    """The features of a phase, file by file."""
    return [of_file(file, f"features/{file.relative_to(features)}") for file in sorted((features / phase).rglob("*.feature"))]


def as_markdown(features: Path, titles: Mapping[str, str]) -> str:
    """The page `docs/scenarios.md`. titles: a phase as a person calls it."""
    return "\n".join(_page({phase: of_phase(phase, features) for phase in PHASES}, titles)) + "\n"


def _page(phases: Mapping[str, Sequence[ListedFeature]], titles: Mapping[str, str]) -> Iterator[str]:
    total = sum(len(feature.scenarios) for listed in phases.values() for feature in listed)
    yield "# The scenarios"
    yield ""
    yield f"All {total}, each row of an outline counted as one. Made from the feature files by `harness.scenario_list.as_markdown`; a test"
    yield "keeps it current."
    yield ""
    yield "| phase | option | features | scenarios |"
    yield "| --- | --- | ---: | ---: |"
    for phase, listed in phases.items():
        yield f"| {titles[phase]} | `--phase {phase}` | {len(listed)} | {sum(len(feature.scenarios) for feature in listed)} |"
    for phase, listed in phases.items():
        yield ""
        yield f"## {titles[phase]}"
        for feature in listed:
            yield from _table(feature)


def _table(feature: ListedFeature) -> Iterator[str]:
    yield ""
    yield f"### [{feature.name}](../{feature.file})"
    yield ""
    yield f"| rule | scenario | {' | '.join(KEYS)} |"
    yield f"| --- | --- | {' | '.join('---' for _ in KEYS)} |"
    last = ""
    for scenario in feature.scenarios:
        rule = scenario.rule if scenario.rule != last else ""
        last = scenario.rule
        cells = (rule, scenario.name, *(scenario.values(key) or "-" for key in KEYS))
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
