"""Two runs side by side: what is newly broken, what is mended, which findings are new or gone, and how the figures moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ami.findings import Severity
from ami.outcomes import Outcome
from reports.history.facts import Facts, FindingKey

BROKEN = (Outcome.FAILED, Outcome.ERROR)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `later` says otherwise than `earlier`. Scenarios by their ids; each list is in the order of the later run.

    broken: new failures; lost: passed before and now neither passed nor failed. only_earlier, only_later: not in the other run.
    figures: by name, before and now; None where a run has none.
    """

    earlier: Facts
    later: Facts
    broken: tuple[str, ...]
    mended: tuple[str, ...]
    still_broken: tuple[str, ...]
    lost: tuple[str, ...]
    only_earlier: tuple[str, ...]
    only_later: tuple[str, ...]
    new_findings: tuple[FindingKey, ...]
    gone_findings: tuple[FindingKey, ...]
    figures: Mapping[str, tuple[float | None, float | None]]

    @property
    def outcome(self) -> Outcome:
        """failed where anything is newly broken or a new finding is an error; inconclusive where passes were lost."""
        is_new_error = any(key.severity is Severity.ERROR for key in self.new_findings)
        if self.broken or is_new_error or any(self.later.outcomes[each] in BROKEN for each in self.only_later):
            return Outcome.FAILED
        if self.lost or self.only_earlier or not self.later.outcomes:
            return Outcome.INCONCLUSIVE
        return Outcome.PASSED


def compare(earlier: Facts, later: Facts) -> Comparison:
    """Hold `later` against `earlier`."""
    before, now = earlier.outcomes, later.outcomes
    both = [scenario for scenario in now if scenario in before]
    return Comparison(
        earlier=earlier,
        later=later,
        broken=tuple(each for each in both if now[each] in BROKEN and before[each] not in BROKEN),
        mended=tuple(each for each in both if now[each] is Outcome.PASSED and before[each] in BROKEN),
        still_broken=tuple(each for each in both if now[each] in BROKEN and before[each] in BROKEN),
        lost=tuple(each for each in both if before[each] is Outcome.PASSED and now[each] in (Outcome.INCONCLUSIVE, Outcome.NOT_TESTED)),
        only_earlier=tuple(each for each in before if each not in now),
        only_later=tuple(each for each in now if each not in before),
        new_findings=_beside(later.findings, earlier.findings),
        gone_findings=_beside(earlier.findings, {**later.findings, **_not_looked_at(earlier, later)}),
        figures={name: (earlier.figures.get(name), later.figures.get(name)) for name in {**earlier.figures, **later.figures}},
    )


def _beside(these: Mapping[FindingKey, int], those: Mapping[FindingKey, int]) -> tuple[FindingKey, ...]:
    return tuple(key for key in these if key not in those)


def _not_looked_at(earlier: Facts, later: Facts) -> dict[FindingKey, int]:
    """The earlier findings of scenarios that the later run did not carry out: nobody knows whether they are gone."""
    untold = (Outcome.NOT_TESTED, None)
    return {key: number for key, number in earlier.findings.items() if later.outcomes.get(key.scenario) in untold}


def told(comparison: Comparison, flaky: Mapping[str, Sequence[Outcome]] | None = None) -> list[str]:
    """The comparison in lines. flaky: scenarios that are known to come to different ends."""
    earlier, later = comparison.earlier, comparison.later
    lines = [f"{earlier.run} ({earlier.outcome}) → {later.run} ({later.outcome})"]
    if earlier.settings != later.settings:
        lines.append(f"other settings: {earlier.settings} → {later.settings}")
    for word, scenarios in (
        ("new failure", comparison.broken),
        ("no longer passed", comparison.lost),
        ("mended", comparison.mended),
        ("still broken", comparison.still_broken),
        ("only in the earlier run", comparison.only_earlier),
        ("only in the later run", comparison.only_later),
    ):
        for scenario in scenarios:
            outcome = later.outcomes.get(scenario, earlier.outcomes.get(scenario))
            reason = f": {later.reasons[scenario]}" if scenario in later.reasons else ""
            shaky = f" [flaky: {', '.join(flaky[scenario])}]" if flaky and scenario in flaky else ""
            lines.append(f"{word:<24}{scenario} ({outcome}){shaky}{reason}")
    for word, keys in (("new finding", comparison.new_findings), ("finding gone", comparison.gone_findings)):
        lines += [f"{word:<24}{key.rule} {key.severity} on {key.wire} in {key.scenario}: expected {key.expected}" for key in keys]
    for name, (before, now) in comparison.figures.items():
        if before != now:
            lines.append(f"{'figure':<24}{name}: {_figure(before)} → {_figure(now)}")
    if len(lines) == 1:
        lines.append("nothing is different")
    return lines


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.6g}"
