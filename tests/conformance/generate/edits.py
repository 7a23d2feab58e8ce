"""One edit each, after which the schema no longer allows a message; made at a random place among those where it can be made."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from tests.conformance.generate.declared import Declared
from tests.conformance.generate.tree import Tree

STRANGER: Final = Declared("Weather", "urn:example:weather", base="string")
FREE: Final = frozenset({"string"})
"""Types that any text is of."""


def drop_mandatory(random: Random, tree: Tree) -> bool:
    """Leave out an element that has to stand."""
    found = [(parent, child) for parent, child in _pairs(tree) if child.declared.least and _count(parent, child) == child.declared.least]
    if not found:
        return False
    parent, child = random.choice(found)
    del parent.children[_place(parent, child)]
    return True


def drop_attribute(random: Random, tree: Tree) -> bool:
    """Leave out the code or the id that a reference is for."""
    found = [element for element in tree.walk() if element.attributes]
    if found:
        random.choice(found).attributes.clear()
    return bool(found)


def repeat_single(random: Random, tree: Tree) -> bool:
    """Say twice what may be said once."""
    found = [(parent, child) for parent, child in _pairs(tree) if child.declared.most == 1]
    if not found:
        return False
    parent, child = random.choice(found)
    parent.children.insert(_place(parent, child), child.copy())
    return True


def add_unknown(random: Random, tree: Tree) -> bool:
    """Put in an element that no schema knows."""
    parent = random.choice([element for element in tree.walk() if element.declared.parts])
    parent.children.insert(random.randint(0, len(parent.children)), Tree(STRANGER, text="rain"))
    return True


def misspell(random: Random, tree: Tree) -> bool:
    """Write the name of an element in another way."""
    found = [child for _, child in _pairs(tree)]
    if found:
        chosen = random.choice(found)
        chosen.name = chosen.name.swapcase()
    return bool(found)


def wrong_type(random: Random, tree: Tree) -> bool:
    """Write a text that is not of its type, or not in its list."""
    found = [element for element in tree.walk() if element.declared.words or (element.declared.base not in FREE and element.declared.base)]
    if found:
        random.choice(found).text = "neither here nor there"
    return bool(found)


def stray_text(random: Random, tree: Tree) -> bool:
    """Write a text where elements stand."""
    random.choice([element for element in tree.walk() if element.declared.parts]).text = "stray"
    return True


def wrong_order(random: Random, tree: Tree) -> bool:
    """Change places with the next element, where that is another one."""
    found = [
        (parent, place)
        for parent in tree.walk()
        for place in range(len(parent.children) - 1)
        if parent.children[place].declared != parent.children[place + 1].declared
    ]
    if not found:
        return False
    parent, place = random.choice(found)
    parent.children[place : place + 2] = reversed(parent.children[place : place + 2])
    return True


_ALL: Final = (drop_mandatory, drop_attribute, repeat_single, add_unknown, misspell, wrong_type, stray_text, wrong_order)
EDITS: Final[dict[str, Callable[[Random, Tree], bool]]] = {edit.__name__: edit for edit in _ALL}
"""Name -> the edit; it changes the tree, and tells whether there was a place for it."""


def _pairs(tree: Tree) -> Iterator[tuple[Tree, Tree]]:
    """Every element with what it stands in."""
    for parent in tree.walk():
        for child in parent.children:
            yield parent, child


def _count(parent: Tree, child: Tree) -> int:
    return sum(other.declared.name == child.declared.name for other in parent.children)


def _place(parent: Tree, child: Tree) -> int:
    return next(place for place, other in enumerate(parent.children) if other is child)
