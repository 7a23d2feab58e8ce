"""What fails is one edit away from what passes, so that a rule is shown to look at that edit and at nothing else."""

import re
from difflib import SequenceMatcher
from typing import Final

import pytest

from conformance.catalogue import EVERYTHING
from conformance.rule import Demand, Rule

MORE_THAN_ONE: Final = {
    "SO-04-2": "both elements of a Fault are in the same namespace",
    "WS-02-1": "a stamp that is moved is moved with its end",
    "WS-02-2": "a stamp that is moved is moved with its end",
    "WS-08-2": "another Body stands where the signed one was",
    "WS-13-1": "what is signed instead has to be there",
    "HE-03-3": "only a reply has a root that says nothing of the verb that is wrong",
    "HE-11-1": "the root says the verb, too",
    "HE-11-2": "the root says the verb, too",
    "HE-11-3": "the root says the verb, too",
    "HE-15-1": "only the generic root is told to be one without a payload",
    "RE-08-1": "a code of success has a level of its own",
    "MR-47-1": "all moments of a block move at once",
    "CV-07-3": "no meter has what was asked for",
    "CV-10-1": "a reply that comes later says so",
    "CV-22-1": "an answer names the id that it answers",
    "CH-03-1": "a refusal has a code and a level of its own",
    "CH-04-2": "a refusal has a code and a level of its own",
}
"""Failing example -> why it cannot be made by one edit."""

FAILS: Final = [(asked, f"{asked.id}-{place}", text) for asked in EVERYTHING for place, text in enumerate(asked.fails, 1)]


def edits(one: str, other: str) -> int:
    """In how many places two examples differ, tag by tag and text by text.

    An element that is called otherwise is one place, though two tags say its name; what stands elsewhere has moved once.
    """
    return min(_changes(one, other), _changes(*(re.sub(r"</[^>]*>", "</>", text) for text in (one, other))))


def _changes(one: str, other: str) -> int:
    first, second = (re.findall(r"<[^>]*>|[^<]+", text) for text in (one, other))
    changes = [way for way in SequenceMatcher(None, first, second, autojunk=False).get_opcodes() if way[0] != "equal"]
    gone = [first[start:end] for kind, start, end, _, _ in changes if kind == "delete"]
    moved = [second[start:end] for kind, _, _, start, end in changes if kind == "insert" and second[start:end] in gone]
    return len(changes) - len(moved)


@pytest.mark.parametrize(("asked", "name", "text"), [pytest.param(*each, id=each[1]) for each in FAILS])
def test_what_fails_is_one_edit_from_what_passes(asked: Demand | Rule, name: str, text: str) -> None:
    """Of some passing example of the same rule; and what is excused needs to be."""
    fewest = min(edits(passing, text) for passing in asked.passes)

    assert (fewest > 1) == (name in MORE_THAN_ONE), f"{fewest} edits"


def test_edits_are_counted() -> None:
    """One for a text, a name, an attribute, an element that is left out or moved."""
    whole = "<a><b>1</b><c d='2'/></a>"

    assert edits(whole, whole) == 0
    assert [edits(whole, other) for other in ("<a><b>2</b><c d='2'/></a>", "<a><x>1</x><c d='2'/></a>", "<a><b>1</b><c d='3'/></a>")] == [
        1
    ] * 3
    assert [edits(whole, other) for other in ("<a><b>1</b></a>", "<a><c d='2'/><b>1</b></a>")] == [1] * 2
    assert edits(whole, "<a><b>2</b><c d='3'/></a>") == 2
