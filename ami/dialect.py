"""A dialect: how one family of products wraps the same payloads. Data in `ami/dialects/*.toml`, never code.

A name may go on with variants of strictness, as in `2017+uuid-ids+listed`: files in `ami/dialects/strictness/`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ami.errors import ConfigurationError
from ami.messages import Kind

CORRELATION_ID: Final = "CorrelationID"
_VARIANT: Final = "+"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The root of one message: its local name and namespace."""

    root: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names that differ from product to product; `{noun}` and `{Verb}` stand where a name is filled in.

    also_roots: roots that are taken besides those of `roots`, and never written. mandatory_header: the fields that no
    header may lack. nouns_are_listed, contexts_are_listed: whether a schema refuses all that `nouns` and `contexts` do not name.
    """

    name: str
    header_namespace: str
    payload_namespace: str
    soap_action: str
    root_namespace: str
    roots: dict[str, str]
    also_roots: dict[str, str]
    get_root: str
    get_root_namespace: str
    get_reply_root: str
    get_reply_root_namespace: str
    query_inside_request: bool
    request_verbs: tuple[str, ...]
    event_verbs: tuple[str, ...]
    response_verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    contexts: tuple[str, ...]
    mandatory_header: tuple[str, ...]
    ids_are_uuids: bool
    nouns_are_listed: bool
    contexts_are_listed: bool

    def wrapping(self, kind: Kind, verb: str, noun: str, *, answers_get: bool = False) -> Wrapping:
        """The root of a message. verb: as in its header; answers_get: a response to `get`."""
        if verb == "get":
            root, namespace = self.get_root, self.get_root_namespace
        elif kind is Kind.RESPONSE and answers_get:
            root, namespace = self.get_reply_root, self.get_reply_root_namespace
        else:
            root, namespace = self.roots[kind], self.root_namespace
        fill = {"noun": noun, "Verb": verb.capitalize()}
        return Wrapping(root.format(**fill), namespace.format(**fill))

    def also(self, noun: str) -> Iterator[tuple[Kind, Wrapping]]:
        """The roots that messages about a noun may have besides, whatever their verb."""
        for kind, root in self.also_roots.items():
            yield Kind(kind), Wrapping(root.format(noun=noun), self.root_namespace.format(noun=noun))

    def kind(self, verb: str) -> Kind | None:
        """Whether a verb asks, tells or answers; None where the dialect has no such verb."""
        if verb in self.request_verbs:
            return Kind.REQUEST
        if verb in self.event_verbs:
            return Kind.EVENT
        return Kind.RESPONSE if verb in self.response_verbs else None

    @property
    def verbs(self) -> tuple[str, ...]:
        """All that a header's Verb may be."""
        return self.request_verbs + self.event_verbs + self.response_verbs

    @property
    def always_correlates(self) -> bool:
        """Whether a message that answers nobody has a CorrelationID as well: its own MessageID."""
        return CORRELATION_ID in self.mandatory_header

    def payload(self, noun: str) -> str:
        """The namespace of a payload; noun: MeterReadings, GetMeterReadings …"""
        return self.payload_namespace.format(noun=noun)

    def action(self, verb: str, noun: str) -> str:
        """The SOAPAction of a message that carries `verb` and `noun` in its header."""
        return self.soap_action.format(noun=noun, Verb=verb.capitalize())


def names() -> tuple[str, ...]:
    """The dialects that there are, each as lenient as it comes."""
    return _in("dialects")


def variants() -> tuple[str, ...]:
    """The variants of strictness that may follow a dialect's name."""
    return _in("dialects/strictness")


@cache
def dialect(name: str) -> Dialect:
    """The dialect of that name. Raises ConfigurationError, naming those that there are."""
    wrapping, *strictness = name.split(_VARIANT)
    if wrapping not in names():
        raise ConfigurationError(f"there is no dialect {wrapping!r}: choose one of {', '.join(names())}")
    table = _table(f"dialects/{wrapping}.toml")
    for variant in strictness:
        if variant not in variants():
            raise ConfigurationError(f"dialect {name!r}: there is no variant {variant!r}: choose from {', '.join(variants())}")
        table |= _table(f"dialects/strictness/{variant}.toml")
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Dialect(name=name, **fields)


def lenient(name: str) -> str:
    """The name of a dialect without its variants."""
    return name.partition(_VARIANT)[0]


def _table(file: str) -> dict[str, Any]:
    """What a file says, on top of what the dialect that it is `like` says."""
    told = tomllib.loads((files("ami") / file).read_text("utf-8"))
    like = told.pop("like", None)
    return told if like is None else _table(f"dialects/{like}.toml") | told


def _in(folder: str) -> tuple[str, ...]:
    entries = (files("ami") / folder).iterdir()
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in entries if entry.name.endswith(".toml")))
