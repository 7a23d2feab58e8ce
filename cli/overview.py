"""The text of `metergate --help`: every command with an example of how it is called."""

from typing import Any

from typer.core import TyperGroup

INTRODUCTION = """Test a metering landscape from meter to bill, and judge every message on the way by IEC 61968-9.

Exit codes: 0 passed, 1 failed, 2 inconclusive or nothing tested, 3 error, 64 bad usage.
"""


class Overview(TyperGroup):
    """The commands, in the order in which a newcomer meets them; typer's own list has no room for examples."""

    def format_commands(self, _context: Any, formatter: Any) -> None:
        """Write each command's name, what it does, and under it the first of its examples."""
        width = max(map(len, self.commands))
        with formatter.section("Commands"):
            for name, command in self.commands.items():
                summary = (command.help or "").split("\n")[0]
                formatter.write(f"{'':{formatter.current_indent}}{name:<{width}}  {summary}\n")
                formatter.write(f"{'':{formatter.current_indent + width + 4}}{examples_in(command.epilog or '')[0]}\n")


def epilog(examples: tuple[str, ...]) -> str:
    """The end of a command's own help; the sign before it keeps each example on a line of its own."""
    return "\n".join(("\b", "Examples:", *(f"  {example}" for example in examples)))


def examples_in(text: str) -> list[str]:
    """The examples in such an end."""
    return [line.strip() for line in text.split("\n")[2:]]
