"""The schemas that call themselves published have the shape that was published: names, order, how often, and types.

`published.csv` is that shape as a table: `owner` is the type that holds an element, `A.B` the type of the element B in A,
`reference(@ref)` an empty element with a code, `(simpleType)` a type of text.
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from ami import names, schemas
from tests.conformance.generate.declared import Declared, payload

TABLE = Path(__file__).with_name("published.csv")
PUBLISHED = [noun for noun in names.NOUNS if schemas.origin(noun) == "published"]
HEADER = "HeaderType"
"""That of the message: it stands in a schema of its own."""

Row = tuple[str, str, str, str]
"""Path, least, most, type."""


def rows() -> dict[str, dict[str, list[dict[str, str]]]]:
    """Schema -> owner -> its elements."""
    found: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["schema"]][row["owner"]].append(row)
    return found


def told(owners: dict[str, list[dict[str, str]]], owner: str, path: str) -> list[Row]:
    """The shape of an owner as the table has it."""
    simple = {row["element"]: row["type"] for row in owners.get("(simpleType)", ())}
    shape = []
    for row in owners[owner]:
        at = f"{path}/{row['element']}"
        inside = told(owners, row["type"], at) if row["type"] in owners else []
        kind = "" if inside else _kind(simple.get(row["type"], row["type"]))
        shape += [(at, row["min"], row["max"], kind), *inside]
    return shape


def _kind(written: str) -> str:
    """`xs:string {a|b}`, `a|b`, `xs:float` and `reference(@ref)` in one wording."""
    if "|" in written:
        return written.removeprefix("xs:string ").strip("{}")
    return written.removeprefix("xs:")


def declared(element: Declared, path: str) -> list[Row]:
    """The shape of an element as the schema has it."""
    shape = []
    for part in element.parts:
        at = f"{path}/{part.name}"
        is_header = part.name == "Header"
        kind = HEADER if is_header else "reference(@ref)" if part.reference else "|".join(part.words) or part.base
        most = "*" if part.most is None else str(part.most)
        shape += [(at, str(part.least), most, kind), *([] if is_header else declared(part, at))]
    return shape


@pytest.mark.parametrize("noun", PUBLISHED)
def test_published_schema_has_the_published_shape(noun: str) -> None:
    """Element by element, in their order."""
    assert declared(payload(noun), noun) == told(rows()[noun], noun, noun)


def test_every_published_schema_is_in_the_table() -> None:
    """None calls itself published without proof."""
    assert set(PUBLISHED) == set(rows())
