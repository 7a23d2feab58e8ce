"""The views of a message as a function of its texts, learnt from one message: what differs between messages that are written alike.

A copy of the message is read in which each text that may differ is a mark that stands nowhere else. Wherever a mark turns up in a
view, the text of another message belongs there; all else is the same in both. A view that makes anything else of a mark than to keep
it, or to read it as a moment, has no mould.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

from ami.findings import Where
from conformance.capture import Capture, is_out_of_a_file
from conformance.catalogue import RULES_BY_VIEW
from conformance.free_texts import Kind
from conformance.moments import Moment, moment
from conformance.opaque import TOUCHED, Opaque
from conformance.rule import Rule
from conformance.views.calculations import Calculation, CalculationsView
from conformance.views.configuration import ConfigurationView
from conformance.views.configuration import Part as ConfiguredPart
from conformance.views.controls import ControlsView, ControlView
from conformance.views.controls import Part as ControlPart
from conformance.views.controls import Target as ControlTarget
from conformance.views.events import Detail, EventsView, EventView
from conformance.views.header import HeaderView
from conformance.views.linkage import LinkageView
from conformance.views.names import Name, NamesView
from conformance.views.orders import Interval, QueryView, ScheduleView, TimePoint, TimeScheduleView
from conformance.views.orders import Target as OrderTarget
from conformance.views.place import Field
from conformance.views.quality_moments import QualityMoment, QualityMoments
from conformance.views.reply import ErrorView, ReplyView
from conformance.views.work import ServiceRequestsView, WorkView
from conformance.wrapping import Recognised

MOULDED: Final[frozenset[type]] = frozenset(
    {
        *(HeaderView, ReplyView, EventsView, ControlsView, QueryView, ScheduleView, ServiceRequestsView, LinkageView, ConfigurationView),
        *(CalculationsView, NamesView, QualityMoments),
    }
)
"""The views that can have a mould: they hold no tree and no columns."""

_PARTS: Final = MOULDED | {
    *(EventView, Detail, ControlView, ControlPart, ControlTarget, Interval, OrderTarget, TimePoint, TimeScheduleView),
    *(ErrorView, WorkView, ConfiguredPart, Field, Where, Calculation, Name, QualityMoment),
}
_CONSTANT: Final = (bool, int, Enum, Recognised)
_made_of: Final[Callable[[type, Any], Any]] = tuple.__new__
"""Makes a named tuple of its parts, without a look at how many there are."""

_FIRST: Final = datetime(2001, 1, 1, tzinfo=UTC)

Made = Callable[[Sequence[Any], Any], Any]
"""Makes a part of a view of the texts of a message, and of how it was heard."""


class NoMouldError(Exception):
    """A view makes something of a text that is not known to follow from it."""


class Mark(NamedTuple):
    """What stands in the place of a text of some kind."""

    text: str
    kind: Kind


_MARKED = re.compile(r"mark-[0-9]{6}-mark|-6d61726b6d61|2001-01-[0-9]{2}T|8[0-9]{6}\.75|86[0-9]{6}")
"""What shows that there is a mark in a text."""


@lru_cache(maxsize=4096)
def mark(place: int, kind: Kind) -> Mark:
    """A text of a kind that tells the place that it stands in."""
    text = {
        Kind.TEXT: f"mark-{place:06}-mark",
        Kind.UUID: f"{place:08}-0000-4000-8000-6d61726b6d61",
        Kind.MOMENT: f"{_FIRST + timedelta(seconds=place):%Y-%m-%dT%H:%M:%SZ}",
        Kind.NUMBER: f"8{place:06}.75",
        Kind.WHOLE_NUMBER: f"86{place:06}",
    }[kind]
    return Mark(text, kind)


class Mould:
    """Makes views like some others. Raises NoMouldError where that cannot be known to be right.

    views: of a message in which marks stand. marks: by the place of their text. heard: the capture of that message.
    """

    def __init__(self, views: Mapping[type, object], marks: Mapping[int, Mark], heard: Capture) -> None:
        self._places = {each.text: place for place, each in marks.items()}
        self._moments = {moment(each.text): place for place, each in marks.items() if each.kind is Kind.MOMENT}
        self._heard = heard
        made = {kind: self._made(view) for kind, view in views.items()}
        self._same = {kind: views[kind] for kind, make in made.items() if make is None}
        self._own = {kind: make for kind, make in made.items() if make is not None}

    def views(self, texts: Sequence[str], capture: Capture) -> dict[type, object]:
        """The views of another message that is written alike. texts: all of its texts, in their order."""
        return {**self._same, **{kind: make(texts, capture) for kind, make in self._own.items()}}

    def view(self, kind: type, texts: Sequence[str], capture: Capture) -> object:
        """One of its views."""
        return self._own[kind](texts, capture) if kind in self._own else self._same.get(kind)

    def open_rules(self, count: int) -> list[tuple[type, list[Rule]]]:
        """The rules that look at what differs between such messages, by their view. count: of texts."""
        blind: list[Any] = [Opaque() for _ in range(count)]
        body: Any = Opaque()
        heard = self._heard._replace(body=body) if is_out_of_a_file(self._heard) else body
        views = {kind: make(blind, heard) for kind, make in self._own.items()}
        found = [(kind, [rule for rule in RULES_BY_VIEW.get(kind, ()) if _looks(rule, view)]) for kind, view in views.items()]
        return [(kind, rules) for kind, rules in found if rules]

    def _made(self, value: Any) -> Made | None:
        """How to make a part of a view; None for one that is always the same."""
        kind = type(value)
        if kind is str:
            return self._text(value)
        if value is self._heard:
            return lambda _, capture: capture
        if kind is Field:
            return self._field(value)
        if kind in _PARTS:
            return self._parts(kind, value)
        if kind is tuple:
            return _filled(tuple, value, [self._made(inner) for inner in value])
        if kind is dict:
            return self._mapping(value)
        if kind in (Moment, datetime):
            return self._moment(value)
        if kind is int and _MARKED.search(str(value)):
            raise NoMouldError(f"the number {value}")
        if value is None or isinstance(value, _CONSTANT):
            return None
        raise NoMouldError(f"a {kind.__name__}")

    def _text(self, value: str) -> Made | None:
        place = self._places.get(value)
        if place is not None:
            return lambda texts, _: texts[place]
        if _MARKED.search(value):
            raise NoMouldError(value)
        return None

    def _moment(self, value: Moment | datetime) -> Made:
        read = value if isinstance(value, Moment) else Moment(value, has_offset=True)
        place = self._moments.get(read)
        if place is None:
            raise NoMouldError(str(value))
        if isinstance(value, Moment):
            return lambda texts, _: _read(texts[place])
        return lambda texts, _: _at(texts[place])

    def _field(self, value: Field) -> Made | None:
        """As `_parts`; nearly all parts are fields."""
        if self._text(value.text) is None:
            return None
        place, (_, line, owner, name) = self._places[value.text], value
        return lambda texts, _: _made_of(Field, (texts[place], line, owner, name))

    def _parts(self, kind: type, value: Any) -> Made | None:
        if isinstance(value, tuple):
            return _filled(partial(_made_of, kind), value, [self._made(each) for each in value])
        inner = [getattr(value, each.name) for each in fields(value)]
        return _filled(lambda parts: kind(*parts), inner, [self._made(each) for each in inner])

    def _mapping(self, value: Mapping[Any, Any]) -> Made | None:
        if any(self._made(key) is not None for key in value):
            raise NoMouldError("a mapping by texts")
        if all(type(each) is Field for each in value.values()):
            return self._mapping_of_fields(value)
        own = [(key, make) for key, each in value.items() if (make := self._made(each)) is not None]

        def fill(texts: Sequence[Any], capture: Any) -> Any:
            whole = dict(value)
            for key, make in own:
                whole[key] = make(texts, capture)
            return whole

        return fill if own else None

    def _mapping_of_fields(self, value: Mapping[Any, Field]) -> Made | None:
        """As `_mapping`; most of what is to be made stands in such ones."""
        own = [(key, self._places[each.text], *each[1:]) for key, each in value.items() if self._text(each.text) is not None]

        def fill(texts: Sequence[Any], _: Any) -> Any:
            whole = dict(value)
            for key, place, line, owner, name in own:
                whole[key] = _made_of(Field, (texts[place], line, owner, name))
            return whole

        return fill if own else None


def _looks(rule: Rule, view: object) -> bool:
    """Whether a rule looks at a text in a view whose texts nobody can look at."""
    try:
        return next(rule.check(view), None) is not None
    except TOUCHED:
        return True


def _read(text: Any) -> Moment | None:
    """The moment that a free text is; such a text always names its offset."""
    if not isinstance(text, Opaque):
        return moment(text)
    at: Any = Opaque()
    return Moment(at, has_offset=True)


def _at(text: Any) -> datetime | None:
    read = _read(text)
    return read.at if read is not None else None


def _filled(whole: Callable[[list[Any]], Any], inner: Sequence[Any], made: Sequence[Made | None]) -> Made | None:
    """How to make something of parts, some of which are always the same; None where all are."""
    own, same = [(place, make) for place, make in enumerate(made) if make is not None], list(inner)

    def fill(texts: Sequence[Any], capture: Any) -> Any:
        parts = same.copy()
        for place, make in own:
            parts[place] = make(texts, capture)
        return whole(parts)

    return fill if own else None
