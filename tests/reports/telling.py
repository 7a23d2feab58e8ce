"""A record written line by line, for tests: what harness/record.py writes, without a run."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

NIGHT = datetime(2026, 3, 10, tzinfo=UTC)
STARTED_AT = datetime(2026, 5, 4, 8, 15, tzinfo=UTC)

EVENT = (
    "<Envelope><Body><CreatedMeterReadings><Header><Verb>created</Verb><Noun>MeterReadings</Noun></Header><Payload><MeterReadings>"
    "<MeterReading><Meter><name>M-1</name></Meter>"
    "<Readings><timeStamp>2026-03-10T00:30:00Z</timeStamp><value>0.5</value></Readings>"
    "<Readings><timeStamp>2026-03-10T01:00:00</timeStamp><value>0.6</value></Readings>"
    "<Readings><timeStamp>2026-03-10T01:30:00Z</timeStamp><value>0.7</value></Readings>"
    "</MeterReading></MeterReadings></Payload></CreatedMeterReadings></Body></Envelope>"
)
"""One long line in which the second reading's time stamp names no offset."""

STAMP_PATH = "/Envelope/Body/CreatedMeterReadings/Payload/MeterReadings/MeterReading/Readings/timeStamp"

REPLY = "<Envelope>\n <Body>\n  <Result>OK</Result>\n </Body>\n</Envelope>"

HOSTILE = "<script>alert('1')</script> ]]> \x00\x1b[31m --> <!-- \u2028 & \"quoted\" {{ 7 * 7 }}"


def at_noon(minutes: int) -> str:
    """A moment on the landscape's clock, as the record writes it."""
    return (NIGHT + timedelta(hours=12, minutes=minutes)).isoformat().replace("+00:00", "Z")


