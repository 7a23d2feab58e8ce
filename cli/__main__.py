"""The entry: hands a command line to its command, and turns what goes wrong into one line and an exit code."""

import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from importlib import import_module
from types import TracebackType
from typing import Annotated

import typer
from typer.main import get_command

from ami.errors import ConfigurationError, HarnessError
from ami.outcomes import BAD_USAGE, EXIT_CODES, Outcome
from cli import overview, version

COMMANDS = (
    "preflight",
    "run",
    "up",
    "report",
    "verify",
    "history",
    "compare",
    "gate",
    "check",
    "rules",
    "schemas",
    "keep",
    "test",
    "bench",
    "version",
)
"""In the order in which a newcomer meets them; each is the function `command` of the module of that name."""

ERROR = EXIT_CODES[Outcome.ERROR]
INTERRUPTED_BY_TYPER = 130


def application(names: Iterable[str]) -> typer.Typer:
    """The command line with the commands of those names."""
    made = typer.Typer(
        cls=overview.Overview,
        help=overview.INTRODUCTION,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback(invoke_without_command=True)(alone)
    for name in names:
        module = import_module(f"cli.{name}")
        made.command(name, epilog=overview.epilog(module.EXAMPLES))(module.command)
    return made


def alone(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Say which MeterGate this is.")] = False,
) -> None:
    """Show the overview where no command is named."""
    if context.invoked_subcommand is None:
        if show_version:
            version.command()
        else:
            typer.echo(context.get_help())


def main(arguments: Sequence[str]) -> int:
    """The exit code of a command line."""
    # What `run` needs takes a second to import: `check` does not wait for it.
    named = next((argument for argument in arguments if not argument.startswith("-")), "")
    try:
        commands = get_command(application([named] if named in COMMANDS else COMMANDS))
        code = commands.main(list(arguments), prog_name="metergate", standalone_mode=False)
    except typer.TyperException as error:
        return _said(error.format_message(), BAD_USAGE)
    except ConfigurationError as error:
        return _said(str(error), BAD_USAGE)
    except HarnessError as error:
        return _said(str(error), ERROR)
    if code == INTERRUPTED_BY_TYPER:
        return _said("interrupted", ERROR)
    return code if isinstance(code, int) else 0


def _said(text: str, code: int) -> int:
    print(f"metergate: {' '.join(text.split())}", file=sys.stderr)
    return code


def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End after an exception that nobody expected. Python's own exit code, 1, would blame the system under test."""
    traceback.print_exception(kind, error, trace)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ERROR)


if __name__ == "__main__":
    sys.excepthook = crashed
    sys.exit(main(sys.argv[1:]))
