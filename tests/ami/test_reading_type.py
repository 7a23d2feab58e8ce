"""A ReadingType as eighteen numbers: to text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami import reading_type
from ami.reading_type import ReadingType

NUMBERS = st.lists(st.integers(-1000, 1000), min_size=18, max_size=18)


@given(NUMBERS)
def test_text_and_back_is_the_same_type(numbers: list[int]) -> None:
    """Nothing is lost on the wire."""
    written = ReadingType(*numbers)

    assert ReadingType.parse(str(written)) == written


@given(NUMBERS)
def test_fields_stand_in_the_order_of_the_wire(numbers: list[int]) -> None:
    """The text is the numbers with dots between them."""
    assert str(ReadingType(*numbers)) == ".".join(map(str, numbers))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72", id="seventeen numbers"),
        pytest.param("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0.0", id="nineteen numbers"),
        pytest.param("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.k.72.0", id="a letter"),
        pytest.param("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0..72.0", id="an empty field"),
        pytest.param("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.+3.72.0", id="a plus sign"),
        pytest.param("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0. 3.72.0", id="a blank"),
        pytest.param("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.7_2.0", id="a low line"),
        pytest.param("0.0.2.4.1.1.\u0661\u0662.0.0.0.0.0.0.0.0.3.72.0", id="digits of another script"),
        pytest.param(f"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.{'9' * 5000}", id="a number without bounds"),
    ],
)
def test_other_text_is_refused(text: str) -> None:
    """Eighteen whole numbers, or nothing."""
    with pytest.raises(ValueError, match="ReadingType"):
        ReadingType.parse(text)


def test_well_known_types_are_spelled_as_everybody_spells_them() -> None:
    """The two that every head-end sends."""
    assert str(reading_type.interval_kwh(15)) == "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
    assert str(reading_type.register_kwh()) == "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
    assert str(reading_type.register_kwh(reading_type.REVERSE)) == "0.0.0.1.19.1.12.0.0.0.0.0.0.0.0.3.72.0"


@pytest.mark.parametrize("minutes", sorted(reading_type.MEASURING_PERIOD_MINUTES.values()))
def test_spacing_of_an_interval_is_in_its_type(minutes: int) -> None:
    """From minutes to the code and back."""
    code = reading_type.interval_kwh(minutes).measuring_period

    assert reading_type.MEASURING_PERIOD_MINUTES[code] == minutes


def test_spacing_without_a_code_is_refused() -> None:
    """There is no type for 7 minutes."""
    with pytest.raises(KeyError):
        reading_type.interval_kwh(7)


def test_billing_determinants_differ_by_period_alone() -> None:
    """Period 0 is all day."""
    assert reading_type.billed_kwh(2)._replace(tou=0) == reading_type.billed_kwh(0)
