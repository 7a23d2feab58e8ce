"""The scenarios as trees: by phase, business process, risk and requirement, each with what it came to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ami.outcomes import Outcome, overall
from reports import phases, tags
from reports.rule_words import KNOWN, words
from reports.site.scenes import Scene
from reports.verdict import Summary, summary


@dataclass(frozen=True, slots=True)
class Branch:
    """Scenarios that belong together. said: what a title alone does not say; scenes: their anchors."""

    title: str
    said: str
    outcome: Outcome
    summary: Summary
    scenes: tuple[str, ...]
    branches: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to see the scenarios. note: what is not covered."""

    key: str
    title: str
    branches: tuple[Branch, ...]
    note: str


def groupings(scenes: Sequence[Scene]) -> tuple[Grouping, ...]:
    """Every way."""
    requirements = tuple(_branches(scenes, _covered, _requirement_rank, said=lambda rule: words(rule).requires))
    return (
        Grouping("phases", "Phases", tuple(_phases(scenes)), ""),
        Grouping("processes", "Business processes", tuple(_by_tag(scenes, tags.PROCESS)), _untagged(scenes, tags.PROCESS)),
        Grouping("risks", "Risks", tuple(_by_tag(scenes, tags.RISK)), _untagged(scenes, tags.RISK)),
        Grouping("requirements", "Requirements", requirements, _uncovered(requirements)),
    )


def _phases(scenes: Sequence[Scene]) -> Iterator[Branch]:
    yield from _branches(scenes, lambda scene: (scene.scenario.collected.phase,), lambda phase: (phases.rank(phase), phase), phases.title)


def _by_tag(scenes: Sequence[Scene], key: str) -> Iterator[Branch]:
    yield from _branches(scenes, lambda scene: tags.values(scene.scenario.collected.tags, key), tags.rank)


def _branches(
    scenes: Sequence[Scene],
    values: Callable[[Scene], Iterable[str]],
    rank: Callable[[str], tuple[int, str]],
    title: Callable[[str], str] = str,
    said: Callable[[str], str] = lambda _: "",
) -> Iterator[Branch]:
    of_value: dict[str, list[Scene]] = {}
    for scene in scenes:
        for value in dict.fromkeys(values(scene)):
            of_value.setdefault(value, []).append(scene)
    for value in sorted(of_value, key=rank):
        chosen = of_value[value]
        features = dict.fromkeys((scene.scenario.collected.feature_file, scene.scenario.collected.feature) for scene in chosen)
        inside = tuple(
            _branch(feature, "", [scene for scene in chosen if scene.scenario.collected.feature_file == file]) for file, feature in features
        )
        yield _branch(title(value), said(value), chosen, inside)


def _branch(title: str, said: str, scenes: Sequence[Scene], inside: tuple[Branch, ...] = ()) -> Branch:
    came_to = overall(scene.outcome for scene in scenes)
    return Branch(title, said, came_to, summary(title, (each.scenario for each in scenes)), tuple(each.anchor for each in scenes), inside)


def _covered(scene: Scene) -> tuple[str, ...]:
    prefix = f"{tags.COVERS}:"
    return tuple(tag.removeprefix(prefix) for tag in scene.scenario.collected.tags if tag.startswith(prefix))


def _requirement_rank(rule: str) -> tuple[int, str]:
    return (0, rule)


def _untagged(scenes: Sequence[Scene], key: str) -> str:
    missing = sum(not tags.values(scene.scenario.collected.tags, key) for scene in scenes)
    if not missing:
        return ""
    return f"{missing} of {len(scenes)} scenarios name no {key} and stand in none of these."


def _uncovered(branches: Sequence[Branch]) -> str:
    named = {branch.title for branch in branches}
    covered = sum(rule in named for rule in KNOWN)
    return (
        f"{covered} of the judge's {len(KNOWN)} rules {'is' if covered == 1 else 'are'} named by a scenario of this run. "
        "The judge asks each of them wherever it applies, whether a scenario names it or not."
    )
