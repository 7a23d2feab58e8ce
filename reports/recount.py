"""The forms read back: each has to say of as many scenarios that they passed, broke or were skipped as the record does."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from reports.integrity import WORDS
from reports.run import Run

ALLURE = {"passed": "passed", "skipped": "skipped", "unknown": "skipped", "failed": "failed or in error", "broken": "failed or in error"}
CUCUMBER = {"PASSED": "passed", "SKIPPED": "skipped", "PENDING": "skipped"}
"""Statuses in the words of `reports.integrity`; any other of Cucumber's is a failure."""

OUTCOMES = {outcome.value: word for outcome, word in WORDS.items()}
ORDER = ("UNKNOWN", "PASSED", "SKIPPED", "PENDING", "UNDEFINED", "AMBIGUOUS", "FAILED")
"""Cucumber's statuses from the best to the worst: a test case is as good as the worst of its steps."""

_INDEX = re.compile(r'<script type="application/json" id="data-index">(.*?)</script>', re.DOTALL)
_OUTCOME = 3
"""Where the outcome stands in a row of the page's list."""

Count = Counter[str]


def differences(run: Run, form: str, written: Path) -> list[str]:
    """What a form that was just written says otherwise than the record, a sentence each."""
    if form not in _READERS:
        return []
    theirs, ours = _READERS[form](written), Counter(WORDS[scenario.outcome] for scenario in run.scenarios)
    return list(_unlike(f"{written.name} has", theirs, ours))


def _unlike(whose: str, theirs: Mapping[str, int], ours: Mapping[str, int]) -> Iterator[str]:
    for word in dict.fromkeys(WORDS.values()):
        if theirs.get(word, 0) != ours.get(word, 0):
            yield f"{whose} {theirs.get(word, 0)} {word}, the record {ours.get(word, 0)}."


def of_site(path: Path) -> Count:
    """The rows of the page's own list of scenarios."""
    found = _INDEX.search(path.read_text("utf-8"))
    phases: list[dict[str, Any]] = json.loads(found[1]) if found else []
    rules = (rule for phase in phases for feature in phase["features"] for rule in feature["rules"])
    return Counter(OUTCOMES[row[_OUTCOME].replace("-", " ")] for rule in rules for row in rule["scenes"])


def of_junit(path: Path) -> Count:
    """The test cases, but for the complaints about the record itself."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    return Counter(_junit_word(case) for case in root.iter("testcase") if case.get("classname") != "record")


def _junit_word(case: etree._Element) -> str:
    children = {str(child.tag) for child in case}
    if children & {"failure", "error"}:
        return "failed or in error"
    return "skipped" if "skipped" in children else "passed"


def of_allure(folder: Path) -> Count:
    """The results, but for the one that complains about the record itself."""
    results = [json.loads(path.read_text("utf-8")) for path in folder.glob("*-result.json")]
    return Counter(ALLURE[result["status"]] for result in results if result["fullName"] != "the record of the run")


def of_messages(path: Path) -> Count:
    """The test cases that were started, each by the worst status of its steps."""
    worst: dict[str, str] = {}
    with path.open("rb") as file:
        for line in file:
            envelope: dict[str, Any] = json.loads(line)
            if "testCaseStarted" in envelope:
                worst.setdefault(envelope["testCaseStarted"]["id"], "UNKNOWN")
            elif "testStepFinished" in envelope:
                finished = envelope["testStepFinished"]
                case, status = finished["testCaseStartedId"], finished["testStepResult"]["status"]
                worst[case] = max(worst[case], status, key=ORDER.index)
    return Counter(CUCUMBER.get(status, "failed or in error") for status in worst.values())


def of_csv(folder: Path) -> Count:
    """The rows of scenarios.csv."""
    with (folder / "scenarios.csv").open(encoding="utf-8", newline="") as file:
        return Counter(OUTCOMES[row["outcome"]] for row in csv.DictReader(file))


def of_parquet(folder: Path) -> Count:
    """The rows of scenarios.parquet."""
    from pyarrow import parquet

    outcomes = parquet.read_table(folder / "scenarios.parquet", columns=["outcome"])["outcome"].to_pylist()
    return Counter(OUTCOMES[outcome] for outcome in outcomes)


_READERS: dict[str, Callable[[Path], Count]] = {
    "site": of_site,
    "junit": of_junit,
    "allure": of_allure,
    "messages": of_messages,
    "csv": of_csv,
    "parquet": of_parquet,
}
