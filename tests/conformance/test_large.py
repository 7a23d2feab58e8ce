"""That a message which is cut into pieces is judged as it is judged whole."""

import random
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from ami.findings import Finding
from conformance import example
from conformance.capture import Capture
from conformance.catalogue import RULES
from conformance.checking import check
from conformance.form import Form
from conformance.inputs import content, files
from conformance.judge import Judge
from conformance.large import whole as large
from conformance.rule import Rule
from conformance.views.readings import ReadingColumns
from tests.conformance import good

SMALL = 200
"""Bytes of a piece: about one MeterReading each."""

EXAMPLES = [
    (rule, text)
    for rule in RULES
    if rule.works_on is ReadingColumns and rule.id not in large.SAID_BY_ALL
    for text in (*rule.passes, *rule.fails)
    if b"</MeterReadings>" in example.captures(text)[0].body and b"<!" not in example.captures(text)[0].body
]
"""Of rules that a piece can break, those messages that can be cut."""


def cut(judge: Judge, path: Path, body: bytes, piece: int = SMALL) -> large.Whole:
    """The message judged in pieces."""
    path.write_bytes(body)
    whole = large.judged(judge, path, piece)
    assert whole is not None
    return whole


def places(findings: Iterable[Finding | large.Found]) -> set[tuple[str, str, int]]:
    """Rule, path and line of each finding."""
    plain = (each.finding if isinstance(each, large.Found) else each for each in findings)
    return {(each.rule_id, each.where.path, each.where.line) for each in plain}


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=[f"{rule.id}-{place}" for place, (rule, _) in enumerate(EXAMPLES)])
def test_every_rule_says_the_same_of_pieces(judge: Judge, tmp_path: Path, rule: Rule, text: str) -> None:  # noqa: ARG001 - names the rule
    """Its examples, cut wherever they can be: as many rules as judged whole, at the same places."""
    (capture,) = example.captures(text)

    assert places(cut(judge, tmp_path / "a.xml", capture.body).findings) == places(judge.message(Capture(capture.body)).findings)


@pytest.mark.parametrize("style", ["plain", "indented", "prefixed"])
@pytest.mark.parametrize("piece", [SMALL, 3000, 100_000])
def test_findings_have_the_places_of_the_whole_file(judge: Judge, tmp_path: Path, style: str, piece: int) -> None:
    """Line, path and excerpt, in every piece, in the header and across pieces."""
    members = [good.day(f"M-{number}", [250] * 8) for number in range(9)]
    members[4] = members[4].replace("T00:30:00Z", "T00:30:00", 1)
    members[7] = members[7].replace("<value>0.250", "<value>NaN", 1).replace("M-7", "M-2")
    body = good.rewritten(good.delivery("".join(members)).body.replace(b"<Verb>created", b"<Verb>changed"), style)
    found = cut(judge, tmp_path / "a.xml", body, piece)
    whole = judge.message(Capture(body))

    assert len(whole.findings) >= 4
    assert places(found.findings) == places(whole.findings)
    assert [each.finding.found for each in found.findings if each.finding.rule_id == "MR-02"] == [
        "meter 'M-2' again, after MeterReading[3]"
    ]
    assert all(each.excerpt for each in found.findings if each.finding.rule_id == "MR-03")
    assert (found.first.form, found.first.header and found.first.header.fields) == (whole.form, whole.header and whole.header.fields)


def test_many_findings_are_counted_over_all_pieces(judge: Judge, tmp_path: Path) -> None:
    """Twenty are shown, as of any message."""
    members = "".join(good.day(f"M-{number}", [250] * 8).replace("<value>0.250", "<value>NaN") for number in range(6))
    body = good.delivery(members).body
    mine = [each.finding.found for each in cut(judge, tmp_path / "a.xml", body).findings if each.finding.rule_id == "MR-12"]
    whole = [finding.found for finding in judge.message(Capture(body)).findings if finding.rule_id == "MR-12"]

    assert mine == whole
    assert mine[-1] == "the same in 28 more places"


