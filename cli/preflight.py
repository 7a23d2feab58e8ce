"""`metergate preflight`: what would stop a run or make it lie, before it starts."""

import typer

from ami.errors import ConfigurationError, HarnessError, UnreachableError
from ami.outcomes import EXIT_CODES, Outcome
from cli.options import Env
from harness import environment, preflight
from harness.environment import Environment
from harness.preflight import Check, Verdict

EXAMPLES = ("./metergate preflight --env landscape.toml",)


def command(env: Env = None) -> int:
    """Check a landscape before anything is tested: addresses, TLS, credentials, WSDLs, clocks, dialects, our own listeners.

    A line for each: fine, doubtful (a run starts all the same) or wrong (none does), what was found, and who mends it how. Nothing is
    changed anywhere: systems are asked for their WSDL, for a meter that nobody has, and shown an envelope without a message.

    Exit code: 0 nothing is wrong, 3 something is, 64 the environment file cannot be used.
    """
    found = []
    for check in preflight.checks(environment.load(env)):
        typer.echo(str(check))
        found.append(check)
    counted = ", ".join(f"{sum(check.verdict is verdict for check in found)} {verdict}" for verdict in Verdict)
    typer.echo(f"{len(found)} checked: {counted}", err=True)
    return EXIT_CODES[Outcome.ERROR if any(check.verdict is Verdict.WRONG for check in found) else Outcome.PASSED]


def ensure(landscape: Environment) -> None:
    """What a run does first: it says what is doubtful, and does not start where something is wrong.

    Raises UnreachableError or ConfigurationError, by whose it is, with the first of what is wrong; the others are said before.
    """
    wrong: list[Check] = []
    for check in preflight.checks(landscape):
        if check.verdict is Verdict.WRONG:
            wrong.append(check)
        elif check.verdict is Verdict.DOUBTFUL:
            typer.echo(str(check), err=True)
    for check in wrong[1:]:
        typer.echo(str(check), err=True)
    if wrong:
        first = wrong[0]
        kind: type[HarnessError] = UnreachableError if first.party == "environment" else ConfigurationError
        raise kind(f"{first.subject}: {first.what}: {first.found}; {first.mend}")
