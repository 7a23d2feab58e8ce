"""Moments on the wire, one by one and by the column."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.moments import as_datetime, moment, moments, written

FIRST = datetime(1, 1, 3, tzinfo=UTC)
offsets = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))
aware = st.builds(
    lambda second, micro, offset, decimals: (FIRST + timedelta(0, second, micro)).astimezone(timezone(offset)).isoformat(timespec=decimals),
    st.integers(0, 9998 * 365 * 86_400),
    st.integers(0, 999_999),
    offsets,
    st.sampled_from(["seconds", "milliseconds", "microseconds"]),
)


@given(st.lists(aware, min_size=1, max_size=20))
def test_column_says_what_the_standard_library_says(texts: list[str]) -> None:
    """Any year, offset and precision."""
    column = moments(np.array([text.encode() for text in texts]))

    assert column.known.all()
    assert column.has_offset.all()
    assert [as_datetime(at) for at in column.at] == [datetime.fromisoformat(text).astimezone(UTC) for text in texts]


@given(st.lists(st.one_of(aware, st.text("0123456789-:TZ+. ", max_size=30)), max_size=20))
def test_column_says_what_single_texts_say(texts: list[str]) -> None:
    """Whatever stands beside it in the column, a text is read alike."""
    column = moments(np.array([text.encode() for text in texts]) if texts else np.zeros(0, "S1"))
    alone = [moment(text) for text in texts]

    assert column.known.tolist() == [each is not None for each in alone]
    assert [as_datetime(at) for at, known in zip(column.at, column.known, strict=True) if known] == [each.at for each in alone if each]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-01T24:00:00Z", datetime(2026, 3, 2, tzinfo=UTC)),
        (" 2026-03-01T00:00:00Z\n", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T00:00:00.1234567Z", datetime(2026, 3, 1, 0, 0, 0, 123456, tzinfo=UTC)),
        ("2024-02-29T00:00:00-00:00", datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_odd_writings_are_read(text: str, at: datetime) -> None:
    """Midnight as 24:00, space around, more decimals than a microsecond, minus nothing."""
    read = moment(text)

    assert read is not None
    assert (read.at, read.has_offset) == (at, True)
    assert moments(np.array([text.encode()])).at[0] == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    "text", ["", "2026-03-01", "2026-02-29T00:00:00Z", "2026-03-01T24:00:01Z", "2026-13-01T00:00:00Z", "2026-03-01T00:60:00Z"]
)
def test_what_is_no_moment_is_unknown(text: str) -> None:
    """Missing, without a time, or of no calendar."""
    assert moment(text) is None
    assert not moments(np.array([text.encode(), b"2026-03-01T00:00:00Z"])).known[0]


def test_missing_offset_is_noticed() -> None:
    """Read as UTC, and said so."""
    column = moments(np.array([b"2026-03-01T00:00:00", b"2026-03-01T00:00:00Z", b"2026-03-01T00:00:00.500"]))

    assert column.known.tolist() == [True, True, True]
    assert column.has_offset.tolist() == [False, True, False]


def test_written_moment_is_read_again() -> None:
    """What a finding shows is what the wire would say."""
    assert written(int(moments(np.array([b"2026-03-01T01:00:00+01:00"])).at[0])) == "2026-03-01T00:00:00Z"
