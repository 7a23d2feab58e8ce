"""That views made of a message's texts are those that are read from it, for every noun, and that no rule is left out that could speak."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami.findings import Where
from ami.names import METER_READINGS
from conformance.capture import Capture
from conformance.catalogue import RULES_BY_VIEW
from conformance.free_texts import Kind
from conformance.judgement import Case
from conformance.likeness import Likeness, Model, free_places, is_model, rewritten, written
from conformance.mould import MOULDED, Mould, NoMouldError, mark
from conformance.opaque import TOUCHED, Opaque
from conformance.reader import Reader
from conformance.rule import Breach
from conformance.views.events import EventsView
from conformance.views.linkage import LinkageView
from conformance.views.place import Field
from tests.conformance.generate.making import AT
from tests.conformance.generate.messages import PAYLOADS, sound

DIALECTS = ("2011", "2017", "generic", "2011-draft", "2011+uuid-ids")
OTHER = {
    Kind.TEXT: ("x", "M-1", "true", "0", "create", "OK", "2026-03-01T00:00:00", "a,b", "1.5", "Meter", "NameType"),
    Kind.UUID: ("0b6bbd0f-95a1-4b5a-9e5c-6a1d6f3a2b01", "0b6bbd0f-95a1-4b5a-9e5c-6a1d6f3a2b02"),
    Kind.MOMENT: ("2026-03-09T00:30:00Z", "2026-03-09T00:45:00+01:00", "2025-12-31T23:59:59.5Z"),
    Kind.NUMBER: ("0", "-1.5", "100", "17.25"),
    Kind.WHOLE_NUMBER: ("0", "-1", "100"),
}


def read(reader: Reader, body: bytes) -> Case:
    """A message as far as it can be read."""
    return reader.read(Case(Capture(body, AT)))


def model_of(reader: Reader, body: bytes) -> Model | None:
    """What is learnt from a message."""
    likeness, case, parted = Likeness(), read(reader, body), written(body)
    assert parted is not None
    likeness.remember(body, parted, case, lambda marked: read(reader, marked))
    return likeness.find(parted, case.capture)


def changed(reader: Reader, body: bytes, chance: Random) -> bytes:
    """The message with other texts in most places where they are free."""
    parted = written(body)
    assert parted is not None
    free = free_places(body, parted, read(reader, body))
    return rewritten(body, {place: chance.choice(OTHER[kind]) for place, kind in free.items() if chance.randrange(4)})


@pytest.mark.parametrize("name", [name for name in PAYLOADS if name != METER_READINGS])
@settings(max_examples=5, deadline=None, database=None, derandomize=True)
@given(seed=st.integers(0, 10**6), dialect_name=st.sampled_from(DIALECTS))
def test_texts_of_another_message(name: str, seed: int, dialect_name: str) -> None:
    """The schema allows them, the views have them, and the rules that are left out find nothing in them."""
    reader, body = Reader(dialect_name, True, None), sound(Random(seed), name, dialect_name).body()
    model = model_of(reader, body) if is_model(read(reader, body)) else None
    if model is None:
        return
    other = changed(reader, body, Random(seed))
    own, actual = written(other), read(reader, other)

    assert own is not None
    assert not [found for found in actual.findings if found.rule_id.startswith("XS")]
    assert model.mould.views(own.texts, actual.capture) == actual.views
    asked = {rule.id for _, rules in model.open_rules for rule in rules}
    left_out = [(rule, view) for kind, view in actual.views.items() for rule in RULES_BY_VIEW.get(kind, ()) if rule.id not in asked]
    assert not [rule.id for rule, view in left_out if next(rule.check(view), None) is not None]


@pytest.mark.parametrize("name", [name for name in PAYLOADS if name != METER_READINGS])
def test_every_noun_can_be_a_model(name: str) -> None:
    """Otherwise nothing is tested above, and nothing gained."""
    reader = Reader("2011", True, None)
    bodies = [sound(Random(seed), name).body() for seed in range(6)]

    assert any(model_of(reader, body) for body in bodies if is_model(read(reader, body)))


def moulded(view: object, *marks: str) -> Mould:
    """The mould of one view, in which some texts are marks."""
    return Mould({type(view): view}, {place: mark(place, Kind.TEXT) for place in range(len(marks))}, Capture(b""))


def linked(*things: Any, path: str = "/") -> LinkageView:
    """A view with anything in it."""
    return LinkageView(things, None, Where(path, 0), {}, None)


def test_texts_take_the_places_of_marks() -> None:
    """Also those in what is in what, twice, or not at all."""
    first, second = mark(0, Kind.TEXT).text, mark(1, Kind.TEXT).text
    view = linked((first, ("same", Field(second, 3, "/a", "b"))), first)

    assert moulded(view, first, second).views(["one", "two"], Capture(b"")) == {
        LinkageView: linked(("one", ("same", Field("two", 3, "/a", "b"))), "one")
    }


@pytest.mark.parametrize("made", ["{}-x", "a {}", "{0}{0}"])
def test_text_that_something_was_made_of_has_no_mould(made: str) -> None:
    """Nobody knows what would be made of another."""
    text = mark(0, Kind.TEXT).text
    with pytest.raises(NoMouldError):
        moulded(linked(made.format(text)), text)


@pytest.mark.parametrize("thing", [1.5, {1}, [1], {mark(0, Kind.TEXT).text: "a"}, AT])
def test_what_is_not_known_to_follow_from_texts_has_no_mould(thing: object) -> None:
    """Numbers that were read, sets, what is kept by a text, and a moment that stands nowhere."""
    with pytest.raises(NoMouldError):
        moulded(linked(thing), mark(0, Kind.TEXT).text)


@pytest.mark.parametrize(
    "touch",
    [
        hash,
        str,
        len,
        repr,
        list,
        float,
        lambda text: text == "a",
        lambda text: "a" == text,  # noqa: SIM300 - the other way round
        lambda text: text in ("a", "b"),
        lambda text: text in {"a"},
        {"a": 1}.get,
        lambda text: f"{text}",
        lambda text: text[:1],
        lambda text: "a" in text,
        lambda text: text < "a",
        lambda text: "a" + text,
        lambda text: text.strip(),
        lambda text: "".join([text]),
        lambda text: text == Opaque(),
        lambda text: sorted([text, Opaque()]),
    ],
)
def test_nothing_can_be_asked_of_an_opaque_text(touch: Callable[[Any], object]) -> None:
    """However it is asked."""
    with pytest.raises(TOUCHED):
        touch(Opaque())


def test_views_without_texts_of_their_own_are_always_the_same() -> None:
    """No rule needs to be asked of them again."""
    assert moulded(EventsView((), None)).open_rules(0) == []
    assert EventsView in MOULDED


def test_rule_that_asks_whether_two_texts_are_the_same_looks_at_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where Python would say so of one and the same thing without a look at it."""

    def check(view: LinkageView) -> Iterator[Breach]:
        if view.linked[0] not in (view.linked[1],):
            yield Breach(view.where, "two")

    rule = replace(RULES_BY_VIEW[LinkageView][0], check=check)
    monkeypatch.setattr("conformance.mould.RULES_BY_VIEW", {LinkageView: (rule,)})
    first, second = mark(0, Kind.TEXT).text, mark(1, Kind.TEXT).text

    assert moulded(linked(first, second), first, second).open_rules(2) == [(LinkageView, [rule])]


