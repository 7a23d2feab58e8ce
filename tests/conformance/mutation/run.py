"""The run: mutations one after the other, each at a random place of a new message, and what the judge finds against what it should."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, Final

from conformance.judge import Judge
from tests.conformance.mutation.mutation import Mutation, Subject

TRIES: Final = 300
"""Messages that are made before a mutation without a place counts as one that can never be made."""

OTHERWISE: Final = "otherwise"
"""In the place of a rule's id."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A mutation that the judge judged otherwise than the oracle. seed: makes it again."""

    mutation: str
    seed: str
    missed: list[str]
    false: list[str]
    findings: list[str]

    def __str__(self) -> str:
        told = "; ".join(self.findings) or "nothing"
        return f"{self.mutation} (seed {self.seed!r}): missed {self.missed}, false {self.false}; reported: {told}"


@dataclass(slots=True)
class Result:
    """What a run has counted. wanted, found, false: by rule; alarms: findings on messages before they were mutated."""

    made: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    alarms: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)

    by_kind: Counter[str] = field(default_factory=Counter)

    @property
    def missed(self) -> int:
        """How often what had to be reported was not."""
        return self.wanted.total() - self.found.total()

    @property
    def is_clean(self) -> bool:
        """Whether every mutation was found, nothing else was, and nothing before."""
        return not (self.alarms or self.wrong or self.unmade)


@cache
def _judge(dialect: str) -> Judge:
    return Judge(dialect)


def findings(subject: Subject) -> list[tuple[str, str]]:
    """What the judge has against a subject: the rule, and the whole finding. What it says of messages one by one and of many at once
    has to be the same; otherwise OTHERWISE is found, too.
    """
    judge, captures = _judge(subject.dialect), subject.captures()
    judgements = [judge.message(capture) for capture in captures]
    alone = [finding for judgement in judgements for finding in judgement.findings]
    if [judgement.findings for judgement in judge.messages(captures)] != [judgement.findings for judgement in judgements]:
        return [(OTHERWISE, "messages judged together are judged otherwise")]
    together = [finding for _, finding in judge.conversation(judgements)]
    return [(finding.rule_id, str(finding)) for finding in (*alone, *together)]


def run(
    mutations: Sequence[Mutation[Any]], count: int, seed: str, *, watch: Callable[[int], None] | None = None, keep: int = 400
) -> Result:
    """Make so many mutations, in turn. watch: told after each how many were made; keep: how many of what is wrong are kept."""
    result = Result()
    for number in range(count):
        mutation = mutations[number % len(mutations)]
        if mutation.name not in result.unmade:
            _one(mutation, f"{seed} {number // len(mutations)} {mutation.name}", result)
        if len(result.wrong) >= keep:
            break
        if watch is not None:
            watch(number + 1)
    return result


def _one(mutation: Mutation[Any], seed: str, result: Result) -> None:
    random = Random(seed)
    for subject in _subjects(mutation, random):
        before = findings(subject)
        if before:
            result.alarms += [f"{mutation.name} ({seed!r}), before anything was done: {text}" for _, text in before]
            return
        if not mutation.edit(random, subject):
            continue
        after = findings(subject)
        _count(mutation, seed, after, result)
        return
    result.unmade.append(mutation.name)


def _subjects(mutation: Mutation[Any], random: Random) -> Iterator[Any]:
    for _ in range(TRIES):
        yield mutation.made(random)


def _count(mutation: Mutation[Any], seed: str, after: list[tuple[str, str]], result: Result) -> None:
    ids = frozenset(rule_id for rule_id, _ in after)
    missed, false = mutation.missed(ids), mutation.false(ids)
    result.made[mutation.name] += 1
    result.by_kind[mutation.kind] += 1
    for wanted in mutation.must.split():
        alternatives = wanted.split("|")
        named = next((each for each in alternatives if each in ids), wanted)
        result.wanted[named] += 1
        result.found[named] += wanted not in missed
    result.false.update(false)
    if missed or false:
        result.wrong.append(Wrong(mutation.name, seed, missed, false, [text for _, text in after]))
