"""`metergate version`: which MeterGate this is."""

import platform
import tomllib

import typer

from cli.places import HOUSE

EXAMPLES = ("./metergate version",)


def command() -> int:
    """Say which MeterGate this is, and on which Python it runs."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    typer.echo(f"MeterGate {project['version']} (Python {platform.python_version()})")
    return 0
