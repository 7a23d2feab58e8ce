"""That messages which are judged by the one that they are written like are judged exactly as each by itself."""

import random
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ami.names import Wire
from conformance import example, parser, schema_folder
from conformance.capture import Capture
from conformance.judge import Judge
from conformance.likeness import MOST_MODELS, MOST_WRITINGS, SEEN_BEFORE, Likeness, rewritten, written
from conformance.wrapping import ANY
from tests.conformance import good
from tests.conformance.generate.messages import PAYLOADS, sound
from tests.conformance.test_batch import ALONE, same
from tests.conformance.test_judge import EDITS

LEARNING = 4
"""How often a parser is asked for as many messages as one likes that are written alike: the first three, and the third with marks."""

UUID = "0b6bbd0f-95a1-4b5a-9e5c-6a1d6f3a2b{:02x}"
TEXTS = [
    "",
    "m-1",
    "a&amp;b",
    "2026-02-30T00:00:00Z",
    "2026-02-28T23:59:60Z",
    "2026-03-01T00:00:00",
    "1e400",
    "0,25",
    "-0.5",
    UUID.format(1),
    "é",
]


def numbered(place: int, hours: int = 8) -> Capture:
    """One of many messages that differ in their ids, meters and values alone."""
    return good.delivery(good.day(f"M-{place}", [250 + place] * hours), message_id=f"m-{place}")


def edited(capture: Capture, old: str, new: str) -> Capture:
    """With something else in one place."""
    assert old in capture.body.decode()
    return Capture(
        capture.body.decode().replace(old, new, 1).encode(), capture.at, capture.wire, capture.leg, capture.exchange, capture.soap_action
    )


