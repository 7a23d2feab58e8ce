"""What did not pass, by cause: scenarios that failed for the same reason at the same place stand together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ami.findings import Severity
from ami.outcomes import WORST_FIRST, Outcome
from reports.rule_words import Words, words
from reports.site.scenes import Scene
from reports.site.templating import told

_PARTICULARS = re.compile(r"""'[^']*'|"[^"]*"|\b[A-Z]+-\d+\b(?=[^:]*$)|\d[\d.,:TZ+-]*""")


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause. title: in a sentence; said: one scenario's own reason; rule: the broken one, in words, where it was one."""

    anchor: str
    outcome: Outcome
    title: str
    said: str
    blame: str | None
    rule: Words | None
    scenes: tuple[Scene, ...]


def causes(scenes: Iterable[Scene]) -> list[Cause]:
    """The causes of all that did not pass: worst outcome first, then those of most scenarios."""
    groups: dict[tuple[str, ...], list[Scene]] = {}
    for scene in scenes:
        if scene.outcome is not Outcome.PASSED:
            groups.setdefault(_signature(scene), []).append(scene)
    ordered = sorted(groups.values(), key=lambda group: (WORST_FIRST.index(group[0].outcome), -len(group)))
    return [_cause(f"cause-{number}", group) for number, group in enumerate(ordered, 1)]


def _signature(scene: Scene) -> tuple[str, ...]:
    rule = _rule(scene)
    return scene.outcome, scene.blame or "", rule or _PARTICULARS.sub("…", scene.reason or "")


def _rule(scene: Scene) -> str | None:
    """The rule that was broken most often on the wire that is blamed; the first of those broken equally often."""
    attribution = scene.scenario.finished.attribution if scene.scenario.finished is not None else None
    if scene.outcome is not Outcome.FAILED or attribution is None or attribution.wire is None:
        return None
    broken = Counter(each.rule for each in scene.scenario.findings if each.severity is Severity.ERROR and each.wire == attribution.wire)
    return broken.most_common(1)[0][0] if broken else None


def _cause(anchor: str, group: Sequence[Scene]) -> Cause:
    first = group[0]
    said = told(first.reason)
    rule = _rule(first)
    if rule is None:
        return Cause(anchor, first.outcome, said, said, first.blame, None, tuple(group))
    expected = next(each.expected for each in first.scenario.findings if each.rule == rule)
    return Cause(anchor, first.outcome, f"Expected {expected}", said, first.blame, words(rule), tuple(group))