def test_rule_that_looks_at_no_text_is_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may ask whether there is one, and where."""

    def check(view: LinkageView) -> Iterator[Breach]:
        texts: Sequence[object] = view.linked
        if not all(texts) or view.where.path:
            yield Breach(view.where, "none")

    rule = replace(RULES_BY_VIEW[LinkageView][0], check=check)
    monkeypatch.setattr("conformance.mould.RULES_BY_VIEW", {LinkageView: (rule,)})
    text = mark(0, Kind.TEXT).text

    assert moulded(linked(text, path=""), text).open_rules(1) == []


def test_view_that_makes_a_number_of_a_text_has_no_model() -> None:
    """That of a mark is another than that of the message's own text."""
    reader, body = Reader("2011", True, None), sound(Random(3), "GetCustomerConfig").body()
    parted, likeness = written(body), Likeness()
    assert parted is not None

    def read_with(number: int, raw: bytes) -> Case:
        case = read(reader, raw)
        case.views[LinkageView] = linked(number)
        return case

    likeness.remember(body, parted, read_with(3, body), lambda marked: read_with(16, marked))
    assert likeness.find(parted, Capture(body, AT)) is None

    likeness.remember(body, parted, read_with(3, body), lambda marked: read_with(3, marked))
    assert likeness.find(parted, Capture(body, AT)) is not None
