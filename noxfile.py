"""Every command of a developer, by intent: `nox -l` lists them. They run in the environment that `./metergate test` made."""

import sys

import nox

nox.needs_version = ">=2026.10"
nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "walls", "tests"]


def metergate(session: nox.Session, *arguments: str) -> None:
    """Call our own command line in this environment; what is behind `--` goes to it."""
    session.run(sys.executable, "-m", "cli", *arguments, *session.posargs, env={"PYTHONPATH": "."})


@nox.session
def tests(session: nox.Session) -> None:
    """The harness's own tests; arguments after -- go to pytest."""
    session.run(sys.executable, "-m", "pytest", "tests", *session.posargs)


@nox.session
def features(session: nox.Session) -> None:
    """Every scenario of every phase; arguments after -- go to `metergate run`."""
    metergate(session, "run")


@nox.session
def lint(session: nox.Session) -> None:
    """Style and likely mistakes, and whether the code is formatted."""
    metergate(session, "test", "lint", "format")


@nox.session
def types(session: nox.Session) -> None:
    """The types of all packages."""
    metergate(session, "test", "types")


@nox.session
def walls(session: nox.Session) -> None:
    """The import contracts between the floors of the house."""
    metergate(session, "test", "walls")


@nox.session
def load(session: nox.Session) -> None:
    """The scenarios of the performance phase alone."""
    metergate(session, "run", "--phase", "performance")


@nox.session
def bench(session: nox.Session) -> None:
    """Our own speed, side by side with what it is compared to; arguments after -- choose benches."""
    metergate(session, "bench")


@nox.session
def pictures(session: nox.Session) -> None:
    """The pictures of the report in docs/pictures, made anew from a real run; needs Chromium."""
    session.run(sys.executable, "-m", "tests.reports.site.pictures", env={"PYTHONPATH": "."})
