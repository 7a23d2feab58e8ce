"""The entry: hands a command line to its command, and turns what goes wrong into one line and an exit code."""

import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from errno import EPIPE
from importlib import import_module
from types import TracebackType
from typing import Annotated

import typer
from typer.main import get_command

from ami.errors import ConfigurationError, HarnessError
from ami.outcomes import BAD_USAGE, EXIT_CODES, Outcome
from cli import overview, streams, version
from reports.legible import legible

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
    except KeyboardInterrupt:
        code = INTERRUPTED_BY_TYPER
    except SystemExit:  # so typer ends where nobody reads what is written, and with 1, which would blame the system under test
        return _said(f"not all of the output was written: {os.strerror(EPIPE)}", ERROR)
    except OSError as error:
        place = f"{error.filename}: " if error.filename is not None else "not all of the output was written: "
        return _said(f"{place}{error.strerror or error}", ERROR)
    except MemoryError:
        return _said("there is not enough memory for this", ERROR)
    if code == INTERRUPTED_BY_TYPER:
        return _said("interrupted", ERROR)
    return code if isinstance(code, int) else 0


def _said(text: str, code: int) -> int:
    print(f"metergate: {' '.join(legible(text).split())}", file=sys.stderr)
    return code


def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End after an exception that nobody expected. Python's own exit code, 1, would blame the system under test."""
    traceback.print_exception(kind, error, trace)
    streams.flushed()
    os._exit(ERROR)


if __name__ == "__main__":
    sys.excepthook = crashed
    streams.prepare()
    ended_with = main(sys.argv[1:])
    if not streams.flushed() and ended_with != ERROR:
        ended_with = _said("not all of the output was written", ERROR)
    sys.exit(ended_with)
