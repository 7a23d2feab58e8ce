"""What is signed."""

from typing import Any

from ami.outcomes import Outcome
from reports.run import read
from reports.site.certificate import Certificate, certificates
from reports.site.scenes import Stage
from tests.reports.telling import Telling


def sheets(telling: Telling, *complaints: str) -> tuple[Certificate, ...]:
    """The certificates of what has been told."""
    run, stage = read(telling.save().path), Stage()
    return certificates(run, [stage.scene(scenario) for scenario in run.scenarios], complaints)


def told(telling: Telling, *phases: str, **begun: Any) -> Telling:
    """A run with a passed scenario of each phase."""
    telling.begin(**begun).collect(*({"name": phase, "phase": phase} for phase in phases))
    for phase in phases:
        telling.start(phase).step("Given a day").finish()
    return telling


def test_each_acceptance_phase_has_a_sheet(telling: Telling) -> None:
    """The others have none."""
    assert [(sheet.short, sheet.statement, sheet.summary.scenarios) for sheet in sheets(told(telling, "uat", "sit", "fat"))] == [
        ("FAT", "Passed", 1),
        ("UAT", "Passed", 1),
    ]


def test_run_without_an_acceptance_phase_has_one_sheet_of_all(telling: Telling) -> None:
    """It is called by no name that it has not earned."""
    [sheet] = sheets(told(telling, "sit", "security"))

    assert (sheet.title, sheet.short, sheet.summary.scenarios) == ("Test", "", 2)


def test_record_that_is_not_whole_certifies_nothing(telling: Telling) -> None:
    """Whatever its scenarios say."""
    [sheet] = sheets(told(telling, "fat"), "a line is missing")

    assert (sheet.outcome, sheet.statement) == (Outcome.ERROR, "Not decided: the test itself did not work")
    assert "a line is missing" in sheet.reservations


def test_stand_ins_alone_and_faults_on_purpose_are_told_before_signing(telling: Telling) -> None:
    """Nobody shall sign for a system that was not there."""
    alone = {"hes": {"address": None, "simulated": True}}
    [sheet] = sheets(told(telling, "fat", environment=alone, arguments=["--ami-fault=hes->mdms=scale"]))

    assert sheet.reservations == (
        "Every system was a stand-in: no real system has been tested.",
        "Wires were made to misbehave on purpose: hes->mdms=scale.",
    )


def test_what_was_not_tested_is_told(telling: Telling) -> None:
    """A pass of the rest is no pass of it."""
    telling.begin().collect({"name": "A", "phase": "fat"}, {"name": "B", "phase": "fat"})
    telling.start("A").step("Given a day").finish().start("B").step("Given", "skipped").finish("not tested", "real")

    [sheet] = sheets(telling)
    assert sheet.outcome is Outcome.PASSED
    assert sheet.reservations == ("1 of 2 scenarios were not tested; nothing is said about them.",)


def test_nothing_tested_is_no_pass(telling: Telling) -> None:
    """A sheet of scenarios that nobody could try."""
    telling.begin().collect({"name": "A", "phase": "fat"}).start("A").step("Given", "skipped").finish("not tested", "real")

    assert sheets(telling)[0].statement == "Not tested"


def test_rule_that_was_weighed_otherwise_is_told_with_who_decided_it(telling: Telling) -> None:
    """A pass that rests on a decision is signed with it in sight."""
    telling.begin().collect({"name": "A", "phase": "fat"}, {"name": "B", "phase": "fat"}, {"name": "C", "phase": "sat"})
    decided = {"rule": "MR-03", "owner": "R. Day", "reason": "fixed in 4.2", "expires": "2026-12-31"}
    for name, severity, fired in (("A", "remark", 2), ("B", "remark", 1), ("C", "off", 1)):
        telling.start(name).step("Given a day").line(
            "override", scenario=telling.scenario, severity=severity, fired=fired, **decided
        ).finish()

    factory, on_site = sheets(telling)
    assert factory.reservations == ("Rule MR-03 counted as remark by decision of R. Day until 2026-12-31 (3 findings): fixed in 4.2",)
    assert on_site.reservations == ("Rule MR-03 was not asked by decision of R. Day until 2026-12-31 (1 finding): fixed in 4.2",)


def test_what_was_done_by_hand_names_whose_hand(telling: Telling) -> None:
    """Nobody else can say that it was done."""
    telling.begin().collect({"name": "A", "phase": "fat"}).start("A").step("Given a day")
    moments = {"asked_at": "2026-05-04T08:15:00Z", "answered_at": "2026-05-04T08:16:00Z"}
    telling.line("attended", scenario=telling.scenario, system="hes", command="silence", text="Cut M-1 off", by="A. Finch", **moments)

    assert sheets(telling.finish())[0].reservations == ("A part was done by hand: A. Finch.",)
