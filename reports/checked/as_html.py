"""A page of findings: one HTML file, without network, in the look of the report of a run."""

from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ami.findings import Severity
from ami.outcomes import Outcome
from conformance.checking import Checked
from reports.checked import standings
from reports.checked.asked import broken
from reports.checked.outcome import counted, judged_in, outcome, schemas_told, told
from reports.checked.text import not_judged
from reports.legible import legible
from reports.site import styles

_ICONS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.NOT_TESTED: "not-tested"}
_HEADLINES = {
    Outcome.PASSED: "Every message conforms",
    Outcome.FAILED: "Messages do not conform",
    Outcome.NOT_TESTED: "There was no message to judge",
}


def as_html(checked: Sequence[Checked], dialect: str, when: str) -> str:
    """The whole page. when: the moment, as a person reads it."""
    came_to = outcome(checked)
    environment = Environment(
        loader=PackageLoader("reports.checked"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    icons = (files("reports.site") / "templates" / "icons.html").read_text("utf-8")
    return environment.get_template("check.html").render(
        headline=_HEADLINES[came_to],
        tone=_ICONS[came_to],
        told=told(checked),
        dialect=judged_in(checked, dialect),
        schemas=schemas_told(checked).removeprefix("schemas: "),
        when=when,
        counted=counted(checked),
        severities=tuple(Severity),
        messages=[each for each in checked if each.findings or not_judged(each)],
        clean=[each for each in checked if not each.findings and not not_judged(each)],
        not_judged=not_judged,
        layers=standings.rows(checked) if any(each.reached for each in checked) else (),
        broken=broken,
        style=Markup(styles.ours("contents")),  # noqa: S704 - our own file
        icons=Markup(icons),  # noqa: S704 - our own file
    )
