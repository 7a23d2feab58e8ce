"""That small messages which are judged together are judged exactly as each by itself."""

import random
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance import batch, example
from conformance.batch import Readings, cut_out, suspects, thinned_together
from conformance.capture import Capture
from conformance.catalogue import RULES
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.layers import reached
from conformance.rule import Rule
from conformance.views.conversation import Conversation
from tests.conformance import good
from tests.conformance.test_judge import EDITS
from tests.conformance.writings import WRITINGS, written

ALONE = [rule for rule in RULES if rule.works_on is not Conversation]
PASSING = list(dict.fromkeys(chain.from_iterable(example.captures(text) for rule in ALONE for text in rule.passes)))
FAILING = [(rule, text) for rule in ALONE for text in rule.fails]


def same(judge: Judge, captures: list[Capture]) -> None:
    """Together and one by one, the same is found."""
    together = judge.messages(captures)
    alone = [judge.message(capture) for capture in captures]

    assert [each.findings for each in together] == [each.findings for each in alone]
    assert [told(each) for each in together] == [told(each) for each in alone]


def told(judgement: Judgement) -> tuple[object, ...]:
    """What a judgement tells besides its findings, but for the views."""
    return judgement.form, judgement.dialect, judgement.what, judgement.schemas, judgement.capture, reached(judgement)


@pytest.mark.parametrize(("rule", "text"), FAILING, ids=[f"{rule.id}-{place}" for place, (rule, _) in enumerate(FAILING)])
def test_no_rule_is_deceived_by_the_messages_beside_it(judge: Judge, rule: Rule, text: str) -> None:
    """Every example that fails, between messages that pass, some of which say nearly the same."""
    chance = random.Random(rule.id + text)
    (capture,) = example.captures(text)
    others = [chance.choice(PASSING) for _ in range(6)] + [shown for good_one in rule.passes[:3] for shown in example.captures(good_one)]
    chance.shuffle(others)
    place = chance.randrange(len(others) + 1)
    judged = judge.messages([*others[:place], capture, *others[place:]])

    assert rule.id in {finding.rule_id for finding in judged[place].findings}


def test_all_examples_together(judge: Judge) -> None:
    """In any order, good and bad among one another."""
    captures = [shown for rule in ALONE for text in (*rule.passes, *rule.fails) for shown in example.captures(text)]
    random.Random(7).shuffle(captures)

    same(judge, captures)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(good.deliveries(), max_size=6), EDITS, st.integers(0, 5), st.sampled_from(good.STYLES))
def test_edited_message_among_good_ones(
    judge: Judge, captures: list[Capture], edits: list[tuple[int, int, str]], edited: int, style: str
) -> None:
    """Whatever is cut out of one of them or put into it."""
    for place, capture in enumerate(captures):
        body = good.rewritten(capture.body, style).decode("utf-16" if style == "UTF-16" else "utf-8")
        for start, length, inserted in edits if place == edited else ():
            body = body[: start % len(body)] + inserted + body[start % len(body) + length :]
        raw = body.encode("utf-16" if style == "UTF-16" else "utf-8")
        captures[place] = Capture(raw, capture.at, capture.wire, capture.leg, capture.exchange, capture.soap_action)

    same(judge, captures)


def test_good_messages_are_not_looked_at_one_by_one(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nothing here would be tested, and nothing gained."""
    captures = [good.delivery(good.day(f"M-{number % 3}", [250] * 8), message_id=f"m-{number}") for number in range(9)]
    monkeypatch.setattr(judge, "message", lambda _: pytest.fail("judged by itself"))

    assert [each.findings for each in judge.messages(captures)] == [()] * 9


def test_one_message_that_cannot_be_laid_beside_the_others_does_not_stop_them() -> None:
    """Names that the columns do not know: the rest is still asked together."""
    plain = Readings(good.day("M", [250] * 4).encode(), None, 1, None, "created")
    odd = plain._replace(inside=plain.inside.replace(b"<Meter>", b"<amrSystem>x</amrSystem><Meter>"))

    assert suspects([plain, plain, odd, plain, plain]) == {2}


@pytest.mark.parametrize(
    "raw",
    [
        b"<MeterReadings/>",
        b"<MeterReadings><a>&amp;</a></MeterReadings>",
        b"<!-- <MeterReadings> --><a/>",
        b"<MeterReadings><a>\0</a></MeterReadings>",
        b"<MeterReadings>" + b" " * batch.MOST_BYTES + b"</MeterReadings>",
    ],
)
def test_odd_writing_is_left_to_the_tree(raw: bytes) -> None:
    """What cannot be cut out of its message safely is judged by itself."""
    assert cut_out(raw) is None


def test_rows_that_are_left_out_are_looked_at_all_the_same(judge: Judge) -> None:
    """What only a schema would mind in one of many alike rows; and most of each message is left out, or nothing would be tested."""
    bodies = [good.delivery(good.day(f"M-{number}", [250] * 20), message_id=f"m-{number}").body for number in range(80)]
    rows = b"<timeStamp>2026-03-01T02:00:00Z</timeStamp><value>0.250</value>"
    edits = (
        (rows, b"<timeStamp>2026-03-01T17:00:00+15:00</timeStamp><value>0.250</value>"),
        (rows, b"<timeStamp>2026-03-01T02:00:00Z</timeStamp><value>0,250</value>"),
        (rows, b"<timeStamp>2026-03-01T02:00:00Z</timeStamp><valve>0.250</valve>"),
        (b"</IntervalReadings><IntervalReadings>", b"</IntervalReadings>x<IntervalReadings>"),
    )
    for place, (old, new) in enumerate(edits):
        assert bodies[place].count(old) >= 1
        bodies[place] = bodies[place].replace(old, new, 1)
    thin = thinned_together(bodies, [cut_out(body) for body in bodies])

    assert all(each is not None and len(each) < len(body) / 2 for each, body in zip(thin[-20:], bodies[-20:], strict=True))
    same(judge, [Capture(body, good.HEARD_AT) for body in bodies])
    assert [bool(each.findings) for each in judge.messages([Capture(body, good.HEARD_AT) for body in bodies])] == [True] * 4 + [False] * 76


@pytest.mark.parametrize("title", ["a quality at each reading, indented", "who gave the quality, when and why, indented"])
def test_day_of_a_meter_is_judged_together_with_others_however_long_it_is_written(
    judge: Judge, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it has 10 KB or 40, none is judged by itself; but one of them is wrong."""
    bodies = [written(good.delivery(good.day(f"M-{number}", [250 + number] * 95 + [100])).body, WRITINGS[title]) for number in range(8)]
    captures = [Capture(body) for body in bodies]
    same(judge, captures)
    captures[5] = Capture(bodies[5].replace(b"00:45:00Z", b"00:45:00", 1))
    same(judge, captures)
    alone: list[Capture] = []
    message = judge.message

    def by_itself(capture: Capture) -> Judgement:
        alone.append(capture)
        return message(capture)

    monkeypatch.setattr(judge, "message", by_itself)

    assert min(map(len, bodies)) > 24 * 1024
    assert [bool(each.findings) for each in judge.messages(captures)] == [place == 5 for place in range(8)]
    assert alone == [captures[5]]


def test_message_of_many_meters_is_judged_by_itself(judge: Judge) -> None:
    """It has rows enough of its own to be thinned."""
    many = good.delivery("".join(good.day(f"M-{number}", [250 + number] * 24) for number in range(20)))

    assert cut_out(many.body) is None
    same(judge, [many, good.delivery(good.day("M-1", [250] * 4))])
