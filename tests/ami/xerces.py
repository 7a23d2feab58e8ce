"""Xerces as a process that answers line by line; see LoadSchemas.java."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

SOURCE: Final = Path(__file__).with_name("LoadSchemas.java")
APACHE: Final = Path("/usr/share/java/xercesImpl.jar")
PATIENCE_S: Final = 120


def answers(orders: Sequence[str], *, apache: bool = False) -> list[str]:
    """The answer to each order. apache: by the Xerces of its makers, instead of the one in Java. Skips where it is not installed."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no java")
    if apache and not APACHE.exists():
        pytest.skip(f"there is no {APACHE} (Debian: libxerces2-java)")
    path = ["-cp", str(APACHE)] if apache else []
    done = subprocess.run(
        [java, *path, str(SOURCE)],
        input="".join(f"{order}\n" for order in orders),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
