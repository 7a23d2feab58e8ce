"""Replies and sets of operations: what they say has to fit together."""

from random import Random
from typing import Final

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle.around import identifier
from tests.conformance.mutation.pieces import add, both, drop, empty, exchange, pieces, repeat, say
from tests.conformance.mutation.texts import one_of

FATAL: Final = "<Error><code>2.4</code><level>FATAL</level></Error>"


def _reply(result: str, *errors: str) -> str:
    return f"<capture><Reply><Result>{result}</Result>{''.join(errors)}</Reply></capture>"


def _failure(random: Random) -> str:
    return _reply("FAILED", f"<Error><code>{random.choice(('2.4', '2.5', '5.3'))}</code><level>FATAL</level></Error>")


def _part(random: Random) -> str:
    return _reply("PARTIAL", f"<Error><code>5.3</code><level>FATAL</level><ID>M-{random.randint(1, 99)}</ID></Error>")


def _success(_random: Random) -> str:
    return _reply("OK", "<Error><code>0.0</code><level>INFORM</level></Error>")


def _operations(random: Random) -> str:
    verbs = [random.choice(("create", "change", "delete")) for _ in range(random.randint(2, 4))]
    told = "".join(
        f"<Operation><operationId>{number}</operationId><noun>MeterReadSchedule</noun><verb>{verb}</verb></Operation>"
        for number, verb in enumerate(verbs, 1)
    )
    return (
        f'<capture dialect="generic"><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>'
        f"<MessageID>{identifier(random)}</MessageID><OperationSet><enforceMsgSequence>true</enforceMsgSequence>{told}</OperationSet></capture>"
    )


def _carrying(_random: Random) -> str:
    readings = "<MeterReadings><MeterReading><Meter><mRID>M-1</mRID></Meter></MeterReading></MeterReadings>"
    told = f"<Operation><operationId>1</operationId><noun>MeterReadings</noun><verb>create</verb>{readings}</Operation>"
    return (
        '<capture dialect="generic"><root>RequestMessage</root><Verb>execute</Verb><Noun>OperationSet</Noun>'
        f"<OperationSet>{told}</OperationSet></capture>"
    )


FAILURE: Final = pieces(_failure)
PART: Final = pieces(_part)
SUCCESS: Final = pieces(_success)
SET: Final = pieces(_operations)
RESULT: Final = "Reply/Result"
OPERATION: Final = "OperationSet/Operation"

MUTATIONS: Final = (
    Mutation("recode", "a failure to a success", FAILURE, say(RESULT, "OK"), "RE-01"),
    Mutation("recode", "a level of a success", SUCCESS, say("Reply/Error/level", one_of("FATAL", "CATASTROPHIC")), "RE-01", "RE-06"),
    Mutation("drop", "the error of a failure", FAILURE, drop("Reply/Error"), "RE-02"),
    Mutation("recode", "a success to a failure", SUCCESS, say(RESULT, "FAILED"), "RE-02"),
    Mutation("recode", "a success to a part", SUCCESS, say(RESULT, "PARTIAL"), "RE-03|RE-08", "RE-03 RE-08"),
    Mutation("drop", "what failed of a part", PART, drop("Reply/Error/ID"), "RE-03"),
    Mutation(
        "recode", "why a part failed", PART, both(say("Reply/Error/code", "0.0"), say("Reply/Error/level", "INFORM")), "RE-08", "RE-03"
    ),
    Mutation("recode", "an error to one of no table", FAILURE, say("Reply/Error/code", one_of("E2004", "broken")), "RE-04", "RE-09"),
    Mutation("recode", "an error to one of one's own", FAILURE, say("Reply/Error/code", "99.1"), "RE-09", "RE-04"),
    Mutation("recode", "a failure that delivers", FAILURE, add(".", "<timeStamp>2026-03-01T00:30:00Z</timeStamp>"), "RE-05"),
    Mutation(
        "recode", "a code of success that is fatal", FAILURE, add("Reply", "<Error><code>0.3</code><level>FATAL</level></Error>"), "RE-06"
    ),
    Mutation("repeat", "an error", FAILURE, repeat("Reply/Error"), "RE-07"),
    Mutation("drop", "the CorrelationID of a reply", FAILURE, add(".", "<CorrelationID/>"), "HE-02"),
    Mutation("retype", "the Result", FAILURE, say(RESULT, "MAYBE"), "XS-01", "RE-02 RE-03"),
    Mutation("repeat", "an operation", SET, repeat(OPERATION), "OP-01", "OP-05"),
    Mutation("drop", "the verb or noun of an operation", SET, drop(f"{OPERATION}/verb|{OPERATION}/noun"), "OP-02"),
    Mutation("recode", "the noun of an operation", pieces(_carrying), say(f"{OPERATION}/noun", "MeterConfig"), "OP-03"),
    Mutation("recode", "an operation to one that is done", SET, say(f"{OPERATION}/verb", one_of("created", "changed")), "OP-04"),
    Mutation("reorder", "operations", SET, exchange(f"{OPERATION}[position() < last()]"), "OP-05"),
    Mutation("drop", "all operations", SET, empty("OperationSet"), "OP-06"),
    Mutation("drop", "an operation's id", SET, drop(f"{OPERATION}/operationId"), "XS-01", "OP-01 OP-05"),
    Mutation("recode", "the verb of a set", SET, say("Verb", "create"), "OP-07", "HE-15"),
    Mutation("neutral", "a reason of a failure", FAILURE, add("Reply/Error", "<reason>the meter is asleep</reason>")),
    Mutation(
        "recode", "a success to a failure of no level", SUCCESS, both(say("Reply/Error/code", "2.4"), drop("Reply/Error/level")), "RE-10"
    ),
)
