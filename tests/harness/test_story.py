"""One scenario from its first moment to its verdict."""

import json
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

import pytest

from ami import names
from ami.errors import InconclusiveError
from ami.findings import Finding, Severity, Where
from ami.names import Wire
from conformance import example
from conformance.capture import Capture
from conformance.form import Form
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.profile import UNCHANGED, Override, Profile
from harness import environment
from harness.attribution import of_failure
from harness.clock import VirtualClock
from harness.record import Record
from harness.story import Story
from harness.wiretap import Captured
from tests.harness.books import DELIVERY, START, Books, crossed, delivered, of_meter

DAY = {1: 100, 2: 200}


class Stage(Books):
    """Books with wires: what is put into `waiting_on_wires` is taken at the next look."""

    def __init__(self) -> None:
        super().__init__(M=list(DAY.values()))
        self.waiting["kept_back"] = ["M"]
        self.waiting_on_wires: list[Captured] = []
        self.settled_with: list[Captured] = []
        self.begun: list[tuple[str, datetime]] = []
        self.last_asked: str | None = None
        self.commands: set[tuple[str, str]] = set()
        self.environment = environment.load(None)
        self.clock = VirtualClock(START)

    def begin(self, story: str, at: datetime) -> None:
        """Remember it."""
        self.begun.append((story, at))

    def settle(self) -> None:
        """Let what was still on its way arrive."""
        self.waiting_on_wires += self.settled_with
        self.settled_with = []

    def take(self) -> list[Captured]:
        """What has crossed the wires."""
        taken, self.waiting_on_wires = self.waiting_on_wires, []
        return taken


class Prejudiced:
    """A judge whose findings stand before it has heard anything; it reads as the true one does."""

    def __init__(self, *findings: Finding, conversation: Sequence[tuple[int, Finding]] = ()) -> None:
        self._findings = findings
        self._conversation = list(conversation)

    def message(self, capture: Capture) -> Judgement:
        """The findings, for every message alike."""
        return Judgement(capture, Form.ENVELOPE, self._findings)

    def conversation(self, _: Sequence[Judgement]) -> list[tuple[int, Finding]]:
        """The findings about all of it."""
        return self._conversation


def finding(severity: Severity = Severity.ERROR, rule: str = "X-01") -> Finding:
    """A finding."""
    return Finding(rule, severity, Where("/a/b", 3), "this", "that")


def message(
    number: int = 1, wire: Wire = DELIVERY, leg: str = "request", body: bytes = b"<a/>", *, is_deliberate: bool = False
) -> Captured:
    """A message that crossed a wire."""
    sender = wire.source if leg == "request" else wire.target
    return Captured(number, number, wire, leg, sender, START, 0 if leg == "request" else 200, None, body, is_deliberate)