def test_all_zero_is_said_only_where_all_pieces_are(judge: Judge, tmp_path: Path) -> None:
    """A stretch of empty houses is no empty delivery."""
    empty = [good.day(f"M-{number}", [0] * 8) for number in range(40)]
    one = [*empty[:25], good.day("M-25", [250] * 8), *empty[26:]]
    piece = 12 * len(empty[0])

    def ids(members: list[str]) -> set[str]:
        return {each.finding.rule_id for each in cut(judge, tmp_path / "a.xml", good.delivery("".join(members)).body, piece).findings}

    assert "MR-40" in ids(empty)
    assert "MR-40" not in ids(one)


def test_broken_piece_is_no_xml_at_its_line(judge: Judge, tmp_path: Path) -> None:
    """In the middle of the file; a MeterReading within another is no such fault, although it cannot be cut there."""
    members = [good.day(f"M-{number}", [250] * 8) + "\n" for number in range(9)]
    body = good.delivery("".join(members)).body
    broken = body.replace(b"M-5</name>", b"M-5</nane>")
    nested = body.replace(b"</MeterReading>", b"<MeterReading></MeterReading></MeterReading>", 1)

    assert {each.finding.rule_id for each in cut(judge, tmp_path / "a.xml", broken).findings} == {"XML-01"}
    assert places(cut(judge, tmp_path / "a.xml", broken).findings) == places(judge.message(Capture(broken)).findings)
    assert {each.finding.rule_id for each in cut(judge, tmp_path / "b.xml", nested).findings} == {"XS-01"}


@pytest.mark.parametrize(
    "edit", [(b"<MeterReading>", b"<!-- </MeterReading> --><MeterReading>"), (b"</MeterReadings>", b""), (b"<MeterReadings ", b"<Other ")]
)
def test_what_cannot_be_cut_safely_is_not_cut(judge: Judge, tmp_path: Path, edit: tuple[bytes, bytes]) -> None:
    """A comment may hide anything."""
    path = tmp_path / "a.xml"
    path.write_bytes(good.delivery(good.day("M", [250] * 8)).body.replace(*edit))

    assert large.judged(judge, path) is None


def test_large_file_takes_this_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its size alone, in any dialect; one that cannot be cut is one finding, and was never held."""
    monkeypatch.setattr(files, "MOST_BYTES", 5000)
    monkeypatch.setattr(content, "entries", lambda *_: pytest.fail("held in memory"))
    days = [good.day(f"M-{number}", [250 + number] * 8) for number in range(9)]
    (tmp_path / "a.xml").write_bytes(good.delivery("".join(days)).body)
    (tmp_path / "b.xml").write_bytes(b"<a>" + b" " * 6000 + b"</a>")
    body = (tmp_path / "a.xml").read_bytes()
    (tmp_path / "c.xml").write_bytes(
        body.replace(b"http://iec.ch/TC57/2011/MeterReadingsMessage", b"http://iec.ch/TC57/2017/MeterReadingsMessage")
    )
    first, second, third = check([tmp_path])

    assert (first.form, first.what, first.findings, first.dialect) == (Form.ENVELOPE, "created MeterReadings", (), "2011")
    assert [located.finding.rule_id for located in second.findings] == ["XML-03"]
    assert (third.form, third.what, third.findings, third.dialect) == (Form.ENVELOPE, "created MeterReadings", (), "2017")


def test_any_cut_finds_the_same(judge: Judge, tmp_path: Path) -> None:
    """Pieces of any size, faults anywhere."""
    chance = random.Random(5)
    for _ in range(40):
        members = [good.day(f"M-{chance.randrange(30)}", [250 + 10 * number] * chance.randrange(1, 9)) for number in range(8)]
        body = good.delivery("".join(members)).body.decode()
        values = list(re.finditer("(?<=<value>)[^<]*|(?<=<timeStamp>)[^<]*", body))
        for value in sorted(chance.sample(values, 2), key=lambda found: -found.start()):
            body = body[: value.start()] + chance.choice(["", "NaN", "x", "-1", "2026-03-01T00:15:00"]) + body[value.end() :]
        whole = judge.message(Capture(body.encode())).findings

        assert places(cut(judge, tmp_path / "a.xml", body.encode(), chance.randrange(100, 5000)).findings) == places(whole)
