"""The chain of seals: whatever is done to a record afterwards is seen, and at which line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ami.errors import RecordError
from ami.outcomes import Outcome
from harness.record import Record
from reports.sealing import verify

LINES = 8
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(folder: Path, secret: bytes = b"") -> Path:
    """A record of LINES lines, as a run writes it."""
    with Record(folder, secret=secret) as record:
        record.write("run_started", sealed=record.sealed)
        for number in range(LINES - 2):
            record.write("step_finished", text=f"sentence {number} of a näive story")
        record.write("run_finished", exit_code=0)
    return record.path


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A whole record with a plain chain."""
    return made(tmp_path / "run")


def changed(record: Path, change: Callable[[list[bytes]], object]) -> Path:
    """The record after something was done to its lines."""
    lines = record.read_bytes().splitlines(keepends=True)
    change(lines)
    other = record.with_name("changed.ndjson")
    other.write_bytes(b"".join(lines))
    return other


def test_whole_record_holds(record: Path) -> None:
    """To its last line, and the seal of that is told."""
    found = verify(record)

    assert (found.outcome, found.lines, len(found.seal)) == (Outcome.PASSED, LINES, 64)


@FEW
@given(line=st.integers(0, LINES - 1), place=st.integers(0, 10_000), by=st.integers(1, 255))
def test_any_single_byte_that_is_changed_is_seen_at_its_line(record: Path, line: int, place: int, by: int) -> None:
    """Whichever it is, in a value, a name, a seal or a line feed."""

    def edit(lines: list[bytes]) -> None:
        edited = bytearray(lines[line])
        edited[place % len(edited)] = (edited[place % len(edited)] + by) % 256
        lines[line] = bytes(edited)

    found = verify(changed(record, edit))

    assert found.outcome is not Outcome.PASSED
    assert found.lines == line


@FEW
@given(first=st.integers(0, LINES - 1), count=st.integers(1, LINES))
def test_any_cut_is_seen(record: Path, first: int, count: int) -> None:
    """In the middle by the line that follows, at the end by the end that is missing."""
    reaches_the_end = first + count >= LINES

    found = verify(changed(record, lambda lines: lines.__delitem__(slice(first, first + count))))

    assert found.outcome is (Outcome.INCONCLUSIVE if reaches_the_end else Outcome.FAILED)
    assert found.lines == first


def test_line_says_what_was_done(record: Path) -> None:
    """Whether lines before it were cut, or it was put where it does not belong."""
    cut = verify(changed(record, lambda lines: lines.pop(2)))
    doubled = verify(changed(record, lambda lines: lines.insert(3, lines[1])))

    assert cut.said == "line 3: calls itself line 4; lines before it were cut"
    assert doubled.said == "line 4: calls itself line 2; it was inserted, or moved"


@FEW
@given(order=st.permutations(range(LINES)).filter(lambda order: order != list(range(LINES))))
def test_any_other_order_is_seen_at_the_first_line_that_moved(record: Path, order: list[int]) -> None:
    """Every line names its number and knows the one before it."""
    found = verify(changed(record, lambda lines: lines.__setitem__(slice(None), [lines[place] for place in order])))

    assert found.outcome is Outcome.FAILED
    assert found.lines == next(place for place in range(LINES) if order[place] != place)


@FEW
@given(line=st.integers(0, LINES), twin=st.integers(0, LINES - 1))
def test_any_line_put_in_is_seen(record: Path, line: int, twin: int) -> None:
    """Also one that the record itself has elsewhere."""
    found = verify(changed(record, lambda lines: lines.insert(line, lines[twin])))

    assert found.outcome is Outcome.FAILED


@FEW
@given(cut=st.integers(1, 4_000))
def test_any_cut_within_the_bytes_is_seen(record: Path, cut: int) -> None:
    """A record that was cut off anywhere is never whole."""
    other = record.with_name("changed.ndjson")
    content = record.read_bytes()
    other.write_bytes(content[: max(0, len(content) - cut)])

    assert verify(other).outcome is not Outcome.PASSED


def test_record_that_was_sealed_anew_is_seen_with_the_key_alone(tmp_path: Path) -> None:
    """Who has no key cannot make its seals."""
    secret = b"only the test manager knows"
    forged = made(tmp_path / "forged")
    keyed = made(tmp_path / "keyed", secret)

    assert verify(keyed, secret).outcome is Outcome.PASSED
    assert verify(forged, secret).outcome is Outcome.FAILED
    assert verify(keyed, b"another").outcome is Outcome.FAILED
    assert verify(keyed).outcome is Outcome.INCONCLUSIVE


def test_last_seal_that_was_noted_betrays_a_record_sealed_anew(record: Path) -> None:
    """Without any key."""
    noted = verify(record).seal

    assert verify(record, noted=noted).outcome is Outcome.PASSED
    assert verify(record, noted="0" * 64).outcome is Outcome.FAILED


def test_record_without_seals_is_not_whole(tmp_path: Path) -> None:
    """Taking the seals off is an edit."""
    record = made(tmp_path / "run")
    bare = tmp_path / "bare.ndjson"
    lines = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    bare.write_text("".join(json.dumps({key: line[key] for key in line if key != "seal"}) + "\n" for line in lines), "utf-8")

    assert verify(bare).outcome is Outcome.FAILED


def test_no_record_is_an_error(tmp_path: Path) -> None:
    """Of ours, and names the file."""
    with pytest.raises(RecordError, match=r"nowhere\.ndjson"):
        verify(tmp_path / "nowhere.ndjson")
