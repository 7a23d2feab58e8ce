"""What did not pass, by cause."""

from typing import Any

from ami.outcomes import Outcome
from reports.run import read
from reports.site.causes import Cause, causes
from reports.site.scenes import Stage
from tests.reports.telling import Telling

HEAD_END: dict[str, Any] = {"party": "system under test", "system": "hes", "wire": "hes->mdms", "evidence": "a message"}
BILLING: dict[str, Any] = {"party": "system under test", "system": "cis", "wire": None, "evidence": "the bill"}


def found(telling: Telling) -> list[Cause]:
    """The causes of what has been told."""
    stage = Stage()
    return causes([stage.scene(scenario) for scenario in read(telling.save().path).scenarios])


def told(telling: Telling, *names: str) -> Telling:
    """A run of scenarios of these names."""
    return telling.begin().collect(*({"name": name} for name in names))


def test_scenarios_of_one_broken_rule_stand_together(telling: Telling) -> None:
    """Whatever each of them says, when the rule was broken on the wire that is blamed."""
    told(telling, "A", "B")
    for name in "AB":
        telling.start(name).step("Then it conforms", "failed").message().finding()
        telling.finish("failed", f"something about {name}", attribution=HEAD_END)

    [cause] = found(telling)
    assert cause.title == "Expected every reading's timestamp to name its offset from UTC"
    assert cause.rule is not None
    assert cause.rule.id == "MR-03"
    assert [scene.scenario.collected.name for scene in cause.scenes] == ["A", "B"]


def test_rule_broken_on_another_wire_is_not_the_cause(telling: Telling) -> None:
    """Nor is a remark: it fails nothing."""
    told(telling, "A", "B")
    telling.start("A").step("Then", "failed").message().finding(wire="mdms->cis").finish("failed", "lost", attribution=HEAD_END)
    telling.start("B").step("Then", "failed").message().finding(severity="remark").finish("failed", "lost", attribution=HEAD_END)

    [cause] = found(telling)
    assert (cause.title, cause.rule) == ("Lost", None)


def test_reasons_that_differ_in_particulars_alone_are_one_cause(telling: Telling) -> None:
    """Numbers, moments and quoted names are particulars."""
    told(telling, "A", "B")
    for name, reason in (("A", "47 of 48 intervals of 'M-1' arrived"), ("B", "11 of 12 intervals of 'M-2' arrived")):
        telling.start(name).step("Then", "failed").finish("failed", reason, attribution=HEAD_END)

    assert [len(cause.scenes) for cause in found(telling)] == [2]


def test_another_party_is_another_cause(telling: Telling) -> None:
    """The same words of two systems are two faults."""
    told(telling, "A", "B")
    telling.start("A").step("Then", "failed").finish("failed", "no", attribution=HEAD_END)
    telling.start("B").step("Then", "failed").finish("failed", "no", attribution=BILLING)

    assert len(found(telling)) == 2


def test_worst_outcome_comes_first_and_passed_ones_not_at_all(telling: Telling) -> None:
    """Then the cause of most scenarios."""
    told(telling, "A", "B", "C", "D", "E")
    telling.start("A").step("Given").finish()
    telling.start("B").step("Then", "failed").finish("failed", "one thing", attribution=BILLING)
    for name in "CD":
        telling.start(name).step("Then", "failed").finish("failed", "another", attribution=BILLING)
    telling.start("E").step("Then", "failed").finish("error", "ours")

    assert [(cause.outcome, len(cause.scenes)) for cause in found(telling)] == [
        (Outcome.ERROR, 1),
        (Outcome.FAILED, 2),
        (Outcome.FAILED, 1),
    ]


def test_assertion_that_says_nothing_speaks_by_its_sentence(telling: Telling) -> None:
    """A bare assert has no words of its own."""
    told(telling, "A").start("A").step("Then the bill is right", "failed").finish("failed", "AssertionError", attribution=BILLING)

    assert found(telling)[0].title == "It does not hold: Then the bill is right"
