"""A judged set with one of each: an error with its line, one in a recording, a warning, a clean message, and a file without any."""

import json
from pathlib import Path

from conformance import example
from conformance.checking import Checked, check

BAD = "<timeStamp>2026-03-01T00:30:00</timeStamp>"


ANSWER = example.captures(
    "<Source>mdms</Source><Reply><Result>OK</Result><Error><code>0.0</code></Error></Reply><MessageID>r-1</MessageID><CorrelationID>6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11</CorrelationID>"
)[0].body.decode()


def folder(path: Path) -> Path:
    """The files of the set."""
    path.mkdir(parents=True, exist_ok=True)
    bad = example.captures(BAD)[0].body
    exchange = {
        "startedDateTime": "2026-03-01T01:00:11Z",
        "request": {"url": "http://mdms/", "postData": {"text": bad.decode()}},
        "response": {"content": {"text": ANSWER}},
    }
    (path / "a bad.xml").write_bytes(bad)
    (path / "b.har").write_text(json.dumps({"log": {"entries": [exchange]}}))
    (path / "c.xml").write_bytes(example.captures("<Context>Testing</Context>")[0].body)
    (path / "d.xml").write_bytes(example.captures("<value>1.0</value>")[0].body)
    (path / "e.har").write_text(json.dumps({"log": {"entries": []}}))
    (path / "f.xml").write_bytes(b"<a>\n<b c></b></a>")
    return path


def judged(path: Path) -> list[Checked]:
    """What the judge makes of them."""
    return check([folder(path)])
