"""Words of the sentences, as values."""

from datetime import time

import pytest

from ami import names
from harness.crowd import Demand
from steps import words
from steps.load import demand


@pytest.mark.parametrize(("text", "value"), [("noon", time(12)), ("18:30", time(18, 30)), ("00:00", time())])
def test_time_of_day_is_written_as_on_a_clock(text: str, value: time) -> None:
    """Noon has a name."""
    assert words.clock_time(text) == value


@pytest.mark.parametrize("text", ["midnight", "24:30", "6 pm", ""])
def test_time_of_day_that_is_none_is_refused(text: str) -> None:
    """Not read as something else."""
    with pytest.raises(ValueError, match=r"."):
        words.clock_time(text)


def test_table_has_a_dictionary_a_row() -> None:
    """The first row names the columns."""
    assert words.rows([["period", "kwh"], ["peak", "1"], ["off-peak", "2"]]) == [
        {"period": "peak", "kwh": "1"},
        {"period": "off-peak", "kwh": "2"},
    ]


def test_row_that_is_too_short_is_refused() -> None:
    """A forgotten column would compare less than it says."""
    with pytest.raises(ValueError, match="zip"):
        words.rows([["period", "kwh"], ["peak"]])


@pytest.mark.parametrize(("kwh_an_hour", "watts"), [("1", 1000), ("0.5", 500), ("0.001", 1)])
def test_draw_is_a_constant_number_of_watts(kwh_an_hour: str, watts: int) -> None:
    """Without a float in between."""
    assert words.watts(kwh_an_hour) == watts


def test_every_system_has_a_name_in_the_sentences() -> None:
    """One each."""
    assert sorted(words.SYSTEM_OF.values()) == sorted(names.SYSTEMS)


def test_demand_of_the_gate_stands_in_a_table() -> None:
    """A share of failures in per cent, a latency in milliseconds."""
    table = [["requests at least", "failed at most", "95 % answered within"], ["1000", "0.5%", "250 ms"]]

    assert demand(table) == Demand(least_requests=1000, most_failed=0.005, p95_ms=250.0)