def told(
    judge: Prejudiced | Judge,
    *messages: Captured,
    expected: Sequence[str] = (),
    stage: Stage | None = None,
    record: Record | None = None,
    profile: Profile = UNCHANGED,
) -> Story:
    """A story that has ended after these messages."""
    stage = stage or Stage()
    story = Story(stage.landscape, cast("Judge", judge), record, "sit/a::b", profile=profile, expected_rules=set(expected))
    story.begin(START)
    stage.waiting_on_wires = list(messages)
    story.end()
    return story


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A record that is open."""
    with Record(tmp_path) as made:
        yield made


def lines(record: Record, kind: str) -> list[dict[str, Any]]:
    """What the record has of a kind."""
    return [line for text in record.path.read_text("utf-8").splitlines() if (line := json.loads(text))["type"] == kind]


def test_story_without_a_breach_has_no_complaint() -> None:
    """Nor has one without messages."""
    assert told(Prejudiced(), message()).complaint() is None
    assert told(Prejudiced()).complaint() is None


def test_judge_hears_how_http_carried_a_message() -> None:
    """A message in another media type than its SOAP is found, although its bytes are right."""
    body = example.captures("<MessageID>m</MessageID>")[0].body
    heard = Captured(
        1, 1, DELIVERY, "request", "hes", START, 0, None, body, headers={"content-type": "application/json", "soapaction": '""'}
    )

    assert "HT-01" in {found.finding.rule_id for found in told(Judge(), heard).findings}


def weighing(severity: Severity | None) -> Profile:
    """A profile that changes one rule."""
    return Profile({"X-01": Override("X-01", severity, "Jo Miller", "mended in May", date(2026, 5, 31))})


def test_profile_decides_what_a_finding_weighs(record: Record) -> None:
    """A warning is no complaint, and says who made it one."""
    story = told(Prejudiced(finding()), message(), record=record, profile=weighing(Severity.WARNING))

    assert story.complaint() is None
    assert [(line["severity"], line["found"]) for line in lines(record, "finding")] == [
        ("warning", "that [error made warning until 2026-05-31 by Jo Miller: mended in May]")
    ]
    assert [(line["rule"], line["severity"], line["fired"]) for line in lines(record, "override")] == [("X-01", "warning", 1)]


def test_what_a_profile_switches_off_is_counted_in_the_record(record: Record) -> None:
    """It is no finding, and yet it is not hidden."""
    story = told(Prejudiced(finding()), message(), message(2), record=record, profile=weighing(None))

    assert story.findings == []
    assert lines(record, "finding") == []
    assert [(line["owner"], line["severity"], line["fired"]) for line in lines(record, "override")] == [("Jo Miller", "off", 2)]


def test_profile_that_changes_nothing_leaves_no_line(record: Record) -> None:
    """Only what fired is written down."""
    told(Prejudiced(finding(rule="X-02")), message(), record=record, profile=weighing(None))

    assert lines(record, "override") == []


def test_error_on_a_wire_is_a_complaint() -> None:
    """It names the wire and the finding, and how many there are beside it."""
    assert told(Prejudiced(finding()), message(), message(2)).complaint() == (
        "a message on hes->mdms does not conform: X-01 /a/b (line 3): expected this; found that (and 1 more findings)"
    )


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.REMARK])
def test_warning_and_remark_are_no_complaint(severity: Severity) -> None:
    """They are counted."""
    story = told(Prejudiced(finding(severity)), message())

    assert story.complaint() is None
    assert story.counted() == {"error": 0, "warning": 0, "remark": 0} | {severity.value: 1}


def test_finding_about_the_conversation_is_one_about_its_message() -> None:
    """On that message's wire."""
    story = told(Prejudiced(conversation=[(1, finding())]), message(), message(2, Wire("cis", "mdms"), "reply"))

    assert [(found.message, found.wire, found.sender) for found in story.findings] == [(2, ("cis", "mdms"), "mdms")]


def test_answer_that_is_missing_is_owed_by_whom_the_message_went_to(record: Record) -> None:
    """The head-end delivered as it should, and the MDMS said nothing."""
    (capture,) = example.captures("<capture exchange='1'><MessageID>a</MessageID></capture>")
    story = told(Judge("2011"), message(body=capture.body), record=record)
    (found,) = [each for each in story.findings if each.finding.rule_id == "CV-05"]
    (written,) = [line for line in lines(record, "finding") if line["rule"] == "CV-05"]
    to_blame = of_failure([found], [], None)

    assert found.finding.found == "no reply from mdms"
    assert (found.sender, found.owed_by, found.party) == ("hes", "mdms", "mdms")
    assert (written["sender"], written["owed_by"]) == ("hes", "mdms")
    assert to_blame is not None
    assert to_blame.system == "mdms"


def test_second_answer_is_the_fault_of_who_gave_it() -> None:
    """It stands at that answer, and nothing is owed."""
    reply = message(2, leg="reply")
    story = told(Judge("2011"), message(1), replace(reply, exchange=1), replace(reply, number=3, exchange=1))

    twice = [(found.message, found.party, found.owed_by) for found in story.findings if found.finding.rule_id == "CV-05"]
    assert twice == [(3, "mdms", None)]


