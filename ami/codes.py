"""The code lists of IEC 61968-9 in words: what a reading type, an event, a quality or a reply code means.

The lists are data, in `ami/code_tables/*.csv`. They are known from one or two public sources each, so a code that is
missing here may well exist: it is described by its number, and never refused.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Final, NamedTuple

from ami.reading_type import ReadingType


class Code(NamedTuple):
    """One row of a code list. phrase: the term as it reads inside a sentence; symbol: of a unit or a multiplier, may be empty."""

    code: int
    term: str
    phrase: str
    symbol: str = ""


class ReplyTerm(NamedTuple):
    """What a reply code says, and the category that it belongs to."""

    code: str
    category: str
    term: str


READING_TYPE_TABLES: Final = {
    "macro_period": "reading_type_macro_period",
    "aggregate": "reading_type_aggregate",
    "measuring_period": "reading_type_measuring_period",
    "accumulation": "reading_type_accumulation",
    "flow_direction": "reading_type_flow_direction",
    "commodity": "reading_type_commodity",
    "measurement_kind": "reading_type_measurement_kind",
    "phases": "reading_type_phases",
    "multiplier": "reading_type_multiplier",
    "unit": "reading_type_unit",
    "currency": "reading_type_currency",
}
"""Field of ReadingType -> its code list; the other fields are plain numbers. Of currencies only the usual ones stand there."""

END_DEVICE_TABLES: Final = {
    "type": "end_device_type",
    "domain": "end_device_domain",
    "sub_domain": "end_device_sub_domain",
    "event_or_action": "end_device_event_or_action",
}
"""Part of an event or control code, in wire order -> its code list."""

QUALITY_TABLES: Final = {"system": "reading_quality_system", "category": "reading_quality_category"}
"""Part of a quality code -> its code list; what an index means depends on the category: `quality_indexes`."""

_NOT_APPLICABLE = 0
_MONEY = 80
_SENTENCE_FIELDS = ("macro_period", "aggregate", "measuring_period", "accumulation", "flow_direction", "commodity", "measurement_kind")
_COUNTED_FIELDS = {"tou": "time-of-use period", "cpp": "critical-peak period", "consumption_tier": "consumption tier"}
_FRACTIONS = ("interharmonic", "argument")
_NUMBERS = re.compile(r"-?[0-9]{1,9}(\.-?[0-9]{1,9})*")


@cache
def table(name: str) -> Mapping[int, Code]:
    """A code list by the name of its file. name: one of the values of READING_TYPE_TABLES, END_DEVICE_TABLES or QUALITY_TABLES."""
    return {
        int(row["code"]): Code(int(row["code"]), row["term"], row.get("phrase") or _inside_a_sentence(row["term"]), row.get("symbol") or "")
        for row in _rows(name)
    }


@cache
def quality_indexes() -> Mapping[tuple[int, int], Code]:
    """(category, index) -> what it means."""
    return {
        (int(row["category"]), int(row["index"])): Code(int(row["index"]), row["term"], _inside_a_sentence(row["term"]))
        for row in _rows("reading_quality_index")
    }


@cache
def reply_errors() -> Mapping[str, ReplyTerm]:
    """Reply code, such as "2.4" -> what it says."""
    return {row["code"]: ReplyTerm(row["code"], row["category"], row["term"]) for row in _rows("reply_error")}


@cache
def well_known_events() -> Mapping[str, str]:
    """Event or control code -> the name that engineers call it by."""
    return {row["code"]: row["term"] for row in _rows("end_device_well_known")}


def describe_reading_type(text: str) -> str:
    """What eighteen numbers measure: "15-minute delta forward electricity energy, kWh". Other text comes back as it is."""
    if len(_numbers(text)) != len(ReadingType._fields):
        return text
    reading_type = ReadingType.parse(text)
    return ", ".join(filter(None, (_what(reading_type), _unit(reading_type), *_details(reading_type)))) or "not specified"


def describe_event(text: str) -> str:
    """What an event or control code says: "electric meter, power, failed (last gasp)". Other text comes back as it is."""
    numbers = _numbers(text)
    if len(numbers) != len(END_DEVICE_TABLES):
        return text
    phrase = ", ".join(_phrases(zip(END_DEVICE_TABLES, END_DEVICE_TABLES.values(), numbers, strict=True))) or "not specified"
    known_as = well_known_events().get(text)
    return f"{phrase} ({known_as})" if known_as else phrase


def describe_quality(text: str) -> str:
    """What a quality code says, and which system says it: "estimated, generic estimate (meter data management)"."""
    numbers = _numbers(text)
    if len(numbers) != len(QUALITY_TABLES) + 1:
        return text
    system, category, index = numbers
    index_code = quality_indexes().get((category, index))
    what = f"{_phrase('category', QUALITY_TABLES['category'], category)}, {index_code.phrase if index_code else f'index {index}'}"
    return what if system == _NOT_APPLICABLE else f"{what} ({_phrase('system', QUALITY_TABLES['system'], system)})"


def describe_reply(code: str) -> str:
    """What a reply code says: "Parameter invalid: Invalid Meter(s)". An unknown code is called one."""
    known = reply_errors().get(code)
    return f"{known.category}: {known.term}" if known else f"unknown code {code}"


def _what(reading_type: ReadingType) -> str:
    return " ".join(_phrases((field, READING_TYPE_TABLES[field], getattr(reading_type, field)) for field in _SENTENCE_FIELDS))


def _unit(reading_type: ReadingType) -> str:
    unit = table(READING_TYPE_TABLES["unit"]).get(reading_type.unit)
    multiplier = table(READING_TYPE_TABLES["multiplier"]).get(reading_type.multiplier)
    symbol = unit.symbol if unit else ""
    if symbol and multiplier:
        return multiplier.symbol + symbol
    words = []
    if reading_type.multiplier != _NOT_APPLICABLE:
        words.append(multiplier.phrase if multiplier else f"multiplier {reading_type.multiplier}")
    if reading_type.unit == _MONEY and reading_type.currency != _NOT_APPLICABLE:
        words.append(_phrase("currency", READING_TYPE_TABLES["currency"], reading_type.currency))
    elif reading_type.unit != _NOT_APPLICABLE:
        words.append(symbol or _phrase("unit", READING_TYPE_TABLES["unit"], reading_type.unit))
    return " ".join(words)


def _details(reading_type: ReadingType) -> Iterator[str]:
    for field, words in _COUNTED_FIELDS.items():
        number = getattr(reading_type, field)
        if number != _NOT_APPLICABLE:
            yield f"{words} {number}"
    yield from _phrases([("phases", READING_TYPE_TABLES["phases"], reading_type.phases)])
    for field in _FRACTIONS:
        numerator, denominator = getattr(reading_type, f"{field}_numerator"), getattr(reading_type, f"{field}_denominator")
        if numerator or denominator:
            yield f"{field} {numerator}/{denominator}"


def _phrases(parts: Iterable[tuple[str, str, int]]) -> Iterator[str]:
    """The phrase of each part that says anything. parts: what it is called, its code list, its code."""
    return (_phrase(part, name, code) for part, name, code in parts if code != _NOT_APPLICABLE)


def _phrase(part: str, name: str, code: int) -> str:
    known = table(name).get(code)
    return known.phrase if known else f"{part.replace('_', ' ')} {code}"


def _inside_a_sentence(term: str) -> str:
    """A term without its capital, unless it starts with an abbreviation."""
    return term[:1].lower() + term[1:] if term[1:2].islower() else term


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split("."))) if _NUMBERS.fullmatch(text) else ()


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(StringIO((files("ami") / "code_tables" / f"{name}.csv").read_text("utf-8")))
