"""`metergate schemas`: the nouns that there are schemas for, where each schema is from, and the schema itself."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer import Argument, Option

from ami import dialect as dialects
from ami import names, schemas
from ami.errors import ConfigurationError
from conformance import schema_folder
from conformance.schema_choice import FOLDER
from conformance.schema_folder import SchemaFolder

EXAMPLES = (
    "./metergate schemas",
    "./metergate schemas MeterConfig",
    "./metergate schemas --write all_schemas/ --dialect 2011",
    "./metergate schemas --schemas licensed_xsds/",
)

COLOURS: Final = {"published": "green", "derived": "yellow", FOLDER: "cyan"}
WIDEST: Final = 1000
"""Signs in a row: none is broken or cut short, whatever the terminal."""

Folder = Annotated[
    Path | None,
    Option("--schemas", metavar="DIR", help="Folder of XSDs that take the place of ours, noun by noun: the licensed ones, for instance."),
]
Noun = Annotated[str | None, Argument(metavar="[NOUN]", help="Print the schema of this noun, or of its query: GetMeterReadings.")]
Dialect = Annotated[str, Option("--dialect", metavar="NAME", help="In whose namespaces it is written.")]
Write = Annotated[Path | None, Option("--write", metavar="FOLDER", help="Write all schemas of the dialect into a folder, made if absent.")]


def command(noun: Noun = None, dialect: Dialect = "2011", folder: Folder = None, write: Write = None) -> int:
    """List the nouns with the origin of their schemas, or print one, or write all.

    Origin: published, its shape was published with a message set or a test set; derived, it is our own reading of the CIM classes
    that the noun carries, and may differ from the standard; folder, it is yours.
    """
    theirs = schema_folder.read(folder) if folder else None
    spoken = dialects.dialect(dialect)
    if write is not None:
        _write(write, schemas.documents(spoken))
    elif noun is not None:
        typer.echo(_text(noun, spoken, theirs), nl=False)
    else:
        console = Console()
        table = _table(spoken, theirs)
        console.width = max(console.width, console.measure(table, options=console.options.update(max_width=WIDEST)).maximum)
        console.print(table)
    return 0


def _table(spoken: dialects.Dialect, theirs: SchemaFolder | None) -> Table:
    table = Table("noun", "origin", "query", "dialects", "file", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    known = {name: dialects.dialect(name).nouns for name in dialects.names()}
    for noun in names.NOUNS:
        origin, file = _origin(noun, spoken, theirs)
        query, _ = _origin(names.QUERIES[noun], spoken, theirs)
        spoken_in = ", ".join(name for name, nouns in known.items() if noun in nouns)
        table.add_row(Text(noun, "bold"), Text(origin, COLOURS[origin]), Text(query, COLOURS[query]), spoken_in, file)
    return table


def _origin(payload: str, spoken: dialects.Dialect, theirs: SchemaFolder | None) -> tuple[str, str]:
    """Where the schema of a payload is from, and its file."""
    space = spoken.payload(payload)
    if theirs is not None and space in theirs.entries:
        return FOLDER, str(theirs.path / theirs.entries[space])
    return schemas.origin(payload), schemas.payload_file(payload)


def _text(payload: str, spoken: dialects.Dialect, theirs: SchemaFolder | None) -> str:
    if payload not in schemas.PAYLOADS:
        raise ConfigurationError(f"there is no noun {payload!r}: ./metergate schemas lists them")
    origin, file = _origin(payload, spoken, theirs)
    return Path(file).read_text("utf-8") if origin == FOLDER else schemas.documents(spoken)[file]


def _write(folder: Path, texts: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot write into {folder}: {error.strerror or error}") from None
    typer.echo(f"{len(texts)} schemas: {folder}", err=True)
