"""What the search looks through: a text for each scenario, and the ids of its messages."""

from collections.abc import Sequence

from ami.ports import Json
from reports.blame import system_title
from reports.site.parcels import Parcels, Place
from reports.site.scenes import Scene

MOST_FAULTS = 50


def put_away(scenes: Sequence[Scene], parcels: Parcels) -> dict[str, Place]:
    """Where the texts lie, and where the ids: apart, because a large run has many more ids than words."""
    return {"texts": parcels.put([_text(scene) for scene in scenes]), "ids": parcels.put({"of": [_ids(scene) for scene in scenes]})}


def _ids(scene: Scene) -> str:
    return " ".join(filter(None, (each for message in scene.scenario.messages for each in (message.message_id, message.correlation_id))))


def _text(scene: Scene) -> Json:
    told = scene.scenario.collected
    scenario = scene.scenario
    systems = {end for message in scenario.messages for end in message.wire.split("->")}
    faults = [f"{finding.rule} {finding.expected} {finding.found}" for finding in scenario.findings[:MOST_FAULTS]]
    return {
        "id": scene.anchor,
        "name": f"{told.name} {' '.join((told.row or {}).values())}",
        "where": f"{told.phase} {told.feature} {told.rule or ''} {told.scenario}",
        "steps": " ".join(f"{step.keyword} {step.text}" for step in scenario.steps),
        "tags": " ".join(told.tags).replace("_", " "),
        "fault": " ".join([scenario.reason or "", scene.blame or "", *dict.fromkeys(faults)]),
        "traffic": " ".join(
            [
                *(f"{system} {system_title(system)}" for system in sorted(systems)),
                *sorted({message.title for message in scenario.messages}),
                *sorted({meter.title for meter in scene.meters}),
            ]
        ),
    }
