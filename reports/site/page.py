"""The report page: one HTML file with its styles, script and data inside, and leave to load nothing else."""

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ami.outcomes import Outcome
from ami.ports import Json
from reports import tags
from reports.blame import system_title, wire_title
from reports.legible import legible, seconds
from reports.lines import RecordedFinding
from reports.run import Run
from reports.site.scenes import Scene, Stage, phase_scenes
from reports.site.truth_table import AMOUNTS, BREACHES, kwh
from reports.verdict import verdict

ICONS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.NOT_TESTED: "not-tested",
    Outcome.ERROR: "error",
}
"""The outcomes in the order of the tables' columns, each with the name of its icon and colour."""

NEEDS_ATTENTION = (Outcome.ERROR, Outcome.FAILED, Outcome.INCONCLUSIVE, Outcome.NOT_TESTED)

_QUOTED = re.compile(r'"[^"]*"|(?<![\w.:-])\d[\w.:-]*')
_PATH = re.compile(r"(?:/[\w.-]+(?:\[\d+\])?){3,}(?=/)")
_TAG = re.compile(r"<[^<>]*>")


def page(run: Run, complaints: Sequence[str] = ()) -> str:
    """The whole page. complaints: why the record cannot be trusted, shown first."""
    result = verdict(run, complaints)
    stage = Stage()
    phases = tuple(phase_scenes(run.scenarios, stage))
    scenes = [scene for phase in phases for feature in phase.features for rule in feature.rules for scene in rule.scenes]
    script = (files("reports.site") / "templates" / "report.js").read_text("utf-8")
    return (
        _environment()
        .get_template("report.html")
        .render(
            run=run,
            verdict=result,
            phases=phases,
            attention=sorted(
                (scene for scene in scenes if scene.outcome in NEEDS_ATTENTION), key=lambda scene: NEEDS_ATTENTION.index(scene.outcome)
            ),
            breakdowns=(("Business process", tags.groups(run.scenarios, tags.PROCESS)), ("Risk", tags.groups(run.scenarios, tags.RISK))),
            rules=_rules(scenes),
            took=seconds((run.ended_at - run.started.at).total_seconds()),
            traffic=_json(stage.traffic),
            parcels=[Markup(packed) for packed in stage.parcels.packed()],  # noqa: S704 - base64 has no sign that HTML knows
            style=Markup((files("reports.site") / "templates" / "report.css").read_text("utf-8")),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(icons=ICONS, amounts=tuple(AMOUNTS), meanings=AMOUNTS, breaches=BREACHES, outcomes=tuple(ICONS))
    environment.filters.update(kwh=kwh, seconds=seconds, system=system_title, wire=wire_title, step=_step, xml=_xml, brief=_brief)
    return environment


def _shown(value: object) -> object:
    return legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _json(value: Json) -> Markup:
    """JSON that ends no script element and opens no comment, whatever stands in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704 - just escaped


def _wrapped(pattern: re.Pattern[str], text: str, element: str) -> Markup:
    """`text` escaped, with each match of `pattern` inside an element."""
    text = legible(text)
    pieces = []
    done = 0
    for match in pattern.finditer(text):
        pieces += [Markup.escape(text[done : match.start()]), Markup(f"<{element}>{{}}</{element}>").format(match[0])]  # noqa: S704 - a tag of ours
        done = match.end()
    return Markup("").join([*pieces, Markup.escape(text[done:])])


def _brief(text: str) -> str:
    """`text` with the last step alone of each long path: the whole path stands beside the message."""
    return _PATH.sub("…", text)


def _step(text: str) -> Markup:
    """A step with its values set apart."""
    return _wrapped(_QUOTED, text, "var")


def _xml(text: str) -> Markup:
    """A piece of XML with its tags set back, so that the values stand out."""
    return _wrapped(_TAG, text, "i")


def _rules(scenes: Sequence[Scene]) -> list[tuple[RecordedFinding, int, list[Scene]]]:
    """Each rule that was broken, the gravest and most frequent first: a finding of it, how many there are, and in which scenes."""
    of_rule: dict[str, list[tuple[RecordedFinding, Scene]]] = {}
    for scene in scenes:
        for finding in scene.scenario.findings:
            of_rule.setdefault(finding.rule, []).append((finding, scene))
    severities = ("error", "warning", "remark")
    order = Counter({rule: len(found) for rule, found in of_rule.items()})
    rows = [(found[0][0], order[rule], list({scene.anchor: scene for _, scene in found}.values())) for rule, found in of_rule.items()]
    return sorted(rows, key=lambda row: (severities.index(row[0].severity), -row[1]))
