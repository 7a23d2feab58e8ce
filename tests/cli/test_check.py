"""`metergate check`: what files come to, line by line and as JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ami.findings import Severity
from cli.__main__ import main
from conformance import example
from conformance.catalogue import RULES

HOUSE = Path(__file__).resolve().parents[2]
WITHOUT_OFFSET = "<timeStamp>2026-03-01T00:30:00</timeStamp>"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A message with which nothing is wrong."""
    return written(tmp_path / "good.xml", "<timeStamp>2026-03-01T00:30:00Z</timeStamp>")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A message with one timestamp that does not name its offset."""
    return written(tmp_path / "bad.xml", WITHOUT_OFFSET)
