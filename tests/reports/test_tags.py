"""What tags say."""

from ami.outcomes import Outcome
from reports import tags
from reports.run import Run, read
from tests.reports.telling import Telling


def test_values_of_a_key_read_as_words() -> None:
    """A hyphen is a space; other keys stay out."""
    assert tags.values(("process:third-party-data", "risk:high", "process"), tags.PROCESS) == ("third party data",)


def test_scenarios_are_counted_by_each_of_their_values(telling: Telling) -> None:
    """Two processes, two rows."""
    telling.begin().collect({"name": "A", "tags": ["process:reading", "process:billing"]}).start("A").step("Given a day").finish()
    groups = tags.groups(read(telling.end(passed=1).path).scenarios, tags.PROCESS)

    assert [(group.title, group.outcomes[Outcome.PASSED]) for group in groups] == [("billing", 1), ("reading", 1)]


def test_risks_stand_from_high_to_low(whole_run: Run) -> None:
    """What is not tagged comes last."""
    assert [group.title for group in tags.groups(whole_run.scenarios, tags.RISK)] == ["high", "low", "not tagged"]
