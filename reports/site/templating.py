"""How templates are filled: everything is escaped, control characters are shown, and JSON can end no script."""

import json
import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ami.names import SYSTEM_TITLES
from ami.outcomes import Outcome
from ami.ports import Json
from reports.blame import system_title, wire_title
from reports.legible import legible, seconds
from reports.rule_words import words
from reports.site.overrides import overrides
from reports.site.truth_table import AMOUNTS, BREACHES, kwh

ICONS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.NOT_TESTED: "not-tested",
    Outcome.ERROR: "error",
}
"""The outcomes in the order of the tables' columns, each with the name of its icon and colour."""

_QUOTED = re.compile(r'"[^"]*"|(?<![\w.:-])\d[\w.:-]*')
_PATH = re.compile(r"(?:/[\w.-]+(?:\[\d+\])?){3,}(?=/)")
_WIRE = re.compile(rf"\b(?:{'|'.join(SYSTEM_TITLES)})->(?:{'|'.join(SYSTEM_TITLES)})\b")
_TAG = re.compile(r"<[^<>]*>")


def environment() -> Environment:
    """The templates of the site with their filters."""
    made = Environment(
        loader=PackageLoader("reports.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.globals.update(icons=ICONS, amounts=tuple(AMOUNTS), meanings=AMOUNTS, breaches=BREACHES, outcomes=tuple(ICONS))
    made.globals.update(overrides_of=lambda scenario: overrides([scenario]))
    made.filters.update(kwh=kwh, seconds=seconds, system=system_title, wire=wire_title, step=_step, xml=_xml)
    made.filters.update(brief=brief, told=told, count=_count, json=markup_json, words=words)
    return made


def markup_json(value: Json) -> Markup:
    """JSON that ends no script element and opens no comment, whatever stands in it."""
    return Markup(script_json(value))  # noqa: S704 - just escaped


def script_json(value: Json) -> str:
    """JSON as it may stand in a script, in a page or in a file of its own."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def brief(text: str) -> str:
    """`text` with the last step alone of each long path: the whole path stands beside the message."""
    return _PATH.sub("…", text)


def told(reason: str | None) -> str:
    """Why a scenario did not pass, as a sentence: a wire in words, and a capital at its beginning."""
    text = _WIRE.sub(lambda found: wire_title(found[0]), brief(reason or "no reason is recorded"))
    return text[:1].upper() + text[1:]


def _shown(value: object) -> object:
    return legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _wrapped(pattern: re.Pattern[str], text: str, element: str) -> Markup:
    """`text` escaped, with each match of `pattern` inside an element."""
    text = legible(text)
    pieces = []
    done = 0
    for match in pattern.finditer(text):
        pieces += [Markup.escape(text[done : match.start()]), Markup(f"<{element}>{{}}</{element}>").format(match[0])]  # noqa: S704 - a tag of ours
        done = match.end()
    return Markup("").join([*pieces, Markup.escape(text[done:])])


def _step(text: str) -> Markup:
    """A step with its values set apart."""
    return _wrapped(_QUOTED, text, "var")


def _xml(text: str) -> Markup:
    """A piece of XML with its tags set back, so that the values stand out."""
    return _wrapped(_TAG, text, "i")


def _count(number: int, noun: str) -> str:
    """A number with what it counts: 1 scenario, 1,200 messages."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
