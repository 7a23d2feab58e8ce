"""Files of readings: what is taken, what is filled, what is left out, and that all of it is named."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.errors import ConfigurationError
from simulators.profiles import readings_csv
from simulators.profiles.readings_csv import ReadingsFile, parse

SAMPLE = Path(readings_csv.__file__).with_name("half_hourly_household.csv")
MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def hours(*values: str, start: datetime = MIDNIGHT) -> list[str]:
    """Hourly rows with these values."""
    return [f"{start + n * timedelta(hours=1):%Y-%m-%d %H:%M:%S},{value}" for n, value in enumerate(values)]


def read(*rows: str) -> ReadingsFile:
    """The file with these rows below `start,value`."""
    return parse(["start,value", *rows])


def said(file: ReadingsFile) -> list[str]:
    """The remarks as a user sees them, without the last gap, which any file of less than whole days has."""
    return [str(remark) for remark in file.remarks if "are missing" not in remark.found]


def test_whole_day_becomes_a_profile_without_a_remark() -> None:
    """24 good hours are a profile of 24 hours in Wh."""
    file = read(*hours(*["0.5"] * 24))

    assert file.remarks == ()
    assert (file.profiles[0].interval_minutes, file.profiles[0].first_start) == (60, MIDNIGHT)
    assert file.profiles[0].wh == (500,) * 24


@pytest.mark.parametrize(("minutes", "count"), [(15, 96), (30, 48), (60, 24)])
def test_interval_is_the_commonest_spacing(minutes: int, count: int) -> None:
    """15, 30 and 60 minutes are told apart."""
    rows = [f"{MIDNIGHT + n * timedelta(minutes=minutes):%Y-%m-%dT%H:%M},1" for n in range(count)]

    assert read(*rows).profiles[0].interval_minutes == minutes


def test_columns_may_stand_in_any_order_with_semicolons_and_decimal_commas() -> None:
    """A spreadsheet of another country is read too."""
    file = parse(["\ufeffValue;Meter;Start", *(f"0,25;M-1;2026-03-01T{hour:02}:00Z" for hour in range(24))])

    assert file.profiles[0].name == "M-1"
    assert file.profiles[0].wh == (250,) * 24


def test_each_meter_has_its_own_profile_and_interval() -> None:
    """Two meters in one file are two profiles."""
    half_hours = [f"A,2026-03-01T{n // 2:02}:{n % 2 * 30:02},1" for n in range(48)]
    whole_hours = [f"B,2026-03-01T{n:02}:00,2" for n in range(24)]

    file = parse(["meter,start,value", *half_hours, *whole_hours])

    assert [(profile.name, profile.interval_minutes) for profile in file.profiles] == [("A", 30), ("B", 60)]


def test_offset_from_utc_is_heeded() -> None:
    """01:00+01:00 is midnight in UTC."""
    file = read(*(f"{MIDNIGHT + timedelta(hours=n + 1):%Y-%m-%dT%H:%M}+01:00,1" for n in range(24)))

    assert file.profiles[0].first_start == MIDNIGHT


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        ("yesterday,1", "row 4: start 'yesterday' is no timestamp; left out"),
        ("0000-01-01,1", "row 4: start '0000-01-01' is no timestamp; left out"),
        ("9999-12-31T23:00,1", "row 4: start '9999-12-31T23:00' is no timestamp; left out"),
        ("2026-03-01T02:00:00.5,1", "row 4: start '2026-03-01T02:00:00.5' is no whole second; left out"),
        ("2026-03-01T02:00,much", "row 4: value 'much' is no number; left out"),
        ("2026-03-01T02:00,NaN", "row 4: value 'NaN' is no number; left out"),
        ("2026-03-01T02:00,", "row 4: value '' is no number; left out"),
        ("2026-03-01T02:00,-0.1", "row 4: value '-0.1' is negative; left out"),
        ("2026-03-01T02:00,1e9", "row 4: value '1e9' is more than a register of five digits can count; left out"),
        ("2026-03-01T01:00,9", "row 4: start 2026-03-01T01:00Z stands in row 3 already; left out"),
        ("2026-03-01T02:10,1", "row 4: start 2026-03-01T02:10Z is off the grid of 60 minutes; left out"),
        ("2026-02-28T23:00,1", "row 4: start 2026-02-28T23:00Z is out of order; taken to its place"),
        ("2099-03-01T02:00,1", "row 4: stands more than a year away from most others; left out"),
        ("2026-03-01T02:00,0,5", "row 4: has 3 cells, the header 2; left out"),
        ("2026-03-01T02:00", "row 4: has 1 cells, the header 2; left out"),
        ('"2026-03-01T02:00,1', "row 4: is no row of a CSV; left out"),
        ("  ", "row 4: is empty; left out"),
        ("2026-03-01T02:00,0.1230001", "row 4: 1 values of 'readings' have digits below the watt-hour, this is the first; rounded"),
    ],
)
def test_row_that_is_not_simply_taken_is_named(row: str, remark: str) -> None:
    """The remark says which row, what is wrong, and what was done."""
    file = read(*hours("1", "1"), row, *hours("1", "1", start=MIDNIGHT + timedelta(hours=3)))

    assert said(file)[0] == remark


def test_repeated_timestamp_keeps_the_first() -> None:
    """The later of two rows is left out."""
    assert read(*hours("1", "2"), "2026-03-01T01:00,9").profiles[0].wh[:2] == (1000, 2000)


def test_gap_is_filled_with_the_same_time_of_the_day_before_in_one_remark() -> None:
    """Three missing hours of the second day are those of the first."""
    second_day = MIDNIGHT + timedelta(days=1)
    file = read(
        *hours(*map(str, range(24))), *hours("7", "7", start=second_day), *hours(*["7"] * 19, start=second_day + timedelta(hours=5))
    )

    assert file.profiles[0].wh[24:30] == (7000, 7000, 2000, 3000, 4000, 7000)
    assert [str(remark) for remark in file.remarks] == [
        "row 28: 3 readings are missing from 2026-03-02T02:00Z on; filled with the same time of the day before"
    ]


def test_gap_in_the_first_day_is_filled_from_a_later_one() -> None:
    """There is no day before the first."""
    file = read(*hours("1"), *hours(*["2"] * 46, start=MIDNIGHT + timedelta(hours=2)))

    assert str(file.remarks[0]) == "row 3: 1 reading is missing from 2026-03-01T01:00Z on; filled with the same time of a later day"
    assert file.profiles[0].wh[1] == 2000


def test_less_than_a_day_is_filled_with_its_last_reading() -> None:
    """A file of two hours is usable, and says so."""
    file = read(*hours("1", "2"))

    assert file.profiles[0].wh == (1000, *[2000] * 23)
    assert str(file.remarks[0]) == "row 3: 22 readings are missing from 2026-03-01T02:00Z on; filled with the reading before"


def test_column_that_is_not_used_is_named() -> None:
    """A temperature is left alone, not in silence."""
    file = parse(["start,value,temperature", *(f"{row},9" for row in hours("1", "1"))])

    assert said(file) == ["row 1: column 'temperature' is none of meter, start, value; not used"]


def test_meter_without_a_usable_spacing_is_named_and_the_others_are_kept() -> None:
    """A meter with five-minute readings does not spoil the file."""
    rows = [f"fast,2026-03-01T00:{n * 5:02},1" for n in range(5)] + [f"slow,2026-03-01T{n:02}:00,1" for n in range(24)]
    file = parse(["meter,start,value", *rows])

    assert [profile.name for profile in file.profiles] == ["slow"]
    assert said(file) == ["row 2: the rows of 'fast' are not 15, 30 or 60 minutes apart (5 rows, this is the first); left out"]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["start,value"],
        ["\x89PNG\r\n", "\x1a\x00\x00"],
        ["time,kwh", "2026-03-01T00:00,1"],
        ["start,start,value"],
        ["start,value", "a,b"],
        ["start,value", "2026-03-01T00:00,1"],
    ],
    ids=["nothing", "header only", "no text", "other columns", "column twice", "no usable row", "one row"],
)
def test_what_is_no_file_of_readings_gives_one_clear_line(lines: list[str]) -> None:
    """The line says what was expected."""
    with pytest.raises(ConfigurationError, match=r"^expected a CSV whose first row names the columns start,value .*; found [^\n]*$"):
        parse(lines)


def test_bytes_that_are_no_text_give_one_clear_line() -> None:
    """A file that cannot even be decoded is said to be none, too."""

    def lines() -> Iterator[str]:
        yield "start,value"
        b"\xff".decode("utf-8")

    with pytest.raises(ConfigurationError, match="found bytes that are no UTF-8 text"):
        parse(lines())


def test_sample_is_read_with_every_flaw_named() -> None:
    """The real household: seven repeated midnights, four short gaps, a lost day, noise, and an end half an hour short."""
    with SAMPLE.open(encoding="utf-8") as lines:
        file = parse(lines)

    assert (file.rows, file.kept, len(file.profiles[0].wh)) == (9603, 9596, 201 * 48)
    assert sum("stands in row" in remark.found for remark in file.remarks) == 7
    assert [remark.row for remark in file.remarks if "missing" in remark.found] == [23, 1048, 1297, 2862, 9604]
    assert [(remark.row, remark.rows) for remark in file.remarks if remark.done == "rounded"] == [(421, 57)]


CELLS = st.one_of(
    st.integers(0, 300).map(lambda quarter: f"{MIDNIGHT + quarter * timedelta(minutes=15):%Y-%m-%dT%H:%M}"),
    st.sampled_from(["2026-03-01T00:07", "2031-01-01", "", "x", '"', "2026-03-01T00:00:00+14:00"]),
    st.decimals(-2, 9, places=4).map(str),
    st.text(max_size=4),
)


@given(st.lists(st.one_of(st.tuples(CELLS, CELLS).map(",".join), st.text(max_size=12)), max_size=40))
def test_nothing_is_dropped_in_silence(rows: list[str]) -> None:
    """Rows in are values kept and rows named as left out, whatever stands in them."""
    file = read(*rows, *hours(*["1"] * 24))

    left_out = sum(remark.rows for remark in file.remarks if not remark.kept)
    assert file.rows == len(rows) + 24 == file.kept + left_out


@given(st.lists(st.integers(0, 9_999), min_size=24, max_size=24 * 4), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_change_the_profile(values: list[int], random: object) -> None:
    """A shuffled file comes to the same Wh, and every kept value is in the profile."""
    rows = hours(*(f"{value / 1000:.3f}" for value in values))
    shuffled = rows.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands in a random.Random

    assert read(*shuffled).profiles == read(*rows).profiles
    assert read(*rows).profiles[0].wh[: len(values)] == tuple(values)
