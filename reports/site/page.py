"""The site of a run: a page that opens at once, and beside it, in files, what it shows when asked; it may load nothing else."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from shutil import rmtree

from markupsafe import Markup

from ami.names import SYSTEM_TITLES
from ami.outcomes import Outcome
from ami.ports import Json
from reports.acceptance import figures
from reports.legible import seconds
from reports.rule_words import words
from reports.run import Run
from reports.site import search_texts, styles
from reports.site.causes import causes
from reports.site.certificate import SIGNATURES, certificates
from reports.site.energy_curves import curves
from reports.site.energy_remarks import energy_remarks
from reports.site.findings_overview import by_rule, by_system
from reports.site.groupings import groupings
from reports.site.index import index
from reports.site.overrides import overrides
from reports.site.parcels import Parcels, Place
from reports.site.past import PastRun, past_json
from reports.site.scenes import Stage, phase_scenes
from reports.site.templating import ICONS, environment
from reports.verdict import Verdict, verdict

PAGE = "report.html"
FOLDER = "report"
"""Beside the page: what it loads when asked."""

SCRIPTS = (
    "making",
    "parcels",
    "index",
    "views",
    "listing",
    "search",
    "groupings",
    "sequence",
    "messages",
    "energy",
    "scene",
    "trends",
    "news",
    "navigation",
)
LIBRARIES = ("uplot-1.6.32.min.js", "minisearch-7.2.0.min.js")


@dataclass(frozen=True, slots=True)
class Site:
    """The page, and the files beside it by name."""

    page: str
    files: dict[str, str]


def write(site: Site, folder: Path) -> Path:
    """Write the page and its files into `folder`; what an earlier report left there goes."""
    beside = folder / FOLDER
    unfinished = folder / f"{FOLDER}.part"
    rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, content in site.files.items():
        (unfinished / name).write_text(content, "utf-8", newline="\n")
    rmtree(beside, ignore_errors=True)
    unfinished.rename(beside)
    page = folder / f"{PAGE}.part"
    page.write_text(site.page, "utf-8", newline="\n")
    return page.replace(folder / PAGE)


def site(run: Run, complaints: Sequence[str] = (), past: Sequence[PastRun] = ()) -> Site:
    """The whole site. complaints: why the record cannot be trusted, shown first; past: the runs before this one."""
    result = verdict(run, complaints)
    stage = Stage()
    phases = tuple(phase_scenes(run.scenarios, stage))
    scenes = [scene for phase in phases for feature in phase.features for rule in feature.rules for scene in rule.scenes]
    templates = environment()
    stories = Parcels("scenarios")
    article = templates.get_template("scene.html").module.scene_article  # type: ignore[attr-defined]  # a macro of the template
    features = {read.feature_file: stage.messages.put(read.text) for read in run.features}
    places: dict[str, Place] = {
        scene.anchor: stories.put(
            {
                "html": article(scene),
                "traffic": stage.traffic[scene.anchor],
                "curves": curves(scene.scenario),
                "why": {meter.title: meter.why_estimated for meter in scene.meters if meter.why_estimated},
                "feature": features.get(scene.scenario.collected.feature_file),
            }
        )
        for scene in scenes
    }
    searched = Parcels("search")
    grouped = causes(scenes)
    script = _script()
    page = templates.get_template("report.html").render(
        run=run,
        verdict=result,
        phases=phases,
        causes=grouped,
        groupings=groupings(scenes),
        energy=energy_remarks(scenes),
        rules=by_rule(scenes),
        systems=by_system(scenes),
        overrides=overrides(run.scenarios),
        acceptance=figures(run),
        certificates=certificates(run, scenes, complaints),
        signatures=SIGNATURES,
        took=seconds((run.ended_at - run.started.at).total_seconds()),
        data={
            "counts": _counts(result),
            "index": index(phases, grouped, places),
            "past": past_json(run, past),
            "words": _words(run),
            "search": dict(search_texts.put_away(scenes, searched)),
        },
        style=Markup(styles.with_libraries()),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704 - our own files
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )
    return Site(page, {**stories.files(), **searched.files(), **stage.messages.files()})


def _counts(result: Verdict) -> Json:
    """What the page claims, for whoever holds it against the record."""
    total = result.total
    return {
        "outcome": result.outcome,
        "exit_code": result.exit_code,
        "scenarios": total.scenarios,
        "outcomes": {outcome: total.outcomes[outcome] for outcome in Outcome},
        "messages": total.messages,
        "findings": dict(total.findings),
    }


def _words(run: Run) -> Json:
    """What the script says of systems, rules and outcomes."""
    rules = {finding.rule for scenario in run.scenarios for finding in scenario.findings}
    return {
        "systems": dict(SYSTEM_TITLES),
        "rules": {rule: [words(rule).why, words(rule).mend, words(rule).source] for rule in sorted(rules)},
        "outcomes": {icon: outcome for outcome, icon in ICONS.items()},
    }


def _script() -> str:
    """The libraries, then our own files in one scope of their own."""
    folder = files("reports.site")
    libraries = [(folder / "vendor" / name).read_text("utf-8").strip() for name in LIBRARIES]
    ours = [(folder / "scripts" / f"{name}.js").read_text("utf-8").strip() for name in SCRIPTS]
    text = "\n".join([*libraries, "(() => {", '"use strict";', *ours, "})();"])
    return re.sub(r"</(?=script)", r"<\\/", text)