class Telling:
    """A record that grows by a line with every call; each returns the telling, so that calls can follow one another."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "record.ndjson"
        self.lines: list[dict[str, Any]] = []
        self._scenario = ""
        self._named: dict[str, str] = {}
        self._messages = 0
        self._seen: dict[str, int] = {}

    @property
    def messages(self) -> int:
        """How many messages have been told, and so the number of the last one."""
        return self._messages

    @property
    def scenario(self) -> str:
        """The id of the scenario that is being told."""
        return self._scenario

    def line(self, kind: str, **fields: Any) -> Self:
        """Any line at all."""
        number = len(self.lines) + 1
        moment = (STARTED_AT + timedelta(milliseconds=250 * number)).isoformat(timespec="milliseconds")
        self.lines.append({"type": kind, "number": number, "at": moment, **fields})
        return self

    def begin(self, **fields: Any) -> Self:
        """The first line."""
        environment: dict[str, Any] = {name: {"address": None, "simulated": True} for name in ("hes", "cis", "oms")}
        environment["mdms"] = {"address": "https://mdms.example.org/soap", "simulated": False}
        told: dict[str, Any] = {
            "run": "2026-05-04_0815",
            "product": "MeterGate",
            "version": "0.1.0",
            "seed": 7,
            "dialect": "2011",
            "clock": "virtual",
            "environment": environment,
            "versions": {"python": "3.11.7", "pytest": "9.2.0"},
            "commit": "a1b2c3d4e5f6",
            "arguments": ["--seed", "7"],
        }
        return self.line("run_started", **told | fields)

    def collect(self, *scenarios: Mapping[str, Any]) -> Self:
        """Collect scenarios and close the collection; each mapping has `name` and whatever is not as usual."""
        for scenario in scenarios:
            told: dict[str, Any] = {
                "phase": "sit",
                "feature": "From meter to bill",
                "feature_file": "features/sit/meter_to_bill.feature",
                "description": "What the meter measured is what the customer pays for.",
                "rule": "A month is billed as it was measured",
                "line": 10,
                "tags": ["process:billing", "risk:high", "sit"],
                "row": None,
                **scenario,
            }
            stem = Path(told["feature_file"]).stem
            told.setdefault("scenario", f"{told['phase']}/{stem}::{told['name']}")
            for name in (told["name"], told["scenario"]):
                self._named.setdefault(name, told["scenario"])
            self.line("scenario_collected", **told)
        return self.line("collection_finished", scenarios=len(scenarios))

    def start(self, name: str) -> Self:
        """Start the scenario that was collected under `name`; the lines that follow belong to it."""
        self._scenario = self._named[name]
        self._seen = {"messages": 0, "error": 0, "warning": 0, "remark": 0}
        return self.line("scenario_started", scenario=self._scenario, virtual_at=at_noon(0))

    def step(self, sentence: str, outcome: str = "passed", error: str | None = None) -> Self:
        """A step, as in `Given the day is 2026-03-10`."""
        keyword, _, text = sentence.partition(" ")
        told = {"keyword": keyword, "text": text, "line": 12, "outcome": outcome, "seconds": 0.0125, "error": error}
        return self.line("step_finished", scenario=self._scenario, **told)

    def message(self, body: str | None = EVENT, **fields: Any) -> Self:
        """A message on the wire from the head-end to the MDMS."""
        self._messages += 1
        self._seen["messages"] += 1
        told: dict[str, Any] = {
            "message": self._messages,
            "exchange": (self._messages + 1) // 2,
            "wire": "hes->mdms",
            "leg": "request",
            "sender": "hes",
            "virtual_at": at_noon(self._messages),
            "status": 0,
            "verb": "created",
            "noun": "MeterReadings",
            "message_id": f"id-{self._messages}",
            "correlation_id": None,
            "soap_action": "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings",
            **fields,
        }
        if body is not None:
            told["body"] = body
        return self.line("message", scenario=self._scenario, **told)

    def reply(self, body: str = REPLY) -> Self:
        """The reply to the message before."""
        return self.message(
            body, leg="reply", sender="mdms", status=200, verb="reply", soap_action=None, correlation_id=f"id-{self._messages}"
        )

    def finding(self, **fields: Any) -> Self:
        """A finding in the message before; without more, the time stamp of EVENT that names no offset."""
        told: dict[str, Any] = {
            "message": self._messages,
            "wire": "hes->mdms",
            "sender": "hes",
            "rule": "MR-03",
            "severity": "error",
            "path": STAMP_PATH,
            "line": 1,
            "expected": "every reading's timestamp to name its offset from UTC",
            "found": "'2026-03-10T01:00:00'",
            **fields,
        }
        self._seen[told["severity"]] += 1
        return self.line("finding", scenario=self._scenario, **told)

    def truth(self, stage: str, verdict: str | None = None, intervals: int = 0, **fields: Any) -> Self:
        """What a station holds of meter M-1: 24 kWh, of which so many half-hours from noon on have `verdict`.

        intervals_told: the differing intervals themselves.
        """
        found = None if verdict in ("lost", "excused") else 500
        ends = [at_noon(30 * place) for place in range(1, intervals + 1)]
        differing = [{"end": end, "measured_wh": 500, "found_wh": found, "verdict": verdict} for end in ends]
        sums = {f"{each}_wh": 0 for each in ("lost", "duplicated", "shifted", "altered", "estimated", "excused")}
        if verdict:
            sums[f"{verdict}_wh"] = 500 * intervals
        told: dict[str, Any] = {
            "meter": "M-1",
            "stage": stage,
            "wire": "hes->mdms" if stage in ("wire", "mdms") else None,
            "compared_wh": 24000,
            **sums,
            "intervals": fields.pop("intervals_told", differing),
            "ok": verdict in (None, "estimated", "excused"),
            "text": f"M-1 at {stage}: {500 * intervals / 1000:.3f} kWh {verdict}" if verdict else f"M-1 at {stage}: as measured",
            **fields,
        }
        return self.line("truth", scenario=self._scenario, **told)

    def measured(self, wh: int = 500, intervals: int = 48, **fields: Any) -> Self:
        """What meter M-1 measured: half-hours of the day, each of so many watt-hours."""
        told = {"meter": "M-1", "first_end": at_noon(-690), "minutes": 30, "wh": [wh] * intervals, **fields}
        return self.line("measured", scenario=self._scenario, **told)

    def finish(self, outcome: str = "passed", reason: str | None = None, **fields: Any) -> Self:
        """End the scenario. `blame` as in `system under test`, `hes`, `hes->mdms`."""
        told: dict[str, Any] = {
            "outcome": outcome,
            "reason": reason,
            "attribution": None,
            "seconds": 0.75,
            "messages": self._seen["messages"],
            "findings": {severity: self._seen[severity] for severity in ("error", "warning", "remark")},
            **fields,
        }
        return self.line("scenario_finished", scenario=self._scenario, **told)

    def end(self, exit_code: int = 0, /, **counted: int) -> Self:
        """The last line, and the file. counted: by pytest, as in `passed=2`."""
        return self.line("run_finished", interrupted=False, exit_code=exit_code, counted=counted).save()

    def interrupt(self, **counted: int) -> Self:
        """The last line of a run that somebody stopped, and the file."""
        return self.line("run_finished", interrupted=True, exit_code=2, counted=counted).save()

    def save(self) -> Self:
        """Write the file as far as it has been told."""
        self.path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines), "utf-8", newline="\n")
        return self


def whole(folder: Path) -> Telling:
    """A record with every outcome, an undefined step, outline rows, hostile strings and a message that is no text."""
    outline = {"name": "The clocks go forward", "rule": "Two days a year are not a day long", "line": 30}
    telling = Telling(folder).begin()
    telling.line("readings_read", file="household.csv", profiles=["household"], rows=10, kept=9, remarks=["row 4: no number: 'x'"])
    telling.collect(
        {"name": "A month of an ordinary household"},
        {
            "name": "A stamp without its offset",
            "phase": "fat",
            "feature": "The head-end delivers",
            "feature_file": "features/fat/delivery.feature",
        },
        {"name": "The landscape breaks"},
        {"name": "Too little to say"},
        {"name": "A real meter is opened", "tags": ["risk:low"]},
        {"name": "A step nobody wrote"},
        {**outline, "row": {"direction": "forward", "kwh": "23"}, "scenario": "sit/meter_to_bill::The clocks go <direction>[1]"},
        {**outline, "row": {"direction": "back", "kwh": "25"}, "scenario": "sit/meter_to_bill::The clocks go <direction>[2]"},
        {
            "name": HOSTILE,
            "phase": "penetration",
            "feature": HOSTILE,
            "feature_file": "features/penetration/x.feature",
            "rule": None,
            "tags": [],
        },
    )
    telling.start("A month of an ordinary household").step("Given the day is 2026-03-10").step("When the month is billed")
    telling.message().reply().truth("head_end", "excused", 6).truth("wire").truth("mdms", "estimated", 6).truth("bill").measured().finish()
    blame = {"party": "system under test", "system": "hes", "wire": "hes->mdms", "evidence": "message 3 on hes->mdms"}
    telling.start("A stamp without its offset").step("Given a meter").step(
        "Then it conforms", "failed", "AssertionError:\nno offset"
    ).message()
    telling.finding().truth("wire", "lost", 2).finish("failed", "a message does not conform", attribution=blame)
    ours = {"party": "harness", "system": None, "wire": None, "evidence": "KeyError: 'x'"}
    telling.start("The landscape breaks").step("Given a fault", "failed", "KeyError: 'x'").finish("error", "KeyError", attribution=ours)
    telling.start("Too little to say").step("When waiting", "skipped", "one reading").finish("inconclusive", "one reading is too few")
    telling.start("A real meter is opened").step("Given a real meter", "skipped", "real").finish("not tested", "the meter is real")
    telling.start("A step nobody wrote").step("Given nothing like it", "undefined", "no such step").finish(
        "error", "no such step", attribution=ours
    )
    for row in (1, 2):
        telling.start(f"sit/meter_to_bill::The clocks go <direction>[{row}]").step("Given the day").finish()
    telling.start(HOSTILE).step(f"Given {HOSTILE}").message(HOSTILE, message_id=HOSTILE, soap_action=HOSTILE).message(
        None, body_base64="AP/+3q2+7w==", verb=None, noun=None
    )
    telling.finding(rule="SO-01", severity="warning", path="", line=0, found=HOSTILE).finish()
    return telling.end(1, passed=4, failed=3, skipped=2)
