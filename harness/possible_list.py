"""The page that lists which scenarios remain possible with a real system that has no control port, and why the others do not."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ami import names
from harness.attendance import ASKED_FOR
from harness.options import PHASES
from harness.scenario_list import Listed, of_phase

NEEDS = "needs:"
"""A tag `@needs:mdms/validate` says that a scenario tells the MDMS to validate, which no message asks for."""

VIRTUAL_CLOCK = "virtual-clock"
"""`@needs:virtual-clock`: a scenario that cannot be told on a day that is over."""

WHY = {
    "install": "a meter is put into the field that measures what the story says",
    "load_profiles": "meters live by a file of readings",
    "move_in": "a customer moves in",
    "outages": "it is looked up who is without supply",
    "validate": "validation has something to decide, and has to run now",
    "unknown": "it is looked up what was set aside for unknown meters",
    "consent": "a third party is let in, or kept out",
    "edit": "a person changes an interval",
    "holdings": "a thousand meters are looked up at once",
    "reset": "a recorded conversation is replayed, so everything before it has to be forgotten",
    "control": "the control port itself is attacked",
    VIRTUAL_CLOCK: "recorded messages carry the days on which they were recorded",
}
"""What the commands of control ports are needed for, in the words of the page."""


class Possible(NamedTuple):
    """One scenario. needs: by system, the command that it cannot do without."""

    name: str
    needs: Mapping[str, str]


def needs_of(tags: Sequence[str]) -> dict[str, str]:
    """By system, the command that a scenario with these tags needs. Raises ValueError for a tag that names no system or no known reason."""
    found = {}
    for tag in (tag.removeprefix(NEEDS) for tag in tags if tag.startswith(NEEDS)):
        system, _, command = tag.partition("/")
        if command not in WHY or system not in names.SYSTEMS:
            if tag != VIRTUAL_CLOCK:
                raise ValueError(f"@{NEEDS}{tag}: expected a system and a command that harness/possible_list.py knows")
            system, command = VIRTUAL_CLOCK, VIRTUAL_CLOCK
        found[system] = command
    return found


def of_all(features: Path) -> dict[str, list[Possible]]:
    """The scenarios of each phase."""
    return {phase: [_possible(listed) for feature in of_phase(phase, features) for listed in feature.scenarios] for phase in PHASES}


def _possible(listed: Listed) -> Possible:
    return Possible(listed.name, needs_of(listed.tags))


def as_markdown(features: Path, titles: Mapping[str, str]) -> str:
    """The page `docs/possible.md`. titles: a phase as a person calls it."""
    return "\n".join(_page(of_all(features), titles)) + "\n"


def _page(phases: Mapping[str, Sequence[Possible]], titles: Mapping[str, str]) -> Iterator[str]:
    scenarios = [scenario for listed in phases.values() for scenario in listed]
    yield "# What remains possible with a real system"
    yield ""
    yield "Where a system runs [elsewhere](environment_file.md) without a control port, a scenario that needs it is *not tested*. This"
    yield "page is made from the tags of the feature files (`@needs:mdms/validate`) by `harness.possible_list.as_markdown`; a test keeps it"
    yield "current, and another one holds the tags against runs without control ports."
    yield ""
    yield "| real, without a control port | remain possible |"
    yield "| --- | ---: |"
    for system in names.SYSTEMS:
        possible = sum(1 for scenario in scenarios if system not in scenario.needs)
        yield f"| {names.SYSTEM_TITLES[system]} (`{system}`) | {possible} of {len(scenarios)} |"
    timeless = sum(1 for scenario in scenarios if VIRTUAL_CLOCK not in scenario.needs)
    both = sum(1 for scenario in scenarios if not {VIRTUAL_CLOCK, names.MDMS} & scenario.needs.keys())
    yield f'| none, with `clock = "real"` | {timeless} of {len(scenarios)} |'
    yield f'| meter data management, with `clock = "real"` | {both} of {len(scenarios)} |'
    yield ""
    yield "Where a person can, a run with `--attended` asks for it, and goes on to the next thing that it needs."
    for system in (*names.SYSTEMS, VIRTUAL_CLOCK):
        yield ""
        yield f"## Not with {'a real clock' if system == VIRTUAL_CLOCK else 'a real ' + names.SYSTEM_TITLES[system]}"
        yield ""
        yield "| phase | scenario | because | a person can |"
        yield "| --- | --- | --- | --- |"
        for phase, listed in phases.items():
            for scenario in (each for each in listed if system in each.needs):
                command = scenario.needs[system]
                person = "yes" if (system, command) in ASKED_FOR else "-"
                yield f"| {titles[phase]} | {scenario.name.replace('|', '&#124;')} | {WHY[command]} | {person} |"
