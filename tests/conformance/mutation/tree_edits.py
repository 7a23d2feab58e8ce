"""Edits of a single message's tree: leave out, repeat, exchange, say and code otherwise, add."""

from random import Random

from tests.conformance.generate.making import Maker, Spec
from tests.conformance.generate.tree import Tree
from tests.conformance.mutation.made import Edit, Made, Text


def drop(path: str, which: slice = slice(None), least: int = 1) -> Edit:
    """Leave out one of the elements at a path. which: of those of one parent; least: how many of them have to stand there."""

    def edit(random: Random, made: Made) -> bool:
        groups = [group[which] for group in _families(made.places(path)) if len(group) >= least]
        found = [pair for group in groups for pair in group]
        if not found:
            return False
        parent, element = random.choice(found)
        parent.children = [child for child in parent.children if child is not element]
        return True

    return edit


def drop_all(path: str) -> Edit:
    """Leave out all elements at a path that stand in one place."""

    def edit(random: Random, made: Made) -> bool:
        groups = _families(made.places(path))
        if not groups:
            return False
        gone = random.choice(groups)
        parent = gone[0][0]
        parent.children = [child for child in parent.children if all(child is not element for _, element in gone)]
        return True

    return edit


def repeat(path: str, **changes: Text) -> Edit:
    """Say an element at a path a second time, right behind the first. changes: what some elements in the second say."""

    def edit(random: Random, made: Made) -> bool:
        found = made.places(path)
        if not found:
            return False
        parent, element = random.choice(found)
        again = element.copy()
        for name, text in changes.items():
            inside = next((child for child in again.children if child.name == name), None)
            if inside is None:
                return False
            inside.text = text if isinstance(text, str) else text(random, inside.text)
        place = next(place for place, child in enumerate(parent.children) if child is element)
        parent.children.insert(place + 1, again)
        return True

    return edit


def without(path: str) -> Edit:
    """Take away all elements at a path, which nothing demands: what is edited afterwards is to have one effect only."""

    def edit(_random: Random, made: Made) -> bool:
        gone = {id(element) for _, element in made.places(path)}
        for parent in {id(parent): parent for parent, _ in made.places(path)}.values():
            parent.children = [child for child in parent.children if id(child) not in gone]
        return True

    return edit


def exchange(path: str) -> Edit:
    """Let two neighbours of one name change places."""

    def edit(random: Random, made: Made) -> bool:
        groups = [group for group in _families(made.places(path)) if len(group) > 1]
        if not groups:
            return False
        group = random.choice(groups)
        first = random.randrange(len(group) - 1)
        (parent, one), (_, other) = group[first : first + 2]
        places = [place for place, child in enumerate(parent.children) if child is one or child is other]
        parent.children[places[0]], parent.children[places[1]] = other, one
        return True

    return edit


def say(path: str, text: Text, which: slice = slice(None)) -> Edit:
    """Write another text. text: the new one, or what makes it of the old one; an edit that changes nothing finds no place."""

    def edit(random: Random, made: Made) -> bool:
        found = [pair for group in _families(made.places(path)) for pair in group[which]]
        if not found:
            return False
        _, element = random.choice(found)
        before, element.text = element.text, text if isinstance(text, str) else text(random, element.text)
        return before != element.text

    return edit


def say_all(path: str, text: Text) -> Edit:
    """As `say`, of every element at the path."""

    def edit(random: Random, made: Made) -> bool:
        found = made.places(path)
        for _, element in found:
            element.text = text if isinstance(text, str) else text(random, element.text)
        return bool(found)

    return edit


def code(path: str, text: Text) -> Edit:
    """Refer to another code: the ref of an element, or the name in it."""

    def edit(random: Random, made: Made) -> bool:
        found = [element for _, element in made.places(path) if "ref" in element.attributes]
        if not found:
            return False
        element = random.choice(found)
        before = element.attributes["ref"]
        element.attributes["ref"] = text if isinstance(text, str) else text(random, before)
        return before != element.attributes["ref"]

    return edit


def put(path: str, name: str, spec: Spec, *, instead: bool = True) -> Edit:
    """Put an element into one of those at a path, where its schema has it. instead: of those of its name, or else behind them."""

    def edit(random: Random, made: Made) -> bool:
        found = [made.payload] if not path else [element for _, element in made.places(path)]
        if not found:
            return False
        parent = random.choice(found)
        order = [part.name for part in parent.declared.parts]
        new = Maker(random).built(parent.declared.part(name), spec)
        kept = [child for child in parent.children if not (instead and child.name == name)]
        place = sum(order.index(child.name) <= order.index(name) for child in kept)
        parent.children = [*kept[:place], new, *kept[place:]]
        return True

    return edit


def alone(path: str) -> Edit:
    """Keep one of the elements at a path, so that all further edits meet in it."""

    def edit(random: Random, made: Made) -> bool:
        found = made.places(path)
        if not found:
            return False
        parent, kept = random.choice(found)
        parent.children = [child for child in parent.children if child is kept or child.name != kept.name]
        return True

    return edit


def both(*edits: Edit) -> Edit:
    """Several edits, of which each has to find a place."""

    def edit(random: Random, made: Made) -> bool:
        return all(each(random, made) for each in edits)

    return edit


def heard(**fields: object) -> Edit:
    """Hear the message in another way: another SOAPAction, later, …"""

    def edit(_random: Random, made: Made) -> bool:
        made.heard = lambda capture: capture._replace(**fields)  # type: ignore[arg-type]  # the names are those of Capture
        return True

    return edit


def _families(pairs: list[tuple[Tree, Tree]]) -> list[list[tuple[Tree, Tree]]]:
    """Elements by what they stand in."""
    groups: dict[int, list[tuple[Tree, Tree]]] = {}
    for parent, element in pairs:
        groups.setdefault(id(parent), []).append((parent, element))
    return list(groups.values())