def parsed_of(judge: Judge, captures: list[Capture], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of some messages are parsed."""
    bodies: list[bytes] = []

    def parsed(raw: bytes, _reused: object) -> object:
        bodies.append(raw)
        return parser.parsed(raw)

    with monkeypatch.context() as patched:
        patched.setattr("conformance.reader.parsed", parsed)
        judge.messages(captures)
    return len(bodies)


@pytest.mark.parametrize("hours", [1, 8, 96])
def test_few_of_many_alike_are_parsed(hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nothing here would be tested, and nothing gained."""
    captures = [numbered(place, hours) for place in range(12)]

    assert parsed_of(Judge(), captures, monkeypatch) == LEARNING
    same(Judge(), captures)


def test_what_is_learnt_holds_for_the_next_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is judged some hundred messages at a time."""
    judge = Judge()
    assert parsed_of(judge, [numbered(place) for place in range(3)], monkeypatch) == LEARNING
    assert parsed_of(judge, [numbered(place) for place in range(3, 9)], monkeypatch) == 0


def test_two_kinds_among_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind has a model of its own, also where one fixed text is all that tells them apart."""
    captures = [numbered(place) for place in range(12)]
    changed = [edited(capture, ">created<", ">changed<") if place % 2 else capture for place, capture in enumerate(captures)]

    assert parsed_of(Judge(), changed, monkeypatch) > LEARNING
    same(Judge(), changed)


def test_message_that_no_other_is_written_like_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What messages have in common is learnt from the second of them, not from each that may never have a second."""
    captures = [edited(numbered(place), "</MessageID>", "</MessageID>" + " " * place) for place in range(12)]

    assert parsed_of(Judge(), captures, monkeypatch) == len(captures)
    same(Judge(), captures)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many writings that each comes twice and never again: all are forgotten, and what comes then is learnt anew."""
    judge = Judge()
    captures = [edited(numbered(1), "</MessageID>", "</MessageID>" + " " * (place // 3)) for place in range(3 * MOST_WRITINGS)]
    judge.messages(captures)

    assert parsed_of(judge, [captures[0], captures[3]], monkeypatch) == 2


def test_writing_of_which_no_two_texts_are_the_same_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a text is not free, each other one needs a model of its own; after some, no more are tried."""
    tried = []

    def remember(_: object, body: bytes, *__: object) -> None:
        tried.append(body)

    monkeypatch.setattr(Likeness, "remember", remember)
    Judge().messages([edited(numbered(1), ">0.251<", f">{place}e-3<") for place in range(2 * MOST_MODELS)])

    assert len(tried) == MOST_MODELS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Noun>MeterReadings</Noun>", "<Noun>EndDeviceEvents</Noun>"),
        ("<Verb>created</Verb>", "<Verb>create</Verb>"),
        ("<MessageID>m-5</MessageID>", "<MessageID></MessageID>"),
        ("<MessageID>m-5</MessageID>", "<MessageID>m-&#0;</MessageID>"),
        ("<Timestamp>2026-03-09T00:30:00Z", "<Timestamp>2026-02-30T00:30:00Z"),
        ("<Timestamp>2026-03-09T00:30:00Z", "<Timestamp>2026-03-09T00:30:00"),
        ("<Timestamp>2026-03-09T00:30:00Z", "<Timestamp>2027-03-09T00:30:00Z"),
        ("<Timestamp>2026-03-09T00:30:00Z", "<Timestamp>2026-01-09T00:30:00Z"),
        ("<timeStamp>2026-03-01T00:15:00Z", "<timeStamp>2026-03-01T00:15:00+15:00"),
        ("<timeStamp>2026-03-01T00:15:00Z", "<timeStamp>2026-02-29T00:15:00Z"),
        ("<value>0.255</value>", "<value>0.255kWh</value>"),
        ("<value>0.255</value>", "<value>-</value>"),
        ("<start>2026-03-01T00:00:00Z", "<start>2026-03-01T24:30:00Z"),
        ("<start>2026-03-01T00:00:00Z", "<start>2026-02-28T00:00:00Z"),
        ("<end>2026-03-01T02:00:00Z", "<end>today"),
        ("<name>M-5</name>", "<name></name>"),
        ("<name>M-5</name>", "<nam>M-5</nam>"),
        ("</s:Body>", "</s:Body"),
        ("<s:Body>", "<s:Body s:encodingStyle='a'>"),
        ("<s:Body>", "<?a b?><s:Body>"),
        ('.72.0"/>', '.72"/>'),
    ],
)
def test_what_is_wrong_with_one_of_many_alike_is_found(judge: Judge, old: str, new: str) -> None:
    """An edit of the sixth of ten, wherever it is."""
    captures = [numbered(place) for place in range(10)]
    captures[5] = edited(captures[5], old, new)

    same(judge, captures)
    assert [bool(each.findings) for each in judge.messages(captures)] == [place == 5 for place in range(10)]


def test_id_that_is_no_uuid_is_found_where_all_have_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema of a strict dialect minds, and that of another does not."""
    strict = Judge("2011+uuid-ids")
    ids = [UUID.format(place) for place in range(6)]
    captures = [
        edited(numbered(place), f"<MessageID>m-{place}</MessageID>", f"<MessageID>{own}</MessageID><CorrelationID>{own}</CorrelationID>")
        for place, own in enumerate(ids)
    ]
    assert parsed_of(strict, captures, monkeypatch) == LEARNING
    captures[2] = edited(edited(captures[2], ids[2], "m-2"), ids[2], "m-2")

    same(strict, captures)
    assert [bool(each.findings) for each in strict.messages(captures)] == [False, False, True, False, False, False]


def test_message_without_an_envelope_is_right_in_a_file_alone(judge: Judge) -> None:
    """One and the same message, from a file and from a wire."""
    body = numbered(0).body
    bare = body[body.index(b"<s:Body>") + len(b"<s:Body>") : body.index(b"</s:Body>")]

    captures = [Capture(bare)] * 4 + [Capture(bare, wire=good.WIRE), Capture(bare)]
    assert [bool(each.findings) for each in judge.messages(captures)] == [False] * 4 + [True, False]


def test_findings_of_the_first_are_not_lost_to_the_others(judge: Judge) -> None:
    """What is found nowhere but in a part that all have in common is told of each."""
    wrong = "<Reply><Result>OK</Result><Error><code>2.4</code><level>FATAL</level></Error></Reply>"
    captures = [example.captures(f"{wrong}<MeterReadings>{good.day(f'M-{place}', [250] * 4)}</MeterReadings>")[0] for place in range(3)]

    same(judge, captures)
    assert all(each.findings for each in judge.messages(captures))


def test_message_is_made_when_it_says(judge: Judge) -> None:
    """Readings of a later moment are found, wherever the model's own are of an earlier one."""
    captures = [Capture(numbered(place).body) for place in range(6)]
    captures[3] = edited(captures[3], "<Timestamp>2026-03-09T00:30:00Z", "<Timestamp>2026-03-01T01:00:00Z")

    same(judge, captures)
    assert [bool(each.findings) for each in judge.messages(captures)] == [place == 3 for place in range(6)]


def test_message_of_one_row_is_a_model_of_sound_rows_alone(judge: Judge) -> None:
    """Those that are thinned to one row are written like it; where a row is not sure, it is not left out."""
    captures = [numbered(place, 96 if place > 1 else 1) for place in range(9)]
    captures[7] = edited(captures[7], "<timeStamp>2026-03-01T01:00:00Z", "<timeStamp>2026-03-01T16:00:00+15:00")
    same(judge, captures)
    assert [bool(each.findings) for each in judge.messages(captures)] == [place == 7 for place in range(9)]


def test_schemas_of_a_folder_are_asked_of_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows what those ask of a name or a number."""
    (tmp_path / "events.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://iec.ch/TC57/2011/EndDeviceEvents#">'
        '<xs:element name="EndDeviceEvents"/></xs:schema>',
        "utf-8",
    )

    assert parsed_of(Judge("2011", schema_folder.read(tmp_path)), [numbered(place) for place in range(3)], monkeypatch) == 3


def test_message_with_headers_of_soap_is_no_model(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules about those ask when a message was heard, and under which ids."""
    stamp = "<wsu:Timestamp><wsu:Created>2026-03-01T01:00:10Z</wsu:Created><wsu:Expires>2026-03-01T01:05:10Z</wsu:Expires></wsu:Timestamp>"
    captures = [*example.captures(f"<capture><s:Header><wsse:Security>{stamp}</wsse:Security></s:Header></capture>")] * 3

    assert not any(each.findings for each in judge.messages(captures))
    assert parsed_of(judge, captures, monkeypatch) == 3


ROW = "<timeStamp>2026-03-01T00:15:00Z</timeStamp><value>0.251</value>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">m-1<", ">m-2<"),
        (">m-1<", ">the second of March<"),
        (">0.251<", ">0.255<"),
        (">M-1<", ">m/2<"),
        (">hes<", ">mdms<"),
        (">2026-03-09T00:30:00Z<", ">2026-03-09T01:29:59.5+01:00<"),
    ],
)
def test_free_texts(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that a schema allows whatever they are, and about which no rule finds anything."""
    assert is_alike(old, new, monkeypatch)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">0.251<", ">1e4<"),
        (">0.251<", ">0x5<"),
        (">M-1<", "> <"),
        (">M-1<", ">M\t1<"),
        (">M-1<", "> M-1<"),
        (">M-1<", ">M&amp;1<"),
        (">M-1<", ">M<!-- -->1<"),
        ("<name>M-1<", '<name a="b">M-1<'),
        (">2026-03-01T00:15:00Z<", ">2026-03-01T00:15:00<"),
        (">2026-03-01T00:15:00Z<", ">2026-03-01T00:15:00+14:30<"),
        (">2026-03-01T00:15:00Z<", ">2026-02-29T00:15:00Z<"),
        (">2026-03-01T00:15:00Z<", ">2026-06-31T00:15:00Z<"),
        (">created<", ">changed<"),
        (">MeterReadings<", ">EndDeviceEvents<"),
        ("<Source>hes</Source>", "<Source>hes</Source><!---->"),
        ("<Source>hes</Source>", "<Source>hes</Source>\0"),
        (ROW, f"{ROW}<source>a</source>"),
    ],
)
def test_texts_that_are_not_free(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of which nobody knows what a schema would say, and whatever is more than another text."""
    assert not is_alike(old, new, monkeypatch)


def is_alike(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a message with an edit is judged by two without: nobody parses it then."""
    judge, capture = Judge(), numbered(1)
    assert parsed_of(judge, [capture] * SEEN_BEFORE + [capture], monkeypatch) == LEARNING
    return parsed_of(judge, [edited(capture, old, new)], monkeypatch) == 0


def test_what_is_compressed_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a text to the schema, and a message of its own to the judge."""
    judge = Judge(ANY)
    captures = [Capture(example.document("{compressed message}"))] * 4

    assert not any(each.findings for each in judge.messages(captures))
    assert parsed_of(judge, captures, monkeypatch) >= len(captures)


@pytest.mark.parametrize("wire", [None, Wire("hes", "mdms")])
def test_rules_about_how_a_message_was_heard_are_asked_of_each(judge: Judge, wire: Wire | None) -> None:
    """The same bytes may be right at one moment, or with one action, and wrong at another."""
    captures = [numbered(place) for place in range(4)]
    heard = [
        Capture(captures[0].body, captures[0].at, wire, "request", 1, captures[0].soap_action),
        Capture(captures[1].body, captures[1].at, None, "request", 1),
        Capture(captures[2].body, captures[2].at, wire, "request", 1, "another"),
        Capture(captures[3].body, captures[3].at, wire, "request", 1, captures[3].soap_action, headers={"content-type": "text/plain"}),
    ]

    same(judge, heard)


def test_every_example_behind_good_ones_like_it(judge: Judge) -> None:
    """First what passes, then what fails: each of those has a model that it could be mistaken for."""
    for rule in ALONE:
        passing = list(chain.from_iterable(map(example.captures, rule.passes))) * 3
        failing = list(chain.from_iterable(map(example.captures, rule.fails)))

        assert all(rule.id in {found.rule_id for found in each.findings} for each in judge.messages(passing + failing)[len(passing) :])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(good.deliveries(), EDITS, st.randoms(use_true_random=False))
def test_edited_messages_behind_the_one_they_come_from(
    judge: Judge, capture: Capture, edits: list[tuple[int, int, str]], chance: random.Random
) -> None:
    """Whatever is cut out of a copy or put into it, and whatever one of its texts becomes."""
    body = capture.body.decode()
    copies = [body, body, body]
    for start, length, inserted in edits:
        copies.append(body[: start % len(body)] + inserted + body[start % len(body) + length :])
    for text in chance.sample(TEXTS, 5):
        beginning = chance.choice(
            [place for place, sign in enumerate(body) if sign == ">" and body[place + 1 : place + 2] not in ("", "<", "\n")]
        )
        copies.append(body[: beginning + 1] + text + body[body.index("<", beginning) :])

    same(judge, [Capture(copy.encode(), capture.at, capture.wire, capture.leg, capture.exchange, capture.soap_action) for copy in copies])


NASTY = [
    *("", " a", "a ", "a b", "&amp;", "&#65;", "<b/>", "]]>", "\t", "é", "9" * 30, "NaN", "1e5", "-1", "0", "101", "true", "NameType"),
    *("2026-03-09T00:30:00", "2026-02-30T00:00:00Z", "2027-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "2026-03-09T00:30:00+14:01"),
    *("3.26.0.216", "3.99.0.85", "0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "created", "FAILED", "urn:x", "no zone", "MeterReadings"),
]


@pytest.mark.parametrize("dialect_name", ["2011", "2017", "generic", "2011-draft"])
@settings(max_examples=30, deadline=None, database=None, derandomize=True)
@given(chance=st.randoms(use_true_random=False), name=st.sampled_from(PAYLOADS), is_on_a_wire=st.booleans())
def test_whatever_texts_become(dialect_name: str, chance: random.Random, name: str, is_on_a_wire: bool) -> None:
    """Of a message of any noun, behind three that are as they should be: each copy is judged as it is by itself."""
    message = sound(random.Random(chance.randrange(10**6)), name, dialect_name)
    capture = message.on_a_wire() if is_on_a_wire else Capture(message.body())
    parted = written(capture.body)
    assert parted is not None
    copies = [
        rewritten(capture.body, {chance.randrange(len(parted.texts)): chance.choice([*NASTY, *parted.texts]) for _ in range(2)})
        for _ in range(12)
    ]

    same(Judge(ANY), [capture] * 3 + [capture._replace(body=copy) for copy in copies])
