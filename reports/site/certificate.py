"""What is printed to be signed: an acceptance certificate for each acceptance phase of a run, or one of the run as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from ami.outcomes import Outcome, overall
from reports import phases
from reports.run import Run
from reports.site.overrides import overrides
from reports.site.scenes import Scene
from reports.verdict import Summary, summary

CERTIFICATES = {
    "fat": ("Factory acceptance test", "FAT"),
    "sat": ("Site acceptance test", "SAT"),
    "uat": ("User acceptance test", "UAT"),
}
SIGNATURES = ("For the supplier", "For the utility", "Witness")

STATEMENTS = {
    Outcome.PASSED: "Passed",
    Outcome.FAILED: "Not passed",
    Outcome.INCONCLUSIVE: "Not decided",
    Outcome.NOT_TESTED: "Not tested",
    Outcome.ERROR: "Not decided: the test itself did not work",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. statement: what is signed; reservations: what stands against an unreserved signature."""

    anchor: str
    title: str
    short: str
    outcome: Outcome
    statement: str
    summary: Summary
    scenes: tuple[Scene, ...]
    reservations: tuple[str, ...]


def certificates(run: Run, scenes: Sequence[Scene], complaints: Sequence[str]) -> tuple[Certificate, ...]:
    """One for each acceptance phase that the run has scenarios of; without any, one of the run."""
    made = tuple(
        _certificate(phase, *CERTIFICATES[phase], run, chosen, complaints)
        for phase in CERTIFICATES
        if (chosen := [scene for scene in scenes if scene.scenario.collected.phase == phase])
    )
    return made or (_certificate("run", "Test", "", run, scenes, complaints),)


def _certificate(key: str, title: str, short: str, run: Run, scenes: Sequence[Scene], complaints: Sequence[str]) -> Certificate:
    outcome = Outcome.ERROR if complaints else overall(scene.outcome for scene in scenes)
    untested = [scene for scene in scenes if scene.outcome is Outcome.NOT_TESTED]
    simulated = [system for system, played in run.started.environment.items() if played.simulated]
    reservations = [*complaints]
    if untested and len(untested) < len(scenes):
        reservations.append(f"{len(untested)} of {len(scenes)} scenarios were not tested; nothing is said about them.")
    if simulated and len(simulated) == len(run.started.environment):
        reservations.append("Every system was a stand-in: no real system has been tested.")
    faults = [argument.partition("=")[2] for argument in run.started.arguments if argument.startswith("--ami-fault")]
    if faults:
        reservations.append(f"Wires were made to misbehave on purpose: {', '.join(faults)}.")
    reservations += [override.text for override in overrides(scene.scenario for scene in scenes)]
    people = sorted({asked.by for scene in scenes for asked in scene.scenario.attended if asked.by})
    if people:
        reservations.append(f"A part was done by hand: {', '.join(people)}.")
    return Certificate(
        anchor=f"certificate-{key}",
        title=title,
        short=short,
        outcome=outcome,
        statement=STATEMENTS[outcome],
        summary=summary(phases.title(key), (scene.scenario for scene in scenes)),
        scenes=tuple(scenes),
        reservations=tuple(reservations),
    )
