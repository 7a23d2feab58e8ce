"""`metergate bench`: our own speed, measured side by side with what it is compared to."""

import sys
from typing import Annotated

import typer

from ami.errors import ConfigurationError
from ami.outcomes import EXIT_CODES, Outcome, overall
from cli.child import Child, any_end_as_interrupt
from cli.places import HOUSE

EXAMPLES = ("./metergate bench",)

SCRIPTS = HOUSE / "tests" / "bench"


def command(names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these, by file name.")] = None) -> int:
    """Measure our own speed, side by side with what it is compared to."""
    scripts = {path.stem: path for path in sorted(SCRIPTS.glob("[!_]*.py"))}
    for name in names or ():
        if name not in scripts:
            raise ConfigurationError(f"there is no bench {name!r}: choose from {', '.join(scripts)}")
    outcomes = []
    with any_end_as_interrupt():
        for name in names or scripts:
            with Child([sys.executable, str(scripts[name])], log=None) as child:
                outcomes.append({0: Outcome.PASSED, 1: Outcome.FAILED, 2: Outcome.INCONCLUSIVE}.get(child.finish(), Outcome.ERROR))
    return EXIT_CODES[overall(outcomes)]
