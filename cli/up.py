"""`metergate up`: stand-ins of an environment file that stand until they are stopped."""

import sys
import threading
from collections.abc import Iterator
from typing import Annotated

import typer
from typer import Argument, Option

from ami import names
from cli.child import any_end_as_interrupt
from cli.options import Env
from harness import environment, standing
from harness.standing import Standing

EXAMPLES = (
    "./metergate up --env landscape.toml mdms",
    "./metergate up --env landscape.toml",
    "./metergate up hes oms",
)

Systems = Annotated[list[str] | None, Argument(metavar="[SYSTEM]…", help=f"Which systems, all by default: {', '.join(names.SYSTEMS)}.")]
Direct = Annotated[bool, Option("--direct", help="Send to the neighbours' own addresses, although the file says where a wiretap listens.")]

GLANCE_S = 1.0


def command(systems: Systems = None, env: Env = None, direct: Direct = False) -> int:
    """Serve systems of an environment file until Ctrl-C, for a run in another process or for systems of your own."""
    landscape = environment.load(env)
    named = standing.chosen(systems or ())
    with any_end_as_interrupt():
        try:
            with Standing(landscape, named, is_direct=direct) as stood:
                for line in told(stood):
                    typer.echo(line)
                typer.echo("ready; Ctrl-C ends it")
                sys.stdout.flush()
                watch(stood)
        except KeyboardInterrupt:
            typer.echo("stopped")
    return 0


def watch(stood: Standing) -> None:
    """Stand until a signal ends it; tell of every crash, which is a fault of ours."""
    nothing = threading.Event()  # a signal ends the wait by its exception
    while True:
        nothing.wait(GLANCE_S)
        for crash in stood.crashes():
            typer.echo(f"a stand-in crashed, which is a fault of MeterGate:\n{crash}", err=True)


def told(stood: Standing) -> Iterator[str]:
    """What whoever connects to the systems has to know."""
    landscape = stood.environment
    for name, made in stood.hosted.items():
        yield f"{name}  {names.SYSTEM_TITLES[name]}, dialect {landscape.dialect_on(names.Wire(name, name)).name}"
        yield f"  takes SOAP at  {made.soap}"
        yield f"  WSDL           {made.soap}?wsdl"
        yield f"  control port   {made.control}"
        yield f"  its token      {_token(stood, name)}"
        yield f"  known as       {name!r}, {_password(landscape.system(name).password)}"
        yield "  sends to"
        for neighbour in stood.neighbours(name):
            yield f"    {neighbour.name:4} {neighbour.address}"
        yield "  takes from"
        for neighbour in stood.neighbours(name):
            yield f"    {neighbour.name:4} HTTP Basic, {_password(neighbour.password)}"
        yield f"    {names.TESTER} HTTP Basic, {_password(landscape.environment.tester_password)}"
        yield ""


def _token(stood: Standing, name: str) -> str:
    variable = environment.control_token_variable(stood.environment, name)
    if environment.control_token(stood.environment, name) is not None:
        return f"in the environment variable {variable}"
    return f"{stood.hosted[name].token}  (said once; for a run: export {variable}={stood.hosted[name].token})"


def _password(variable: str | None) -> str:
    return f"password in {variable}" if variable else "password of the run that leads it; a run brings its own"
