"""The tables that derived schemas are written from: every line reads, every class is used, all of them in the order of the published."""

from itertools import pairwise

import pytest

from ami import names
from ami.schemas import derived
from ami.schemas.derived import Element

CLASSES = sorted(derived.classes())
ORDERED = sorted(set(CLASSES) - {"NameType", "NameTypeAuthority"})
"""The published schemas have the description of a kind of names before its name, and so have these."""


def place(element: Element) -> tuple[bool, bool, str]:
    """Where published schemas put an element: mRID, then texts, then objects, each by name."""
    return element.name != "mRID", not element.is_simple, element.name.lower()


@pytest.mark.parametrize("name", ORDERED)
def test_elements_stand_in_the_order_of_the_published_schemas(name: str) -> None:
    """A sender who knows the published schemas finds the same order here."""
    assert [pair for pair in pairwise(derived.elements(name)) if place(pair[0]) >= place(pair[1])] == []


@pytest.mark.parametrize("name", CLASSES)
def test_class_is_carried_by_some_noun(name: str) -> None:
    """No class stands in the tables for nothing."""
    payloads = [noun for noun, entry in derived.nouns().items() if "elements" in entry]
    texts = [derived.schema(payload) for payload in (*payloads, *names.QUERIES.values())]

    assert any(f'Type name="{name}"' in text for text in texts)


def test_tables_name_nouns_only() -> None:
    """A noun that is misspelled in the tables would never be written out."""
    assert set(derived.nouns()) <= set(names.NOUNS)


def test_noun_is_published_or_stands_in_the_tables() -> None:
    """Every noun has a schema, and only one."""
    written = {noun for noun, entry in derived.nouns().items() if {"elements", "same_as"} & entry.keys()}

    assert len(names.NOUNS) == 26
    assert len(written) == 21


@pytest.mark.parametrize("line", ["name string", "name: string!", "a-b: string", "name:string", ""])
def test_line_that_is_no_element_is_refused(line: str) -> None:
    """A slip in the tables does not become an element of another name."""
    with pytest.raises(ValueError, match="no element"):
        Element.read(line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('<xs:element name="kind" type="this:MeterMultiplierKind"/>', id="once"),
        pytest.param('<xs:element name="serialNumber" type="xs:string" minOccurs="0"/>', id="at-most-once"),
        pytest.param('<xs:element name="Seals" type="this:Seal" minOccurs="0" maxOccurs="unbounded"/>', id="any-number"),
        pytest.param('<xs:element name="Names" type="this:Name" maxOccurs="unbounded"/>', id="at-least-once"),
        pytest.param('<xs:attribute name="ref" type="xs:string" use="required"/>', id="reference"),
        pytest.param('<xs:enumeration value="kH"/>', id="word"),
        pytest.param('<xs:restriction base="xs:float"/>', id="quantity"),
    ],
)
def test_line_of_the_tables_becomes_a_line_of_the_schema(line: str) -> None:
    """`?`, `*` and `+` mean what they mean in a DTD."""
    assert line in (text.strip() for text in derived.schema("MeterConfig").splitlines())
