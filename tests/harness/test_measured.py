"""What the simulated meters truly measured."""

import pytest

from ami import names
from ami.messages import Span
from ami.reading_type import FORWARD, REVERSE
from harness.measured import Measured, measured
from harness.truth import Interval
from tests.harness.books import START, Books, at, told


def of(books: Books) -> Measured:
    """The truth of its one meter."""
    (truth,) = measured(books.landscape).values()
    return truth


def test_intervals_are_named_by_their_ends() -> None:
    """The first ends half an hour after the meter began."""
    truth = of(Books(M=[10, 20]))

    assert truth.wh == {Interval(FORWARD, at(1)): 10, Interval(FORWARD, at(2)): 20}
    assert min(truth.registers) == START


def test_what_was_fed_in_is_a_flow_of_its_own() -> None:
    """A sum is of one flow."""
    books = Books(M=[10, 20])
    books.truth["M"]["reverse_wh"] = [1, 2]

    assert [of(books).sum_wh(Span(START, at(2)), flow) for flow in (FORWARD, REVERSE)] == [30, 3]


def test_sum_has_what_ends_within_the_span() -> None:
    """The interval that ends at its start belongs to the time before."""
    assert of(Books(M=[1, 2, 4, 8])).sum_wh(Span(at(1), at(3))) == 6


def test_register_goes_on_from_where_it_stood() -> None:
    """At each interval's end, and before the first."""
    truth = of(Books(M=[10, 20]))

    assert [truth.register_wh(at(place)) for place in range(3)] == [1000, 1010, 1030]


def test_register_shows_nothing_between_two_ends() -> None:
    """Nobody measured there."""
    truth = of(Books(M=[10]))

    assert truth.register_wh(at(1) - (at(1) - START) / 2) is None
    assert truth.register_wh(at(2)) is None


@pytest.mark.parametrize(("stood", "shown"), [(999_999_990, 20), (998_999_990, 999_000_020)])
def test_register_runs_over_after_its_last_digit(stood: int, shown: int) -> None:
    """Six digits of kWh end at a thousand MWh, and not before."""
    books = Books(M=[10, 20])
    books.truth["M"]["register_wh_at_start"] = stood

    assert of(books).register_wh(at(2)) == shown


def test_only_what_was_collected_must_be_there() -> None:
    """After the meter was told to the head-end, and until its last collection."""
    books = Books(M=[1, 2, 4, 8])
    books.truth["M"] |= {"collected_from": told(at(1)), "collected_until": told(at(3))}

    assert of(books).collected() == [Interval(FORWARD, at(2)), Interval(FORWARD, at(3))]


def test_before_any_collection_nothing_must_be_there() -> None:
    """Or a meter that nobody knows would lose everything."""
    for key in ("collected_from", "collected_until"):
        books = Books(M=[1])
        books.truth["M"][key] = None

        assert of(books).collected() == []


def test_meters_that_are_not_simulated_have_no_truth() -> None:
    """What a real meter measured is known to nobody here."""
    books = Books(M=[1])
    books.controlled.remove(names.HES)

    assert measured(books.landscape) == {}
