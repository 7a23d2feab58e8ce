"""Every form read back: it says of as many scenarios as the record that they passed, broke or were skipped."""

import json
from collections import Counter
from pathlib import Path

import pytest

from ami.errors import RecordError
from reports import allure, cucumber, forms, junit, recount, tables
from reports.integrity import WORDS
from reports.run import Run, read
from reports.site import page
from tests.reports.telling import Telling, whole

COUNTED = ("site", "junit", "allure", "messages", "csv", "parquet")


@pytest.mark.parametrize("form", COUNTED)
def test_form_says_what_the_record_says(tmp_path: Path, form: str) -> None:
    """Under every outcome, an undefined step, outline rows and hostile strings."""
    run = read(whole(tmp_path).path)

    [written] = forms.write(tmp_path, [form])

    read_back = {"site": recount.of_site, "junit": recount.of_junit, "allure": recount.of_allure, "messages": recount.of_messages}
    reader = {**read_back, "csv": recount.of_csv, "parquet": recount.of_parquet}[form]
    assert reader(written) == Counter(WORDS[scenario.outcome] for scenario in run.scenarios)
    assert recount.differences(run, form, written) == []


@pytest.mark.parametrize("form", COUNTED)
def test_form_of_a_run_that_broke_off_has_every_scenario(telling: Telling, form: str) -> None:
    """Those that never began, too."""
    telling.begin().collect({"name": "A"}, {"name": "B"}).start("A").step("Given a day").save()

    [written] = forms.write(telling.folder, [form])

    assert recount.differences(read(telling.path), form, written) == []


class Forgetful:
    """What stands in the place of a form's writer and forgets a scenario, or calls it better than it was."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def without_the_last(self) -> Run:
        """The run less its last scenario."""
        return Run(**{**{name: getattr(self.run, name) for name in Run.__slots__}, "scenarios": self.run.scenarios[:-1]})


@pytest.mark.parametrize(
    ("form", "module", "name"),
    [
        ("site", page, "site"),
        ("junit", junit, "document"),
        ("allure", allure, "write"),
        ("messages", cucumber, "stream"),
        ("csv", tables, "write_csv"),
        ("parquet", tables, "write_parquet"),
    ],
)
def test_form_that_leaves_a_scenario_out_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: object, name: str
) -> None:
    """Whichever it is; nobody may read it as the whole run."""
    whole(tmp_path)
    writes = getattr(module, name)
    monkeypatch.setattr(module, name, lambda run, *rest: writes(Forgetful(run).without_the_last(), *rest))

    with pytest.raises(RecordError, match=r"a report does not say what the record says: .* has 3 passed, the record 4"):
        forms.write(tmp_path, [form])


def test_messages_are_as_good_as_their_worst_step(tmp_path: Path) -> None:
    """A pass after a failure does not mend it, and a test case without any step is no pass."""

    def step(case: str, status: str) -> dict[str, object]:
        return {"testStepFinished": {"testCaseStartedId": case, "testStepResult": {"status": status}}}

    envelopes = [{"testCaseStarted": {"id": "1"}}, step("1", "FAILED"), step("1", "PASSED"), {"testCaseStarted": {"id": "2"}}]
    path = tmp_path / "messages.ndjson"
    path.write_text("".join(json.dumps(envelope) + "\n" for envelope in envelopes), "utf-8")

    assert recount.of_messages(path) == {"failed or in error": 2}
