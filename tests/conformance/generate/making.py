"""Elements made by their declaration, at random but plausible: what may be left out sometimes is, what may repeat sometimes does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from ami.reading_type import REVERSE, interval_kwh, register_kwh
from tests.conformance.generate.declared import Declared
from tests.conformance.generate.tree import Tree

AT: Final = datetime(2026, 3, 9, 0, 30, 1, tzinfo=UTC)
"""When a message is heard; it was made a second before."""

READING_TYPES: Final = (str(interval_kwh(15)), str(register_kwh()), str(interval_kwh(15, REVERSE)))
QUALITIES: Final = ("3.8.0", "3.7.0", "1.2.32")
EVENTS: Final = ("3.26.0.85", "3.12.0.257")
CONTROLS: Final = ("3.31.0.23", "3.31.0.18")
CODES: Final = {
    "ReadingType": READING_TYPES,
    "ReadingTypes": READING_TYPES,
    "ReadingQualityType": QUALITIES,
    "EndDeviceEventType": EVENTS,
    "EndDeviceControlType": CONTROLS,
}
"""Element -> the codes that its ref, or the name in it, can be."""

Spec = str | Mapping[str, "Spec"] | Sequence["Spec"] | Callable[[Declared], Sequence[Tree]]
"""A text or a ref; the elements of an object; several of one name; or what makes them."""
Object = dict[str, Spec]


class Maker:
    """Makes elements from one source of chance. richness: how often what may be left out stands, from 0 to 1."""

    def __init__(self, random: Random, *, richness: float = 0.4, most: int = 2) -> None:
        self.random = random
        self._richness = richness
        self._most = most
        self._made = 0

    def fresh(self, kind: str) -> str:
        """A name that no other object of this maker has."""
        self._made += 1
        return f"{kind}-{self._made}"

    def uuid(self) -> str:
        """An id that no other object has."""
        digits = f"{self.random.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def chance(self, share: float = 0.5) -> bool:
        """Whether it happens, this time."""
        return self.random.random() < share

    def before(self, days: float = 200, at: datetime = AT) -> datetime:
        """A moment some time before another, in whole seconds."""
        return at.replace(microsecond=0) - timedelta(seconds=1 + self.random.randrange(int(days * 86400)))

    def element(self, declared: Declared) -> Tree:
        """Any element that the declaration allows."""
        if declared.reference:
            return Tree(declared, attributes={declared.reference: self._code(declared.name)})
        if declared.base:
            return Tree(declared, text=self._text(declared))
        if {part.name for part in declared.parts} == {"end", "start"}:
            return self.built(declared, self.span(self.before()))
        sense = self.sense(declared)
        held = (self._held(part, sense[part.name]) if part.name in sense else self.some(part) for part in declared.parts)
        tree = Tree(declared, children=[child for children in held for child in children])
        if declared.name in CODES and "Names" not in sense:
            self._name_by_code(tree)
        return tree

    def sense(self, _declared: Declared) -> Object:
        """What an element holds that is not left to chance; here, nothing."""
        return {}

    def one(self, declared: Declared) -> list[Tree]:
        """The element, once."""
        return [self.element(declared)]

    def some(self, declared: Declared) -> list[Tree]:
        """As many elements as may stand: none where none has to, more often than not."""
        least = declared.least
        if declared.most is None:
            count = least if not self.chance(self._richness) else self.random.randint(max(1, least), max(self._most, least))
        else:
            count = declared.most if self.chance(self._richness) else least
        return [self.element(declared) for _ in range(count)]

    def span(self, end: datetime, length: timedelta | None = None) -> Object:
        """A span of time that ends at a moment; of some minutes to some days, where no length is said."""
        length = length or timedelta(minutes=self.random.randint(1, 5000))
        return {"end": written(end), "start": written(end - length)}

    def built(self, declared: Declared, spec: Spec) -> Tree:
        """An element with what the spec says in it, in the order of the schema, and nothing else.

        Raises LookupError for a spec that names what the element does not hold.
        """
        if isinstance(spec, str):
            return Tree(declared, attributes={declared.reference: spec}) if declared.reference else Tree(declared, text=spec)
        if not isinstance(spec, Mapping):
            raise LookupError(f"{declared.name} stands once, or is an object")
        for name in spec:
            declared.part(name)
        named = (part for part in declared.parts if part.name in spec)
        return Tree(declared, children=[child for part in named for child in self._held(part, spec[part.name])])

    def _held(self, declared: Declared, spec: Spec) -> Iterator[Tree]:
        if callable(spec):
            yield from spec(declared)
        elif isinstance(spec, str | Mapping):
            yield self.built(declared, spec)
        else:
            for each in spec:
                yield self.built(declared, each)

    def _name_by_code(self, tree: Tree) -> None:
        """What defines a code is called by it."""
        for named in tree.children:
            if named.name == "Names":
                named.children[0].text = self._code(tree.name)

    def _code(self, name: str) -> str:
        return self.random.choice(CODES[name]) if name in CODES else self.uuid()

    def _text(self, declared: Declared) -> str:
        if declared.words:
            return self.random.choice(declared.words)
        return _TEXTS[declared.base](self, declared.name)

    def _string(self, name: str) -> str:
        return self.uuid() if name == "mRID" else self.fresh(name)


def written(at: datetime) -> str:
    """A moment as a sender who knows the time writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}Z"


_TEXTS: Final[dict[str, Callable[[Maker, str], str]]] = {
    "string": Maker._string,
    "boolean": lambda make, _: make.random.choice(("true", "false")),
    "dateTime": lambda make, _: written(make.before()),
    "date": lambda make, _: f"{make.before():%Y-%m-%d}",
    "time": lambda make, _: f"{make.before():%H:%M:%S}Z",
    "float": lambda make, _: f"{make.random.randint(1, 4000) / 4:g}",
    "decimal": lambda make, _: f"{make.random.randint(1, 40000) / 100:.2f}",
    "integer": lambda make, _: str(make.random.randint(1, 12)),
}
