"""`metergate run`: every scenario of every phase, or those that are chosen."""

from contextlib import ExitStack

from cucumber_tag_expressions import TagExpressionError
from cucumber_tag_expressions import parse as parse_tags
from rich.console import Console

from ami.errors import ConfigurationError
from cli import jobs as side_by_side
from cli import past, preflight, run_folder
from cli.attending import Attending
from cli.check_profile import ProfileFile
from cli.conclusion import conclude
from cli.execution import execute, pytest_command
from cli.options import Attended, AttendedLimit, Env, Faults, Jobs, Phases, Readings, Runs, ScenarioText, Seed, ShowProgress, Tags
from cli.places import RUNS
from cli.progress import PlainLines, display
from cli.schemas import Folder
from harness import environment, faults, readings
from harness import weighing as harness_profile
from harness.judging import WireJudge
from harness.options import PHASES
from reports.history.store import History

EXAMPLES = (
    "./metergate run",
    "./metergate run --phase sit --phase uat --seed 7",
    "./metergate run --tags '@process:billing and @risk:high' --readings my_meters.csv",
    "./metergate run --env landscape.toml --schemas licensed_xsds/",
    "./metergate run --fault 'hes->mdms=drop-interval'",
    "./metergate run --jobs 2",
    "./metergate run --env landscape.toml --attended",
)


def command(
    env: Env = None,
    phase: Phases = None,
    tags: Tags = "",
    scenario: ScenarioText = "",
    seed: Seed = None,
    readings_file: Readings = None,
    schemas: Folder = None,
    profile: ProfileFile = None,
    runs: Runs = RUNS,
    fault: Faults = None,
    jobs: Jobs = 1,
    history: past.Address = None,
    attended: Attended = False,
    attended_limit: AttendedLimit = 300.0,
    progress: ShowProgress = True,
) -> int:
    """Run every scenario of every phase, or those chosen, and write the report."""
    landscape = environment.load(env)
    chosen_seed = landscape.environment.seed if seed is None else seed
    if readings_file is not None:
        readings.read(readings_file)
    if schemas is not None:
        landscape = landscape.judged_by(schemas.resolve())
    if profile is not None:
        landscape = landscape.weighed_by(profile.resolve())
    weighing = harness_profile.of(landscape)
    WireJudge(landscape)  # says what is wrong with a folder of schemas before anything is started
    for name in phase or ():
        if name not in PHASES:
            raise ConfigurationError(f"there is no phase {name!r}: choose from {', '.join(PHASES)}")
    if tags:
        _check_tags(tags)
    for text in fault or ():
        faults.parse(text)
    options = [
        f"--ami-seed={chosen_seed}",
        *(f"--ami-env={file.resolve()}" for file in (env,) if file),
        *(f"--ami-schemas={held.resolve()}" for held in (schemas,) if held),
        *(f"--ami-profile={file.resolve()}" for file in (profile,) if file),
        *(f"--ami-readings={file.resolve()}" for file in (readings_file,) if file),
        *(f"--ami-phase={name}" for name in phase or ()),
        f"--ami-tags={tags}",
        f"--ami-scenario={scenario}",
        *(f"--ami-fault={text}" for text in fault or ()),
        *side_by_side.options(jobs, landscape),
    ]
    preflight.ensure(landscape)
    if attended and jobs > 1:
        raise ConfigurationError("--attended with --jobs: one person cannot answer several processes; leave one of them out")
    with ExitStack() as stack:
        attending = stack.enter_context(Attending(attended_limit)) if attended else None
        folder = run_folder.make(runs.resolve(), chosen_seed)
        kept = stack.enter_context(History(past.address(history, runs)))
        # A living line would write over the question.
        shown = PlainLines(Console(stderr=True)) if attended and progress else display(Console(stderr=True), wanted=progress)
        ending = execute(pytest_command(folder, [*options, *(attending.options if attending else ())]), folder, shown, attending)
        return conclude(folder, ending, Console(), kept, weighing)


def _check_tags(tags: str) -> None:
    try:
        parse_tags(tags)
    except TagExpressionError as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError(f"{tags!r} is no tag expression ({reason}): write it as in '@process:billing and @risk:high'") from None
