"""A small message that is written like one of the same batch: sign for sign the same, but for texts that each message has of its own.

A folder of deliveries says the same thing ten thousand times: the same envelope and the same header, with other ids, moments, numbers
and names. Where one of them was found clean, parser and schema would say the same of the next, so long as the texts that differ are
of a kind that is allowed there whatever they are. What rules ask of those texts is still asked, of a header that has them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, NamedTuple, TypeVar

from conformance.batch import Cut
from conformance.capture import Capture
from conformance.moments import moment
from conformance.views.header import HeaderView

MOST_WRITINGS: Final = 16
"""Of one batch; where there are more, messages are hardly alike, and taking each for a model would be of no use."""

_TEXT = re.compile(rb">([\w.:+/@-]+)</")
"""A text that is written as it is read, in ASCII and without a space. The start of a tag and the end of another belong to no text."""

_OPENING = re.compile(rb"(?:[A-Za-z_][\w.-]*:)?([A-Za-z]+)")
"""An opening tag without attributes."""

_MOMENT = re.compile(
    rb"20\d\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    rb"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)"
)
"""An xs:dateTime beyond doubt; most of those that there are."""

_NUMBER = re.compile(rb"-?\d{1,9}(?:\.\d{1,9})?")
"""An xs:float beyond doubt."""

_UUID = re.compile(rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""All that the schema of a strict dialect takes for an id."""

_IDS: Final = frozenset({b"MessageID", b"CorrelationID"})
_IN_HEADER: Final = _IDS | {b"Timestamp", b"Source"}
_MOMENTS: Final = frozenset({b"timeStamp", b"start", b"end"})
_NAMES: Final = frozenset({b"mRID", b"name"})
_VALUE_OF_A_ROW = re.compile(rb"(?:[A-Za-z_][\w.-]*:)?timeStamp><(?:[A-Za-z_][\w.-]*:)?value")
"""What stands between a moment and its number; a `value` elsewhere may be any text."""

T = TypeVar("T")


class Alike(NamedTuple, Generic[T]):
    """A message that is written like another. header: its own. model: what was remembered of the other."""

    header: HeaderView
    model: T


class _Model(NamedTuple, Generic[T]):
    header: HeaderView
    remembered: T


@dataclass(slots=True)
class _Writing(Generic[T]):
    """What all messages have in common that are written alike, and by number the texts between.

    models: by the texts that are not free.
    """

    in_header: list[tuple[int, str]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    fixed: list[int] = field(default_factory=list)
    models: dict[tuple[bytes | bool, ...], _Model[T]] = field(default_factory=dict)

    def key(self, texts: Sequence[bytes]) -> tuple[bytes | bool, ...]:
        """What a message has to have in common with its model besides: the fixed texts, and whether its ids are UUIDs."""
        return (*[texts[place] for place in self.fixed], *[_UUID.fullmatch(texts[place]) is not None for place in self.ids])

    def are_sound(self, texts: Sequence[bytes]) -> bool:
        """Whether the schema allows the texts that are free."""
        moments, numbers = [texts[place] for place in self.moments], [texts[place] for place in self.numbers]
        return all(map(_MOMENT.fullmatch, moments)) and all(map(_NUMBER.fullmatch, numbers))


class Likeness(Generic[T]):
    """The writings of those messages of a batch that were found clean."""

    def __init__(self) -> None:
        self._writings: dict[tuple[bytes, ...], _Writing[T]] = {}

    def find(self, body: bytes, capture: Capture) -> Alike[T] | None:
        """The model that a message is written like. body: of the message, without the rows that were left out."""
        pieces = _TEXT.split(body)
        writing = self._writings.get(tuple(pieces[::2]))
        if writing is None:
            return None
        texts = pieces[1::2]
        model = writing.models.get(writing.key(texts))
        if model is None or not writing.are_sound(texts):
            return None
        return Alike(
            _header(model.header, [(name, texts[place].decode("ascii")) for place, name in writing.in_header], capture), model.remembered
        )

    def remember(self, body: bytes, cut: Cut, header: HeaderView, remembered: T) -> None:
        """Takes a message for a model: one that parser, schema and the rules of its header found nothing wrong with.

        body: as in `find`. cut: where its readings lie in that.
        """
        pieces = _TEXT.split(body)
        literals, texts = tuple(pieces[::2]), pieces[1::2]
        writing = self._writings.get(literals)
        if writing is None:
            if len(self._writings) == MOST_WRITINGS:
                return
            writing = self._writings[literals] = _writing(literals, texts, cut, header)
        if writing.are_sound(texts):
            # Else what is free for us is perhaps not for the schema: where it wants another kind of text, a sound one is wrong.
            writing.models[writing.key(texts)] = _Model(header, remembered)


def _writing(literals: Sequence[bytes], texts: Sequence[bytes], cut: Cut, header: HeaderView) -> _Writing[T]:
    """Which of the texts of a message are free: some fields of its header, and moments, numbers and names in its readings."""
    writing: _Writing[T] = _Writing()
    written = b"".join(literals)
    once = {name for name in _IN_HEADER if written.count(name) == len(("<>", "</>"))}
    offset = 0
    for place, (before, text) in enumerate(zip(literals, texts, strict=False)):
        offset += len(before) + len(">")
        opening = _OPENING.fullmatch(before, before.rfind(b"<") + 1)
        name = opening[1] if opening else b""
        is_read = cut.start < offset < cut.end
        if offset < cut.start and name in once and (said := header.fields.get(name.decode())) and said.text == text.decode():
            writing.in_header.append((place, name.decode()))
            if name in _IDS:
                writing.ids.append(place)
            elif name == b"Timestamp":
                writing.moments.append(place)
        elif is_read and name in _MOMENTS:
            writing.moments.append(place)
        elif is_read and _VALUE_OF_A_ROW.fullmatch(before):
            writing.numbers.append(place)
        elif not is_read or name not in _NAMES:
            writing.fixed.append(place)
        offset += len(text) + len("</")
    return writing


def _header(model: HeaderView, own: Sequence[tuple[str, str]], capture: Capture) -> HeaderView:
    """A header like another's, with texts of its own."""
    fields = dict(model.fields)
    for name, text in own:
        fields[name] = fields[name]._replace(text=text)
    stamp = fields.get("Timestamp")
    at = moment(stamp.text) if stamp else None
    return HeaderView(fields, model.where, model.root, model.wrapping, model.payload, capture, at, model.parts, model.carries)
