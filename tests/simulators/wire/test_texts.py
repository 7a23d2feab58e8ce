"""Single values as the wire writes them."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.wire.texts import moment, number, parsed_moment


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e40", max_value="1e40"))
def test_number_has_no_exponent_and_keeps_its_value(value: Decimal) -> None:
    """However large or small; its decimal places stay, too, for they say how exact it is."""
    text = number(value)

    assert set(text) <= set("-.0123456789")
    assert Decimal(text) == value


@pytest.mark.parametrize(("value", "text"), [("0.500", "0.500"), ("1E+3", "1000"), ("1E-9", "0.000000001")])
def test_number_is_written_in_full(value: str, text: str) -> None:
    """As a meter's display would show it."""
    assert number(Decimal(value)) == text


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001 - hypothesis asks for naive limits
def test_moment_is_the_same_after_a_journey(local: datetime, offset_minutes: int) -> None:
    """Whatever the offset that it was written with, it is the same moment in UTC."""
    at = local.replace(tzinfo=timezone(timedelta(minutes=offset_minutes)))

    assert moment(at).endswith("Z")
    assert parsed_moment(moment(at)) == parsed_moment(at.isoformat()) == at
    assert parsed_moment(at.isoformat()).tzinfo is UTC


def test_two_half_past_one_of_an_autumn_night_are_two_moments() -> None:
    """As local times they are equal, which must not make them one."""
    half_past_one = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))

    assert [moment(half_past_one), moment(half_past_one.replace(fold=1))] == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]


def test_moment_without_an_offset_is_refused() -> None:
    """Neither written nor read."""
    with pytest.raises(ValueError, match="names no offset from UTC"):
        moment(datetime(2026, 3, 1))  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="names no offset from UTC"):
        parsed_moment("2026-03-01T00:00:00")
