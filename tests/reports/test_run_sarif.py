"""SARIF for a run."""

import jsonschema

from reports.run import Run, read
from reports.run_sarif import as_sarif
from tests.reports.checked.sarif_parts import LOG
from tests.reports.checked.sarif_standard import standard
from tests.reports.telling import Telling


def test_log_of_a_run_fits_the_schema(whole_run: Run) -> None:
    """That of the standard, and ours, which is stricter; hostile strings included."""
    made = as_sarif(whole_run)
    standard().validate(made)
    jsonschema.validate(made, LOG, format_checker=jsonschema.FormatChecker())


def test_results_stand_at_the_scenario_that_showed_them(whole_run: Run) -> None:
    """What the judge found, what the truth says, and a scenario that is broken without either."""
    [log] = as_sarif(whole_run)["runs"]

    told = [
        (result["ruleId"], result["level"], result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for result in log["results"]
    ]
    assert told == [
        ("MR-03", "error", "features/fat/delivery.feature"),
        ("TRUTH", "error", "features/fat/delivery.feature"),
        ("SCENARIO", "error", "features/sit/meter_to_bill.feature"),
        ("SCENARIO", "error", "features/sit/meter_to_bill.feature"),
        ("SO-01", "warning", "features/penetration/x.feature"),
    ]
    assert {rule["id"] for rule in log["tool"]["driver"]["rules"]} >= {"MR-03", "TRUTH", "SCENARIO"}


def test_same_fault_has_the_same_print_in_the_next_run(telling: Telling, whole_run: Run) -> None:
    """So that a server knows it again, whatever number its message has."""
    feature = {"phase": "fat", "feature_file": "features/fat/delivery.feature"}
    telling.begin().collect({"name": "Another", **feature}, {"name": "A stamp without its offset", **feature})
    telling.start("Another").step("Given a day").message().finish().start("A stamp without its offset").step("Given a day", "failed", "x")
    telling.message().finding().finish("failed", "x").end(1, passed=1, failed=1)

    [first], [second] = (as_sarif(run)["runs"] for run in (whole_run, read(telling.path)))

    assert second["results"][0]["partialFingerprints"] == first["results"][0]["partialFingerprints"]


def test_run_that_broke_off_is_no_complete_one(telling: Telling) -> None:
    """A server must not take the findings that are missing for mended ones."""
    run = read(telling.begin().collect({"name": "A"}).start("A").save().path)

    [log] = as_sarif(run)["runs"]
    assert log["invocations"] == [{"executionSuccessful": False}]
