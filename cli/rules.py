"""`metergate rules`: what the judge asks of messages."""

from collections.abc import Iterable
from typing import Annotated

from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer import Argument

from ami.errors import ConfigurationError
from ami.findings import Severity
from conformance.catalogue import DEMANDS, RULES
from conformance.rule import Demand, Rule

EXAMPLES = ("./metergate rules", "./metergate rules MR-03")

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.REMARK: "cyan"}


def command(identifier: Annotated[str | None, Argument(metavar="[ID]", help="Only this rule, in full.")] = None) -> int:
    """List what the judge asks of messages, or explain one rule in full."""
    console = Console()
    every: tuple[Demand | Rule, ...] = (*DEMANDS, *RULES)
    asked = {each.id: each for each in every}
    if identifier is None:
        console.print(_table(every))
        return 0
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
    lines = [
        Text(asked.id, "bold").append(f"  {asked.severity.value}", COLOURS[asked.severity]),
        Text(f"Asks for {asked.requires}."),
        Text(f"Why: {asked.why}"),
    ]
    if isinstance(asked, Rule):
        lines.append(Text(f"To mend it: {asked.mend}"))
    lines.append(Text(f"Source: {asked.source}"))
    if isinstance(asked, Rule):
        lines += [Text("\nPasses:", "green"), *(Text(f"  {example}") for example in asked.passes)]
        lines += [Text("\nFails:", "red"), *(Text(f"  {example}") for example in asked.fails)]
    return lines