def test_rule_that_the_scenario_breaks_on_purpose_is_remarked() -> None:
    """A broken meter's head-end delivers what it got; what others break is an error, and so is every other rule."""
    judge = Prejudiced(finding(), finding(rule="X-02"))
    story = told(judge, message(), message(2, leg="reply"), expected=["X-01"])

    assert [(found.sender, found.finding.rule_id, found.finding.severity.value) for found in story.findings] == [
        ("hes", "X-01", "remark"),
        ("hes", "X-02", "error"),
        ("mdms", "X-01", "error"),
        ("mdms", "X-02", "error"),
    ]


def test_message_that_the_tester_broke_is_not_judged() -> None:
    """Neither by itself nor in the conversation; the answer to it is."""
    judge = Prejudiced(finding(), conversation=[(0, finding()), (1, finding(rule="X-03"))])
    story = told(judge, message(is_deliberate=True), message(2, leg="reply"))

    assert [(found.message, found.finding.rule_id) for found in story.findings] == [(2, "X-01"), (2, "X-03")]


def test_truth_that_does_not_hold_is_a_complaint() -> None:
    """Although every message conforms."""
    stage = Stage()
    stage.head_end["M"][2] = 999

    assert told(Prejudiced(), stage=stage).complaint() == "the truth does not hold: M at head-end: 0.799 kWh altered (1 interval)"


def test_true_judge_and_truth_find_what_is_wrong_on_a_real_message() -> None:
    """A delivery with a value that was not measured: it conforms, and it is not true."""
    stage = Stage()
    story = Story(stage.landscape, Judge("2011"), None, "sit/a::b")
    story.begin(START)
    stage.waiting_on_wires = [captured for captured, _ in crossed(delivered(of_meter("M", {1: 101})))]
    story.end()

    assert story.comparisons[1].text == "M at hes->mdms: 0.001 kWh altered (1 interval)"


def test_story_waits_for_what_is_still_on_its_way() -> None:
    """A message that arrives only when all settles is judged, too."""
    stage = Stage()
    stage.settled_with = [message(2)]

    assert told(Prejudiced(finding()), message(), stage=stage).messages == 2


def test_story_ends_once() -> None:
    """Asked again, it finds nothing twice."""
    story = told(Prejudiced(finding()), message())
    story.end()

    assert len(story.findings) == 1
    assert len(story.comparisons) == 2


def test_story_that_never_began_has_no_end() -> None:
    """A scenario that could not be told leaves the landscape alone."""
    stage = Stage()
    stage.settled_with = [message()]
    Story(stage.landscape, cast("Judge", Prejudiced(finding())), None, "sit/a::b").end()

    assert stage.settled_with == [message()]


def test_messages_are_judged_as_the_story_goes_on() -> None:
    """Each once; asked for the first of its kind, the story looks at all so far."""
    stage = Stage()
    story = Story(stage.landscape, Judge("2011"), None, "sit/a::b")
    first, second = (captured for captured, _ in crossed(delivered(of_meter("M", DAY)), delivered(of_meter("M", DAY))))
    stage.waiting_on_wires = [first]
    story.observe()
    stage.waiting_on_wires = [second]

    assert story.first("created", names.METER_READINGS) is first
    assert [captured for captured, _ in story.observe()] == [first, second]


def test_message_that_never_came_leaves_the_question_open() -> None:
    """Nobody has failed for that."""
    with pytest.raises(InconclusiveError, match="no message get MeterReadings has crossed a wire"):
        told(Prejudiced(), message()).first("get", names.METER_READINGS)


def test_blame_is_on_who_sent_the_breach_or_was_asked_last() -> None:
    """From the wires, the truth, or the tester's last question."""
    stage = Stage()
    stage.last_asked = names.CIS

    told_apart = [told(Prejudiced(finding()), message(), stage=Stage()).attribution(), told(Prejudiced(), stage=stage).attribution()]

    assert [blame.system for blame in told_apart if blame] == ["hes", "cis"]


