"""The scenarios as the page lists them before any is opened: one row each."""

from collections.abc import Mapping, Sequence

from ami.ports import Json
from reports.site.causes import Cause
from reports.site.parcels import Place
from reports.site.scenes import FeatureScenes, PhaseScenes, Scene
from reports.site.templating import ICONS


def index(phases: Sequence[PhaseScenes], causes: Sequence[Cause], places: Mapping[str, Place]) -> Json:
    """Phases with their features, rules and scenarios; the order of a scenario's values is that of `SCENE` in scripts/index.js."""
    cause_of = {scene.anchor: cause.anchor for cause in causes for scene in cause.scenes}
    return [
        {
            "anchor": phase.anchor,
            "title": phase.title,
            "features": [_feature(feature, cause_of, places) for feature in phase.features],
        }
        for phase in phases
    ]


def _feature(feature: FeatureScenes, cause_of: Mapping[str, str], places: Mapping[str, Place]) -> Json:
    return {
        "anchor": feature.anchor,
        "title": feature.title,
        "file": feature.file,
        "description": feature.description,
        "rules": [
            {"title": rule.title, "scenes": [_row(scene, cause_of.get(scene.anchor), places[scene.anchor]) for scene in rule.scenes]}
            for rule in feature.rules
        ],
    }


def _row(scene: Scene, cause: str | None, place: Place) -> Json:
    told = scene.scenario.collected
    return [
        scene.anchor,
        told.name,
        list((told.row or {}).items()),
        ICONS[scene.outcome],
        len(scene.scenario.findings),
        len(scene.scenario.messages),
        round(scene.scenario.seconds, 3),
        list(told.tags),
        cause,
        place,
        told.scenario,
    ]
