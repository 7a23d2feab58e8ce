"""`metergate test`: the harness's own tests, lint, types and import walls."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from ami.errors import ConfigurationError, HarnessError
from ami.outcomes import EXIT_CODES, Outcome, overall
from cli.child import Child, any_end_as_interrupt

EXAMPLES = ("./metergate test", "./metergate test lint types")

TIMEOUT_S = 300
"""No single test takes longer; one that hangs is named."""

PARTS: dict[str, tuple[str, ...]] = {
    "lint": ("-m", "ruff", "check"),
    "format": ("-m", "ruff", "format", "--check"),
    "types": ("-m", "mypy"),
    "walls": (str(Path(sys.executable).parent / "lint-imports"), "--no-logo"),
    "tests": ("-m", "pytest", "tests", "-q", "-rfEs", f"--timeout={TIMEOUT_S}"),
}
"""What is run, the quickest first, each by the Python of `.venv`."""

NO_TESTS = 5
"""What pytest exits with where it found no test."""


def command(
    parts: Annotated[list[str] | None, typer.Argument(metavar="[PART]...", help=f"Only these parts: {', '.join(PARTS)}.")] = None,
) -> int:
    """Run the harness's own tests, lint, format, types and import walls."""
    for part in parts or ():
        if part not in PARTS:
            raise ConfigurationError(f"there is no part {part!r}: choose from {', '.join(PARTS)}")
    with any_end_as_interrupt(), TemporaryDirectory(prefix="metergate-test-") as folder:
        outcomes = [_outcome(part, Path(folder) / part) for part in parts or PARTS]
    return EXIT_CODES[overall(outcomes)]


def _outcome(part: str, log: Path) -> Outcome:
    typer.echo(f"{part:<8}", nl=False)
    sys.stdout.flush()
    began = time.monotonic()
    try:
        with Child([sys.executable, *PARTS[part]], log) as child:
            code = child.finish()
    except KeyboardInterrupt:
        typer.echo("interrupted")
        raise HarnessError("interrupted; no process is left") from None
    outcome = meant(part, code)
    typer.echo(f"{'nothing tested' if outcome is Outcome.INCONCLUSIVE else outcome.value:<8} {time.monotonic() - began:6.1f} s")
    output = log.read_text("utf-8", errors="replace").rstrip().splitlines()
    for line in output if outcome is not Outcome.PASSED else worth_showing(part, output):
        typer.echo(line)
    return outcome


def meant(part: str, code: int) -> Outcome:
    """What an exit code of a part says: all these tools tell `found something` by 1 and their own trouble by more."""
    if code == NO_TESTS and part == "tests":
        return Outcome.INCONCLUSIVE
    return {0: Outcome.PASSED, 1: Outcome.FAILED}.get(code, Outcome.ERROR)


def worth_showing(part: str, output: Sequence[str]) -> Sequence[str]:
    """The lines of a part that passed which a reader should see all the same: pytest's count, and why tests were skipped."""
    if part != "tests":
        return ()
    return [*(line for line in output if line.startswith("SKIPPED")), *output[-1:]]
