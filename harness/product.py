"""Which MeterGate this is."""

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def product_version() -> str:
    """The version, as `pyproject.toml` has it."""
    project: dict[str, str] = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    return project["version"]
