"""A plug-in of pytest for the bench beside it: the same run, of which nothing is written down."""

from typing import Any

import pytest

from harness import day_reads, story
from harness.record import Record


def pytest_configure(config: pytest.Config) -> None:  # noqa: ARG001 - the signature is pytest's
    """Take away what only the record asks for."""
    silent: Any = Record
    silent.append = lambda *_: None
    without: Any = day_reads
    without.day_reads = lambda *_: []
    curveless: Any = story
    curveless.curves = lambda *_: ()
