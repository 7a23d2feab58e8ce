"""Whole messages: a payload in the wrapping of a dialect, with the header that goes with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from ami import names
from ami.dialect import Dialect, dialect
from ami.messages import Kind
from ami.names import Wire
from conformance import example
from conformance.capture import Capture
from tests.conformance.generate.configured import ConfiguringMaker
from tests.conformance.generate.declared import Declared, declared, payload
from tests.conformance.generate.making import AT, Maker, Object, written
from tests.conformance.generate.sound import SOUND
from tests.conformance.generate.tree import Tree

PAYLOADS: Final = (*names.NOUNS, *names.QUERIES.values())

_USUAL_VERB: Final = {names.METER_READINGS: "created", names.END_DEVICE_EVENTS: "created"}


@dataclass(frozen=True, slots=True)
class Generated:
    """A message and what it says. payload: the part of the tree that holds the noun."""

    tree: Tree
    payload: Tree
    verb: str
    noun: str
    dialect: str

    def capture(self) -> Capture:
        """The message as it is heard."""
        return Capture(self.body(), AT)

    def on_a_wire(self) -> Capture:
        """The message in SOAP, as a head-end says it to the meter data management."""
        action = dialect(self.dialect).action(self.verb, self.noun)
        return Capture(example.envelope(self.tree.write()), AT, Wire(names.HES, names.MDMS), "request", 1, action)

    def body(self) -> bytes:
        """The message without SOAP."""
        return self.tree.write().encode()


def valid(random: Random, name: str, dialect_name: str = "2011", *, richness: float = 0.4) -> Generated:
    """A message that the schemas allow, whatever it means. name: of its payload, a noun or a query."""
    make = Maker(random, richness=richness)
    return _wrapped(make, name, dialect_name, make.element)


def sound(random: Random, name: str, dialect_name: str = "2011") -> Generated:
    """A message with which nothing is wrong, as far as the rules know."""
    make = ConfiguringMaker(random)
    spec = SOUND.get(name)
    return _wrapped(make, name, dialect_name, make.element if spec is None else lambda element: make.built(element, spec(make)))


def saying(random: Random, name: str, spec: Callable[[Maker], Object], dialect_name: str = "2011") -> Generated:
    """A message whose payload says what a spec makes, and nothing else."""
    make = ConfiguringMaker(random)
    return _wrapped(make, name, dialect_name, lambda element: make.built(element, spec(make)))


def _wrapped(make: Maker, name: str, dialect_name: str, made: Callable[[Declared], Tree]) -> Generated:
    spoken = dialect(dialect_name)
    noun = name.removeprefix("Get")
    verb = names.GET if name != noun else _USUAL_VERB.get(noun, "create")
    wrapping = spoken.wrapping(Kind.EVENT if verb in names.EVENT_VERBS else Kind.REQUEST, verb, noun)
    root = declared(wrapping.root, wrapping.namespace, dialect_name)
    content = made(payload(name, dialect_name))
    part = root.part("Request" if verb == names.GET and spoken.query_inside_request else "Payload")
    holder = Tree(part, children=[content])
    header = make.built(root.part("Header"), _header(make, spoken, verb, noun))
    if any(part.name == "Header" for part in content.declared.parts):
        own = make.built(content.declared.part("Header"), _header(make, spoken, verb, noun))
        content.children = [own, *(child for child in content.children if child.name != "Header")]
    return Generated(Tree(root, children=[header, holder]), content, verb, noun, dialect_name)


def _header(make: Maker, spoken: Dialect, verb: str, noun: str) -> Object:
    identifier = make.uuid()
    header: Object = {
        "Verb": verb,
        "Noun": noun,
        "Timestamp": written(AT - timedelta(seconds=1)),
        "Source": make.random.choice(names.SYSTEMS),
        "MessageID": identifier,
    }
    return header | ({"CorrelationID": identifier} if spoken.always_correlates else {})
