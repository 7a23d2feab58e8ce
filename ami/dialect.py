"""A dialect: how one family of products wraps the same payloads. Data in `ami/dialects/*.toml`, never code."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ami.errors import ConfigurationError
from ami.messages import Kind


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The root of one message: its local name and namespace."""

    root: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """The names that differ from product to product; `{noun}` and `{Verb}` stand where a name is filled in."""

    name: str
    header_namespace: str
    payload_namespace: str
    soap_action: str
    root_namespace: str
    roots: dict[str, str]
    get_root: str
    get_root_namespace: str
    get_reply_root: str
    get_reply_root_namespace: str
    query_inside_request: bool
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    contexts: tuple[str, ...]
    mandatory_header: tuple[str, ...]
    ids_are_uuids: bool

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

    def payload(self, noun: str) -> str:
        """The namespace of a payload; noun: MeterReadings, GetMeterReadings …"""
        return self.payload_namespace.format(noun=noun)

    def action(self, verb: str, noun: str) -> str:
        """The SOAPAction of a message that carries `verb` and `noun` in its header."""
        return self.soap_action.format(noun=noun, Verb=verb.capitalize())


def names() -> tuple[str, ...]:
    """The dialects that there are."""
    folder = files("ami") / "dialects"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def dialect(name: str) -> Dialect:
    """The dialect of that name. Raises ConfigurationError, naming those that there are."""
    if name not in names():
        raise ConfigurationError(f"there is no dialect {name!r}: choose one of {', '.join(names())}")
    table = tomllib.loads((files("ami") / "dialects" / f"{name}.toml").read_text("utf-8"))
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Dialect(name=name, **fields)
