"""`metergate check`: messages in files, judged."""

from pathlib import Path
from typing import Annotated, Final, NamedTuple

from rich.console import Console
from typer import Argument, Option

from ami.errors import ConfigurationError
from ami.outcomes import EXIT_CODES
from cli import check_forms
from cli.check_forms import Form
from cli.check_profile import InUse, ProfileFile, in_use
from cli.check_progress import progress
from cli.child import any_end_as_interrupt
from cli.schemas import Folder
from conformance import checking
from conformance.inputs import files
from conformance.wrapping import ANY
from reports.checked import difference, standings
from reports.checked.outcome import dialects_told, outcome, schemas_told, told
from reports.legible import legible

EXAMPLES = (
    "./metergate check delivery.xml",
    "./metergate check captured/ --output findings.sarif --output junit.xml",
    "./metergate check capture.har --format json",
    "./metergate check --diff last_week.json captured/",
    "./metergate check --profile agreed.toml captured/",
    "./metergate check --schemas licensed_xsds/ captured/",
    "cat delivery.xml | ./metergate check -",
)

MOST_JOBS: Final = 64

Files = Annotated[
    list[Path],
    Argument(
        metavar="FILE",
        help="Messages, SOAP or not; HAR, HTTP as text, SoapUI projects, records of runs, zip; folders of them; - for standard input.",
    ),
]
Forms = Annotated[
    list[Form] | None,
    Option("--format", help="What to write; text on a terminal and lines elsewhere, if nothing is said. Once for each --output."),
]
Outputs = Annotated[
    list[Path] | None,
    Option(
        "--output", metavar="FILE", help="Where to write it: .json, .sarif, .xml (JUnit), .html or .txt, unless --format says otherwise."
    ),
]
Dialect = Annotated[str, Option("--dialect", metavar="NAME", help="What every message must be in; any: each is judged in its own.")]
Jobs = Annotated[int, Option("--jobs", metavar="N", min=1, max=MOST_JOBS, help="Processes to judge with.")]
Diff = Annotated[bool, Option("--diff", help="Compare two judged sets, OLD and NEW: folders, files, or results of --format json.")]
ShowProgress = Annotated[bool, Option("--progress/--no-progress", help="Show how far it is, on a terminal.")]


def command(
    named: Files,
    forms: Forms = None,
    outputs: Outputs = None,
    dialect: Dialect = ANY,
    schemas: Folder = None,
    profile: ProfileFile = None,
    jobs: Jobs = 1,
    diff: Diff = False,
    show_progress: ShowProgress = True,
) -> int:
    """Judge messages in files by the rules of IEC 61968-9 and -100.

    Requests and responses that were recorded together are judged as a conversation, too. A finding of a message in another file
    names both: capture.har#12 response. Each line of --format lines is file:line: rule severity path: expected …; found …, and
    docs/check.md has the other forms, with the schema of the JSON.

    Each message is judged in the dialect that its root element is of. Two dialects in one message, from one party of a conversation,
    or in a request and its answer are a finding; with --dialect, so is every message of another.

    With --diff the exit code is 1 where there are new errors. With --profile a finding whose severity was changed says so, and by whom;
    what the profile did, and what in it no longer matches anything, is said at the end.

    Layers of a message that could not be reached are named with the reason (not judged: ...), and at the end stands in how many messages
    each layer was judged: bytes and encoding, XML, HTTP, SOAP, WS-Addressing, WS-Security, message envelope, schema, codes, meaning,
    conversation.

    Exit code: 0 no finding is an error, 1 at least one is, 2 there was no message to judge, 64 bad usage or a file that cannot be read.
    """
    asked = _Asked(check_forms.destinations(forms or (), outputs or ()), dialect, schemas, in_use(profile), jobs, show_progress)
    check_forms.spare(asked.destinations, [*named, *([profile] if profile else [])])
    with any_end_as_interrupt():
        return _difference(named, asked) if diff else _judged(named, asked)


class _Asked(NamedTuple):
    """How files are to be judged, and where to write what is found."""

    destinations: check_forms.Destinations
    dialect: str
    schemas: Path | None
    using: InUse
    jobs: int
    show_progress: bool

    def checked(self, found: list[str]) -> list[checking.Checked]:
        """The messages in some files, judged, and the profile applied."""
        with progress(Console(stderr=True), len(found), wanted=self.show_progress) as done:
            checked = list(checking.checks(found, self.dialect, schemas=self.schemas, jobs=self.jobs, told=done))
        return self.using.applied(checked)


def _judged(named: list[Path], asked: _Asked) -> int:
    found = files.listed(named)
    check_forms.spare(asked.destinations, found)
    checked = asked.checked(found)
    code = EXIT_CODES[outcome(checked)]
    for form, path in asked.destinations:
        check_forms.write(form, path, checked, [str(each) for each in named], asked.dialect, code)
    for line in filter(None, (told(checked), *standings.told(checked), dialects_told(checked), schemas_told(checked), *asked.using.told())):
        Console(stderr=True).print(" ".join(legible(line).split()), highlight=False, soft_wrap=True, markup=False)
    return code


def _difference(named: list[Path], asked: _Asked) -> int:
    if len(named) != 2:
        raise ConfigurationError(f"--diff compares two sets, OLD and NEW, not {len(named)}")
    sets = []
    judged = 0
    for path in named:
        if path.suffix.lower() == ".json" and not path.is_dir():
            found, judged = difference.of_result(path)
        else:
            checked = asked.checked(files.listed([path]))
            found, judged = difference.of_checked(checked, [str(path)]), sum(each.is_judged or bool(each.findings) for each in checked)
        sets.append(found)
    compared = difference.difference(*sets)
    code = 1 if compared.has_new_errors else 0 if judged else 2
    for form, where in asked.destinations:
        check_forms.write_difference(form, where, compared, code)
    Console(stderr=True).print(
        f"{len(compared.new)} new, {len(compared.gone)} gone, {compared.unchanged} unchanged", highlight=False, soft_wrap=True
    )
    return code
