"""The code lists: complete, unique, in proper words; and the sentences that are made of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami import codes, event_types, quality, reading_type, reply_codes
from ami.reading_type import ReadingType

SIZES = {
    "reading_type_macro_period": 7,
    "reading_type_aggregate": 17,
    "reading_type_measuring_period": 50,
    "reading_type_accumulation": 11,
    "reading_type_flow_direction": 21,
    "reading_type_commodity": 42,
    "reading_type_measurement_kind": 131,
    "reading_type_phases": 25,
    "reading_type_multiplier": 21,
    "reading_type_unit": 233,
    "end_device_type": 27,
    "end_device_domain": 37,
    "end_device_sub_domain": 182,
    "end_device_event_or_action": 148,
    "reading_quality_system": 6,
    "reading_quality_category": 13,
}
TABLES = {**codes.READING_TYPE_TABLES, **codes.END_DEVICE_TABLES, **codes.QUALITY_TABLES}.values()
AS_IT_IS_WRITTEN = {"CEMIn", "CEMSMIn", "NOx"}
EIGHTEEN = st.lists(st.integers(-24, 400), min_size=18, max_size=18).map(lambda numbers: ".".join(map(str, numbers)))


def constants(module: object) -> list[str]:
    """The codes that a module of constants holds."""
    return [value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)]


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_list_is_complete(name: str, size: int) -> None:
    """As many codes as the public sources list; a code given twice would be one too few."""
    assert len(codes.table(name)) == size


def test_indexes_and_reply_codes_are_complete() -> None:
    """The two lists whose codes are not one number."""
    assert (len(codes.quality_indexes()), len(codes.reply_errors())) == (61, 60)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_terms_of_a_list_tell_its_codes_apart(name: str) -> None:
    """No two codes of a list read alike."""
    terms = [code.term.lower() for code in codes.table(name).values()]
    twice = {term for term in terms if terms.count(term) > 1}

    assert not twice - {"recorder"}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_terms_are_written_in_words(name: str) -> None:
    """No words run together, no escape is left, and no term starts or ends with a space."""
    for code in codes.table(name).values():
        for word in set(re.findall(r"\w+", code.term)) - AS_IT_IS_WRITTEN:
            assert not re.search(r"[a-z][A-Z]", word), code
            assert len(word) <= len("Synchronization"), code
        assert code.term == " ".join(code.term.split()), code
        assert "\\" not in code.term


def test_run_together_terms_were_taken_apart() -> None:
    """Terms that the source writes as one word, and its escaped micro sign."""
    assert codes.table("reading_type_phases")[225].term == "Phases ABCN"
    assert codes.table("end_device_type")[3].term == "Electric meter"
    assert codes.quality_indexes()[5, 259].term == "Known missing read"
    assert codes.table("reading_type_commodity")[37].term.endswith("10 µm")
    assert codes.table("reading_type_multiplier")[-6].symbol == "µ"


def test_measuring_periods_last_as_long_as_their_terms_say() -> None:
    """The minutes that readings are spaced by agree with the code list."""
    units = {"minute": 1, "minutes": 1, "hours": 60}
    for code, minutes in reading_type.MEASURING_PERIOD_MINUTES.items():
        number, unit = codes.table("reading_type_measuring_period")[code].term.split()
        assert int(number) * units[unit] == minutes


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (reading_type.interval_kwh(15), "15-minute delta forward electricity energy, kWh"),
        (reading_type.register_kwh(reading_type.REVERSE), "bulk reverse electricity energy, kWh"),
        (reading_type.billed_kwh(2), "billing-period delta forward electricity energy, kWh, time-of-use period 2"),
        (ReadingType(phases=128, multiplier=-3, unit=29, measurement_kind=54), "voltage (rms), mV, phase A"),
        (ReadingType(multiplier=-2, unit=80, currency=978), "centi EUR"),
        (ReadingType(unit=80), "money"),
        (ReadingType(multiplier=3, unit=128), "kilo US gallon"),
        (ReadingType(unit=999, argument_numerator=1, argument_denominator=2), "unit 999, argument 1/2"),
        (ReadingType(), "not specified"),
    ],
)
def test_reading_type_reads_as_a_phrase(code: ReadingType, words: str) -> None:
    """What is measured, in which unit, and whatever else is said."""
    assert codes.describe_reading_type(str(code)) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (event_types.LAST_GASP, "electric meter, power, failed (last gasp)"),
        (event_types.SET_CLOCK, "electric meter, clock, time synchronization, change"),
        ("3.26.999.85", "electric meter, power, sub domain 999, failed"),
        (".".join("0000"), "not specified"),
    ],
)
def test_event_reads_as_a_phrase(code: str, words: str) -> None:
    """Device, domain, sub-domain and event, and the name that engineers say."""
    assert codes.describe_event(code) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (quality.ESTIMATED, "estimated, generic estimate (meter data management)"),
        ("0.0.1", "valid, validated"),
        ("9.8.77", "estimated, index 77 (system 9)"),
    ],
)
def test_quality_reads_as_a_phrase(code: str, words: str) -> None:
    """Category, index, and which system says so."""
    assert codes.describe_quality(code) == words


def test_reply_code_reads_as_category_and_term() -> None:
    """A code of Part 9 is explained, another is called unknown."""
    assert codes.describe_reply("2.4") == "Parameter invalid: Invalid Meter(s)"
    assert codes.describe_reply("9.99") == "unknown code 9.99"


@pytest.mark.parametrize("code", constants(event_types))
def test_every_event_that_we_use_is_in_the_lists(code: str) -> None:
    """None of our own codes is described by a number."""
    assert not re.search(r"\d", codes.describe_event(code))


@pytest.mark.parametrize("code", constants(quality))
def test_every_quality_that_we_use_is_in_the_lists(code: str) -> None:
    """None of our own codes is described by a number."""
    assert not re.search(r"\d", codes.describe_quality(code))


@pytest.mark.parametrize("code", constants(reply_codes))
def test_every_reply_code_that_we_use_is_in_the_list(code: str) -> None:
    """Our own replies use codes of Part 9 alone."""
    assert code in codes.reply_errors()


@given(EIGHTEEN)
def test_eighteen_numbers_are_always_described(text: str) -> None:
    """Any numbers make a phrase, known or not."""
    assert codes.describe_reading_type(text) != text


@given(st.lists(st.integers(0, 400), min_size=4, max_size=4))
def test_four_numbers_are_always_described(numbers: list[int]) -> None:
    """Any numbers make a phrase, known or not."""
    assert codes.describe_event(".".join(map(str, numbers))).strip(", ()")


@given(st.tuples(st.integers(0, 9), st.integers(0, 20), st.integers(0, 300)))
def test_three_numbers_are_always_described(numbers: tuple[int, int, int]) -> None:
    """Any numbers make a phrase, known or not."""
    assert ", " in codes.describe_quality(".".join(map(str, numbers)))


@given((st.text() | st.from_regex(r"[-0-9.]*", fullmatch=True)).filter(lambda text: text.count(".") not in (2, 3, 17)))
def test_what_is_no_code_comes_back_as_it_is(text: str) -> None:
    """A report shows a vendor's text even where it means nothing."""
    for describe in (codes.describe_reading_type, codes.describe_event, codes.describe_quality):
        assert describe(text) == text


def test_a_number_too_long_to_be_a_code_is_none() -> None:
    """A vendor's ten thousand digits are shown, not counted."""
    text = ".".join(["9" * 10_000, "0", "0"])

    assert codes.describe_quality(text) == text