def test_story_begins_its_landscape_by_its_own_name(record: Record) -> None:
    """At the moment that the record tells, in UTC."""
    stage = Stage()
    local = START.astimezone(timezone(timedelta(hours=1)))
    Story(stage.landscape, cast("Judge", Prejudiced()), record, "sit/a::b").begin(local)

    assert stage.begun == [("sit/a::b", START)]
    assert [(line["scenario"], line["virtual_at"]) for line in lines(record, "scenario_started")] == [("sit/a::b", "2026-03-03T00:00:00Z")]


def test_record_has_every_message_as_it_was(record: Record) -> None:
    """As text, or in base64 where it is none; with what was read of its header."""
    (proper, _), *_ = crossed(delivered(of_meter("M", DAY)))
    stage = Stage()
    story = Story(stage.landscape, Judge("2011"), record, "sit/a::b")
    stage.waiting_on_wires = [proper, message(2, leg="reply", body=b"\xff<a/>")]
    story.observe()

    text, bytes_ = lines(record, "message")
    assert (text["body"].encode(), b64decode(bytes_["body_base64"])) == (proper.body, b"\xff<a/>")
    assert (text["verb"], text["noun"], text["message_id"], text["wire"], text["leg"], text["sender"]) == (
        *("created", "MeterReadings", "m"),
        *("hes->mdms", "request", "hes"),
    )
    assert (bytes_["verb"], bytes_["status"], bytes_["exchange"], bytes_["message"]) == (None, 200, 2, 2)
    assert bytes_["not_judged"].endswith("message envelope, schema, codes, meaning, conversation (the XML is broken at line 1)")
    assert "not_judged" not in text


def test_record_has_every_finding_and_comparison(record: Record) -> None:
    """As reports need them."""
    stage = Stage()
    stage.head_end["M"][2] = 999
    told(Prejudiced(finding()), message(), stage=stage, record=record)

    (found,) = lines(record, "finding")
    assert {
        key: found[key] for key in ("scenario", "message", "wire", "sender", "rule", "severity", "path", "line", "expected", "found")
    } == {
        "scenario": "sit/a::b",
        "message": 1,
        "wire": "hes->mdms",
        "sender": "hes",
        "rule": "X-01",
        "severity": "error",
        "path": "/a/b",
        "line": 3,
        "expected": "this",
        "found": "that",
    }
    head_end, _ = lines(record, "truth")
    assert (head_end["meter"], head_end["stage"], head_end["ok"], head_end["altered_wh"], head_end["compared_wh"]) == (
        "M",
        "head_end",
        False,
        799,
        300,
    )
    assert head_end["intervals"] == [{"end": "2026-03-03T01:00:00Z", "measured_wh": 200, "found_wh": 999, "verdict": "altered"}]


def test_record_says_how_the_day_was_read(record: Record) -> None:
    """Both half-hours came, at once."""
    stage = Stage()
    stage.settled_with = [captured for captured, _ in crossed(delivered(of_meter("M", DAY)))]
    told(Judge("2011"), stage=stage, record=record)

    (read,) = lines(record, "day_read")
    assert (read["scenario"], read["day"], read["due"], read["in_day"], read["accurate"]) == ("sit/a::b", "2026-03-03", 2, 2, 2)


def test_record_has_the_curve_of_a_meter_that_was_compared(record: Record) -> None:
    """Interval by interval, for whoever draws it."""
    told(Prejudiced(), message(), record=record)

    (curve,) = lines(record, "measured")
    assert {key: curve[key] for key in ("scenario", "meter", "first_end", "minutes", "wh")} == {
        "scenario": "sit/a::b",
        "meter": "M",
        "first_end": "2026-03-03T00:30:00Z",
        "minutes": 30,
        "wh": [100, 200],
    }
