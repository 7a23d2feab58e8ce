"""The feature files of a record as Cucumber Messages tell them: their text, their tree, and the pickle of each scenario."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gherkin.ast_builder import AstBuilder
from gherkin.errors import CompositeParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from reports.legible import legible
from reports.lines import ScenarioCollected
from reports.run import Run
from reports.scenario import Scenario

Json = Any
Envelope = dict[str, Json]

MEDIA_TYPE = "text/x.cucumber.gherkin+plain"
KEYWORD_TYPES = {"Given": "Context", "When": "Action", "Then": "Outcome"}


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that stands in front of a test run in Cucumber Messages. pickles: by the id of their scenario."""

    envelopes: tuple[Envelope, ...]
    pickles: Mapping[str, Json]


class Ids(IdGenerator):
    """The ids of one stream of messages, each given once."""

    def fresh(self) -> str:
        """The next one."""
        return str(self.get_next_id())


def sources(run: Run, ids: Ids) -> Sources:
    """The sources, documents and pickles of the scenarios of `run`.

    A scenario whose feature file the record does not have, or has otherwise, gets one that says what was recorded of it.
    """
    envelopes: list[Envelope] = []
    written: dict[tuple[str, int], list[Json]] = {}
    for feature in run.features:
        document = _parsed(feature.text, ids)
        if document is None:
            continue
        document["uri"] = feature.feature_file
        envelopes += [_source(feature.feature_file, feature.text), {"gherkinDocument": document}]
        lines = dict(_lines(document["feature"]["children"]))
        for pickle in Compiler(ids).compile(document):
            written.setdefault((feature.feature_file, lines[pickle["astNodeIds"][0]]), []).append(pickle)
    pickles: dict[str, Json] = {}
    for scenario in run.scenarios:
        collected = scenario.collected
        waiting = written.get((collected.feature_file, collected.line))
        if waiting and len(waiting[0]["steps"]) >= len(scenario.steps):
            pickles[collected.scenario] = waiting.pop(0)
        else:
            told, pickle = _told(scenario, ids)
            envelopes += told
            pickles[collected.scenario] = pickle
    used = {pickle["id"] for pickle in pickles.values()}
    left = [pickle for waiting in written.values() for pickle in waiting]
    assert not used & {pickle["id"] for pickle in left}
    return Sources((*envelopes, *({"pickle": pickle} for pickle in pickles.values())), pickles)


def _parsed(text: str, ids: Ids) -> Json | None:
    try:
        return Parser(AstBuilder(ids)).parse(text)
    except CompositeParserException:
        return None


def _lines(children: Json) -> Iterator[tuple[str, int]]:
    """The id and the line of each scenario, those within rules too."""
    for child in children:
        if "rule" in child:
            yield from _lines(child["rule"]["children"])
        elif "scenario" in child:
            yield child["scenario"]["id"], child["scenario"]["location"]["line"]


def _source(uri: str, text: str) -> Envelope:
    return {"source": {"uri": uri, "data": text, "mediaType": MEDIA_TYPE}}


def _told(scenario: Scenario, ids: Ids) -> tuple[list[Envelope], Json]:
    """A feature of one scenario, made of what was recorded."""
    collected = scenario.collected
    uri = f"{collected.feature_file}#{collected.scenario}"
    steps = [(step.keyword.strip(), legible(step.text)) for step in scenario.steps]
    text = "\n".join(
        [
            f"Feature: {_line(collected.feature)}",
            f"  Scenario: {_line(collected.name)}",
            *(f"    {each} {_line(said)}" for each, said in steps),
        ]
    )
    nodes = [_node(place, keyword, said, ids) for place, (keyword, said) in enumerate(steps)]
    tags = [{"location": _at(1), "name": f"@{tag}", "id": ids.fresh()} for tag in collected.tags]
    node = {
        "id": ids.fresh(),
        "location": _at(2),
        "tags": [],
        "keyword": "Scenario",
        "name": _line(collected.name),
        "description": "",
        "steps": nodes,
        "examples": [],
    }
    feature = {
        "location": _at(1),
        "tags": tags,
        "language": "en",
        "keyword": "Feature",
        "name": _line(collected.feature),
        "description": "",
        "children": [{"scenario": node}],
    }
    document = {"uri": uri, "feature": feature, "comments": []}
    return [_source(uri, text), {"gherkinDocument": document}], _pickle(collected, uri, node, tags, ids)


def _pickle(collected: ScenarioCollected, uri: str, node: Json, tags: Json, ids: Ids) -> Json:
    steps = [
        {"astNodeIds": [step["id"]], "id": ids.fresh(), "type": KEYWORD_TYPES.get(step["keyword"].strip(), "Unknown"), "text": step["text"]}
        for step in node["steps"]
    ]
    return {
        "id": ids.fresh(),
        "uri": uri,
        "name": _line(collected.name),
        "language": "en",
        "steps": steps,
        "tags": [{"name": tag["name"], "astNodeId": tag["id"]} for tag in tags],
        "astNodeIds": [node["id"]],
    }


def _node(place: int, keyword: str, text: str, ids: Ids) -> Json:
    kind = KEYWORD_TYPES.get(keyword, "Unknown")
    return {"id": ids.fresh(), "location": _at(place + 3), "keyword": f"{keyword} ", "keywordType": kind, "text": text}


def _at(line: int) -> Json:
    return {"line": line, "column": 1}


def _line(text: str) -> str:
    return " ".join(legible(text).split())
