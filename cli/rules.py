"""`metergate rules`: what the judge asks of messages, and how much of the standards that is."""

from collections.abc import Iterable
from typing import Annotated

from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer import Argument, Option

from ami.errors import ConfigurationError
from ami.findings import Severity
from conformance.catalogue import EVERYTHING
from conformance.clauses import Clause, clauses, coverage
from conformance.rule import Demand, Rule
from conformance.rules_page import shortened

EXAMPLES = ("./metergate rules", "./metergate rules MR-03", "./metergate rules --coverage")

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.REMARK: "cyan"}

Identifier = Annotated[str | None, Argument(metavar="[ID]", help="Only this rule, in full.")]
ShowCoverage = Annotated[bool, Option("--coverage", help="Which requirements of the standards are tested, and why the others are not.")]


def command(identifier: Identifier = None, show_coverage: ShowCoverage = False) -> int:
    """List what the judge asks of messages, explain one rule in full, or say how much of the standards is tested."""
    console = Console()
    if identifier is not None and show_coverage:
        raise ConfigurationError(f"{identifier} and --coverage: ask for one rule or for the coverage, not for both")
    if show_coverage:
        known = clauses()
        console.print(_coverage_table(known))
        for line in _untested(known):
            console.print(line, highlight=False)
        return 0
    if identifier is None:
        console.print(_table(EVERYTHING))
        return 0
    asked = {each.id: each for each in EVERYTHING}
    try:
        chosen = asked[identifier.upper()]
    except KeyError:
        raise ConfigurationError(f"there is no rule {identifier!r}: ./metergate rules lists them") from None
    for line in _in_full(chosen):
        console.print(line, highlight=False)
    return 0


def _table(asked: Iterable[Demand | Rule]) -> Table:
    table = Table("rule", "severity", "asks for", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for each in asked:
        table.add_row(Text(each.id, "bold"), Text(each.severity.value, COLOURS[each.severity]), Text(each.requires))
    return table


def _in_full(asked: Demand | Rule) -> list[Text]:
    tested = [clause for clause in clauses() if asked.id in clause.tested_by]
    return [
        Text(asked.id, "bold").append(f"  {asked.severity.value}", COLOURS[asked.severity]),
        Text(f"Asks for {asked.requires}."),
        Text(f"Why: {asked.why}"),
        Text(f"To mend it: {asked.mend}"),
        Text(f"Source: {asked.source}"),
        *(Text(f"Tests: {clause.standard}, {clause.clause}: {clause.requirement}") for clause in tested),
        Text("\nPasses:", "green"),
        *(Text(f"  {shortened(example)}") for example in asked.passes),
        Text("\nFails:", "red"),
        *(Text(f"  {shortened(example)}") for example in asked.fails),
    ]


def _coverage_table(known: tuple[Clause, ...]) -> Table:
    table = Table("standard", "tested", "of", "", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in table.columns[1:]:
        column.justify = "right"
    rows = coverage(known)
    for row in rows:
        table.add_row(row.standard, str(row.tested), str(row.known), f"{row.tested / row.known:.0%}")
    tested = sum(row.tested for row in rows)
    table.add_row(Text("all", "bold"), str(tested), str(len(known)), f"{tested / len(known):.0%}")
    return table


def _untested(known: tuple[Clause, ...]) -> list[Text]:
    lines = [
        Text(f"  {clause.standard}, {clause.clause}: {clause.requirement}: {clause.reason}") for clause in known if not clause.tested_by
    ]
    return [Text("\nNot tested, and why:", "bold"), *lines]
