"""The options that a run hands to pytest; `--ami-` keeps them apart from those of every other plugin."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ami.names import Wire
from harness import environment, faults
from harness.environment import Environment
from harness.wiretap import Fault

if TYPE_CHECKING:
    # Half a second that `metergate up` does not have.
    import pytest

PHASES = (
    "fat",
    "sat",
    "functional",
    "interoperability",
    "sit",
    "uat",
    "regression",
    "performance",
    "security",
    "penetration",
)
"""The test phases, in the order in which a utility goes through them; each is a folder of features/."""

NOT_THERE = "environment: "
"""How a line begins that says why a run could not start for want of a system: the environment's fault, not the user's."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the run was asked for. attended: the number of a socket by which a person can be asked; attended_limit_s: for how long."""

    folder: Path
    seed: int
    environment: Environment
    readings: Path | None
    phases: tuple[str, ...]
    tags: str
    scenario: str
    faults: dict[Wire, Fault]
    attended: int | None = None
    attended_limit_s: float = 300.0


def add(parser: "pytest.Parser") -> None:
    """Declare the options."""
    group = parser.getgroup("ami", "a run of scenarios")
    group.addoption("--ami-run", help="folder for the record of the run")
    group.addoption("--ami-seed", type=int, help="what all ids and made-up data derive from")
    group.addoption("--ami-env", help="environment file (TOML)")
    group.addoption("--ami-schemas", help="folder of schemas that take the place of ours")
    group.addoption("--ami-profile", help="profile that changes the severity of rules (TOML)")
    group.addoption("--ami-readings", help="CSV of readings that feed the meters")
    group.addoption("--ami-phase", action="append", default=[], help="only this phase (again for more)")
    group.addoption("--ami-tags", default="", help="only scenarios whose tags fit, as in '@process:billing and @risk:high'")
    group.addoption("--ami-scenario", default="", help="only scenarios whose id or name has this text")
    group.addoption("--ami-attended", type=int, help="number of an open socket by which a person can be asked")
    group.addoption("--ami-attended-limit", type=float, default=300.0, help="how many seconds a person is given")
    group.addoption("--ami-fault", action="append", default=[], help="a wire that shall misbehave, as in 'hes->mdms=scale'")


def of(config: "pytest.Config") -> Options:
    """The options as given. Raises ConfigurationError where one makes no sense."""
    env_file, readings, seed = config.getoption("--ami-env"), config.getoption("--ami-readings"), config.getoption("--ami-seed")
    landscape = environment.load(Path(env_file) if env_file else None)
    if schemas := config.getoption("--ami-schemas"):
        landscape = landscape.judged_by(Path(schemas))
    if profile := config.getoption("--ami-profile"):
        landscape = landscape.weighed_by(Path(profile))
    return Options(
        folder=Path(config.getoption("--ami-run") or "runs/direct"),
        seed=landscape.environment.seed if seed is None else seed,
        environment=landscape,
        readings=Path(readings) if readings else None,
        phases=tuple(config.getoption("--ami-phase")),
        tags=config.getoption("--ami-tags"),
        scenario=config.getoption("--ami-scenario"),
        faults=dict(map(faults.parse, config.getoption("--ami-fault"))),
        attended=config.getoption("--ami-attended"),
        attended_limit_s=config.getoption("--ami-attended-limit"),
    )
