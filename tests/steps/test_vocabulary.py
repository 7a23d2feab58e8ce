"""The vocabulary: what the features say, the steps understand, each sentence in one way."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from conformance.catalogue import EVERYTHING

ROOT = Path(__file__).parent.parent.parent
STEP_TYPES = {"Context": "given", "Action": "when", "Outcome": "then"}
Sentence = tuple[str, str]


def definitions() -> Iterator[StepFunctionContext]:
    """What all rooms of steps/ understand."""
    rooms = [import_module(f"steps.{file.stem}").__name__ for file in sorted((ROOT / "steps").glob("*.py"))]
    return (definition for definition in step_function_context_registry.values() if definition.step_func.__module__ in rooms)


def sentences() -> Iterator[Sentence]:
    """What the features say: given, when or then, and the words; outlines row by row."""
    for file in sorted((ROOT / "features").rglob("*.feature")):
        document = Parser().parse(file.read_text("utf-8"))
        for pickle in Compiler().compile({**document, "uri": str(file)}):
            yield from ((STEP_TYPES[step["type"]], step["text"]) for step in pickle["steps"])


DEFINITIONS = list(definitions())
SENTENCES = sorted(set(sentences()))


def understands(definition: StepFunctionContext, sentence: Sentence) -> bool:
    """Whether a definition fits a sentence."""
    kind, text = sentence
    return definition.type in (None, kind) and definition.parser.is_matching(text)


def test_there_is_something_to_understand() -> None:
    """Or the tests below would say nothing."""
    assert len(SENTENCES) > 100
    assert len(DEFINITIONS) > 50


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence[1])
def test_sentence_is_understood_in_one_way(sentence: Sentence) -> None:
    """Not in two, of which one would be taken silently."""
    fitting = [definition for definition in DEFINITIONS if understands(definition, sentence)]

    assert [definition.step_func.__name__ for definition in fitting] == [definition.step_func.__name__ for definition in fitting[:1]]
    assert fitting


def test_nothing_is_defined_that_nobody_says() -> None:
    """Each definition makes the lookup of every step slower; one that is said as given may stand as when, too."""
    said = {definition.step_func for definition in DEFINITIONS if any(understands(definition, sentence) for sentence in SENTENCES)}

    assert {definition.parser.name for definition in DEFINITIONS if definition.step_func not in said} == set()


def test_every_room_is_open() -> None:
    """A step file that the conftest does not name is not there."""
    named = {name for name in import_module("conftest").pytest_plugins if name.startswith("steps.")}
    rooms = {definition.step_func.__module__ for definition in DEFINITIONS}

    assert named >= rooms


def test_requirement_that_a_scenario_covers_is_one_of_the_judges() -> None:
    """An id that nobody asks of messages would count as covered, and mean nothing."""
    named = set(re.findall(r"@covers:(\S+)", "".join(file.read_text("utf-8") for file in (ROOT / "features").rglob("*.feature"))))

    assert named
    assert named <= {asked.id for asked in EVERYTHING}
