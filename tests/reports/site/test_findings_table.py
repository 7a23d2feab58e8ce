"""The findings of a scenario, alike ones together."""

import pytest

from reports.run import read
from reports.scenario import Scenario
from reports.site.findings_table import CONTEXT, LISTED, MOST_TEXT, SHOWN, Alike, Readable, alike
from tests.reports.telling import EVENT, Telling


@pytest.fixture
def told(telling: Telling) -> Telling:
    """A scenario that waits for its messages and findings."""
    return telling.begin().collect({"name": "A"}).start("A")


def scenario_of(told: Telling) -> Scenario:
    """The scenario as far as it was told."""
    return read(told.save().path).scenarios[0]


def table(told: Telling) -> tuple[Alike, ...]:
    """Its findings."""
    scenario = scenario_of(told)
    return alike(scenario.findings, {message.message: Readable(message) for message in scenario.messages})


def test_excerpt_shows_the_faulty_element_in_its_place(told: Telling) -> None:
    """With the rows around it, and how many there are beyond."""
    [found] = table(told.message(EVENT).finding())
    excerpt = found.shown[0].excerpt

    assert [(row.label, row.text, row.spot) for row in excerpt if row.marked] == [
        ("1:19", "", "<timeStamp>2026-03-10T01:00:00</timeStamp>")
    ]
    assert [row.text for row in excerpt if not row.label] == ["14 rows above", "8 rows below"]
    assert len(excerpt) == 2 * CONTEXT + 1 + 2
    assert min(row.depth for row in excerpt) == 0


def test_gravest_findings_come_first(told: Telling) -> None:
    """Whatever was found first."""
    told.message(EVENT).finding(severity="remark", rule="A").finding(severity="error", rule="B").finding(severity="warning", rule="C")

    assert [found.first.rule for found in table(told)] == ["B", "C", "A"]


def test_alike_findings_stand_together(told: Telling) -> None:
    """A few with their piece of the message, some in a list, the rest as a number."""
    told.message(EVENT)
    for _ in range(LISTED + 5):
        told.finding()

    [found] = table(told)

    assert (found.number, len(found.shown), len(found.others), found.unlisted) == (LISTED + 5, SHOWN, LISTED - SHOWN, 5)


def test_same_rule_on_another_wire_stands_apart(told: Telling) -> None:
    """It is another system's fault."""
    assert len(table(told.message(EVENT).finding().finding(wire="mdms->cis", sender="mdms"))) == 2


@pytest.mark.parametrize("fields", [{"message": None}, {"path": "", "line": 0}])
def test_finding_without_a_place_has_no_excerpt(told: Telling, fields: dict[str, object]) -> None:
    """A reply that never came, or a message as a whole."""
    [found] = table(told.message(EVENT).finding(**fields))

    assert found.shown[0].excerpt == ()


def test_finding_in_bytes_that_are_no_text_has_no_excerpt(told: Telling) -> None:
    """There is no element to point to."""
    [found] = table(told.message(None, body_base64="AP8=").finding())

    assert found.shown[0].excerpt == ()


def test_finding_says_what_of_its_message_was_not_judged(told: Telling) -> None:
    """There may be more wrong in it than is listed."""
    [found] = table(told.message(EVENT, not_judged="meaning (the XML is broken at line 9)").finding())
    [whole] = table(told.message(EVENT).finding(wire="mdms->cis"))[1:]

    assert [shown.not_judged for shown in (*found.shown, *whole.shown)] == ["meaning (the XML is broken at line 9)", None]


def test_very_long_row_is_cut_around_what_is_marked(told: Telling) -> None:
    """The faulty element stays in sight."""
    [found] = table(told.message(f"<a>{'x' * 5000}<b>1</b>{'y' * 5000}</a>").finding(path="/a/b"))
    [row] = found.shown[0].excerpt

    assert row.spot == "<b>1</b>"
    assert row.text.startswith("…xxx")
    assert row.behind.endswith("yyy … (4804 characters more)")


def test_very_long_message_is_cut(told: Telling) -> None:
    """The record has the whole of it."""
    [message] = scenario_of(told.message("x" * (MOST_TEXT + 7))).messages
    readable = Readable(message)

    assert readable.left_out == 7
    assert len(readable.rows[0].text) == MOST_TEXT
