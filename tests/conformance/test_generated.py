"""Messages made from the schemas: what is valid is accepted, what is sound raises no finding, and one edit more is refused."""

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ami import schemas
from ami.dialect import dialect
from ami.dialect import names as dialect_names
from conformance import schema
from conformance.judge import Judge
from conformance.schema_choice import carried
from tests.ami import by_xmlschema, xerces
from tests.conformance.generate import edits
from tests.conformance.generate.declared import payload
from tests.conformance.generate.messages import PAYLOADS, Generated, sound, valid
from tests.conformance.generate.sound import SOUND

DIALECTS = dialect_names()
SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=4, deadline=None, database=None, derandomize=True)
MORE = settings(max_examples=60, deadline=None, database=None, derandomize=True)


@cache
def judge(dialect_name: str) -> Judge:
    """One judge for all tests of a dialect."""
    return Judge(dialect_name)


def refused(body: bytes, dialect_name: str) -> list[str]:
    """What the schema layer has against a message."""
    message = etree.fromstring(body)
    return [str(finding) for finding in schema.breaches(message, carried(message, dialect_name), dialect_name)]


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("dialect_name", DIALECTS)
@FEW
@given(seed=SEEDS, richness=st.sampled_from([0.1, 0.4, 0.8]))
def test_valid_message_is_accepted(dialect_name: str, name: str, seed: int, richness: float) -> None:
    """Of every noun and query, in every dialect, with little or much of what may stand."""
    made = valid(Random(seed), name, dialect_name, richness=richness)

    assert refused(made.body(), dialect_name) == []


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("dialect_name", DIALECTS)
@FEW
@given(seed=SEEDS)
def test_sound_message_raises_no_finding(dialect_name: str, name: str, seed: int) -> None:
    """No rule of any layer minds it, alone or on a wire."""
    made = sound(Random(seed), name, dialect_name)

    for capture in (made.capture(), made.on_a_wire()):
        assert [str(finding) for finding in judge(dialect_name).message(capture).findings] == []


@pytest.mark.parametrize("edit", edits.EDITS)
@MORE
@given(seed=SEEDS, name=st.sampled_from(PAYLOADS), dialect_name=st.sampled_from(DIALECTS))
def test_edited_message_is_refused(edit: str, seed: int, name: str, dialect_name: str) -> None:
    """By the judge and by xmlschema, both of which accept it before the edit."""
    random = Random(seed)
    made = valid(random, name, dialect_name, richness=0.5)
    assert by_xmlschema.loaded(dialect_name).is_valid(made.tree.write())
    if edits.EDITS[edit](random, made.payload):
        assert refused(made.body(), dialect_name) != []
        assert not by_xmlschema.loaded(dialect_name).is_valid(made.tree.write())


@pytest.mark.parametrize("edit", edits.EDITS)
def test_edit_finds_a_place_in_several_nouns(edit: str) -> None:
    """An edit that can never be made would prove nothing."""
    made = [(random, valid(random, name, richness=0.8)) for name in PAYLOADS for random in [Random(f"{edit} {name}")]]

    assert sum(edits.EDITS[edit](random, each.payload) for random, each in made) >= 8


@pytest.mark.parametrize("name", PAYLOADS)
def test_nothing_that_is_declared_is_never_made(name: str) -> None:
    """With all that may stand, every element of the schema does, but for what a header leaves out."""
    made = valid(Random(1), name, richness=1)
    parts = [part for part in payload(name).parts if part.name != "Header"]

    assert {element.name for part in parts for element in part.walk()} <= {element.name for element in made.payload.walk()}


@pytest.mark.parametrize("name", PAYLOADS)
def test_same_seed_makes_the_same_message(name: str) -> None:
    """And another seed another one."""
    bodies = [sound(Random(seed), name).body() for seed in (7, 7, 8)]

    assert bodies[0] == bodies[1] != bodies[2]


def test_xerces_judges_as_the_others_do(tmp_path: Path) -> None:
    """Every noun and query as it was made, and each with an edit."""
    texts = schemas.documents(dialect("2017")) | {"entry.xsd": schemas.entry(dialect("2017"))}
    for name in PAYLOADS:
        random = Random(name)
        made = valid(random, name, "2017", richness=0.5)
        texts[f"{name}.right.xml"] = made.tree.write()
        assert edits.wrong_order(random, made.payload) or edits.add_unknown(random, made.payload)
        texts[f"{name}.wrong.xml"] = made.tree.write()
    for file, text in texts.items():
        (tmp_path / file).write_text(text, "utf-8")
    orders = [f"message {tmp_path / file}" for file in texts if file.endswith(".xml")]
    loaded, *told = xerces.answers([f"schema {tmp_path / 'entry.xsd'}", *orders])
    passed = {order for order, answer in zip(orders, told, strict=True) if answer == "valid"}

    assert loaded == "loaded"
    assert passed == {order for order in orders if order.endswith(".right.xml")}


@pytest.mark.parametrize("name", SOUND)
def test_sound_message_says_something(name: str) -> None:
    """A message in which nothing is said has nothing wrong with it either."""
    made = [sound(Random(seed), name) for seed in range(5)]

    assert all({child.name for child in each.payload.children} - {"Header"} for each in made)


def test_message_says_what_it_is_about() -> None:
    """For whoever edits it: the noun, the verb, and the part of the tree that holds the payload."""
    made: Generated = sound(Random(3), "GetMeterConfig")

    assert (made.noun, made.verb, made.payload.name) == ("MeterConfig", "get", "GetMeterConfig")
