"""Texts made of other texts: moments that move, values that grow, codes in which one number is another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from ami.reading_type import ReadingType
from tests.conformance.generate.making import written

Change = Callable[[Random, str], str]


def moved(**by: float) -> Change:
    """A moment that much later; earlier where it is negative."""
    return lambda _random, text: written(datetime.fromisoformat(text) + timedelta(**by))


def without_offset(_random: Random, text: str) -> str:
    """A moment that does not say of which zone it is."""
    return text.removesuffix("Z")


def times(factor: str) -> Change:
    """A value so many times as large."""
    return lambda _random, text: str(Decimal(text) * Decimal(factor))


def plus(more: str) -> Change:
    """A value that much larger."""
    return lambda _random, text: str(Decimal(text) + Decimal(more))


def one_of(*texts: str) -> Change:
    """Any of some texts."""
    return lambda random, _text: random.choice(texts)


def field(**fields: int) -> Change:
    """A ReadingType in which some of the eighteen numbers are others."""
    return lambda _random, text: str(ReadingType.parse(text)._replace(**fields))


def without_a_field(random: Random, text: str) -> str:
    """A code that is one number short."""
    numbers = text.split(".")
    del numbers[random.randrange(len(numbers))]
    return ".".join(numbers)


def with_a_word(random: Random, text: str) -> str:
    """A code with a word where a number stands."""
    numbers = text.split(".")
    numbers[random.randrange(len(numbers))] = "kWh"
    return ".".join(numbers)
