"""What a scenario's tags say: the business process that it belongs to, the risk that it covers, the system that it is about."""

from collections.abc import Iterable, Sequence

from reports.scenario import Scenario
from reports.verdict import Summary, summary

PROCESS, RISK, SYSTEM, COVERS = "process", "risk", "system", "covers"
RISKS = ("high", "medium", "low")
UNTAGGED = "not tagged"


def values(tags: Iterable[str], key: str) -> tuple[str, ...]:
    """The values of `key` in tags such as `process:billing`; an underscore or hyphen reads as a space."""
    prefix = f"{key}:"
    return tuple(tag.removeprefix(prefix).replace("_", " ").replace("-", " ") for tag in tags if tag.startswith(prefix))


def groups(scenarios: Sequence[Scenario], key: str) -> tuple[Summary, ...]:
    """`scenarios` in numbers by the values of `key`; one with two values counts in both, one with none as not tagged."""
    of_value: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        for value in values(scenario.collected.tags, key) or (UNTAGGED,):
            of_value.setdefault(value, []).append(scenario)
    return tuple(summary(value, of_value[value]) for value in sorted(of_value, key=rank))


def rank(value: str) -> tuple[int, str]:
    """Risks from high to low, everything else by name, what is not tagged last."""
    if value == UNTAGGED:
        return len(RISKS) + 1, value
    return (RISKS.index(value) if value in RISKS else len(RISKS)), value
