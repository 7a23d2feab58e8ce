"""The schemas of a dialect as the package xmlschema reads them, once for all tests: it takes its time."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xmlschema

from ami import schemas
from ami.dialect import dialect


@cache
def loaded(dialect_name: str) -> Any:
    """All of them in one."""
    spoken = dialect(dialect_name)
    with TemporaryDirectory() as folder:
        for file, text in (schemas.documents(spoken) | {"entry.xsd": schemas.entry(spoken)}).items():
            Path(folder, file).write_text(text, "utf-8")
        return xmlschema.XMLSchema(f"{folder}/entry.xsd", allow="local")
