"""What a run sets out to execute: the scenarios that were chosen, written down before the first of them begins."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from ami.errors import ConfigurationError
from harness import selection
from harness.masking import Mask
from harness.options import Options
from harness.record import Record
from harness.selection import Scenario

Collected = list[tuple[pytest.Item, Scenario]]


def choose(items: Sequence[pytest.Item], options: Options, features: Path) -> Collected:
    """The chosen scenarios, in the order of the phases. Raises ConfigurationError where one that is written was not collected."""
    found = [(item, scenario) for item in items if (scenario := selection.of_item(item, features)) is not None]
    lost = selection.missing((scenario for _, scenario in found), features)
    if lost:
        raise ConfigurationError("; ".join(lost))
    chosen = [(item, scenario) for item, scenario in found if selection.is_chosen(scenario, options)]
    return sorted(chosen, key=lambda pair: selection.in_order(pair[1]))


def write_down(chosen: Collected, record: Record, mask: Mask, features: Path) -> None:
    """Write each scenario and its feature file; what these name is masked from here on."""
    files = dict.fromkeys(scenario.feature_file for _, scenario in chosen)
    texts = {file: (features.parent / file).read_text("utf-8") for file in files}
    for text in texts.values():
        mask.learn_feature(text)
    for item, scenario in chosen:
        _mask_names(item, scenario, mask)
        described = asdict(scenario)
        record.write("scenario_collected", scenario=described.pop("id"), **described)
    for file, text in texts.items():
        record.write("feature_read", feature_file=file, text=text)
    record.write("collection_finished", scenarios=len(chosen))


def _mask_names(item: pytest.Item, scenario: Scenario, mask: Mask) -> None:
    """Let pytest, too, know a scenario by a name without personal data: its log and its results have it."""
    for key, value in (scenario.row or {}).items():
        mask.row_value(key, value)
    item.name = mask.text(item.name)
    item._nodeid = mask.text(item.nodeid)  # type: ignore[attr-defined]  # pytest has no other way to rename an item


def mask_report(report: pytest.TestReport, mask: Mask) -> None:
    """Take out of pytest's own account, which goes into its log and its results, what is taken out of the record."""
    if isinstance(report.longrepr, tuple):
        path, line, reason = report.longrepr
        report.longrepr = (path, line, mask.text(reason))
    elif report.longrepr is not None:
        told = str(report.longrepr)
        masked = mask.text(told)
        if masked != told:
            report.longrepr = masked
    report.sections = [(title, mask.text(text)) for title, text in report.sections]
