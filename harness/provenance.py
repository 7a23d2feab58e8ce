"""What a run says of itself in its first line: the product, its versions, its commit, the landscape, and how it keeps its record."""

import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from ami.ports import Json
from harness.judging import their_schemas
from harness.options import Options
from harness.product import product_version

HOUSE = Path(__file__).parent.parent
PACKAGES = ("pytest", "pytest-bdd", "pytest-xdist", "lxml", "locust", "zeep", "uvloop", "sqlalchemy", "allure-pytest")


def provenance(chosen: Options, arguments: Sequence[str], sealed: str, masked: Mapping[str, str], jobs: int = 1) -> dict[str, Json]:
    """The fields of the line `run_started`. arguments: those of pytest; sealed, masked: how the record is."""
    settings = chosen.environment.environment
    theirs = their_schemas(chosen.environment)
    return {
        "run": chosen.folder.name,
        "product": "MeterGate",
        "version": product_version(),
        "seed": chosen.seed,
        "dialect": settings.dialect,
        "clock": settings.clock,
        "environment": chosen.environment.described(),
        "versions": {"python": platform.python_version(), **{package: version(package) for package in PACKAGES}},
        "commit": _commit(),
        "arguments": list(arguments),
        "name": settings.name,
        "platform": platform.platform(),
        "sealed": sealed,
        "masked": dict(masked),
        "jobs": jobs,
        "schemas": dict(theirs.entries) if theirs else {},
    }


def _commit() -> str | None:
    """The commit that runs, with a plus sign where the tree was changed; None outside of a checkout."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--abbrev=12"],
            cwd=HOUSE,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return described.stdout.strip()
