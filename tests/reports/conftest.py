"""Records to read in the tests of the reports."""

from pathlib import Path

import pytest

from reports.run import Run, read
from tests.reports.telling import Telling, whole


@pytest.fixture
def telling(tmp_path: Path) -> Telling:
    """An empty record."""
    return Telling(tmp_path / "run")


@pytest.fixture
def whole_run(tmp_path: Path) -> Run:
    """A run with every outcome, an undefined step, outline rows, hostile strings and a message that is no text."""
    return read(whole(tmp_path / "whole").path)
