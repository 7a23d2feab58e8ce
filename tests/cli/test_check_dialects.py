"""`metergate check` recognises the dialect that each message is written in, and names it."""

import json
from pathlib import Path

import pytest

from cli.__main__ import main
from conformance import example

EXCHANGE = (
    "<conversation><capture exchange='1' dialect='{}'><MessageID>a</MessageID></capture>"
    "<capture exchange='1' leg='reply' dialect='{}'><Reply><Result>OK</Result></Reply><CorrelationID>a</CorrelationID></capture>"
    "<capture exchange='2' dialect='{}'><MessageID>b</MessageID></capture>"
    "<capture exchange='2' leg='reply' dialect='{}'><Reply><Result>OK</Result></Reply><CorrelationID>b</CorrelationID></capture>"
    "</conversation>"
)


def written(path: Path, dialect: str, pieces: str = "") -> Path:
    """A file with a message in a dialect."""
    path.write_bytes(example.captures(f"<capture dialect='{dialect}'>{pieces}</capture>")[0].body)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two messages of one dialect and one of another."""
    made = tmp_path / "in"
    made.mkdir()
    for name, dialect in (("a.xml", "2011"), ("b.xml", "2011"), ("c.xml", "2017")):
        written(made / name, dialect)
    return made


def judged(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[tuple[str | None, list[str]]]]:
    """The exit code, and of each message its dialect and the rules that it breaks."""
    code = main(["check", *map(str, arguments), "--format", "json"])
    files = json.loads(capsys.readouterr().out)["files"]
    return code, [(file["dialect"], [finding["rule"] for finding in file["findings"]]) for file in files]


def recorded(path: Path, *dialects: str) -> Path:
    """Two exchanges as text of HTTP: request, reply, request, reply, each in a dialect."""
    parts = []
    for capture in example.captures(EXCHANGE.format(*dialects)):
        first = "POST /soap HTTP/1.1\r\nHost: mdms" if capture.leg == "request" else "HTTP/1.1 200 OK"
        head = f'{first}\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: ""\r\nContent-Length: {len(capture.body)}\r\n\r\n'
        parts.append(head.encode() + capture.body + b"\r\n")
    path.write_bytes(b"".join(parts))
    return path


@pytest.mark.parametrize("also", [[], ["--jobs", "2"], ["--dialect", "any"]])
def test_each_message_is_judged_in_its_own_dialect(folder: Path, also: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Several in a folder are no finding, and each has its name in JSON; its faults are found all the same."""
    written(folder / "d.xml", "generic", "<value>NaN</value>")

    code, told = judged(capsys, folder, *also)
    assert told == [("2011", []), ("2011", []), ("2017", []), ("generic", ["MR-12"])]
    assert code == 1


def test_named_dialect_is_demanded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of every message; which dialect came instead is said."""
    assert judged(capsys, folder, "--dialect", "2011") == (1, [("2011", []), ("2011", []), ("2017", ["ME-02"])])


def test_strictness_is_not_taken_for_granted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can see in a message that more was agreed on: it has to be named."""
    assert judged(capsys, folder / "a.xml") == (0, [("2011", [])])
    assert judged(capsys, folder / "a.xml", "--dialect", "2011+uuid-ids") == (1, [("2011+uuid-ids", ["XS-01"])])


def test_message_of_two_dialects_is_a_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever its root is of."""
    path = folder / "c.xml"
    path.write_bytes(path.read_bytes().replace(b"http://iec.ch/TC57/2011/schema/message", b"http://www.iec.ch/TC57/2011/schema/message"))

    assert judged(capsys, path) == (1, [("2017", ["ME-03"])])


@pytest.mark.parametrize(
    ("dialects", "rules"),
    [
        (("2017",) * 4, [[], [], [], []]),
        (("2011", "2011", "2017", "2017"), [[], [], ["CV-12"], ["CV-12"]]),
        (("2017", "2011", "2017", "2011"), [[], ["ME-02"], [], ["ME-02"]]),
    ],
)
def test_party_of_two_dialects_is_a_finding(
    tmp_path: Path, dialects: tuple[str, ...], rules: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """One that changes over in a conversation, and one that answers otherwise than it was asked."""
    _, told = judged(capsys, recorded(tmp_path / "a.http", *dialects))

    assert [name for name, _ in told] == list(dialects)
    assert [[rule for rule in broken if rule in ("ME-02", "CV-12")] for _, broken in told] == rules


def test_strange_answer_says_what_was_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what came; where a dialect was agreed on, each message is held against that one."""
    path = recorded(tmp_path / "a.http", "2017", "2011", "2017", "2017")
    main(["check", str(path)])
    found = [line for line in capsys.readouterr().out.splitlines() if "ME-02" in line]
    main(["check", str(path), "--dialect", "2011"])
    agreed = [line for line in capsys.readouterr().out.splitlines() if "ME-02" in line]

    (line,) = found
    assert "expected an answer in dialect 2017, as its request; found MeterReadingsResponseMessage of dialect 2011" in line
    assert [line.partition(": ME-02")[0].rpartition("/")[2].partition(":")[0] for line in agreed] == [
        "a.http#1 request",
        "a.http#2 request",
        "a.http#2 response",
    ]


def test_several_dialects_are_named_in_every_form_for_people(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the terminal, in a text and on the page."""
    text, page = tmp_path / "a.txt", tmp_path / "a.html"
    assert main(["check", str(folder), "--output", str(text), "--output", str(page)]) == 0

    named = "2011 (2 messages), 2017 (1 message)"
    assert f"dialects: {named}" in capsys.readouterr().err
    assert text.read_text("utf-8").splitlines()[-1] == f"dialects: {named}"
    assert f"<dd>each message&#39;s own: {named}</dd>" in page.read_text("utf-8")


def test_one_dialect_needs_no_word(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where all agree, nothing is said."""
    assert main(["check", str(folder / "a.xml"), str(folder / "b.xml")]) == 0
    assert "dialects" not in capsys.readouterr().err


def test_what_has_no_root_of_a_message_has_no_dialect(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A payload is the same in all of them; a strange root is of none."""
    (tmp_path / "a.xml").write_text("<Readings/>")
    bare = example.captures("<MessageID>a</MessageID>")[0].body
    start, end = bare.index(b"<MeterReadings"), bare.index(b"</MeterReadings>") + len("</MeterReadings>")
    (tmp_path / "b.xml").write_bytes(bare[start:end])

    assert judged(capsys, tmp_path) == (1, [(None, ["ME-01"]), (None, [])])


def test_sets_in_different_dialects_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A product that changes over says the same as before."""
    before, after = tmp_path / "before", tmp_path / "after"
    for path, dialect in ((before, "2011"), (after, "2017")):
        path.mkdir()
        written(path / "a.xml", dialect, "<value>NaN</value>")

    assert main(["check", "--diff", str(before), str(after)]) == 0
    assert "0 new, 0 gone, 1 unchanged" in capsys.readouterr().err
    assert main(["check", "--diff", "--dialect", "2011", str(before), str(after)]) == 1
    assert "1 new, 0 gone, 1 unchanged" in capsys.readouterr().err
