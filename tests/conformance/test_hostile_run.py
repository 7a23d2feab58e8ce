"""Spoiled files of every kind: what has to hold for them does, and what does not is noticed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.catalogue import RULES_BY_VIEW
from conformance.checking import Checked
from conformance.inputs import files
from conformance.judge import Judge
from conformance.rule import Breach
from conformance.views.header import HeaderView
from tests.conformance.hostile.cases import cases
from tests.conformance.hostile.run import run, run_beside
from tests.conformance.hostile.seeds import KINDS

SEED = "2026"
FILES = 500
BESIDE = 30


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder that the files stand in."""
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_everything_holds_for_spoiled_files(place: Path) -> None:
    """A few of those that the bench makes; all kinds are among them, and some are sound."""
    result = run(place, SEED, FILES)

    assert [str(broken) for broken in result.broken] == []
    assert set(result.made) == set(KINDS)
    assert result.made.total() == FILES
    assert result.clean


def test_everything_holds_for_spoiled_files_beside_messages(place: Path) -> None:
    """Profiles, results, schemas."""
    result = run_beside(place, SEED, BESIDE)

    assert [str(broken) for broken in result.broken] == []
    assert result.made.total() == 3 * BESIDE


def test_same_seed_spoils_alike() -> None:
    """So that a file can be made again by its number."""
    (later,) = cases(SEED, 1, start=7)

    assert list(cases(SEED, 8))[7] == later


def _stumbles(_: object) -> Iterator[Breach]:
    raise ZeroDivisionError


def test_exception_in_a_rule_is_noticed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is raised."""
    first, *rest = RULES_BY_VIEW[HeaderView]
    broken = replace(first, check=_stumbles)
    monkeypatch.setitem(RULES_BY_VIEW, HeaderView, (broken, *rest))

    assert {each.what for each in run(place, SEED, 20).broken} == {"an exception"}


def test_judging_many_otherwise_than_one_is_noticed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that is lost on the way."""
    judged = Judge.messages
    monkeypatch.setattr(Judge, "messages", lambda judge, captures: judged(judge, captures[::-1]))

    assert "messages together are judged otherwise than alone" in {each.what for each in run(place, SEED, 20).broken}


def test_file_that_is_lost_is_noticed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of a folder, without a word."""
    listed = files.listed
    monkeypatch.setattr(files, "listed", lambda named: listed(named)[: max(1, len(listed(named)) - 1)])

    assert "files in a folder are judged otherwise than alone" in {each.what for each in run(place, SEED, 20).broken}


def test_sign_that_a_terminal_obeys_is_noticed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any form."""
    monkeypatch.setattr(Checked, "name", "\x1b[31m")
    monkeypatch.setattr("reports.checked.text.in_one_line", lambda text: text)

    assert "a sign in lines that a terminal obeys" in {each.what for each in run(place, SEED, 20).broken}
